"""Votes beyond the number of members: 'the nine-member board voted 6 to 4'."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import FIGURE, Figure, Line, as_written, show
from factcheck.records import Span
from factcheck.text.numbers import count_of

_GAP = r"[^\u27e6\u27e7.;:!?]{0,90}?"
_VOTES = re.compile(
    rf"\b(?:vot\w+|ruled|split|decided|pass\w+|carried|approved|rejected|[Bb]y){_GAP}{FIGURE}"
    rf"(?: votes)?(?: to |[-\u2013]){FIGURE}"
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
_BODY = re.compile(rf"\b{_BODIES}\b", re.IGNORECASE)
_PANEL = re.compile(
    r"\b(?P<size>[\w-]+?)[- ](?:member|strong|judge|seat|person)\b(?: (?:\w+ ){0,2}?"
    rf"{_BODIES}\b)?",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b[Aa]ll (?:of )?(?:its |the )?(?P<size>[\w-]+) (?:members|judges|jurors|councillors|justices"
    rf"|senators|deputies)\b(?: of the (?:\w+ ){{0,2}}?{_BODIES}\b)?"
    r"|\b[Aa]ll (?P<alone>[\w-]+) were present\b"
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
    told = [list(_panels(line)) for line in lines]
    by_body: dict[str, dict[int, _Panel]] = defaultdict(dict)
    for panel in (panel for panels in told for panel in panels if panel.body):
        by_body[panel.body].setdefault(panel.size, panel)
    for at, line in enumerate(lines):
        ballots = list(_VOTES.finditer(line.mask))
        apart = [line.figures[int(match[1])] for match in _APART.finditer(line.mask)]
        if len(ballots) > 1:
            apart = []
        for match in ballots:
            yes, no = (line.figures[int(index)] for index in match.groups())
            near = [*(told[at - 1] if at else []), *(told[at + 1] if at + 1 < len(lines) else [])]
            for panel in told[at] or _named(line, near, by_body):
                yield from _too_many(line, [yes, no], apart, panel.size, panel.span)


@dataclass(frozen=True)
class _Panel:
    """A body of so many members."""

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
        written = groups["size"] or groups.get("alone") or ""
        size = count_of(written) or 0
        where = Span(match.start(), match.end()).shifted(line.parsed.span.start)
        body = groups.get("body") or ""
        yield _Panel(body.casefold(), size, where, match.re is _PRESENT)


def _named(
    line: Line, beside: Sequence[_Panel], by_body: Mapping[str, Mapping[int, _Panel]]
) -> list[_Panel]:
    """The one body whose size is told elsewhere that a sentence names or takes up."""
    present = [panel for panel in beside if panel.present]
    if len(present) == 1 and not present[0].body:
        return present
    bodies = {match["body"].casefold() for match in _BODY.finditer(line.text)}
    taken_up = line.text.startswith(("It ", "They "))
    bodies |= {panel.body for panel in beside if panel.present or taken_up}
    known = {body: by_body[body] for body in bodies if body in by_body}
    panels = [panel for sizes in known.values() for panel in sizes.values()]
    return panels if len(panels) == 1 else []


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
