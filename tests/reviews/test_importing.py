from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.errors import FactcheckError
from factcheck.reports.json import to_json
from factcheck.reviews.importing import read_import
from tests.reports import factory


def test_a_report_that_a_colleague_exported_brings_theirs(tmp_path: Path) -> None:
    report = factory.realistic()
    context = factory.reviewed(report)
    path = tmp_path / "hers.json"
    path.write_text(to_json(report, context), "utf-8")
    assert read_import(path, [report]).decisions == context.decisions
    other = read_import(path, [factory.small()])
    assert other.decisions == ()
    assert other.notes == ("3 decisions are about none of the reports.",)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("7", "holds no decisions"),
        ("{}", "holds no decisions"),
        (to_json(factory.small()), "holds no decisions"),
        ('{"reviews": [{"id": 1}]}', "cannot be read"),
        ('[{"text": "min"}]', "no export of Label Studio"),
    ],
)
def test_what_holds_no_decisions(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "export.json"
    path.write_text(content)
    with pytest.raises(FactcheckError, match=says) as problem:
        read_import(path, [factory.small()])
    assert problem.value.hint
    with pytest.raises(FactcheckError, match="there is no file"):
        read_import(tmp_path / "none.json", [])
