"""Figures of sentences as the article's are compared with those of its references.

Lengths of time are made one ('three years and nine months'), each figure gets the unit of its kind,
and what is no amount is told apart: labels, parts, clock times, words of vagueness.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from factcheck.checks.alignment import Place, around, nearby
from factcheck.checks.base import Case
from factcheck.checks.numbers.figures import Figure, Line, read_lines
from factcheck.records import Quotation, Span
from factcheck.text.clauses import names, stem
from factcheck.text.quantities import TIME_UNITS, Quantity, family, scaled

_DERIVED = re.compile(r"\b(?:by|of the|a|about a|more than a)(?: just| only)? $", re.IGNORECASE)
_CLOCK_BEFORE = re.compile(r"\b(?:at|until|till|by|before|after|since|from) $", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:\b[A-Z][\w.]*|\([MF],|\b(?:item|para|paragraph|no|page|line|room|age|aged|number|section"
    r"|article|chapter|clause|rule|lot|lane|platform|gate|stage|round|table|act|part|flight|channel"
    r"|junction|kilomet(?:re|er)|km|mile|grade|verse|volume)) $"
)
_AGE = re.compile(r"[\w.)], $")
_SHARE_BEFORE = re.compile(r"\b(?:half|quarters?|thirds?|fifths?|tenths?) of $", re.IGNORECASE)
_CODE = re.compile(r"0\d")
_TIMES_AFTER = re.compile(r" times\b")
_CLOCK_AFTER = re.compile(r" (?:o'clock|(?:minutes )?past)\b", re.IGNORECASE)
_ONE_BEFORE = re.compile(r"\b(?:an?|one) (hour|day|week|month|year) and $", re.IGNORECASE)
_HYPHENED = re.compile(r"-([a-z]+)")
_HOURS = 24
_LEAST = 2
"""A count below says nothing of its own."""
_SECONDS = {
    "second": 1.0,
    "minute": 60.0,
    "hour": 3600.0,
    "day": 86400.0,
    "week": 604800.0,
    "month": 2629800.0,
    "year": 31557600.0,
    "decade": 315576000.0,
}


@dataclass(frozen=True)
class Spot:
    """A figure in its line, as it is compared."""

    line: Line
    """The sentence."""
    figure: Figure
    """The figure as written."""
    kind: str
    """What it measures: a unit's family, 'time', or empty for counts."""
    size: float
    """Its value in the unit of its kind."""
    noun: str
    """Stem of what is counted; empty where it is left out or the unit says it."""
    names: frozenset[str]
    """The names in the sentence."""


def reference_lines(case: Case) -> list[tuple[Line, Quotation]]:
    """The sentences of all reference passages with the passage each stands in."""
    passages = [evidence.quotation for evidence in case.passages]
    return [
        (line, quotation)
        for quotation in passages
        for line in read_lines(quotation.text, case.parser.parse_text(quotation.text))
    ]


def is_bare(spot: Spot) -> bool:
    """Whether it has neither a unit nor a noun."""
    return not spot.figure.quantity.unit and not spot.noun


def read_spots(known: Sequence[tuple[Line, Quotation | None]]) -> Iterator[Place[Spot]]:
    """The figures of sentences with what stands around them, within the same passage."""
    joined = [_joined(line) for line, _ in known]
    for at, ((line, source), figures) in enumerate(zip(known, joined, strict=True)):
        if not figures:
            continue
        close = [i for i in range(max(0, at - 1), min(len(known), at + 2)) if known[i][1] is source]
        parsed = [known[i][0].parsed for i in close]
        words = around(parsed, parsed.index(line.parsed))
        values = [figure.quantity.value for figure in figures]
        far = frozenset(figure.quantity.value for i in close for figure in joined[i])
        strangers = names(line.parsed.doc)
        for figure in figures:
            spot = _spot(line, figure, strangers)
            yield Place(
                spot,
                nearby(line.parsed, figure.quantity.number.start) - {spot.noun},
                words,
                frozenset(value for value in values if value != figure.quantity.value),
                far - {figure.quantity.value},
                source,
            )


