"""How old a thing is, or which anniversary it has, against the one year in which it began.

'A building opened in 1974, making it 41 years old' in an article of 2025. Ages may be a year off,
for nobody says whether the day has come; a number that any other year of the sentence gives is
left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.checks.findings import Finding
from factcheck.checks.times.timeline import DatedLine
from factcheck.records import Span
from factcheck.text.dates import Anchor, When
from factcheck.text.numbers import ROUND_ORDINALS, count_of, ordinal_of

_BEGAN = re.compile(
    r"\b(?:built|opened|founded|established|launched|formed|created|set up|erected|completed"
    r"|inaugurated|introduced|unveiled|born|married|planted|dat(?:es?|ed|ing)|beg(?:a|u)n)\b"
    r"[^.;\d]{0,40}?\b(?:in|on|from|back to)(?: the \w+ of)? ?$",
    re.IGNORECASE,
)
_COUNT = (
    r"(?P<count>\d{1,4}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?"
    r"|ten|eleven|twelve|\w+teen)"
)
_AGE = re.compile(
    rf"\b(?:making (?:it|him|her|them)|(?:is|are|it's) now|is|are|now) {_COUNT} years old\b"
    rf"|\bturn(?:ed|s|ing) (?P<turned>\d{{1,3}})(?! years? (?:ago|later)|[\d,%-])",
    re.IGNORECASE,
)
_ANNIVERSARY = re.compile(
    rf"\b(?P<count>\d{{1,3}}(?:st|nd|rd|th)|{ROUND_ORDINALS})[ -](?:birthday|anniversary)\b"
    r"|\b(?P<named>bicentenary|bicentennial|centenary|centennial"
    r"|(?:golden|diamond|silver) jubilee)\b",
    re.IGNORECASE,
)
_NAMED = {"bice": 200, "cent": 100, "gold": 50, "diam": 60, "silv": 25}
_STOOD = re.compile(
    rf"\bha(?:s|ve) (?:stood|operated|traded|existed)(?: \w+){{0,4}}? for"
    rf" {_COUNT} years\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:when|then|at the time|would have|had (?:it|he|she)|next year|last year|ago|until|till"
    r"|closed|demolished|died|late|not|(?:was|were) (?:marked|celebrated|held))\b",
    re.IGNORECASE,
)
"""In such sentences the years may run to another day than the article's."""
_ROUND = 0.1
_PRONOUN = re.compile(r"^(?:He|She|It|They) ")


@dataclass(frozen=True)
class _Said:
    span: Span
    count: int
    slack: float
    """Years that it may be off."""


def anniversaries(lines: Sequence[DatedLine], anchor: Anchor | None) -> Iterator[Finding]:
    """Ages and anniversaries that the year of the beginning does not give on the article's day."""
    if anchor is None or anchor.assumed:
        return
    for at, line in enumerate(lines):
        source = line
        begun = _begun(line)
        if not begun and at and _PRONOUN.match(line.text) and not _has_year(line):
            source, begun = lines[at - 1], _begun(lines[at - 1])
        if len(begun) == 1 and not _OTHERWISE.search(line.text):
            for said in _said(line):
                yield from _finding(line, said, source, begun[0], anchor)


def _has_year(line: DatedLine) -> bool:
    return any(when.year for when in line.whens)


def _begun(line: DatedLine) -> list[When]:
    return [
        when for when in line.whens if when.year and _BEGAN.search(line.text[: when.span.start])
    ]


def _said(line: DatedLine) -> Iterator[_Said]:
    for pattern, slack in ((_AGE, 1.0), (_ANNIVERSARY, 1.0), (_STOOD, 0.0)):
        for match in pattern.finditer(line.text):
            group = match.lastgroup or "count"
            count = _counted(match[group])
            if count:
                around = slack or max(1.0, _ROUND * count)
                yield _Said(Span(match.start(group), match.end(group)), count, around)


def _counted(words: str) -> int:
    return ordinal_of(words) or _NAMED.get(words.casefold()[:4]) or count_of(words) or 0


def _finding(
    line: DatedLine, said: _Said, source: DatedLine, begun: When, anchor: Anchor
) -> Iterator[Finding]:
    started = begun.first
    if started is None:
        return
    years = anchor.day.year - started.year
    near = (line,) if source is line else (source, line)
    whens = [when for one in near for when in one.whens if when is not begun]
    others = [when.first.year for when in whens if when.first]
    told = any(abs(abs(other - started.year) - said.count) <= 1 for other in others)
    if told or abs(said.count - years) <= said.slack or not 0.3 <= said.count / max(years, 1) <= 3:
        return
    yield Finding(
        line.span(said.span),
        source.span(begun.span),
        f"From {begun.span.of(source.text)} to {anchor.day.year} are {years} years,"
        f" not {said.span.of(line.text)}.",
        0.8,
    )
