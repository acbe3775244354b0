from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.errors import UsageProblem
from factcheck.reports.formats import FORMATS, format_of, write
from tests.reports import factory


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"label-studio-config", "claimreview"}))
def test_every_format_of_a_report_holds_what_is_flagged(form: str) -> None:
    assert "nine gates" in write(factory.small(), form)


def test_only_what_needs_a_review_cannot_be_written_without() -> None:
    assert [name for name, form in FORMATS.items() if form.after_review] == ["claimreview"]
    with pytest.raises(UsageProblem, match="names its author"):
        write(factory.small(), "claimreview")
    assert write(factory.small(), "label-studio-config").startswith("<View>")


@pytest.mark.parametrize("form", FORMATS)
def test_every_ending_names_its_format(form: str) -> None:
    for suffix in FORMATS[form].suffixes:
        assert format_of(Path("report" + suffix.upper())) == form


def test_unknown_names_and_endings_list_the_known() -> None:
    with pytest.raises(UsageProblem, match="there is no format 'pdf'") as problem:
        write(factory.small(), "pdf")
    assert "html" in problem.value.hint
    with pytest.raises(UsageProblem, match=r"report\.pdf names no format .*\.html"):
        format_of(Path("report.pdf"))
