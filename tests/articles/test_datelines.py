from __future__ import annotations

import pytest

from factcheck.articles import MAX_BYTES, datelines
from factcheck.articles.datelines import find_date, is_place, without_date


@pytest.mark.parametrize(
    "line",
    [
        "12 December 2021",
        "Published: Sunday, 12 December 2021, 10:15 GMT (last updated at 11.30)",
        f"  12 December 2021{' ' * 300}",
    ],
)
def test_a_line_that_holds_nothing_but_a_date(line: str) -> None:
    assert find_date(line, whole=True) == "2021-12-12"


def test_in_a_line_of_other_words_the_first_date_is_found_unless_it_must_be_all() -> None:
    line = "They met on 12 December 2021, and again on 3 May 2022."
    assert find_date(line) == "2021-12-12"
    assert find_date(line, whole=True) is None


def test_a_long_line_is_not_searched_for_a_date_that_is_all_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each of its dates would have all the rest of the line read again."""
    searched: list[int] = []

    def counting(text: str) -> list[object]:
        searched.append(len(text))
        return []

    monkeypatch.setattr(datelines, "full_dates", counting)
    day = "12 December 2021 "
    assert find_date(day * (MAX_BYTES // len(day)), whole=True) is None
    assert searched == []
    assert find_date(day * 5, whole=True) is None
    assert searched == [len(day) * 5]


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("Port Ellery, Thursday 12 December 2021", "Port Ellery"),
        ("By Orla Fenwick | 12 December 2021, 10:15 GMT", "By Orla Fenwick |"),
        ("12 December 2021", ""),
        ("From 3 May 2020 to 12 December 2021", None),
        ("On 12 December 2021 the board met", None),
        ("No date at all", None),
    ],
)
def test_what_stands_before_the_date_that_ends_a_line(line: str, before: str | None) -> None:
    assert without_date(line) == before


@pytest.mark.parametrize("words", ["Port Ellery, ", "LIMA, Peru, ", "Stratford-upon-Avon "])
def test_a_place_before_a_date(words: str) -> None:
    assert is_place(words)


@pytest.mark.parametrize("words", ["The board met in Lima, ", "Prices rose ", "by lorry, "])
def test_words_before_a_date_that_are_no_place(words: str) -> None:
    assert not is_place(words)
