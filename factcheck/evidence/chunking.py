"""Cutting a reference document into passages of whole sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factcheck.records import Span
from factcheck.text.parsing import split

CHUNKER = "sentences-v1"
"""Name of this way of cutting; a store remembers it and refuses another."""
TARGET_WORDS = 90
"""A passage takes sentences until it has so many words."""
OVERLAP = 1
"""Sentences that a passage shares with the one before it."""
LONGEST_WORDS = 160
"""A sentence longer than this is cut between words."""


def passages(text: str, title: str = "") -> list[Span]:
    """Spans of the passages of `text`, in order; each is whole sentences of some 60 to 110 words.

    A first line that only repeats `title`, and a source line, are no passage of their own.
    """
    units = [unit for unit in _units(text) if not _is_head(unit.of(text), title)]
    return [Span(units[a].start, units[b - 1].end) for a, b in _groups(text, units)]


def _groups(text: str, units: Sequence[Span]) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(units):
        end, words = start, 0
        while end < len(units) and (words < TARGET_WORDS or end == start):
            more = len(units[end].of(text).split())
            if end > start and words + more > LONGEST_WORDS:
                break
            words += more
            end += 1
        yield start, end
        if end == len(units):
            return
        start = max(start + 1, end - OVERLAP)


def _units(text: str) -> Iterator[Span]:
    for sentence in split(text):
        yield from _pieces(text, sentence)


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    """The sentence, or pieces of it where it has too many words or one word without end."""
    longest = LONGEST_WORDS * 10
    start = sentence.start
    while sentence.end - start > longest:
        space = text.rfind(" ", start + 1, start + longest)
        end = space if space > start else start + longest
        if text[start:end].strip():
            yield Span(start, end)
        start = end
    if text[start : sentence.end].strip():
        yield Span(start, sentence.end)


def _is_head(line: str, title: str) -> bool:
    return line.strip().lstrip("# ") == title.strip() or line.startswith("Source: ")
