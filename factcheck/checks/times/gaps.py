"""How long ago it last happened: 'the first born there for sixty years. The last was in 1963'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.times.timeline import DatedLine
from factcheck.text.dates import Anchor, When
from factcheck.text.durations import Duration

_FIRST = re.compile(r"\bfirst\b[^.;:]{0,80}?\b(?:for|in) (?:[\w ]{0,12} )?$", re.IGNORECASE)
_WAIT = re.compile(
    r"^(?:[- ](?:wait|drought|absence|gap)\b| of (?:waiting|absence|drought)\b)", re.IGNORECASE
)
_LAST = re.compile(r"\b(?:last|previous|latest|most recent)\b[^.;:]{0,80}?\b(?:in|since) $", re.I)
_OTHER = re.compile(r"\b(?:second|third|also|even longer|record|else)\b", re.IGNORECASE)
_SLACK = 1.0
_ANY = frozenset({"one", "time", "such", "occasion"})
"""Nouns that stand for whatever it was that happened first."""
_WON = frozenset(
    "championship crown cup defeat gold loss medal success title triumph trophy victory win".split()
)
"""What teams wait for, by any of its names."""


def gaps(lines: Sequence[DatedLine], anchor: Anchor | None) -> Iterator[Finding]:
    """Years since the last time that the year of that last time does not give."""
    for at, line in enumerate(lines):
        for length in line.durations:
            lead, rest = line.text[: length.span.start], line.text[length.span.end :]
            first = _FIRST.search(lead)
            if length.unit != "year" or not (first or _WAIT.match(rest)):
                continue
            for last in lines[at : at + 2]:
                yield from _gap(line, first, length, last, anchor)


def _gap(
    line: DatedLine,
    first: re.Match[str] | None,
    length: Duration,
    last: DatedLine,
    anchor: Anchor | None,
) -> Iterator[Finding]:
    dated = [when for when in last.whens if when.year]
    found = [(when, _LAST.search(last.text, 0, when.span.start)) for when in dated]
    before = [when for when, match in found if match]
    if len(before) != 1 or _OTHER.search(last.text):
        return
    latest = next(match for _, match in found if match)
    if not _is_alike(line, _noun(line, first) if first else "", _noun(last, latest)):
        return
    now = _now(line, before[0], anchor)
    then = before[0].year
    if now is None or then is None or now == then:
        return
    years = now - then
    if length.low - _SLACK <= years <= length.high + _SLACK or not 0.3 <= length.count / years <= 3:
        return
    yield Finding(
        line.span(length.span),
        last.span(before[0].span),
        f"From {before[0].span.of(last.text)} to {now} is {years} years, not"
        f" {length.span.of(line.text).lower()}.",
        0.75,
    )


def _noun(line: DatedLine, match: re.Match[str]) -> str:
    """Lemma of the noun that 'first' or 'last' belongs to; empty where it stands alone."""
    words = (word for word in line.parsed.doc if word.idx + len(word) > match.start())
    ordinal = next(word for word in words if word.lower_ != "most")
    return ordinal.head.lemma_.casefold() if ordinal.dep_ in {"amod", "compound"} else ""


def _is_alike(line: DatedLine, first: str, last: str) -> bool:
    """Whether the last of the one and the first of the other are of a kind."""
    if not last or last in _ANY or last == first:
        return True
    if first:
        return last in _WON and first in _WON
    return last in _WON or any(last == word.lemma_.casefold() for word in line.parsed.doc)


def _now(line: DatedLine, before: When, anchor: Anchor | None) -> int | None:
    """The year of what happened again: the only other one of its sentence, or the article's."""
    years = {when.year for when in line.whens if (when.year or 0) > (before.year or 0)}
    if len(years) == 1:
        return years.pop()
    return anchor.day.year if anchor and not anchor.assumed and not years else None
