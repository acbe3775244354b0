"""A rate times a count against the total told: 240 million shares at 145p a share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import Line, as_written, show, sum_written
from factcheck.checks.numbers.operands import Held, before_each, measured

_RATE = re.compile(r"^ ?(?:[a-z]+ )??(?:a|an|per|for every|each) (?P<noun>[a-z]+)\b", re.IGNORECASE)
_EACH = re.compile(r"(?: \w+){0,2} (?:each|apiece)\b", re.IGNORECASE)
_LINKS = frozenset("to in for at by from on and of with".split())
"""After 'each' they are no thing that is counted."""
_EACH_BEFORE = re.compile(r"^Each\b[^.;:]*$")
_A_MONTH = {"month": 12.0, "week": 52.0}
_A_YEAR = re.compile(
    r"\b(?:over|in|for|across) (?:a|the) (?:full |whole |entire )?year\b|\ba year\b", re.IGNORECASE
)
_TOTAL = re.compile(
    r"\b(?:total\w*|worth|valu\w+|cost\w*|bill|price|pay|paid|comes? to|came to|in all|altogether"
    r"|rais(?:e[sd]?|ing)|bring\w*|brought|earn\w*|owe[sd]?|had|yield\w*|harvest\w*|produc\w+)\b",
    re.IGNORECASE,
)
_HUNDREDTHS = {"pence": "pound", "cent": "dollar"}
_TOLERANCE = 0.04
_TENS = (0.001, 0.01, 0.1, 10.0, 100.0, 1000.0)
"""By such a factor a total is off that has a wrong scale word or a lost zero."""


def products(lines: Sequence[Line]) -> Iterator[Finding]:
    """Totals that the one rate and the one count beside them do not make."""
    for line, before, following in before_each(lines):
        near = [*before, line, *([following] if following else [])]
        held = [Held(one, f) for one in near for f in one.figures if measured(f)]
        for rate in held:
            if rate.line is line and rate.figure.quantity.kind == "digits":
                yield from _of_rate(rate, [*before[-1:], line], held)


def _of_rate(rate: Held, near: Sequence[Line], held: Sequence[Held]) -> Iterator[Finding]:
    match = _RATE.match(rate.line.text[rate.figure.quantity.span.end :])
    noun = match["noun"].lower() if match else ""
    if noun in _A_MONTH:
        yield from _yearly(rate, _A_MONTH[noun], held)
    elif noun and noun not in _LINKS:
        yield from _product(rate, [one for one in held if _counts(one, noun)], held)
    elif _is_each(rate):
        yield from _product(rate, _counted_before(rate, near), held)


def _is_each(rate: Held) -> bool:
    """'€150 apiece', 'each sells for €3,000'."""
    quantity = rate.figure.quantity
    lead = rate.line.text[: quantity.span.start]
    behind = _EACH.match(rate.line.text, quantity.span.end)
    return bool(rate.unit) and bool(behind or _EACH_BEFORE.match(lead))


def _counted_before(rate: Held, near: Sequence[Line]) -> list[Held]:
    """The counts before a rate, where there is but one in its sentence, or else in the last."""
    for line in reversed(near):
        counts = [Held(line, f) for f in line.figures if measured(f) and not f.quantity.unit]
        counts = [held for held in counts if held.span.end <= rate.span.start and held.value > 1]
        if counts:
            return counts
    return []


def _yearly(rate: Held, times: float, held: Sequence[Held]) -> Iterator[Finding]:
    """'$150 a month, $1,500 over a full year'."""
    yearly = [
        one
        for one in held
        if one.figure is not rate.figure
        and one.unit == rate.unit
        and _A_YEAR.match(one.line.text, one.figure.quantity.span.end + 1)
    ]
    right = rate.value * times
    if right == 0 or len(yearly) != 1 or not _is_alone(rate, held):
        return
    off = yearly[0].value / right
    if 0.6 <= off <= 1.67 and abs(off - 1) > _TOLERANCE:
        yield _finding(yearly[0], rate, f"{show(times)} times {rate.words}", right)


def _is_alone(rate: Held, held: Sequence[Held]) -> bool:
    """Whether no other figure of its unit is told for the same time."""
    per = rate.figure.quantity.rate
    alike = [one for one in held if one.unit == rate.unit and one.figure.quantity.rate == per]
    return len(alike) == 1


def _finding(total: Held, source: Held, made: str, right: float) -> Finding:
    return Finding(
        total.span,
        source.span,
        f"{made} make {sum_written(right, total.words)}, not {total.words}.",
        0.75,
        as_written(right, total.words),
    )


def _product(rate: Held, counts: Sequence[Held], held: Sequence[Held]) -> Iterator[Finding]:
    counts = [one for one in counts if one.figure is not rate.figure]
    totals = [one for one in held if one.figure is not rate.figure and _is_total(one, rate)]
    if len({count.value for count in counts}) != 1 or not totals:
        return
    each = rate.value / 100 if rate.unit in _HUNDREDTHS else rate.value
    right = each * counts[-1].value
    if any(_is_about(total, right) for total in totals):
        return
    total = next((one for one in totals if one.line is rate.line), totals[-1])
    times = total.value / right
    if 0.6 <= times <= 1.67 or any(abs(times / ten - 1) < _TOLERANCE for ten in _TENS):
        yield _finding(total, counts[-1], f"{counts[-1].words} times {rate.words}", right)


def _counts(held: Held, noun: str) -> bool:
    """Whether it is a number of what the rate is for."""
    single = noun.removesuffix("s")
    return held.value > 1 and single in {held.figure.noun.lower().removesuffix("s"), held.unit}


def _is_total(held: Held, rate: Held) -> bool:
    """Whether it is of what the rate gives, and told as a total."""
    unit = _HUNDREDTHS.get(rate.unit, rate.unit)
    same = held.unit == unit and bool(unit or held.figure.noun == rate.figure.noun)
    return same and _TOTAL.search(held.line.text) is not None


def _is_about(total: Held, right: float) -> bool:
    return abs(total.value - right) <= max(_TOLERANCE * right, total.figure.quantity.step / 2)
