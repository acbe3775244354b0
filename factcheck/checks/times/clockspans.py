"""How long it is between two times of day told before: 'the two hours in between'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.times.timeline import DatedLine
from factcheck.text.clock import DAY, Clock, Lapse, between, clocks, lapses, spell_minutes

_TAKEN_UP = re.compile(r"\b(?:the|those|these|that) (?:\w+ )?$", re.IGNORECASE)
_BETWEEN = re.compile(r"^ (?:in between|between (?:them|the two))\b", re.IGNORECASE)
_NAMED = re.compile(
    r"^[- ]?(?:long )?(?:day|stretch|gap|closure|shutdown|blackout|outage|session|shift)\b",
    re.IGNORECASE,
)
_LATER = re.compile(r"^ (?:later|earlier|longer|shorter|more|less|before|after|sooner)\b", re.I)
_ELSEWHERE = re.compile(
    r"\b(?:local|gmt|edt|est|cet|bst|(?:eastern|central|mountain|pacific) time|instead|usual\w*)\b",
    re.IGNORECASE,
)
_BACK = 2
"""Sentences before one in which the two times may stand."""


def clock_spans(lines: Sequence[DatedLine]) -> Iterator[Finding]:
    """Lengths that take up the only two times of day of their sentence and those before it."""
    for at, line in enumerate(lines):
        for lapse in lapses(line.text):
            if _takes_up(line.text, lapse):
                yield from _span(lines[max(0, at - _BACK) : at], line, lapse)


def _takes_up(text: str, lapse: Lapse) -> bool:
    rest = text[lapse.span.end :]
    if _LATER.match(rest) or not _TAKEN_UP.search(text, 0, lapse.span.start):
        return False
    return bool(_BETWEEN.match(rest) or _NAMED.match(rest) or "those" in _lead(text, lapse))


def _lead(text: str, lapse: Lapse) -> str:
    return text[max(0, lapse.span.start - 14) : lapse.span.start].lower()


def _span(near: Sequence[DatedLine], line: DatedLine, lapse: Lapse) -> Iterator[Finding]:
    told: list[tuple[DatedLine, Clock]] = []
    for one in (*near, line):
        if _ELSEWHERE.search(one.text):
            return
        told += [(one, c) for c in clocks(one.text) if one is not line or _is_before(c, lapse)]
    if len(told) != 2:
        return
    (source, start), (other, end) = told
    minutes = between(start, end)
    if any(lapse.low <= one + DAY * day <= lapse.high for one in minutes for day in (0, 1)):
        return
    right = min(minutes, key=lambda one: abs(one - lapse.minutes))
    where = source.span(start.span, end.span) if source is other else source.span(start.span)
    yield Finding(
        line.span(lapse.span),
        where,
        f"From {start.span.of(source.text)} to {end.span.of(other.text)} is {spell_minutes(right)},"
        f" not {lapse.span.of(line.text)}.",
        0.8,
    )


def _is_before(clock: Clock, lapse: Lapse) -> bool:
    return clock.span.end <= lapse.span.start
