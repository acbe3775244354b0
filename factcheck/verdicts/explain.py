"""Why the verifier said so, by leaving things out (occlusion).

On demand, and of bounded cost: at most `SENTENCES` + `WORDS` further questions to the verifier.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.records import Span
from factcheck.text.sentences import paragraphs, sentences
from factcheck.verdicts.verifier import Entailment, Verifier

SENTENCES = 12
"""Sentences of the evidence that are tried; of longer evidence, those nearest to the claim."""
WORDS = 24
"""Words of the claim that are tried; of a longer claim, the first ones."""
LEAST = 0.05
"""A word is named when the support changes by so much without it."""
_WORD = re.compile(r"[^\W_]+(?:['\u2019.,-][^\W_]+)*")
_LITTLE = frozenset(
    "a an and are as at be been but by did do does for from had has have he her his in is it its "
    "of on or she that the their they this to was were which who will with would".split()
)


@dataclass(frozen=True)
class Explanation:
    """What weighed in one judgement."""

    entailment: Entailment
    """The judgement that is explained."""
    sentence: Span | None
    """The sentence of the evidence that weighs most; None for blank evidence."""
    words: tuple[Span, ...]
    """Words of the claim that changed its support when left out, the heaviest first."""


def explain(verifier: Verifier, evidence: str, claim: str, most: int = 3) -> Explanation:
    """What in `evidence` and `claim` the verifier's answer hangs on.

    A sentence's weight is how far it decides the claim by itself: P(supported) + P(refuted). A
    word's is how much P(supported) moves, either way, when the claim goes without it.

    Raises:
        ModelError: the verifier cannot be run.
    """
    places = _nearest(evidence, claim)
    words = _content_words(claim)
    alone = [(place.of(evidence), claim) for place in places]
    without = [(evidence, _left_out(claim, word)) for word in words]
    whole, *rest = verifier.score([(evidence, claim), *alone, *without])
    by_sentence, by_word = rest[: len(places)], rest[len(places) :]
    return Explanation(whole, _heaviest(places, by_sentence), _moving(words, by_word, whole, most))


def _heaviest(places: Sequence[Span], found: Sequence[Entailment]) -> Span | None:
    ranked = sorted(zip(found, places, strict=True), key=lambda pair: pair[0].not_enough)
    return ranked[0][1] if ranked else None


def _moving(
    words: Sequence[Span], found: Sequence[Entailment], whole: Entailment, most: int
) -> tuple[Span, ...]:
    gains = [(abs(e.supported - whole.supported), w) for e, w in zip(found, words, strict=True)]
    heavy = sorted((g for g in gains if g[0] >= LEAST), key=lambda g: (-g[0], g[1]))
    return tuple(word for _, word in heavy[:most])


def _nearest(evidence: str, claim: str) -> list[Span]:
    """The sentences that share most words with the claim, in order of the text."""
    places = [s for p in paragraphs(evidence) for s in sentences(evidence, p)]
    want = _folded(claim)
    places.sort(key=lambda s: (-len(want & _folded(s.of(evidence))), s.start))
    return sorted(places[:SENTENCES])


def _content_words(claim: str) -> list[Span]:
    found = [Span(m.start(), m.end()) for m in _WORD.finditer(claim)]
    return [w for w in found if w.of(claim).casefold() not in _LITTLE][:WORDS]


def _left_out(claim: str, word: Span) -> str:
    return " ".join((claim[: word.start] + claim[word.end :]).split())


def _folded(text: str) -> set[str]:
    return {m.group().casefold() for m in _WORD.finditer(text)} - _LITTLE
