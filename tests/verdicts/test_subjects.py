from __future__ import annotations

import pytest

from factcheck.verdicts.subjects import tells_of_another


@pytest.mark.parametrize(
    ("passage", "claim"),
    [
        ("The Halden bridge café opened in 1999.", "The Halden bridge opened in 1931."),
        ("The Halden bridge opened in 1931.", "The Halden bridge café opened in 1999."),
    ],
)
def test_a_longer_name_is_of_another_thing(passage: str, claim: str) -> None:
    assert tells_of_another(passage, claim)


@pytest.mark.parametrize(
    "passage",
    [
        "The Halden bridge opened in 1913.",
        "The Halden bridge finally opened in 1913.",
        "The Halden bridge was opened in 1913.",
        "The Halden bridge café opened in 1999. The Halden bridge is older.",
        "The Halden bridge, which opened in 1913, is old.",
        "It opened in 1913.",
        "",
    ],
)
def test_the_same_thing_is_read(passage: str) -> None:
    assert not tells_of_another(passage, "The Halden bridge opened in 1931.")


def test_a_noun_behind_the_verb_is_none_of_the_subject() -> None:
    passage = "The council voted to rebuild the harbour wall."
    assert not tells_of_another(passage, "The council voted to rebuild the wall.")
