from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factcheck.reports.visible import one_line, pieces, visible


def test_each_active_character_has_a_mark() -> None:
    assert visible("a\x1b[31m\x00\x7f\x9b\u202e\ud800z") == (
        "a⟨ESC⟩[31m⟨NUL⟩⟨DEL⟩⟨U+009B⟩⟨RLO⟩⟨U+D800⟩z"
    )


def test_ordinary_text_of_any_script_is_untouched() -> None:
    text = "é Жё مرحبا 你好 👩‍👩‍👧 \u200f line\nbreak\ttab"
    assert visible(text) == text


def test_one_line_folds_every_kind_of_line_end() -> None:
    assert one_line(" a\r\nb\u2028c\x85d\x1ce ") == "a b c d⟨FS⟩e"


@given(st.text(st.characters()))
def test_no_active_character_is_left_and_pieces_give_the_same(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert "".join(words for words, _ in pieces(text)) == visible(text)
    assert "\x1b" not in visible(text)
