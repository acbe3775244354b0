from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factcheck.text.folding import invisible, plain, readable, squeeze


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


def test_hidden_characters_are_found() -> None:
    assert invisible("a\u200bb\u202ec\U000e0041") == [1, 3, 5]
