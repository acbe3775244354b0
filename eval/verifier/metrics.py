"""How often the three probabilities lead to the right label, set by set."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eval.verifier.data import ALLOWED, Item

Floats = NDArray[np.float64]


def softmax(logits: Floats) -> Floats:
    """Rows of probabilities."""
    shifted = np.exp(logits - logits.max(1, keepdims=True))
    return np.asarray(shifted / shifted.sum(1, keepdims=True))


def correct(items: Sequence[Item], probabilities: Floats) -> NDArray[np.bool_]:
    """Which items are judged rightly, under the labels that their set knows.

    Three-way where the set is; supported against refuted where it has only these two;
    P(supported) against the rest where it says UNSUPPORTED.
    """
    known = {item.label for item in items}
    if known <= {"SUPPORTED", "REFUTED"}:
        guess = np.where(probabilities[:, 0] > probabilities[:, 1], 0, 1)
    elif "UNSUPPORTED" in known:
        guess = np.where(probabilities[:, 0] > 0.5, 0, 1)
    else:
        guess = probabilities.argmax(1)
    return np.array([g in ALLOWED[i.label] for i, g in zip(items, guess, strict=True)])


def twins_right(items: Sequence[Item], right: NDArray[np.bool_], kind: str) -> tuple[int, int]:
    """Pairs of mutual twins with a member of `kind`, both right; and all such pairs."""
    at = {item.id: n for n, item in enumerate(items)}
    pairs = [
        (n, at[item.twin])
        for n, item in enumerate(items)
        if item.kind == kind and item.twin in at
    ]
    return sum(bool(right[a] and right[b]) for a, b in pairs), len(pairs)
