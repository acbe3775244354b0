"""The dates of an article as days that can be held against one another, in whatever year."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from factcheck.checks.times.timeline import DatedLine
from factcheck.records import Span
from factcheck.text.dates import Anchor, When
from factcheck.text.durations import Duration, elapsed, fits

_AHEAD = re.compile(
    r"\b(?:will|would|shall|due|scheduled|planned|plans|expected|hopes?|aims?|next|until|till|by"
    r"|is to|are to|runs out|expires?|target)\b",
    re.IGNORECASE,
)
_NEAR = 60
"""Characters before a date in which such words make it one to come."""
_LEAD = 3
"""Sentences, the headline among them, in which news tells its own day."""
MOST = 60
"""Articles with more dates are chronicles; what compares dates with one another passes them by."""


@dataclass(frozen=True)
class Day:
    """A date of the article with all the days that it may mean."""

    line: DatedLine
    """The sentence."""
    when: When
    """The date as written."""
    readings: tuple[When, ...]
    """One where its year is written, else one for each year that may be meant."""

    @property
    def written(self) -> str:
        """The date as written."""
        return self.when.span.of(self.line.text)

    @property
    def key(self) -> tuple[dt.date | None, dt.date | None]:
        """Equal for dates that say the same."""
        return self.when.first, self.when.last


@dataclass(frozen=True)
class Today:
    """The day of the article."""

    when: When
    """The day, or the year or month as far as it is told."""
    is_sure: bool
    """Whether the article tells its date; else it is no earlier than that day."""


def today(lines: Sequence[DatedLine], anchor: Anchor | None) -> Today | None:
    """The day of the article: its own, else the latest date with a year, told as past or near."""
    if anchor and not anchor.assumed:
        return Today(When(Span(0, 0), anchor.day, anchor.day, "day"), True)
    told = [(line, when) for line in lines for when in line.whens if when.year]
    ahead = [one for one in told if _is_ahead(*one)]
    past = [one for one in told if one not in ahead]
    years = [when.year or 0 for _, when in past]
    told = past + [one for one in ahead if one[1].precision == "day" and _is_soon(one[1], years)]
    if told:
        line, latest = max(told, key=lambda one: one[1].last or dt.date.min)
        spoken = {w.named for one in lines[:_LEAD] for w in one.whens if w.precision == "weekday"}
        is_lead = line.number < _LEAD or latest.weekday in spoken
        return Today(latest, is_lead and latest.precision == "day")
    return Today(When(Span(0, 0), anchor.day, anchor.day, "day"), True) if anchor else None


def _is_soon(when: When, years: Sequence[int]) -> bool:
    """Whether a day to come is of the latest year that is past, or of the next."""
    return not years or (when.year or 0) <= max(years) + 1


def _is_ahead(line: DatedLine, when: When) -> bool:
    return _AHEAD.search(line.text[: when.span.start][-_NEAR:]) is not None


def days(lines: Sequence[DatedLine], anchor: Anchor | None) -> list[Day]:
    """The dates of the article, weekdays alone left out; none of a chronicle."""
    now = today(lines, anchor)
    dated = [(line, when) for line in lines for when in line.whens if when.first]
    if len(dated) > MOST:
        return []
    year = now.when.first.year if now and now.when.first else None
    return [Day(line, when, tuple(_readings(when, year))) for line, when in dated]


def spans(starts: Iterable[When], ends: Sequence[When], unit: str) -> Iterator[tuple[float, float]]:
    """The lengths from any of the starts to any end that does not come before it."""
    for start in starts:
        for end in ends:
            between = elapsed(start, end, unit)
            if between and between[1] >= 0:
                yield between


def is_long(length: Duration, starts: Iterable[When], ends: Sequence[When]) -> bool:
    """Whether a length is that from any start to any end, both days counted or not."""
    both = {"day": 1.0, "week": 0.15}.get(length.unit, 0.05)
    return any(
        fits(length, between) or fits(length, (between[0], between[1] + both))
        for between in spans(starts, ends, length.unit)
    )


def _readings(when: When, year: int | None) -> Iterator[When]:
    if not (when.assumed and when.first and when.last):
        yield when
        return
    first = when.first.year if year is None else year
    for chosen in (first - 1, first, first + 1):
        yield replace(
            when,
            first=_in_year(when.first, chosen),
            last=_in_year(when.last, chosen + when.last.year - when.first.year),
            assumed=False,
        )


def _in_year(day: dt.date, year: int) -> dt.date:
    return day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)
