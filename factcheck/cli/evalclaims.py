"""`factcheck eval claims` and `factcheck eval sets`: verdicts on claims with given evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from factcheck.cli.evalrun import run_options
from factcheck.cli.model import assistance, llm_options
from factcheck.cli.modelnames import require_verifier
from factcheck.cli.output import write_stdout
from factcheck.cli.setup import settings_from
from factcheck.evaluation.sets.registry import SETS
from factcheck.evaluation.systems import BASELINES

if TYPE_CHECKING:
    from factcheck.evaluation.measuring import How, Measured


@click.command()
@click.option(
    "--set",
    "name",
    default="own",
    show_default=True,
    metavar="NAME",
    help="Which set; factcheck eval sets lists them.",
)
@click.option(
    "--path",
    type=click.Path(path_type=Path),
    help="File or folder of the set, as its makers publish it.",
)
@click.option("--split", help="Which split of the set; each set has a usual one.")
@click.option(
    "--verifier",
    help="majority, overlap, similarity, embedded (default), none, a path or hub name.",
)
@click.option("--checks/--no-checks", default=False, help="Whether the checks have a say as well.")
@click.option("--part", "parts", multiple=True, help="Only this part of the set; may be repeated.")
@llm_options
@run_options
def claims(
    *,
    name: str,
    path: Path | None,
    split: str | None,
    parts: tuple[str, ...],
    checks: bool,
    how: How,
    **flags: Any,
) -> Measured:
    """Measure how well claims are judged by given evidence.

    With --llm a chat model judges as well: what --verifier and --checks leave open, or all claims
    with --llm-policy all; alone with --verifier none.
    """
    from factcheck.evaluation.measuring import ClaimSet, measure_claims

    settings = settings_from(flags)
    if settings.verifier not in BASELINES:
        require_verifier(settings.verifier)
    with assistance(settings) as assistant:
        asked = ClaimSet(name, path, split, parts)
        return measure_claims(asked, settings.verifier, how, checks=checks, assistant=assistant)


@click.command()
def sets() -> None:
    """List the labelled sets that can be measured on, and in which form."""
    for one in SETS.values():
        write_stdout(
            f"{one.name}\n  {one.title}\n  published: {one.published}\n  licence: {one.licence}\n"
            f"  labels: {one.labels}\n  form: {one.form}\n  usual split: {one.split}\n"
        )
