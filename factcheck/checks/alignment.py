"""Finding the place in the references that states what a place in the article states.

Two places are paired by the rare words around them, in their sentences and the sentences next to
them, and by the other figures there (anchors). Evidence is counted in rare words: a word that
only the two sentences have is worth about one, a common one next to nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from factcheck.records import Quotation
from factcheck.text.clauses import content
from factcheck.text.parsing import ParsedSentence

_REACH = 14
"""Words looked at on either side of a value."""
_FARTHER = 0.3
"""What a shared word is worth that stands out of reach or in a sentence next to it."""
_MOST_FARTHER = 1.5
"""What all those together are worth at most."""
_ANCHOR, _FAR_ANCHOR = 0.75, 0.15
"""What a shared figure is worth in the sentence and next to it."""
_MOST_ANCHORS = 2

Value = TypeVar("Value")


@dataclass(frozen=True)
class Place(Generic[Value]):
    """A value and what stands around it."""

    value: Value
    """The figure or date."""
    near: frozenset[str]
    """Stems of the words within reach, in the same sentence."""
    around: frozenset[str]
    """Stems of the words of the sentence and of those before and after it."""
    anchors: frozenset[float]
    """The other figures of the sentence."""
    far_anchors: frozenset[float]
    """Those of the sentence and of those before and after it."""
    source: Quotation | None = None
    """The passage it stands in; None for the article itself."""


def nearby(sentence: ParsedSentence, start: int) -> frozenset[str]:
    """Stems of the words within reach of the token at offset `start` of the sentence."""
    doc = sentence.doc
    at = next((token.i for token in doc if token.idx + len(token) > start), 0)
    return content(doc[max(0, at - _REACH) : at + _REACH + 1])


def weights(sentences: Iterable[ParsedSentence]) -> dict[str, float]:
    """How telling each stem is: 1 where two of the sentences have it, less the more do."""
    return rarity((content(sentence.doc) for sentence in sentences), 2)


def rarity(texts: Iterable[Collection[str]], full: int = 1) -> dict[str, float]:
    """How telling each word is: 1 where `full` of the texts have it, less the more do.

    Args:
        texts: the words of each text, each word once.
        full: in how many texts a word must stand to count 1.
    """
    counts: Counter[str] = Counter()
    size = 0
    for words in texts:
        counts.update(words)
        size += 1
    one = math.log(1 + size / (1 + full))
    return {word: math.log(1 + size / (1 + count)) / one for word, count in counts.items()}


def evidence(one: Place[Value], other: Place[Value], weight: Mapping[str, float]) -> float:
    """How much speaks for it that the two places state the same, in rare words."""
    shared = one.near & other.near
    farther = total((one.around & other.around) - shared, weight)
    anchors = one.anchors & other.anchors
    far_anchors = (one.far_anchors & other.far_anchors) - anchors
    return (
        total(shared, weight)
        + min(_MOST_FARTHER, _FARTHER * farther)
        + _ANCHOR * min(_MOST_ANCHORS, len(anchors))
        + _FAR_ANCHOR * min(_MOST_ANCHORS, len(far_anchors))
    )


def around(sentences: Sequence[ParsedSentence], at: int) -> frozenset[str]:
    """Stems of the words of a sentence and of those before and after it."""
    return frozenset().union(*(content(near.doc) for near in sentences[max(0, at - 1) : at + 2]))


def total(words: Iterable[str], weight: Mapping[str, float]) -> float:
    """What some words are worth together."""
    return sum(weight.get(word, 0.0) for word in words)
