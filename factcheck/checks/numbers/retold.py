"""A group taken up with another number: 'twelve Indian fishermen', later 'all fourteen sailors'.

'The', 'all' or 'those' before a number says that the group has been told of. The number is held
against every count of such a group before it, every sum and every difference of two of them; it
is flagged only where none makes it and one earlier count, of a like size, can be meant.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import (
    Figure,
    Line,
    as_written,
    counting_word,
    for_one_thing,
    mistyped,
    sum_written,
)
from factcheck.checks.numbers.kin import are_kin
from factcheck.checks.numbers.operands import Held, both, listed, words_between

_TAKEN_UP = re.compile(r"\b(?:the|all|those|these|all the|all of the|each of the) $", re.IGNORECASE)
_ALL = re.compile(r"\b(?:all|each of the) $", re.IGNORECASE)
_FURTHER = re.compile(
    r"\b(?:other|another|further|additional|extra|more|remaining|first|last|next|previous|new"
    r"|of the|of its|of their|of his|of her|only|just)\b[^,.;]{0,12}$",
    re.IGNORECASE,
)
"""Before a count of something else, or of a part."""
_PART = re.compile(r" (?:(?:out )?of|in|from) (?:the|them|those|these|its|their|all)\b|-")
_ELSEWHEN = re.compile(
    r"\b(?:(?:last|previous|following|next|past) (?:year|month|week|season|time|decade|summer"
    r"|winter|spring|autumn)|ago|earlier|(?:1[4-9]|20)\d\d|average|a year|usually"
    r"|normally|elsewhere"
    r"|would|could|may|might|if|planned|hoped|expected|target|originally|once)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?:,|\band\b|\bplus\b)(?: an?)?(?: [\w-]+){0,3} $")
_NARROWED = frozenset({"relcl", "acl"})
_FOLLOWED = re.compile(
    r" (?:[\w-]+ ){1,3}?(?:who|whom|whose|which|that|where|in|from|on|at|with|aboard|between"
    r"|of|to|under|over|aged|still|not|most|now|outside|inside|around|along)\b",
    re.IGNORECASE,
)
"""Behind the noun: a part of the group may be meant."""
_GROUP = re.compile(
    r"\b(?:crew|staff|party|team|group|squad|workforce|congregation) of $", re.IGNORECASE
)
_TERMS = frozenset({"year", "month", "week", "day", "hour"})
_THE_TERM = re.compile(r"\b(?:the|those|these|his|her|their|all) $", re.IGNORECASE)
_TERM_ENDS = re.compile(
    r"[.,;]|$| (?:and|but|without|would|was|were|is|are|had|as|behind|that (?:he|she|they"
    r"|it) (?:was"
    r"|had|were|is)|imposed|handed|given|ordered)\b"
)
_LEAD = 3
"""Sentences of the article that tell what it is about."""
_FAR = 1.5
_LARGE = 100
_TWICE = 2
_JUST_BEFORE = 2
_KEPT = 24
_CHOSEN = 10


def retold(lines: Sequence[Line]) -> Iterator[Finding]:
    """Groups taken up with a number that no count before gives."""
    body = [line for line in lines if not line.headline]
    told = Counter(f.quantity.value for line in lines for f in line.figures)
    yield from _terms(body, told)
    known: deque[tuple[Held, str]] = deque(maxlen=_KEPT)
    for line in body:
        own = [(held, noun) for held in _counts(line) if (noun := _noun(held))]
        for held, noun in own:
            if told[held.value] == 1 and _is_taken_up(held):
                yield from _against(held, noun, [one for one in known if one[0].line is not line])
        known.extend(own)


def _terms(body: Sequence[Line], told: Counter[float]) -> Iterator[Finding]:
    """'Sent to prison for six years … would accept the seven years'."""
    known: list[Held] = []
    for line in body:
        own = [Held(line, f) for f in line.figures if _is_term(f)]
        for held in own:
            lead = line.text[: held.figure.quantity.span.start]
            taken = _THE_TERM.search(lead) and _TERM_ENDS.match(
                line.text, held.figure.quantity.span.end
            )
            other = next((one for one in known if one.value == held.value), None)
            if taken and other and other.unit != held.unit and told[held.value] == _TWICE:
                yield Finding(held.span, other.span, for_one_thing(held.words, other.words), 0.6)
            if taken and told[held.value] == 1:
                yield from _against_terms(held, known)
        known.extend(own)


def _is_term(figure: Figure) -> bool:
    quantity = figure.quantity
    plain = quantity.kind in {"digits", "words"} and quantity.low == quantity.high
    return plain and quantity.unit in _TERMS and not quantity.rate


def _against_terms(held: Held, known: Sequence[Held]) -> Iterator[Finding]:
    """Only the first length of time of the article can be the one that everyone knows."""
    alike = [one for one in known if one.unit == held.unit]
    if not alike or _is_made(held.value, [one.value for one in alike[-_CHOSEN:]]):
        return
    first = alike[0]
    exact = first.figure.quantity.bound == "exact" and first.line.number <= _LEAD
    low, high = sorted((first.value, held.value))
    if exact and high / low <= _FAR and not _ELSEWHEN.search(first.line.text):
        yield Finding(held.span, first.span, for_one_thing(held.words, first.words), 0.6)


def _counts(line: Line) -> list[Held]:
    return [Held(line, f) for f in line.figures if _is_count(f)]


def _is_count(figure: Figure) -> bool:
    quantity = figure.quantity
    plain = quantity.kind in {"digits", "words"} and quantity.low == quantity.high
    return plain and not quantity.unit and not quantity.rate


def _noun(held: Held) -> str:
    """What is counted: also 'a crew of nine'."""
    group = _GROUP.search(held.line.text, 0, held.figure.quantity.span.start)
    if group:
        return "people"
    word = counting_word(held.line, held.figure)
    own = word is not None and word.dep_ == "nummod" and word.head.pos_ == "NOUN"
    return word.head.lemma_.casefold() if word is not None and own else held.figure.noun


def _is_taken_up(held: Held) -> bool:
    """Whether a number is told as that of a known group, and of the whole of it."""
    line, span = held.line, held.figure.quantity.span
    lead = line.text[: span.start]
    if not _TAKEN_UP.search(lead) or held.figure.quantity.bound != "exact" or held.value < 3:
        return False
    if _PART.match(line.text, span.end):
        return False
    word = counting_word(line, held.figure)
    if word is None or word.dep_ != "nummod":
        return False
    noun = word.head
    narrowed = any(c.dep_ in _NARROWED or c.dep_ in {"amod", "poss"} for c in noun.children)
    return bool(_ALL.search(lead)) or not (narrowed or _FOLLOWED.match(line.text, span.end))


def _against(held: Held, noun: str, known: Sequence[tuple[Held, str]]) -> Iterator[Finding]:
    kin = [(one, other) for one, other in known if are_kin(noun, other)]
    if not kin or _is_made(held.value, [one.value for one, _ in kin[-_CHOSEN:]]):
        return
    parts = _added(kin[-1][0], [one for one, _ in kin])
    if len(parts) > 1:
        yield from _not_together(held, parts)
        return
    alone = len(kin) == 1 and held.line.number - kin[0][0].line.number <= _JUST_BEFORE
    meant = [one for one, _ in kin if _may_be(one, held, alone)]
    if len({one.value for one in meant}) == 1:
        why = for_one_thing(f"{held.words} ({noun})", meant[0].words)
        yield Finding(held.span, meant[0].span, why, 0.65)


def _not_together(held: Held, parts: Sequence[Held]) -> Iterator[Finding]:
    """'28 women and 22 men … all 53 singers'."""
    value = sum(part.value for part in parts)
    most = max(part.value for part in parts)
    if most < held.value and max(value, held.value) <= _FAR * min(value, held.value):
        why = f"{listed(parts)} make {sum_written(value, held.words)}, not {held.words}."
        right = as_written(value, held.words)
        yield Finding(held.span, both(parts[0], parts[-1]), why, 0.65, right)


def _added(one: Held, known: Sequence[Held]) -> list[Held]:
    """The counts of its sentence that are told as one with it: '52 passengers and nine crew'."""
    beside = [held for held in known if held.line is one.line]
    joined = all(_JOINED.search(words_between(*two)) for two in pairwise(beside))
    return beside if joined else [one]


def _may_be(one: Held, held: Held, alone: bool) -> bool:
    """Whether an earlier count may be that of the group; `alone`: there is no other near."""
    text, span = one.line.text, one.figure.quantity.span
    if one.figure.quantity.bound != "exact" or one.value < 2:
        return False
    if _FURTHER.search(text[: span.start]) or (_ELSEWHEN.search(text) and not alone):
        return False
    low, high = sorted((one.value, held.value))
    near = high / low <= _FAR or (high >= _LARGE and mistyped(high, low))
    return near and not _PART.match(text, span.end)


def _is_made(value: float, known: Sequence[float]) -> bool:
    """Whether it is the sum or difference of some, or twice one."""
    if any(value == 2 * one for one in known):
        return True
    pairs = list(combinations(known, 2))
    if any(value in (one + other, abs(one - other)) for one, other in pairs):
        return True
    return any(value == sum(three) for three in combinations(known, 3))
