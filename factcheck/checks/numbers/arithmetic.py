"""Sums that do not come out: totals and parts, and shares.

Each rule is a pattern of words around the figures of one sentence and the arithmetic they claim.
A rule speaks only where the words say how the figures belong together; rounding is no error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import (
    FIGURE,
    Figure,
    Line,
    as_written,
    show,
    slip,
    sum_written,
)
from factcheck.checks.numbers.operands import LAST, MADE_UP, Held, listed
from factcheck.text.quantities import TIME_UNITS, Quantity

_GAP = r"[^\u27e6\u27e7.;:!?]{0,90}?"
_JOINED = re.compile(
    rf"{FIGURE}{_GAP}\b(?:join(?:s|ed|ing)?|add(?:s|ed|ing)? to|on top of|plus|as well as|and)\b"
    rf"{_GAP}{FIGURE}{_GAP}\b(?:takes?|taking|took|brings?|bringing|brought|makes?|making|made"
    rf"|raises?|raising|raised|giv(?:es|ing)|a total of|in total|totall?ing|altogether|combined)\b"
    rf"{_GAP}{FIGURE}",
    re.IGNORECASE,
)
_INTO_PARTS = re.compile(
    r"^[^\u27e6\u27e7]{0,60}?(?:[,:(\u2013\u2014]| - | made up of| consisting of| comprising"
    r"| divided into| split between| split into)\s*(?:of (?:them|which|whom),?\s*|namely\s*"
    r"|that is,?\s*|about\s*|some\s*)?$",
    re.IGNORECASE,
)
_NOT_ALL = re.compile(
    r"\b(?:includ\w+|among|such as|more than|with|against|up from|down from|compared|from"
    r"|after|since|than|or|but|an? increase|an? rise|an? fall|average|each)\b",
    re.IGNORECASE,
)
_WEIGHTLESS = 100
"""Into how many parts the step of a total is cut to give what is too little to be added to it."""
_PART = re.compile(r"^,?(?: of (?:them|whom|which))? (?P<word>[a-z]+)", re.IGNORECASE)
_PREPOSITIONS = frozenset("from in at for to on by of against after during under since".split())
_PAIRS = (
    {"men", "women"},
    {"boys", "girls"},
    {"adults", "children"},
    {"killed", "wounded"},
    {"dead", "injured"},
    {"male", "female"},
)
_OF_THE = re.compile(rf"\b(?:out )?of (?:the |all |its |their )?{FIGURE}", re.IGNORECASE)


def sums(line: Line) -> Iterator[Finding]:
    """Totals that their parts, named in the same sentence, do not make."""
    pieces = re.split(FIGURE, line.mask)[::2]  # pieces[i] stands before figure i
    for match in _JOINED.finditer(line.mask):
        first, second, total = (line.figures[int(index)] for index in match.groups())
        parts = [*_listed_before(line, pieces, int(match[1])), first, second]
        values = [part.quantity.value for part in parts]
        weighty = min(values) >= total.quantity.step / _WEIGHTLESS
        if _like(*parts, total) and weighty and total.quantity.value >= max(values):
            yield from _compare(line, parts, total, 0.9)
    for at, total in enumerate(line.figures):
        parts = _parts(line, pieces, at)
        if parts:
            yield from _compare(line, parts, total, 0.85)


def _listed_before(line: Line, pieces: Sequence[str], at: int) -> list[Figure]:
    """The figures of a list that goes on with the one numbered `at`: '68, 70, 66 and 69'."""
    start = at
    while start and re.fullmatch(r"[^.;:]{0,40}, ", pieces[start]):
        start -= 1
    return list(line.figures[start:at])


def shares(line: Line) -> Iterator[Finding]:
    """'51 of the 63, 61 per cent': shares that the two counts do not make."""
    for match in _OF_THE.finditer(line.mask):
        whole = int(match[1])
        taken = _taken(line, whole, match)
        said = _said(line, whole, taken) if taken is not None else None
        if taken is not None and said is not None:
            yield from _share(line, line.figures[taken], line.figures[whole], line.figures[said])


def _like(*figures: Figure) -> bool:
    """Whether all are of one unit, and of one noun as far as nouns are said; no part of time."""
    units = {figure.quantity.unit for figure in figures}
    usable = all(figure.quantity.kind in {"digits", "words"} for figure in figures)
    return len(units) == 1 and usable and not units & (TIME_UNITS | {"percent", "point"})


def _compare(
    line: Line, parts: Sequence[Figure], total: Figure, confidence: float
) -> Iterator[Finding]:
    low = sum(part.quantity.interval[0] for part in parts)
    high = sum(part.quantity.interval[1] for part in parts)
    value = sum(part.quantity.value for part in parts)
    least, most = _total_interval(total.quantity, value)
    if low <= most and least <= high:
        return
    if not 0.5 < value / max(total.quantity.value, 1e-9) < 2:
        confidence -= 0.3
    words = line.words(total)
    shown = listed([Held(line, part) for part in parts])
    yield Finding(
        line.span(total),
        line.span(*parts),
        f"{shown} make {sum_written(value, words)}, not {words}.",
        confidence,
        as_written(value, words),
    )


def _total_interval(total: Quantity, value: float) -> tuple[float, float]:
    """What a total leaves open; 'roughly' allows three percent here, for the parts are known."""
    low, high = total.interval
    if total.bound == "about":
        slack = max(total.step / 2, 0.03 * value)
        return total.low - slack, total.high + slack
    return low, high


def _parts(line: Line, pieces: Sequence[str], at: int) -> list[Figure]:
    """The figures after the one numbered `at` that are listed as its parts; none if not sure."""
    if at + 2 >= len(line.figures) or not _INTO_PARTS.match(pieces[at + 1]):
        return []
    if at and re.fullmatch(r"(?: \w+)? (?:out )?of (?:its|the|their|all) (?:\w+ )?", pieces[at]):
        return []
    if MADE_UP.search(pieces[at]):  # it is the first of the parts itself
        return []
    if _NOT_ALL.search(pieces[at + 1]) or _is_item(pieces[at + 1], pieces[at + 2]):
        return []
    end = at + 2
    while end < len(line.figures) and _goes_on(pieces[end]):
        end += 1
        if LAST.search(pieces[end - 1]):
            break
    parts = list(line.figures[at + 1 : end])
    closed = len(parts) > 1 and LAST.search(pieces[end - 1])
    whole = [pieces[number + 1] for number in range(at + 1, end)]
    if not closed or not _like(line.figures[at], *parts) or not _same_kind(whole):
        return []
    return parts if _nouns_agree(line.figures[at], parts) else []


def _is_item(piece: str, after: str) -> bool:
    """Whether the supposed total is itself an item of the list ('38 on Friday, 16 on …')."""
    part = _PART.match(after)
    return bool(part and re.search(rf"\b{part['word']}\b", piece, re.IGNORECASE))


def _goes_on(piece: str) -> bool:
    return len(piece) < 60 and bool(re.search(r",| and ", piece)) and not _clause_like(piece)


def _clause_like(piece: str) -> bool:
    return bool(re.search(r"[.;:?!]|\b(?:while|who|which|when|said|says|was|were|is|are)\b", piece))


def _same_kind(following: Sequence[str]) -> bool:
    """Whether each part is followed by the same preposition, or the parts are a known pair."""
    words = [match["word"].casefold() if (match := _PART.match(f)) else "" for f in following]
    if set(words) <= _PREPOSITIONS and (len(set(words)) == 1 or len(words) > 2):
        return True
    return any(set(words) == pair for pair in _PAIRS)


def _nouns_agree(total: Figure, parts: Sequence[Figure]) -> bool:
    nouns = {part.noun for part in parts if part.noun}
    return len(parts) > 1 and (not nouns or nouns == {total.noun} or len(nouns) == len(parts))


def _taken(line: Line, whole: int, match: re.Match[str]) -> int | None:
    """Number of the count that is taken out of the whole: before 'of the 63', or after it."""
    before = line.mask[: match.start()].rstrip()
    if before.endswith("\u27e7") and whole:
        return whole - 1
    leads = re.fullmatch(r"(?:.*[,;] )?|.*[.\u201c\"] ?", before + " ") or not before
    following = whole + 1
    if (not before or leads) and following < len(line.figures):
        return following
    return None


def _said(line: Line, whole: int, taken: int) -> int | None:
    """Number of the percentage or fraction that the sentence gives for that share."""
    after = max(whole, taken) + 1
    if after < len(line.figures):
        between = _between(line, after - 1, after)
        quantity = line.figures[after].quantity
        is_share = quantity.unit == "percent" or (quantity.kind == "fraction" and not quantity.unit)
        apart = r"[^;.]{0,40}?(?:,|\(| - |\u2013|\u2014|\bor|which is|equal to)\s*(?:or |or just )?"
        if is_share and re.fullmatch(rf"{apart}(?:\w+ ){{0,2}}", between):
            return after
    return None


def _between(line: Line, one: int, other: int) -> str:
    figures = line.figures
    return line.text[figures[one].quantity.span.end : figures[other].quantity.span.start]


def _share(line: Line, taken: Figure, whole: Figure, said: Figure) -> Iterator[Finding]:
    part, all_of = taken.quantity, whole.quantity
    if part.unit or all_of.unit or not 0 < part.value <= all_of.value:
        return
    percent = said.quantity.unit == "percent"
    share = part.value / all_of.value * (100 if percent else 1)
    slack = max(said.quantity.step * 0.55, 0.55) if percent else 0.04
    if said.quantity.bound != "exact":
        slack = max(slack, 4.0 if percent else 0.08)
    if said.quantity.low - slack <= share <= said.quantity.high + slack:
        return
    words = line.words(said)
    right = f"{show(round(share, 1))} percent" if percent else f"{show(share * 100)} percent"
    yield Finding(
        line.span(said),
        line.span(taken, whole),
        f"{line.words(taken)} of {line.words(whole)} is {right}, not {words}.",
        0.9 if slip(said.quantity.value, round(share)) or said.quantity.bound == "exact" else 0.7,
        as_written(round(share), words) if percent else None,
    )
