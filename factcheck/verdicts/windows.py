"""Long evidence, read through windows of whole sentences.

A cross-encoder reads a few hundred words at once and reads short passages best. Evidence that
is longer is cut into windows that overlap by a sentence. Support needs one window that entails
all of the claim; where none does and two adjacent windows each carry a part, the two are read
as one. Of all readings the most decided one speaks for the passage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from factcheck.records import Span
from factcheck.text.sentences import paragraphs, sentences
from factcheck.verdicts.verifier import Entailment, Preparable, Verifier

WINDOW_WORDS = 130
"""Words that a window holds at most, unless a single sentence is longer."""
WHOLE_WORDS = 190
"""Evidence of up to so many words is read in one piece."""
OVERLAP_SENTENCES = 1
"""Sentences that a window shares with the one before it."""
_SENTENCE_CHARACTERS = 2000
_WORD_CHARACTERS = 9
_ENOUGH = 0.5
_PART = 0.08


def windows(text: str) -> list[Span]:
    """Spans of the windows of `text`, in order; one for short text, none for blank text.

    Each begins and ends with a sentence; a 'sentence' of more than 2,000 characters is cut, so
    that hostile input cannot make a window without bound.
    """
    found = list(units(text))
    if not found:
        return []
    if sum(_length(text, u) for u in found) <= WHOLE_WORDS:
        return [Span(found[0].start, found[-1].end)]
    return [Span(found[a].start, found[b - 1].end) for a, b in _runs(text, found)]


def units(text: str) -> Iterator[Span]:
    """Spans of the sentences of `text`, in order; one of more than 2,000 characters is cut."""
    for paragraph in paragraphs(text):
        for sentence in sentences(text, paragraph):
            yield from _pieces(text, sentence)


def _runs(text: str, found: Sequence[Span]) -> Iterator[tuple[int, int]]:
    lengths = [_length(text, unit) for unit in found]
    start = 0
    while True:
        end, words = start + 1, lengths[start]
        while end < len(found) and words + lengths[end] <= WINDOW_WORDS:
            words += lengths[end]
            end += 1
        yield start, end
        if end == len(found):
            return
        start = max(start + 1, end - OVERLAP_SENTENCES)


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    start = sentence.start
    while sentence.end - start > _SENTENCE_CHARACTERS:
        end = start + _SENTENCE_CHARACTERS
        space = text.rfind(" ", start + 1, end)
        end = space if space > start else end
        yield Span(start, end)
        start = end
    if start < sentence.end:
        yield Span(start, sentence.end)


def _length(text: str, span: Span) -> int:
    """Words, or what would be words in a text without spaces."""
    return max(len(span.of(text).split()), (span.end - span.start) // _WORD_CHARACTERS)


@dataclass(frozen=True)
class Reading:
    """How one window of the evidence was judged."""

    span: Span
    """The window, in the evidence."""
    entailment: Entailment
    """What it does for the claim."""


class WindowedVerifier:
    """A verifier for evidence of any length, made of one for short evidence."""

    def __init__(self, inner: Verifier) -> None:
        """Read through windows with `inner`, under its name and digest."""
        self.inner, self.name, self.digest = inner, inner.name, inner.digest

    def prepare(self) -> None:
        """Load the model within, where that can be done ahead."""
        if isinstance(self.inner, Preparable):
            self.inner.prepare()

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """See `Verifier.score`; blank evidence leaves every claim open."""
        return [_spoken_for(readings) for readings in self.readings(pairs)]

    def readings(self, pairs: Sequence[tuple[str, str]]) -> list[list[Reading]]:
        """All windows of each pair's evidence with their judgement, joined ones last."""
        first = self._read(
            [(n, span) for n, p in enumerate(pairs) for span in windows(p[0])], pairs
        )
        joins = [(n, s) for n, found in enumerate(first) for s in _to_join(found)]
        second = self._read(joins, pairs)
        return [a + b for a, b in zip(first, second, strict=True)]

    def _read(
        self, places: Sequence[tuple[int, Span]], pairs: Sequence[tuple[str, str]]
    ) -> list[list[Reading]]:
        found: list[list[Reading]] = [[] for _ in pairs]
        scores = self.inner.score([(s.of(pairs[n][0]), pairs[n][1]) for n, s in places])
        for (n, span), entailment in zip(places, scores, strict=True):
            found[n].append(Reading(span, entailment))
        return found


def _to_join(found: Sequence[Reading]) -> list[Span]:
    """The adjacent windows most worth reading as one, if any."""
    if any(max(r.entailment.supported, r.entailment.refuted) >= _ENOUGH for r in found):
        return []
    pairs = [
        (a.entailment.supported + b.entailment.supported, Span(a.span.start, b.span.end))
        for a, b in pairwise(found)
        if min(a.entailment.supported, b.entailment.supported) >= _PART
    ]
    return [max(pairs, key=lambda p: p[0])[1]] if pairs else []


def _spoken_for(readings: Sequence[Reading]) -> Entailment:
    """The most decided reading: least P(not enough), the first of equals."""
    if not readings:
        return Entailment(0.0, 0.0, 1.0)
    return min((r.entailment for r in readings), key=lambda e: e.not_enough)