def _joined(line: Line) -> list[Figure]:
    """The figures, with 'three years and nine months' made one; list marks are left out."""
    found: list[Figure] = []
    for figure in line.figures:
        quantity = figure.quantity
        if not re.search(r"[A-Za-z]", line.text.replace(quantity.span.of(line.text), "")):
            continue
        if found and _continues(line, found[-1].quantity, quantity):
            last = found.pop().quantity
            more = _SECONDS[last.unit] / _SECONDS[quantity.unit] * last.value
            quantity = replace(
                quantity,
                span=Span(last.span.start, quantity.span.end),
                number=Span(last.number.start, quantity.number.end),
                low=round(quantity.low + more),
                high=round(quantity.high + more),
            )
        found.append(replace(figure, quantity=_with_one(line, quantity)))
    return found


def _with_one(line: Line, quantity: Quantity) -> Quantity:
    """'An hour and 14 minutes' as 74 minutes; other quantities as they are."""
    one = _ONE_BEFORE.search(line.text, 0, quantity.span.start)
    if not one or quantity.unit not in TIME_UNITS:
        return quantity
    more = _SECONDS[one[1].lower()] / _SECONDS[quantity.unit]
    return replace(
        quantity,
        span=Span(one.start(), quantity.span.end),
        number=Span(one.start(), quantity.number.end),
        low=round(quantity.low + more),
        high=round(quantity.high + more),
    )


def _continues(line: Line, one: Quantity, other: Quantity) -> bool:
    units = one.unit in TIME_UNITS and other.unit in TIME_UNITS
    between = line.text[one.span.end : other.span.start]
    return units and between in {" ", " and ", ", "} and _SECONDS[one.unit] > _SECONDS[other.unit]


def _spot(line: Line, figure: Figure, strangers: frozenset[str]) -> Spot:
    quantity = figure.quantity
    hyphened = _HYPHENED.match(line.text, quantity.span.end)
    noun = hyphened[1] if hyphened and not quantity.unit else figure.noun
    unit = quantity.unit or (noun if noun in TIME_UNITS and not quantity.rate else "")
    if unit in TIME_UNITS:
        noun = ""
        figure = replace(figure, quantity=replace(quantity, unit=unit))
    kind, size = measure(replace(quantity, unit=unit))
    return Spot(line, figure, kind, size, stem(noun) if noun else "", strangers)


def measure(quantity: Quantity) -> tuple[str, float]:
    """What a quantity measures, as `Spot.kind`, and its value in the unit of that kind."""
    if quantity.unit in TIME_UNITS:
        return "time", quantity.value * _SECONDS[quantity.unit]
    return family(quantity.unit), scaled(quantity)


def is_due(spot: Spot) -> bool:
    """Whether a figure of the article is one that the references must have."""
    quantity = spot.figure.quantity
    before = spot.line.text[max(0, quantity.span.start - 16) : quantity.span.start]
    after = spot.line.text[quantity.span.end :]
    clock = quantity.value <= _HOURS and _CLOCK_BEFORE.search(before)
    age = after[:1] in {",", ".", ";"} and _AGE.search(before)
    if _is_single(spot) or not is_amount(spot) or (is_bare(spot) and (clock or age)):
        return False
    return not _TIMES_AFTER.match(after)


def _is_single(spot: Spot) -> bool:
    """Whether a figure is too small to say anything; a measure with decimals is not ('$0.13')."""
    quantity = spot.figure.quantity
    exact = quantity.unit and "." in quantity.number.of(spot.line.text)
    return quantity.value < _LEAST and not exact


def is_change(spot: Spot) -> bool:
    """Whether a measure is told as a change or a part ('by 40 metres', 'a 10% rise')."""
    quantity = spot.figure.quantity
    if "-" in quantity.span.of(spot.line.text):
        return False  # 'a 12-inch pipe'
    before = spot.line.text[max(0, quantity.span.start - 16) : quantity.span.start]
    return bool(quantity.unit and _DERIVED.search(before))


def is_amount(spot: Spot) -> bool:
    """Whether a figure is an amount, not a label, a part, a clock time or a word of vagueness."""
    quantity, text = spot.figure.quantity, spot.line.text
    before, after = text[: quantity.span.start], text[quantity.span.end :]
    if quantity.kind in {"fraction", "many"} or _SHARE_BEFORE.search(before):
        return False  # 'half of 40'
    if _CODE.match(quantity.number.of(text)) or _CLOCK_AFTER.match(after):
        return False  # 'at 0640'
    if quantity.unit and text[quantity.number.end : quantity.span.end].startswith(" a "):
        return False  # '5.60 a week'
    if not is_bare(spot):
        return True
    clock = re.fullmatch(r"[012]?\d[.:][0-5]\d|[01]\d00|\d+-\d+", quantity.number.of(text))
    return not (clock or _LABEL.search(before[-20:]))
