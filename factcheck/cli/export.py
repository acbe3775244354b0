"""`factcheck export`: a saved report in another form."""

from __future__ import annotations

from pathlib import Path

import click

from factcheck.cli.output import require_writable, write_file, write_stdout
from factcheck.errors import UsageProblem
from factcheck.records import Report
from factcheck.reports.context import Context, Publisher
from factcheck.reports.formats import FORMATS, format_of, write

_LISTED = "\n".join(f"  {name:20} {form.description}" for name, form in FORMATS.items())


@click.command(epilog="\b\nFormats:\n" + _LISTED)
@click.argument("report", type=click.Path(path_type=Path))
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    metavar="FORMAT",
    help="Form to write; see below.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write.")
@click.option(
    "--reviews",
    type=click.Path(path_type=Path),
    envvar="FACTCHECK_REVIEWS",
    help="Store of reviewers' decisions; the export then carries them.",
)
@click.option("--author", help="Who publishes the fact check (claimreview needs it).")
@click.option("--author-url", help="Their own address (claimreview).")
@click.option("--url", help="Address of the page with the fact check (claimreview needs it).")
def export(
    report: Path,
    form: str | None,
    output: Path | None,
    reviews: Path | None,
    author: str | None,
    author_url: str | None,
    url: str | None,
) -> None:
    """Write REPORT, saved with `factcheck claims -f json`, in another form.

    With --reviews the decisions that reviewers made about it go along, beside those that an
    earlier export as JSON wrote into it.
    """
    chosen = form or (format_of(output) if output else None)
    if chosen is None:
        raise UsageProblem(
            "nothing says in what form to write", hint=f"factcheck export {report} -f html"
        )
    if chosen != "claimreview" and (author or author_url or url):
        raise UsageProblem(
            f"--author, --author-url and --url are for claimreview alone; {chosen} names nobody",
            hint="-f claimreview, or the same command without them",
        )
    if output:
        require_writable(output, report)
    publisher = Publisher(author, url, author_url) if author and url else None
    read, context = _read(report, reviews, publisher)
    if output:
        write_file(output, write(read, chosen, context))
        click.echo(f"Written to {output}", err=True)
    elif chosen == "terminal":
        from factcheck.cli.console import print_report

        print_report(read, context)
    else:
        write_stdout(write(read, chosen, context))
    if chosen == "claimreview":
        _tell_left_out(read, context)


def _read(path: Path, reviews: Path | None, publisher: Publisher | None) -> tuple[Report, Context]:
    """The report, and what it is written with."""
    from factcheck.decisions import merged
    from factcheck.reports.context import with_decisions
    from factcheck.reviews.reading import read_decisions, read_report
    from factcheck.reviews.store import Store

    report = read_report(path)
    decisions = list(read_decisions(path))
    if reviews:
        with Store.open(reviews) as store:
            decisions = merged(decisions, store.decisions([report.article.id]))
    return report, with_decisions(report, decisions, publisher)


def _tell_left_out(report: Report, context: Context) -> None:
    from factcheck.reports.claim_review import left_out

    why = left_out(report, context)
    if why:
        click.echo(f"Note: {why}.", err=True)
