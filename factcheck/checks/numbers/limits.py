"""A figure on the wrong side of the one it is measured against: '41, well above the limit of 50'.

Also a record that does not beat the one before it. Lengths of time are left alone, for of times the
smaller is the better one, and so is what may be a difference ('three above the pass mark of 58').
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import FIGURE, Figure, Line
from factcheck.checks.numbers.operands import Held, before_each, measured
from factcheck.text.quantities import family, scaled

_DEGREE = r"(?:(?:well|just|far|slightly|somewhat|comfortably|still|a little|much|way|narrowly) )?"
_ABOVE = (
    r"above|over|more than|higher than|greater than|in excess of|beating|exceeding|surpassing"
    r"|topping|eclipsing|outstripping|ahead of"
)
_BELOW = r"below|under|short of|less than|fewer than|lower than|shy of|down on"
_REST = r"[^\u27e6\u27e7.;:()]"
_BESIDE = re.compile(
    rf"{FIGURE}(?P<gap>{_REST}{{0,40}}?, ){_DEGREE}(?:(?P<above>{_ABOVE})|(?P<below>{_BELOW}))"
    rf" (?P<what>the|its|their|his|her|a|last year's)(?: [\w'-]+){{0,5}}? {FIGURE}",
    re.IGNORECASE,
)
_RECORD = re.compile(
    rf"\ba record (?:of )?{FIGURE}{_REST}{{0,80}}?\b(?:beating|breaking|topping|up from|than)"
    rf" (?:the|its|their|last year's)(?: [\w'-]+){{0,4}}? {FIGURE}",
    re.IGNORECASE,
)
_OLD_RECORD = re.compile(
    rf"\b(?:old|previous|former) (?:record|best|high|mark|peak)(?: of| was| stood at) {FIGURE}",
    re.IGNORECASE,
)
_BEST = re.compile(
    r"\b(?:record|best (?:\w+ )?(?:ever|yet|on record|measured)|highest|largest|biggest|heaviest"
    r"|longest|tallest|most)\b",
    re.IGNORECASE,
)
_TURNED = re.compile(
    r"\b(?:golf\w*|par|strokes?|shots?|putts?|course record|went round|faults?|errors?|penalt\w+"
    r"|emissions?|fast\w*|quick\w*|time|lap|seconds?|minutes?|handicap|minus|below zero|low\w*"
    r"|light\w*|short\w*|small\w*|slow\w*|not|never|if|unless|would|could)\b|n't\b|-\u27e6",
    re.IGNORECASE,
)
"""Where less is more, or where nothing is told that has happened."""
_FAR = 50.0
"""Figures so many times apart are hardly measured against each other."""


def limits(lines: Sequence[Line]) -> Iterator[Finding]:
    """Figures that are not on the side of a limit, a record or a rival on which they are said."""
    for line, before, _ in before_each(lines):
        if _TURNED.search(line.mask):
            continue
        for match in _BESIDE.finditer(line.mask):
            one, other = (Held(line, line.figures[int(match[n])]) for n in (1, match.re.groups))
            yield from _wrong_side(one, other, bool(match["above"]))
        for match in _RECORD.finditer(line.mask):
            one, other = (Held(line, line.figures[int(number)]) for number in match.groups())
            yield from _wrong_side(one, other, above=True)
        for match in _OLD_RECORD.finditer(line.mask):
            yield from _not_beaten(line, before, line.figures[int(match[1])])


def _wrong_side(one: Held, other: Held, above: bool) -> Iterator[Finding]:
    sizes = _sizes(one, other)
    if sizes is None:
        return
    first, second = sizes
    if (first > second) == above or first == second:
        return
    than = "less" if above else "more"
    yield Finding(
        one.span,
        other.span,
        f"{one.words} is {than} than {other.words}, not {'above' if above else 'below'} it.",
        0.7,
    )


def _not_beaten(line: Line, before: Sequence[Line], old: Figure) -> Iterator[Finding]:
    """'It yielded 2.41 tonnes, the best ever. The old record of 2.46 was set in 1998'."""
    for earlier in before[-1:]:
        if not _BEST.search(earlier.text) or _TURNED.search(earlier.mask):
            continue
        record = Held(line, old)
        alike = [h for f in earlier.figures if _sizes(h := Held(earlier, f), record)]
        sizes = _sizes(alike[0], record) if len(alike) == 1 else None
        if sizes and sizes[0] < sizes[1]:
            yield Finding(
                record.span,
                alike[0].span,
                f"A record of {record.words} is more than {alike[0].words}, which is said to be the"
                " new one.",
                0.7,
            )


def _is_bare(held: Held) -> bool:
    """Whether nothing is told to be counted: 'above the limit of 50'."""
    return not held.figure.noun


def _sizes(one: Held, other: Held) -> tuple[float, float] | None:
    """Their sizes in one unit, where they can be compared.

    The second may lack its unit in the sentence of the first, and elsewhere if it has decimals:
    'the old record of 2.46'.
    """
    if not (measured(one.figure) and measured(other.figure)):
        return None
    if family(one.unit) == family(other.unit):
        sizes = scaled(one.figure.quantity), scaled(other.figure.quantity)
    elif not other.unit and (other.line is one.line or "." in other.words) and _is_bare(other):
        sizes = one.value, other.value
    else:
        return None
    low, high = sorted(sizes)
    return sizes if low > 0 and high / low <= _FAR else None
