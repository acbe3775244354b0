from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.text.clauses import counted, stem
from factcheck.text.numbers import number_word, numbers
from factcheck.text.parsing import load_parser
from factcheck.text.quantities import Quantity, comparable, compatible, quantities


def only(text: str) -> Quantity:
    (found,) = quantities(text)
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("48,000", 48_000),
        ("twenty-two", 22),
        ("a hundred and twenty", 120),
        ("two thousand five hundred", 2_500),
        ("half a million", 500_000),
        ("a million and a half", 1_500_000),
        ("two and a half billion", 2.5e9),
        ("three dozen", 36),
        ("two score", 40),
        ("two-thirds", 2 / 3),
        ("3.25", 3.25),
        ("£3.2m", 3_200_000),
        ("$4bn", 4e9),
        ("a $4B deal", 4e9),
        ("£1.2t of debt", 1.2e12),
        ("$1.2 bn", 1.2e9),
        ("1,20,000", 120_000),
        ("10 000", 10_000),
        ("3 crore", 3e7),
        ("3 1/2", 3.5),
        ("3½", 3.5),
        ("1/3 of", 1 / 3),
        ("one in five", 0.2),
        ("1 in 10", 0.1),
        ("one in twenty-five", 0.04),
        ("a half-dozen", 6),
        ("three point five million", 3.5e6),
        ("2000 people", 2000),
        ("by 5.30 points", 5.3),
    ],
)
def test_a_number_has_its_value(text: str, value: float) -> None:
    assert only(text).value == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    ["in 2014", "on 7 May", "May 7", "at 6.40am", "at 3.40 on Friday", "No. 7", "the third week",
     "a third week", "the 1990s", "F16", "one of them", "200m", "1.200.000", "1,5 million",
     "annex 4b", "flat 3B", "version 3.11.2", "05.12.2023", "2023-12-05", "1939-45", "May 5-7",
     "5-7 May", "in the second half", "half-time", "a score against Rome", "In 2014 people voted"],
)  # fmt: skip
def test_years_times_ordinals_and_codes_are_no_quantities(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("text", "unit", "bound"),
    [
        ("about 140", "", "about"),
        ("nearly 5 percent", "percent", "under"),
        ("at least 12 km", "kilometre", "least"),
        ("up to 40 tonnes", "tonne", "most"),
        ("more than 60", "", "over"),
        ("0.4 of a percentage point", "point", "exact"),
        ("25 basis points", "basis point", "exact"),
        ("38.2 million euros", "euro", "exact"),
        ("US$5", "dollar", "exact"),
        ("over two years", "year", "exact"),
        ("60 or so", "", "about"),
        ("not more than 60", "", "most"),
        ("not less than 60", "", "least"),
        ("500€", "euro", "exact"),
        ("20 USD", "dollar", "exact"),
        ("US$ 5 million", "dollar", "exact"),
        ("Rs. 500", "rupee", "exact"),
    ],
)
def test_units_and_vague_words(text: str, unit: str, bound: str) -> None:
    assert (only(text).unit, only(text).bound) == (unit, bound)


def test_a_range_is_one_quantity() -> None:
    found = only("between 5 and 10 percent")
    assert (found.low, found.high, found.unit) == (5, 10, "percent")
    assert (only("14 to 20 million").low, only("14 to 20 million").high) == (14e6, 20e6)
    assert len(quantities("from 5 to 10")) == 2


@pytest.mark.parametrize("text", ["$3-5m", "$3 to 5 million", "$3-$5 million", "$3m–$5m"])
def test_a_sign_and_a_scale_hold_for_both_ends_of_a_range(text: str) -> None:
    assert (only(text).low, only(text).high, only(text).unit) == (3e6, 5e6, "dollar")


def test_a_sum_to_so_many_people_is_no_range() -> None:
    assert [found.unit for found in quantities("$300 to 500 families")] == ["dollar", ""]


def test_hundreds_of_thousands_are_one_number() -> None:
    assert compatible(only("hundreds of thousands"), only("300,000"))
    assert (only("tens of thousands").low, only("tens of thousands").kind) == (20_000, "many")


@pytest.mark.parametrize(
    ("one", "other", "can_both_be"),
    [
        ("90,000", "89,700", True),
        ("62,000", "72,000", False),
        ("about 38 million euros", "38.2 million euros", True),
        ("3.1 million dollars", "3.1 billion dollars", False),
        ("more than 60", "63", True),
        ("at least 60", "55", False),
        ("nearly 100", "97", True),
        ("up to 40", "31", True),
        ("dozens", "48", True),
        ("12", "13", False),
        ("10 miles", "16 kilometres", True),
        ("5 percent", "5 percentage points", False),
    ],
)
def test_which_values_can_both_be_true(one: str, other: str, can_both_be: bool) -> None:
    assert compatible(only(one), only(other)) is can_both_be
    assert compatible(only(other), only(one)) is can_both_be


def test_only_like_units_compare() -> None:
    assert comparable(only("10 miles"), only("16 km"))
    assert not comparable(only("10 euros"), only("10 dollars"))


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("They saw 140 armoured vehicles.", "vehicle"),
        ("It moved 340 from Lincoln.", ""),
        ("He met 22 of the guests.", "guest"),
    ],
)
def test_what_is_counted(text: str, noun: str) -> None:
    (sentence,) = load_parser().parse_text(text)
    assert counted(sentence.doc, only(text).span.end) == noun


def test_noun_and_verb_share_a_stem() -> None:
    assert stem("arrest") == stem("arrested")
    assert number_word("ninety-one") == 91
    assert number_word("many") is None


@given(st.text(max_size=80))
def test_any_text_is_read_with_exact_spans(text: str) -> None:
    ends = [0]
    for number in numbers(text):
        assert ends[-1] <= number.span.start < number.span.end <= len(text)
        ends.append(number.span.end)
    quantities(text)
