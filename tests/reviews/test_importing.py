from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from factcheck.decisions import Decision
from factcheck.errors import FactcheckError
from factcheck.reports.json import to_json
from factcheck.reports.label_studio import to_label_studio
from factcheck.reviews.importing import read_import
from factcheck.reviews.store import Store
from tests.reports import factory


def test_a_report_that_a_colleague_exported_brings_theirs(tmp_path: Path) -> None:
    report = factory.realistic()
    context = factory.reviewed(report)
    path = tmp_path / "hers.json"
    path.write_text(to_json(report, context), "utf-8")
    assert read_import(path, [report]).decisions == context.decisions
    other = read_import(path, [factory.small()])
    assert other.decisions == ()
    assert other.notes == ("3 decisions left out: about none of the reports.",)


SMALL = factory.small()
CLAIM, FLAG = SMALL.claims[0].claim.id, SMALL.flags[0].id
ACCEPTED = factory.decided(SMALL, CLAIM, "accept")
UNDONE = replace(ACCEPTED, id="undo", action="undo", undoes=ACCEPTED.id)


def imported(
    folder: Path, *decisions: Decision, known: Sequence[Decision] = ()
) -> tuple[list[str], list[str]]:
    """Ids of the decisions that come in from a file that holds these, and what is noted."""
    path = folder / "theirs.json"
    data = json.loads(to_json(SMALL)) | {"reviews": [asdict(decision) for decision in decisions]}
    path.write_text(json.dumps(data), "utf-8")
    found = read_import(path, [SMALL], known)
    with Store.open(folder / "reviews.sqlite", create=True) as store:
        store.add(known)
        assert store.add(found.decisions) == len(found.decisions)
    return [decision.id for decision in found.decisions], list(found.notes)


@pytest.mark.parametrize(
    ("misfit", "why"),
    [
        (replace(ACCEPTED, action="change", answer="false"), "there is no verdict 'false'"),
        (replace(ACCEPTED, action="change", answer="supported"), "says 'supported' already"),
        (replace(ACCEPTED, answer="refuted"), "only 'change' does"),
        (replace(ACCEPTED, target="claim-gone"), "that the report does not have"),
        (replace(ACCEPTED, reviewer=" "), "name of its reviewer"),
        (replace(ACCEPTED, machine="high"), "made on 'high'"),
        (factory.decided(SMALL, FLAG, "change", "refuted"), "only a claim's verdict"),
        (replace(ACCEPTED, at="tomorrow"), "no time in UTC"),
        (replace(ACCEPTED, at="2024-03-06T08:30:00+05:00"), "no time in UTC"),
        (replace(ACCEPTED, undoes="d1"), "'accept' undoes nothing"),
        (replace(UNDONE, undoes="gone"), "a decision that is not there"),
        (replace(UNDONE, undoes=None), "a decision that is not there"),
        (replace(UNDONE, undoes="good", reviewer="Ben"), "of somebody else"),
        (replace(UNDONE, undoes="good", target=FLAG, machine="high"), "on something else"),
    ],
)
def test_what_does_not_fit_is_left_out_and_told(tmp_path: Path, misfit: Decision, why: str) -> None:
    good = replace(ACCEPTED, id="good")
    fitting, (note,) = imported(tmp_path, good, replace(misfit, id="bad"))
    assert fitting == ["good"]
    assert note.startswith("1 decision left out: ")
    assert why in note


def test_what_is_undone_is_in_the_file_or_in_the_store(tmp_path: Path) -> None:
    assert imported(tmp_path, ACCEPTED, UNDONE) == ([ACCEPTED.id, "undo"], [])
    again = replace(UNDONE, id="again")
    assert imported(tmp_path, again, known=[ACCEPTED]) == (["again"], [])


def test_a_decision_on_what_an_earlier_run_said_comes_in(tmp_path: Path) -> None:
    earlier = replace(ACCEPTED, action="change", machine="refuted", answer="supported")
    assert imported(tmp_path, earlier) == ([earlier.id], [])


def test_annotations_of_the_nameless_are_left_out(tmp_path: Path) -> None:
    task = json.loads(to_label_studio(SMALL))[0]
    result = task["predictions"][0]["result"]
    task["annotations"] = [{"id": 1, "result": result, "completed_by": {"email": " "}}]
    path = tmp_path / "annotations.json"
    path.write_text(json.dumps([task]))
    found = read_import(path, [SMALL])
    assert found.decisions == ()
    assert found.notes == ("3 decisions left out: a decision needs the name of its reviewer.",)


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
