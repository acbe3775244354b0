"""HANS and ANLI: made to be hard for models that go by words rather than by what is said."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from factcheck.evaluation.items import Gold, Item
from factcheck.evaluation.sets.reading import Row, each, files, fingerprint, mapped

HANS: dict[str, Gold] = {"entailment": "supported", "non-entailment": "unsupported"}
ANLI: dict[str, Gold] = {"e": "supported", "c": "refuted", "n": "not_enough_evidence"}


def hans(path: Path, split: str) -> Iterator[Item]:
    """`heuristics_evaluation_set.txt` (tab-separated), intervals by premise."""
    for file in files(path, "heuristics_evaluation_set.txt"):
        yield from each(file, _hans)


def anli(path: Path, split: str) -> Iterator[Item]:
    """`R1/SPLIT.jsonl` to `R3/SPLIT.jsonl`, or one of them; intervals by context."""
    for file in files(path, f"R[123]/{split}.jsonl", f"{split}.jsonl"):
        yield from each(file, partial(_anli, part=file.parent.name))


def _hans(row: Row) -> Item:
    return Item(
        id=row["pairID"],
        claim=row["sentence2"],
        evidence=row["sentence1"],
        label=mapped(HANS, row["gold_label"]),
        group=fingerprint(row["sentence1"]),
        type=row["subcase"],
        part=row["heuristic"],
    )


def _anli(row: Row, part: str) -> Item:
    return Item(
        id=row["uid"],
        claim=row["hypothesis"],
        evidence=row["context"],
        label=mapped(ANLI, row["label"]),
        group=fingerprint(row["context"]),
        part=part,
    )
