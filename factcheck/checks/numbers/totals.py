"""Totals told apart from their parts: 'seven women and five men … all fourteen jurors'.

A total is held against every figure before it and every sum of such; it is flagged only where none
makes it and a list right before it is plainly what it takes up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, pairwise

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.derived import SOFT
from factcheck.checks.numbers.figures import FIGURE, Figure, Line, as_written, slip, sum_written
from factcheck.checks.numbers.operands import (
    Held,
    before_each,
    both,
    listed,
    measured,
    words_between,
)
from factcheck.text.clauses import stem
from factcheck.text.quantities import TIME_UNITS

_REST = r"[^\u27e6\u27e7.;:()]"
_TAKEN_UP = re.compile(rf"\b(?:all|those|these) {FIGURE}(?! (?:of|days|weeks|years))", re.I)
_BILL = re.compile(
    rf"\b(?:total(?:s|led|ling)?|bill|sum|cost)?(?: \w+){{0,2}} ?\b(?:comes|came|adds? up|added up"
    rf"|amounts|amounted|rises?|runs?) to {SOFT}{FIGURE}"
    rf"|\b(?:a total|making a total|a grand total) of {SOFT}{FIGURE}"
    rf"|{FIGURE}{_REST}{{0,25}}?,? (?:in all|altogether|all told|in total)\b",
    re.IGNORECASE,
)
_SHARED_OUT = re.compile(
    rf"{FIGURE}{_REST}{{0,50}}?\b(?:its|her|his|their|the|to|among|between|for|of) {FIGURE}"
    r" (?:\w+ ){0,2}?\w+s\b",
    re.IGNORECASE,
)
_AND_ONE = re.compile(r"(?:,|\band) (?:one|another)\b", re.IGNORECASE)
"""A part that is not read as a figure."""
_PARTS = re.compile(
    r"\b(?:on|in) (?:the )?(?:other|remaining)\b|\bthe other\b|\bbrought in\b|\bcontributed\b"
    r"|\bcame from\b|\braised\b",
    re.IGNORECASE,
)
_ANYONE = frozenset({"person", "people", "man", "woman", "child"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_ROOT = 3
"""Letters by which 'jury' and 'jurors' meet."""
_MOST = 1.6
_MOST_PARTS = 5
_BACK = 2
_LONGEST = 90
"""Characters between two parts of a list."""


def totals(lines: Sequence[Line]) -> Iterator[Finding]:
    """Totals that no figures before them make."""
    for line, before, _ in before_each(lines):
        near = before[-_BACK:]
        for match in _TAKEN_UP.finditer(line.mask):
            yield from _taken_up(near, line, line.figures[int(match[1])])
        for match in _BILL.finditer(line.mask):
            number = next(int(group) for group in match.groups() if group)
            yield from _bill(near, line, line.figures[number])
        if before:
            yield from _shared_out(before[-1], line)
            yield from _two_parts(before[-1], line)


def _taken_up(near: Sequence[Line], line: Line, total: Figure) -> Iterator[Finding]:
    """'All six pumps' after 'two from Marl Heath, two from Stoke Penn and one from Ashgrove'."""
    unit = total.quantity.unit
    known = [held for one in near for held in _plain(one, unit)]
    parts = _last_list(near, unit)
    if not _is_plain(total, unit) or len(parts) < 2 or not _takes_up(total, parts):
        return
    one = 1.0 if _AND_ONE.search(parts[0].line.text) else 0.0
    if not _is_made(known, total, {0.0, one}):
        value = sum(part.value for part in parts) + one
        told = f"{listed(parts)}{', and one,' if one else ''}"
        yield from _unequal(Held(line, total), parts, told, value)


def _takes_up(total: Figure, parts: Sequence[Held]) -> bool:
    """Whether what is counted is what was listed: no 'survivors' after a list of the dead."""
    noun = stem(total.noun)
    if not noun or total.noun in _ANYONE:
        return True
    listed_of = [stem(t.lemma_) for t in parts[0].line.parsed.doc if t.pos_ in _NOUNS]
    return any(known[:_ROOT] == noun[:_ROOT] for known in listed_of)


def _bill(near: Sequence[Line], line: Line, total: Figure) -> Iterator[Finding]:
    """'Fined £400 … with £85 costs and a £160 surcharge, his bill comes to £545'."""
    unit = total.quantity.unit
    if not unit or not _is_plain(total, unit):
        return
    own = [h for h in _plain(line, unit) if h.figure.quantity.span.end <= total.quantity.span.start]
    parts = [*(h for one in near[-1:] for h in _plain(one, unit)), *own]
    if len(parts) < 2 or len(parts) > _MOST_PARTS or _is_made(parts, total):
        return
    if any(part.value >= total.quantity.value for part in parts):
        return
    value = sum(part.value for part in parts)
    yield from _unequal(Held(line, total), parts, listed(parts), value)


def _shared_out(before: Line, line: Line) -> Iterator[Finding]:
    """'£84,000 for its three parks. One gets £41,000, one £25,000 and one £28,000'."""
    for match in _SHARED_OUT.finditer(before.mask):
        total, count = (before.figures[int(number)] for number in match.groups())
        unit, told = total.quantity.unit, count.quantity.value
        if count.quantity.unit or not _is_plain(total, unit) or total.quantity.value <= told:
            continue
        parts = _plain(line, unit)
        if len(parts) == told >= 2 and _is_list(parts):
            value = sum(part.value for part in parts)
            low, high = total.quantity.interval
            if not low <= value <= high and 1 / _MOST <= value / total.quantity.value <= _MOST:
                yield _finding(parts, Held(before, total), value, 0.7)


def _two_parts(before: Line, line: Line) -> Iterator[Finding]:
    """'It raised £2,500. The morning brought in £1,250 and the evening £800'."""
    wholes = [h for f in before.figures if measured(f) for h in [Held(before, f)]]
    parts = [h for h in (Held(line, f) for f in line.figures) if measured(h.figure)]
    if len(parts) != 2 or not _PARTS.search(line.text) or not _is_list(parts):
        return
    unit, value = parts[0].unit, parts[0].value + parts[1].value
    wholes = [w for w in wholes if w.unit == unit and w.value > max(p.value for p in parts)]
    if len(wholes) != 1 or not all(_is_plain(h.figure, unit) for h in (*parts, *wholes)):
        return
    low, high = wholes[0].figure.quantity.interval
    if not low <= value <= high and slip(value, wholes[0].value):
        yield _finding(parts, wholes[0], value, 0.65)


def _is_plain(figure: Figure, unit: str) -> bool:
    quantity = figure.quantity
    exact = quantity.bound == "exact" and quantity.low == quantity.high and not quantity.rate
    counted = quantity.kind in {"digits", "words"} and quantity.unit not in TIME_UNITS
    return counted and exact and quantity.unit == unit and unit not in {"percent", "point"}


def _plain(line: Line, unit: str) -> list[Held]:
    return [Held(line, figure) for figure in line.figures if _is_plain(figure, unit)]


def _last_list(near: Sequence[Line], unit: str) -> list[Held]:
    """The figures of the last sentence, where they are all of its kind and form a list."""
    for line in reversed(near):
        held = _plain(line, unit)
        if held:
            return held if len(held) >= 2 and _is_list(held) else []
    return []


def _is_list(held: Sequence[Held]) -> bool:
    between = [words_between(one, other) for one, other in pairwise(held)]
    return all(len(words) < _LONGEST and re.search(r",| and ", words) for words in between)


def _is_made(known: Sequence[Held], total: Figure, more: Collection[float] = (0.0,)) -> bool:
    """Whether a figure, or the sum of some, is what the total says."""
    low, high = total.quantity.interval
    held = list(known)[-8:]
    sums = (
        sum(part.value for part in chosen)
        for size in range(1, min(_MOST_PARTS, len(held)) + 1)
        for chosen in combinations(held, size)
    )
    return any(low <= value + extra <= high for value in sums for extra in more)


def _unequal(total: Held, parts: Sequence[Held], told: str, value: float) -> Iterator[Finding]:
    if 1 / _MOST <= value / max(total.value, 1e-9) <= _MOST or slip(value, total.value):
        yield Finding(
            total.span,
            both(parts[0], parts[-1]),
            f"{told} make {sum_written(value, total.words)}, not {total.words}.",
            0.65,
            as_written(value, total.words),
        )


def _finding(parts: Sequence[Held], total: Held, value: float, confidence: float) -> Finding:
    return Finding(
        both(parts[0], parts[-1]),
        total.span,
        f"{listed(parts)} make {sum_written(value, total.words)}, not {total.words}.",
        confidence,
    )
