"""Fit the baselines: `python -m eval.baselines.fit` writes factcheck/evaluation/baselines.json.

Logistic regressions on the training part of our own items; nothing that is reported is seen.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sklearn.linear_model import LogisticRegression

from factcheck.evaluation.baselines import WEIGHTS, overlap_features, similarity_features
from factcheck.evaluation.items import Item, limited
from factcheck.evaluation.sets import load_set
from factcheck.evidence import load_embedder

if TYPE_CHECKING:
    from factcheck.evaluation.items import Floats

ORDER = ("supported", "refuted", "not_enough_evidence")
SIMILARITY_ITEMS = 2_000
"""Embedding all passages takes minutes and one weight needs no more."""


def fitted(items: Sequence[Item], features: Floats) -> dict[str, Any]:
    """Weights and intercepts for supported, refuted and not enough, in that order."""
    model = LogisticRegression(max_iter=1000)
    model.fit(features, [ORDER.index(item.label) for item in items])
    return {
        "weights": [[round(float(w), 5) for w in row] for row in model.coef_],
        "intercepts": [round(float(b), 5) for b in model.intercept_],
        "items": len(items),
    }


def main() -> None:
    """Fit both and write them."""
    everything = load_set("own", None, "train")
    some = limited(everything, SIMILARITY_ITEMS)
    near = similarity_features([(i.evidence, i.claim) for i in some], load_embedder())
    words = overlap_features([(i.evidence, i.claim) for i in everything])
    data = {"overlap": fitted(everything, words), "similarity": fitted(some, near)}
    path = Path("factcheck/evaluation") / WEIGHTS
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
