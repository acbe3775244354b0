"""What reviewers decide about a report, and where that leaves each of its claims and flags.

A decision is an event: it is added, never changed and never taken away. Where a claim or a flag
stands is what the events add up to; the machine's own verdict is kept beside it, not overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from factcheck.errors import UsageProblem
from factcheck.records import LABELS, Documented, Report

Action: TypeAlias = Literal["accept", "reject", "change", "note", "assign", "undo"]
State: TypeAlias = Literal["open", "accepted", "rejected", "changed"]

ACTIONS: tuple[Action, ...] = get_args(Action)
RULINGS: tuple[Action, ...] = ("accept", "reject", "change")
ANSWERS: tuple[str, ...] = (*LABELS, "not_checkable")
"""What a reviewer can put in place of a claim's verdict."""

_STATES: dict[Action, State] = {"accept": "accepted", "reject": "rejected", "change": "changed"}


@dataclass(frozen=True, slots=True)
class Decision(Documented):
    """One thing that one reviewer did about one claim or flag."""

    id: str
    """Random, or a content hash where the decision came from another tool."""
    at: str
    """When, ISO 8601 in UTC."""
    reviewer: str
    """Who, as they called themselves."""
    article_id: str
    """The article that the claim or flag is of."""
    target: str
    """Id of the claim or flag."""
    action: Action
    """`accept`, `reject` or `change` rule on it; `note`, `assign` and `undo` do not."""
    machine: str
    """What the machine said when this was decided: a claim's outcome or a flag's severity."""
    answer: str | None = None
    """For `change`: the verdict that is right, one of `ANSWERS`."""
    note: str = ""
    """Why, or a remark, in the reviewer's words."""
    assignee: str | None = None
    """For `assign`: who is to look at it; None for nobody."""
    undoes: str | None = None
    """For `undo`: id of the decision of the same reviewer that no longer holds."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one claim or flag stands after all decisions on it."""

    ruling: Decision | None = None
    """The latest ruling that holds."""
    rulings: tuple[Decision, ...] = ()
    """The latest ruling of each reviewer, in order of time."""
    notes: tuple[Decision, ...] = ()
    """Every decision that carries a note and holds, in order of time."""
    assignee: str | None = None
    """Who is to look at it."""
    history: tuple[Decision, ...] = ()
    """Everything that was done, undone decisions and the undoing included, in order of time."""

    @property
    def state(self) -> State:
        """What the latest ruling makes of it; `open` where there is none."""
        return _STATES[self.ruling.action] if self.ruling else "open"

    @property
    def answer(self) -> str | None:
        """The verdict the reviewer stands by; None where open, or rejected without another."""
        if self.ruling is None or self.ruling.action == "reject":
            return None
        return self.ruling.answer if self.ruling.action == "change" else self.ruling.machine

    @property
    def disputed(self) -> bool:
        """Whether reviewers disagree: their latest rulings are not the same."""
        return len({(ruling.action, ruling.answer) for ruling in self.rulings}) > 1


UNDECIDED = Standing()


def standings(decisions: Iterable[Decision]) -> dict[str, Standing]:
    """Where each claim and flag stands, by its id, from decisions in order of time."""
    by_target: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_target.setdefault(decision.target, []).append(decision)
    return {target: _standing(events) for target, events in by_target.items()}


def holding(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that no later one undoes, without the undoing itself, in the same order."""
    events = list(decisions)
    undone = {event.undoes for event in events if event.action == "undo"}
    return [event for event in events if event.action != "undo" and event.id not in undone]


def merged(*lots: Iterable[Decision]) -> list[Decision]:
    """The decisions of all lots, each once, in order of time; those of a lot keep their order."""
    by_id = {decision.id: decision for lot in lots for decision in lot}
    return sorted(by_id.values(), key=lambda decision: decision.at)


def machine_says(report: Report) -> dict[str, str]:
    """What the report says of each of its claims (outcome) and flags (severity), by id."""
    claims = {item.claim.id: item.verdict.label or item.verdict.status for item in report.claims}
    return claims | {flag.id: flag.severity for flag in report.flags}


def require_fitting(decision: Decision, machine: Mapping[str, str]) -> None:
    """Find out whether a decision can be made about a report.

    Args:
        decision: what a reviewer wants.
        machine: `machine_says` of the report.

    Raises:
        UsageProblem: no such claim or flag, no reviewer, or an answer that does not fit.
    """
    if not decision.reviewer.strip():
        raise UsageProblem("a decision needs the name of its reviewer", hint="--reviewer NAME")
    if decision.target not in machine:
        raise UsageProblem(f"the report has no claim or flag {decision.target!r}")
    if decision.action == "change":
        _require_answer(decision, machine[decision.target])
    elif decision.answer is not None:
        raise UsageProblem(f"{decision.action!r} takes no verdict, only 'change' does")


def _require_answer(decision: Decision, machine: str) -> None:
    if decision.target.startswith("flag-"):
        raise UsageProblem("a flag is accepted or rejected; only a claim's verdict can be changed")
    if decision.answer not in ANSWERS:
        raise UsageProblem(
            f"there is no verdict {decision.answer!r}", hint=f"one of {', '.join(ANSWERS)}"
        )
    if decision.answer == machine:
        raise UsageProblem(f"the machine says {machine!r} already; accept it instead")


def _standing(events: list[Decision]) -> Standing:
    held = holding(events)
    latest: dict[str, Decision] = {}
    assignee = None
    for event in held:
        if event.action in RULINGS:
            latest.pop(event.reviewer, None)
            latest[event.reviewer] = event
        elif event.action == "assign":
            assignee = event.assignee
    rulings = tuple(latest.values())
    return Standing(
        ruling=rulings[-1] if rulings else None,
        rulings=rulings,
        notes=tuple(event for event in held if event.note),
        assignee=assignee,
        history=tuple(events),
    )
