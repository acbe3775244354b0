"""Retrieval and extraction on a pair of made-up twins, and figures from rows by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from factcheck.errors import CorpusError
from factcheck.evaluation import extraction, retrieval, stagepages
from factcheck.evaluation.twinfiles import load_twins
from factcheck.evaluation.twins import Twins
from factcheck.evidence.embedding import HashingEmbedder
from factcheck.settings import Settings

ARTICLE = "Harbour wall to be rebuilt\n\nThe council of Port Ellery voted to rebuild the wall.\n"
MINUTES = "Minutes\nSource: Council, 2021-05-03\n\nThe council voted to rebuild the harbour wall."
TIDES = "Tides\nSource: Almanac, 2021-05-01\n\nHigh water was at nine in the morning."


@pytest.fixture
def twins(tmp_path: Path) -> Twins:
    quote = "The council of Port Ellery voted to rebuild the wall"
    start = ARTICLE.index(quote)
    claim = {
        "claim": "The council voted to rebuild the wall.",
        "label": "SUPPORTED",
        "evidence": ["minutes"],
        "quote": quote,
        "start": start,
        "end": start + len(quote),
    }
    open_ = claim | {"claim": "The wall will cost a million.", "label": "NEI", "evidence": []}
    gold = {"planted": [], "distractors": [], "claims": [claim, open_]}
    (tmp_path / "101.txt").write_text(ARTICLE)
    (tmp_path / "101.clean.txt").write_text(ARTICLE)
    (tmp_path / "101.gold.json").write_text(json.dumps(gold))
    (tmp_path / "101.refs").mkdir()
    (tmp_path / "101.refs" / "minutes.txt").write_text(MINUTES)
    (tmp_path / "101.refs" / "tides.txt").write_text(TIDES)
    return load_twins(tmp_path)[0]


def test_the_deciding_document_is_found_and_cited(
    twins: Twins, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factcheck.evaluation.checking.embedder_of", lambda name: HashingEmbedder())
    rows = list(retrieval.rows_of([twins], Settings(verifier="fake")))
    assert [row["id"] for row in rows] == ["101:0", "101:1"]
    assert rows[0]["ranked"][0] == "minutes"
    assert rows[0]["verdict"] == "supported"
    assert rows[0]["cited"] == ["minutes"]
    assert retrieval.is_grounded(rows[0])
    again = retrieval.rows_of([twins], Settings(verifier="fake"), known={"101:0", "101:1"})
    assert list(again) == []


def test_a_deciding_document_that_is_none_of_the_references_is_named(
    twins: Twins, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factcheck.evaluation.checking.embedder_of", lambda name: HashingEmbedder())
    assert twins.references
    (twins.references / "minutes.txt").rename(twins.references / "record.txt")
    with pytest.raises(CorpusError, match="101:0 is decided by 'minutes', which is no reference"):
        list(retrieval.rows_of([twins], Settings(verifier="none")))


@pytest.mark.parametrize("top_k", [2, 25])
def test_as_many_passages_decide_as_are_asked_for(
    twins: Twins, monkeypatch: pytest.MonkeyPatch, top_k: int
) -> None:
    assert twins.references
    for number in range(29):
        text = (
            f"Wall {number}\n\nMason {number * 7} set {number + 50} stones in the council's wall."
        )
        (twins.references / f"wall-{number}.txt").write_text(text)
    shown: list[int] = []
    monkeypatch.setattr("factcheck.evaluation.checking.embedder_of", lambda name: HashingEmbedder())

    def verdict(_: object, found: Sequence[object], __: object) -> dict[str, Any]:
        shown.append(len(found))
        return {}

    monkeypatch.setattr(retrieval, "_verdict", verdict)
    rows = list(retrieval.rows_of([twins], Settings(verifier="none", top_k=top_k)))
    assert shown == [top_k, top_k]
    assert all(len(row["ranked"]) <= retrieval.DEPTH for row in rows)


def row(name: str, label: str, verdict: str, **lists: list[str]) -> dict[str, Any]:
    empty: dict[str, Any] = {"gold": [], "ranked": [], "cited": []}
    shared = {"claim": "c", "group": name[0], "seconds": 0.1, "decided_by": "verifier"}
    return {**empty, **shared, "id": name, "label": label, "verdict": verdict, **lists}


ROWS = [
    row("a1", "supported", "supported", gold=["x"], ranked=["x", "y"], cited=["x"]),
    row("a2", "refuted", "refuted", gold=["x"], ranked=["y", "z", "x"], cited=["y"]),
    row("b1", "refuted", "not_enough_evidence", gold=["x", "y"], ranked=["z", "w"]),
    row("b2", "not_enough_evidence", "not_enough_evidence", ranked=["z"]),
]


def test_figures_of_retrieval_by_hand() -> None:
    figures = retrieval.measure(ROWS)
    ranked = {name: one["value"] for name, one in figures["retrieval"].items()}
    assert figures["with_gold_evidence"] == 3
    assert ranked["R@1"] == pytest.approx((1 + 0 + 0) / 3, abs=1e-4)
    assert ranked["R@3"] == pytest.approx((1 + 1 + 0) / 3, abs=1e-4)
    assert ranked["RR"] == pytest.approx((1 + 1 / 3 + 0) / 3, abs=1e-4)
    assert ranked["nDCG@10"] == pytest.approx((1 + 0.5 + 0) / 3, abs=1e-4)  # 1/log2(4) = 0.5
    assert figures["verdict_right"]["value"] == 0.75
    assert figures["evidence_aware"]["value"] == 0.5  # a2 is right, but cites y
    assert figures["by_label"]["refuted"]["evidence_aware"]["value"] == 0


def test_claims_of_an_article_beside_its_gold_claims(twins: Twins) -> None:
    found = extraction.row_of(twins)
    covered, open_ = found["gold"]
    assert covered["share"] == 1.0
    assert open_["share"] < extraction.COVERED
    assert all(not claim["added"] for claim in found["claims"])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The council voted.", 1),
        ("The council voted and the mayor resigned.", 2),
        ("The mayor said that the wall had fallen.", 2),
        ("The council voted to rebuild the wall.", 1),
        ("A wall built in 1911.", 0),
    ],
)
def test_finite_clauses(text: str, count: int) -> None:
    assert extraction.clauses(text) == count


def test_figures_of_extraction_by_hand() -> None:
    def claim(kind: str, clauses: int, restated: str | None, *added: str) -> dict[str, Any]:
        return {
            "text": "t",
            "kind": kind,
            "clauses": clauses,
            "restated": restated,
            "added": list(added),
            "checkable": True,
        }

    rows = [
        {
            "id": "a",
            "seconds": 1.0,
            "gold": [{"claim": "g", "quote": "q", "share": s, "by": ""} for s in (0.6, 0.2)],
            "claims": [
                claim("fact", 1, "r"),
                claim("fact", 2, None),
                claim("statement", 2, "r", "new"),
            ],
        }
    ]
    figures = extraction.measure(rows)
    assert figures["coverage"]["value"] == 0.5
    assert figures["words_covered"]["value"] == 0.4
    assert figures["atomic"]["value"] == pytest.approx(2 / 3, abs=1e-4)
    assert figures["restated"]["value"] == pytest.approx(2 / 3, abs=1e-4)
    assert figures["adds_nothing"]["value"] == 0.5
    page = stagepages.extraction_page({"set": "twins", "half": "odd"}, figures, rows)
    assert "Restatements with words that the article lacks" in page


def test_the_page_of_retrieval_lists_what_went_wrong() -> None:
    settings = {"set": "twins", "half": "odd"}
    page = stagepages.retrieval_page(settings, retrieval.measure(ROWS), ROWS)
    assert "a2, refuted, badly cited: c" in page
    assert "b1, refuted, called not_enough_evidence: c" in page
    assert "a1" not in page.split("Deciding document not first")[1]
