from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from factcheck.evidence.chunking import LONGEST_WORDS, passages

SENTENCE = "The council of Port Ellery voted on the third of May to rebuild the wall. "


def test_passages_are_whole_sentences_with_one_shared() -> None:
    text = "".join(SENTENCE.replace("third", f"{n}th") for n in range(20))
    spans = passages(text)
    assert len(spans) > 1
    for span in spans:
        words = span.of(text)
        assert words.startswith("The council") and words.endswith("wall.")
        assert 40 <= len(words.split()) <= 110
    for one, next_one in itertools.pairwise(spans):
        assert one.start < next_one.start < one.end < next_one.end


def test_title_and_source_line_are_no_passage() -> None:
    text = "The wall\nSource: Council, 2021-05-03\n\nIt was rebuilt.\n"
    assert [span.of(text) for span in passages(text, "The wall")] == ["It was rebuilt."]


def test_a_sentence_without_end_is_cut() -> None:
    spans = passages("word " * 5_000 + "x" * 5_000)
    assert len(spans) > 5


@given(st.text(max_size=400))
def test_every_passage_is_an_exact_slice_and_none_is_lost(text: str) -> None:
    spans = passages(text)
    covered = {i for span in spans for i in range(span.start, span.end)}
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(len(span.of(text).split()) <= 2 * LONGEST_WORDS for span in spans)
    sources = [line for line in text.splitlines() if line.strip().startswith("Source: ")]
    if not sources and text.strip():
        lost = {c for i, c in enumerate(text) if i not in covered and not c.isspace()}
        assert not any(c.isalnum() for c in lost)
