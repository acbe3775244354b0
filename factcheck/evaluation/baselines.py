"""Systems that know nothing, or next to nothing: every figure needs such a neighbour.

- `majority` always gives the commonest label of the set it is measured on;
- `overlap` sees which words and numbers of the claim the evidence has;
- `similarity` sees how near the two are as sentence embeddings.

The last two are logistic regressions on those features. Their weights are in baselines.json,
fitted on the training part of our own items by `python -m eval.baselines.fit`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from factcheck.evaluation.items import Item
from factcheck.verdicts.verifier import Entailment
from factcheck.verdicts.windows import windows

if TYPE_CHECKING:
    from factcheck.evaluation.items import Floats
    from factcheck.evidence import Embedder

WEIGHTS = "baselines.json"
_ANSWERS = {
    "refuted": Entailment(0.0, 1.0, 0.0),
    "supported": Entailment(1.0, 0.0, 0.0),
}
_OPEN = Entailment(0.0, 0.0, 1.0)
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Majority:
    """Always the same answer."""

    answer: Entailment
    """What it says about every pair."""
    name: str = "majority"

    @classmethod
    def of(cls, items: Sequence[Item]) -> Majority:
        """The one that gives the commonest label of these items, of equals the first by name."""
        counts = Counter(item.label for item in items)
        commonest = min(counts, key=lambda label: (-counts[label], label))
        return cls(_ANSWERS.get(commonest, _OPEN))

    @property
    def digest(self) -> str:
        """It with its answer, which is that of the whole set even where only some is asked."""
        return f"{self.name}: {self.answer}"

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """See `Verifier.score`."""
        return [self.answer] * len(pairs)


@dataclass(frozen=True)
class Regression:
    """A logistic regression on a few features of a pair."""

    name: str
    """`overlap` or `similarity`."""
    digest: str
    """SHA-256 of its weights, of how it finds its features, and of the embedder if it has one."""
    features: Callable[[Sequence[tuple[str, str]]], Floats]
    """From pairs to rows of features."""
    weights: Floats
    """Shape (3, features): for supported, refuted and not enough."""
    intercepts: Floats
    """Shape (3,)."""

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """See `Verifier.score`."""
        import numpy as np

        if not pairs:
            return []
        logits = self.features(pairs) @ self.weights.T + self.intercepts
        odds = np.exp(logits - logits.max(1, keepdims=True))
        return [Entailment(*map(float, row / row.sum())) for row in odds]


def overlap() -> Regression:
    """The baseline that sees words only."""
    return _regression("overlap", overlap_features, "")


def similarity(embedder: Embedder) -> Regression:
    """The baseline that sees how near the texts are in meaning."""
    return _regression(
        "similarity", lambda pairs: similarity_features(pairs, embedder), embedder.digest
    )


def overlap_features(pairs: Sequence[tuple[str, str]]) -> Floats:
    """Share of the claim's words in the evidence, its numbers that are missing, its length."""
    import numpy as np

    return np.array([_overlap(evidence, claim) for evidence, claim in pairs])


def similarity_features(pairs: Sequence[tuple[str, str]], embedder: Embedder) -> Floats:
    """Cosine of the claim and the nearest window of the evidence, shape (pairs, 1)."""
    import numpy as np

    parts = [[span.of(evidence) for span in windows(evidence)] for evidence, _ in pairs]
    texts = list(dict.fromkeys([t for found in parts for t in found] + [c for _, c in pairs]))
    rows = dict(zip(texts, embedder.embed(texts), strict=True))
    nearest = [
        max((float(rows[text] @ rows[claim]) for text in found), default=0.0)
        for found, (_, claim) in zip(parts, pairs, strict=True)
    ]
    return np.array(nearest)[:, None]


def _overlap(evidence: str, claim: str) -> list[float]:
    have, want = set(_words(evidence)), _words(claim)
    missing = sum(word not in have for word in want if word.isdigit())
    shared = sum(word in have for word in want)
    return [shared / max(1, len(want)), float(missing), float(len(want))]


def _words(text: str) -> list[str]:
    return _NOT_WORD.sub(" ", text.lower()).split()


def _regression(
    name: str, features: Callable[[Sequence[tuple[str, str]]], Floats], embedder_digest: str
) -> Regression:
    import numpy as np

    folder = resources.files("factcheck.evaluation")
    entry: dict[str, Any] = json.loads((folder / WEIGHTS).read_text("utf-8"))[name]
    decides = [json.dumps(entry, sort_keys=True), embedder_digest]
    decides.append((folder / "baselines.py").read_text("utf-8"))
    digest = hashlib.sha256("\n".join(decides).encode()).hexdigest()
    return Regression(
        name, digest, features, np.array(entry["weights"]), np.array(entry["intercepts"])
    )
