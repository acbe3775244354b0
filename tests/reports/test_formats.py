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


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"label-studio-config", "claimreview"}))
def test_every_format_says_why_a_claim_is_open_and_what_is_missing(form: str) -> None:
    draft = factory.Draft("Some 275,000 troops stand there.")
    draft.claim(
        draft.text,
        "not_enough_evidence",
        why="The model answers otherwise.",
        missing="None of the nearest references mentions 275,000.",
    )
    text = " ".join(write(draft.report(), form).split())
    assert "The model answers otherwise." in text
    assert "nearest references mentions 275,000." in text


@pytest.mark.parametrize(
    "form", ["terminal", "html", "markdown", "sarif", "web-annotation", "label-studio"]
)
def test_a_claim_that_something_was_said_is_told_from_one_that_it_is_so(form: str) -> None:
    draft = factory.Draft("Hale said that the dam leaks.")
    draft.claim(draft.text, "supported", why="The minutes have it.", speaker="Hale")
    assert "that it was said" in write(draft.report(), form)
    plain = factory.Draft(draft.text)
    plain.claim(draft.text, "supported", why="The minutes have it.")
    assert "that it was said" not in write(plain.report(), form)


def test_only_the_forms_that_can_be_had_are_offered() -> None:
    with pytest.raises(UsageProblem) as problem:
        format_of(Path("report.pdf"), ["html", "json"])
    assert problem.value.hint == "-f html | json"
