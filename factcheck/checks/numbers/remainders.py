"""What is left of a total: 'of the 48 lorries 31 were unloaded; the other nineteen were stopped'.

A remainder is held against every total and every choice of parts in its sentence and those before
it. It is flagged only where none of them makes it, and where the words tell the total, or a total
told before is missed by little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import FIGURE, Line, as_written, show, slip
from factcheck.checks.numbers.operands import (
    Held,
    both,
    measured,
    operands,
    words_between,
)

_REST = re.compile(
    r"\b(?:the|its|their|his|her|all) (?:other|others?,|remaining|rest,?(?: some)?) (?:\w+ly )?"
    rf"{FIGURE}"
    rf"|\b(?:leaving|left) (?:\w+ ){{0,2}}?(?:just |only |with )?{FIGURE}"
    rf"|\bthe (?:rest|remainder|others)[^\u27e6\u27e7.;]{{0,12}}?,? {FIGURE}"
    rf"|\bthe {FIGURE}(?: \w+)? (?:who|that|which)"
    r" (?:did|do|had|have|were|are|could) ?(?:not|n['’]t)\b"
    rf"|\bthe {FIGURE}(?: \w+)? (?:that|which|who) (?:remains?|remained|are left|is left)\b"
    rf"|\bthe {FIGURE}(?: \w+)? (?:that|which|who) (?:gave up|dropped out|failed"
    r"|stayed (?:away|at home)"
    r"|withdrew|retired|refused|abstained|missed|never|lost|were (?:absent|missing|left|turned away"
    r"|rejected|refused))\b"
    rf"|\bthe {FIGURE} (?:remaining|left)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    rf"\b(?:of|among|out of) (?:the|its|their|his|her|those|these) (?:\w+ )?{FIGURE}"
    rf"|{FIGURE}(?: [\w'-]+){{0,3}}, of (?:which|whom|them)\b"
    rf"|^(?:Of|All) (?:the )?{FIGURE}|\ball (?:the )?{FIGURE}",
    re.IGNORECASE,
)
_PERCENT_SLACK = 1.5
_OF_THEM = re.compile(r"(?: \w+)? of (?:them|these|those)\b")
_MOST_PARTS = 5
_MOST_FIGURES = 8
"""Figures before a remainder of which every choice is tried."""
_LEAST_TOTAL = 10
_LARGE = 100
"""From here on a wrong digit makes two numbers near each other."""
_BACK, _FAR = 2, 5
"""Sentences before one that its remainder may count from, and those in which only the total of a
large one may stand."""

Whole = tuple[Held, list[Held]]
"""A total with its parts."""


def remainders(lines: Sequence[Line]) -> Iterator[Finding]:
    """'The other nineteen' where the total and the parts before it leave another number."""
    for at, line in enumerate(lines):
        for match in _REST.finditer(line.mask):
            number = next(int(group) for group in match.groups() if group)
            left = Held(line, line.figures[number])
            if left.figure.quantity.bound != "exact":
                continue
            if left.unit == "percent":
                yield from _of_hundred(lines[max(0, at - 1) : at], left)
            elif measured(left.figure):
                yield from _remainder(_before(lines[max(0, at - _FAR) : at], left), left)


def _of_hundred(near: Sequence[Line], left: Held) -> Iterator[Finding]:
    """'62 percent said yes and 28 percent no. The other 20 percent could not say'."""
    shares = [
        Held(line, figure)
        for line in (*near, left.line)
        for figure in line.figures
        if figure.quantity.unit == "percent" and figure is not left.figure
    ]
    shares = [held for held in shares if held.span.end <= left.span.start]
    for at in range(len(shares)):
        if abs(100 - sum(h.value for h in shares[at:]) - left.value) <= _PERCENT_SLACK:
            return
    beside = [held for held in shares if held.line is left.line] or shares
    rest = 100 - sum(held.value for held in beside)
    exact = all(held.figure.quantity.bound == "exact" for held in beside)
    if len(beside) in {2, 3} and exact and 0 < rest < 100:
        told = " and ".join(held.words for held in beside)
        yield Finding(
            left.span,
            both(beside[0], beside[-1]),
            f"Of a hundred percent, {told} leave {show(rest)}, not {left.words}.",
            0.7,
            as_written(rest, left.words),
        )


def _before(near: Sequence[Line], left: Held) -> list[Held]:
    """The figures of its unit in the sentences before it, and before it in its own."""
    around = operands(
        left.line, near, lambda f: measured(f) and f.quantity.unit == left.unit, left.span
    )
    beside = near[-_BACK:]
    earlier = [h for h in around.earlier if h.line in beside or h.value > left.value >= _LARGE]
    own = [held for held in around.own if held.span.end <= left.span.start]
    return [*earlier, *own]


def _remainder(before: Sequence[Held], left: Held) -> Iterator[Finding]:
    low, high = left.figure.quantity.interval
    told = _by_words(before)
    if any(low <= rest <= high for rest in _rests(before, told)):
        return
    whole = told or _by_nearness(before, left)
    if whole is None:
        return
    total, parts = whole
    rest = total.value - sum(part.value for part in parts)
    nouns = {held.figure.noun for held in (total, *parts)}
    alike = not left.figure.noun or left.figure.noun in nouns
    if alike and rest >= 1 and 1 / 3 <= rest / left.value <= 3:
        yield Finding(
            left.span,
            total.span,
            f"{total.words} less {' and '.join(part.words for part in parts)} leave {show(rest)},"
            f" not {left.words}.",
            0.8 if told else 0.6,
            as_written(rest, left.words),
        )


def _rests(before: Sequence[Held], told: Whole | None) -> Iterator[float]:
    """What any of the figures leaves less any choice of the others.

    Of a total that the words give, the first part that its sentence names is always taken: those
    after it may be parts of that part.
    """
    held = list(before)[-_MOST_FIGURES:]
    first = _first_part(*told) if told else None
    for at, total in enumerate(held):
        others = held[:at] + held[at + 1 :]
        needed = first if told and total is told[0] else None
        for size in range(1, min(_MOST_PARTS, len(others)) + 1):
            for chosen in combinations(others, size):
                if needed is None or needed in chosen:
                    yield total.value - sum(part.value for part in chosen)


def _first_part(total: Held, parts: Sequence[Held]) -> Held | None:
    """The first part in the total's sentence, where nothing says that other things are counted."""
    first = next((part for part in parts if part.line is total.line), None)
    return first if first and first.figure.noun in {"", total.figure.noun} else None


