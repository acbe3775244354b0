from __future__ import annotations

import pytest

from factcheck.text.firstnames import borne_by, is_first_name
from factcheck.text.gazetteer import text_table


@pytest.mark.parametrize(
    ("name", "pronoun"),
    [("Desmond", "he"), ("NORA", "she"), ("Robin", ""), ("Jean", ""), ("Fenwick", "")],
)
def test_who_bears_a_name(name: str, pronoun: str) -> None:
    assert borne_by(name) == pronoun


def test_a_name_of_both_is_a_first_name() -> None:
    assert is_first_name("Robin")
    assert not is_first_name("Fenwick")


def test_each_name_stands_in_one_list() -> None:
    listed = [name for names in text_table("firstnames.toml").values() for name in names.split()]
    assert len(listed) == len(set(listed))
    assert all(name == name.casefold() and name.isalpha() for name in listed)
