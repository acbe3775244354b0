"""Which lines are page furniture: counters, share bars, 'Read more', cookie notices.

The phrases are in data/furniture.toml. A line is furniture as a whole or not at all; prose that
merely mentions a share button stays prose.
"""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from factcheck.text.folding import squeeze

_NUMBER = r"[+#]?\d+(?:[.,\u00a0 ]\d+)*\s?[kmb]?\+?"
_TIME_OF_DAY = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")
"""The hour at which a live blog says what follows, on a line of its own."""
_LONGEST_START = 16
"""Words in a line that begins like furniture; a longer one is a sentence of the article."""
_LONGEST_LINE = 300
_SAID = re.compile(r"\b(?:said|says|told)\b")
_SUBJECT_AFTER_COMMA = re.compile(r", (?:the|a|an|he|she|it|they|his|her|its|their)\b")
"""What follows an opening participle in a sentence: 'Posted in Kabul for two years, she led'."""


@dataclass(frozen=True)
class _Phrases:
    sections: frozenset[str]
    lines: frozenset[str]
    starts: tuple[str, ...]
    participles: tuple[str, ...]
    words: frozenset[str]
    networks: frozenset[str]
    counter: re.Pattern[str]


def is_furniture(line: str) -> bool:
    """Whether a line, taken as a whole, belongs to the page and not to the article."""
    if len(line) > _LONGEST_LINE or _TIME_OF_DAY.fullmatch(line.strip()):
        return False
    phrases = _phrases()
    if line.strip() in phrases.sections:
        return False
    folded = squeeze(line).strip(" .:!")
    words = folded.split()
    return (
        not words
        or folded in phrases.lines
        or bool(phrases.counter.fullmatch(folded))
        or (folded.startswith(phrases.starts) and not _is_sentence(folded, phrases))
        or _is_share_bar(words, phrases)
    )


def _is_sentence(folded: str, phrases: _Phrases) -> bool:
    """Whether a line that begins like furniture is a sentence of the article."""
    if len(folded.split()) > _LONGEST_START or _SAID.search(folded):
        return True
    opened = folded.startswith(phrases.participles)
    return opened and bool(_SUBJECT_AFTER_COMMA.search(folded))


def _is_share_bar(words: list[str], phrases: _Phrases) -> bool:
    bare = [word.strip(",") for word in words]
    known = phrases.words | phrases.networks
    if not all(word in known or word.isdigit() for word in bare):
        return False
    return any(word in phrases.networks for word in bare) or len(bare) > 1


@functools.cache
def _phrases() -> _Phrases:
    raw = tomllib.loads(files(__package__).joinpath("data/furniture.toml").read_text("utf-8"))
    counted = "|".join(re.escape(word) for word in raw["counted"])
    counter = rf"{_NUMBER}(?:\s*(?:{counted}))?|(?:{counted})\s*:?\s*\(?{_NUMBER}\)?"
    return _Phrases(
        sections=frozenset(raw["sections"]),
        lines=frozenset(raw["lines"]),
        starts=tuple(raw["starts"]),
        participles=tuple(raw["participles"]),
        words=frozenset(raw["words"]),
        networks=frozenset(raw["networks"]),
        counter=re.compile(counter),
    )
