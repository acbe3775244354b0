"""A total against its parts told over several sentences.

Parts are known to be all where the last is told as the rest ('the remaining £0.9m'), or where the
total itself takes up what was told one by one ('the awards, amounting to £13,400').
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import FIGURE, Figure, Line, as_written, slip, sum_written
from factcheck.checks.numbers.operands import Held, both, listed, measured, words_between
from factcheck.text.quantities import MONEY

_SOFT = r"(?:(?:just|only|some|a|with|another|of) )?"
_LAST_PART = re.compile(
    rf"\b(?:the|its|their|his|her|a) (?:remaining|other|last|final|balance(?: of)?"
    rf"|remainder(?: of)?|rest,) {_SOFT}{FIGURE}"
    rf"|\bthe (?:rest|remainder|balance|others?)\b[^\u27e6\u27e7.;]{{0,12}},? {FIGURE}"
    rf"|{FIGURE}[^\u27e6\u27e7.;]{{0,20}}, (?:is|was|are|were) (?:the )?(?:rest|remainder)\b"
    rf"|\b(?:and|while) {_SOFT}{FIGURE} (?:to|for|on|from|of) (?:the |all )?(?:rest|others)",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    rf"\b(?:amount(?:s|ed|ing)? to|total(?:s|led|ling|ing|ed)?|add(?:s|ed|ing)? up to"
    r"|in total|sum(?:s|med)? (?:up )?to"
    rf"|(?:brings?|brought|bringing|takes?|took|taking|makes?|made|making)"
    r" (?:the|its|their|her|his) (?:[\w-]+ ){0,3}?to"
    r"|(?:a|the|their|its) (?:grand |combined |overall |joint )?(?:total|sum|value|worth) of"
    r"|(?:altogether|together|in all|all told|between them|combined)(?: [\w-]+){0,4})"
    rf" (?:a total of )?(?:just |some |exactly )?{FIGURE}"
    rf"|{FIGURE}(?: [\w'-]+){{0,5}},? (?:in all|altogether|all told|in total|between them|together"
    r"|combined)\b"
    rf"|\b(?:all|these|those|the) (?:the )?{FIGURE}(?: [\w-]+)? together\b",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\b(?:last year|previous|year before|ago|earlier|compared|against|up from|down from"
    r"|budgeted|instead of|rather than|than|would|could|(?:1[4-9]|20)\d\d)\b",
    re.IGNORECASE,
)
_SCALED = re.compile(r"\b(?:[mb]illion|[mb]n)\b", re.IGNORECASE)
_EACH = re.compile(r"(?: [\w-]+){0,2} (?:each|apiece)\b")
_JOINED = re.compile(r"(?: [\w'-]+){1,6}?(?:,| and|, and)(?: [\w'-]+){0,4} ")
_SEVERAL = re.compile(
    r"\b(?:more|other|another|further|remaining|first|last|at least"
    r"|among|including|average|than|from|between)\b",
    re.IGNORECASE,
)
_OF_THE = re.compile(r"\u27e7(?: \w+)? of (?:them|those|these|the)\b")
_COUNT_FAR = 1.25
_BACK = 8
_AROUND = 40
"""Sentences before and behind a total in which its value may be told again."""
_NEAR_BACK = 4
_MOST_PARTS = 7
_CHOSEN = 10
_FAR = 1.67
_TOTAL_FAR = 1.3


def wholes(lines: Sequence[Line]) -> Iterator[Finding]:
    """Totals that the parts told in several sentences do not make."""
    body = [line for line in lines if not line.headline]
    for at, line in enumerate(body):
        near = body[max(0, at - _BACK) : at]
        around = body[max(0, at - _AROUND) : at + _AROUND]
        for match in _LAST_PART.finditer(line.mask):
            yield from _closed(near, Held(line, line.figures[_number(match)]), around)
        for match in _WHOLE.finditer(line.mask):
            yield from _summed(near, Held(line, line.figures[_number(match)]), around)


def joint_counts(lines: Sequence[Line]) -> Iterator[Finding]:
    """'14 beds will close at Ashby and 22 at Wells. … To lose 38 beds is madness'."""
    body = [line for line in lines if not line.headline]
    values = Counter(f.quantity.value for line in lines for f in line.figures)
    for at, line in enumerate(body):
        for parts in _joint(line):
            value = sum(part.value for part in parts)
            noun = parts[0].figure.noun
            after = [Held(x, f) for x in body[at + 1 : at + 1 + _NEAR_BACK] for f in x.figures]
            meant = [h for h in after if measured(h.figure) and _is_joint(h, noun, value)]
            most = max(part.value for part in parts)
            if value in values or len(meant) != 1 or meant[0].value <= most:
                continue
            if values[meant[0].value] == 1:
                yield _unequal(meant[0], parts, value)


def _joint(line: Line) -> Iterator[list[Held]]:
    """Counts of one thing that a sentence adds up, place by place; the first has the noun."""
    held = [Held(line, f) for f in line.figures if measured(f) and not f.quantity.unit]
    if not 2 <= len(held) <= _MOST_PARTS or len(held) != len(line.figures):
        return
    first, *others = held
    alike = first.figure.noun and all(h.figure.noun in {"", first.figure.noun} for h in others)
    exact = all(h.figure.quantity.bound == "exact" for h in held)
    joined = all(_JOINED.fullmatch(words_between(*two)) for two in pairwise(held))
    apart = _SEVERAL.search(line.text) or _OF_THE.search(line.mask)
    if alike and exact and joined and not apart:
        yield held


def _is_joint(held: Held, noun: str, value: float) -> bool:
    text, span = held.line.text, held.figure.quantity.span
    near = 1 / _COUNT_FAR <= value / max(held.value, 1e-9) <= _COUNT_FAR
    plain = held.figure.quantity.bound == "exact" and not held.unit
    around = text[max(0, span.start - 20) : span.end + 20]
    part = re.match(r"(?: \w+)? of (?:the|them|those|these)\b", text[span.end :])
    apart = part or _SEVERAL.search(around) or _APART.search(text)
    return plain and near and held.figure.noun == noun and not apart


def _number(match: re.Match[str]) -> int:
    return next(int(group) for group in match.groups() if group)


def _amounts(lines: Sequence[Line], unit: str) -> list[Held]:
    held = [Held(line, f) for line in lines for f in line.figures if _is_amount(f)]
    return [one for one in held if (one.unit or _unit_left_out(one, lines)) == unit]


def _is_amount(figure: Figure) -> bool:
    quantity = figure.quantity
    return measured(figure) and quantity.low == quantity.high and not quantity.rate


def _closed(near: Sequence[Line], last: Held, lines: Sequence[Line]) -> Iterator[Finding]:
    """'Worth £7.8m … the largest item, at £4.2m … £1.7m, and the remaining £0.9m'."""
    before = [*near, last.line]
    unit = last.unit or _unit_left_out(last, before)
    if not unit or not measured(last.figure) or last.figure.quantity.bound != "exact":
        return
    held = [h for h in _amounts(before, unit) if h.span.end <= last.span.start]
    wholes_found = [(held[at], [*held[at + 1 :], last]) for at in range(len(held) - 1)]
    wholes_found = [(total, parts) for total, parts in wholes_found if _may_make(total, parts)]
    if not wholes_found or any(_fits(total, _sum(parts)) for total, parts in wholes_found):
        return
    known = [one.value for one in _amounts(lines, unit)]
    sums = [_sum([*held[at:], last]) for at in range(len(held))]
    if any(abs(value - one) <= 1e-6 * value for value in sums for one in known):
        return
    total, parts = min(wholes_found, key=lambda found: _off(_sum(found[1]), found[0].value))
    value = _sum(parts)
    if any(_APART.search(part.line.text) for part in (total, *parts)):
        return
    if not _is_any_sum(total, [one for one in (*held, last) if one.figure is not total.figure]):
        yield _unequal(total, parts, value)


def _may_make(total: Held, parts: Sequence[Held]) -> bool:
    """Whether amounts are few, exact and of a size to be parts of a total, right or wrong."""
    value = _sum(parts)
    exact = all(part.figure.quantity.bound == "exact" for part in (total, *parts))
    more = total.value > max(part.value for part in parts)
    near = more and 1 / _FAR <= value / total.value <= _FAR
    return exact and len(parts) <= _MOST_PARTS and (near or _is_scale(value, total.value))


def _sum(parts: Sequence[Held]) -> float:
    return sum(part.value for part in parts)


def _off(one: float, other: float) -> float:
    return 1.0 if _is_scale(one, other) else max(one, other) / min(one, other)


def _unit_left_out(held: Held, before: Sequence[Line]) -> str:
    """The unit of 'the other 1.4 billion', after an amount of money."""
    if held.figure.noun or not _SCALED.search(held.words):
        return ""
    units = [f.quantity.unit for line in before for f in line.figures if f.quantity.unit in MONEY]
    return units[-1] if units else ""


def _summed(near: Sequence[Line], total: Held, lines: Sequence[Line]) -> Iterator[Finding]:
    """'The awards, amounting to £13,400', after a run of awards."""
    if not measured(total.figure) or total.figure.quantity.bound != "exact" or not total.unit:
        return
    run = _run([*near[-_NEAR_BACK:], total.line], total)
    value = sum(_worth(part) for part in run)
    if len(run) < 2 or len(run) > _MOST_PARTS or _fits(total, value):
        return
    if any(part.figure.quantity.bound != "exact" for part in run):
        return
    if any(_APART.search(part.line.text) for part in (total, *run)):
        return
    known = [h for h in _amounts(lines, total.unit) if h.figure is not total.figure]
    if _is_any_sum(total, known) or any(h.value == total.value for h in known):
        return
    if any(part.value >= total.value for part in run) and not _is_scale(value, total.value):
        return
    wide = 1 / _TOTAL_FAR <= value / total.value <= _TOTAL_FAR
    if _is_scale(value, total.value) or slip(value, total.value) or (wide and len(run) > 2):
        yield _unequal(total, run, value)


def _run(near: Sequence[Line], total: Held) -> list[Held]:
    """The amounts right before the total, over as many sentences as have some without a break."""
    found: list[Held] = []
    for line in reversed(near):
        held = [h for h in _amounts([line], total.unit) if h.span.end <= total.span.start]
        if not held and line is not total.line and found:
            break
        found = [*held, *found]
    return found


def _worth(part: Held) -> float:
    """What an amount makes; 'three painters will get £2,500 each' is £7,500."""
    if not _EACH.match(part.line.text, part.figure.quantity.span.end):
        return part.value
    counts = [Held(part.line, f) for f in part.line.figures if measured(f) and not f.quantity.unit]
    ahead = [held.value for held in counts if held.span.end <= part.span.start]
    return part.value * (ahead[-1] if ahead else 1.0)


def _fits(total: Held, value: float) -> bool:
    low, high = total.figure.quantity.interval
    near = 1e-9 * max(value, 1.0)
    return low - near <= value <= high + near


def _is_scale(one: float, other: float) -> bool:
    """Whether one is the other with another scale word."""
    times = max(one, other) / max(min(one, other), 1e-9)
    return any(abs(times / ten - 1) < 1e-6 for ten in (10, 100, 1000, 1e6))


def _is_any_sum(total: Held, known: Sequence[Held]) -> bool:
    held = list(known)[-_CHOSEN:]
    return any(
        _fits(total, sum(part.value for part in chosen))
        for size in range(2, min(_MOST_PARTS, len(held)) + 1)
        for chosen in combinations(held, size)
    )


def _unequal(total: Held, parts: Sequence[Held], value: float) -> Finding:
    words = total.words
    return Finding(
        total.span,
        both(parts[0], parts[-1]),
        f"{listed(parts)} make {sum_written(value, words)}, not {words}.",
        0.65,
        as_written(value, words),
    )
