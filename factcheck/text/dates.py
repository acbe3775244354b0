"""Dates and weekdays as news text writes them, each kept as precise as it is.

'In 2014' is the whole of 2014 and not its first of January; '7 May' without a year has one only
by the date of the article. A weekday alone is kept as a weekday.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from factcheck.records import Span
from factcheck.text.folding import readable

MONTH_NAMES = tuple(
    "January February March April May June July August September October November December".split()
)
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
"""Number of each month by its name and its abbreviations, in lower case."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""In the order of `datetime.date.weekday`."""
UNKNOWN_YEAR = 2004
"""Stands in for a year that nothing tells; a leap year, so that 29 February exists."""

_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_LONG = "|".join(name for name in MONTHS if len(name) > 4 or name in {"may", "june", "july"})
_DAYS = "|".join(WEEKDAYS)
_DAY = r"(?:\d{1,2})(?!\d|[.,:]\d)(?:st|nd|rd|th)?"
COUNTED = "people|men|women|children|troops|soldiers|jobs|votes|pages|homes|houses|deaths"
"""Nouns, as alternatives of a pattern, before which four digits count and are no year."""
_YEAR = r"(?:1[4-9]|20)\d{2}(?![\d,]\d|\.\d|\w)"
_WHEN = re.compile(
    rf"(?<![\w/-])(?:(?P<named>{_DAYS}),? (?:the )?)?(?:"
    rf"(?P<month1>{_NAMES})\.? (?P<day1>{_DAY})(?:,? (?P<year1>{_YEAR}))?"
    rf"|(?P<day2>{_DAY})(?: of)? (?P<month2>{_NAMES})(?!\w)(?:\.?,? (?P<year2>{_YEAR}))?"
    rf"|(?P<year3>\d{{4}})-(?P<month3>\d{{2}})-(?P<day3>\d{{2}})"
    rf")(?!\w)"
    rf"|(?<!\w)(?P<part>(?:the )?(?:first|last) week of |early (?:in )?|mid-|late (?:in )?"
    rf"|the (?:beginning|start|end) of )?(?:"
    rf"(?P<month4>{_NAMES})\.?,? (?:of )?(?P<year4>{_YEAR})"
    rf"|(?P<lead>\b(?:in|since|until|till|by|from|to|last|during|of|before|after|this|every|next"
    rf"|and|between|through|week of|early|late|mid|start of|end of|beginning of)[ -])"
    rf"(?P<month5>{_LONG})(?!\w|'s?\b| \d)"
    rf"|(?P<year6>(?<![\d$£€,.-]){_YEAR})(?:(?<=\bin \d{{4}})|(?! (?:{COUNTED})\b))"
    rf"|(?P<weekday>{_DAYS})(?!\w)"
    rf")",
    re.IGNORECASE,
)
_PARTS = {"first week": (1, 8), "early": (1, 12), "beginning": (1, 8), "start": (1, 8)}
_LATE_PARTS = {"last week": 10, "late": 12, "end": 8}


@dataclass(frozen=True)
class When:
    """A date as written: a span of days, as wide as the words leave it."""

    span: Span
    """Where it stands, in code points of the text it was read from."""
    first: dt.date | None
    """First day that it can mean; None for a weekday alone."""
    last: dt.date | None
    """Last day that it can mean."""
    precision: str
    """`day`, `month`, `year` or `weekday`."""
    named: int | None = None
    """The weekday as written, 0 for Monday; None where none is."""
    assumed: bool = False
    """Whether the year stands there only by `UNKNOWN_YEAR` or by the article's date."""

    @property
    def weekday(self) -> int | None:
        """The weekday: as written, else by the calendar where day and year are written."""
        if self.named is None and self.precision == "day" and self.first and not self.assumed:
            return self.first.weekday()
        return self.named

    @property
    def year(self) -> int | None:
        """The year, of a span of days its first one's; None where it is not written."""
        return self.first.year if self.first and not self.assumed else None


@dataclass(frozen=True)
class Anchor:
    """The day that relative dates count from: the article's own."""

    day: dt.date
    """The day."""
    assumed: bool = False
    """Whether its year is only `UNKNOWN_YEAR`."""


def anchor_of(date: str | None, dateline: str = "") -> Anchor | None:
    """The anchor of an article: its ISO date, else a dateline's day without a year, else None."""
    if date:
        return Anchor(dt.date.fromisoformat(date))
    for when in dates(dateline):
        if when.precision == "day" and when.first:
            return Anchor(when.first, when.assumed)
    return None


