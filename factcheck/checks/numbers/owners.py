"""A figure told of the wrong one: 'the mayor 38 per cent, his rival 33 … the mayor's 33 per cent'.

Two figures of one kind that are told of two owners in one breath are a pair. Where one of them
comes again with words that only the other was told with, the two were changed about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import Figure, Line, counting_word
from factcheck.checks.numbers.kin import are_kin
from factcheck.checks.numbers.operands import Held, words_between
from factcheck.text.clauses import stem

_BREAK = re.compile(
    r"[,;:()\u2013\u2014]|\b(?:and|while|whereas|but|against|compared with|compared to)\b"
)
_SHIFTED = re.compile(
    r"\b(?:last year|previous\w*|ago|earlier|each|every|(?:1[4-9]|20)\d\d|more|another|further"
    r"|wrong|right|error|between|age|aged)\b"
    r"|\b(?:from|than|by|to|not)(?: \w+)? $",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"^[^,;]* (?:to|from)(?: \w+)? $|^-$")
"""Between two stages of one thing, or two sides of a score."""
_COMMON = 4
"""A word of so many sentences tells no owner."""
_NEAR = 1
"""Sentences from one owner's figure to the other's."""
_LEAST = 3
_KEPT = 16
_WORDS = frozenset({"NOUN", "PROPN"})
_STATES = {
    word: state
    for state, words in {
        "dead": "kill killed killing dead death die died dying fatality drown drowned lose",
        "hurt": "injure injured injuring injury hurt wound wounded wounding casualty",
        "missing": "missing vanish vanished",
        "arrest": "arrest arrested detain detained arresting",
        "for": "favour favor support supporter back backed",
        "against": "oppose opposed opponent against objector reject rejected",
        "men": "man male",
        "women": "woman female",
        "abstain": "abstain abstained abstention",
    }.items()
    for word in words.split()
}
"""Words of any kind by which those counted are told apart."""
_EMPTY = frozenset(
    """
    year month week day time people person man woman number figure part total rest half one two
    have be do say make take get go come give put tell add per cent percent end start place
    """.split()
)


@dataclass(frozen=True)
class _Owned:
    """A figure with the words that tell whose it is."""

    held: Held
    words: frozenset[str]


def owners(lines: Sequence[Line]) -> Iterator[Finding]:
    """Figures that are told later with the words of the other of a pair."""
    body = [line for line in lines if not line.headline]
    spread = Counter(word for line in body for word in _stems(line, 0, len(line.text)))
    values = Counter((held.unit, held.value) for line in body for held in _figures(line))
    told: list[_Owned] = []
    pairs: list[tuple[_Owned, _Owned]] = []
    for line in body:
        own = [_owned(held, spread) for held in _figures(line)]
        for later in own:
            yield from _exchanged(later, pairs[-_KEPT:], values)
        for one in own:
            near = [t for t in told[-4:] if line.number - t.held.line.number <= _NEAR]
            pairs.extend((other, one) for other in near if _is_pair(other, one))
            told.append(one)


def _figures(line: Line) -> list[Held]:
    held = [Held(line, figure) for figure in line.figures]
    return [one for one in held if _is_plain(one.figure) and one.value >= _LEAST]


def _is_plain(figure: Figure) -> bool:
    quantity = figure.quantity
    exact = quantity.bound == "exact" and quantity.low == quantity.high
    return exact and quantity.kind in {"digits", "words"} and not quantity.rate


def _owned(held: Held, spread: Counter[str]) -> _Owned:
    start, end = _zone(held)
    words = {word for word in _stems(held.line, start, end) if spread[word] < _COMMON}
    return _Owned(held, frozenset(words - {stem(_noun(held))}))


def _zone(held: Held) -> tuple[int, int]:
    """The stretch of its sentence that goes with a figure and with no other; ages do not count."""
    line, span = held.line, held.figure.quantity.span
    others = [f.quantity.span for f in line.figures if not _is_age(line, f)]
    before = [other.end for other in others if other.end <= span.start]
    after = [other.start for other in others if other.start >= span.end]
    start, end = 0, len(line.text)
    if before:
        found = _BREAK.search(line.text, before[-1], span.start)
        start = found.end() if found else before[-1]
    if after:
        found = _BREAK.search(line.text, span.end, after[0])
        end = found.start() if found else after[0]
    return start, end


def _is_age(line: Line, figure: Figure) -> bool:
    """'Neil Crabb, 44, must pay'."""
    span = figure.quantity.span
    told = line.text[: span.start].endswith(", ") and line.text[span.end : span.end + 1] in ",.;"
    return told and not figure.quantity.unit


def _stems(line: Line, start: int, end: int) -> set[str]:
    found: set[str] = set()
    for token in line.parsed.doc:
        if not start <= token.idx < end or token.ent_type_ in {"DATE", "TIME"}:
            continue
        word = token.lemma_.casefold()
        state = _STATES.get(word) or _STATES.get(token.lower_)
        if state:
            found.add(state)
        elif token.pos_ in _WORDS and len(word) > 2 and word not in _EMPTY:
            found.add(stem(word))
    return found


def _noun(held: Held) -> str:
    """What is counted, as the parse has it; empty where the figure stands alone."""
    word = counting_word(held.line, held.figure)
    if word is None or word.dep_ != "nummod" or word.head.pos_ not in _WORDS:
        return ""
    return word.head.lemma_.casefold() if not held.unit else ""


def _is_pair(one: _Owned, other: _Owned) -> bool:
    """Whether two figures are of one kind and told of two."""
    if one.held.line is other.held.line and _FROM_TO.search(words_between(one.held, other.held)):
        return False
    alike = one.held.unit == other.held.unit and one.held.value != other.held.value
    nouns = (_noun(one.held), _noun(other.held))
    kin = (not all(nouns) and bool(any(nouns) or one.held.unit)) or are_kin(*nouns)
    return alike and kin and bool(one.words - other.words) and bool(other.words - one.words)


def _exchanged(
    later: _Owned, pairs: Sequence[tuple[_Owned, _Owned]], values: Counter[tuple[str, float]]
) -> Iterator[Finding]:
    line = later.held.line
    for first, second in pairs:
        for wrong, right in ((first, second), (second, first)):
            if wrong.held.line is line or right.held.line is line:
                continue
            if wrong.held.value != later.held.value or wrong.held.unit != later.held.unit:
                continue
            if values[wrong.held.unit, wrong.held.value] != 2:
                continue
            own, others = wrong.words - right.words, right.words - wrong.words
            if later.words & others and not later.words & own and _is_surely(later, wrong, right):
                yield Finding(
                    later.held.span,
                    right.held.span,
                    f"It says {later.held.words} here, but elsewhere that is told of something"
                    f" else, and {right.held.words} of this.",
                    0.65,
                )
                return


def _is_surely(later: _Owned, wrong: _Owned, right: _Owned) -> bool:
    """Whether no words tell of another time, and what is counted is of one kind."""
    nouns = [noun for one in (later, wrong, right) if (noun := _noun(one.held))]
    kin = all(are_kin(nouns[0], noun) for noun in nouns) and not _is_clock(later.held)
    start, end = _zone(later.held)
    text, span = later.held.line.text, later.held.figure.quantity.span
    return kin and not any(
        _SHIFTED.search(part) for part in (text[start : span.start], text[span.end : end])
    )


def _is_clock(held: Held) -> bool:
    lead = held.line.text[: held.figure.quantity.span.start]
    return not held.unit and bool(re.search(r"\b(?:at|until|till|after|before|since) $", lead))
