"""`factcheck claims ARTICLE`: the main job."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from factcheck.checks.registry import load_checks, require_check
from factcheck.cli.model import (
    estimate_lines,
    is_partial,
    llm_options,
    model_name,
    open_assistant,
    tell_usage,
)
from factcheck.cli.output import (
    reader_may_leave,
    require_stdout,
    require_writable,
    write_file,
    write_stdout,
)
from factcheck.cli.setup import limit_threads, setting_options, settings_from
from factcheck.errors import ArticleError, UsageProblem
from factcheck.records import SEVERITIES, Article, Report
from factcheck.reports.formats import FORMATS
from factcheck.settings import Settings, require_date

if TYPE_CHECKING:
    from factcheck.assistance import Assistant

FAILED_ON = 1
DONE_IN_PART = 4
DIRECT = [name for name, form in FORMATS.items() if not form.after_review]
READABLE_LANGUAGES = frozenset({"en", "und"})


@click.command()
@click.argument("article")
@click.option("-f", "--format", "form", type=click.Choice(DIRECT), help="Form of the report.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File for the report.")
@click.option("--brief", is_flag=True, help="Only the summary and one line a flag (terminal).")
@click.option("--top-k", type=int, help="Reference passages for each claim (5).")
@click.option("--as-of", help="Use no reference later than this date (YYYY-MM-DD).")
@click.option(
    "--date",
    callback=lambda context, option, value: value and require_date(value, "--date"),
    help="The article's own date, where its text does not give it.",
)
@click.option(
    "--language",
    callback=lambda context, option, value: value and value.lower(),
    help="The article's language, where it is recognised wrongly.",
)
@click.option("--min-confidence", type=float, help="Leave out flags less sure than this (0.5).")
@click.option("--silence", multiple=True, metavar="CHECK", help="Do not run this check.")
@click.option("--verifier", help="Entailment model: embedded (default), none, a path or hub name.")
@click.option(
    "--explain",
    is_flag=True,
    default=None,
    help="Say what the model's answer hangs on: for claims not supported, ten at most.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "refuted"]),
    multiple=True,
    help="Exit 1 if a flag of this severity or worse is found, whatever the verdicts; with "
    "'refuted', if a claim is refuted, whatever the flags. May be repeated.",
)
@llm_options
@click.option("--dry-run", is_flag=True, help="Say what asking the chat model would come to.")
@setting_options
def claims(
    article: str,
    form: str | None,
    output: Path | None,
    brief: bool,
    date: str | None,
    language: str | None,
    fail_on: tuple[str, ...],
    **flags: Any,
) -> None:
    """Check ARTICLE (a text or Markdown file, or - for standard input) claim by claim.

    Every claim gets a verdict with quoted evidence; places where the article contradicts itself,
    its references or good form are flagged. The report goes to standard output unless -o names a
    file, whose ending then tells the format.
    """
    dry_run = flags.pop("dry_run")
    settings = settings_from(flags)
    for name in settings.silence:
        require_check(name)
    if output:
        require_writable(output, article)
    else:
        require_stdout()
    chosen = form or _format_of(output)
    if brief and chosen != "terminal":
        raise UsageProblem(
            f"--brief shortens plain text alone; {chosen} has no brief form",
            hint="-f terminal, or the same command without --brief",
        )
    if model_name(settings) is None and dry_run:
        raise UsageProblem(
            "--dry-run estimates what a chat model would cost, and none is named",
            hint="--llm PROVIDER:MODEL",
        )
    read = _read(article, date, language)
    if dry_run:
        write_stdout("\n".join(_estimate(read, settings)) + "\n")
        return
    report = _check(read, settings)
    with reader_may_leave():
        _write(report, chosen, output, brief)
    tell_usage(report)
    if is_partial(report):
        sys.exit(DONE_IN_PART)
    if any(_matches(report, each) for each in fail_on):
        sys.exit(FAILED_ON)


def _format_of(output: Path | None) -> str:
    from factcheck.reports.formats import format_of

    return format_of(output, DIRECT) if output else "terminal"


def _read(path: str, date: str | None, language: str | None) -> Article:
    from factcheck.articles import read_article

    article = read_article(path, date=date, language=language)
    if article.language not in READABLE_LANGUAGES:
        raise ArticleError(
            f"{path} seems to be written in another language than English ({article.language})",
            hint=f"factcheck claims --language en {path}, if it is English all the same",
        )
    return article


def _estimate(article: Article, settings: Settings) -> list[str]:
    assistant = open_assistant(settings, dry=True)
    _check(article, settings, assistant)
    return estimate_lines(assistant) if assistant else []


def _check(article: Article, settings: Settings, assistant: Assistant | None = None) -> Report:
    limit_threads(settings)
    # Before any model is loaded: a missing key or package is told at once.
    assistant = assistant or open_assistant(settings)
    from factcheck.checker import Checker, References
    from factcheck.cli.progress import steps
    from factcheck.cli.setup import open_retriever, open_verifier, usable_cache
    from factcheck.text.parsing import load_parser
    from factcheck.verdicts.verifier import prepare_beside

    kept = usable_cache(settings)
    verifier = open_verifier(settings, kept)
    prepare_beside(verifier)
    store, retriever, embedder = open_retriever(settings)
    with store, steps(article) as watch:
        references = References(store, retriever, embedder.name, embedder.digest)
        parser = load_parser().keeping(kept) if kept else load_parser()
        load_checks()
        # What is loaded stays: the collector need not look through it again and again.
        gc.freeze()
        checker = Checker(parser, references, verifier, settings, assistant)
        return checker.check(article, watch)


def _write(report: Report, form: str, output: Path | None, brief: bool) -> None:
    from factcheck.reports.formats import write
    from factcheck.reports.terminal import to_text

    if form == "terminal" and output is None:
        from factcheck.cli.console import print_report

        print_report(report, brief=brief)
        return
    text = to_text(report, brief=brief) if brief else write(report, form)
    if output:
        write_file(output, text)
        click.echo(f"Report written to {output}", err=True)
    else:
        write_stdout(text)


def _matches(report: Report, fail_on: str) -> bool:
    if fail_on == "refuted":
        return any(item.verdict.label == "refuted" for item in report.claims)
    worst = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return any(flag.severity in worst for flag in report.flags)
