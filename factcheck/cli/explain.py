"""`factcheck explain`: what the verdicts of a saved report hang on, on demand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factcheck.cli.claims import DIRECT
from factcheck.cli.output import require_writable, write_file, write_stdout
from factcheck.cli.setup import limit_threads, open_verifier, settings_from, usable_cache
from factcheck.errors import UsageProblem
from factcheck.reports.formats import format_of
from factcheck.reports.visible import one_line

if TYPE_CHECKING:
    from factcheck.records import CheckedClaim, Report
    from factcheck.settings import Settings
    from factcheck.verdicts.verifier import Verifier


@click.command()
@click.argument("report", type=click.Path(path_type=Path))
@click.argument("claims", nargs=-1, required=True, metavar="CLAIM...")
@click.option("-f", "--format", "form", type=click.Choice(DIRECT), help="Form of the whole report.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File for it.")
@click.option("--verifier", help="Entailment model: embedded, a path or hub name.")
@click.option("--threads", type=int, help="Threads for the model.")
def explain(
    report: Path,
    claims: tuple[str, ...],
    form: str | None,
    output: Path | None,
    verifier: str | None,
    threads: int | None,
) -> None:
    """Say what the entailment model's answers on claims of a saved REPORT hang on.

    CLAIM is a number as reports show it, or an id. The answer is the sentence of the evidence that
    weighs most, and the words of the claim without which the model would answer otherwise; it
    takes 40 pairs of evidence and claim at most for each. With -f or -o the whole report is
    written, the explanations in it.
    """
    from factcheck.reviews.reading import read_report
    from factcheck.verdicts.explaining import explain_claims

    chosen = form or (format_of(output, DIRECT) if output else None)
    if output:
        require_writable(output, None if chosen == "json" else report)
    read = read_report(report)
    wanted = [_wanted(read, name, report) for name in claims]
    settings = settings_from({"verifier": verifier, "threads": threads})
    model = _model(settings, read)
    read = replace(read, claims=explain_claims(model, read.claims, wanted))
    if chosen:
        _write(read, report, chosen, output)
    else:
        _show(read, wanted)


def _wanted(report: Report, name: str, path: Path) -> str:
    """Id of the claim of that number or id, if it can be explained."""
    from factcheck.verdicts.explaining import obstacle

    item = _named(report, name)
    if item is None:
        known = f"its claims are numbered 1 to {len(report.claims)}"
        raise UsageProblem(f"the report has no claim {name!r}; {known}", hint=_other(report, path))
    why = obstacle(item)
    if why:
        raise UsageProblem(f"claim {name} cannot be explained: {why}", hint=_other(report, path))
    return item.claim.id


def _other(report: Report, path: Path) -> str:
    """The command that explains a claim which can be explained; empty where none can."""
    from factcheck.verdicts.explaining import obstacle

    numbers = (n for n, item in enumerate(report.claims, 1) if not obstacle(item))
    return next((f"factcheck explain {path} {number}" for number in numbers), "")


def _named(report: Report, name: str) -> CheckedClaim | None:
    at = int(name) if name.isascii() and name.isdecimal() and len(name) < 9 else 0
    numbered = enumerate(report.claims, 1)
    return next((item for n, item in numbered if n == at or item.claim.id == name), None)


def _model(settings: Settings, report: Report) -> Verifier:
    """The model that the settings name; says so where the verdicts are from another."""
    from factcheck.errors import ModelError

    limit_threads(settings)
    found = open_verifier(settings, usable_cache(settings))
    if found is None:
        raise ModelError(
            "explaining takes an entailment model, and there is none",
            hint="factcheck explain --verifier NAME REPORT CLAIM, or factcheck models list",
        )
    before = report.run.models.get("verifier")
    if before != f"{found.name} sha256:{found.digest}":
        made_with = one_line(before or "no entailment model")
        click.echo(
            f"Note: the report was made with {made_with}; {one_line(found.name)} explains what it "
            "would answer itself.",
            err=True,
        )
    return found


def _write(report: Report, path: Path, form: str, output: Path | None) -> None:
    """The whole report, with the decisions that stood in its file."""
    from factcheck.reports.context import with_decisions
    from factcheck.reports.formats import write
    from factcheck.reviews.reading import read_decisions

    context = with_decisions(report, read_decisions(path))
    if output:
        write_file(output, write(report, form, context))
        click.echo(f"Report written to {output}", err=True)
    elif form == "terminal":
        from factcheck.cli.console import print_report

        print_report(report, context)
    else:
        write_stdout(write(report, form, context))


def _show(report: Report, wanted: list[str]) -> None:
    from factcheck.cli.console import data
    from factcheck.reports.context import NOTHING
    from factcheck.reports.terminal import render_one

    console = data()
    for target in dict.fromkeys(wanted):
        render_one(report, target, console, NOTHING)
