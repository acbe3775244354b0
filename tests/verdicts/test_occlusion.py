"""What an answer hangs on: which sentence, which words, at what cost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from factcheck.records import Label, Occlusion, Quotation, Span
from factcheck.verdicts.occlusion import (
    MOST_PAIRS,
    NAMED,
    WINDOWS,
    WORDS,
    Question,
    occlude,
)
from factcheck.verdicts.verifier import Entailment, FakeVerifier, load_verifier

ROOT = Path(__file__).parents[2]

TEXT = "A headline.\n\nRain fell all day. The mayor closed the north bridge on Monday. Trains ran."
AT = TEXT.index("Rain")


class Counting(FakeVerifier):
    """The fake, keeping what it was asked, batch by batch."""

    def __init__(self) -> None:
        super().__init__()
        object.__setattr__(self, "batches", [])

    batches: list[list[tuple[str, str]]]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        self.batches.append(list(pairs))
        return super().score(pairs)


def passage(text: str, start: int = 0) -> Quotation:
    return Quotation("corpus", "doc", Span(start, start + len(text)), text)


def question(claim: str, *passages: Quotation, label: Label = "not_enough_evidence") -> Question:
    return Question(claim, passages or (passage(TEXT[AT:], AT),), label)


def only(asked: Question, verifier: FakeVerifier | None = None) -> Occlusion:
    (found,) = occlude(verifier or FakeVerifier(), [asked])
    assert found is not None
    return found


def test_the_sentence_that_decides_is_quoted_from_its_document() -> None:
    found = only(question("The mayor closed the north bridge."))
    assert found.sentence.text == "The mayor closed the north bridge on Monday."
    assert found.sentence.span.of(TEXT) == found.sentence.text
    assert (found.sentence.origin, found.sentence.source_id) == ("corpus", "doc")


def test_the_word_that_stands_in_the_way_is_named_with_what_it_does() -> None:
    claim = "The mayor never closed the north bridge."
    found = only(question(claim, label="refuted"))
    assert (found.stance, found.probability) == ("refuted", 0.8)
    assert [(w.text, w.probability) for w in found.words] == [("never", 0.1)]
    assert found.words[0].span.of(claim) == "never"


def test_of_an_open_claim_the_support_is_explained() -> None:
    found = only(question("The mayor never closed the north bridge."))
    assert (found.stance, found.probability) == ("supported", 0.1)
    assert [(w.text, w.probability) for w in found.words] == [("never", 0.8)]


def test_the_passage_that_tells_more_is_taken() -> None:
    quiet = passage("Nothing of it stands here. Nor here.")
    found = only(question("The mayor closed the north bridge.", quiet, passage(TEXT)))
    assert found.sentence.span.of(TEXT) == found.sentence.text


def test_no_word_is_named_where_none_matters() -> None:
    assert only(question("Something else entirely happened elsewhere.")).words == ()


@pytest.mark.parametrize("text", ["", " \n\n\u2029 "])
def test_blank_evidence_explains_nothing_and_costs_nothing(text: str) -> None:
    counting = Counting()
    assert occlude(counting, [question("The bridge was closed.", passage(text))]) == [None]
    assert counting.batches == [[], []]


def test_each_question_gets_its_own_answer_from_shared_batches() -> None:
    asked = [
        question("The mayor closed the north bridge."),
        question("The bridge was closed.", passage(" ")),
        question("The mayor never closed the north bridge.", label="refuted"),
    ]
    counting = Counting()
    found = occlude(counting, asked)
    assert found == [occlude(FakeVerifier(), [one])[0] for one in asked]
    assert len(counting.batches) == 2
    assert sum(one.pairs for one in found if one) == sum(map(len, counting.batches))


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (" ".join(f"Sentence {n} is here." for n in range(2000)), "Sentence 7 is here."),
        ("word " * 40_000, "word " * 10_000),
        ("x" * 100_000, "y" * 100_000),
        ("One. " * 3000, " ".join(f"word{n}" for n in range(10_000))),
        ("\ud800 <b>\u202e\x00</b> 🌊 " * 500, "<script>\ud800\u202e\x00 🌊 e\u0301"),
    ],
    ids=["sentences", "one sentence", "one word", "words", "hostile"],
)
def test_the_cost_is_bounded_whatever_the_text(text: str, claim: str) -> None:
    counting = Counting()
    evidence = passage(text)
    found = only(question(claim, evidence), counting)
    assert found.pairs == sum(map(len, counting.batches)) <= MOST_PAIRS
    assert len(counting.batches[0]) <= WINDOWS
    assert all(len(read) <= 2000 for batch in counting.batches for read, _ in batch)
    assert found.sentence.span.of(text) == found.sentence.text
    assert len(found.words) <= NAMED
    assert all(word.span.of(claim) == word.text for word in found.words)


def test_of_a_long_claim_the_first_words_are_tried() -> None:
    counting = Counting()
    only(question(" ".join(f"word{n}" for n in range(500)), passage("One sentence.")), counting)
    assert len(counting.batches[1]) == WORDS


def test_the_same_question_gets_the_same_answer() -> None:
    asked = question("The mayor closed the south bridge on 12 Monday.")
    assert only(asked) == only(asked)


def test_words_far_lighter_than_the_heaviest_are_not_named() -> None:
    claim = "The mayor closed the north bridge."
    light, heavy = "The closed the north bridge.", "The mayor closed the bridge."
    answers = {
        ("One.", claim): Entailment(0.9, 0.0, 0.1),
        ("One.", light): Entailment(0.8, 0.0, 0.2),
        ("One.", heavy): Entailment(0.5, 0.0, 0.5),
    }
    others = {
        ("One.", claim.replace(f"{word} ", "")): Entailment(0.89, 0.0, 0.11)
        for word in ("closed", "bridge")
    }
    others[("One.", "The mayor closed the north .")] = Entailment(0.9, 0.0, 0.1)
    found = only(question(claim, passage("One.")), FakeVerifier(answers | others))
    assert [word.text for word in found.words] == ["north"]


@pytest.mark.skipif(load_verifier() is None, reason="built without the model")
def test_the_shipped_model_names_who_is_said_to_have_acted() -> None:
    said = "Washington handed two draft documents to Moscow at a meeting in the Russian foreign "
    said += "ministry."
    assert said in (ROOT / "eval/articles/example.txt").read_text("utf-8")
    reference = (
        ROOT / "corpus/security-guarantees/proposals-handed-over-15-december.txt"
    ).read_text("utf-8")
    start = reference.index("On 15 December 2021, at the Russian foreign ministry")
    end = reference.index("same Wednesday.") + len("same Wednesday.")
    verifier = load_verifier(threads=1)
    assert verifier is not None
    asked = question(said, passage(reference[start:end], start), label="refuted")
    (found,) = occlude(verifier, [asked])
    assert found is not None
    named = {word.text for word in found.words}
    assert "handed" in named and named & {"Washington", "Moscow"}
    assert found.words[0].probability < found.probability - 0.15
    assert found.sentence.span.of(reference) == found.sentence.text
    assert found.verifier == f"embedded sha256:{verifier.digest}"
