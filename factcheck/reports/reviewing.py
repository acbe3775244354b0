"""Reviewers' decisions in the words that reports use."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.decisions import RULINGS, Action, Decision
from factcheck.records import Report
from factcheck.reports.context import Context
from factcheck.reports.wording import OUTCOME_WORDS, counted, listed, plain_date

ACTION_WORDS: dict[Action, str] = {
    "accept": "Accepted",
    "reject": "Rejected",
    "change": "Changed",
    "note": "Note",
    "assign": "Assigned",
    "undo": "Undone",
}


def ruled(decision: Decision) -> str:
    """What was decided, by whom and when: 'Changed to supported by Ana, 6 March 2024'."""
    what = ACTION_WORDS[decision.action]
    if decision.answer:
        what = f"{what} to {_answered(decision.answer)}"
    elif decision.action == "assign":
        what = f"{what} to {decision.assignee or 'nobody'}"
    return f"{what} by {decision.reviewer}, {plain_date(decision.at[:10])}"


def lines(context: Context, target: str) -> Iterator[str]:
    """Where a claim or flag stands after review, a sentence each; nothing where nobody reviewed."""
    standing = context.standing(target)
    if standing.disputed:
        yield f"Reviewers disagree: {listed([_short(each) for each in standing.rulings])}"
    if standing.ruling:
        yield _with_note(standing.ruling)
        if context.machine.get(target, standing.ruling.machine) != standing.ruling.machine:
            yield f"That was when the machine said: {_said(standing.ruling.machine)}"
    for event in standing.notes:
        if event != standing.ruling:
            yield _with_note(event)
    if standing.assignee:
        yield f"Assigned to {standing.assignee}"


def needed(report: Report) -> list[str]:
    """Ids of what asks for a decision: each flag, and each claim that the machine decided."""
    claims = [
        item.claim.id
        for item in report.claims
        if item.verdict.label in {"supported", "refuted", "conflicting"}
    ]
    return [*(flag.id for flag in report.flags), *claims]


def progress(report: Report, context: Context) -> str:
    """How far the review is, in one line; empty where nobody reviewed."""
    if not context.decisions:
        return ""
    asked = needed(report)
    every = {*(flag.id for flag in report.flags), *(item.claim.id for item in report.claims)}
    states = [context.standing(target).state for target in asked]
    more = [context.standing(target).state for target in every - set(asked)]
    decided = [state for state in (*states, *more) if state != "open"]
    kinds = [
        f"{decided.count(state)} {state}"
        for state in ("accepted", "changed", "rejected")
        if state in decided
    ]
    people = {event.reviewer for event in context.decisions if event.action in RULINGS}
    whole = counted(len(states), "flag or decided claim", "flags and decided claims")
    beside = len(more) - more.count("open")
    done = f"Reviewed: {len(states) - states.count('open')} of {whole}"
    done += f" and {counted(beside, 'other claim')}" if beside else ""
    by = f", by {listed(sorted(people))}" if people else ""
    return f"{done}{f' ({listed(kinds)})' if kinds else ''}{by}."


def _answered(answer: str) -> str:
    """The answer in words; as it is where it is none of ours, since stores never change."""
    return OUTCOME_WORDS[answer].lower() if answer in OUTCOME_WORDS else answer


def _said(machine: str) -> str:
    return OUTCOME_WORDS.get(machine, f"severity {machine}").lower()


def _with_note(decision: Decision) -> str:
    words = ruled(decision)
    return f"{words}: {decision.note}" if decision.note else words


def _short(decision: Decision) -> str:
    what = ACTION_WORDS[decision.action].lower()
    answer = f" to {_answered(decision.answer)}" if decision.answer else ""
    return f"{decision.reviewer} {what}{answer}"
