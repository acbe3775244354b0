"""SummEdits, FaithBench and LLM-AggreFact: is what a machine wrote grounded in its source?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from factcheck.evaluation.items import Gold, Item
from factcheck.evaluation.sets.reading import Row, each, files, fingerprint, mapped

BINARY: dict[str, Gold] = {"1": "supported", "0": "unsupported"}


def summedits(path: Path, split: str) -> Iterator[Item]:
    """`summedits_DOMAIN.json`, or rows with a `domain`; intervals by document."""
    for file in files(path, "summedits_*.json", "*.jsonl"):
        domain = file.stem.removeprefix("summedits_")
        yield from each(file, partial(_summedits, domain=domain))


def faithbench(path: Path, split: str) -> Iterator[Item]:
    """`batch_*.json`: summaries with the labels of their annotators, the worst counting.

    Unwanted makes `unsupported`; no label, or none but Benign, makes `supported`; a summary whose
    worst label is Questionable is left out, since its annotators could not say.
    """
    for file in files(path, "batch_*.json"):
        for item in each(file, partial(_faithbench, batch=file.stem)):
            if item is not None:
                yield item


def aggrefact(path: Path, split: str) -> Iterator[Item]:
    """`SPLIT.csv` or `SPLIT.jsonl`, exported from the published tables; the part is `dataset`."""
    for file in files(path, f"{split}.csv", f"{split}.jsonl"):
        yield from each(file, _aggrefact)


def _summedits(row: Row, domain: str) -> Item:
    kinds = row.get("edit_types") or ()
    return Item(
        id=str(row["id"]),
        claim=row["summary"],
        evidence=row["doc"],
        label=mapped(BINARY, row["label"]),
        group=fingerprint(row["doc"]),
        type=", ".join(kinds),
        part=row.get("domain") or domain,
    )


def _faithbench(row: Row, batch: str) -> Item | None:
    words = {name for note in row["annotations"] for name in note["label"]}
    unwanted = any(name.startswith("Unwanted") for name in words)
    if not unwanted and "Questionable" in words:
        return None
    return Item(
        id=f"{batch}:{row['sample_id']}",
        claim=row["summary"],
        evidence=row["source"],
        label="unsupported" if unwanted else "supported",
        group=fingerprint(row["source"]),
        type=", ".join(sorted(words)) or "Consistent",
        part=str((row.get("metadata") or {}).get("summarizer", "")),
    )


def _aggrefact(row: Row) -> Item:
    return Item(
        id=fingerprint(row["dataset"] + row["doc"] + row["claim"]),
        claim=row["claim"],
        evidence=row["doc"],
        label=mapped(BINARY, row["label"]),
        group=fingerprint(row["doc"]),
        part=row["dataset"],
    )
