"""Durations ('four days', 'a fortnight', 'nearly two years') and the time between two dates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.records import Span
from factcheck.text.dates import When
from factcheck.text.folding import readable
from factcheck.text.numbers import count_of, in_words
from factcheck.text.quantities import quantities

DAYS_IN = {"day": 1.0, "week": 7.0, "month": 30.436875, "year": 365.2425}
"""Mean length of each unit in days."""
_FOLD = {"fortnight": ("week", 2.0), "decade": ("year", 10.0), "century": ("year", 100.0)}
_ONE = re.compile(
    r"\b(?P<half>half )?(?:a|an|the|one) (?P<unit>day|week|fortnight|month|year|decade|century)\b",
    re.IGNORECASE,
)
_PARTS = frozenset({("year", "month"), ("month", "week"), ("month", "day"), ("week", "day")})
"""Units of which the second is told beside the first as a part of one length."""
_AND = re.compile(r",? and (?:about |some )?| ", re.IGNORECASE)
_AND_HALF = re.compile(r" and a half(?![\w-])", re.IGNORECASE)
_WHOLE_AND = re.compile(r"(?<![\w-])(?P<count>\w+)-and-$", re.IGNORECASE)


@dataclass(frozen=True)
class Duration:
    """A length of time as written."""

    span: Span
    """Where it stands, in code points of the text it was read from."""
    low: float
    """The least that it says, in `unit`."""
    high: float
    """The most that it says."""
    count: float
    """The number as written."""
    unit: str
    """`day`, `week`, `month` or `year`."""


def durations(text: str) -> list[Duration]:
    """The durations of `text` in days or longer units, in order."""
    shown = readable(text)
    found = sorted([*_counted(text), *_single(text)], key=lambda one: one.span.start)
    joined: list[Duration] = []
    for duration in found:
        whole = _joined(joined[-1], duration, shown) if joined else None
        if whole:
            joined.pop()
        joined.append(whole or _with_half(duration, shown))
    return joined


def elapsed(start: When, end: When, unit: str) -> tuple[float, float] | None:
    """The least and the most time from `start` to `end` in `unit`; negative if it is before.

    None where it cannot be told: a weekday alone, or years of which one is only assumed.
    """
    if not (start.first and start.last and end.first and end.last):
        return None
    if start.assumed != end.assumed and "year" in {start.precision, end.precision}:
        return None
    if unit in {"day", "week"}:
        length = DAYS_IN[unit]
        return (end.first - start.last).days / length, (end.last - start.first).days / length
    months = 1.0 if unit == "month" else 12.0
    return _months(start.last, end.first) / months, _months(start.first, end.last) / months


def fits(duration: Duration, between: tuple[float, float]) -> bool:
    """Whether writers would call that stretch of time by that duration.

    Days are exact; of longer units the full ones are counted or the nearest number is taken.
    """
    least, most = between
    if duration.unit == "day":
        slack = 0.0 if duration.count < 20 else 0.07 * duration.count
        return duration.low <= most + slack and least - slack <= duration.high
    below, above = {"week": (0.45, 0.45), "month": (0.95, 0.7), "year": (0.95, 0.6)}[duration.unit]
    below = max(below, 0.05 * duration.count)
    return duration.low <= most + above and least - below <= duration.high


def fits_another_year(
    duration: Duration, between: tuple[float, float], start: When, end: When
) -> bool:
    """Whether it fits where a year that is only assumed is taken to be the one before or after."""
    year = DAYS_IN["year"] / DAYS_IN[duration.unit]
    shifts = (-year, 0.0, year) if start.assumed or end.assumed else (0.0,)
    return any(fits(duration, (between[0] + shift, between[1] + shift)) for shift in shifts)


def spell(count: int, unit: str) -> str:
    """'six months', '45 days'."""
    return f"{in_words(count)} {unit}{'' if count == 1 else 's'}"


def _joined(one: Duration, other: Duration, text: str) -> Duration | None:
    """'Three years and four months' as one length, in the smaller unit."""
    link = text[one.span.end : other.span.start]
    if (one.unit, other.unit) not in _PARTS or not _AND.fullmatch(link):
        return None
    times = round(DAYS_IN[one.unit] / DAYS_IN[other.unit])
    most = times if one.unit != "month" else 31
    if other.count >= most:
        return None
    low, high = one.low * times + other.low, one.high * times + other.high
    count = one.count * times + other.count
    return Duration(Span(one.span.start, other.span.end), low, high, count, other.unit)


def _with_half(duration: Duration, text: str) -> Duration:
    """'A year and a half', 'two-and-a-half-year'."""
    behind = _AND_HALF.match(text, duration.span.end)
    if behind and duration.count == int(duration.count):
        half = (duration.low + 0.5, duration.high + 0.5, duration.count + 0.5)
        return Duration(Span(duration.span.start, behind.end()), *half, duration.unit)
    ahead = _WHOLE_AND.search(text[: duration.span.start]) if duration.count == 0.5 else None
    number = count_of(ahead["count"]) if ahead else None
    if ahead and number:
        half = (number + 0.5, number + 0.5, number + 0.5)
        return Duration(Span(ahead.start("count"), duration.span.end), *half, duration.unit)
    return duration


def _counted(text: str) -> Iterator[Duration]:
    for quantity in quantities(text):
        unit, times = _FOLD.get(quantity.unit, (quantity.unit, 1.0))
        age = text[quantity.span.end : quantity.span.end + 4].lower() in {"-old", " old"}
        if unit not in DAYS_IN or quantity.rate or age:
            continue
        low, high = quantity.interval
        if quantity.bound == "exact":
            low, high = quantity.low, quantity.high
        yield Duration(quantity.span, low * times, high * times, quantity.value * times, unit)


def _single(text: str) -> Iterator[Duration]:
    for match in _ONE.finditer(readable(text)):
        written = match["unit"].lower()
        unit, times = _FOLD.get(written, (written, 1.0))
        if match["half"]:  # half a year is six months, and not so many days
            unit, times = ("month", 6.0) if unit == "year" and times == 1.0 else (unit, times / 2)
        yield Duration(Span(match.start(), match.end()), times, times, times, unit)


def _months(start: dt.date, end: dt.date) -> float:
    """Months from `start` to `end`, days as parts of a month."""
    return (end.year - start.year) * 12 + end.month - start.month + (end.day - start.day) / 30.5
