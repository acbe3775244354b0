"""Differences and shares that the figures beside them do not give.

Words tell how a figure was come by ('a majority of nine', 'or one in five'). It is held against
every pair of like figures in its sentence and those before; it is flagged only where none of them
gives it, and where it is plain which two are meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import FIGURE, Figure, Line, as_written, show, slip
from factcheck.checks.numbers.operands import (
    Held,
    Operands,
    Pair,
    before_each,
    both,
    measured,
    operands,
    plain,
)
from factcheck.records import Span

_MORE = r"more|fewer|less|taller|longer|wider|deeper|heavier|shorter|lighter"
_MEASURE = re.compile(r"\b(?:taller|longer|wider|deeper|heavier|shorter|lighter)\b", re.IGNORECASE)
"""Such a difference is only held against the measure that the sentence gives behind 'than'."""
_LEADS = r"majority|margin|lead|gap|advantage|cushion|difference|deficit|surplus"
_STEPS = rf"{_LEADS}|increase|rise|jump|gain|fall|drop|cut|decrease|reduction|saving|improvement"
_WINS = r"lead|leads|led|leading|ahead|w[io]ns?|winning|beat|beating|defeat\w*|trail\w*|behind"
_ROUND = r"(?:(?:just|only|some|about|around|roughly|nearly|almost|exactly|a mere) )?"
SOFT = r"(?:(?:just|only|some|about|around|roughly|nearly|almost|exactly|a mere|more than|over) )?"
"""Words that may stand before a figure."""
_DIFFERENCE = re.compile(
    rf"\b(?:{_LEADS}) of {SOFT}{FIGURE}"
    rf"|{FIGURE}[- ](?:votes?|seats?|points?|goals?|runs?|seconds?)[- ](?:{_LEADS})\b"
    rf"|{FIGURE} (?:[a-z]+ )?(?:{_MORE}) than\b"
    rf"|, (?:which is |or |that is )?{FIGURE} (?:more|fewer|less)\b"
    rf"|, {SOFT}{FIGURE} (?:above|below|short of|under|over) (?:the|its) \u27e6"
    rf"|\b(?:{_WINS}) (?:[\w ]{{0,20}} )?by {SOFT}{FIGURE}(?!-\u27e6|(?: \w+)? to \u27e6)"
    rf"|\bbeat(?:ing|s)? the (?:[\w' -]{{0,40}}) of \u27e6\d+\u27e7 by {SOFT}{FIGURE}",
    re.IGNORECASE,
)
_TAKEN_UP = re.compile(
    rf"\b(?:the|that) (?:extra |additional )?{FIGURE}[- ](?:{_STEPS})\b"
    rf"|\bthe (?:extra|additional) {FIGURE}"
    rf"|\bthe (?:{_STEPS})(?: is| was| of| comes to| came to) {SOFT}{FIGURE}"
    rf"|\b(?:majority|margin) of {SOFT}{FIGURE}",
    re.IGNORECASE,
)
"""A difference of two figures of the sentence before."""
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
_SIDES = re.compile(r"-|\u2013| to |(?: \w+){0,2} to (?:[\w']+ ){0,2}")
_PART_OF = re.compile(rf"{FIGURE}(?: \w+)? (?:out )?of (?:the|its|their|those) {FIGURE}")
_PART_AND_WHOLE = re.compile(
    rf"\b(?:of|out of) (?:the |them\b|its |their )?(?:{FIGURE})?|\b(?:holds?|seats?|capacity)\b",
    re.IGNORECASE,
)
_SURE, _LIKELY = 0.8, 0.65
_FAR = 3.4
"""A result so many times off is more likely of other figures than wrong."""
_GAP = re.compile(r"(?: [\w'-]+){0,6}, (?:\w+ ){0,2}")
_SIGNED = re.compile(r"(?:^|[\s(])[+-]$")


@dataclass(frozen=True)
class _Share:
    """A share as written, with where it stands and how far it may be off."""

    figure: Figure
    value: float
    slack: float
    span: Span


def derived(lines: Sequence[Line]) -> Iterator[Finding]:
    """'31 votes to 24, a majority of nine'; '300 of 1,200, or one in five'."""
    for line, before, _ in before_each(lines):
        yield from _differences(line, before)
        yield from _taken_up(line, before)
        yield from _shares(line, before)


def _taken_up(line: Line, before: Sequence[Line]) -> Iterator[Finding]:
    """'It rose from £80m to £84m. Half of the £40m increase …'."""
    for match in _TAKEN_UP.finditer(line.mask):
        said = line.figures[_number(match)]
        if not measured(said) or said.quantity.bound != "exact":
            continue
        like = _like(said.quantity.unit, line, before)
        pair = operands(line, before, like, line.span(said)).set_against()
        if pair is None or any(_is_difference(held) for held in pair):
            continue
        low, high = said.quantity.interval
        right = abs(pair[0].value - pair[1].value)
        if not low <= right <= high and _is_near(right, said.quantity.value):
            yield _finding(line, line.span(said), pair, f"a difference of {show(right)}",
                           as_written(right, line.words(said)))  # fmt: skip


def _differences(line: Line, before: Sequence[Line]) -> Iterator[Finding]:
    for match in _DIFFERENCE.finditer(line.mask):
        said = line.figures[_number(match)]
        quantity = said.quantity
        if quantity.bound != "exact" or quantity.kind not in {"digits", "words"}:
            continue
        around = operands(line, before, _like(quantity.unit, line, before), line.span(said))
        low, high = quantity.interval
        if any(low <= abs(one.value - other.value) <= high for one, other in around.pairs()):
            continue
        pair = _compared(line, said, around)
        if pair is None and not _MEASURE.search(match[0]):
            pair = _sides(line, said, around) or around.meant()
        if pair is None or any(_is_difference(held) for held in pair):
            continue
        right = abs(pair[0].value - pair[1].value)
        if _is_near(right, quantity.value):
            yield _finding(line, line.span(said), pair, f"a difference of {show(right)}",
                           as_written(right, line.words(said)))  # fmt: skip


def _is_difference(held: Held) -> bool:
    """Whether a figure is itself a difference: 'by 5,002', but not 'by 31 to 24'."""
    lead = held.line.text[: held.figure.quantity.span.start]
    following = held.line.text[held.figure.quantity.span.end :]
    is_side = re.match(r"(?: \w+)?(?: to |-|\u2013)\d", following)
    return not is_side and bool(re.search(r"\bby (?:[a-z]+ ){0,3}$", lead))


def _like(unit: str, line: Line, before: Sequence[Line]) -> Callable[[Figure], bool]:
    """Whether a figure is one that a difference in that unit can be of."""
    near = [figure.quantity.unit for one in (*before[-1:], line) for figure in one.figures]
    units = {"", "point"} if unit in {"", "point"} else {unit}
    if unit == "point" and "percent" in near:
        units = {"percent", "point"}
    return lambda figure: plain(figure) and figure.quantity.unit in units


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
        if pair is None or _is_change(pair) or _are_sides(pair):
            continue
        if _is_near(_part(pair), share.value):
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
        if len(near) != 2 or not _PART_AND_WHOLE.search(_between_lines(near)):
            continue
        pair = near[0], near[1]
        fits = any(abs(p - share.value) <= share.slack for p in (_part(pair), 1 - _part(pair)))
        if not fits and not _is_change(pair) and _is_near(_part(pair), share.value):
            yield _wrong_share(line, share, pair)
        return


def _between_lines(pair: Sequence[Held]) -> str:
    """The sentences of two figures."""
    lines = dict.fromkeys(held.line.number for held in pair)
    texts = {held.line.number: held.line.mask for held in pair}
    return " ".join(texts[number] for number in lines)


def _wrong_share(line: Line, share: _Share, pair: Pair) -> Finding:
    shown = f"{show(round(_part(pair) * 100, 1))} percent"
    return _finding(line, share.span, pair, f"a share of {shown}", None)


def _rate(line: Line, match: re.Match[str]) -> _Share | None:
    """'A turnout of 57 percent', '82 per cent full'."""
    figure = line.figures[_number(match)]
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
    between = one.line.text[one.figure.quantity.span.end : other.figure.quantity.span.start]
    return bool(re.search(r"\bfrom\b", between) or re.search(r"\bfrom (?:\w+ ){0,2}$", lead))


def _are_sides(pair: Pair) -> bool:
    """Whether the two are the sides of a vote or score, neither of which is a part of the other."""
    one, other = pair
    between = one.line.text[one.figure.quantity.span.end : other.figure.quantity.span.start]
    return one.line is other.line and bool(_SIDES.fullmatch(between))


def _part(pair: Pair) -> float:
    low, high = sorted((pair[0].value, pair[1].value))
    return low / high if high else 0.0


def _finding(line: Line, place: Span, pair: Pair, gives: str, correction: str | None) -> Finding:
    one, other = pair
    start = line.parsed.span.start
    said = line.text[place.start - start : place.end - start]
    return Finding(
        place,
        both(one, other),
        f"{one.words} and {other.words} give {gives}, not {said}.",
        _SURE if one.line is other.line else _LIKELY,
        correction,
    )


def _is_near(right: float, said: float) -> bool:
    return 1 / _FAR <= right / max(said, 1e-9) <= _FAR or slip(right, said)


def _compared(line: Line, said: Figure, around: Operands) -> Pair | None:
    """'154 seats, four more than the 151 needed': the figure after 'than' and the first before."""
    behind = [h for h in around.own if h.figure.quantity.span.start > said.quantity.span.end]
    ahead = [h for h in around.own if h.figure.quantity.span.end < said.quantity.span.start]
    if not behind or not ahead:
        return None
    between = line.text[said.quantity.span.end : behind[0].figure.quantity.span.start]
    than = re.fullmatch(rf" (?:\w+ )?(?:{_MORE}) than (?:the |its )?", between)
    beside = re.fullmatch(r",? (?:above|below|short of|under|over) (?:the |its )", between)
    if not than and (not beside or not _GAP.fullmatch(_gap(line, ahead[-1], said))):
        return None
    return (ahead[0] if than else ahead[-1], behind[0])


def _gap(line: Line, held: Held, said: Figure) -> str:
    return line.text[held.figure.quantity.span.end : said.quantity.span.start]


def _sides(line: Line, said: Figure, around: Operands) -> Pair | None:
    """'40-29', '31 votes to 24': the two sides nearest before the figure."""
    ahead = [h for h in around.own if h.figure.quantity.span.end < said.quantity.span.start]
    for one, other in reversed(list(pairwise(ahead))):
        between = line.text[one.figure.quantity.span.end : other.figure.quantity.span.start]
        if _SIDES.fullmatch(between):
            return one, other
    return None


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


def _number(match: re.Match[str]) -> int:
    return next(int(group) for group in match.groups() if group and group.isdigit())