def full_dates(text: str) -> Iterator[tuple[Span, dt.date]]:
    """The dates of `text` with day, month and year, without the weekday before them."""
    for match in _WHEN.finditer(readable(text)):
        form = next((form for form in "123" if match[f"day{form}"]), None)
        if form and match[f"year{form}"]:
            day = _day(match, form, int(match[f"year{form}"]))
            if day:
                start = match.start() if not match["named"] else match.end("named")
                yield Span(start, match.end()), day


def dates(text: str, anchor: Anchor | None = None) -> list[When]:
    """The dates of `text`, in order; those without a year are placed by `anchor`."""
    found = [_when(match, anchor) for match in _WHEN.finditer(readable(text))]
    return [when for when in found if when]


def weekday_name(number: int) -> str:
    """'Monday' for 0."""
    return WEEKDAYS[number % 7]


def _when(match: re.Match[str], anchor: Anchor | None) -> When | None:
    named = _weekday(match["named"])
    for form in "123":
        if match[f"day{form}"]:
            return _exact(match, form, named, anchor)
    span = Span(match.start(), match.end())
    if match["weekday"]:
        return When(span, None, None, "weekday", _weekday(match["weekday"]))
    if match["year6"]:
        return _year(match, int(match["year6"]))
    return _month(match, anchor)


def _weekday(word: str | None) -> int | None:
    return WEEKDAYS.index(word.capitalize()) if word else None


def _exact(
    match: re.Match[str], form: str, named: int | None, anchor: Anchor | None
) -> When | None:
    written = match[f"year{form}"]
    day = _day(match, form, int(written) if written else UNKNOWN_YEAR)
    if day is None:
        return None
    if not written and anchor:
        day = _nearest(day, anchor.day)
    return When(Span(match.start(), match.end()), day, day, "day", named, not written)


def _day(match: re.Match[str], form: str, year: int) -> dt.date | None:
    month = match[f"month{form}"].lower()
    number = int(month) if month.isdigit() else MONTHS[month]
    day = int(re.sub(r"\D", "", match[f"day{form}"]))
    try:
        return dt.date(year, number, day)
    except ValueError:
        return None


def _nearest(day: dt.date, anchor: dt.date) -> dt.date:
    """The same day and month in the year that brings it nearest to `anchor`."""
    near = [_in_year(day, anchor.year + shift) for shift in (-1, 0, 1)]
    return min(near, key=lambda candidate: abs((candidate - anchor).days))


def _in_year(day: dt.date, year: int) -> dt.date:
    last = calendar.monthrange(year, day.month)[1]
    return dt.date(year, day.month, min(day.day, last))


def _year(match: re.Match[str], year: int) -> When:
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    part = (match["part"] or "").lower()
    if part.startswith(("early", "the beginning", "the start")):
        last = dt.date(year, 4, 30)
    if part.startswith(("late", "the end")):
        first = dt.date(year, 9, 1)
    return When(Span(match.start("year6"), match.end()), first, last, "year")


def _month(match: re.Match[str], anchor: Anchor | None) -> When | None:
    form = "4" if match["month4"] else "5"
    number = MONTHS[match[f"month{form}"].lower()]
    written = int(match["year4"]) if match["year4"] else None
    lead = (match["lead"] or "").strip(" -").lower()
    if lead in {"every", "next"}:
        return None
    start = dt.date(written or UNKNOWN_YEAR, number, 1)
    if not written and anchor:
        start = _last(start, anchor.day, lead)
    when = _whole_month(match, start, written is None)
    before = match.string[max(0, match.start() - 16) : match.start()]
    return _narrowed(when, f"{before}{match['part'] or ''}{lead}".lower())


def _last(start: dt.date, anchor: dt.date, lead: str) -> dt.date:
    """The month in the year that 'last September' or 'in September' means on the day `anchor`."""
    year = anchor.year if start.month <= anchor.month else anchor.year - 1
    if lead == "last" and start.month == anchor.month:
        year -= 1
    return start.replace(year=year)


def _whole_month(match: re.Match[str], start: dt.date, assumed: bool) -> When:
    last = calendar.monthrange(start.year, start.month)[1]
    named = match.start("month4") if match["month4"] else match.start("month5")
    span = Span(named, match.end())
    return When(span, start, start.replace(day=last), "month", None, assumed)


def _narrowed(when: When, part: str) -> When:
    """'Early March' and 'the last week of March' as the part of the month they mean."""
    if when.first is None or when.last is None:
        return when
    part = " ".join(part.split()[-3:])
    for words, (first, last) in _PARTS.items():
        if f" {words} " in f" {part} ":
            return replace(
                when, first=when.first.replace(day=first), last=when.last.replace(day=last)
            )
    for words, days in _LATE_PARTS.items():
        if f" {words} " in f" {part} ":
            return replace(when, first=when.last - dt.timedelta(days=days))
    return when
