"""Changes stated with both ends: by how much, in what unit, and up or down."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import FIGURE, Figure, Line, as_written, show
from factcheck.checks.numbers.operands import unmasked
from factcheck.records import Span
from factcheck.text.quantities import TIME_UNITS, Quantity


def changes(line: Line) -> Iterator[Finding]:
    """Changes stated with both ends: by how much, and up or down."""
    for match in _FROM_TO.finditer(line.mask):
        start, end = (line.figures[int(match[name])] for name in ("start", "end"))
        if start.quantity.unit not in {"", end.quantity.unit} or start.quantity.unit in TIME_UNITS:
            continue
        yield from _direction(line, match, start, end)
        yield from _amount(line, match, start, end)
    for match in (*_TO_FROM.finditer(line.mask), *_SINCE.finditer(line.mask)):
        yield from _beside(line, match)


UP = (
    r"ris(?:e|es|ing|en)|rose|grow(?:s|n|ing|th)?|grew|increas\w+|climb\w*|jump\w*|surg\w+|gain\w*"
    r"|soar\w*|rais(?:e|es|ed|ing)|swell\w*|swollen|doubl\w+|trebl\w+|tripl\w+|quadrupl\w+|up"
)
"""Words for a change upwards."""
DOWN = (
    r"fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?|declin\w+|shr(?:ink|ank|unk)\w*|cut(?:s|ting)?"
    r"|reduc\w+|slid(?:e|es|ing|den)?|slump\w*|plung\w+|lower(?:s|ed|ing)|decreas\w+|slip(?:s|ped)?"
    r"|halv(?:e|es|ed|ing)|down|dwindl\w+|sank|sunk"
)
"""Words for a change downwards."""
_DASHES = "\u2013\u2014"
_FROM_TO = re.compile(
    r"\bfrom (?:\w+ ){0,3}?(?:\u27e6(?P<start>\d+)\u27e7)(?P<between>[^\u27e6\u27e7.;]{0,60}?)"
    r"\bto (?:\w+ ){0,3}?(?:\u27e6(?P<end>\d+)\u27e7)",
    re.IGNORECASE,
)
_MOVE = re.compile(rf"\b(?:(?P<up>{UP})|(?P<down>{DOWN}))\b", re.IGNORECASE)
_FIGURE_FROM = (
    r"(?P<between>(?: [a-z][\w-]*){0,3}?,?) from (?:only |just |about |some |around |a record )?"
    r"\u27e6(?P<start>\d+)\u27e7"
)
_TO_FROM = re.compile(
    rf"\b(?:(?P<up>{UP})|(?P<down>{DOWN})) to (?:a record |about |some |around |nearly )?"
    rf"\u27e6(?P<end>\d+)\u27e7{_FIGURE_FROM}",
    re.IGNORECASE,
)
"""'rose to 45 per cent from 52'."""
_SINCE = re.compile(
    r"\u27e6(?P<end>\d+)\u27e7(?P<noun>(?: [a-z][\w-]*){0,3}?),? (?:(?P<up>up)|(?P<down>down))"
    + _FIGURE_FROM,
    re.IGNORECASE,
)
"""'45 per cent, up from 52'."""
_RANKED = re.compile(
    r"\b(?:rank\w*|place\w*|position\w*|seed\w*|No|number|loss\w*|deficit\w*|minus|below zero)\b",
    re.IGNORECASE,
)
"""Where less is more."""
_AMOUNT = re.compile(
    rf"\b(?:by|(?:rise|increase|fall|drop|cut|decline|gain|jump|growth|reduction|change) of)"
    rf" (?:\w+ ){{0,2}}?{FIGURE}(?P<rest>[^\u27e6\u27e7]{{0,12}})",
    re.IGNORECASE,
)


def _clause_before(line: Line, match: re.Match[str]) -> str:
    """The words from the last break to the 'from'; figures keep a short clause together."""
    before = line.mask[max(0, match.start() - 100) : match.start()]
    return re.split(rf"[;:{_DASHES}]|, (?:and|but|while|as) |\band (?!a )", before)[-1]


def _direction(line: Line, match: re.Match[str], start: Figure, end: Figure) -> Iterator[Finding]:
    before = _clause_before(line, match)
    moves = list(_MOVE.finditer(before))
    if not moves or re.search(r"\b(?:not|never|n't|range\w*|prices?|between)\b", before, re.I):
        moves = moves if moves and not re.search(r"\b(?:not|never|n't|rang\w+)\b", before) else []
    if len(moves) != 1 or (match["between"] or "").count(","):
        return
    up = bool(moves[0]["up"])
    first, last = start.quantity.value, end.quantity.value
    if first == last or (last > first) == up or start.quantity.unit != end.quantity.unit:
        return
    word = moves[0].group()
    at = match.start() - len(before) + moves[0].start()
    where = unmasked(line, at, len(word))
    more = "more" if last > first else "less"
    yield Finding(
        where,
        line.span(start, end),
        f"It says '{word}', but {line.words(end)} is {more} than {line.words(start)}.",
        0.75,
    )


def _beside(line: Line, match: re.Match[str]) -> Iterator[Finding]:
    """A change whose end stands before its start, in the wrong direction."""
    start, end = (line.figures[int(match[name])] for name in ("start", "end"))
    first, last = start.quantity, end.quantity
    unit = first.unit if first.unit else last.unit
    known = {first.kind, last.kind} <= {"digits", "words"} and last.unit == unit
    if not known or unit in TIME_UNITS or _RANKED.search(line.text) or first.value == last.value:
        return
    up = bool(match["up"])
    before = line.figures[: line.figures.index(end)]
    rivals = [figure.quantity for figure in before if figure.quantity.unit == last.unit]
    # '4,871 animals of 412 species, up from 4,702' is said of the animals
    if any((one.value > first.value) == up for one in (last, *rivals)):
        return
    word = match["up"] or match["down"]
    more = "more" if last.value > first.value else "less"
    yield Finding(
        unmasked(line, match.start("up" if match["up"] else "down"), len(word)),
        line.span(*sorted((start, end), key=lambda figure: figure.quantity.span.start)),
        f"It says '{word}', but {line.words(end)} is {more} than {line.words(start)}.",
        0.75,
    )


def _amount(line: Line, match: re.Match[str], start: Figure, end: Figure) -> Iterator[Finding]:
    near = line.mask[max(0, match.start() - 60) : match.end() + 60]
    for said in _AMOUNT.finditer(near):
        amount = line.figures[int(said[1])]
        if amount in (start, end) or _elsewhere(near, said, match):
            continue
        yield from _difference(line, amount, start, end)
        place = max(0, match.start() - 60) + said.start()
        yield from _called(line, unmasked(line, place, len(said[0].split()[0])), start, end)


def _called(line: Line, word: Span, start: Figure, end: Figure) -> Iterator[Finding]:
    """'From 5.2 to 4.1, a rise of 1.1 points'."""
    said = word.shifted(-line.parsed.span.start).of(line.text)
    move, up = _MOVE.fullmatch(said), end.quantity.value > start.quantity.value
    if move is None or bool(move["up"]) == up:
        return
    yield Finding(
        word,
        line.span(start, end),
        f"It says '{said}', but {line.words(end)} is {'more' if up else 'less'} than"
        f" {line.words(start)}.",
        0.75,
    )


def _elsewhere(near: str, said: re.Match[str], match: re.Match[str]) -> bool:
    """Whether words stand between the amount and the two ends that part them."""
    whole = match.group()
    at = near.find(whole)
    between = near[said.end(1) : at] if said.end() <= at else near[at + len(whole) : said.start()]
    return bool(re.search(r"[;:]|\b(?:while|whereas|although|and|but|when|since|year)\b", between))


def _difference(line: Line, amount: Figure, start: Figure, end: Figure) -> Iterator[Finding]:
    first, last = start.quantity, end.quantity
    said = amount.quantity
    change = abs(last.value - first.value)
    if said.unit == "percent" and end.quantity.unit != "percent":
        right, unit = change / max(first.value, 1e-9) * 100, "percent"
        slack = max(1.0, right * 0.06, said.step * 0.6)
    elif said.unit == "point" or (said.unit == last.unit and said.unit != "percent"):
        right, unit = change, said.unit
        slack = _end_slack(said, first, last)
    elif said.unit == "basis point" and last.unit == "percent":
        right, unit, slack = change * 100, said.unit, 0.5
    else:
        return
    low, high = said.interval
    if low - slack <= right <= high + slack or not right:
        return
    shown = f"{show(right)} {unit}{'s' if unit.endswith('point') and right != 1 else ''}".strip()
    yield Finding(
        line.span(amount),
        line.span(start, end),
        f"From {line.words(start)} to {line.words(end)} is a change of {shown},"
        f" not {line.words(amount)}.",
        0.9,
        as_written(right, line.words(amount)),
    )


def _end_slack(said: Quantity, first: Quantity, last: Quantity) -> float:
    """How far a change may be off because its ends are rounded."""
    finest = min(first.step, last.step)
    if said.kind != "fraction" and said.step < finest:
        return (first.step + last.step) / 2
    return finest * 0.51 if finest != 1 else 0.0
