"""Finding the place in the references that states what a place in the article states.

Two places are paired by the rare words around them. A pair is only taken where the article's
value stands nowhere in the references and the reference's value nowhere in the article, so that
figures about different things that happen to share words do not meet.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from factcheck.records import Quotation
from factcheck.text.clauses import content
from factcheck.text.parsing import ParsedSentence

_REACH = 14
"""Words looked at on either side of a value."""
_SHARED = 2
_LIKENESS = 0.4

Value = TypeVar("Value")


@dataclass(frozen=True)
class Place(Generic[Value]):
    """A value and the words around it."""

    value: Value
    """The figure or date."""
    near: frozenset[str]
    """Stems of the words within reach, in the same sentence."""
    verb: str = ""
    """Stem of the governing verb; empty where it says little."""
    source: Quotation | None = None
    """The passage it stands in; None for the article itself."""


def nearby(sentence: ParsedSentence, start: int) -> frozenset[str]:
    """Stems of the words within reach of the token at offset `start` of the sentence."""
    doc = sentence.doc
    at = next((token.i for token in doc if token.idx + len(token) > start), 0)
    return content(doc[max(0, at - _REACH) : at + _REACH + 1])


def weights(sentences: Iterable[ParsedSentence]) -> dict[str, float]:
    """How telling each stem is: the rarer among the sentences, the more."""
    counts: Counter[str] = Counter()
    total = 0
    for sentence in sentences:
        counts.update(content(sentence.doc))
        total += 1
    return {word: math.log(1 + total / (1 + count)) for word, count in counts.items()}


def counterpart(
    place: Place[Value],
    candidates: Sequence[Place[Value]],
    weight: dict[str, float],
    alike: Callable[[Place[Value], Place[Value]], bool],
) -> Place[Value] | None:
    """The candidate that most surely states the same; None where none does surely enough."""
    best, best_score = None, _LIKENESS
    for candidate in candidates:
        shared = place.near & candidate.near
        if len(shared) < _SHARED or not alike(place, candidate):
            continue
        fewer = min(_sum(place.near, weight), _sum(candidate.near, weight))
        score = _sum(shared, weight) / fewer if fewer else 0.0
        if score > best_score:
            best, best_score = candidate, score
    return best


def _sum(words: Iterable[str], weight: dict[str, float]) -> float:
    return sum(weight.get(word, 0.0) for word in words)
