from __future__ import annotations

from itertools import count

import pytest

from factcheck.decisions import (
    Action,
    Decision,
    Standing,
    holding,
    machine_says,
    merged,
    require_fitting,
    standings,
)
from factcheck.errors import UsageProblem
from tests.reports import factory

_IDS = count()


def decided(
    action: Action,
    reviewer: str = "ana",
    target: str = "claim-1",
    answer: str | None = None,
    note: str = "",
    assignee: str | None = None,
    undoes: str | None = None,
) -> Decision:
    number = next(_IDS)
    at = f"2024-03-05T10:00:00.{number:03}+00:00"
    return Decision(
        f"d{number}", at, reviewer, "article-1", target, action, "refuted", answer, note, assignee,
        undoes,
    )  # fmt: skip


def stands(*decisions: Decision) -> Standing:
    return standings(decisions)["claim-1"]


def test_the_latest_ruling_holds() -> None:
    first, second = decided("accept"), decided("change", answer="supported", note="See p. 3.")
    standing = stands(first, second)
    assert (standing.state, standing.answer) == ("changed", "supported")
    assert standing.notes == (second,)
    assert standing.history == (first, second)
    assert not standing.disputed


def test_what_the_machine_said_is_the_answer_of_who_accepts_it() -> None:
    assert stands(decided("accept")).answer == "refuted"
    assert stands(decided("reject")).answer is None
    assert stands(decided("note", note="Hm.")).state == "open"


def test_undoing_brings_back_what_held_before() -> None:
    accepted, rejected = decided("accept"), decided("reject")
    undoing = decided("undo", undoes=rejected.id)
    standing = stands(accepted, rejected, undoing)
    assert (standing.state, standing.ruling) == ("accepted", accepted)
    assert len(standing.history) == 3
    assert holding([accepted, rejected, undoing]) == [accepted]


def test_two_reviewers_who_disagree_are_both_kept() -> None:
    standing = stands(decided("accept", "ana"), decided("reject", "ben"))
    assert standing.disputed
    assert [ruling.reviewer for ruling in standing.rulings] == ["ana", "ben"]
    assert standing.state == "rejected"
    settled = stands(decided("accept", "ana"), decided("reject", "ben"), decided("accept", "ben"))
    assert not settled.disputed


def test_lots_are_merged_by_id_and_time() -> None:
    first, second, third = decided("accept"), decided("reject"), decided("accept")
    assert merged([second, third], [first, second]) == [first, second, third]


def test_assigning_and_taking_the_assignment_back() -> None:
    assert stands(decided("assign", assignee="ben")).assignee == "ben"
    assert stands(decided("assign", assignee="ben"), decided("assign")).assignee is None


def test_what_the_report_says_by_id() -> None:
    report = factory.small()
    says = machine_says(report)
    assert says[report.flags[0].id] == "high"
    assert [says[item.claim.id] for item in report.claims] == ["supported", "refuted"]


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        (decided("accept", reviewer=" "), "name of its reviewer"),
        (decided("accept", target="claim-9"), "no claim or flag 'claim-9'"),
        (decided("accept", answer="supported"), "only 'change' does"),
        (decided("change", answer="true"), "no verdict 'true'"),
        (decided("change"), "no verdict None"),
        (decided("change", answer="refuted"), "accept it instead"),
        (decided("change", target="flag-1", answer="supported"), "a flag is accepted or rejected"),
    ],
)
def test_what_cannot_be_decided(decision: Decision, says: str) -> None:
    with pytest.raises(UsageProblem, match=says):
        require_fitting(decision, {"claim-1": "refuted", "flag-1": "high"})
