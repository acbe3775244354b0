"""Dates, times of day and lengths of time by their parts, however loosely they are written.

A notice says 'the fifteenth of March', a log '0940' and a newspaper 'March 15' or 'Friday'. Each
becomes the parts that its words give, so that one can be held against another part by part.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from factcheck.records import Span
from factcheck.text.clock import clocks, lapses
from factcheck.text.dates import COUNTED, MONTHS, WEEKDAYS
from factcheck.text.durations import DAYS_IN, durations
from factcheck.text.folding import readable

_UNITS = "first second third fourth fifth sixth seventh eighth ninth".split()
_TEENS = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth"
    " nineteenth twentieth"
).split()
ORDINALS = {
    **{word: number for number, word in enumerate([*_UNITS, *_TEENS], start=1)},
    **{f"twenty-{word}": number for number, word in enumerate(_UNITS, start=21)},
    "thirtieth": 30,
    "thirty-first": 31,
}
"""Ordinals in words, as far as days of a month go."""
_LONG = "|".join(name.capitalize() for name in MONTHS if len(name) > 4 or name in "may june july")
_SHORT = "|".join(sorted((name.capitalize() for name in MONTHS), key=len, reverse=True))
_SPOKEN = "|".join(sorted(ORDINALS, key=len, reverse=True))
_WEEKDAY = "|".join([*WEEKDAYS, *(rf"{day[:3]}\b\.?" for day in WEEKDAYS)])
_DAY = rf"(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d,.:]\d)|{_SPOKEN})"
_YEAR = r"(?:1[4-9]|20)\d{2}(?![\d,]\d|\.\d|\w)"
_MARK = re.compile(
    rf"(?<![\w/$\u00a3\u20ac-])(?:"
    rf"(?:(?P<named>{_WEEKDAY}),? (?:the )?)?(?:"
    rf"(?P<day1>{_DAY})(?: day)?(?: of)? (?P<month1>{_SHORT})(?!\w)(?:\.?,? (?P<year1>{_YEAR}))?"
    rf"|(?P<month2>{_SHORT})\.? (?:the )?(?P<day2>{_DAY})(?!\w)(?:,? (?P<year2>{_YEAR}))?"
    rf")"
    rf"|(?P<year3>(?:19|20)\d\d)-(?P<month3>[01]\d)-(?P<day3>[0-3]\d)(?!\w)"
    rf"|(?P<month4>1[0-2]|0?[1-9])/(?P<year4>(?:19|20)\d\d)(?!\w)"
    rf"|(?P<month5>{_SHORT})\.?,? (?:of )?(?P<year5>{_YEAR})"
    rf"|(?P<month6>{_LONG})(?!\w)"
    rf"|(?P<weekday>{_WEEKDAY}),? the (?P<day7>{_DAY})(?!\w)"
    rf"|(?P<weekday8>{'|'.join(WEEKDAYS)})(?!\w)"
    rf"|the (?P<day9>\d\d?(?:st|nd|rd|th))(?! (?:\w+ )?century)(?![\w-])"
    rf"|(?P<year10>{_YEAR})(?! (?:{COUNTED})\b)"
    rf")"
)
_BARE = re.compile(r"(?:May|March|August)\Z")
_LEADS = re.compile(
    r"\b(?:in|since|until|till|by|from|to|last|during|of|before|after|this|every|next|and|a|the"
    r"|early|late|mid|between|through|for|or)[ -]$",
    re.IGNORECASE,
)

_SINGLE = re.compile(r"(?:an?|the) \w+", re.IGNORECASE)
"""'A day' is a rate or a figure of speech more often than a length."""
_COMPOUND_BEFORE = re.compile(r"\b(?:year|month|week|day)s? and (?:an? )?$", re.IGNORECASE)
_COMPOUND_AFTER = re.compile(r" and (?:a half|[\w-]+ (?:month|week|day|hour)s?)\b", re.IGNORECASE)

Parts = Mapping[str, float]


@dataclass(frozen=True)
class TimeMark:
    """A date, a time of day or a length of time."""

    span: Span
    """Where it stands, in code points of the text it was read from."""
    kind: str
    """`date`, `clock` or `length`."""
    parts: Parts
    """What the words give: `year`, `month`, `day`, `weekday` (0 for Monday), `minute` of the day
    (or of half a day: `twelfth`), `length` in days."""
    unit: str = ""
    """Unit in which a length is written: `minute`, `hour`, `day` and so on."""
    count: float = 0.0
    """How many of them a length has."""
    is_code: bool = False
    """Whether it is a date as a register writes it, '2021-12-15'."""

    def with_weekday(self, year: int | None) -> Parts:
        """The parts and the weekday of a date whose year is written or, else, is `year`."""
        parts = self.parts
        if "weekday" in parts or not {"month", "day"} <= parts.keys():
            return parts
        number = int(parts.get("year", year or 0))
        try:
            day = dt.date(number, int(parts["month"]), int(parts["day"]))
        except ValueError:
            return parts
        return {**parts, "weekday": day.weekday()}


def time_marks(text: str) -> list[TimeMark]:
    """The dates, times of day and lengths of time of `text`, in order."""
    shown = readable(text)
    found = [*_dates(shown), *_clocks(shown), *_lengths(shown)]
    return sorted(found, key=lambda mark: (mark.span.start, mark.span.end))


def _dates(text: str) -> Iterator[TimeMark]:
    for match in _MARK.finditer(text):
        word = match["month6"]
        if word and _BARE.match(word) and not _LEADS.search(text[: match.start()][-12:]):
            continue
        parts: dict[str, float] = {}
        for name, written in match.groupdict().items():
            if written:
                key = name.rstrip("0123456789")
                key = "weekday" if key == "named" else key
                parts[key] = _number(key, written)
        yield TimeMark(
            Span(match.start(), match.end()), "date", parts, is_code=bool(match["year3"])
        )


def _number(key: str, written: str) -> int:
    low = written.lower().rstrip(".")
    if key == "weekday":
        return next(at for at, day in enumerate(WEEKDAYS) if day.lower().startswith(low[:3]))
    if low in MONTHS:
        return MONTHS[low]
    if low in ORDINALS:
        return ORDINALS[low]
    return int(re.sub(r"\D", "", low))


def _clocks(text: str) -> Iterator[TimeMark]:
    for clock in clocks(text):
        key = "twelfth" if clock.halved else "minute"
        parts = {key: float(clock.minute), "twelfth": float(clock.minute % 720)}
        yield TimeMark(clock.span, "clock", parts)


def _lengths(text: str) -> Iterator[TimeMark]:
    for duration in durations(text):
        before, after = text[: duration.span.start], text[duration.span.end :]
        part = _COMPOUND_BEFORE.search(before) or _COMPOUND_AFTER.match(after)
        if not part and not _SINGLE.fullmatch(duration.span.of(text)):
            parts = {"length": duration.count * DAYS_IN[duration.unit]}
            yield TimeMark(duration.span, "length", parts, duration.unit, duration.count)
    for lapse in lapses(text):
        if _SINGLE.fullmatch(lapse.span.of(text)):
            continue
        unit = "hour" if "hour" in lapse.span.of(text).lower() else "minute"
        count = lapse.minutes / 60 if unit == "hour" else lapse.minutes
        yield TimeMark(lapse.span, "length", {"length": lapse.minutes / 1440}, unit, count)
