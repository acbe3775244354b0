from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.text.dates import Anchor, When, anchor_of, dates, full_dates
from factcheck.text.durations import durations, elapsed, fits

MAY = Anchor(dt.date(2026, 5, 8))


def only(text: str, anchor: Anchor | None = MAY) -> When:
    (found,) = dates(text, anchor)
    return found


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("on 7 May 2026", "2026-05-07", "2026-05-07", "day"),
        ("on May 7th, 2026", "2026-05-07", "2026-05-07", "day"),
        ("2021-12-15", "2021-12-15", "2021-12-15", "day"),
        ("on Dec. 14", "2025-12-14", "2025-12-14", "day"),
        ("in March 2019", "2019-03-01", "2019-03-31", "month"),
        ("last September", "2025-09-01", "2025-09-30", "month"),
        ("in the last week of March", "2026-03-21", "2026-03-31", "month"),
        ("early March", "2026-03-01", "2026-03-12", "month"),
        ("in 2014", "2014-01-01", "2014-12-31", "year"),
        ("in late 2014", "2014-09-01", "2014-12-31", "year"),
    ],
)
def test_a_date_is_as_wide_as_it_is_written(
    text: str, first: str, last: str, precision: str
) -> None:
    when = only(text)
    assert (str(when.first), str(when.last), when.precision) == (first, last, precision)


def test_a_weekday_is_read_from_words_or_from_the_calendar() -> None:
    assert only("on Sunday").weekday == 6
    assert only("Tuesday, 15 December 2021").weekday == 1
    assert only("15 December 2021").weekday == 2
    assert only("15 December").weekday is None


@pytest.mark.parametrize("text", ["It may go on", "31 February 2020", "they march", "1998 people"])
def test_what_is_no_date(text: str) -> None:
    assert dates(text, MAY) == []


def test_the_anchor_is_the_date_or_the_dateline() -> None:
    assert anchor_of("2021-12-15") == Anchor(dt.date(2021, 12, 15))
    anchor = anchor_of(None, "LISBON, March 13")
    assert anchor and anchor.assumed and (anchor.day.month, anchor.day.day) == (3, 13)
    assert anchor_of(None, "LISBON") is None


def test_full_dates_leave_the_weekday_out() -> None:
    text = "Published Wednesday, 15 December 2021"
    ((span, day),) = full_dates(text)
    assert (span.of(text).strip(" ,"), day) == ("15 December 2021", dt.date(2021, 12, 15))


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("four days", 4, "day"),
        ("a fortnight", 2, "week"),
        ("two decades", 20, "year"),
        ("a ten-year war", 10, "year"),
        ("the month after", 1, "month"),
    ],
)
def test_durations(text: str, count: float, unit: str) -> None:
    found = durations(text)
    assert (found[0].count, found[0].unit) == (count, unit)


def test_an_age_is_no_duration() -> None:
    assert durations("a 34-year-old man, 34 years old") == []


@pytest.mark.parametrize(
    ("start", "end", "said", "right"),
    [
        ("10 July 2025", "17 July 2025", "a week", True),
        ("7 May 2026", "11 May 2026", "four days", True),
        ("7 May 2026", "11 May 2026", "five days", False),
        ("March 2019", "16 May 2025", "six years", True),
        ("March 2019", "16 May 2025", "nine years", False),
        ("September 2024", "13 March 2025", "six months", True),
        ("September 2024", "13 March 2025", "eleven months", False),
        ("1998", "2004", "five years", True),
        ("1998", "2004", "nine years", False),
    ],
)
def test_a_duration_fits_the_time_between(start: str, end: str, said: str, right: bool) -> None:
    (duration,) = durations(said)
    between = elapsed(only(start), only(end), duration.unit)
    assert between is not None
    assert fits(duration, between) is right


def test_a_weekday_alone_has_no_place_on_the_calendar() -> None:
    assert elapsed(only("Sunday"), only("7 May 2026"), "day") is None


@given(st.text(max_size=80))
def test_any_text_is_read_with_exact_spans(text: str) -> None:
    for when in dates(text, MAY):
        assert 0 <= when.span.start < when.span.end <= len(text)
    durations(text)


@pytest.mark.parametrize(
    ("text", "years"), [("2000 homes", 0), ("1500 troops", 0), ("In 2014 people voted", 1)]
)
def test_four_digits_before_what_they_count_are_no_year(text: str, years: int) -> None:
    assert len(dates(text)) == years
