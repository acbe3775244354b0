"""Labelled (evidence, claim) pairs: reading, splitting and weighing them.

Two homes: our own items (eval/claims/parts, in the repository) and the public sets, which
are not redistributed here and are read from a folder given by the caller; the table in
eval/verifier/README.md says where each comes from.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from factcheck.evaluation.sets import own
from factcheck.text.sentences import sentences

LABELS = ("SUPPORTED", "REFUTED", "NEI")
"""Order of the network's three outputs."""

ALLOWED: dict[str, tuple[int, ...]] = {
    "SUPPORTED": (0,),
    "REFUTED": (1,),
    "NEI": (2,),
    "UNSUPPORTED": (1, 2),
    "NOT_REFUTED": (0, 2),
}
"""Label to the outputs whose probabilities add up to it."""

OWN_PARTS = Path(__file__).parents[1] / "claims" / "parts"
REFERENCED = "own-referenced"
"""Source of the claims of whole articles with reference passages, two-way labels."""
REFERENCED_ITEMS = Path(__file__).parents[1] / "claims" / "referenced.jsonl"
LONG_PARTS = ("lng", "sum")
WAVES = {
    "second": tuple("cau ctxe ctxg ctxh ctxi ctxj ctxk fev fevb nub rolb".split()),
    "third": tuple("artx arty artz fevc fevd feve mixb mixc numc numd rolc rold sufb sumb".split()),
    "fourth": tuple("artw fevf fevg fevh nume role rolf".split()),
    "fifth": tuple("fevi fevj fevk fevl rolg sumc sumd".split()),
    "sixth": tuple(
        "cmpa ctxl datb fevm fevn fevo fevp fevq fevr fevs"
        " mixd numf numg rolh roli sufd sume sumf sumg".split()
    ),
}
"""Parts written after the first training, each wave for what the verifier was weakest at then;
reported apart from the first parts, which are all others."""

NEVER_TRAINED = (
    "fever_symmetric_dev",
    "fm2_dev",
    "summedits_dev",
    "wice_dev_chunks",
    "qasem_dev_sent",
)
"""Public sets that are reported and therefore never trained on, not even in part."""

LOOSELY_REFUTED = ("sufficient_originals",)
"""Sets that also call a claim refuted where the evidence just lacks it: read as two-way."""


@dataclass(frozen=True)
class Item:
    """One pair with its label and what it is reported under."""

    id: str
    evidence: str
    claim: str
    label: str
    source: str
    """File stem: a public set, or `own-<part>`."""
    kind: str = ""
    """Type of our items, `subcase` of HANS, `category` of Breaking NLI, `group` of WiCE."""
    passage: str = ""
    """What the split goes by: items of one passage are never on two sides."""
    twin: str | None = None
    """Id of the minimal counterpart with the opposite label."""


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def own_items(parts: Path = OWN_PARTS) -> list[Item]:
    """All of our items, part by part."""
    paths = sorted(parts.glob("*.jsonl"))
    return [_own(path.stem, row) for path in paths for row in read_rows(path)]


def _own(part: str, row: dict[str, str]) -> Item:
    return Item(
        row["id"],
        row["passage"],
        row["claim"],
        row["label"],
        f"own-{part}",
        row["type"],
        own.group_of(row["passage_id"]),
        row["twin"],
    )


def referenced_items(path: Path = REFERENCED_ITEMS) -> list[Item]:
    """Claims of articles with passages of their references (see eval.verifier.referenced)."""
    return [Item(**row) for row in read_rows(path)]


def public_items(folder: Path, name: str) -> list[Item]:
    """One public set in the common schema."""
    return [_public(name, row) for row in read_rows(folder / f"{name}.jsonl")]


def _public(name: str, row: dict[str, str]) -> Item:
    label = row["label"]
    if name in LOOSELY_REFUTED and label == "REFUTED":
        label = "UNSUPPORTED"
    kind = row.get("subcase") or row.get("category") or row.get("group") or row.get("domain") or ""
    return Item(
        f"{name}:{row['id']}",
        row["evidence"],
        row["claim"],
        label,
        name,
        kind,
        f"{name}:{normal(row['evidence'])}",
    )


def wave_of(item: Item) -> str:
    """In which wave an item of ours was written: `first`, or a key of WAVES."""
    part = item.source.removeprefix("own-")
    return next((wave for wave, parts in WAVES.items() if part in parts), "first")


def bucket(passage: str) -> int:
    """A stable number of 0 to 99 for a passage id."""
    return int(hashlib.sha256(f"factcheck:{passage}".encode()).hexdigest(), 16) % 100


def split_of(item: Item) -> str:
    """`test` (14%), `dev` (8%), `calibration` (4%) or `train`, by passage.

    HANS has a `train` and a `dev` part, by premise; everything in NEVER_TRAINED is `dev`;
    the rest of the public sets is `train`.
    """
    if item.source in NEVER_TRAINED:
        return "dev"
    if item.source == "hans_train_sample":
        return "dev" if bucket(item.passage) < 20 else "train"
    return own.split_of(item.passage) if item.source.startswith("own-") else "train"


NATURAL = "own-natural"
"""Source of the items that are made of passages by `natural_items`."""


def natural_items(items: Iterable[Item]) -> list[Item]:
    """One sentence of each passage as a claim about the rest of it: whatever else, not refuted.

    This is what most sentences of an article are to its other sentences. Passages of several
    extracts, which may disagree, and of fewer than four sentences are left out.
    """
    passages = {i.passage: i.evidence for i in items if i.source.startswith("own-")}
    found = []
    for name, passage in passages.items():
        parts = [passage[s.start : s.end] for s in sentences(passage)]
        if "\n\n" in passage or len(parts) < 4:
            continue
        claim = parts.pop(1 + bucket(name) % (len(parts) - 1))
        found.append(
            Item(f"{name}-natural", " ".join(parts), claim, "NOT_REFUTED", NATURAL, "", name)
        )
    return found


def normal(text: str) -> str:
    """Lower case letters and digits only, for finding a text again in another set."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def without_leaks(train: Iterable[Item], reported: Iterable[Item]) -> list[Item]:
    """Training items that share neither claim nor evidence with a reported item."""
    seen = {normal(text) for item in reported for text in (item.claim, item.evidence)}
    return [i for i in train if normal(i.claim) not in seen and normal(i.evidence) not in seen]


def digest(path: Path) -> str:
    """sha256 of a data file, for the record."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
