"""Votes and polls that give both numbers: '27 in favour and 34 against' refuses a bill."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from factcheck.checks.sides.matters import Found, sign_of, word_list
from factcheck.text.numbers import Number, numbers

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_REACH = 7
"""Words after a number in which it is told what so many were for."""
_MATTERS = ("approved or refused", "most for or most against")


def find_tallies(doc: Doc) -> Iterator[Found]:
    """The two numbers of a vote with what each was for, as a sign of how it went."""
    told: list[tuple[float, int, Token]] = []
    for number in numbers(doc.text):
        said = _side(doc, number)
        if said is not None:
            told.append((number.value, *said))
    for (one, side, start), (other, opposite, end) in pairwise(told):
        if side != opposite and one != other:
            won = side if one > other else opposite
            for name in _MATTERS:
                yield Found(sign_of(name, won), (start, end))


def _side(doc: Doc, number: Number) -> tuple[int, Token] | None:
    """0 where so many were for it, 1 where against, with the word that says so."""
    span = doc.char_span(number.span.start, number.span.end, alignment_mode="expand")
    if span is None:
        return None
    for place in range(span.end, min(len(doc), span.end + _REACH)):
        token = doc[place]
        if token.like_num or token.text in {",", ";"}:
            return None
        if token.lower_ in word_list("voted_against"):
            return 1, token
        if token.lower_ in word_list("voted_for"):
            denied = any(t.lower_ in {"not", "n't"} for t in doc[span.end : place])
            return int(denied), token
    return None
