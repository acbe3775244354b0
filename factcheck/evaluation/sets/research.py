"""HealthVer, Climate-FEVER, SciFact and AVeriTeC: claims from life against found evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from factcheck.evaluation.items import Gold, Item
from factcheck.evaluation.sets.reading import Row, each, files, fingerprint, mapped

HEALTHVER: dict[str, Gold] = {
    "Supports": "supported",
    "Refutes": "refuted",
    "Neutral": "not_enough_evidence",
}
CLIMATE_FEVER: dict[str, Gold] = {
    "SUPPORTS": "supported",
    "REFUTES": "refuted",
    "NOT_ENOUGH_INFO": "not_enough_evidence",
}
SCIFACT: dict[str, Gold] = {
    "SUPPORT": "supported",
    "CONTRADICT": "refuted",
    "NOT_ENOUGH_INFO": "not_enough_evidence",
}
AVERITEC: dict[str, Gold] = {
    "Supported": "supported",
    "Refuted": "refuted",
    "Conflicting Evidence/Cherrypicking": "conflicting",
    "Not Enough Evidence": "not_enough_evidence",
}


def healthver(path: Path, split: str) -> Iterator[Item]:
    """`healthver_SPLIT.csv`, intervals by topic."""
    for file in files(path, f"healthver_{split}.csv"):
        yield from each(file, _healthver)


def climate_fever(path: Path, split: str) -> Iterator[Item]:
    """`climate-fever.jsonl`: each of a claim's five sentences is an item of its own.

    The label is the sentence's own (`evidence_label`), not the claim's, so that DISPUTED claims
    need no mapping; intervals by claim.
    """
    for file in files(path, "climate-fever.jsonl"):
        for items in each(file, _climate_fever):
            yield from items


def scifact(path: Path, split: str) -> Iterator[Item]:
    """`claims_SPLIT.jsonl` beside `corpus.jsonl`: one item for each abstract that a claim cites.

    A cited abstract without an annotation leaves the claim open, as the makers have it.
    """
    for file in files(path, f"claims_{split}.jsonl"):
        abstracts = dict(each(file.parent / "corpus.jsonl", _abstract))
        for items in each(file, partial(_scifact, abstracts=abstracts)):
            yield from items


def averitec(path: Path, split: str) -> Iterator[Item]:
    """`SPLIT.json`: the gold questions with their answers are the evidence, read as one text."""
    for file in files(path, f"{split}.json"):
        yield from each(file, _averitec)


def _healthver(row: Row) -> Item:
    return Item(
        id=f"{row['id']}-{fingerprint(row['claim'] + row['evidence'])}",
        claim=row["claim"],
        evidence=row["evidence"],
        label=mapped(HEALTHVER, row["label"]),
        group=row["topic_ip"],
    )


def _climate_fever(row: Row) -> list[Item]:
    return [
        Item(
            id=f"{row['claim_id']}:{sentence['evidence_id']}",
            claim=row["claim"],
            evidence=sentence["evidence"],
            label=mapped(CLIMATE_FEVER, sentence["evidence_label"]),
            group=str(row["claim_id"]),
            type=str(row["claim_label"]).lower(),
        )
        for sentence in row["evidences"]
    ]


def _abstract(row: Row) -> tuple[int, str]:
    return int(row["doc_id"]), " ".join([f"{row['title']}.", *row["abstract"]])


def _scifact(row: Row, abstracts: Mapping[int, str]) -> list[Item]:
    labels = {int(name): found[0]["label"] for name, found in row["evidence"].items()}
    cited = dict.fromkeys([*labels, *map(int, row["cited_doc_ids"])])
    return [
        Item(
            id=f"{row['id']}:{document}",
            claim=row["claim"],
            evidence=abstracts[document],
            label=mapped(SCIFACT, labels.get(document, "NOT_ENOUGH_INFO")),
            group=str(row["id"]),
        )
        for document in cited
    ]


def _averitec(row: Row) -> Item:
    evidence = "\n".join(
        f"{asked['question']} {_answer(answer)}"
        for asked in row["questions"]
        for answer in asked["answers"]
    )
    return Item(
        id=fingerprint(row["claim"] + evidence),
        claim=row["claim"],
        evidence=evidence,
        label=mapped(AVERITEC, row["label"]),
        group=fingerprint(row["claim"]),
        type=", ".join(row.get("claim_types") or ()),
    )


def _answer(answer: Row) -> str:
    reason = answer.get("boolean_explanation")
    return f"{answer['answer']} {reason}" if reason else str(answer["answer"])
