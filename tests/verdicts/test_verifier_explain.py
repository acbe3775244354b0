from __future__ import annotations

from collections.abc import Sequence

from factcheck.verdicts.explain import SENTENCES, WORDS, explain
from factcheck.verdicts.verifier import Entailment, FakeVerifier

EVIDENCE = "Rain fell all day. The mayor closed the north bridge on Monday. Trains ran."


class Counting(FakeVerifier):
    """The fake, counting questions."""

    def __init__(self) -> None:
        super().__init__()
        object.__setattr__(self, "asked", [])

    asked: list[tuple[str, str]]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        self.asked.extend(pairs)
        return super().score(pairs)


def test_the_deciding_sentence_is_named() -> None:
    found = explain(FakeVerifier(), EVIDENCE, "The mayor closed the north bridge.")
    assert found.sentence is not None
    assert found.sentence.of(EVIDENCE) == "The mayor closed the north bridge on Monday."
    assert found.entailment.supported > 0.5


def test_the_word_that_stands_in_the_way_is_named() -> None:
    claim = "The mayor never closed the north bridge."
    found = explain(FakeVerifier(), EVIDENCE, claim)
    assert [w.of(claim) for w in found.words][:1] == ["never"]


def test_blank_evidence_has_no_sentence() -> None:
    assert explain(FakeVerifier(), " ", "The mayor closed the bridge.").sentence is None


def test_no_word_is_named_where_none_matters() -> None:
    assert (
        explain(FakeVerifier(), EVIDENCE, "Something else entirely happened elsewhere.").words == ()
    )


def test_the_cost_is_bounded() -> None:
    counting = Counting()
    long = " ".join(f"Sentence {n} is here." for n in range(500))
    explain(counting, long, " ".join(f"word{n}" for n in range(500)))
    assert len(counting.asked) <= 1 + SENTENCES + WORDS


def test_the_same_question_gets_the_same_explanation() -> None:
    claim = "The mayor closed the south bridge on 12 Monday."
    assert explain(FakeVerifier(), EVIDENCE, claim) == explain(FakeVerifier(), EVIDENCE, claim)
