"""Averages and shares against the two counts that they come from, sentences before them.

'1,260 children in 45 classes … On average a teacher has 32 pupils'; 'of the 1,140 who answered
342 of them said yes … four in ten'. Each is held against every two counts near by and flagged only
where none gives it and one pair of the right nouns can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import FIGURE, Line, as_written, counting_word, show
from factcheck.checks.numbers.kin import are_kin
from factcheck.checks.numbers.operands import Held, both, measured
from factcheck.records import Span
from factcheck.text.quantities import TIME_UNITS

_SOFT = r"(?:(?:just|only|some|about|around|roughly|nearly|almost|exactly) )?"
_AVERAGE = re.compile(
    rf"\b(?:an|the|at an|its|their) average of {_SOFT}{FIGURE}"
    rf"|\bon average\b[^\u27e6\u27e7.;]{{0,60}}?{FIGURE}"
    rf"|{FIGURE}[^\u27e6\u27e7.;,]{{0,30}},? on average\b"
    rf"|\baverag(?:es?|ed|ing) (?:out at )?{_SOFT}{FIGURE}"
    rf"|{FIGURE} (?:[a-z]+ )?(?:per|(?:for|to) (?:each|every))(?: of the)? (?P<per>[a-z]+)",
    re.IGNORECASE,
)
_ONE_FOR = re.compile(
    rf"\bone (?:[a-z]+ )?(?:for|to|per)(?: every| each)? {_SOFT}{FIGURE}", re.IGNORECASE
)
_SHARE = re.compile(rf"{FIGURE} (?:in|out of)(?: every)? {FIGURE}")
_SHARE_OF = re.compile(
    rf"{FIGURE} of (?:(?P<all>those|them|all)|(?:(?:the|its|their) )?(?P<noun>[a-z]+?)s?)\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"(?: \w+)? of (?:them|those|these|whom)\b")
_OF_THESE = re.compile(r"\b[Oo]f (?:these|those|them|whom|which),? (?:only |just |some )?$")
_OTHER = re.compile(
    r"\b(?:national\w*|regional|county|country|industry|usual|previous|last year|elsewhere|ago|than"
    r"|compared|world|district|would|target)\b",
    re.IGNORECASE,
)
_EACH = re.compile(r"(?: [\w-]+){0,2} (?:each|apiece)\b")
_BACK = 8
_KEPT = 24
_FAR = 2.6
_CLOSE = 0.06


def rates(lines: Sequence[Line]) -> Iterator[Finding]:
    """Averages and shares that no two counts near them give."""
    body = [line for line in lines if not line.headline]
    for at, line in enumerate(body):
        near = body[max(0, at - _BACK) : at + 1]
        for match in _AVERAGE.finditer(line.mask):
            number = next(int(g) for g in match.groups() if g and g.isdigit())
            yield from _average(Held(line, line.figures[number]), match["per"] or "", near)
        for match in _ONE_FOR.finditer(line.mask):
            yield from _one_for(Held(line, line.figures[int(match[1])]), near)
        yield from _shares(line, near)


def _counts(near: Sequence[Line]) -> list[Held]:
    held = [Held(line, f) for line in near for f in line.figures]
    counts = [h for h in held if measured(h.figure) and h.value > 1]
    return counts[-_KEPT:]


def _noun(held: Held) -> str:
    word = counting_word(held.line, held.figure)
    own = word is not None and word.dep_ == "nummod" and word.head.pos_ in {"NOUN", "PROPN"}
    return word.head.lemma_.casefold() if word is not None and own else held.figure.noun


def _is_like(one: float, other: float) -> bool:
    return abs(one - other) <= max(_CLOSE * other, 0.0)


def _average(said: Held, per: str, near: Sequence[Line]) -> Iterator[Finding]:
    quantity = said.figure.quantity
    text = said.line.text
    if not measured(said.figure) or said.value <= 0 or quantity.low != quantity.high:
        return
    if _OTHER.search(text[max(0, quantity.span.start - 40) : quantity.span.end + 25]):
        return
    counts = [h for h in _counts(near) if h.figure is not said.figure]
    if any(_is_like(one.value / other.value, said.value) for one, other in permutations(counts, 2)):
        return
    pairs = [
        (whole, many)
        for whole, many in permutations(counts, 2)
        if whole.line is many.line and _is_of(whole, said) and _is_divisor(many, whole, per)
    ]
    pairs = [p for p in pairs if 1 / _FAR <= p[0].value / p[1].value / said.value <= _FAR]
    if len({(p[0].value, p[1].value) for p in pairs}) == 1:
        whole, many = pairs[0]
        right = whole.value / many.value
        yield _finding(said, said.span, (whole, many), f"an average of {show(right)}", right)


def _is_of(whole: Held, said: Held) -> bool:
    """Whether an average is of what a total counts."""
    if _EACH.match(whole.line.text, whole.figure.quantity.span.end):
        return False
    if said.unit or whole.unit:
        return said.unit == whole.unit and said.unit not in TIME_UNITS
    one, other = _noun(whole), _noun(said)
    return not other or are_kin(one, other)


def _is_divisor(many: Held, whole: Held, per: str) -> bool:
    noun = _noun(many)
    if many.unit or many.value >= whole.value or not noun:
        return False
    if are_kin(noun, _noun(whole)) and not whole.unit:
        return False
    return not per or are_kin(noun, per) or are_kin(noun, per.removesuffix("s"))


def _one_for(said: Held, near: Sequence[Line]) -> Iterator[Finding]:
    """'12 teachers for its 180 pupils … one for every 25'."""
    counts = [h for h in _counts(near) if h.figure is not said.figure and not h.unit]
    if said.unit or _OTHER.search(said.line.text[: said.figure.quantity.span.start][-40:]):
        return
    if any(_is_like(one.value / other.value, said.value) for one, other in permutations(counts, 2)):
        return
    own = [h for h in counts if h.line is said.line]
    pair = own or [h for h in counts if h.line is near[-2]] if len(near) > 1 else own
    if len(pair) == 2:
        low, high = sorted(pair, key=lambda held: held.value)
        right = high.value / low.value
        if 1 / _FAR <= right / said.value <= _FAR:
            yield _finding(said, said.span, (low, high), f"one for {show(right)}", right)


def _shares(line: Line, near: Sequence[Line]) -> Iterator[Finding]:
    for match in _SHARE.finditer(line.mask):
        top, whole = (line.figures[int(number)] for number in match.groups())
        small = not top.quantity.unit and whole.quantity.value in {3, 4, 5, 6, 8, 10, 20, 100}
        if small and top.quantity.value < whole.quantity.value:
            value = top.quantity.value / whole.quantity.value
            span = line.span(top, whole)
            yield from _share(line, span, value, near, {id(top), id(whole)})
    for match in _SHARE_OF.finditer(line.mask):
        figure = line.figures[int(match[1])]
        quantity = figure.quantity
        if quantity.unit == "percent" or (quantity.kind == "fraction" and not quantity.unit):
            value = quantity.value / (100 if quantity.unit else 1)
            noun = match["noun"] or ""
            yield from _share(line, line.span(figure), value, near[:-1], {id(figure)}, noun)


def _share(
    line: Line,
    span: Span,
    value: float,
    near: Sequence[Line],
    own: set[int],
    noun: str = "",
) -> Iterator[Finding]:
    counts = [h for h in _counts(near) if id(h.figure) not in own and not h.unit]
    if any(_fits(one.value / other.value, value) for one, other in permutations(counts, 2)):
        return
    parts = [h for h in counts if _is_part(h)]
    if len(parts) != 1 or _OTHER.search(line.text[: span.start - line.parsed.span.start][-30:]):
        return
    part = parts[0]
    wholes = [h for h in counts if h.value > part.value and h.span.end <= part.span.start]
    if len({h.value for h in wholes}) != 1:
        return
    if noun and not are_kin(noun, _noun(wholes[0])):
        return
    right = part.value / wholes[0].value
    if 1 / _FAR <= right / value <= _FAR:
        said = Held(line, line.figures[0])
        told = f"a share of {show(right * 100)} per cent"
        yield _finding(said, span, (part, wholes[0]), told, None)


def _is_part(held: Held) -> bool:
    """'342 of them', 'Of these, 1,240'."""
    text, span = held.line.text, held.figure.quantity.span
    return bool(_OF_THEM.match(text, span.end) or _OF_THESE.search(text[: span.start]))


def _fits(share: float, value: float) -> bool:
    slack = max(0.025, 0.06 * value)
    return abs(share - value) <= slack or abs(1 - share - value) <= slack


def _finding(
    said: Held, span: Span, pair: tuple[Held, Held], gives: str, right: float | None
) -> Finding:
    start = said.line.parsed.span.start
    words = said.line.text[span.start - start : span.end - start]
    return Finding(
        span,
        both(*sorted(pair, key=lambda held: held.span.start)),
        f"{pair[0].words} and {pair[1].words} give {gives}, not {words}.",
        0.65,
        as_written(right, said.words) if right is not None else None,
    )
