from __future__ import annotations

from dataclasses import replace

import pytest

from factcheck.reports.context import NOTHING, with_decisions
from factcheck.reports.formats import FORMATS, write
from factcheck.reports.reviewing import lines, needed, progress
from tests.reports import factory

DAM = factory.realistic()
FLAG = DAM.flags[0].id
CLAIM = DAM.claims[0].claim.id


def test_what_was_decided_by_whom_and_when() -> None:
    context = factory.reviewed(DAM)
    assert list(lines(context, FLAG)) == ["Rejected by Ana, 6 March 2024: A quotation."]
    assert list(lines(context, DAM.claims[1].claim.id)) == [
        "Changed to conflicting evidence by Ana, 6 March 2024: Two minutes differ."
    ]
    assert list(lines(context, DAM.flags[1].id)) == []


def test_disagreement_notes_and_assignment_are_said() -> None:
    accepted = factory.decided(DAM, CLAIM, "accept")
    rejected = replace(factory.decided(DAM, CLAIM, "reject"), reviewer="Ben")
    noted = factory.decided(DAM, CLAIM, "note", note="See the minutes.")
    assigned = replace(factory.decided(DAM, CLAIM, "assign"), assignee="Cleo")
    context = with_decisions(DAM, [accepted, rejected, noted, assigned])
    assert list(lines(context, CLAIM)) == [
        "Reviewers disagree: Ana accepted and Ben rejected",
        "Rejected by Ben, 6 March 2024",
        "Note by Ana, 6 March 2024: See the minutes.",
        "Assigned to Cleo",
    ]


def test_a_ruling_on_another_verdict_says_on_which() -> None:
    earlier = replace(factory.decided(DAM, CLAIM, "accept"), machine="supported")
    assert list(lines(with_decisions(DAM, [earlier]), CLAIM)) == [
        "Accepted by Ana, 6 March 2024",
        "That was when the machine said: supported",
    ]


@pytest.mark.parametrize("form", [name for name in FORMATS if name != "claimreview"])
def test_an_answer_that_is_none_is_shown_as_it_is(form: str) -> None:
    changed = factory.decided(DAM, CLAIM, "change", "False")
    other = replace(factory.decided(DAM, CLAIM, "reject"), reviewer="Ben")
    context = with_decisions(DAM, [other, changed])
    assert list(lines(context, CLAIM)) == [
        "Reviewers disagree: Ben rejected and Ana changed to False",
        "Changed to False by Ana, 6 March 2024",
    ]
    assert write(DAM, form, context)


def test_decisions_on_what_the_report_lacks_are_left_out() -> None:
    stray = replace(factory.decided(DAM, CLAIM, "accept"), target="claim-gone")
    assert with_decisions(DAM, [stray]).decisions == ()


def test_how_far_the_review_is() -> None:
    assert progress(DAM, NOTHING) == ""
    assert progress(DAM, factory.reviewed(DAM)) == (
        "Reviewed: 3 of 16 flags and decided claims (1 accepted, 1 changed and 1 rejected), by Ana."
    )
    open_claim = next(c for c in DAM.claims if c.verdict.label == "not_enough_evidence").claim.id
    more = [factory.decided(DAM, open_claim, "accept")]
    assert progress(DAM, with_decisions(DAM, more)) == (
        "Reviewed: 0 of 16 flags and decided claims and 1 other claim (1 accepted), by Ana."
    )
    assert len(needed(DAM)) == 16
