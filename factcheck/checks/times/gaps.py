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


def gaps(lines: Sequence[DatedLine], anchor: Anchor | None) -> Iterator[Finding]:
    """Years since the last time that the year of that last time does not give."""
    for at, line in enumerate(lines):
        for length in line.durations:
            lead, rest = line.text[: length.span.start], line.text[length.span.end :]
            if length.unit != "year" or not (_FIRST.search(lead) or _WAIT.match(rest)):
                continue
            for last in lines[at : at + 2]:
                yield from _gap(line, length, last, anchor)


def _gap(
    line: DatedLine, length: Duration, last: DatedLine, anchor: Anchor | None
) -> Iterator[Finding]:
    dated = [when for when in last.whens if when.year]
    before = [when for when in dated if _LAST.search(last.text, 0, when.span.start)]
    if len(before) != 1 or _OTHER.search(last.text):
        return
    now = _now(line, before[0], anchor)
    then = before[0].year
    if now is None or then is None:
        return
    years = now - then
    if length.low - _SLACK <= years <= length.high + _SLACK or not 0.3 <= length.count / years <= 3:
        return
    yield Finding(
        line.span(length.span),
        last.span(before[0].span),
        f"From {before[0].span.of(last.text)} to {now} are {years} years, not"
        f" {length.span.of(line.text).lower()}.",
        0.75,
    )


def _now(line: DatedLine, before: When, anchor: Anchor | None) -> int | None:
    """The year of what happened again: the only other one of its sentence, or the article's."""
    years = {when.year for when in line.whens if (when.year or 0) > (before.year or 0)}
    if len(years) == 1:
        return years.pop()
    return anchor.day.year if anchor and not anchor.assumed and not years else None
