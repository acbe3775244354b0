from __future__ import annotations

import pytest

from factcheck.reports.cutting import bearing, head, shorten, tail


@pytest.mark.parametrize(
    ("text", "limit", "first", "last"),
    [
        ("one two three", 13, "one two three", "one two three"),
        ("one two three", 7, "one two…", "…three"),
        ("one two three", 9, "one two…", "…two three"),
        ("one two three", 6, "one…", "…three"),
        ("China and Russia.\n\n", 5, "China…", "…"),
        ("unbroken", 3, "unb…", "…ken"),
    ],
)
def test_no_word_is_cut_that_has_an_end(text: str, limit: int, first: str, last: str) -> None:
    assert (head(text, limit), tail(text, limit)) == (first, last)


def test_the_middle_is_left_out_between_words() -> None:
    assert shorten("one two three four five", 12) == "one […] five"


def test_what_stands_before_the_nearest_sentence_is_not_cut_within_a_word() -> None:
    before = "It thanked the president for opposing attempts to part China and Russia."
    nearest = "Xi said that forces were arbitrarily interfering in the affairs of both countries."
    text = f"{before}\n\n{nearest} He said more of the same kind afterwards."
    claim = "Xi said that forces were interfering in the affairs of both countries."
    for limit in range(len(nearest), len(text)):
        shown = bearing(text, claim, limit)
        first = shown.removeprefix("…").split()[0]
        assert f" {first}" in f" {text}".replace("\n", " "), limit
