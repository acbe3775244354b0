"""`factcheck eval retrieval FOLDER` and `factcheck eval extraction FOLDER`: single stages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from factcheck.cli.evalrun import run_options
from factcheck.cli.modelnames import require_verifier
from factcheck.cli.setup import limit_threads, settings_from

if TYPE_CHECKING:
    from factcheck.evaluation.measuring import How, Measured
    from factcheck.evaluation.twins import Half


def _over_twins(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--half", "which", type=click.Choice(["odd", "even", "all"]), default="all",
                     help="Odd numbers are for development, even ones for judging."),
        click.argument("folder", type=click.Path(path_type=Path),
                       default=Path("eval/articles/twins")),
    ):  # fmt: skip
        command = option(command)
    return command


@click.command()
@_over_twins
@click.option("--distractors", type=click.Path(path_type=Path, exists=True), multiple=True,
              metavar="FOLDER", help="Further documents that decide nothing.")  # fmt: skip
@click.option("--verifier", help="Entailment model: embedded, none, a path or hub name.")
@click.option("--top-k", type=int, help="Passages that decide each claim (5).")
@run_options
def retrieval(
    *, folder: Path, which: Half, distractors: tuple[Path, ...], how: How, **flags: Any
) -> Measured:
    """Measure whether the documents that decide a claim are found, cited and judged rightly."""
    from factcheck.evaluation.measuring import ArticleSet, measure_retrieval

    settings = settings_from({**flags, "threads": how.jobs})
    require_verifier(settings.verifier)
    limit_threads(settings)
    return measure_retrieval(ArticleSet(folder, which), settings, how, distractors)


@click.command()
@_over_twins
@run_options
def extraction(*, folder: Path, which: Half, how: How) -> Measured:
    """Measure the claims taken out of articles: coverage, atomicity, faithful restatement."""
    from factcheck.evaluation.measuring import ArticleSet, measure_extraction

    return measure_extraction(ArticleSet(folder, which), how)
