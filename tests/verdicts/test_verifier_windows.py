from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.verdicts.verifier import Entailment, FakeVerifier
from factcheck.verdicts.windows import WHOLE_WORDS, WINDOW_WORDS, WindowedVerifier, windows

OPEN = Entailment(0.05, 0.05, 0.9)
SENTENCES = [
    f"Sentence number {n} of the long report says something of {n}0 words." for n in range(60)
]
LONG = " ".join(SENTENCES)


class Scripted:
    """Answers by what the evidence contains; remembers what it was asked."""

    name, digest = "scripted", "0"

    def __init__(self, **answers: Entailment) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        self.asked += [evidence for evidence, _ in pairs]
        return [self._answer(evidence) for evidence, _ in pairs]

    def _answer(self, evidence: str) -> Entailment:
        matching = [e for words, e in self.answers.items() if _all_in(words, evidence)]
        return matching[0] if matching else OPEN


def _all_in(words: str, evidence: str) -> bool:
    return all(word in evidence for word in words.split("_"))


def test_short_evidence_is_read_whole() -> None:
    text = "The bridge was closed. The mayor said so."
    assert [w.of(text) for w in windows(text)] == [text]


@pytest.mark.parametrize("blank", ["", "  \n\n ", "\u2028"])
def test_blank_evidence_has_no_window_and_leaves_the_claim_open(blank: str) -> None:
    assert windows(blank) == []
    inner = Scripted()
    assert WindowedVerifier(inner).score([(blank, "Anything.")]) == [Entailment(0.0, 0.0, 1.0)]
    assert inner.asked == []


def test_long_evidence_is_cut_between_sentences_with_one_shared() -> None:
    found = [w.of(LONG) for w in windows(LONG)]
    assert len(found) > 2
    for text in found:
        assert text.startswith("Sentence")
        assert text.endswith("words.")
        assert len(text.split()) <= WINDOW_WORDS
    for before, after in pairwise(found):
        last = before[before.rindex("Sentence") :]
        assert after.startswith(last)


def test_every_sentence_is_in_some_window() -> None:
    found = [w.of(LONG) for w in windows(LONG)]
    assert all(any(s in text for text in found) for s in SENTENCES)


@pytest.mark.parametrize("text", ["word " * 50_000, "x" * 200_000, "a.b" * 40_000])
def test_hostile_lines_are_cut_to_bounded_windows(text: str) -> None:
    found = windows(text)
    assert found
    assert all(w.end - w.start <= 2000 for w in found)


@given(st.text(alphabet="ab .!?\n\u3002\u00e9", max_size=3000))
def test_windows_keep_order_and_lose_no_word(text: str) -> None:
    found = windows(text)
    assert found == sorted(found)
    covered = {n for w in found for n in range(w.start, w.end)}
    assert all(text[n].isspace() for n in range(len(text)) if n not in covered)


def test_one_supporting_window_supports() -> None:
    inner = Scripted(**{"number 41": Entailment(0.9, 0.05, 0.05)})
    assert WindowedVerifier(inner).score([(LONG, "c")])[0].supported == 0.9


def test_one_refuting_window_refutes() -> None:
    inner = Scripted(**{"number 41": Entailment(0.1, 0.8, 0.1)})
    assert WindowedVerifier(inner).score([(LONG, "c")])[0].refuted == 0.8


def test_adjacent_windows_that_each_carry_a_part_are_read_as_one() -> None:
    first, second, *_ = [w.of(LONG) for w in windows(LONG)]
    only_first = "number 0 "
    only_second = "number 13 "
    assert only_first in first and only_first not in second
    assert only_second in second and only_second not in first
    part, whole = Entailment(0.3, 0.1, 0.6), Entailment(0.9, 0.0, 0.1)
    inner = Scripted(**{f"{only_first}_{only_second}": whole, only_first: part, only_second: part})
    assert WindowedVerifier(inner).score([(LONG, "c")]) == [whole]


def test_windows_without_a_part_are_not_joined() -> None:
    inner = Scripted()
    WindowedVerifier(inner).score([(LONG, "c")])
    assert len(inner.asked) == len(windows(LONG))


def test_pairs_keep_their_order_and_do_not_mix() -> None:
    yes = Entailment(0.9, 0.05, 0.05)
    inner = Scripted(**{"number 41": yes})
    short = "Nothing of the kind."
    scores = WindowedVerifier(inner).score([(short, "c"), (LONG, "c"), ("", "c"), (short, "c")])
    assert scores == [OPEN, yes, Entailment(0.0, 0.0, 1.0), OPEN]


def test_it_goes_under_the_name_and_digest_of_the_model() -> None:
    wrapped = WindowedVerifier(FakeVerifier())
    assert (wrapped.name, wrapped.digest) == ("fake", "fake")


def test_no_pairs() -> None:
    assert WindowedVerifier(Scripted()).score([]) == []


def test_whole_reading_is_longer_than_a_window() -> None:
    assert WHOLE_WORDS >= WINDOW_WORDS
