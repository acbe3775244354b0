"""Reviewing in a terminal: one claim or flag after the other, one letter and Enter for each.

Everything is a line of words in, lines of words out: it works over a slow connection and with a
screen reader.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console

from factcheck.cli.console import data
from factcheck.decisions import ANSWERS, Action
from factcheck.errors import FactcheckError, UsageProblem
from factcheck.reports.reviewing import needed, ruled
from factcheck.reports.terminal import render_one
from factcheck.reports.visible import one_line
from factcheck.reports.wording import OUTCOME_WORDS
from factcheck.reviews.desk import Desk, Wish

_ASKED = "a accept, r reject, c change, n note, s assign, u undo, Enter next, b back, q quit"
_RULINGS: dict[str, Action] = {"a": "accept", "r": "reject"}


class _Enough(Exception):
    """The reviewer wants to stop."""


def review_in_terminal(paths: Iterable[Path], reviews: Path, reviewer: str) -> None:
    """Go through the reports, beginning in each with the first that is open.

    Raises:
        UsageProblem: nobody can answer, for standard input is closed.
        FactcheckError: a report cannot be read, or the store cannot be used.
    """
    if sys.stdin is None:
        raise UsageProblem(
            "standard input is closed, where the answers of a review in the terminal come from",
            hint="the same command without --terminal opens a page instead",
        )
    console = data()
    listed = list(paths)
    try:
        for number, path in enumerate(listed, 1):
            console.rule(f"Report {number} of {len(listed)}", align="left", characters="-")
            _Walk(Desk.at(path, reviews), reviewer, console).go()
    except (_Enough, EOFError, click.Abort):
        console.print()
    console.print(f"Decisions are in {reviews}", markup=False)


@dataclass
class _Walk:
    """The way through one report."""

    desk: Desk
    reviewer: str
    console: Console

    def go(self) -> None:
        """Show and ask until the last is passed."""
        targets = self._targets()
        context = self.desk.context()
        open_ones = [at for at, one in enumerate(targets) if context.standing(one).state == "open"]
        if not open_ones:
            self.console.print("Nothing is left to decide here.")
            return
        at = open_ones[0]
        while at < len(targets):
            at = max(0, at + self._visit(targets[at]))

    def _targets(self) -> list[str]:
        """What asks for a decision first, then the claims that nobody could decide."""
        first = needed(self.desk.report)
        rest = [item.claim.id for item in self.desk.report.claims]
        return list(dict.fromkeys([*first, *rest]))

    def _visit(self, target: str) -> int:
        """Show one and do what is asked; returns how far to go on."""
        context = self.desk.context()
        progress = self.desk.progress(context)
        render_one(self.desk.report, target, self.console, context)
        self.console.print(f"\n{progress.decided} of {progress.needed} decided. {_ASKED}")
        key = click.prompt(">", prompt_suffix=" ", default="", show_default=False).strip().lower()
        if key == "q":
            raise _Enough
        if key in {"", "b"}:
            return -1 if key else 1
        try:
            return self._act(key, target)
        except FactcheckError as error:
            self.console.print(f"Not saved: {one_line(error.message)}", markup=False)
            return 0

    def _act(self, key: str, target: str) -> int:
        if key in _RULINGS:
            self._fulfil(Wish(_RULINGS[key], target, note=_asked("Why (may be empty)")))
            return 1
        if key == "c":
            answer = _answer()
            self._fulfil(Wish("change", target, answer, _asked("Why (may be empty)")))
            return 1
        if key == "n":
            self._fulfil(Wish("note", target, note=_asked("Note")))
        elif key == "s":
            self._fulfil(Wish("assign", target, assignee=_asked("Assign to (empty for nobody)")))
        elif key == "u":
            undone = self.desk.fulfil(Wish("undo"), self.reviewer)
            self.console.print(f"Undone: {one_line(ruled(undone))}", markup=False)
        else:
            self.console.print(f"There is no {key!r}.", markup=False)
        return 0

    def _fulfil(self, wish: Wish) -> None:
        done = ruled(self.desk.fulfil(wish, self.reviewer))
        self.console.print(one_line(done), markup=False)


def _asked(words: str) -> str:
    answer: str = click.prompt(words, default="", show_default=False)
    return answer


def _answer() -> str | None:
    for number, key in enumerate(ANSWERS, 1):
        click.echo(f"  {number} {OUTCOME_WORDS[key]}")
    chosen = _asked("Verdict").strip()
    at = int(chosen) if chosen.isdecimal() else 0
    return ANSWERS[at - 1] if 1 <= at <= len(ANSWERS) else chosen or None
