"""Our own items (eval/claims/FORMAT.md) and the common form that other sets can be put into."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from factcheck.evaluation.items import Gold, Item
from factcheck.evaluation.sets.reading import Row, each, files, fingerprint, mapped

LABELS: dict[str, Gold] = {
    "SUPPORTED": "supported",
    "REFUTED": "refuted",
    "NEI": "not_enough_evidence",
    "CONFLICTING": "conflicting",
    "UNSUPPORTED": "unsupported",
    "NOT_REFUTED": "not_refuted",
}
"""Labels of the common form; our own items use the first three."""

_SHARES = (("test", 14), ("dev", 22), ("calibration", 26), ("train", 100))
_LETTERED = re.compile(r"^(.+-\d+)[a-c]$")


def group_of(passage: str) -> str:
    """What the split goes by: passages on one claim, told apart by a letter, are one group."""
    return _LETTERED.sub(r"\1", passage)


def split_of(passage: str) -> str:
    """`test` (14%), `dev` (8%), `calibration` (4%) or `train`: items of one passage stay together.

    It goes by the SHA-256 of `factcheck:<passage>` modulo 100, so that it never changes when
    items are added.
    """
    number = int(hashlib.sha256(f"factcheck:{passage}".encode()).hexdigest(), 16) % 100
    return next(name for name, below in _SHARES if number < below)


def own(path: Path, split: str) -> Iterator[Item]:
    """`parts/*.jsonl` in the form of eval/claims/FORMAT.md, split by passage."""
    for part in files(path, "parts/*.jsonl", "*.jsonl"):
        for item in each(part, _own):
            if split in {"all", split_of(item.group)}:
                yield item


def common(path: Path, split: str) -> Iterator[Item]:
    """A file of `{id, claim, evidence, label}` with optional `type`, `part`, `passage`, `group`.

    `group` marks rows that are one claim read against several passages; `passage` (by default
    the evidence) is what intervals are drawn by; `subcase`, `category` and `domain` are taken for
    `type` too.
    """
    for file in files(path, "*.jsonl"):
        yield from each(file, _common)


def _own(row: Row) -> Item:
    passage = row["passage_id"]
    return Item(
        id=row["id"],
        claim=row["claim"],
        evidence=row["passage"],
        label=mapped(LABELS, row["label"]),
        group=group_of(passage),
        type=row["type"],
        part=passage.split("-")[0],
        twin=row["twin"],
    )


def _common(row: Row) -> Item:
    kinds = (row.get(name) for name in ("type", "subcase", "category", "domain"))
    unit = str(row.get("group") or "")
    return Item(
        id=str(row["id"]),
        claim=row["claim"],
        evidence=row["evidence"],
        label=mapped(LABELS, row["label"]),
        group=str(row.get("passage") or unit or fingerprint(row["evidence"])),
        type=str(next((kind for kind in kinds if kind), "")),
        part=str(row.get("part") or ""),
        unit=unit,
    )
