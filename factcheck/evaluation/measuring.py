"""The measurements themselves, one function a kind: each leaves a complete run and returns it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck.errors import CorpusError, UsageProblem
from factcheck.evaluation import articlepage, claimspage, extraction, retrieval, stagepages
from factcheck.evaluation.articlerows import outcome_of, row_of
from factcheck.evaluation.asking import require_one_job
from factcheck.evaluation.chatmodels import load_assisted
from factcheck.evaluation.checking import each, embedder_of, verifier_of
from factcheck.evaluation.claims import measure
from factcheck.evaluation.items import Item, Task, limited, task_of
from factcheck.evaluation.judging import judge
from factcheck.evaluation.runs import DEFAULT_ROOT, METRICS, REPORT, Run, digest_of
from factcheck.evaluation.sets import SETS, load_set
from factcheck.evaluation.systems import llm_digest, load_system, program_digest
from factcheck.evaluation.twinfiles import load_twins
from factcheck.evaluation.twins import Half, Twins, half
from factcheck.settings import Settings

if TYPE_CHECKING:
    from factcheck.assistance import Assistant

Progress = Callable[[str], AbstractContextManager[Callable[[int, int], None]]]
"""Given a task's name, what tells somebody how far it is; see `factcheck.cli.progress.bar`."""


def silent(task: str) -> AbstractContextManager[Callable[[int, int], None]]:
    """Progress that nobody is told."""
    return nullcontext(lambda done, total: None)


@dataclass(frozen=True, slots=True)
class How:
    """How to go about a measurement."""

    limit: int | None = None
    """About how many units to measure; None for all."""
    jobs: int = 1
    """How many to work on at once."""
    runs: Path = DEFAULT_ROOT
    """Where run folders go."""
    fresh: bool = False
    """Whether to forget what an earlier such run answered."""
    progress: Progress = silent
    """Who is told how far it is."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A finished measurement."""

    run: Run
    """Its folder, complete."""
    figures: dict[str, Any]
    """What metrics.json holds."""
    lines: tuple[str, ...]
    """The figures for a terminal."""


@dataclass(frozen=True, slots=True)
class ClaimSet:
    """Labelled claims to measure on."""

    name: str = "own"
    """Name of the set in the registry."""
    path: Path | None = None
    """Where it lies; None for our own, in the working folder."""
    split: str | None = None
    """Which split; None for the set's usual one."""
    parts: tuple[str, ...] = ()
    """Only these parts; all where empty."""

    def load(self) -> tuple[list[Item], Task]:
        """The items of its parts, and what the labels of the whole set can tell apart.

        Raises:
            UsageProblem: the set has no such part.
        """
        items = load_set(self.name, self.path, self.split)
        known = {item.part for item in items}
        if unknown := [part for part in self.parts if part not in known]:
            raise UsageProblem(
                f"the set '{self.name}' has no part '{unknown[0]}' in what was read",
                hint=f"one of: {', '.join(sorted(known - {''}))}" if known - {""} else "no --part",
            )
        task = task_of(item.label for item in items)
        return [item for item in items if not self.parts or item.part in self.parts], task

    def as_settings(self) -> dict[str, Any]:
        """What of it decides a run."""
        is_common = self.name == "common" and self.path is not None
        return {
            "set": self.path.stem if is_common and self.path else self.name,
            "split": self.split or SETS[self.name].split,
            "parts": ", ".join(self.parts) or "all",
        }


@dataclass(frozen=True, slots=True)
class ArticleSet:
    """Articles in twins to measure on."""

    folder: Path = field(default_factory=lambda: Path("eval/articles/twins"))
    """Where they lie."""
    which: Half = "all"
    """Which half: odd numbers are for development, even ones for judging."""

    def load(self, limit: int | None) -> tuple[Twins, ...]:
        """Its pairs, the first `limit` of them.

        Raises:
            CorpusError: there are none.
        """
        found = half(load_twins(self.folder), self.which)
        if not found:
            raise CorpusError(
                f"{self.folder} holds no articles of the {self.which} half, which goes by the "
                "numbers that are their ids",
                hint="--half all",
            )
        return found[:limit]

    def as_settings(self, chosen: Sequence[Twins]) -> dict[str, Any]:
        """What of it, and of the program, decides a run: texts and gold, not the references."""
        alone = (asdict(replace(pair, references=None)) for pair in chosen)
        return {
            "set": self.folder.name,
            "half": self.which,
            "items": len(chosen),
            "items_digest": digest_of(map(json.dumps, alone)),
            "program_digest": program_digest(),
        }


