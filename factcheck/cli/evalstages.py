"""`factcheck eval retrieval FOLDER` and `factcheck eval extraction FOLDER`: single stages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import click

from factcheck.cli.evalrun import How, finish, require_packages, run_options
from factcheck.cli.progress import bar
from factcheck.cli.setup import limit_threads, settings_from
from factcheck.evaluation.runs import Run, digest_of
from factcheck.evaluation.twins import Twins, half, load_twins

Half = Literal["odd", "even", "all"]


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
) -> None:
    """Measure whether the documents that decide a claim are found, cited and judged rightly."""
    require_packages()
    from factcheck.evaluation import retrieval as stage
    from factcheck.evaluation.checking import verifier_of
    from factcheck.evaluation.stagepages import retrieval_lines, retrieval_page

    settings = settings_from({**flags, "threads": how.jobs})
    limit_threads(settings)
    chosen = half(load_twins(folder), which)[: how.limit]
    verifier = verifier_of(settings.verifier, settings.threads)
    asked = _settings("retrieval", folder, which, chosen) | {
        "system": "checks" if verifier is None else f"checks+{verifier.name}",
        "verifier_digest": verifier.digest if verifier else "",
        "embedder": settings.embedder,
        "top_k": settings.top_k,
        "distractors": ", ".join(map(str, distractors)),
    }
    run = Run.open(how.runs, asked, fresh=how.fresh)
    rows = run.rows()
    total = sum(len(pair.claims) for pair in chosen if pair.references)
    with bar(f"Looking for the evidence of {total} claims") as advance:
        advance(len(rows), total)
        known = {row["id"] for row in rows}
        for row in stage.rows_of(chosen, settings, distractors, known):
            rows.append(row)
            run.append([row])
            advance(len(rows), total)
    figures = stage.measure(rows)
    finish(run, figures, retrieval_page(asked, figures, rows), retrieval_lines(figures), how.form)


@click.command()
@_over_twins
@run_options
def extraction(*, folder: Path, which: Half, how: How) -> None:
    """Measure the claims taken out of articles: coverage, atomicity, faithful restatement."""
    require_packages()
    from factcheck.evaluation import extraction as stage
    from factcheck.evaluation.checking import each
    from factcheck.evaluation.stagepages import extraction_lines, extraction_page

    chosen = half(load_twins(folder), which)[: how.limit]
    asked = _settings("extraction", folder, which, chosen) | {"system": "rules"}
    run = Run.open(how.runs, asked, fresh=how.fresh)
    rows = {row["id"]: row for row in run.rows()}
    unasked = [pair for pair in chosen if pair.id not in rows]
    with bar(f"Extracting claims from {len(chosen)} articles") as advance:
        advance(len(rows), len(chosen))
        for pair, row in each(stage.row_of, unasked, how.jobs):
            rows[pair.id] = row
            run.append([row])
            advance(len(rows), len(chosen))
    found = [rows[pair.id] for pair in chosen]
    figures = stage.measure(found)
    finish(
        run, figures, extraction_page(asked, figures, found), extraction_lines(figures), how.form
    )


def _settings(kind: str, folder: Path, which: Half, chosen: tuple[Twins, ...]) -> dict[str, Any]:
    from factcheck.evaluation.systems import program_digest

    return {
        "kind": kind,
        "set": folder.name,
        "half": which,
        "program_digest": program_digest(),
        "items": len(chosen),
        "items_digest": digest_of(
            text for pair in chosen for text in (pair.flawed, *(item.claim for item in pair.claims))
        ),
    }
