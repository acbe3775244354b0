"""Shares that the figures beside them do not give: 'or one in five', 'that is a third', '82% full'.

A share is held against every pair of counts in its sentence and those before; it is flagged only
where none of them gives it, and where it is plain which two are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.derived import SIDES, SOFT, disagreeing, is_near, number_in
from factcheck.checks.numbers.figures import FIGURE, Figure, Line, show
from factcheck.checks.numbers.kin import are_kin
from factcheck.checks.numbers.operands import (
    Held,
    Pair,
    before_each,
    measured,
    operands,
    plain,
    words_between,
)
from factcheck.records import Span

_ROUND = r"(?:(?:just|only|some|about|around|roughly|nearly|almost|exactly|a mere) )?"
_SIGNED = re.compile(r"(?:^|[\s(])[+-]$")

_RATIO = rf"(?:(?P<top>one|{FIGURE}) (?:in|out of) (?:every )?{FIGURE}|{FIGURE})"
_OR_SHARE = re.compile(
    r"(?:\bor|\bthat is,?|\bso that|\bwhich is|\bi\.e\.|\bmeaning|\(|\u2014|-)"
    rf" ?(?:{SOFT}){_RATIO}",
    re.IGNORECASE,
)
_SO_MUCH = re.compile(
    rf"^(?:That|This|It) (?:is|was|makes?|made|means|represents|equals) {SOFT}{_RATIO}",
)
"""A share of two figures of the sentence before."""
_RATE_OF = re.compile(
    rf"\b(?:turnout|occupancy|(?:return|response|pass|success|survival|completion|attendance)"
    rf" rate)(?: \w+)? (?:of|was|is|at) {SOFT}{FIGURE}"
    rf"|{FIGURE} full\b",
    re.IGNORECASE,
)

_TIMES = "year|season|month|quarter|week|day|decade|time|previous|last|same"
"""After 'the 29% of the': of which time it is, and not of what."""
_SHARE_OF = re.compile(
    rf"(?<!than ){_ROUND}{_RATIO} of (?:the|its|their|all|those|these) (?!(?:{_TIMES})\b)",
    re.IGNORECASE,
)

_PART_OF = re.compile(rf"{FIGURE}(?: \w+)? (?:out )?of (?:the|its|their|those) {FIGURE}")
_PART_AND_WHOLE = re.compile(
    rf"\b(?:of|out of) (?:the |them\b|its |their )?(?:{FIGURE})?|\b(?:holds?|seats?|capacity)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Share:
    """A share as written, with where it stands and how far it may be off."""

    figure: Figure
    value: float
    slack: float
    span: Span


def shares_told(lines: Sequence[Line]) -> Iterator[Finding]:
    """'300 of 1,200, or one in five'; 'of the 240 nests 60 were lost. That is a third'."""
    for line, before, _ in before_each(lines):
        yield from _shares(line, before)


def _shares(line: Line, before: Sequence[Line]) -> Iterator[Finding]:
    told = [(match, True) for match in _OR_SHARE.finditer(line.mask)]
    told += [(match, False) for match in _SHARE_OF.finditer(line.mask)]
    for match, across in told:
        share = _share(line, match)
        if share is None:
            continue
        around = operands(line, before, lambda f: plain(f) and not f.quantity.unit, share.span)
        parts = [_part(pair) for pair in around.pairs()]
        if any(abs(p - share.value) <= share.slack for part in parts for p in (part, 1 - part)):
            continue
        pair = _part_of(line, share) or around.meant(across)
        if pair is None or _is_change(pair) or _are_sides(pair) or _are_unlike(pair):
            continue
        if is_near(_part(pair), share.value):
            yield _wrong_share(line, share, pair)
    for match in (*_SO_MUCH.finditer(line.mask), *_RATE_OF.finditer(line.mask)):
        share = _share(line, match) if match.re is _SO_MUCH else _rate(line, match)
        if share is not None:
            yield from _share_before(line, before, share)


def _share_before(line: Line, before: Sequence[Line], share: _Share) -> Iterator[Finding]:
    """'Of the 240 nests 60 were lost. That is a third', 'It holds 20,000 and was 82% full'."""
    around = operands(line, before[-1:], measured, share.span)
    counts = [h for h in (*around.earlier, *around.own) if not h.unit]
    for near in ([h for h in counts if h.line is line], counts):
        if len(near) != 2 or not _PART_AND_WHOLE.search(_sentences(near)):
            continue
        pair = near[0], near[1]
        fits = any(abs(p - share.value) <= share.slack for p in (_part(pair), 1 - _part(pair)))
        if not fits and not _is_change(pair) and is_near(_part(pair), share.value):
            yield _wrong_share(line, share, pair)
        return


def _sentences(pair: Sequence[Held]) -> str:
    """The words of the sentences of two figures."""
    return " ".join(dict.fromkeys(held.line.mask for held in pair))


def _wrong_share(line: Line, share: _Share, pair: Pair) -> Finding:
    shown = f"{show(round(_part(pair) * 100, 1))} percent"
    return disagreeing(line, share.span, pair, f"a share of {shown}", None)


def _rate(line: Line, match: re.Match[str]) -> _Share | None:
    """'A turnout of 57 percent', '82 per cent full'."""
    figure = line.figures[number_in(match)]
    quantity = figure.quantity
    if quantity.unit != "percent":
        return None
    slack = max(quantity.step * 0.6, 0.6) / 100 * (1.0 if quantity.bound == "exact" else 2.0)
    return _Share(figure, quantity.value / 100, slack, line.span(figure))


def _is_change(pair: Pair) -> bool:
    """Whether one became the other, or one is a change itself ('+3').

    A percentage beside them is no share, then.
    """
    one, other = pair
    if any(_SIGNED.search(h.line.text, 0, h.figure.quantity.span.start) for h in pair):
        return True
    if one.line is not other.line:
        return False
    lead = one.line.text[: one.figure.quantity.span.start]
    between = words_between(one, other)
    return bool(re.search(r"\bfrom\b", between) or re.search(r"\bfrom (?:\w+ ){0,2}$", lead))


def _are_sides(pair: Pair) -> bool:
    """Whether the two are the sides of a vote or score, neither of which is a part of the other."""
    one, other = pair
    between = words_between(one, other)
    return one.line is other.line and bool(SIDES.fullmatch(between))


def _are_unlike(pair: Pair) -> bool:
    """Whether they count two things, no one of which is a part of the other: tablets and grams."""
    one, other = (held.figure.noun for held in pair)
    return bool(one and other) and not are_kin(one, other)


def _part(pair: Pair) -> float:
    low, high = sorted((pair[0].value, pair[1].value))
    return low / high if high else 0.0


def _part_of(line: Line, share: _Share) -> Pair | None:
    """'9,120 of the 9,600 seats': the one such pair of the sentence."""
    found = [
        (line.figures[int(match[1])], line.figures[int(match[2])])
        for match in _PART_OF.finditer(line.mask)
    ]
    pairs = [
        (Held(line, part), Held(line, whole))
        for part, whole in found
        if share.figure not in (part, whole)
        and measured(part)
        and measured(whole)
        and part.quantity.value < whole.quantity.value
    ]
    return pairs[0] if len(pairs) == 1 else None


def _share(line: Line, match: re.Match[str]) -> _Share | None:
    """The share that was matched; None where it is a figure of another kind."""
    top, *groups = match.groups()
    numbers = [int(group) for group in groups if group]
    figure = line.figures[numbers[-1]]
    quantity = figure.quantity
    start = line.figures[numbers[0]].quantity.span.start
    if top:
        upper = 1.0 if top.lower() == "one" else line.figures[numbers[0]].quantity.value
        if not plain(figure) or quantity.unit or not upper < quantity.value <= 20:
            return None
        if top.lower() == "one":
            start = max(0, line.text.lower().rfind("one ", 0, start))
        value = upper / quantity.value
        slack = max(0.02, 0.06 * value)
    elif quantity.kind == "fraction" and not quantity.unit:
        value, slack = quantity.value, 0.035
    elif quantity.unit == "percent":
        value, slack = quantity.value / 100, max(quantity.step * 0.6, 0.6) / 100
    else:
        return None
    slack *= 1.0 if quantity.bound == "exact" or top else 2.0
    span = Span(start, quantity.span.end).shifted(line.parsed.span.start)
    return _Share(figure, value, slack, span)
