"""A century against the year beside it: 'the nineteenth-century schoolhouse, built in 1911'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.times.timeline import DatedLine
from factcheck.records import Span
from factcheck.text.dates import When

_WORDS = (
    "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
    " twentieth twenty-first"
).split()
_CENTURY = re.compile(
    rf"\b(?P<number>\d\d(?=(?:st|nd|rd|th)\b)|{'|'.join(_WORDS)})(?:st|nd|rd|th)?-century"
    r" (?P<noun>[a-z]+)",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"\b(?:built|erected|completed|dates? (?:from|back to)|dated|dating from|founded|painted"
    r"|finished|put up|constructed|written|cast|designed)\b[^.;]{0,30}?\b(?:in|from|to) $",
    re.IGNORECASE,
)
_TAKES_UP = re.compile(r"^(?:It|They|The (?:\w+ )?(?P<noun>[a-z]+)) ")
_FIRST = 11
_OTHER = re.compile(r"\b(?:re|site|original|earlier|replac\w+|beside|next to|style)\b", re.I)


def centuries(lines: Sequence[DatedLine]) -> Iterator[Finding]:
    """Things of one century that were made in a year of another."""
    for at, line in enumerate(lines):
        match = _CENTURY.search(line.text)
        if match is None or _OTHER.search(line.text):
            continue
        made = [(line, when) for when in line.whens if when.span.start > match.end()]
        following = lines[at + 1] if at + 1 < len(lines) else None
        taken_up = following and _TAKES_UP.match(following.text)
        if not made and following and taken_up and taken_up["noun"] in {None, match["noun"]}:
            made = [(following, when) for when in following.whens[:1]]
        for source, when in made[:1]:
            yield from _century(line, match, source, when)


def _century(
    line: DatedLine, match: re.Match[str], source: DatedLine, when: When
) -> Iterator[Finding]:
    year = when.year
    if year is None or not _MADE.search(source.text, 0, when.span.start):
        return
    word = match["number"].lower()
    said = int(word) if word.isdigit() else _FIRST + _WORDS.index(word)
    if (year - 1) // 100 + 1 != said and year // 100 + 1 != said:
        yield Finding(
            line.span(Span(*match.span("number"))),
            source.span(when.span),
            f"{year} is in the {_ordinal(year // 100 + 1)} century, not in the {_ordinal(said)}.",
            0.8,
        )


def _ordinal(number: int) -> str:
    return _WORDS[number - _FIRST] if 0 <= number - _FIRST < len(_WORDS) else f"{number}th"
