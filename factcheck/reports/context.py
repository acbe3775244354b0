"""What a report is written with besides itself: reviewers' decisions, and who publishes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from factcheck.decisions import UNDECIDED, Decision, Standing, machine_says, standings
from factcheck.records import Report


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who stands behind a published fact check."""

    name: str
    """The organisation or person."""
    page: str
    """Address of the page where the fact check is published."""
    url: str | None = None
    """Their own address."""


@dataclass(frozen=True, slots=True)
class Context:
    """All that a writer may use and a report does not hold."""

    decisions: tuple[Decision, ...] = ()
    """Reviewers' decisions on this report, in order of time."""
    standings: Mapping[str, Standing] = field(default_factory=dict)
    """Where each claim and flag stands after them, by id."""
    machine: Mapping[str, str] = field(default_factory=dict)
    """What the report says now, by id; decisions may be of an earlier run."""
    publisher: Publisher | None = None
    """Who publishes; only ClaimReview needs to know."""

    def standing(self, target: str) -> Standing:
        """Where the claim or flag of that id stands."""
        return self.standings.get(target, UNDECIDED)


NOTHING = Context()


def with_decisions(
    report: Report, decisions: Iterable[Decision], publisher: Publisher | None = None
) -> Context:
    """The context that these decisions make, those on what the report does not have left out."""
    machine = machine_says(report)
    made = tuple(decision for decision in decisions if decision.target in machine)
    return Context(made, standings(made), machine, publisher)
