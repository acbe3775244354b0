"""`factcheck eval`: measure on labelled sets."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

import click

from factcheck.cli.evalclaims import claims, sets
from factcheck.cli.output import write_stdout
from factcheck.cli.progress import bar
from factcheck.cli.setup import limit_threads, settings_from
from factcheck.evaluation.articles import Outcome, Scores, outcome, score
from factcheck.evaluation.twins import Twins, half, load_twins
from factcheck.records import Report
from factcheck.settings import Settings


@click.group(name="eval")
def evaluate() -> None:
    """Measure how good the results are on labelled sets."""


evaluate.add_command(claims)
evaluate.add_command(sets)


@evaluate.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--half", "which", type=click.Choice(["odd", "even", "all"]), default="all",
              help="Odd numbers are for development, even ones for judging.")  # fmt: skip
@click.option("--against", type=click.Choice(["article", "form", "corpus"]), multiple=True,
              help="Only planted errors that this proves; may be repeated.")  # fmt: skip
@click.option("--references/--no-references", default=True,
              help="Whether each article is checked against its own references too.")  # fmt: skip
@click.option("--details", is_flag=True, help="List what was missed and what was flagged wrongly.")
@click.option("-f", "--format", "form", type=click.Choice(["terminal", "json"]), default="terminal")
@click.option("--min-confidence", type=float, help="Leave out flags less sure than this.")
@click.option("--silence", multiple=True, metavar="CHECK", help="Do not run this check.")
@click.option("--verifier", help="Entailment model: embedded, none, a path or hub name.")
def articles(
    folder: Path,
    which: Literal["odd", "even", "all"],
    against: tuple[str, ...],
    references: bool,
    details: bool,
    form: str,
    **flags: Any,
) -> None:
    """Measure the flags on articles in twins in FOLDER: with planted errors, and corrected."""
    settings = settings_from(flags)
    chosen = half(load_twins(folder), which)
    outcomes = list(_outcomes(chosen, settings, references, against or None))
    scores = score(outcomes)
    if form == "json":
        write_stdout(json.dumps(asdict(scores), indent=2) + "\n")
        return
    write_stdout("\n".join([*_lines(scores, len(outcomes)), *(_detail(outcomes, details))]) + "\n")


def _outcomes(
    chosen: Sequence[Twins],
    settings: Settings,
    references: bool,
    against: Iterable[str] | None,
) -> Iterator[Outcome]:
    limit_threads(settings)
    with bar(f"Checking {len(chosen)} pairs of articles") as advance:
        for done, twins in enumerate(chosen):
            advance(done, len(chosen))
            with _checking(twins, settings, references) as check:
                yield outcome(twins, check, against)


@contextmanager
def _checking(
    twins: Twins, settings: Settings, references: bool
) -> Iterator[Callable[[str, Twins], Report]]:
    """A function that checks a text against the references of its twins."""
    from factcheck.articles import parse_article
    from factcheck.checker import Checker, References
    from factcheck.evidence import Retriever, Store, load_embedder, read_corpus
    from factcheck.text.parsing import load_parser
    from factcheck.verdicts.verifier import load_verifier

    verifier = None if settings.verifier == "none" else load_verifier(settings.verifier)
    if not references or twins.references is None:
        checker = Checker(load_parser(), None, verifier, settings)
        yield lambda text, pair: checker.check(parse_article(text, source=pair.id))
        return
    embedder = load_embedder(settings.embedder)
    with (
        tempfile.TemporaryDirectory() as place,
        Store.open(Path(place) / "store", embedder, create=True) as store,
    ):
        store.sync(read_corpus(twins.references))
        opened = References(store, Retriever(store, embedder), embedder.name, embedder.digest)
        checker = Checker(load_parser(), opened, verifier, settings)
        yield lambda text, pair: checker.check(parse_article(text, source=pair.id))


def _lines(scores: Scores, pairs: int) -> Iterator[str]:
    yield f"{pairs} pairs of articles; 95% intervals by redrawing articles"
    yield f"recall, strict          {scores.recall_strict}"
    yield f"recall, lenient         {scores.recall_lenient}"
    for kind, estimate in scores.by_against.items():
        yield f"  against {kind:15} {estimate}"
    for kind, (strict, lenient, planted) in scores.by_type.items():
        yield f"  {kind:23} {strict} strict, {lenient} lenient, of {planted}"
    yield f"false flags a clean one {scores.false_per_clean}"
    yield f"look-alikes flagged     {scores.look_alikes}"
    yield f"precision on flawed     {scores.precision}"


def _detail(outcomes: Sequence[Outcome], wanted: bool) -> Iterator[str]:
    if not wanted:
        return
    for out in outcomes:
        for item in out.twins.planted:
            if not out.hit(item, strict=False):
                yield f"missed  {out.twins.id} {item.type} ({item.against}): {item.quote}"
        for flag in out.flawed:
            if not out.is_true(flag):
                yield f"extra   {out.twins.id} {flag.check}: {flag.quotation.text}"
        for flag in out.clean:
            yield f"false   {out.twins.id} {flag.check}: {flag.quotation.text} | {flag.explanation}"
