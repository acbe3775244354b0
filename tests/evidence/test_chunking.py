from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.evidence.chunking import MOST_WORDS, passages

SENTENCE = "The river rose by two metres on Monday and flooded the lower town of Brenk. "


def test_passages_are_whole_sentences_of_the_right_size_with_one_shared() -> None:
    text = "".join(SENTENCE.replace("two", str(n)) for n in range(30)).strip()
    spans = passages(text)
    assert all(span.of(text).startswith("The river") for span in spans)
    assert all(span.of(text).endswith("Brenk.") for span in spans)
    assert all(60 <= len(span.of(text).split()) <= MOST_WORDS for span in spans[:-1])
    for one, other in itertools.pairwise(spans):
        shared = text[other.start : one.end]
        assert shared.count("Brenk.") == 1
    assert spans[0].start == 0
    assert spans[-1].end == len(text)


def test_a_sentence_without_end_is_cut_between_words() -> None:
    text = " ".join(f"word{n}" for n in range(500))
    spans = passages(text)
    assert len(spans) > 3
    assert {word for span in spans for word in span.of(text).split()} == set(text.split())
    assert all(len(span.of(text).split()) <= MOST_WORDS for span in spans)


def test_a_word_without_end_is_cut_too() -> None:
    text = "a" * 200_000
    spans = passages(text)
    assert "".join(span.of(text) for span in spans).startswith("a" * 1000)
    assert max(span.end - span.start for span in spans) < 30_000


def test_title_and_source_line_are_no_passage() -> None:
    text = "The flood\nSource: Gazette, 2021-05-02\nThe river rose. It fell."
    assert [s.of(text) for s in passages(text, "The flood")] == ["The river rose. It fell."]


def test_a_head_that_no_sentence_ends_with_takes_no_text_along() -> None:
    text = "The flood\nSource: Gazette, 2021-05-02\nthe river rose by a metre. It fell on Monday."
    (only,) = passages(text, "The flood")
    assert only.of(text).endswith("the river rose by a metre. It fell on Monday.")


def test_a_later_paragraph_that_names_its_source_is_kept() -> None:
    text = "The flood\n\nThe river rose.\n\nSource: the ministry counted 12 dead on Tuesday."
    (only,) = passages(text, "The flood")
    assert "counted 12 dead" in only.of(text)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=40),
            st.sampled_from(
                [
                    "A sentence. ",
                    "Été\u2028",
                    "\u200b",
                    "👩‍🚒 ran.\n\n",
                    "\r\n",
                    "东京。",
                    "\u202eevil ",
                ]
            ),
        ),
        max_size=40,
    ).map("".join)
)
def test_every_passage_is_an_exact_slice_without_loose_space(text: str) -> None:
    spans = passages(text)
    assert spans == sorted(spans)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert span.of(text).strip() == span.of(text) != ""
    letters = {n for n, letter in enumerate(text) if letter.isalnum()}
    covered = {n for span in spans for n in range(span.start, span.end)}
    assert text.startswith("Source: ") or "Source: " in text or letters <= covered
