"""Votes beyond the number of members: 'the nine-member board voted 6 to 4'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import FIGURE, Figure, Line, as_written, show
from factcheck.records import Span
from factcheck.text.numbers import number_word

_GAP = r"[^\u27e6\u27e7.;:!?]{0,90}?"
_VOTES = re.compile(
    rf"\b(?:vot\w+|ruled|split|decided|by){_GAP}{FIGURE}(?: votes)?(?: to |[-\u2013]){FIGURE}"
)
_APART = re.compile(
    rf"{FIGURE}(?: (?!and\b)\w+)? (?:(?:were |was )?absent|abstain\w*|abstention\w*"
    r"|(?:did )?not vot\w+|stay\w* away)\b",
    re.IGNORECASE,
)
_BODIES = (
    r"(?P<body>board|council|committee|commission|court|jury|panel|parliament|assembly|senate"
    r"|cabinet|bench|chamber|tribunal|legislature)"
)
_PANEL = re.compile(
    r"\b(?P<size>[\w-]+?)[- ](?:member|strong|judge|seat|person)\b(?: (?:\w+ ){0,2}?"
    rf"{_BODIES}\b)?",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b[Aa]ll (?:of )?(?:its |the )?(?P<size>[\w-]+) (?:members|judges|jurors|councillors|justices"
    rf"|senators|deputies)\b(?: of the {_BODIES}\b)?"
)
_SEATS = re.compile(
    rf"\b{_BODIES} (?:has|had|consists of|is made up of) (?:only |just )?(?P<size>[\w-]+)"
    r" (?:\w+ ){0,2}?(?:members|seats|judges|jurors|councillors|justices)\b",
    re.IGNORECASE,
)


def votes(lines: Sequence[Line]) -> Iterator[Finding]:
    """More votes than the panel has members: 'the nine-member board voted 6 to 4'.

    Those who abstained or were absent are of its members, too, where the sentence has one vote.
    """
    known = [panel for line in lines for panel in _panels(line)]
    for at, line in enumerate(lines):
        ballots = list(_VOTES.finditer(line.mask))
        apart = [line.figures[int(match[1])] for match in _APART.finditer(line.mask)]
        if len(ballots) > 1:
            apart = []
        for match in ballots:
            yes, no = (line.figures[int(index)] for index in match.groups())
            for panel in _voting(known, line, lines[at - 1] if at else None):
                yield from _too_many(line, [yes, no], apart, panel.size, panel.span)


@dataclass(frozen=True)
class _Panel:
    """A body of so many members."""

    line: Line
    body: str
    """What it is called: 'board'; empty where only its size is."""
    size: int
    span: Span
    """Where its size is told, in the whole text."""
    present: bool
    """Whether it is told who was there, for the vote in the next sentence."""


def _panels(line: Line) -> Iterator[_Panel]:
    told = (match for form in (_PANEL, _SEATS, _PRESENT) for match in form.finditer(line.text))
    for match in told:
        groups = match.groupdict()
        written = groups["size"] or ""
        size = int(written) if written.isdigit() else number_word(written) or 0
        where = Span(match.start(), match.end()).shifted(line.parsed.span.start)
        body = groups.get("body") or ""
        yield _Panel(line, body.casefold(), size, where, match.re is _PRESENT)


def _voting(known: Sequence[_Panel], line: Line, before: Line | None) -> list[_Panel]:
    """The panels of the sentence; else the one body of the article that it names or takes up."""
    own = [panel for panel in known if panel.line is line]
    if own:
        return own
    named = {
        panel.body: panel
        for panel in known
        if panel.body
        and (
            re.search(rf"\b{re.escape(panel.body)}\b", line.text, re.IGNORECASE)
            or (panel.line is before and line.text.startswith(("It ", "They ")))
            or (panel.line is before and panel.present)
        )
    }
    sizes = {panel.size for panel in known if panel.body in named}
    return list(named.values()) if len(named) == len(sizes) == 1 else []


def _too_many(
    line: Line, cast: list[Figure], apart: list[Figure], size: int, where: Span
) -> Iterator[Finding]:
    """The votes `cast` where they are too many, or else those who cast none."""
    voted = sum(figure.quantity.value for figure in cast)
    present = voted + sum(figure.quantity.value for figure in apart)
    if not 2 < size < present <= 2 * size:
        return
    wrong, counted, made = (cast, cast, voted) if voted > size else (apart, cast + apart, present)
    what = "votes" if wrong is cast else "with those who cast none"
    told = [show(figure.quantity.value) for figure in counted]
    listed = f"{', '.join(told[:-1])} and {told[-1]}"
    alone = len(apart) == 1 and wrong is apart and size > voted
    yield Finding(
        line.span(*wrong),
        where,
        f"{listed} make {show(made)} {what}, more than there are members ({size}).",
        0.8,
        as_written(size - voted, line.words(apart[0])) if alone else None,
    )
