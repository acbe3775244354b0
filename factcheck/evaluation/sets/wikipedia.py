"""FEVER Symmetric, Fool Me Twice and WiCE: claims against Wikipedia and what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from factcheck.evaluation.items import Gold, Item
from factcheck.evaluation.sets.reading import Row, each, files, fingerprint, mapped

FEVER: dict[str, Gold] = {
    "SUPPORTS": "supported",
    "REFUTES": "refuted",
    "NOT ENOUGH INFO": "not_enough_evidence",
}
WICE: dict[str, Gold] = {
    "supported": "supported",
    "partially_supported": "unsupported",
    "not_supported": "unsupported",
}

_COUNTERPART = re.compile(r"000000[234]$")
"""What the makers append to a claim's id for its three counterparts."""


def fever_symmetric(path: Path, split: str) -> Iterator[Item]:
    """`fever_symmetric_SPLIT.jsonl`; version 0.1 is one file, `fever_symmetric_generated.jsonl`."""
    for file in files(path, f"fever_symmetric_{split}.jsonl", "fever_symmetric_generated.jsonl"):
        yield from each(file, _fever_symmetric)


def fool_me_twice(path: Path, split: str) -> Iterator[Item]:
    """`SPLIT.jsonl`: the gold evidence sentences joined, intervals by page."""
    for file in files(path, f"{split}.jsonl"):
        yield from each(file, _fool_me_twice)


def wice(path: Path, split: str) -> Iterator[Item]:
    """`SPLIT.jsonl` of `entailment_retrieval` (whole pages) or of `oracle_chunks`.

    Rows with one `meta.id` are one claim against several chunks; the best one speaks for it, as
    the makers have it.
    """
    for file in files(path, f"{split}.jsonl"):
        yield from each(file, _wice)


def _fever_symmetric(row: Row) -> Item:
    evidence = row["evidence_sentence"] if "evidence_sentence" in row else row["evidence"]
    claim = row["claim"]
    return Item(
        id=f"{row['id']}-{fingerprint(claim + evidence)}",
        claim=claim,
        evidence=evidence,
        label=mapped(FEVER, row.get("gold_label") or row["label"]),
        group=_COUNTERPART.sub("", str(row["id"])),
    )


def _fool_me_twice(row: Row) -> Item:
    return Item(
        id=row["id"],
        claim=row["text"],
        evidence=" ".join(piece["text"] for piece in row["gold_evidence"]),
        label=mapped(FEVER, row["label"]),
        group=row["wikipedia_page"],
        type=row.get("category") or "",
    )


def _wice(row: Row) -> Item:
    claim, evidence = row["meta"]["id"], " ".join(row["evidence"])
    return Item(
        id=f"{claim}-{fingerprint(evidence)}",
        claim=row["claim"],
        evidence=evidence,
        label=mapped(WICE, row["label"]),
        group=claim,
        type=row["label"],
        unit=claim,
    )