def _by_words(before: Sequence[Held]) -> Whole | None:
    """The last total that the words give, with the parts after it, or one right before it."""
    for at in range(len(before) - 1, -1, -1):
        total = before[at]
        if not (_is_named(total) or _is_taken_up(before[at : at + 2])):
            continue
        parts = [held for held in before[at + 1 :] if held.value < total.value]
        if not parts and at and _is_part_of(before[at - 1], total):
            parts = [before[at - 1]]
        if parts and len(parts) <= _MOST_PARTS:
            return total, parts
    return None


def _is_taken_up(pair: Sequence[Held]) -> bool:
    """'120 drivers … 90 of them': whether the next figure is told to be a part."""
    if len(pair) < 2 or pair[0].line is not pair[1].line or pair[0].value <= pair[1].value:
        return False
    part = pair[1]
    return _OF_THEM.match(part.line.text, part.figure.quantity.span.end) is not None


def _is_named(total: Held) -> bool:
    number = total.line.figures.index(total.figure)
    matches = _TOTAL.finditer(total.line.mask)
    return any(str(number) in match.groups() for match in matches)


def _is_part_of(part: Held, total: Held) -> bool:
    """'Thirty of the 46': whether the part stands right before its total."""
    if part.line is not total.line:
        return False
    between = words_between(part, total)
    return bool(re.fullmatch(r"(?: \w+)? (?:out )?of (?:the |its |their )?", between))


def _by_nearness(before: Sequence[Held], left: Held) -> Whole | None:
    """A total of an earlier sentence that the parts after it nearly leave the remainder of."""
    found: list[tuple[int, float, Whole]] = []
    for at, total in enumerate(before):
        parts = [held for held in before[at + 1 :] if held.value < total.value]
        if total.line is left.line or total.value < _LEAST_TOTAL:
            continue
        for size in range(1, min(_MOST_PARTS, len(parts)) + 1):
            rest = total.value - sum(part.value for part in parts[:size])
            off = abs(rest - left.value)
            if rest > 0 and (off <= 2 or (rest >= _LARGE and slip(rest, left.value))):
                found.append((-size, off, (total, parts[:size])))
    return min(found, key=lambda one: one[:2])[2] if found else None
