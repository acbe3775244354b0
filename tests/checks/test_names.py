"""The parts of the check `names` that its cases do not reach alone."""

from __future__ import annotations

import pytest

from factcheck.checks.base import Case
from factcheck.checks.naming.holders import read_holders
from factcheck.checks.naming.mentions import read_names
from factcheck.checks.passages import article_of
from tests.checks import casebook


def _case(text: str) -> Case:
    return casebook.make_case(casebook.Golden("names", {"name": "x", "text": text}))


def test_titles_are_no_part_of_a_name() -> None:
    names = list(read_names(article_of(_case("Prime Minister Ilse Brandvold spoke."))))
    assert [(n.words, n.titles) for n in names] == [(("Ilse", "Brandvold"), ("prime", "minister"))]


@pytest.mark.parametrize(
    "text",
    [
        "Miriam Okell, the museum's director, spoke.",
        "Miriam Okell, the director of the museum, spoke.",
        "The director of the museum, Miriam Okell, spoke.",
    ],
)
def test_one_office_written_in_three_ways(text: str) -> None:
    holders = [h for name in read_names(article_of(_case(text))) for h in read_holders(name)]
    assert [(h.office, h.institution) for h in holders] == [("director", frozenset({"museum"}))]


def test_the_office_is_told_as_it_is_written() -> None:
    text = "The club's captain, Sam Okoro, scored twice."
    holders = [h for name in read_names(article_of(_case(text))) for h in read_holders(name)]
    assert [(h.office, h.written) for h in holders] == [("skipper", "captain")]
