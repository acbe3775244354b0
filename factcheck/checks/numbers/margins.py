"""Margins against the tallies they come from: 'by 388 votes' where 9,214 and 8,826 were cast."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import Figure, Line, as_written, show, slip


def margins(lines: Sequence[Line]) -> Iterator[Finding]:
    """Margins: 'by 388 votes' against the votes of the same two, up to five sentences away."""
    tallies = {line.number: [(line, pair) for pair in _tallies(line)] for line in lines}
    for line in lines:
        for match in _MARGIN.finditer(line.mask):
            margin = line.figures[int(match["margin"])]
            if not match["unit"] and margin.noun not in _TALLIED:
                continue
            near = range(line.number - _FAR, line.number + _FAR + 1)
            told = [one for number in near for one in tallies.get(number, [])]
            fitting = [(other, pair) for other, pair in told if _about_same(line, other)]
            yield from _margin(line, margin, fitting)


_FAR = 5
"""Sentences between a margin and the tallies that it comes from, at most."""
_CAPITAL = re.compile(r"\b[A-Z][\w'-]{3,}")
_TALLIED = frozenset({"vote", "seat", "goal", "point", "run"})
_MARGIN = re.compile(
    r"\b(?:by|majority of|margin of|lead of)(?: just| only)? \u27e6(?P<margin>\d+)\u27e7"
    r"(?! (?:\w+ )?(?:to|-) ?\u27e6)(?!-\u27e6)(?P<unit> (?:votes|seats|goals|points|runs))?",
    re.IGNORECASE,
)


def _tallies(line: Line) -> Iterator[tuple[Figure, Figure]]:
    """Two neighbouring tallies of one sentence: 'A took 9,214 votes and B 8,286'."""
    gaps = {int(match["margin"]) for match in _MARGIN.finditer(line.mask)}
    told = [figure for number, figure in enumerate(line.figures) if number not in gaps]
    for one, other in pairwise(told):
        nouns = {one.noun, other.noun} - {""}
        units = {one.quantity.unit, other.quantity.unit} - {""}
        if nouns & _TALLIED and nouns <= _TALLIED and not units:
            yield one, other


def _about_same(line: Line, other: Line) -> bool:
    """Whether two sentences share two names (of the two who competed)."""
    return line is other or len(_people(line) & _people(other)) >= 2


def _people(line: Line) -> frozenset[str]:
    return frozenset(_CAPITAL.findall(line.text))


def _margin(
    line: Line, margin: Figure, tallies: Sequence[tuple[Line, tuple[Figure, Figure]]]
) -> Iterator[Finding]:
    said = margin.quantity
    gaps = [abs(one.quantity.value - two.quantity.value) for _, (one, two) in tallies]
    if len(tallies) != 1 or said.interval[0] <= gaps[0] <= said.interval[1]:
        return
    other, (one, two) = tallies[0]
    winner, loser = sorted((one, two), key=lambda figure: -figure.quantity.value)
    wanted = {
        loser: winner.quantity.value - said.value,
        winner: loser.quantity.value + said.value,
    }
    wrong = next((figure for figure in wanted if slip(figure.quantity.value, wanted[figure])), None)
    explanation = (
        f"{show(winner.quantity.value)} less {show(loser.quantity.value)} is {show(gaps[0])},"
        f" not {show(said.value)}."
    )
    if wrong is None:
        yield Finding(
            line.span(margin), other.span(one, two), explanation, 0.85,
            as_written(gaps[0], line.words(margin)),
        )  # fmt: skip
        return
    right = as_written(wanted[wrong], other.words(wrong))
    yield Finding(other.span(wrong), line.span(margin), explanation, 0.9, right)
