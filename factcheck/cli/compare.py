"""`factcheck compare A B`: is the second run better than the first, and where?"""

from __future__ import annotations

import json
from pathlib import Path

import click

from factcheck.cli.output import require_writable, write_file, write_stdout
from factcheck.errors import UsageProblem

_FORMS = {".html": "html", ".htm": "html", ".json": "json"}
"""Ends of the names of files, and the form that they mean."""


@click.command()
@click.argument("first", type=click.Path(path_type=Path))
@click.argument("second", type=click.Path(path_type=Path))
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["terminal", "json", "html"]),
    help="Form of the comparison.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File for the comparison.")
def compare(first: Path, second: Path, form: str | None, output: Path | None) -> None:
    """Compare two runs of factcheck eval, FIRST and SECOND, on the items that both have.

    Gives the difference with its interval and a paired test, the same by type, and the items that
    came out differently side by side.
    """
    if output:
        require_writable(output)
    from factcheck.evaluation import comparisonpage
    from factcheck.evaluation.comparison import compare as compared
    from factcheck.evaluation.comparison import uncommon
    from factcheck.evaluation.outcomes import results_of
    from factcheck.evaluation.runs import Run

    runs = Run.read(first), Run.read(second)
    kinds = {run.settings["kind"] for run in runs}
    if len(kinds) > 1:
        raise UsageProblem(
            f"{first} and {second} measured different things: {' and '.join(sorted(kinds))}",
            hint="compare two runs of one factcheck eval command",
        )
    results = results_of(runs[0]), results_of(runs[1])
    found = compared(*results)
    if left := uncommon(*results):
        click.echo(f"{left} results of one run have no counterpart in the other", err=True)
    titles = tuple(comparisonpage.title_of(run.settings) for run in runs)
    both = titles[0], titles[1]
    chosen = form or (_FORMS.get(output.suffix.lower()) if output else None) or "terminal"
    if chosen == "html":
        figures = (runs[0].metrics(), runs[1].metrics()) if kinds == {"claims"} else None
        text = comparisonpage.page(both, found, figures)
    elif chosen == "json":
        text = json.dumps(comparisonpage.data(both, found), indent=2, ensure_ascii=False) + "\n"
    else:
        text = "\n".join(comparisonpage.lines(both, found)) + "\n"
    if output:
        write_file(output, text)
        click.echo(f"Comparison written to {output}", err=True)
    else:
        write_stdout(text)
