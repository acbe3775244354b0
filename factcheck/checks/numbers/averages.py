"""An average against what it is of: within the ends told, and the mean of figures listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import FIGURE, Figure, Line, as_written, sum_written
from factcheck.checks.numbers.operands import (
    Held,
    before_each,
    both,
    listed,
    words_between,
)

_AVERAGE = re.compile(
    r"(?:\b(?:an?|the|its|their) (?:[\w'\u2019-]+ ){0,2}?|\b[\w-]+['\u2019]s? )?"
    rf"\b(?:average|mean)(?: \w+){{0,4}}? (?:of|was|is|being|at) {FIGURE}",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:heaviest|largest|highest|tallest|longest|biggest|most|dearest|oldest|best|between|from"
    r"|ranging|ranged)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:national|regional|county|country|industry|long-term|usual|previous|last|per|each|year)\b"
    r"|-year\b|['\u2019]s? (?:average|mean)\b"
    r"|\bthe (?!overall |combined |final )[\w'\u2019-]+ (?:[\w'\u2019-]+ )?(?:average|mean)\b"
    r"|\b(?:average|mean) (?:in|for|across|among) (?-i:[A-Z])",
    re.IGNORECASE,
)
"""Averages of something else than what is listed: 'the European average', 'the average in Vell'."""
_LISTED = re.compile(r"(?:,| and|, and)(?: [\w'\u2019-]+){0,5} ")
_LEAST = 3
"""Figures that a list has of which the mean is taken."""


def averages(lines: Sequence[Line]) -> Iterator[Finding]:
    """Averages beyond the ends told, or other than the mean of the figures listed before them."""
    for line, before, _ in before_each(lines):
        for match in _AVERAGE.finditer(line.mask):
            said = line.figures[int(match[1])]
            if _OTHER.search(match[0]):
                continue
            own = [f for f in line.figures if f.quantity.span.end <= said.quantity.span.start]
            found = _told(line, own, said)
            if not found and before:
                found = _told(before[-1], before[-1].figures, said)
            yield from _average(Held(line, said), found)


def _told(line: Line, figures: Sequence[Figure], said: Figure) -> list[Held]:
    """The figures of one kind with it that a sentence lists, or names as the ends of a range."""
    held = [Held(line, figure) for figure in figures if _is_alike(figure, said)]
    if len(held) >= _LEAST and _is_list(held) and _is_whole(figures, held):
        return held
    ends = {one.unit for one in held} == {said.quantity.unit}
    return held if len(held) == 2 and ends and _ENDS.search(line.text) else []


def _is_whole(figures: Sequence[Figure], held: Sequence[Held]) -> bool:
    """Whether a list lacks no item of another unit: '61, 63, 65 and 71 seconds', in minutes."""
    at = figures.index(held[-1].figure)
    following = figures[at + 1 : at + 2]
    own = Held(held[-1].line, following[0]) if following else None
    return own is None or not _LISTED.fullmatch(words_between(held[-1], own))


def _is_alike(figure: Figure, said: Figure) -> bool:
    units = {figure.quantity.unit, said.quantity.unit}
    exact = figure.quantity.bound == "exact" and figure.quantity.low == figure.quantity.high
    bare = not figure.quantity.unit and not figure.noun
    counted = figure.quantity.kind in {"digits", "words"}
    return counted and exact and (len(units) == 1 or bare)


def _is_list(held: Sequence[Held]) -> bool:
    return all(_LISTED.fullmatch(words_between(one, other)) for one, other in pairwise(held))


def _average(said: Held, told: Sequence[Held]) -> Iterator[Finding]:
    if len(told) < 2:
        return
    values = [held.value for held in told]
    mean = sum(values) / len(values)
    place = both(told[0], told[-1])
    if not min(values) <= said.value <= max(values):
        side = "more than the largest" if said.value > max(values) else "less than the smallest"
        why = f"An average of {said.words} is {side} of {listed(told)}."
    elif len(told) >= _LEAST and abs(mean - said.value) > max(0.02 * mean, _step(said) / 2):
        why = f"The average of {listed(told)} is {sum_written(mean, said.words)}."
    else:
        return
    right = as_written(mean, said.words) if len(told) >= _LEAST else None
    yield Finding(said.span, place, why, 0.75, right)


def _step(held: Held) -> float:
    return held.figure.quantity.step
