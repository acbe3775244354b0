"""Cutting a reference document into passages of whole sentences."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from factcheck.evidence.headers import end_of_front_matter, is_field
from factcheck.records import Span
from factcheck.text.parsing import split

CHUNKER = "sentences-v2"
"""Name of this way of cutting; a store remembers it and refuses another."""
ENOUGH_WORDS = 75
"""A passage takes sentences until it has so many words."""
MOST_WORDS = 110
"""It takes no further sentence that would bring it over this; a longer one is cut between words."""
OVERLAP = 1
"""Sentences that a passage shares with the one before it."""
_LONGEST_WORD = 200
"""Letters after which a 'word' without a space is cut all the same."""
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_LINES_OF_HEAD = 6
_WORD = re.compile(rf"\S{{1,{_LONGEST_WORD}}}")


def passages(text: str, title: str = "") -> list[Span]:
    """Spans of the passages of `text`, in order; each is whole sentences of some 60 to 110 words.

    A first line that only repeats `title`, and a source line below it, are no passage of their own;
    where no sentence ends with them, they stay in front of the first one.
    """
    begin = _end_of_head(text, title)
    units = [unit for unit in _units(text) if unit.end > begin]
    return [Span(units[a].start, units[b - 1].end) for a, b in _groups(text, units)]


def _groups(text: str, units: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """First and one past the last unit of each passage."""
    words = [len(_WORD.findall(text, unit.start, unit.end)) for unit in units]
    start = 0
    while start < len(units):
        end, total = start + 1, words[start]
        while end < len(units) and total < ENOUGH_WORDS and total + words[end] <= MOST_WORDS:
            total += words[end]
            end += 1
        yield start, end
        if end == len(units):
            return
        start = max(start + 1, end - OVERLAP)


def _units(text: str) -> Iterator[Span]:
    """Sentences, and pieces of those that have too many words."""
    for sentence in split(text):
        words = list(_WORD.finditer(text, sentence.start, sentence.end))
        for first in range(0, len(words), MOST_WORDS):
            last = min(first + MOST_WORDS, len(words)) - 1
            yield Span(words[first].start(), words[last].end())


def _end_of_head(text: str, title: str) -> int:
    """Where the title and the lines on its source end; 0 where the text begins with neither."""
    end = end_of_front_matter(text)
    for line in itertools.islice(_LINE.finditer(text, end), _LINES_OF_HEAD):
        words = line.group().strip()
        if words.lstrip("# ") != title.strip() and not is_field(words):
            break
        end = line.end()
    return end
