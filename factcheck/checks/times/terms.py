"""Terms and rounds of so many years: 'elected in 2018 for a six-year term that ran out in 2026'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.times.timeline import DatedLine
from factcheck.records import Span
from factcheck.text.dates import When
from factcheck.text.numbers import UP_TO_TWELVE, count_of

_NUMBER = rf"\d{{1,2}}|{UP_TO_TWELVE}"
_TERM = re.compile(
    rf"\b(?P<a>{_NUMBER})-year (?:term|mandate|presidency)\b"
    rf"|\b(?:term|mandate) of (?P<b>{_NUMBER}) years\b",
    re.IGNORECASE,
)
_EVERY = re.compile(rf"\b(?:held |staged |takes place )?every (?P<a>{_NUMBER}) years\b", re.I)
_BEGAN = re.compile(
    r"\b(?:elected|took (?:office|over|the oath)|sworn in|inaugurated|appointed|became"
    r"|came to power|since)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:ends?|ended|ran out|runs out|expires?|expired|is up|was up|comes? up|came up|is over"
    r"|was over|until|till)\b",
    re.IGNORECASE,
)
_LAST = re.compile(r"\b(?:last|previous\w*|most recent\w*)\b", re.IGNORECASE)
_NEXT = re.compile(r"\b(?:next|will|again|go(?:es)? to)\b", re.IGNORECASE)
_CUT = re.compile(
    r"\b(?:early|resign\w*|died|ousted|removed|snap|extend\w*|postponed|delay\w*|cancel\w*|brought"
    r" forward|because of|cut short|remaining|rest of|by-election|first|put off)\b",
    re.IGNORECASE,
)
"""With such words a term or a round need not have run its years."""


def terms(lines: Sequence[DatedLine]) -> Iterator[Finding]:
    """Ends that are no whole number of terms, or rounds, after the beginning."""
    for at, line in enumerate(lines):
        near = lines[max(0, at - 1) : at + 2]
        for form, began, ended in ((_TERM, _BEGAN, _ENDS), (_EVERY, _LAST, _NEXT)):
            match = form.search(line.text)
            if match is None or any(_CUT.search(one.text) for one in near):
                continue
            years = count_of(next(word for word in match.groups() if word)) or 0
            for chosen in ([line], [*lines[max(0, at - 1) : at], line], list(lines[at : at + 2])):
                found = list(_term(line, match, years, chosen, began, ended))
                if found:
                    yield found[0]
                    break


def _term(
    line: DatedLine,
    match: re.Match[str],
    years: int,
    near: Sequence[DatedLine],
    began: re.Pattern[str],
    ended: re.Pattern[str],
) -> Iterator[Finding]:
    dated = [(one, when) for one in near for when in one.whens if when.year]
    if len(dated) != 2 or years < 2:
        return
    (source, start), (other, end) = dated
    if not (began.search(_before(source, start)) and ended.search(_before(other, end))):
        return
    gap = (end.year or 0) - (start.year or 0)
    if gap > 0 and gap % years:
        yield Finding(
            other.span(end.span),
            line.span(Span(match.start(), match.end())),
            f"From {start.span.of(source.text)} to {end.span.of(other.text)} is {gap} years, no"
            f" multiple of {years}.",
            0.75,
        )


def _before(line: DatedLine, when: When) -> str:
    return line.text[: when.span.start]
