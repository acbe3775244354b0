"""`factcheck eval claims` and `factcheck eval sets`: verdicts on claims with given evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from factcheck.cli.evalrun import How, finish, require_packages, run_options
from factcheck.cli.output import write_stdout
from factcheck.cli.progress import bar
from factcheck.evaluation.sets.registry import SETS


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
    default="embedded",
    show_default=True,
    help="majority, overlap, similarity, embedded, none, a path or hub name.",
)
@click.option("--checks/--no-checks", default=False, help="Whether the checks have a say as well.")
@run_options
def claims(
    *, name: str, path: Path | None, split: str | None, verifier: str, checks: bool, how: How
) -> None:
    """Measure how well claims are judged by given evidence."""
    require_packages()
    from factcheck.evaluation.claims import measure
    from factcheck.evaluation.claimspage import lines, page
    from factcheck.evaluation.items import limited, task_of
    from factcheck.evaluation.judging import judge
    from factcheck.evaluation.runs import Run, digest_of
    from factcheck.evaluation.sets import load_set
    from factcheck.evaluation.systems import load_system

    items = load_set(name, path, split)
    task = task_of(item.label for item in items)
    system = load_system(verifier, items, checks=checks, threads=how.jobs)
    chosen = limited(items, how.limit)
    settings: dict[str, Any] = {
        "kind": "claims",
        "set": name if name != "common" or path is None else path.stem,
        "split": split or SETS[name].split,
        "system": system.name,
        "system_digest": system.digest,
        "task": task.name,
        "items": len(chosen),
        "items_digest": digest_of(f"{i.id} {i.claim} {i.evidence} {i.label}" for i in chosen),
    }
    run = Run.open(how.runs, settings, fresh=how.fresh)
    with bar(f"Judging {len(chosen)} claims") as advance:
        predictions = judge(run, system, chosen, advance)
    figures = measure(task, predictions, system.thresholds)
    finish(run, figures, page(settings, figures, task, predictions), lines(figures), how.form)


@click.command()
def sets() -> None:
    """List the labelled sets that can be measured on, and in which form."""
    for one in SETS.values():
        write_stdout(
            f"{one.name}\n  {one.title}\n  published: {one.published}\n  licence: {one.licence}\n"
            f"  labels: {one.labels}\n  form: {one.form}\n  usual split: {one.split}\n"
        )