def measure_claims(
    asked: ClaimSet,
    verifier: str,
    how: How,
    *,
    checks: bool = False,
    assistant: Assistant | None = None,
) -> Measured:
    """How well a system judges claims by given evidence.

    Args:
        asked: the claims.
        verifier: as `load_system` takes it.
        how: how to go about it.
        checks: whether the checks have a say as well.
        assistant: a chat model that judges what they leave open, as its policy says.

    Raises:
        Unfinished: the chat model could not be asked to the end.
    """
    items, task = asked.load()
    load = partial(load_assisted, assistant) if assistant else load_system
    system = load(verifier, items, checks=checks, threads=how.jobs)
    chosen = limited(items, how.limit)
    settings = {
        "kind": "claims",
        **asked.as_settings(),
        "system": system.name,
        "system_digest": system.digest,
        "task": task.name,
        "items": len(chosen),
        "items_digest": digest_of(json.dumps(asdict(item)) for item in chosen),
    }
    run = Run.open(how.runs, settings, fresh=how.fresh)
    with how.progress(f"Judging {len(chosen)} claims") as advance:
        predictions = judge(run, system, chosen, advance)
    figures = measure(task, predictions, system.thresholds)
    page = claimspage.page(settings, figures, task, predictions)
    return _finished(run, figures, page, claimspage.lines(figures))


def measure_articles(
    asked: ArticleSet,
    settings: Settings,
    how: How,
    *,
    against: Sequence[str] = (),
    references: bool = True,
    details: bool = False,
    assistant: Assistant | None = None,
) -> Measured:
    """What is flagged in articles with planted errors, and in their corrected twins.

    Args:
        asked: the articles.
        settings: of the product.
        how: how to go about it.
        against: only planted errors that these prove; all by default.
        references: whether each article is checked against its own references too.
        details: whether the lines list every miss and every false flag.
        assistant: a chat model that takes part.

    Raises:
        UsageProblem: a chat model and several jobs at once.
        Unfinished: the chat model could not be asked to the end.
    """
    require_one_job(assistant, how.jobs)
    chosen = asked.load(how.limit)
    run_settings = {
        "kind": "articles",
        **asked.as_settings(chosen),
        **_system(settings, assistant),
        "against": ", ".join(against) or "all",
        "references": references,
        **_references(settings, chosen if references else ()),
        "as_of": settings.as_of or "",
        "min_confidence": settings.min_confidence,
        "silence": ", ".join(settings.silence),
    }
    run = Run.open(how.runs, run_settings, fresh=how.fresh)
    work = partial(row_of, settings=settings, references=references, assistant=assistant)
    rows = _answered(run, chosen, work, how, f"Checking {len(chosen)} pairs of articles")
    found = list(zip(rows, chosen, strict=True))
    outcomes = [outcome_of(row, pair, against) for row, pair in found]
    figures = articlepage.figures_of(outcomes, sum(row["seconds"] for row in rows))
    lines = list(articlepage.lines(outcomes))
    if assistant:
        figures["unanswered"] = sum(row["unanswered"] for row in rows)
        lines.append(f"{'questions the model gave no usable answer to':48} {figures['unanswered']}")
    if details:
        lines += articlepage.details(outcomes)
    return _finished(run, figures, articlepage.page(run_settings, figures, outcomes), lines)


