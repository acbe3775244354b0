"""Probabilities of an exported verifier on the reported sets, through the product's own path.

Scoring is slow and analysis is not, so the probabilities are kept in a folder outside the
repository, under the verifier's digest.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from eval.verifier.data import Item, own_items, public_items, split_of, wave_of
from eval.verifier.metrics import Floats
from factcheck.verdicts.verifier import Verifier

PUBLIC = (
    "fever_symmetric_dev",
    "fm2_dev",
    "hans_train_sample",
    "summedits_dev",
    "wice_dev_chunks",
    "qasem_dev_sent",
)
CHUNK = 64


def reported_sets(public: Path) -> dict[str, list[Item]]:
    """The sets that figures are given for; of ours the first and the later parts also apart."""
    own = own_items()
    sets = {f"own-{s}": [i for i in own if split_of(i) == s] for s in ("dev", "calibration")}
    test = [i for i in own if split_of(i) == "test"]
    sets["own-test"] = [i for i in test if wave_of(i) == "first"]
    sets["own-later-test"] = [i for i in test if wave_of(i) != "first"]
    sets["own-all-test"] = test
    for name in PUBLIC:
        sets[name] = [i for i in public_items(public, name) if split_of(i) == "dev"]
    return sets


def score(verifier: Verifier, items: Sequence[Item], cache: Path) -> Floats:
    """Rows of P(supported), P(refuted), P(not enough), computed once for each digest and pair."""
    path = cache / f"{verifier.digest[:16]}.jsonl"
    known = _read(path)
    todo = [i for i in items if i.id not in known]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as out:
        for start in range(0, len(todo), CHUNK):
            now = todo[start : start + CHUNK]
            for item, e in zip(
                now, verifier.score([(i.evidence, i.claim) for i in now]), strict=True
            ):
                known[item.id] = [e.supported, e.refuted, e.not_enough]
                out.write(json.dumps([item.id, known[item.id]]) + "\n")
            out.flush()
    return np.array([known[i.id] for i in items])


def _read(path: Path) -> dict[str, list[float]]:
    if not path.exists():
        return {}
    with path.open(encoding="utf-8") as lines:
        return dict(json.loads(line) for line in lines)
