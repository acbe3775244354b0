"""What decides whether a measurement goes on with old answers: all that can change them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from factcheck.errors import CorpusError, UsageProblem
from factcheck.evaluation import measuring, retrieval
from factcheck.evaluation.items import GROUNDING
from factcheck.evaluation.measuring import (
    ArticleSet,
    ClaimSet,
    How,
    measure_articles,
    measure_claims,
    measure_extraction,
    measure_retrieval,
)
from factcheck.evidence.embedding import HashingEmbedder
from factcheck.settings import Settings

ARTICLE = "Harbour wall to be rebuilt\n\nThe council of Port Ellery voted to rebuild the wall.\n"
QUOTE = "The council of Port Ellery voted to rebuild the wall"
MINUTES = "Minutes\nSource: Council, 2021-05-03\n\nThe council voted to rebuild the harbour wall."
SETTINGS = Settings(verifier="none", embedder="hashing")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One pair of twins with a reference of its own."""
    found = tmp_path / "twins"
    (found / "101.refs").mkdir(parents=True)
    start = ARTICLE.index(QUOTE)
    marked = {"quote": QUOTE, "start": start, "end": start + len(QUOTE)}
    claim = {"claim": QUOTE, "label": "SUPPORTED", "evidence": ["minutes"], **marked}
    (found / "101.txt").write_text(ARTICLE)
    (found / "101.clean.txt").write_text(ARTICLE)
    (found / "101.gold.json").write_text(
        json.dumps({"planted": [], "distractors": [], "claims": [claim]})
    )
    (found / "101.refs" / "minutes.txt").write_text(MINUTES)
    return found


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the articles and claims that were not answered from an old run."""
    found: list[str] = []

    def article(pair: Any, **_: object) -> dict[str, Any]:
        found.append(pair.id)
        return {"id": pair.id, "planted": [], "flawed": [], "clean": [], "seconds": 0.1}

    def claims(twins: Any, settings: Settings, distractors: Any, known: Any) -> Any:
        for pair in twins:
            name = f"{pair.id}:0"
            if name not in known:
                found.append(name)
                yield {
                    "id": name,
                    "group": pair.id,
                    "claim": "c",
                    "label": "supported",
                    "gold": ["minutes"],
                    "ranked": ["minutes"],
                    "verdict": "supported",
                    "cited": ["minutes"],
                    "decided_by": "verifier",
                    "seconds": 0.1,
                }

    monkeypatch.setattr(measuring, "row_of", article)
    monkeypatch.setattr(retrieval, "rows_of", claims)
    monkeypatch.setattr(measuring, "embedder_of", lambda name: HashingEmbedder())
    return found


Measure = Callable[..., object]


def _articles(folder: Path, settings: Settings = SETTINGS, **more: Any) -> None:
    measure_articles(ArticleSet(folder), settings, How(runs=folder.parent / "runs"), **more)


def _retrieval(folder: Path, settings: Settings = SETTINGS, **more: Any) -> None:
    measure_retrieval(ArticleSet(folder), settings, How(runs=folder.parent / "runs"), **more)


both = pytest.mark.parametrize("measure", [_articles, _retrieval])


@both
def test_nothing_is_asked_again_while_nothing_changes(
    folder: Path, asked: list[str], measure: Measure
) -> None:
    measure(folder)
    measure(folder)
    assert len(asked) == 1


@both
def test_another_reference_is_another_run(folder: Path, asked: list[str], measure: Measure) -> None:
    measure(folder)
    (folder / "101.refs" / "minutes.txt").write_text(MINUTES.replace("rebuild", "remove"))
    measure(folder)
    (folder / "101.refs" / "tides.txt").write_text("Tides\n\nHigh water was at nine.")
    measure(folder)
    assert len(asked) == 3


@both
def test_another_gold_label_is_another_run(
    folder: Path, asked: list[str], measure: Measure
) -> None:
    measure(folder)
    gold = folder / "101.gold.json"
    gold.write_text(gold.read_text().replace("SUPPORTED", "REFUTED"))
    measure(folder)
    assert len(asked) == 2


@both
@pytest.mark.parametrize("change", [{"top_k": 3}, {"embedder": "another"}])
def test_another_search_is_another_run(
    folder: Path, asked: list[str], measure: Measure, change: dict[str, Any]
) -> None:
    measure(folder)
    measure(folder, replace(SETTINGS, **change))
    assert len(asked) == 2


def test_another_date_is_another_run(folder: Path, asked: list[str]) -> None:
    _articles(folder)
    _articles(folder, replace(SETTINGS, as_of="2021-05-01"))
    assert len(asked) == 2


def test_references_that_are_not_read_decide_nothing(folder: Path, asked: list[str]) -> None:
    _articles(folder, references=False)
    (folder / "101.refs" / "minutes.txt").write_text("Other\n\nWords.")
    _articles(folder, references=False)
    assert len(asked) == 1


def test_another_distractor_is_another_run(folder: Path, asked: list[str]) -> None:
    more = folder.parent / "more"
    more.mkdir()
    for text in ("Fog\n\nThere was fog.", "Fog\n\nThere was none."):
        (more / "fog.txt").write_text(text)
        _retrieval(folder, distractors=[more])
    assert len(asked) == 2


def claims_in(folder: Path, *rows: tuple[str, str]) -> Path:
    """A set in the common form: part and label of each item."""
    file = folder / "set.jsonl"
    file.write_text(
        "\n".join(
            json.dumps({"id": str(n), "claim": "c", "evidence": "e", "part": part, "label": label})
            for n, (part, label) in enumerate(rows)
        )
    )
    return file


def test_a_part_is_judged_by_the_labels_of_the_whole_set(tmp_path: Path) -> None:
    file = claims_in(tmp_path, ("a", "SUPPORTED"), ("b", "UNSUPPORTED"), ("b", "SUPPORTED"))
    items, task = ClaimSet("common", file, parts=("a",)).load()
    assert ([item.id for item in items], task) == (["0"], GROUNDING)


def test_a_part_that_is_not_there_is_refused(tmp_path: Path) -> None:
    file = claims_in(tmp_path, ("a", "SUPPORTED"), ("b", "REFUTED"))
    with pytest.raises(UsageProblem, match="has no part 'c'") as problem:
        measure_claims(ClaimSet("common", file, parts=("a", "c")), "majority", How(runs=tmp_path))
    assert problem.value.hint == "one of: a, b"


def test_a_half_without_articles_is_refused(folder: Path) -> None:
    how = How(runs=folder.parent / "runs")
    assert measure_extraction(ArticleSet(folder, "odd"), how).figures["articles"] == 1
    with pytest.raises(CorpusError, match="no articles of the even half"):
        measure_extraction(ArticleSet(folder, "even"), how)
    with pytest.raises(CorpusError, match="no articles of the even half"):
        measure_articles(ArticleSet(folder, "even"), SETTINGS, how)


def test_evidence_is_looked_for_only_where_there_are_references(folder: Path) -> None:
    shutil.rmtree(folder / "101.refs")
    with pytest.raises(CorpusError, match="no article with gold claims and references"):
        _retrieval(folder)


@pytest.mark.parametrize("field", ["passage", "type", "part"])
def test_an_item_that_changed_in_any_field_is_another_run(tmp_path: Path, field: str) -> None:
    file = claims_in(tmp_path, ("", "SUPPORTED"), ("", "REFUTED"))
    asked, how = ClaimSet("common", file), How(runs=tmp_path / "runs")
    first = measure_claims(asked, "overlap", how)
    assert measure_claims(asked, "overlap", how).run == first.run
    lines = (
        json.dumps({**json.loads(line), field: "new"}) for line in file.read_text().splitlines()
    )
    file.write_text("\n".join(lines))
    second = measure_claims(asked, "overlap", how)
    assert second.run.folder != first.run.folder
    assert all("new" in row.values() for row in second.run.rows())
