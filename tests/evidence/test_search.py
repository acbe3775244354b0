"""Fusion and lexical search, by hand."""

from __future__ import annotations

import pytest

from factcheck.evidence.fusion import fuse
from factcheck.evidence.lexical import LexicalIndex, tokens


def test_fusion_adds_the_reciprocals_of_the_ranks() -> None:
    fused = dict(fuse([["a", "b"], ["b", "c"]]))
    assert fused["b"] == pytest.approx(1 / 62 + 1 / 61)
    assert fused["a"] == pytest.approx(1 / 61)
    assert next(iter(fused)) == "b"


def test_words_are_folded_for_matching() -> None:
    folded = tokens("The Zürich policies — Zelensky’s bus, the stations")
    assert folded == ["zurich", "policy", "zelensky", "bus", "station"]


def test_rare_words_find_their_text(capfd: pytest.CaptureFixture[str]) -> None:
    index = LexicalIndex(["troops near the border", "the Amur bridge", "the border treaty", ""])
    assert index.search("Which bridge crosses the Amur?", 5) == [1]
    assert set(index.search("border", 5)) == {0, 2}
    assert index.search("zebra", 5) == []
    assert index.search("", 5) == []
    assert capfd.readouterr() == ("", "")  # no progress bars


def test_an_index_of_nothing_finds_nothing() -> None:
    assert LexicalIndex([]).search("word", 3) == []
    assert LexicalIndex(["the of and"]).search("the", 3) == []
