"""`factcheck eval articles FOLDER`: flags on articles with planted errors, and corrected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal

import click

from factcheck.checks.registry import require_check
from factcheck.cli.evalrun import How, finish, require_packages, run_options
from factcheck.cli.progress import bar
from factcheck.cli.setup import limit_threads, settings_from
from factcheck.evaluation.runs import Run, digest_of
from factcheck.evaluation.twins import Twins, half, load_twins
from factcheck.settings import Settings


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("eval/articles/twins"))
@click.option(
    "--half",
    "which",
    type=click.Choice(["odd", "even", "all"]),
    default="all",
    help="Odd numbers are for development, even ones for judging.",
)
@click.option(
    "--against",
    type=click.Choice(["article", "form", "corpus"]),
    multiple=True,
    help="Only planted errors that this proves; may be repeated.",
)
@click.option(
    "--references/--no-references",
    default=True,
    help="Whether each article is checked against its own references too.",
)
@click.option("--details", is_flag=True, help="List what was missed and what was flagged wrongly.")
@click.option("--min-confidence", type=float, help="Leave out flags less sure than this.")
@click.option("--silence", multiple=True, metavar="CHECK", help="Do not run this check.")
@click.option("--verifier", help="Entailment model: embedded, none, a path or hub name.")
@run_options
def articles(
    *,
    folder: Path,
    which: Literal["odd", "even", "all"],
    against: tuple[str, ...],
    references: bool,
    details: bool,
    how: How,
    **flags: Any,
) -> None:
    """Measure the flags on articles in twins in FOLDER: with planted errors, and corrected."""
    require_packages()
    from factcheck.evaluation import articlepage
    from factcheck.evaluation.articlerows import outcome_of

    settings = settings_from(flags)
    for name in settings.silence:
        require_check(name)
    chosen = half(load_twins(folder), which)[: how.limit]
    asked = article_settings(chosen, settings, references=references)
    asked |= {"set": folder.name, "half": which, "against": ", ".join(against) or "all"}
    run = Run.open(how.runs, asked, fresh=how.fresh)
    rows = answered(run, chosen, settings, references=references, jobs=how.jobs)
    outcomes = [outcome_of(rows[pair.id], pair, against) for pair in chosen]
    figures = articlepage.figures_of(outcomes, sum(row["seconds"] for row in rows.values()))
    shown: Iterable[str] = articlepage.lines(outcomes)
    if details:
        shown = (*shown, *articlepage.details(outcomes))
    finish(run, figures, articlepage.page(asked, figures, outcomes), shown, how.form)


def article_settings(
    chosen: Sequence[Twins], settings: Settings, *, references: bool
) -> dict[str, Any]:
    """What decides the flags on these twins, for a run's settings."""
    from factcheck.evaluation.checking import verifier_of
    from factcheck.evaluation.systems import program_digest

    verifier = verifier_of(settings.verifier, settings.threads)
    return {
        "kind": "articles",
        "system": "checks" if verifier is None else f"checks+{verifier.name}",
        "program_digest": program_digest(),
        "verifier_digest": verifier.digest if verifier else "",
        "references": references,
        "min_confidence": settings.min_confidence,
        "silence": ", ".join(settings.silence),
        "items": len(chosen),
        "items_digest": digest_of(t for pair in chosen for t in (pair.id, pair.flawed, pair.clean)),
    }


def answered(
    run: Run, chosen: Sequence[Twins], settings: Settings, *, references: bool, jobs: int
) -> dict[str, dict[str, Any]]:
    """The run's rows by id, those that are missing made now."""
    from factcheck.evaluation.articlerows import row_of
    from factcheck.evaluation.checking import each

    limit_threads(settings)
    rows = {row["id"]: row for row in run.rows()}
    unasked = [pair for pair in chosen if pair.id not in rows]
    work = partial(row_of, settings=settings, references=references)
    with bar(f"Checking {len(chosen)} pairs of articles") as advance:
        advance(len(chosen) - len(unasked), len(chosen))
        for pair, row in each(work, unasked, jobs):
            rows[pair.id] = row
            run.append([row])
            advance(len(rows), len(chosen))
    return {pair.id: rows[pair.id] for pair in chosen}
