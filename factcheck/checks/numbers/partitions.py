"""Parts that make more than their total, told in the same sentence or before it.

Where it is not plain that the parts are all of it, they must exclude one another
(`factcheck.checks.numbers.exclusion`): pupils who play football may play chess as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.exclusion import are_apart, are_taken
from factcheck.checks.numbers.figures import FIGURE, Figure, Line, sum_written
from factcheck.checks.numbers.operands import LAST, MADE_UP, Held, measured

_OF_THEM = re.compile(
    rf"(?:^|[\s\u201c\"]){FIGURE} (?:of (?:the|those|these|them|its|their)\b)", re.IGNORECASE
)
_PART_OF = re.compile(
    rf"{FIGURE} (?:out )?of (?:the|its|their|all|(?:\w+ ){{1,2}}?\w+['\u2019]s) {FIGURE}",
    re.IGNORECASE,
)
_OF_TOTAL = re.compile(rf"^Of (?:the |its |their |those |these )?{FIGURE}")
_LEAST_TOTAL = 10
_MOST = 1.6
"""Parts that make so many times the total are of something else."""
_LONGEST_PIECE = 90
_BACK = 2
"""Sentences before one in which the total of its parts may stand."""


def partitions(lines: Sequence[Line]) -> Iterator[Finding]:
    """'14 of the deaths in Albay, nine in Sorsogon and six on the island', of 27 in all."""
    for at, line in enumerate(lines):
        near = lines[max(0, at - _BACK) : at]
        yield from _beyond(line)
        yield from _parts_of(line)
        made_up = MADE_UP.search(line.mask)
        if made_up:
            yield from _made_up(near, line, _listed(line, made_up.end()))
        of_them = _OF_THEM.search(line.mask)
        if of_them:
            yield from _of_them(near, line, _listed(line, of_them.start()))


def _listed(line: Line, start: int) -> list[Figure]:
    """The figures of the list that begins at offset `start` of the mask and ends with 'and'."""
    pieces = re.split(FIGURE, line.mask[start:])
    numbers, between = pieces[1::2], pieces[2::2]
    parts: list[Figure] = []
    closing = False
    for number, piece in zip(numbers, between, strict=True):
        parts.append(line.figures[int(number)])
        if closing:
            alike = all(measured(f) and f.quantity.unit == parts[0].quantity.unit for f in parts)
            exact = all(f.quantity.bound == "exact" for f in parts)
            return parts if alike and exact else []
        if len(piece) > _LONGEST_PIECE or not re.search(r", | and ", piece):
            return []
        closing = LAST.search(piece) is not None
    return []


def _beyond(line: Line) -> Iterator[Finding]:
    """'Of the five hatches three were open and three closed'."""
    match = _OF_TOTAL.match(line.mask)
    if match is None:
        return
    total, parts = line.figures[int(match[1])], _listed(line, match.end())
    value = sum(part.quantity.value for part in parts)
    alike = parts and parts[0].quantity.unit == total.quantity.unit
    if (
        alike
        and are_apart(line, parts)
        and total.quantity.interval[1] < value <= _MOST * total.quantity.value
    ):
        yield _finding(line, parts, Held(line, total), 0.7)


def _parts_of(line: Line) -> Iterator[Finding]:
    """'4,000 of the 3,500 members'; '45 of the 80 seats, the Greens 20 and others 25'."""
    for match in _PART_OF.finditer(line.mask):
        first, total = (line.figures[int(number)] for number in match.groups())
        counts = {first.quantity.kind, total.quantity.kind} <= {"digits", "words"}
        if not counts or first.quantity.unit or total.quantity.unit or first.noun:
            continue
        parts = [first]
        taken = are_taken(line.mask[: match.start()])
        if taken and re.match(r" \w+, ", line.mask[match.end() :]):
            parts += [part for part in _listed(line, match.end()) if not part.noun]
        value = sum(part.quantity.value for part in parts)
        if total.quantity.interval[1] < value <= _MOST * total.quantity.value:
            yield _finding(line, parts, Held(line, total), 0.7)


def _made_up(near: Sequence[Line], line: Line, parts: Sequence[Figure]) -> Iterator[Finding]:
    """'It is made up of $9.2 million … and $4.5 million', of the total told last."""
    totals = _totals(near, line, parts)
    if totals and not _is_told(totals, parts):
        total, value = totals[-1], sum(part.quantity.value for part in parts)
        if 1 / _MOST <= value / total.value <= _MOST:
            yield _finding(line, parts, total, 0.75)


def _of_them(near: Sequence[Line], line: Line, parts: Sequence[Figure]) -> Iterator[Finding]:
    """Three parts or more that make more than any total told before."""
    totals = _totals(near, line, parts)
    value = sum(part.quantity.value for part in parts)
    if len(parts) < 3 or not totals or _is_told(totals, parts) or not are_apart(line, parts):
        return
    if max(held.value for held in totals) < value <= _MOST * totals[-1].value:
        yield _finding(line, parts, totals[-1], 0.65)


def _totals(near: Sequence[Line], line: Line, parts: Sequence[Figure]) -> list[Held]:
    """Figures of the parts' unit that are more than any of them, nearest last."""
    if not parts:
        return []
    least = max(_LEAST_TOTAL, *(part.quantity.value for part in parts))
    return [
        Held(one, figure)
        for one in (*near, line)
        for figure in one.figures
        if figure not in parts
        and measured(figure)
        and figure.quantity.unit == parts[0].quantity.unit
        and figure.quantity.value > least
    ]


def _is_told(totals: Sequence[Held], parts: Sequence[Figure]) -> bool:
    value = sum(part.quantity.value for part in parts)
    spans = (held.figure.quantity.interval for held in totals)
    return any(low <= value <= high for low, high in spans)


def _finding(line: Line, parts: Sequence[Figure], total: Held, confidence: float) -> Finding:
    value = sum(part.quantity.value for part in parts)
    told = " and ".join(line.words(part) for part in parts)
    why = f"{told} make {sum_written(value, total.words)}, not {total.words}."
    if len(parts) == 1:
        why = f"{told} is more than the whole, {total.words}."
    return Finding(line.span(*parts), total.span, why, confidence)
