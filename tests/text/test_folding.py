from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factcheck.text.folding import plain, readable, squeeze, without_unseen


@given(st.text())
def test_folding_moves_no_offset(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert len(readable(text)) == len(text)


def test_what_the_parser_sees() -> None:
    assert readable("## **Bold** “x”").split() == ["Bold", '"x"']
    assert readable("see [the report](https://a.b/c) now").split() == [
        "see",
        "the",
        "report",
        "now",
    ]
    assert squeeze("In\u00advasion  by\u200b Ukraine\u2019s") == "in vasion by ukraine's"


def test_characters_that_show_nothing_are_left_out() -> None:
    hidden = "in\u00advasion of 1\u200b8 months\u202e\U000e0041\U000e0042, \ufeffnow"
    assert without_unseen(hidden) == ("invasion of 18 months, now", 6)
    assert without_unseen("a\u200d\u200cb") == ("ab", 2)


def test_joiners_of_emoji_and_of_other_scripts_stay() -> None:
    for whole in (
        "\U0001f469\u200d\u2695\ufe0f",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    ):
        assert without_unseen(f"x {whole} y") == (f"x {whole} y", 0)


def test_line_ends_and_tabs_stay() -> None:
    assert without_unseen("a\r\n\tb\u00a0c") == ("a\r\n\tb\u00a0c", 0)
