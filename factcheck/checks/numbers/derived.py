"""Differences that the figures beside them do not give.

Words tell how a figure was come by ('a majority of nine'). It is held against
every pair of like figures in its sentence and those before; it is flagged only where none of them
gives it, and where it is plain which two are meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import FIGURE, Figure, Line, as_written, slip, sum_written
from factcheck.checks.numbers.operands import (
    Held,
    Operands,
    Pair,
    before_each,
    both,
    measured,
    operands,
    plain,
    words_between,
)
from factcheck.records import Span
from factcheck.text.clauses import clause, names

_MORE = r"more|fewer|less|taller|longer|wider|deeper|heavier|shorter|lighter"
_MEASURE = re.compile(r"\b(?:taller|longer|wider|deeper|heavier|shorter|lighter)\b", re.IGNORECASE)
"""Such a difference is only held against the measure that the sentence gives behind 'than'."""
_LEADS = r"majority|margin|lead|gap|advantage|cushion|difference|deficit|surplus"
_STEPS = rf"{_LEADS}|increase|rise|jump|gain|fall|drop|cut|decrease|reduction|saving|improvement"
_WINS = r"lead|leads|led|leading|ahead|w[io]ns?|winning|beat|beating|defeat\w*|trail\w*|behind"
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
SIDES = re.compile(r"-|\u2013| to |(?: \w+){0,2} to (?:[\w']+ ){0,2}")
"""Between the two sides of a vote or score."""
_UNDONE = re.compile(
    r"\b(?:wip\w+ out|overtur\w+|eras\w+|cancel\w+ out|ma(?:ke|de|king) up|claw\w+ back"
    r"|overc[oa]m\w+|revers\w+|recover\w+ from)\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
"""Before a lead or deficit of an earlier game."""
_PART_OF = re.compile(r"(?: \w+)? (?:out )?of (?:[\w']+ ){0,3}")
_SURE, _LIKELY = 0.8, 0.65
_FAR = 3.4
"""A result so many times off is more likely of other figures than wrong."""
_GAP = re.compile(r"(?: [\w'-]+){0,6}, (?:\w+ ){0,2}")


def derived(lines: Sequence[Line]) -> Iterator[Finding]:
    """'31 votes to 24, a majority of nine'."""
    for line, before, _ in before_each(lines):
        yield from _differences(line, before)
        yield from _taken_up(line, before)


def _taken_up(line: Line, before: Sequence[Line]) -> Iterator[Finding]:
    """'It rose from £80m to £84m. Half of the £40m increase …'."""
    for match in _TAKEN_UP.finditer(line.mask):
        said = line.figures[number_in(match)]
        if not measured(said) or said.quantity.bound != "exact":
            continue
        like = _like(said.quantity.unit, line, before)
        pair = operands(line, before, like, line.span(said)).set_against()
        if pair is None or any(_is_difference(held) for held in pair):
            continue
        low, high = said.quantity.interval
        right = abs(pair[0].value - pair[1].value)
        if not low <= right <= high and is_near(right, said.quantity.value):
            yield _difference(line, said, pair, right)


def _differences(line: Line, before: Sequence[Line]) -> Iterator[Finding]:
    for match in _DIFFERENCE.finditer(line.mask):
        said = line.figures[number_in(match)]
        quantity = said.quantity
        if quantity.bound != "exact" or quantity.kind not in {"digits", "words"}:
            continue
        around = operands(line, before, _like(quantity.unit, line, before), line.span(said))
        low, high = quantity.interval
        if any(low <= abs(one.value - other.value) <= high for one, other in around.pairs()):
            continue
        pair = _compared(line, said, around)
        if pair is None and not _MEASURE.search(match[0]):
            pair = _sides(said, around) or around.meant()
        if pair is None or any(_is_difference(held) for held in pair) or _is_part(pair):
            continue
        if _UNDONE.search(line.mask[: match.start()]) or _is_rate(quantity.unit, match[0]):
            continue
        if any(_is_of_others(line, said, held) for held in pair):
            continue
        right = abs(pair[0].value - pair[1].value)
        if is_near(right, quantity.value):
            yield _difference(line, said, pair, right)


def _difference(line: Line, said: Figure, pair: Pair, right: float) -> Finding:
    written = line.words(said)
    gives = f"a difference of {sum_written(right, written)}"
    return disagreeing(line, line.span(said), pair, gives, as_written(right, written))


def _is_difference(held: Held) -> bool:
    """Whether a figure is itself a difference: 'by 5,002', but not 'by 31 to 24'."""
    lead = held.line.text[: held.figure.quantity.span.start]
    following = held.line.text[held.figure.quantity.span.end :]
    is_side = re.match(r"(?: \w+)?(?: to |-|\u2013)\d", following)
    return not is_side and bool(re.search(r"\bby (?:[a-z]+ ){0,3}$", lead))


def _is_part(pair: Pair) -> bool:
    """Whether one is told as a part of the other: 'three of the past five seasons'."""
    one, other = pair
    return one.line is other.line and bool(_PART_OF.fullmatch(words_between(one, other)))


def _is_rate(unit: str, words: str) -> bool:
    """Whether a margin is one of profit, which is told in percent."""
    return unit == "percent" and "margin of" in words.lower()


def _is_of_others(line: Line, said: Figure, held: Held) -> bool:
    """Whether a figure stands in a clause of its own on others: 'and Rovers lost 2-1 at Marden'."""
    if held.line is not line:
        return False
    one, other = (_clause_names(line, figure) for figure in (said, held.figure))
    return bool(one and other) and one.isdisjoint(other)


def _clause_names(line: Line, figure: Figure) -> frozenset[str]:
    start = figure.quantity.number.start
    token = next((t for t in line.parsed.doc if t.idx + len(t) > start), None)
    return names(clause(token)) if token is not None else frozenset()


def _like(unit: str, line: Line, before: Sequence[Line]) -> Callable[[Figure], bool]:
    """Whether a figure is one that a difference in that unit can be of."""
    near = [figure.quantity.unit for one in (*before[-1:], line) for figure in one.figures]
    units = {"", "point"} if unit in {"", "point"} else {unit}
    if unit == "point" and "percent" in near:
        units = {"percent", "point"}
    return lambda figure: plain(figure) and figure.quantity.unit in units


def disagreeing(line: Line, place: Span, pair: Pair, gives: str, correction: str | None) -> Finding:
    """The finding that two figures give something else than what stands at `place`."""
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


def is_near(right: float, said: float) -> bool:
    """Whether a result is near enough to what is said to be of the same figures."""
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


def _sides(said: Figure, around: Operands) -> Pair | None:
    """'40-29', '31 votes to 24': the two sides nearest before the figure."""
    ahead = [h for h in around.own if h.figure.quantity.span.end < said.quantity.span.start]
    for one, other in reversed(list(pairwise(ahead))):
        between = words_between(one, other)
        if SIDES.fullmatch(between):
            return one, other
    return None


def number_in(match: re.Match[str]) -> int:
    """The number of the figure that a pattern of words has found."""
    return next(int(group) for group in match.groups() if group and group.isdigit())
