"""Talk on stderr: progress bars where a person watches, plain lines where nobody does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console, Group
from rich.live import Live
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from factcheck.checker.watching import Watch
from factcheck.cli.console import talk
from factcheck.records import Article, Flag
from factcheck.reports.terminal import glances

_STEPS = {
    "reading": "Reading the article",
    "claims": "Finding its claims",
    "evidence": "Looking for evidence",
    "entailment": "Reading the references",
    "checks": "Comparing",
    "verdicts": "Deciding",
    "explaining": "Looking for the words that decide",
}


_SHOWN = 8
"""Flags that are shown while the rest is read."""


class _Steps(Watch):
    """Shows the stage, how far the reading is, and what has been found so far."""

    def __init__(self, article: Article, console: Console) -> None:
        self._article, self._console = article, console
        self._stage = Progress(SpinnerColumn(), TextColumn("{task.description}"), console=console)
        self._stages = self._stage.add_task("Loading the models", total=None)
        self._reading = Progress(BarColumn(), MofNCompleteColumn(), console=console)
        self._passages = self._reading.add_task("", total=None, visible=False)
        self._found: list[Text] = []

    def stage(self, name: str) -> None:
        self._stage.update(self._stages, description=_STEPS.get(name, name))
        self._reading.update(self._passages, visible=False)

    def read(self, done: int, total: int) -> None:
        self._reading.update(self._passages, completed=done, total=total, visible=True)

    def found(self, flags: Sequence[Flag]) -> None:
        lines = glances(self._article, flags[:_SHOWN], self._console)
        for line in lines:
            line.no_wrap, line.overflow = True, "ellipsis"
        more = [Text(f"and {len(flags) - _SHOWN} more")] if len(flags) > _SHOWN else []
        self._found = [Text("Found so far:", style="bold"), *lines, *more] if lines else []

    def __rich__(self) -> Group:
        return Group(*self._found, self._stage, self._reading)


@contextmanager
def steps(article: Article) -> Iterator[Watch]:
    """Who is told how the check of an article goes on: shows it where a person watches.

    What is shown goes when the block ends, for the report says all of it.
    """
    console = talk()
    if not console.is_terminal:
        yield Watch()
        return
    shown = _Steps(article, console)
    with Live(shown, console=console, transient=True):
        yield shown


@contextmanager
def bar(task: str) -> Iterator[Callable[[int, int], None]]:
    """A function to call with (done, total); shows a bar from the first call to the end.

    Where nobody watches (stderr is no terminal) the task is named once, in a line of its own.
    """
    console = talk()
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    row = progress.add_task(task, total=None, visible=False)

    def advance(done: int, total: int) -> None:
        if done == 0 and progress.disable:
            console.print(f"{task} …", markup=False)
        progress.update(row, completed=done, total=total, visible=True)

    with progress:
        yield advance
