"""`factcheck eval articles FOLDER`: flags on articles with planted errors, and corrected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from factcheck.checks.registry import require_check
from factcheck.cli.evalrun import run_options
from factcheck.cli.model import assistance, llm_options
from factcheck.cli.modelnames import require_verifier
from factcheck.cli.setup import limit_threads, settings_from

if TYPE_CHECKING:
    from factcheck.evaluation.measuring import How, Measured
    from factcheck.evaluation.twins import Half


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
@llm_options
@run_options
def articles(
    *,
    folder: Path,
    which: Half,
    against: tuple[str, ...],
    references: bool,
    details: bool,
    how: How,
    **flags: Any,
) -> Measured:
    """Measure the flags on articles in twins in FOLDER: with planted errors, and corrected."""
    from factcheck.evaluation.measuring import ArticleSet, measure_articles

    settings = settings_from(flags)
    for name in settings.silence:
        require_check(name)
    require_verifier(settings.verifier)
    limit_threads(settings)
    with assistance(settings) as assistant:
        return measure_articles(
            ArticleSet(folder, which),
            settings,
            how,
            against=against,
            references=references,
            details=details,
            assistant=assistant,
        )
