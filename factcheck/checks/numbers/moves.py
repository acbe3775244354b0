"""A change or difference against the two figures that are set off against each other.

'Raised sales by 15 per cent, to 54 million from 48 million'; 'a single will cost £2.20 instead of
£2.00 … 20 pounds more'; 'from 6.4 to 7.2 per cent … an increase of 0.8 per cent', which are points.
What is said is held against every such pair of the article and flagged only where none gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.changes import DOWN, UP
from factcheck.checks.numbers.derived import SOFT
from factcheck.checks.numbers.figures import FIGURE, Line, as_written, show
from factcheck.checks.numbers.operands import Held, both, in_one_clause, measured
from factcheck.text.quantities import MONEY, family, scaled

_OLD, _NEW = r"\u27e6(?P<old>\d+)\u27e7", r"\u27e6(?P<new>\d+)\u27e7"
_GAP = r"[^\u27e6\u27e7.;:]{0,60}?"
_VAGUE = r"(?:(?:only|just|about|some|around|a|an|the|its|record|low|high|current|present) ){0,2}"
_PAIRS = (
    re.compile(rf"\bfrom {_VAGUE}{_OLD}{_GAP}\bto {_VAGUE}{_NEW}", re.IGNORECASE),
    re.compile(rf"\bto {_VAGUE}{_NEW}{_GAP}\bfrom {_VAGUE}{_OLD}", re.IGNORECASE),
    re.compile(
        rf"{_NEW}{_GAP}\b(?:up|down|compared|instead|rather|against|versus)"
        rf"(?: (?:from|with|to|of|than))? {_VAGUE}{_OLD}",
        re.IGNORECASE,
    ),
)
_NOUNS = (
    r"increase|rise|gain|jump|growth|fall|drop|cut|decline|reduction|decrease|change|difference"
    r"|swing|saving|improvement|advance|loss|hike|surge|climb|dip|slump|raise|uplift|leap|slide"
)
_HIGHER = (
    r"more|extra|less|higher|lower|dearer|cheaper|longer|shorter|heavier|lighter|faster|slower"
    r"|up|down|on top"
)
_SAID = re.compile(
    rf"\b(?P<noun>{_NOUNS}) of {SOFT}(?:\w+ )?{FIGURE}"
    rf"|\b(?:{UP}|{DOWN})\b[^\u27e6\u27e7.;:]{{0,50}}? by {SOFT}{FIGURE}"
    rf"|\b(?:{UP}|{DOWN}) {SOFT}{FIGURE}"
    rf"|{FIGURE}[- ](?P<after>{_NOUNS})\b"
    rf"|\b(?P<extra>extra|additional|another) {SOFT}{FIGURE}"
    rf"|{FIGURE} (?P<more>{_HIGHER})\b(?! than)",
    re.IGNORECASE,
)
_CONTRAST = re.compile(
    r"\b(?:from|before|previous\w*|earlier|ago|last|compared|against|up|down|than|since|in \w+ it"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:1[4-9]|20)\d\d|then|was|were|had)\b",
    re.IGNORECASE,
)
_TAKEN_UP = re.compile(
    r"\b(?:the|that|this|an extra|another|an additional|such an?)\b(?: [\w-]+){0,2} ?"
    r"(?: of)?(?: \w+)? ?\u27e6\d+\u27e7(?: [\w-]+){0,2}$",
    re.IGNORECASE,
)
"""Up to a change that the sentences before have told of."""
_JUST_BEFORE = 2
_MOST_PAIRS = 60
"""Pairs of an article that are looked at: keeps the cost linear."""
_MOST_LEVELS = 200
_BACK = 8
_FAR = 2.5
_LEAST_OFF = 0.06


@dataclass(frozen=True)
class _Move:
    """Two figures of one unit set off against each other."""

    old: Held
    new: Held

    @property
    def difference(self) -> float:
        """By how much the one is more, in the unit of their family."""
        return abs(scaled(self.new.figure.quantity) - scaled(self.old.figure.quantity))

    @property
    def percent(self) -> float:
        """The change in percent of the old figure."""
        return self.difference / max(scaled(self.old.figure.quantity), 1e-9) * 100

    @property
    def slack(self) -> float:
        """By how much the difference may be off because its ends are rounded."""
        steps = [h.figure.quantity.step for h in (self.old, self.new)]
        return sum(step for step in steps if step != 1) / 2


def moves(lines: Sequence[Line]) -> Iterator[Finding]:
    """Changes that no two figures set off against each other give."""
    found = [move for line in lines for move in _moves(line)][:_MOST_PAIRS]
    told = [one for line in lines for one in _told(line)]
    changes = {said.span for said, _ in told}
    percents = [Held(x, f) for x in lines for f in x.figures if f.quantity.unit == "percent"]
    levels = [held for held in percents if held.span not in changes][:_MOST_LEVELS]
    for said, match in told:
        if said.figure.quantity.bound != "exact" or said.value <= 0:
            continue
        named = any(match[name] for name in ("noun", "after", "extra", "more"))
        others = [m for m in found if said.span not in (m.old.span, m.new.span)]
        own = [m for m in others if m.new.line is said.line]
        before = [m for m in others if 0 < said.line.number - m.new.line.number <= _JUST_BEFORE]
        yield from _within(said, own, others)
        if named and not own and _TAKEN_UP.search(said.line.mask[: match.end()]):
            yield from _taken_up(said, before, others)
        if named:
            yield from _scale(said, others)
            yield from _points(said, levels)


def _told(line: Line) -> Iterator[tuple[Held, re.Match[str]]]:
    """The figures of a sentence that are told as changes, with the words that tell so."""
    for match in _SAID.finditer(line.mask):
        number = next(int(group) for group in match.groups() if group and group.isdigit())
        yield Held(line, line.figures[number]), match


def _moves(line: Line) -> Iterator[_Move]:
    seen: set[frozenset[str]] = set()
    for pattern in _PAIRS:
        for match in pattern.finditer(line.mask):
            ends = frozenset((match["old"], match["new"]))
            old, new = (Held(line, line.figures[int(match[name])]) for name in ("old", "new"))
            if ends not in seen and _is_pair(old, new):
                seen.add(ends)
                yield _Move(old, new)


def _is_pair(old: Held, new: Held) -> bool:
    units = {old.unit, new.unit}
    alike = old.unit == new.unit or (units & MONEY and "" in units)
    kinds = {old.figure.quantity.kind, new.figure.quantity.kind} <= {"digits", "words"}
    return bool(alike) and kinds and old.value != new.value


def _within(said: Held, own: Sequence[_Move], others: Sequence[_Move]) -> Iterator[Finding]:
    """A change told in percent in the sentence of its two ends."""
    if said.unit != "percent" or len(own) != 1 or own[0].new.unit == "percent":
        return
    move = own[0]
    if sum(figure.quantity.unit == "percent" for figure in said.line.figures) > 1:
        return
    if any(_gives_percent(one, said) for one in others) or not in_one_clause(
        said, move.old, move.new
    ):
        return
    right = move.percent
    if 1 / _FAR <= right / said.value <= _FAR or right >= 100:
        yield _changes_by(said, move)


def _taken_up(said: Held, before: Sequence[_Move], others: Sequence[_Move]) -> Iterator[Finding]:
    """'From £40 to £46 a week. … Another £8', 'it was 80 million. The increase of 6 per cent'."""
    if said.unit == "percent":
        moves_told = [m for m in before if m.new.unit != "percent"]
        if len(before) != 1 or not moves_told or any(_gives_percent(m, said) for m in others):
            return
        right = moves_told[0].percent
        if 1 / _FAR <= right / said.value <= _FAR:
            yield _changes_by(said, moves_told[0])
        return
    unit = family(said.unit)
    alike = [m for m in before if unit and family(m.new.unit or m.old.unit) == unit]
    value = scaled(said.figure.quantity)
    known = [m for m in others if family(m.new.unit or m.old.unit) == unit]
    if len(alike) != 1 or any(abs(m.difference - value) <= max(m.slack, 1e-6) for m in known):
        return
    if 1 / _FAR <= alike[0].difference / value <= _FAR and said.unit != "point":
        yield _differs(said, alike[0], 0.65)


def _changes_by(said: Held, move: _Move) -> Finding:
    shown = f"{show(round(move.percent, 1))} per cent"
    return Finding(
        said.span,
        both(move.old, move.new),
        f"From {move.old.words} to {move.new.words} is a change of {shown}, not {said.words}.",
        0.7,
        as_written(round(move.percent, 1), said.words),
    )


def _gives_percent(move: _Move, said: Held) -> bool:
    if move.new.unit == "percent":
        return False
    slack = max(1.0, move.percent * _LEAST_OFF, said.figure.quantity.step * 0.6)
    return abs(move.percent - said.value) <= slack


def _scale(said: Held, others: Sequence[_Move]) -> Iterator[Finding]:
    """'£2.20 instead of £2.00 … 20 pounds more'."""
    if not said.unit or said.unit in {"percent", "point"} or not measured(said.figure):
        return
    alike = [m for m in others if family(m.new.unit or m.old.unit) == family(said.unit)]
    value = scaled(said.figure.quantity)
    if any(abs(m.difference - value) <= max(m.slack, 1e-6 * value) for m in alike):
        return
    off = [m for m in alike if m.difference and _is_scale(m.difference, value)]
    if len(off) == 1:
        yield _differs(said, off[0], 0.7)


def _is_scale(one: float, other: float) -> bool:
    times = max(one, other) / max(min(one, other), 1e-9)
    return any(abs(times / ten - 1) < 1e-6 for ten in (10, 100, 1000, 1e6))


def _differs(said: Held, move: _Move, confidence: float) -> Finding:
    right = move.difference
    return Finding(
        said.span,
        both(move.old, move.new),
        f"{move.old.words} and {move.new.words} give a difference of {show(right)}, not"
        f" {said.words}.",
        confidence,
    )


def _points(said: Held, percents: Sequence[Held]) -> Iterator[Finding]:
    """'7.2 per cent … compared with 6.4 … an increase of 0.8 per cent': these are points."""
    if said.unit != "percent" or said.figure.quantity.low != said.figure.quantity.high:
        return
    before = [h for h in percents if 0 <= said.line.number - h.line.number <= _BACK]
    before = [h for h in before if h.span.end <= said.span.start and h.value > said.value]
    for one, other in pairwise(before):
        near = other.line.number - one.line.number <= 1
        between = f"{one.line.text} {other.line.text}"
        change = abs(one.value - other.value)
        if not near or not change or not _CONTRAST.search(between):
            continue
        relative = change / min(one.value, other.value) * 100
        if abs(change - said.value) < 1e-6 and abs(relative - said.value) > 0.5 * said.value:
            yield Finding(
                said.span,
                both(one, other),
                f"Between {one.words} and {other.words} lie {show(change)} percentage points, not"
                f" {said.words}.",
                0.6,
            )
            return
