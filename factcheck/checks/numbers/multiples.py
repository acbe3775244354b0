"""What so many of a size make, and what a first and a further amount make, told elsewhere.

'83 sections of ten metres each … the path is 830 kilometres long'; '800 hectares and a further
400 … the loss of 1,200 square kilometres'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import FIGURE, Figure, Line, as_written, show, slip
from factcheck.checks.numbers.kin import are_kin
from factcheck.checks.numbers.operands import Held
from factcheck.text.quantities import MONEY, TIME_UNITS, family, scaled, size_of

_NOUN = r"(?: [a-z][\w'-]*){1,4}?"
_WORDS = r"(?:[a-z][\w'-]* ){0,4}?"
_TIMES = (
    re.compile(rf"{FIGURE}{_NOUN}(?:, (?:a \w+, )?| )each (?:of )?{_WORDS}{FIGURE}"),
    re.compile(
        rf"{FIGURE}{_NOUN},? (?:\w+ ){{0,4}}?{FIGURE}(?: [a-z]+){{0,2}} (?:each|apiece|a piece)\b"
    ),
    re.compile(rf"\b[Ee]ach of (?:the |its |his |her |their )?{FIGURE}{_NOUN} {_WORDS}{FIGURE}"),
    re.compile(
        rf"{FIGURE} (?:equal|identical|matching|monthly|annual|yearly|weekly)(?: \w+)? of {FIGURE}"
    ),
)
_FURTHER = re.compile(
    rf"{FIGURE}[^\u27e6\u27e7]{{0,90}}?"
    rf"\b(?:another|a further|an extra|an additional|plus) {FIGURE}",
    re.IGNORECASE,
)
_SOLD = re.compile(
    rf"{FIGURE}(?: [a-z][\w-]*){{0,3}} (?:at|for) {FIGURE}(?: each| apiece)?(?=,| and\b|[.;]|$)"
)
_SIDES = re.compile(
    rf"{FIGURE} (?:wide|broad|long|deep|across)(?:,| and| by) {FIGURE} (?:wide|broad|long|deep)"
    rf"|{FIGURE} by {FIGURE}",
)
_SQUARES = {"metre": "square metre", "kilometre": "square kilometre", "mile": "square mile"}
_TOTAL = re.compile(
    r"\b(?:the|those|these|all|total(?:ling|led|s)? (?:of )?"
    r"|(?:makes?|made|making|altogether|in all),?"
    r"|the (?:total|loss|cost|price|bill|sum|haul|whole|takings|proceeds)"
    r" (?:of|was|is|(?:comes|came|amount(?:s|ed)) to))"
    r"(?: \w+)? $|^",
    re.IGNORECASE,
)
_RATE = re.compile(r" (?:a|an|per|each|every|apiece)\b", re.IGNORECASE)
_PART = re.compile(r" (?:more|of (?:the|them|it))\b")
_TENS = (10, 100, 1000, 1e4, 1e6)
_VAGUELY = 0.1
_MOST = 60
"""Amounts of an article that are looked at: keeps the cost linear."""
_FAR = 1.67
_BACK = 3


@dataclass(frozen=True)
class _Made:
    """An amount that figures of one sentence make."""

    number: float
    """In its own unit."""
    unit: str
    noun: str
    """What is counted, where it has no unit."""
    parts: tuple[Held, ...]
    told: str
    """How it is made, in words."""
    product: bool

    @property
    def size(self) -> float:
        """In the unit of its family."""
        return self.number * size_of(self.unit)


def multiples(lines: Sequence[Line]) -> Iterator[Finding]:
    """Amounts that are not what figures elsewhere make, by a scale or a slip."""
    made = [one for line in lines for one in _made(line)][:_MOST]
    held = [Held(line, f) for line in lines for f in line.figures if made and _is_plain(f)]
    for one in made:
        own = [part.figure for part in one.parts]
        others = [h for h in held if h.figure not in own and _is_alike(h, one)]
        if any(_is_near(h, one) for h in others):
            continue
        wrong = [h for h in others if _is_scale(h, one)] or [h for h in others if _is_slip(h, one)]
        if len({h.value for h in wrong}) == 1:
            yield _finding(wrong[-1], one)


def _made(line: Line) -> Iterator[_Made]:
    yield from _times(line)
    yield from _further(line)
    yield from _areas(line)
    yield from _sold(line)


def _is_plain(figure: Figure) -> bool:
    quantity = figure.quantity
    counted = quantity.kind in {"digits", "words"} and quantity.low == quantity.high
    return counted and quantity.unit not in {"percent", "point"} | TIME_UNITS


def _size(held: Held) -> float:
    return scaled(held.figure.quantity)


def _is_alike(held: Held, made: _Made) -> bool:
    """Whether both are of one kind: of one family of units, of money, or of one thing counted."""
    if not made.unit or not held.unit:
        return held.unit == made.unit and are_kin(made.noun, held.figure.noun)
    return family(held.unit) == family(made.unit) or {held.unit, made.unit} <= MONEY


def _is_near(held: Held, made: _Made) -> bool:
    if family(held.unit) != family(made.unit):
        return False
    quantity, size = held.figure.quantity, _size(held)
    slack = _VAGUELY * made.size if quantity.bound != "exact" else 1e-6 * made.size
    step = quantity.step / 2 if quantity.step > 1 or quantity.unit else 0.0
    return abs(size - made.size) <= max(slack, step * size_of(held.unit))


def _exact(*held: Held) -> bool:
    return all(h.figure.quantity.bound == "exact" and _is_plain(h.figure) for h in held)


def _times(line: Line) -> Iterator[_Made]:
    for pattern in _TIMES:
        for match in pattern.finditer(line.mask):
            count, size = (Held(line, line.figures[int(number)]) for number in match.groups())
            whole = count.value == int(count.value) and not count.unit and count.value > 1
            if whole and _exact(count, size) and (size.unit or size.figure.noun):
                told = f"{count.words} times {size.words}"
                number = count.value * size.value
                noun = "" if size.unit else size.figure.noun
                yield _Made(number, size.unit, noun, (count, size), told, True)


def _areas(line: Line) -> Iterator[_Made]:
    """'40 metres wide and 50 metres deep'."""
    for match in _SIDES.finditer(line.mask):
        numbers = [int(number) for number in match.groups() if number]
        one, other = (Held(line, line.figures[number]) for number in numbers)
        unit = _SQUARES.get(other.unit, "")
        if unit and one.unit in {"", other.unit} and _exact(one, other):
            told = f"{one.words} times {other.words}"
            yield _Made(one.value * other.value, unit, "", (one, other), told, True)


def _further(line: Line) -> Iterator[_Made]:
    for match in _FURTHER.finditer(line.mask):
        one, other = (Held(line, line.figures[int(number)]) for number in match.groups())
        if one.unit and one.unit == other.unit and _exact(one, other):
            told = f"{one.words} and {other.words}"
            yield _Made(one.value + other.value, one.unit, "", (one, other), told, False)


def _sold(line: Line) -> Iterator[_Made]:
    """'400 tickets at £12 and 200 at £20'."""
    pairs = [
        (Held(line, line.figures[int(match[1])]), Held(line, line.figures[int(match[2])]))
        for match in _SOLD.finditer(line.mask)
    ]
    units = {price.unit for _, price in pairs}
    if len(pairs) < 2 or len(units) != 1 or not units <= MONEY:
        return
    if _exact(*(held for pair in pairs for held in pair)) and not any(c.unit for c, _ in pairs):
        told = " and ".join(f"{count.words} at {price.words}" for count, price in pairs)
        number = sum(count.value * price.value for count, price in pairs)
        parts = tuple(held for pair in pairs for held in pair)
        yield _Made(number, units.pop(), "", parts, told, True)


def _is_scale(held: Held, made: _Made) -> bool:
    """Whether it has the digits of what is made, but another scale word or unit."""
    size = _size(held)
    if held.unit != made.unit and abs(held.value - made.number) <= 1e-6 * made.number:
        return True
    times = max(size, made.size) / max(min(size, made.size), 1e-12)
    return held.unit == made.unit and any(abs(times / ten - 1) < 1e-6 for ten in _TENS)


def _is_slip(held: Held, made: _Made) -> bool:
    """Whether it is told near by as the whole, and off by little or by a digit."""
    line, span = held.line, held.figure.quantity.span
    if held.unit != made.unit or held.value in {part.value for part in made.parts}:
        return False
    if abs(line.number - made.parts[0].line.number) > _BACK:
        return False
    if _RATE.match(line.text, span.end) or _PART.match(line.text, span.end):
        return False
    wide = 1 / _FAR <= _size(held) / made.size <= _FAR
    told = _TOTAL.search(line.text[: span.start])
    return bool(told) and wide and (made.product or slip(held.value, made.number))


def _finding(held: Held, made: _Made) -> Finding:
    verb = "is" if made.product else "make"
    unit = f"{made.unit}s" if made.unit else made.noun
    return Finding(
        held.span,
        made.parts[0].line.span(*(part.figure for part in made.parts)),
        f"{made.told} {verb} {show(made.number)} ({unit}), not {held.words}.",
        0.7,
        as_written(made.number, held.words) if held.unit == made.unit else None,
    )
