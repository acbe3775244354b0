"""Whether a passage is about what the article is about, or at least about what a claim says.

The nearest passage of a store that knows nothing of the matter is still the nearest. A verifier
that reads it takes 'he resigned' for a word on whoever the article speaks of, an editor finds it
under the claim, and both cost time. An article is longer than a claim and tells its subject apart
far better: how the floors were set and what they leave out stands in docs/decisions.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.evidence.embedding import SHIPPED_SHA256, Embedder

if TYPE_CHECKING:
    from factcheck.evidence.embedding import Vectors


@dataclass(frozen=True, slots=True)
class Floors:
    """What a passage and its document must reach."""

    subject: float
    """Least cosine (-1 to 1) to the article, the mean of its sentences; or else:"""
    claim: float
    """Least cosine to the claim, as it stands or restated."""
    shared: int = 4
    """Telling words in common with the article: see `factcheck.evidence.kinship`."""


EVERYTHING = Floors(-math.inf, -math.inf, shared=0)
"""Floors that every passage reaches."""
_UNMEASURED = Floors(-math.inf, -math.inf)
_KNOWN = {SHIPPED_SHA256: Floors(subject=0.3, claim=0.35)}
"""Floors by the embedder's digest: another model's similarities lie elsewhere."""


def floors_for(embedder: Embedder) -> Floors:
    """The floors of an embedder; where none were measured, only words in common count."""
    return _KNOWN.get(embedder.digest, _UNMEASURED)


class Relevance:
    """What of some passages bears on an article and its claims."""

    def __init__(self, floors: Floors, sentences: Vectors, passages: Mapping[str, Vectors]) -> None:
        """Look at vectors of unit length.

        Args:
            floors: what a passage must reach.
            sentences: those of the article's prose, a row each.
            passages: those of the passages, by name.
        """
        self._floors, self._passages = floors, passages
        self._subject = _mean(sentences)

    def bears(self, claim: Vectors, passage: str, part: float = 1.0) -> bool:
        """Whether a passage bears on a claim or on its article.

        Args:
            claim: its wordings, a row each.
            passage: its name; one without a vector has been removed meanwhile and bears on nothing.
            part: of the floors, how much must be reached.
        """
        vector = self._passages.get(passage)
        if vector is None:
            return False
        if float(self._subject @ vector) >= part * self._floors.subject:
            return True
        return float((claim @ vector).max()) >= part * self._floors.claim


def _mean(rows: Vectors) -> Vectors:
    """The mean of some vectors, of unit length; zeros where there are none."""
    import numpy as np

    whole: Vectors = rows.sum(axis=0)
    length = float(np.linalg.norm(whole))
    return whole / length if length else whole
