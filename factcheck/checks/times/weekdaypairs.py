"""Days of one year with their weekdays: if 14 June is a Saturday, 27 June is a Friday.

For articles that do not tell their year, and for dates that leave it out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from factcheck.checks.findings import Finding
from factcheck.checks.times.timeline import DatedLine, is_of_another_year
from factcheck.text.dates import Anchor, When, weekday_name

_WEEK = 7
_WEEKDAY = re.compile(r"^\w+day,? (?:the )?")
_FAR = 120
"""Days between two dates that are of one year where nothing is said of it."""


def weekday_pairs(lines: Sequence[DatedLine], anchor: Anchor | None) -> Iterator[Finding]:
    """Dates whose weekday is another than the first dated weekday of the article gives.

    With an anchor the calendar tells (`factcheck.checks.times.intervals`).
    """
    named = [(line, when) for line in lines for when in line.whens if _is_named(line, when)]
    if anchor is not None or len(named) < 2:
        return
    source, first = named[0]
    for line, when in named[1:]:
        days = _days_between(first, when)
        if days is None or abs(days) > _FAR:
            continue
        wanted = ((first.named or 0) + days) % _WEEK
        if when.assumed and wanted != when.named:
            yield Finding(
                line.span(when.span),
                source.span(first.span),
                _why(_day(source, first), _day(line, when), first, when, wanted),
                0.75,
            )


def _is_named(line: DatedLine, when: When) -> bool:
    known = when.precision == "day" and when.named is not None and when.first is not None
    return known and not is_of_another_year(line, when)


def _day(line: DatedLine, when: When) -> str:
    """The date as written, without its weekday."""
    return _WEEKDAY.sub("", when.span.of(line.text))


def _why(one: str, other: str, first: When, second: When, wanted: int) -> str:
    said, denied = weekday_name(first.named or 0), weekday_name(second.named or 0)
    if first.first == second.first:
        return f"{other} cannot be both a {said} and a {denied}."
    return f"If {one} is a {said}, {other} is a {weekday_name(wanted)}, not a {denied}."


def _days_between(one: When, other: When) -> int | None:
    """The days from one to the other, both in the year of the first."""
    if one.first is None or other.first is None:
        return None
    with suppress(ValueError):
        return (_in_year(other.first, one.first.year) - one.first).days
    return None


def _in_year(day: dt.date, year: int) -> dt.date:
    return day.replace(year=year)
