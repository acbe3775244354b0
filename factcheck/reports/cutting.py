"""Texts cut to a length between words, and the part of a passage that bears on a claim."""

from __future__ import annotations

import re

from factcheck.text.sentences import sentences

_WORD = re.compile(r"\w+")
_LONGEST_WORDS = 600
"""Code points of quoted words shown before the middle is left out."""


def shorten(text: str, limit: int = _LONGEST_WORDS) -> str:
    """The text, its middle left out where it is longer than `limit` code points."""
    if len(text) <= limit:
        return text
    half = limit // 2
    return f"{_first(text, half)} […] {_last(text, half)}"


def tail(text: str, limit: int) -> str:
    """The last `limit` code points of `text` at most, from a word's beginning where there is one.

    A mark before them says that something is left out.
    """
    return text if len(text) <= limit else f"…{_last(text, limit)}"


def head(text: str, limit: int) -> str:
    """The first `limit` code points of `text` at most, to a word's end where there is one.

    A mark after them says that something is left out.
    """
    return text if len(text) <= limit else f"{_first(text, limit)}…"


def _first(text: str, limit: int) -> str:
    """At most `limit` of its first code points, without a word that goes on after them."""
    cut = text[:limit]
    if text[limit].isspace():
        return cut.rstrip()
    ends = [at for at, character in enumerate(cut) if character.isspace()]
    return cut[: ends[-1]].rstrip() if ends else cut


def _last(text: str, limit: int) -> str:
    """At most `limit` of its last code points, without a word that begins before them."""
    cut = text[-limit:]
    if text[-limit - 1].isspace():
        return cut.lstrip()
    begins = (at for at, character in enumerate(cut) if character.isspace())
    first = next(begins, None)
    return cut if first is None else cut[first:].lstrip()


def bearing(text: str, claim: str, limit: int) -> str:
    """At most some `limit` code points of `text`: the sentence nearest to the claim and its like.

    Nearest is the one with most of the claim's words; what follows it is kept as far as it goes,
    then what stands before it. A mark stands where something is left out.
    """
    if len(text) <= limit:
        return text
    asked = _content(claim)
    best = max(sentences(text), key=lambda span: len(asked & _content(span.of(text))), default=None)
    if best is None or best.end <= limit:
        return head(text, limit)
    rest = head(text[best.start :], limit)
    return ("" if best.start == 0 else tail(text[: best.start], max(1, limit - len(rest)))) + rest


def _content(text: str) -> set[str]:
    """Words that say something, as far as length tells: numbers, and words of four letters on."""
    return {word for word in _WORD.findall(text.casefold()) if len(word) > 3 or word.isdigit()}