def measure_retrieval(
    asked: ArticleSet, settings: Settings, how: How, distractors: Sequence[Path] = ()
) -> Measured:
    """Whether the documents that decide a claim are found, cited and judged rightly.

    Args:
        asked: articles with gold claims and references.
        settings: of the product.
        how: how to go about it; `jobs` are threads here.
        distractors: folders of further documents that decide nothing.

    Raises:
        CorpusError: no article has both claims and references.
    """
    chosen = asked.load(how.limit)
    total = sum(len(pair.claims) for pair in chosen if pair.references)
    if not total:
        raise CorpusError(
            f"{asked.folder} holds no article with gold claims and references (ID.refs), which is "
            "what evidence is looked for in",
            hint="factcheck eval retrieval eval/articles/twins",
        )
    run_settings = {
        "kind": "retrieval",
        **asked.as_settings(chosen),
        **_system(settings),
        **_references(settings, chosen, distractors),
        "distractors": ", ".join(map(str, distractors)),
    }
    run = Run.open(how.runs, run_settings, fresh=how.fresh)
    rows = run.rows()
    known = {row["id"] for row in rows}
    with how.progress(f"Looking for the evidence of {total} claims") as advance:
        advance(len(rows), total)
        for row in retrieval.rows_of(chosen, settings, distractors, known):
            rows.append(row)
            run.append([row])
            advance(len(rows), total)
    figures = retrieval.measure(rows)
    page = stagepages.retrieval_page(run_settings, figures, rows)
    return _finished(run, figures, page, stagepages.retrieval_lines(figures))


def measure_extraction(asked: ArticleSet, how: How) -> Measured:
    """How well claims are taken out of articles."""
    chosen = asked.load(how.limit)
    run_settings = {"kind": "extraction", **asked.as_settings(chosen), "system": "rules"}
    run = Run.open(how.runs, run_settings, fresh=how.fresh)
    task = f"Extracting claims from {len(chosen)} articles"
    rows = _answered(run, chosen, extraction.row_of, how, task)
    figures = extraction.measure(rows)
    page = stagepages.extraction_page(run_settings, figures, rows)
    return _finished(run, figures, page, stagepages.extraction_lines(figures))


def _system(settings: Settings, assistant: Assistant | None = None) -> dict[str, str]:
    verifier = verifier_of(settings.verifier, settings.threads)
    names = ["checks"]
    names += [verifier.name] if verifier else []
    names += [assistant.name] if assistant else []
    return {
        "system": "+".join(names),
        "verifier_digest": verifier.digest if verifier else "",
        **({"llm_policy": assistant.policy} if assistant else {}),
        **({"llm_digest": llm_digest(assistant)} if assistant else {}),
    }


def _references(
    settings: Settings, chosen: Sequence[Twins], further: Sequence[Path] = ()
) -> dict[str, Any]:
    """What of the references, and of the search in them, decides a run."""
    from factcheck.evidence import corpus_digest, read_corpus

    folders = [pair.references for pair in chosen if pair.references] + [*further]
    return {
        "references_digest": digest_of(
            f"{folder.name} {corpus_digest(read_corpus(folder))}" for folder in folders
        ),
        "embedder": settings.embedder,
        "embedder_digest": embedder_of(settings.embedder).digest if folders else "",
        "top_k": settings.top_k,
    }


def _answered(
    run: Run,
    chosen: Sequence[Twins],
    work: Callable[[Twins], dict[str, Any]],
    how: How,
    task: str,
) -> list[dict[str, Any]]:
    """The run's rows in order, those that are missing made now."""
    rows = {row["id"]: row for row in run.rows()}
    unasked = [pair for pair in chosen if pair.id not in rows]
    with how.progress(task) as advance:
        advance(len(chosen) - len(unasked), len(chosen))
        for pair, row in each(work, unasked, how.jobs):
            rows[pair.id] = row
            run.append([row])
            advance(len(rows), len(chosen))
    return [rows[pair.id] for pair in chosen]


def _finished(run: Run, figures: dict[str, Any], page: str, lines: Iterable[str]) -> Measured:
    run.write_json(METRICS, figures)
    run.write(REPORT, page)
    return Measured(run, figures, tuple(lines))
