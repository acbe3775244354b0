"""A vague figure and the exact one that restates it: 'more than 3,000, 2,968 to be exact'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import FIGURE, Figure, Line
from factcheck.checks.numbers.operands import before_each, measured
from factcheck.records import Span

_REST = r"[^\u27e6\u27e7.;:()]"
_EXACT = re.compile(
    rf"{FIGURE}{_REST}{{0,70}}?,? (?:\(|- |\u2013 |\u2014 )?{FIGURE} (?:to be (?:exact|precise)"
    r"|exactly|precisely)\b",
    re.IGNORECASE,
)
_COLON = re.compile(rf"{FIGURE}{_REST}{{0,70}}?: (?:just |only |exactly )?{FIGURE}")
_HALF = re.compile(
    rf"(?:more|fewer|less) than {FIGURE} (?:of )?(?:the |its |their |all )?{FIGURE}", re.IGNORECASE
)
_NUMBER_OF = re.compile(rf"^(?:Just|Only|No more than|Exactly|In all,?) {FIGURE} (?!per ?cent|%)")
_BOUND = re.compile(
    r"\b(?:(?:a little|just|slightly|well) )?(?:more than|fewer than|less than|no more than"
    r"|at least|at most|up to|as many as|nearly|almost|not quite|under|over|above|below) $",
    re.IGNORECASE,
)
_UPPER, _LOWER = frozenset({"under", "most"}), frozenset({"over", "least"})
_FAR = 2.0
"""Figures so many times apart are of different things."""


def restatements(lines: Sequence[Line]) -> Iterator[Finding]:
    """Vague figures that the exact one beside them, or in the next sentence, denies."""
    for line, _, following in before_each(lines):
        for match in _EXACT.finditer(line.mask):
            vague, exact = (line.figures[int(number)] for number in match.groups())
            yield from _restated(line, vague, exact, both_ways=True)
        for match in _COLON.finditer(line.mask):
            vague, exact = (line.figures[int(number)] for number in match.groups())
            yield from _restated(line, vague, exact, both_ways=False)
        if following is not None:
            yield from _half(line, following)


def _restated(line: Line, vague: Figure, exact: Figure, both_ways: bool) -> Iterator[Finding]:
    """What a colon leads to may be the first of several parts: it can only be too much."""
    one, other = vague.quantity, exact.quantity
    if one.unit != other.unit or not (measured(vague) and measured(exact)):
        return
    too_much = one.bound in _UPPER and other.value > one.value
    too_little = both_ways and one.bound in _LOWER and other.value < one.value
    low, high = sorted((one.value, other.value))
    if (too_much or too_little) and low and high / low <= _FAR:
        yield Finding(
            _with_bound(line, vague),
            line.span(exact),
            f"{line.words(exact)} is {'more' if too_much else 'less'} than {line.words(vague)}.",
            0.75,
        )


def _half(line: Line, following: Line) -> Iterator[Finding]:
    """'More than half of the 110 fountains work. Just 43 gave water'."""
    found, told = _HALF.search(line.mask), _NUMBER_OF.match(following.mask)
    if found is None or told is None:
        return
    share, whole = (line.figures[int(number)] for number in found.groups())
    part = following.figures[int(told[1])]
    counts = measured(whole) and measured(part) and not whole.quantity.unit + part.quantity.unit
    if share.quantity.kind != "fraction" or not counts or part.quantity.bound != "exact":
        return
    limit = share.quantity.value * whole.quantity.value
    more = share.quantity.bound == "over"
    if (part.quantity.value > limit) == more or part.quantity.value > whole.quantity.value:
        return
    yield Finding(
        _with_bound(line, share),
        following.span(part),
        f"{following.words(part)} is {'less' if more else 'more'} than {line.words(share)} of"
        f" {line.words(whole)}.",
        0.7,
    )


def _with_bound(line: Line, figure: Figure) -> Span:
    """Where a figure stands, with the words that make it vague."""
    span = figure.quantity.span
    bound = _BOUND.search(line.text, 0, span.start)
    start = bound.start() if bound else span.start
    return Span(start, span.end).shifted(line.parsed.span.start)
