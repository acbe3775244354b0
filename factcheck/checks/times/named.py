"""A length in a name against the days told: 'a two-day summit from Monday to Thursday'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcheck.checks.findings import Finding
from factcheck.checks.times.timeline import DatedLine
from factcheck.records import Span
from factcheck.text.dates import When
from factcheck.text.numbers import UP_TO_TWELVE, count_of

_NAMED = re.compile(
    rf"\b(?P<count>\d{{1,2}}|{UP_TO_TWELVE})-day"
    r" (?!(?:old|deadline)\b)[a-z]",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:from|between) (?:the )?$", re.IGNORECASE)
_TO = re.compile(r",? (?:to|until|till|through|and) (?:the )?", re.IGNORECASE)
_WEEK = 7
_OTHER = re.compile(
    r"\b(?:every|each|after|before|delay\w*|extend\w*|instead|was to|were to)\b", re.I
)


def named_lengths(line: DatedLine) -> Iterator[Finding]:
    """Where the days, first and last counted, are not as many as the name says, nor one more.

    One more there may be: a three-day trip ends on the morning of the fourth.
    """
    named = list(_NAMED.finditer(line.text))
    if len(named) != 1 or len(line.whens) != 2 or _OTHER.search(line.text):
        return
    first, last = line.whens
    lead, between = line.text[: first.span.start], line.text[first.span.end : last.span.start]
    days = _days(first, last)
    if days is None or not _FROM.search(lead) or not _TO.fullmatch(between):
        return
    written = named[0]["count"]
    count = count_of(written) or 0
    if count not in {days, days - 1}:
        yield Finding(
            line.span(Span(*named[0].span("count"))),
            line.span(first.span, last.span),
            f"From {first.span.of(line.text)} to {last.span.of(line.text)} is {days} days,"
            f" not {written}.",
            0.7,
        )


def _days(first: When, last: When) -> int | None:
    """How many days, both counted; within a week where only weekdays are named."""
    if first.precision == last.precision == "day" and first.first and last.first:
        found = (last.first - first.first).days + 1
        return found if found > 0 else None
    if first.named is None or last.named is None:
        return None
    return (last.named - first.named) % _WEEK + 1
