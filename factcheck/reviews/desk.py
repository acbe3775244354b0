"""One report on the desk: what it says, what was decided on it, and how to decide more."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from factcheck.decisions import (
    ACTIONS,
    Action,
    Decision,
    machine_says,
    require_fitting,
)
from factcheck.errors import UsageProblem
from factcheck.records import Report
from factcheck.reports.context import Context, with_decisions
from factcheck.reports.reviewing import needed
from factcheck.reviews.queue import Progress, progress_of
from factcheck.reviews.reading import read_report
from factcheck.reviews.store import Store, stamp


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reviewer wants done."""

    action: Action
    target: str = ""
    """Id of a claim or flag; not needed to undo."""
    answer: str | None = None
    note: str = ""
    assignee: str | None = None


@dataclass(slots=True)
class Desk:
    """A report and the store that its decisions go to."""

    report: Report
    reviews: Path
    """The store's file; it is opened anew each time, so that threads need not share it."""
    _machine: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Look up what the report says once."""
        self._machine = machine_says(self.report)

    @classmethod
    def at(cls, path: Path, reviews: Path) -> Desk:
        """The desk with the report saved at `path`.

        Raises:
            ReportError: it cannot be read.
            UsageProblem: it is something else.
        """
        return cls(_read(path, _changed(path)), reviews)

    def context(self) -> Context:
        """All decisions on the report, as its writers take them.

        Raises:
            ReviewError: the store cannot be read.
        """
        with Store.open(self.reviews) as store:
            return with_decisions(self.report, store.decisions([self.report.article.id]))

    def since(self, seen: int) -> tuple[int, tuple[str, ...]]:
        """What was decided on the report after `seen`, as `Store.since` tells.

        Raises:
            ReviewError: the store cannot be read.
        """
        with Store.open(self.reviews) as store:
            return store.since(self.report.article.id, seen)

    def progress(self, context: Context) -> Progress:
        """How far the review is."""
        latest = context.decisions[-1] if context.decisions else None
        return progress_of(needed(self.report), context.standings, latest)

    def fulfil(self, wish: Wish, reviewer: str) -> Decision:
        """Append the decision that the reviewer wants.

        Returns:
            What was appended; for `undo`, the decision that no longer holds.

        Raises:
            UsageProblem: it does not fit the report, or there is nothing to undo.
            ReviewError: the store cannot be written.
        """
        if wish.action not in ACTIONS:
            raise UsageProblem(f"there is no action {wish.action!r}", hint=", ".join(ACTIONS))
        if wish.action == "undo":
            return self._undo(reviewer)
        decision = Decision(
            *stamp(),
            reviewer.strip(),
            self.report.article.id,
            wish.target,
            wish.action,
            self._machine.get(wish.target, ""),
            wish.answer,
            wish.note.strip(),
            (wish.assignee or "").strip() or None,
        )
        require_fitting(decision, self._machine)
        with Store.open(self.reviews) as store:
            store.add([decision])
        return decision

    def _undo(self, reviewer: str) -> Decision:
        with Store.open(self.reviews) as store:
            undone = store.undo(reviewer.strip(), [self.report.article.id])
        if undone is None:
            raise UsageProblem(f"{reviewer.strip() or 'you'} decided nothing here to undo")
        return undone


@lru_cache(maxsize=8)
def _read(path: Path, changed: int) -> Report:
    """The report, read once for as long as its file stays the same."""
    return read_report(path)


def _changed(path: Path) -> int:
    return path.stat().st_mtime_ns if path.is_file() else 0
