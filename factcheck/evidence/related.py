"""Which sentences of one text speak of the same things, by meaning and by words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from factcheck.evidence.fusion import fuse
from factcheck.evidence.lexical import LexicalIndex

if TYPE_CHECKING:
    from factcheck.evidence.embedding import Vectors

_CANDIDATES = 30


def related(texts: Sequence[str], vectors: Vectors | None = None, most: int = 8) -> list[list[int]]:
    """For each text the places of up to `most` others, nearest first.

    Args:
        texts: sentences of one article, in order.
        vectors: their embeddings, a row each; without them only words count.
        most: how many to name.
    """
    lexical = LexicalIndex(texts)
    found = []
    for place, text in enumerate(texts):
        rankings = [lexical.search(text, _CANDIDATES)]
        if vectors is not None:
            near = (-(vectors @ vectors[place])).argsort(kind="stable")[:_CANDIDATES]
            rankings.insert(0, [int(other) for other in near])
        others = [other for other, _ in fuse(rankings) if other != place]
        found.append(others[:most])
    return found
