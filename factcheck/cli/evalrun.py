"""What the commands of `factcheck eval` share: options, the packages they need, the last word."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from factcheck.cli.output import write_stdout
from factcheck.errors import UsageProblem
from factcheck.evaluation.runs import DEFAULT_ROOT, METRICS, REPORT, Run

_NEEDED = {"ir_measures": "ir-measures", "matplotlib": "matplotlib", "sklearn": "scikit-learn"}


@dataclass(frozen=True, slots=True)
class How:
    """How a measuring command goes about it."""

    limit: int | None
    """About how many units to measure; None for all."""
    jobs: int
    """How many to work on at once."""
    runs: Path
    """Where run folders go."""
    fresh: bool
    """Whether to forget what an earlier such run answered."""
    form: str
    """`terminal` or `json`: what goes to standard output."""


def run_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that every measuring command has, handed to it as `how`."""

    @wraps(command)
    def gathered(
        *, limit: int | None, jobs: int, runs: Path, fresh: bool, form: str, **others: Any
    ) -> None:
        command(how=How(limit, jobs, runs, fresh, form), **others)

    found: Callable[..., None] = gathered
    for option in reversed(_OPTIONS):
        found = option(found)
    return found


_OPTIONS = (
    click.option(
        "--limit",
        type=click.IntRange(1),
        metavar="N",
        help="Only about N of them, the same ones each time.",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(1),
        default=1,
        metavar="N",
        show_default=True,
        help="How many to work on at once.",
    ),
    click.option(
        "--runs",
        type=click.Path(path_type=Path),
        default=DEFAULT_ROOT,
        metavar="FOLDER",
        help="Where run folders go (eval/runs).",
    ),
    click.option("--fresh", is_flag=True, help="Forget what an earlier such run answered."),
    click.option(
        "-f", "--format", "form", type=click.Choice(["terminal", "json"]), default="terminal"
    ),
)


def require_packages() -> None:
    """Nothing, if all that only evaluation needs is installed.

    Raises:
        UsageProblem: something is missing.
    """
    missing = [package for module, package in _NEEDED.items() if find_spec(module) is None]
    if missing:
        raise UsageProblem(
            f"measuring needs packages that are not installed: {', '.join(missing)}",
            hint="pip install 'factcheck-assistant[eval]'",
        )


def finish(
    run: Run, figures: Mapping[str, Any], page: str, lines: Iterable[str], form: str
) -> None:
    """Write the figures and the page into the run's folder, and the figures to standard output."""
    run.write_json(METRICS, figures)
    run.write(REPORT, page)
    text = json.dumps(figures, indent=2) if form == "json" else "\n".join(lines)
    write_stdout(text + "\n")
    click.echo(f"Run written to {run.folder} (look at {REPORT})", err=True)
