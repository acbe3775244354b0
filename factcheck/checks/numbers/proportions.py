"""Changes in proportion that their two ends do not make: 'fell by a third to 300, from 400'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.changes import DOWN, UP
from factcheck.checks.numbers.derived import SOFT
from factcheck.checks.numbers.figures import FIGURE, Figure, Line, as_written, show
from factcheck.checks.numbers.operands import (
    Held,
    Operands,
    Pair,
    before_each,
    both,
    in_one_clause,
    measured,
    one_unit,
    operands,
    unmasked,
    words_between,
)

_MOVES = rf"{UP}|{DOWN}|los[st]\w*|premium|discount|widen\w*"
_NOT_MADE = r"(?<!made )(?<!make )(?<!makes )(?<!making )"
"""Before 'up': what is made up of something does not rise."""
_CHANGE = re.compile(
    rf"{_NOT_MADE}\b(?:{_MOVES})(?: of| by)? {SOFT}(?:a |an )?{FIGURE}", re.IGNORECASE
)
_OR_CHANGE = re.compile(
    rf"\b(?:{_MOVES}) (?:[^.;:,]{{0,40}} )?(?:to|from) [^.;:]{{0,80}}"
    rf"(?:,| -| \u2013| \u2014) or {SOFT}{FIGURE}",
    re.IGNORECASE,
)
_THE_CHANGE = re.compile(
    rf"\b(?:the|that|this) {FIGURE}[- ](?:increase|rise|jump|hike|cut|drop|fall|reduction|decline"
    r"|decrease|gain|surge|leap|growth)\b",
    re.IGNORECASE,
)
"""A change whose ends stand in the sentence before."""
_AGAINST = re.compile(
    r"\b(?:from|against|compared (?:with|to)|than|over|versus)(?: [a-z'-]+){0,4} $"
    r"|\b(?:from|against|over|to|on|above|below|compared (?:with|to))\b[^.;]{0,50}"
    r"\b(?:price|level|value|close|figure|total|rate|average) of (?:just )?$",
    re.IGNORECASE,
)
_ENDS = re.compile(rf"\bfrom (?:\w+ ){{0,2}}?{FIGURE}(?: \w+){{0,2}} to (?:\w+ ){{0,2}}?{FIGURE}")
_FOLD = re.compile(
    r"(?<![\w-])(?P<word>doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|trebl(?:e|es|ed|ing)"
    r"|quadrupl(?:e|es|ed|ing)|halv(?:e|es|ed|ing)|twice|three times|four times|half)(?![\w-])"
    r"(?P<as> (?:as (?:many|much|high|large|big|long|old)|the|that|what|its|their|in))?",
    re.IGNORECASE,
)
_FOLDS = {"doubl": 2.0, "twice": 2.0, "tripl": 3.0, "trebl": 3.0, "three": 3.0, "quadr": 4.0,
          "four": 4.0, "halve": 0.5, "halvi": 0.5, "half": 0.5}  # fmt: skip
_ADVERBS = frozenset({"twice", "three times", "four times", "half"})
"""Words that tell how often, or of what part, unless something is compared."""
_COMPARED = frozenset(
    {"as many", "as much", "as high", "as large", "as big", "as long", "as old", "the", "that"}
)
_NEGATED = re.compile(r"\b(?:not|never|no|n't|without|instead|rather than|almost|nearly)\b", re.I)


def proportions(lines: Sequence[Line]) -> Iterator[Finding]:
    """Changes, manifolds, and percent where percentage points are meant."""
    for line, before, following in before_each(lines):
        yield from _changes(line, before, following)
        yield from _taken_up(line, before)
        yield from _folds(line, before)
        yield from _points(line)


def _changes(line: Line, before: Sequence[Line], following: Line | None) -> Iterator[Finding]:
    for match in (*_CHANGE.finditer(line.mask), *_OR_CHANGE.finditer(line.mask)):
        said = line.figures[int(match[1])]
        told = _told(said)
        if told is None:
            continue
        value, slack = told
        around = operands(line, before, measured, line.span(said))
        later = operands(following, (), measured).own if following and not around.own else ()
        ends = _ends(around.own) or _ends(later)
        if ends is None or _makes(around, ends, value, slack):
            continue
        if ends[0].line is line and not in_one_clause(Held(line, said), *ends):
            continue
        start, end = ends
        right = abs(end.value - start.value) / start.value
        if 0.2 <= right / max(value, 1e-9) <= 5:
            yield _changed(line, said, ends, right)


def _taken_up(line: Line, before: Sequence[Line]) -> Iterator[Finding]:
    """'It will cost $500, up from $400. The 20 percent increase …'."""
    for match in _THE_CHANGE.finditer(line.mask):
        said = line.figures[int(match[1])]
        told = _told(said)
        around = operands(line, before[-1:], measured, line.span(said))
        ends = _ends(around.earlier)
        if told is None or ends is None or around.own or _makes(around, ends, *told):
            continue
        start, end = ends
        right = abs(end.value - start.value) / start.value
        if 0.2 <= right / max(told[0], 1e-9) <= 5:
            yield _changed(line, said, ends, right)


def _changed(line: Line, said: Figure, ends: Pair, right: float) -> Finding:
    start, end = ends
    return Finding(
        line.span(said),
        both(start, end),
        f"From {start.words} to {end.words} is a change of"
        f" {show(round(right * 100, 1))} percent, not {line.words(said)}.",
        0.8,
        as_written(round(right * 100), line.words(said)) if said.quantity.unit else None,
    )


def _told(said: Figure) -> tuple[float, float] | None:
    """The change as a part of its start, and how far it may be off."""
    quantity = said.quantity
    loose = 1.0 if quantity.bound == "exact" else 2.5
    if quantity.kind == "fraction" and not quantity.unit:
        return quantity.value, 0.035 * loose
    if quantity.unit == "percent" and quantity.kind == "digits":
        return quantity.value / 100, max(quantity.step * 0.6, 0.6) / 100 * loose
    return None


def _ends(held: Sequence[Held]) -> Pair | None:
    """Start and end of a change, where two figures alone are set against each other."""
    groups = [[h for h in held if h.unit == unit] for unit in {h.unit for h in held}]
    couples = [group for group in groups if len(group) == 2]
    if len(couples) != 1 or (len(groups) > 1 and not couples[0][0].unit):
        return None
    one, other = couples[0]
    if not one.value or not other.value:
        return None
    between = words_between(one, other)
    if _AGAINST.search(between):
        return other, one
    lead = one.line.text[: one.figure.quantity.span.start]
    from_to = re.search(r"\bfrom (?:\w+ ){0,2}$", lead, re.I) and re.search(
        r"\bto (?:\w+ )?$", between, re.I
    )
    return (one, other) if from_to else None


def _makes(around: Operands, ends: Pair, value: float, slack: float) -> bool:
    """Whether the two ends, or any other pair, make the change that is told."""
    start, end = ends
    if abs(abs(end.value - start.value) / start.value - value) <= slack:
        return True
    return any(
        abs(abs(one.value - other.value) / base.value - value) <= slack
        for one, other in around.pairs()
        for base in (one, other)
        if base.value and {one, other} != {start, end}
    )


def _points(line: Line) -> Iterator[Finding]:
    """'66.4 percent, up from 64.1, a rise of 2.3 percent': percentage points are meant."""
    for match in _CHANGE.finditer(line.mask):
        said = line.figures[int(match[1])]
        if said.quantity.unit != "percent" or said.quantity.kind != "digits":
            continue
        rates = [f for f in line.figures if f is not said and f.quantity.unit == "percent"]
        for one, other in combinations(rates, 2):
            gap = abs(one.quantity.value - other.quantity.value)
            share = gap / max(min(one.quantity.value, other.quantity.value), 1e-9) * 100
            if abs(gap - said.quantity.value) <= said.quantity.step / 2 and abs(share - gap) > 1:
                right = re.sub(r"per ?cent|%|pc", " percentage points", line.words(said))
                yield Finding(
                    line.span(said),
                    line.span(one, other),
                    f"From {line.words(one)} to {line.words(other)} is {show(gap)} percentage"
                    " points, not percent.",
                    0.8,
                    right.replace("  ", " "),
                )


def _folds(line: Line, before: Sequence[Line]) -> Iterator[Finding]:
    """'420, twice as many as the 160', '£291m, so that the cost has doubled'."""
    for match in _FOLD.finditer(line.mask):
        lead = line.mask[max(0, match.start() - 30) : match.start()]
        alone = match["as"] is None and match["word"].lower() in _ADVERBS
        if not (alone or _NEGATED.search(lead) or _is_attribute(line, match)):
            yield from _fold(line, before, match)


def _is_attribute(line: Line, match: re.Match[str]) -> bool:
    """Whether the word tells of no change: 'a double fault', 'the two halves'."""
    place = unmasked(line, match.start("word"), len(match["word"]))
    start = place.start - line.parsed.span.start
    return any(
        t.idx == start
        and (t.dep_ in {"amod", "compound"} or (t.lower_ == "halves" and t.pos_ == "NOUN"))
        for t in line.parsed.doc
    )


def _fold(line: Line, before: Sequence[Line], match: re.Match[str]) -> Iterator[Finding]:
    factor = _FOLDS[match["word"].lower()[:5].strip()]
    wide = max(factor, 1 / factor)
    around = operands(line, before, lambda f: measured(f) and f.quantity.value > 1)
    if any(abs(_times(pair) - wide) <= 0.12 * wide for pair in around.pairs()):
        return
    compared = match["as"] is not None and match["as"].strip().lower() in _COMPARED
    pair = _around(line, around.own, match) if compared else _from_to(line) or around.meant()
    if pair is None or not 0.4 <= _times(pair) / wide <= 2.5 or _is_no_change(pair):
        return
    one, other = pair
    if one.line is not other.line and not (one.unit or _same_things(one.line, other.line)):
        return
    place = unmasked(line, match.start("word"), len(match["word"]))
    yield Finding(
        line.span(one.figure, other.figure) if compared else place,
        other.span if compared else both(one, other),
        f"{one.words} and {other.words} stand as 1 to {show(round(_times(pair), 1))}, which is"
        f" not '{match['word']}'.",
        0.75 if one.line is other.line else 0.6,
    )


def _from_to(line: Line) -> Pair | None:
    """The two figures that are told as the ends of one change."""
    found = _ENDS.findall(line.mask)
    if len(found) != 1:
        return None
    one, other = (Held(line, line.figures[int(number)]) for number in found[0])
    return (one, other) if measured(one.figure) and one_unit(one, other) else None


def _is_no_change(pair: Pair) -> bool:
    """Whether the two are the sides of a result or a part and its whole: '5-5', '58 of the 87'."""
    one, other = pair
    between = words_between(one, other)
    return one.line is other.line and between in {"-", "\u2013", " of the ", " of its ", " of "}


def _same_things(one: Line, other: Line) -> bool:
    """Whether two sentences have a noun or a name in common."""
    named = [{t.lemma_ for t in s.parsed.doc if t.pos_ in {"NOUN", "PROPN"}} for s in (one, other)]
    return bool(named[0] & named[1])


def _times(pair: Pair) -> float:
    low, high = sorted((pair[0].value, pair[1].value))
    return high / low if low else 0.0


def _around(line: Line, own: Sequence[Held], match: re.Match[str]) -> Pair | None:
    """The last figure before the words and the one right after them."""
    masked = {int(found[1]): found for found in re.finditer(FIGURE, line.mask)}
    at = {held: masked[line.figures.index(held.figure)] for held in own}
    ahead = [held for held in own if at[held].end() <= match.start()]
    behind = [held for held in own if at[held].start() >= match.end()]
    if not ahead or not behind or not one_unit(ahead[-1], behind[0]):
        return None
    link = line.mask[match.end() : at[behind[0]].start()]
    right_after = re.fullmatch(r" (?:as )?(?:the )?(?:[\w']+ ){0,2}", link)
    return (ahead[-1], behind[0]) if right_after else None
