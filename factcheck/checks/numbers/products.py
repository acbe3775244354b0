"""A rate times a count against the total told: 240 million shares at 145p a share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import Line, as_written, show
from factcheck.checks.numbers.operands import Held, before_each, measured

_RATE = re.compile(r"^ ?(?:[a-z]+ )??(?:a|an|per|for every|each) (?P<noun>[a-z]+)\b", re.IGNORECASE)
_TOTAL = re.compile(
    r"\b(?:total\w*|worth|valu\w+|cost\w*|bill|price|pay|paid|comes? to|came to|in all|altogether"
    r"|raise[sd]?|bring\w*|brought|earn\w*|owe[sd]?|had|yield\w*|harvest\w*|produc\w+)\b",
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
            match = _RATE.match(line.text[rate.figure.quantity.span.end :])
            if rate.line is line and match and rate.figure.quantity.kind == "digits":
                yield from _product(rate, match["noun"].lower(), held)


def _product(rate: Held, noun: str, held: Sequence[Held]) -> Iterator[Finding]:
    counts = [one for one in held if one.figure is not rate.figure and _counts(one, noun)]
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
        yield Finding(
            total.span,
            counts[-1].span,
            f"{counts[-1].words} times {rate.words} make {show(right)}, not {total.words}.",
            0.75,
            as_written(right, total.words),
        )


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
