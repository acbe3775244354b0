"""Days of one year with their weekdays: if 14 June is a Saturday, 27 June is a Friday.

For articles that do not tell their date, and for dates that leave out their year. A date with its
year tells its weekday by the calendar; of several, the one that the most others deny is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from factcheck.checks.findings import Finding
from factcheck.checks.times.timeline import DatedLine, is_of_another_year
from factcheck.text.dates import Anchor, When, weekday_name

_WEEK = 7
_WEEKDAY = re.compile(r"^\w+day,? (?:the )?")
_FAR = 120
"""Days between two dates that are of one year where nothing is said of it."""
_MOST = 40
"""A text with more dated weekdays is a calendar; of its dates only the first are compared."""


@dataclass(frozen=True)
class _Named:
    """A day whose weekday is told, in words or by its year."""

    line: DatedLine
    when: When
    weekday: int
    is_written: bool
    """Whether the weekday is written, so that it can be wrong."""

    @property
    def day(self) -> str:
        """The date as written, without its weekday."""
        return _WEEKDAY.sub("", self.when.span.of(self.line.text))


def weekday_pairs(lines: Sequence[DatedLine], anchor: Anchor | None) -> Iterator[Finding]:
    """Dates whose weekday is another than the other dated weekdays of the article give.

    With an anchor the calendar tells (`factcheck.checks.times.intervals`).
    """
    if anchor is not None and not anchor.assumed:
        return
    found = (_named(line, when) for line in lines for when in line.whens)
    named = [one for one in found if one][:_MOST]
    for at, one in enumerate(named):
        if not (one.is_written and one.when.assumed):
            continue
        near = [
            other for other in named if other is not one and _days_between(other, one) is not None
        ]
        against = [other for other in near if not _agree(other, one)]
        if not against or len(against) <= len(near) - len(against):
            continue
        if len(against) == 1 and against[0].is_written and at < named.index(against[0]):
            continue  # of two that deny each other the second is flagged
        yield _finding(against[0], one)


def _named(line: DatedLine, when: When) -> _Named | None:
    if when.precision != "day" or when.first is None or is_of_another_year(line, when):
        return None
    if when.named is not None:
        return _Named(line, when, when.named, True)
    return _Named(line, when, when.first.weekday(), False) if not when.assumed else None


def _agree(one: _Named, other: _Named) -> bool:
    days = _days_between(one, other)
    return days is not None and (one.weekday + days) % _WEEK == other.weekday


def _finding(source: _Named, wrong: _Named) -> Finding:
    wanted = (source.weekday + (_days_between(source, wrong) or 0)) % _WEEK
    written = wrong.when.span.of(wrong.line.text)
    return Finding(
        wrong.line.span(wrong.when.span),
        source.line.span(source.when.span),
        _why(source, wrong, wanted),
        0.75,
        weekday_name(wanted) + written[len(weekday_name(wrong.weekday)) :],
    )


def _why(one: _Named, other: _Named, wanted: int) -> str:
    said, denied = weekday_name(one.weekday), weekday_name(other.weekday)
    if one.when.first == other.when.first:
        return f"{other.day} cannot be both a {said} and a {denied}."
    return f"If {one.day} is a {said}, {other.day} is a {weekday_name(wanted)}, not a {denied}."


def _days_between(one: _Named, other: _Named) -> int | None:
    """The days from one to the other, both in one year; None where they are far apart."""
    first, second = one.when.first, other.when.first
    if first is None or second is None:
        return None
    if not (one.when.assumed or other.when.assumed):
        return None
    year = first.year if not one.when.assumed else second.year
    with suppress(ValueError):
        days = (second.replace(year=year) - first.replace(year=year)).days
        return days if abs(days) <= _FAR else None
    return None
