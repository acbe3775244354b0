"""What so many of a size make, and what a first and a further amount make, told elsewhere.

'83 sections of ten metres each … the path is 830 kilometres long'; '800 hectares and a further
400 … the loss of 1,200 square kilometres'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import FIGURE, Line, as_written, show, slip
from factcheck.checks.numbers.operands import Held, both
from factcheck.records import Span
from factcheck.text.quantities import MONEY, TIME_UNITS, family, scaled

_NOUN = r"(?: [a-z][\w'-]*){1,4}?"
_WORDS = r"(?:[a-z][\w'-]* ){0,4}?"
_TIMES = (
    re.compile(rf"{FIGURE}{_NOUN}(?:, (?:a \w+, )?| )each (?:of )?{_WORDS}{FIGURE}"),
    re.compile(rf"{FIGURE}{_NOUN},? (?:\w+ ){{0,4}}?{FIGURE} (?:each|apiece|a piece)\b"),
    re.compile(rf"\b[Ee]ach of (?:the |its |his |her |their )?{FIGURE}{_NOUN} {_WORDS}{FIGURE}"),
    re.compile(rf"{FIGURE} (?:equal|identical|matching|monthly|annual|yearly|weekly)(?: \w+)? of {FIGURE}"),
)
_FURTHER = re.compile(
    rf"{FIGURE}[^\u27e6\u27e7]{{0,90}}?\b(?:another|a further|an extra|an additional|plus) {FIGURE}",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\b(?:the|those|these|all|total(?:ling|led|s)? (?:of )?|(?:makes?|made|making|altogether|in all),?"
    r"|the (?:total|loss|cost|price|bill|sum|haul|whole) (?:of|was|is))"
    r"(?: \w+)? $|^",
    re.IGNORECASE,
)
_RATE = re.compile(r" (?:a|an|per|each|every|apiece)\b", re.IGNORECASE)
_PART = re.compile(r" (?:more|of (?:the|them|it))\b")
_FAR = 1.67
_BACK = 3


@dataclass(frozen=True)
class _Made:
    """An amount that two figures make."""

    value: float
    """In the unit of its family."""
    unit: str
    parts: tuple[Held, Held]
    sign: str

    @property
    def span(self) -> Span:
        """Where the two stand."""
        return both(*self.parts)

    @property
    def told(self) -> str:
        """The two in words."""
        return f"{self.parts[0].words} {self.sign} {self.parts[1].words}"


def multiples(lines: Sequence[Line]) -> Iterator[Finding]:
    """Amounts that are not what two figures elsewhere make, by a scale or a slip."""
    made = [one for line in lines for one in (*_times(line), *_further(line))]
    held = [Held(line, f) for line in lines for f in line.figures if _is_plain(Held(line, f))]
    for one in made:
        others = [h for h in held if h.figure not in (one.parts[0].figure, one.parts[1].figure)]
        alike = [h for h in others if _is_alike(h.unit, one.unit)]
        if any(_is_near(_size(h), one.value, h) for h in alike if family(h.unit) == family(one.unit)):
            continue
        wrong = [h for h in alike if _is_scale(h, one)] or [h for h in alike if _is_slip(h, one)]
        if len({h.value for h in wrong}) == 1:
            yield _finding(wrong[-1], one)


def _is_plain(held: Held) -> bool:
    quantity = held.figure.quantity
    counted = quantity.kind in {"digits", "words"} and quantity.low == quantity.high
    return counted and quantity.unit not in {"percent", "point", ""} | TIME_UNITS


def _is_alike(one: str, other: str) -> bool:
    return family(one) == family(other) or {one, other} <= MONEY


def _size(held: Held) -> float:
    return scaled(held.figure.quantity)


def _is_near(size: float, value: float, held: Held) -> bool:
    quantity = held.figure.quantity
    slack = 0.1 if quantity.bound != "exact" else 0.0
    step = quantity.step / 2 * (size / max(quantity.value, 1e-9)) if quantity.value > 10 else 0.0
    return abs(size - value) <= max(slack * value, step, 1e-6 * value)


def _times(line: Line) -> Iterator[_Made]:
    for pattern in _TIMES:
        for match in pattern.finditer(line.mask):
            count, size = (Held(line, line.figures[int(number)]) for number in match.groups())
            whole = count.value == int(count.value) and not count.unit and count.value > 1
            exact = all(h.figure.quantity.bound == "exact" for h in (count, size))
            if whole and exact and _is_plain(size):
                yield _Made(count.value * _size(size), size.unit, (count, size), "times")


def _further(line: Line) -> Iterator[_Made]:
    for match in _FURTHER.finditer(line.mask):
        one, other = (Held(line, line.figures[int(number)]) for number in match.groups())
        alike = one.unit == other.unit and _is_plain(one) and _is_plain(other)
        if alike and all(h.figure.quantity.bound == "exact" for h in (one, other)):
            yield _Made(_size(one) + _size(other), one.unit, (one, other), "and")


def _is_scale(held: Held, made: _Made) -> bool:
    """Whether it has the digits of what is made, but another scale word or unit."""
    size = _size(held)
    if {held.unit, made.unit} <= MONEY and held.unit != made.unit:
        return abs(size - made.value) <= 1e-6 * size
    times = max(size, made.value) / max(min(size, made.value), 1e-12)
    tens = any(abs(times / ten - 1) < 1e-6 for ten in (10, 100, 1000, 1e4, 1e6))
    own = made.value * held.value / max(size, 1e-12)
    return tens or (held.unit != made.unit and _same_number(held, made, own))


def _same_number(held: Held, made: _Made, own: float) -> bool:
    """'1,200 square kilometres' for 1,200 hectares: the number is right, the unit is not."""
    unit = made.parts[1]
    number = made.value * unit.value / max(_size(unit), 1e-12)
    return abs(held.value - number) <= 1e-6 * number and abs(own - held.value) > 1e-6 * number


def _is_slip(held: Held, made: _Made) -> bool:
    """Whether it is told near by as the whole, and off by little or by a digit."""
    line, span = held.line, held.figure.quantity.span
    if held.unit != made.unit or held.value in {part.value for part in made.parts}:
        return False
    if abs(line.number - made.parts[0].line.number) > _BACK:
        return False
    if _RATE.match(line.text, span.end) or _PART.match(line.text, span.end):
        return False
    size = _size(held)
    wide = 1 / _FAR <= size / made.value <= _FAR
    lead = line.text[: span.start]
    return bool(_TOTAL.search(lead)) and wide and (made.sign == "times" or slip(size, made.value))


def _finding(held: Held, made: _Made) -> Finding:
    size = made.value * held.value / max(_size(held), 1e-12)
    verb = "make" if made.sign == "and" else "is"
    unit = made.parts[1]
    number = made.value * unit.value / max(_size(unit), 1e-12)
    return Finding(
        held.span,
        made.span,
        f"{made.told} {verb} {show(number)} {unit.unit}s, not {held.words}.",
        0.7,
        as_written(size, held.words) if held.unit == made.unit else None,
    )
