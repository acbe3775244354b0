"""Talk on stderr: progress bars where a person watches, plain lines where nobody does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from factcheck.cli.console import talk

_STEPS = {
    "reading": "Reading the article",
    "claims": "Finding its claims",
    "evidence": "Looking for evidence",
    "entailment": "Reading the references",
    "checks": "Comparing",
    "verdicts": "Deciding",
    "explaining": "Looking for the words that decide",
}


@contextmanager
def steps() -> Iterator[Callable[[str], None]]:
    """A function to call with the name of each stage as it begins."""
    console = talk()
    if not console.is_terminal:
        yield lambda stage: None
        return
    with console.status("Loading the models") as status:
        yield lambda stage: status.update(_STEPS.get(stage, stage))


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
