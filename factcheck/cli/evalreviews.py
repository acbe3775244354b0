"""`factcheck eval reviews`: the machine measured by the people who reviewed it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factcheck.cli.evalrun import form_option
from factcheck.cli.output import write_stdout
from factcheck.reports.visible import visible
from factcheck.reports.wording import counted

if TYPE_CHECKING:
    from factcheck.evaluation.agreement import Agreement, Measured


@click.command()
@click.argument("store", type=click.Path(path_type=Path))
@form_option
def reviews(store: Path, form: str) -> None:
    """Measure the machine against the reviewers whose decisions are in STORE.

    Agreement and Cohen's kappa over the claims that they gave a verdict, the share of flags that
    they accepted, and how far they agree with one another.
    """
    from factcheck.evaluation.agreement import measure
    from factcheck.reviews.store import Store

    with Store.open(store) as opened:
        measured = measure(opened.decisions())
    if form == "json":
        data = asdict(measured)
        data["pairs"] = [
            {"reviewers": names, **asdict(found)} for names, found in measured.pairs.items()
        ]
        write_stdout(json.dumps(data, indent=2, ensure_ascii=False) + "\n")
    else:
        write_stdout("\n".join(map(visible, _lines(measured))) + "\n")


def _lines(measured: Measured) -> Iterator[str]:
    people = ", ".join(measured.reviewers) or "nobody"
    made = counted(measured.decisions, "decision")
    yield f"{made} by {people}; 95% intervals by redrawing articles"
    if measured.claims:
        yield from _agreement("machine and reviewers, claims", measured.claims)
        yield from _confusion(measured.claims)
    else:
        yield "no claim was given a verdict"
    if measured.rejected_claims:
        yield f"verdicts rejected without another: {measured.rejected_claims}"
    for severity, (accepted, ruled) in measured.flags.items():
        yield f"flags of severity {severity}: {accepted} of {ruled} accepted"
    for (one, other), found in measured.pairs.items():
        yield from _agreement(f"{one} and {other}", found)


def _agreement(name: str, found: Agreement) -> Iterator[str]:
    yield f"{name}: {counted(found.items, 'answer')} from {counted(found.articles, 'article')}"
    yield f"  agreement      {found.agreement}"
    yield f"  Cohen's kappa  {found.kappa}"


def _confusion(found: Agreement) -> Iterator[str]:
    for machine, row in found.confusion.items():
        answers = ", ".join(f"{number} {answer}" for answer, number in sorted(row.items()))
        yield f"  machine said {machine}: reviewers {answers}"
