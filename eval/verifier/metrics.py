"""What the probabilities are worth: accuracy with intervals, twins, calibration, baselines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from eval.verifier.data import ALLOWED, LABELS, Item, normal

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def softmax(logits: Floats) -> Floats:
    """Rows of probabilities."""
    shifted = np.exp(logits - logits.max(1, keepdims=True))
    return np.asarray(shifted / shifted.sum(1, keepdims=True))


def guesses(items: Sequence[Item], probabilities: Floats) -> NDArray[np.int64]:
    """The output chosen for each item, under the labels that its set knows.

    Three-way where the set is; supported against refuted where it has only these two;
    P(supported) against the rest where it says UNSUPPORTED.
    """
    known = {item.label for item in items}
    if known <= {"SUPPORTED", "REFUTED"}:
        return np.where(probabilities[:, 0] > probabilities[:, 1], 0, 1)
    if "UNSUPPORTED" in known:
        return np.where(probabilities[:, 0] > 0.5, 0, 1)
    return np.asarray(probabilities.argmax(1))


def correct(items: Sequence[Item], probabilities: Floats) -> Flags:
    """Which items are judged rightly."""
    chosen = guesses(items, probabilities)
    return np.array([g in ALLOWED[i.label] for i, g in zip(items, chosen, strict=True)])


def balanced(items: Sequence[Item], chosen: NDArray[np.int64]) -> float:
    """Mean recall over the labels."""
    recalls = []
    for label in sorted({i.label for i in items}):
        mine = [g in ALLOWED[label] for i, g in zip(items, chosen, strict=True) if i.label == label]
        recalls.append(float(np.mean(mine)))
    return float(np.mean(recalls))


def interval(
    items: Sequence[Item], measure: Callable[[NDArray[np.int64]], float], rounds: int = 1000
) -> tuple[float, float]:
    """95% interval of a measure of item positions, by drawing passages (not items) afresh."""
    by_passage: dict[str, list[int]] = {}
    for n, item in enumerate(items):
        by_passage.setdefault(item.passage, []).append(n)
    groups = [np.array(g) for g in by_passage.values()]
    order = np.random.default_rng(0)
    found = [
        measure(np.concatenate([groups[k] for k in order.integers(0, len(groups), len(groups))]))
        for _ in range(rounds)
    ]
    low, high = np.percentile(found, [2.5, 97.5])
    return round(float(low), 3), round(float(high), 3)


def twins_right(items: Sequence[Item], right: Flags, kind: str) -> tuple[int, int]:
    """Of the REFUTED items of `kind` with a twin at hand: pairs both right, and all pairs."""
    at = {item.id: n for n, item in enumerate(items)}
    pairs = [(n, at[i.twin]) for n, i in enumerate(items) if i.kind == kind and i.twin in at]
    return sum(bool(right[a] and right[b]) for a, b in pairs), len(pairs)


def reliability(
    items: Sequence[Item], probabilities: Floats, bins: int = 10
) -> list[tuple[int, float, float]]:
    """Items, mean confidence and accuracy of the top label in bins of equal width."""
    confidence, right = probabilities.max(1), correct(items, probabilities)
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    rows = []
    for place in range(bins):
        here = places == place
        if here.any():
            rows.append(
                (int(here.sum()), float(confidence[here].mean()), float(right[here].mean()))
            )
    return rows


def calibration_error(rows: Sequence[tuple[int, float, float]]) -> float:
    """ECE (Guo et al. 2017): mean gap of confidence and accuracy, weighted by items."""
    total = sum(n for n, _, _ in rows)
    return sum(n * abs(confidence - accuracy) for n, confidence, accuracy in rows) / total


def overlap_features(item: Item) -> list[float]:
    """What a reader of single words sees: share of the claim's words and numbers found."""
    have, want = set(normal(item.evidence).split()), normal(item.claim).split()
    numbers = [w for w in want if w.isdigit()]
    missing = sum(w not in have for w in numbers)
    return [sum(w in have for w in want) / max(1, len(want)), float(missing), float(len(want))]


def overlap_baseline(train: Sequence[Item], test: Sequence[Item]) -> float:
    """Accuracy on `test` of a logistic regression on word overlap, fitted on `train`."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(max_iter=1000)
    model.fit([overlap_features(i) for i in train], [LABELS.index(i.label) for i in train])
    found = model.predict([overlap_features(i) for i in test])
    return float(np.mean([LABELS[n] == i.label for n, i in zip(found, test, strict=True)]))
