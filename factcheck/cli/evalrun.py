"""What the commands of `factcheck eval` share: options, the packages they need, the last word."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from factcheck.cli.output import write_stdout
from factcheck.cli.progress import bar
from factcheck.errors import UsageProblem
from factcheck.evaluation.runs import DEFAULT_ROOT, REPORT
from factcheck.reports.visible import visible
from factcheck.resources import install_command

if TYPE_CHECKING:
    from factcheck.evaluation.measuring import Measured

_NEEDED = {"ir_measures": "ir-measures", "matplotlib": "matplotlib", "sklearn": "scikit-learn"}


def run_options(command: Callable[..., Measured]) -> Callable[..., None]:
    """The options that every measuring command has, handed to it as `how`; its result is told."""

    @wraps(command)
    def gathered(
        *, limit: int | None, jobs: int, runs: Path, fresh: bool, form: str, **others: Any
    ) -> None:
        require_packages()
        from factcheck.evaluation.measuring import How

        tell(command(how=How(limit, jobs, runs, fresh, bar), **others), form)

    found: Callable[..., None] = gathered
    for option in reversed(_OPTIONS):
        found = option(found)
    return found


form_option = click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    help="Form of the figures.",
)
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
    form_option,
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
            hint=install_command("eval"),
        )


def tell(found: Measured, form: str) -> None:
    """The figures to standard output, and where the run lies to those who watch."""
    is_json = form == "json"
    shown = [json.dumps(found.figures, indent=2)] if is_json else map(visible, found.lines)
    write_stdout("\n".join(shown) + "\n")
    click.echo(f"Run written to {found.run.folder} (look at {REPORT})", err=True)
