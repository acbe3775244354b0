"""Times of day and lengths in hours and minutes, as news text writes them."""

from __future__ import annotations

import pytest

from factcheck.text.clock import between, clocks, lapses, spell_minutes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The blow came at 5:10 a.m. and 6 pm", {"5:10 a.m.": 310, "6 pm": 1080}),
        ("at 17:40, at 9.05 and at 9.50pm", {"17:40": 1060, "9.05": 545, "9.50pm": 1310}),
        ("from noon until midnight", {"noon": 720, "midnight": 0}),
        ("ten past one, half past six in the evening", {"ten past one": 70,
         "half past six in the evening": 1110}),
        ("a quarter to nine in the morning", {"a quarter to nine in the morning": 525}),
        ("ten minutes before noon", {"ten minutes before noon": 710}),
        ("six o'clock", {"six o'clock": 360}),
        ("won 6 to 4, by three to one, 5-2", {}),
        ("3.5 per cent, 10.30 metres, 1:03:10, version 2.15", {}),
        ("the verdict of ten to two jurors", {}),
        ("rose by 5.30 points, by 1.25 million, to 3 after 3.15 percent", {}),
    ],
)  # fmt: skip
def test_times_of_day(text: str, found: dict[str, int]) -> None:
    assert {clock.span.of(text): clock.minute for clock in clocks(text)} == found


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("fifty minutes later", 50),
        ("an hour and 15 minutes later", 75),
        ("half an hour later", 30),
        ("three quarters of an hour", 45),
        ("two and a half hours after it", 150),
        ("two hours and three quarters", 165),
        ("4 hours 6 minutes", 246),
    ],
)
def test_lengths(text: str, minutes: int) -> None:
    (lapse,) = lapses(text)
    assert lapse.minutes == minutes
    assert lapse.low <= minutes <= lapse.high


def test_a_range_of_minutes_is_no_exact_length() -> None:
    assert lapses("five to ten minutes, 5-10 minutes") == []
    assert [lapse.minutes for lapse in lapses("from 10 to 5 minutes")] == [5]


def test_vague_lengths_leave_more_open() -> None:
    exact, nearly, over = lapses("two hours, then nearly two hours, then more than two hours")
    assert nearly.low < exact.low and nearly.high == exact.high
    assert over.high > exact.high and over.low == exact.low


def test_a_half_of_the_day_that_is_not_said_is_left_open() -> None:
    first, second = clocks("at 11:25 a.m. and at 1:10")
    assert between(first, second) == [105, 825]
    late, early = clocks("at 11:30 p.m. and at 0:10 a.m.")
    assert between(late, early) == [40]


def test_minutes_in_words() -> None:
    assert spell_minutes(35) == "35 minutes"
    assert spell_minutes(61) == "1 hour and 1 minute"
    assert spell_minutes(120) == "2 hours"
