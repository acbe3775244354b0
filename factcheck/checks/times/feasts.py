"""Dates beside feasts: 'Good Friday, 2 April', '27 December, two days before Christmas Day'."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.times.timeline import DatedLine
from factcheck.text.dates import Anchor, When

_FIXED = {
    "new year's day": (1, 1),
    "epiphany": (1, 6),
    "twelfth night": (1, 5),
    "burns night": (1, 25),
    "valentine's day": (2, 14),
    "st valentine's day": (2, 14),
    "st david's day": (3, 1),
    "st patrick's day": (3, 17),
    "april fool's day": (4, 1),
    "april fools' day": (4, 1),
    "st george's day": (4, 23),
    "may day": (5, 1),
    "ve day": (5, 8),
    "midsummer day": (6, 24),
    "bastille day": (7, 14),
    "independence day": (7, 4),
    "halloween": (10, 31),
    "hallowe'en": (10, 31),
    "all saints' day": (11, 1),
    "all souls' day": (11, 2),
    "bonfire night": (11, 5),
    "guy fawkes night": (11, 5),
    "armistice day": (11, 11),
    "veterans day": (11, 11),
    "st andrew's day": (11, 30),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "hogmanay": (12, 31),
}
_MOVED = {
    "shrove tuesday": -47,
    "ash wednesday": -46,
    "palm sunday": -7,
    "maundy thursday": -3,
    "good friday": -2,
    "holy saturday": -1,
    "easter saturday": -1,
    "easter day": 0,
    "easter sunday": 0,
    "easter monday": 1,
    "ascension day": 39,
    "whit sunday": 49,
    "pentecost": 49,
    "whit monday": 50,
    "corpus christi": 60,
}
_FEAST = "|".join(sorted((re.escape(name) for name in (*_FIXED, *_MOVED)), key=len, reverse=True))
_BEFORE = re.compile(
    rf"\b(?P<feast>{_FEAST})(?:, | \(|, on | falls (?:this year )?on "
    rf"| falling (?:this year )?on )$",
    re.I,
)
_BEHIND = re.compile(
    rf"^(?:, | \(| is |, which is )(?P<feast>{_FEAST})\b(?! (?:and|to|or)\b)", re.I
)
_LENGTH = re.compile(rf"^,? (?P<side>before|after|ahead of) (?P<feast>{_FEAST})\b", re.IGNORECASE)
_HOLIDAYS = re.compile(
    r"^,? (?:just |shortly |only |well )?(?P<side>before|after|ahead of) (?:the (?:christmas "
    r"|winter |year-end )?"
    r"(?:holidays?|break)|christmas|the (?:end|turn) of the year|(?:the )?new year)\b",
    re.IGNORECASE,
)
_EARLY, _LATE = (1, 2, 3), (10, 11, 12)
_NEW_YEAR_ENDS = 25


def feasts(lines: Sequence[DatedLine], anchor: Anchor | None) -> Iterator[Finding]:
    """Dates that a feast beside them denies."""
    easter = _told_easter(lines)
    for line in lines:
        for when in line.whens:
            if when.precision == "day" and when.first:
                yield from _apposed(line, when, easter, anchor)
                yield from _reckoned(line, when, easter, anchor)
                yield from _holidays(line, when)


def _apposed(
    line: DatedLine, when: When, easter: dt.date | None, anchor: Anchor | None
) -> Iterator[Finding]:
    text = line.text
    match = _BEFORE.search(text[: when.span.start]) or _BEHIND.match(text[when.span.end :])
    day = _day(match["feast"], when, easter, anchor) if match else None
    if match and day and when.first and (day.month, day.day) != (when.first.month, when.first.day):
        yield _finding(line, when, f"{match['feast']} is {day.day} {day:%B}")


def _reckoned(
    line: DatedLine, when: When, easter: dt.date | None, anchor: Anchor | None
) -> Iterator[Finding]:
    for length in line.durations:
        match = _LENGTH.match(line.text[length.span.end :])
        between = line.text[when.span.end : length.span.start]
        if not match or length.unit not in {"day", "week"} or not re.fullmatch(r",? ?", between):
            continue
        feast = _day(match["feast"], when, easter, anchor)
        days = length.count * (7 if length.unit == "week" else 1)
        if feast is None or when.first is None or when.span.end > length.span.start:
            continue
        shift = dt.timedelta(days if match["side"].lower() == "after" else -days)
        day = feast + shift
        off = abs((day.replace(year=2004) - when.first.replace(year=2004)).days) % 365
        if off > (0 if length.unit == "day" else 3):
            said = f"{length.span.of(line.text)} {match['side']} {match['feast']}"
            yield _finding(line, when, f"{said} is {day.day} {day:%B}")


def _holidays(line: DatedLine, when: When) -> Iterator[Finding]:
    match = _HOLIDAYS.match(line.text[when.span.end :])
    if not match or when.first is None:
        return
    month, day = when.first.month, when.first.day
    early = (month == 12 and day < _NEW_YEAR_ENDS) or month in _LATE[:2]
    if (match["side"].lower() == "after" and early) or (
        match["side"].lower() != "after" and month in _EARLY
    ):
        yield _finding(line, when, f"that day does not come{match.group().rstrip(',')}")


def _finding(line: DatedLine, when: When, why: str) -> Finding:
    written = when.span.of(line.text)
    return Finding(line.span(when.span), None, f"{why[0].upper()}{why[1:]}, not {written}.", 0.75)


def _day(feast: str, when: When, easter: dt.date | None, anchor: Anchor | None) -> dt.date | None:
    """The day of a feast in the year of a date."""
    name = feast.casefold()
    year = when.year or (anchor.day.year if anchor and not anchor.assumed else None)
    if name in _FIXED:
        month, day = _FIXED[name]
        return dt.date(year or (when.first or dt.date(2004, 1, 1)).year, month, day)
    if easter and (
        year is None or easter.year == year or name not in {"easter day", "easter sunday"}
    ):
        return easter + dt.timedelta(_MOVED[name])
    return _easter(year) + dt.timedelta(_MOVED[name]) if year else None


def _told_easter(lines: Sequence[DatedLine]) -> dt.date | None:
    """Easter as the article dates it, for articles that do not tell their year."""
    for line in lines:
        for when in line.whens:
            match = _BEFORE.search(line.text[: when.span.start])
            if match and match["feast"].casefold() in {"easter day", "easter sunday"}:
                return when.first
    return None


def _easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    n = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + n - 7 * ((a + 11 * h + 22 * n) // 451) + 114, 31)
    return dt.date(year, month, day + 1)
