from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from factcheck.decisions import standings
from factcheck.errors import ReportError
from factcheck.records import Report
from factcheck.reports.label_studio import to_label_studio
from factcheck.reviews.importing import Imported, read_import
from tests.reports import factory


def exported(report: Report, **more: Any) -> dict[str, Any]:
    """The task as Label Studio gives it back: one annotation that began with the prediction."""
    task: dict[str, Any] = json.loads(to_label_studio(report))[0]
    task["id"] = 12
    task["annotations"] = [
        {
            "id": 31,
            "completed_by": {"id": 1, "email": "ana@example.org"},
            "result": task["predictions"][0]["result"],
            "was_cancelled": False,
            "created_at": "2024-03-06T09:00:00.000000Z",
            "updated_at": "2024-03-06T09:30:00.123456Z",
            "parent_prediction": 5,
            **more,
        }
    ]
    return task


def read(tmp_path: Path, report: Report, *tasks: dict[str, Any]) -> Imported:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(tasks), "utf-8")
    return read_import(path, [report])


def states(found: Imported) -> dict[str, tuple[str, str | None]]:
    return {target: (one.state, one.answer) for target, one in standings(found.decisions).items()}


def test_what_is_kept_is_accepted(tmp_path: Path) -> None:
    report = factory.small()
    found = read(tmp_path, report, exported(report))
    assert set(states(found).values()) == {("accepted", "supported"), ("accepted", "refuted"),
                                           ("accepted", "high")}  # fmt: skip
    first = found.decisions[0]
    assert first.reviewer == "ana@example.org"
    assert first.at == "2024-03-06T09:30:00.123+00:00"
    assert found.notes == ()


def test_another_verdict_a_rejection_and_a_note(tmp_path: Path) -> None:
    report = factory.small()
    task = exported(report)
    flag, first, second = task["annotations"][0]["result"]
    second["value"]["labels"] = ["conflicting"]
    task["annotations"][0]["result"] += [
        flag | {"from_name": "decision", "type": "choices", "value": {"choices": ["reject"]}},
        flag | {"from_name": "note", "type": "textarea", "value": {"text": ["A quotation."]}},
        {"type": "relation", "from_id": "a", "to_id": "b"},
    ]
    found = states(read(tmp_path, report, task))
    assert found[flag["id"]] == ("rejected", None)
    assert found[second["id"]] == ("changed", "conflicting")
    assert found[first["id"]] == ("accepted", "supported")
    notes = [one.note for one in read(tmp_path, report, task).decisions if one.note]
    assert notes == ["A quotation."]


def test_what_was_taken_out_is_rejected_only_where_it_was_there_to_begin_with(
    tmp_path: Path,
) -> None:
    report = factory.small()
    task = exported(report)
    del task["annotations"][0]["result"][0]
    assert states(read(tmp_path, report, task))[report.flags[0].id] == ("rejected", None)
    task["annotations"][0]["parent_prediction"] = None
    assert report.flags[0].id not in states(read(tmp_path, report, task))


@pytest.mark.parametrize("units", [False, True])
def test_a_region_without_its_id_is_found_by_its_place(tmp_path: Path, units: bool) -> None:
    report = factory.astral()
    task = exported(report)
    text = report.article.text
    for number, region in enumerate(task["annotations"][0]["result"]):
        region["id"] = f"r{number}"
        if units:
            for edge in ("start", "end"):
                before = text[: region["value"][edge]]
                region["value"][edge] = len(before.encode("utf-16-le")) // 2
    assert len(states(read(tmp_path, report, task))) == len(report.flags) + len(report.claims)


def test_what_does_not_fit_is_left_out_and_counted(tmp_path: Path) -> None:
    report = factory.small()
    stranger = exported(factory.quiet())
    skipped = exported(report, was_cancelled=True)
    extra = exported(report)
    extra["annotations"][0]["result"].append(
        {"id": "new", "from_name": "flag", "to_name": "text", "type": "labels",
         "value": {"start": 0, "end": 3, "text": "Dam", "labels": ["date"]}}
    )  # fmt: skip
    found = read(tmp_path, report, stranger, skipped, extra)
    assert len(found.decisions) == 3
    assert found.notes == (
        "1 tasks are about none of the reports.",
        "1 regions match no claim or flag of the report.",
        "1 annotations were skipped by their annotator.",
    )


@pytest.mark.parametrize("name", ["start", "end", "labels"])
@pytest.mark.parametrize("value", [None, "x", {}, -1.5, -1])
def test_a_region_that_cannot_be_read_is_refused_and_not_taken_for_one_taken_out(
    tmp_path: Path, name: str, value: Any
) -> None:
    report = factory.small()
    task = exported(report)
    task["annotations"][0]["result"][0]["value"][name] = value
    with pytest.raises(ReportError, match=f"region 'flag-.* its '{name}' is unusable") as caught:
        read(tmp_path, report, task)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("control", "value"), [("decision", {"choices": None}), ("note", {"text": None})]
)
def test_so_is_what_was_said_of_a_region(
    tmp_path: Path, control: str, value: dict[str, Any]
) -> None:
    report = factory.small()
    task = exported(report)
    flag = task["annotations"][0]["result"][0]
    task["annotations"][0]["result"].append(flag | {"from_name": control, "value": value})
    with pytest.raises(ReportError, match="is unusable"):
        read(tmp_path, report, task)


def test_other_controls_of_an_interface_are_passed_over(tmp_path: Path) -> None:
    report = factory.small()
    task = exported(report)
    other = {"id": "x", "from_name": "mood", "value": {"start": None, "rating": 3}}
    task["annotations"][0]["result"].append(other)
    assert read(tmp_path, report, task) == read(tmp_path, report, exported(report))


def test_the_same_export_twice_is_the_same_decisions(tmp_path: Path) -> None:
    report = factory.realistic()
    assert read(tmp_path, report, exported(report)) == read(tmp_path, report, exported(report))
