"""'On 7 August, three days earlier' where the day meant is three days before it, not after.

The day from which such a length counts may be told in any sentence. A length that leads to one of
the dates of the article in the direction told is left alone; one that leads to a date only in the
other direction has the wrong word behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.times.days import Day, days
from factcheck.checks.times.timeline import DatedLine
from factcheck.records import Span
from factcheck.text.dates import Anchor, When
from factcheck.text.durations import Duration, elapsed, fits

_SIDE = re.compile(
    r"^ (?P<side>later|afterwards|after|following|earlier|before|previously|ahead of|prior to)\b",
    re.IGNORECASE,
)
_FORWARD = frozenset({"later", "afterwards", "after", "following"})
_DATED_BEFORE = re.compile(
    r",? ?(?:just |only |exactly |some |about |almost |nearly |barely |more than |less than )*$"
)
_TO_DATE = re.compile(r"^,? (?:on|in) (?:the \w+ of )?$", re.IGNORECASE)
_EVENT_THEN = re.compile(r"^(?: (?!and\b|but\b|said\b)[\w'-]+){1,7}, on $", re.IGNORECASE)
_WIDEST = {"day": 1, "week": 1, "month": 31, "year": 366}
"""Days that a date may leave open to be held against a length in that unit."""
_OTHERWISE = re.compile(r"\b(?:would|should|could|if|every|each|usually|normally)\b", re.IGNORECASE)
_SPARE = 0.75


def turned_lengths(lines: Sequence[DatedLine], anchor: Anchor | None) -> Iterator[Finding]:
    """Dates told to lie so long before another, where they lie so long after it, and back."""
    wanted = [
        (line, when, length, side)
        for line in lines
        for length in line.durations
        for when, side in _dated(line, length)
    ]
    dated = days(lines, anchor) if wanted else []
    for line, when, length, side in wanted:
        own = next((day for day in dated if day.line is line and day.when is when), None)
        if own and not _OTHERWISE.search(line.text):
            yield from _turned(own, length, side, dated)


def _dated(line: DatedLine, length: Duration) -> Iterator[tuple[When, re.Match[str]]]:
    """The date that stands beside 'three days earlier' or 'a week before the vote'."""
    rest = line.text[length.span.end :]
    side = _SIDE.match(rest)
    if side is None or (length.unit == "year" and length.count < 2):
        return
    for when in line.whens:
        if when.first is None:
            continue
        ahead = line.text[when.span.end : length.span.start]
        behind = rest[side.end() : max(when.span.start - length.span.end, side.end())]
        if (
            (when.span.end <= length.span.start and _DATED_BEFORE.fullmatch(ahead))
            or (when.span.start > length.span.end and _EVENT_THEN.fullmatch(behind))
            or (
                when.span.start > length.span.end
                and _TO_DATE.fullmatch(behind)
                and side["side"]
                in {
                    "later",
                    "earlier",
                    "afterwards",
                    "before",
                }
            )
        ):
            yield when, side


def _turned(
    own: Day, length: Duration, side: re.Match[str], dated: Sequence[Day]
) -> Iterator[Finding]:
    forward = side["side"].lower() in _FORWARD
    right, wrong = [], []
    for other in dated:
        if other.key == own.key or not _is_exact(other.when, length.unit):
            continue
        if _leads(other, own, length) if forward else _leads(own, other, length):
            right.append(other)
        if _leads(own, other, length) if forward else _leads(other, own, length):
            wrong.append(other)
    if right or not wrong or (length.count == 1 and length.unit == "day"):
        return
    line, other = own.line, min(wrong, key=lambda day: abs(day.line.number - own.line.number))
    start, end = length.span.start, length.span.end + side.end()
    yield Finding(
        line.span(Span(start, end)),
        other.line.span(other.when.span),
        f"{own.written} comes {'before' if forward else 'after'} {other.written}, so not"
        f" {line.text[start:end].lower()}.",
        _SPARE,
    )


def _is_exact(when: When, unit: str) -> bool:
    if when.first is None or when.last is None:
        return False
    return (when.last - when.first).days < _WIDEST[unit]


def _leads(start: Day, end: Day, length: Duration) -> bool:
    """Whether it is so long from one date to another."""
    if end.line is start.line and end.when is start.when:
        return False
    for one in start.readings:
        for other in end.readings:
            between = elapsed(one, other, length.unit)
            if between and between[1] > 0 and fits(length, between):
                return True
    return False
