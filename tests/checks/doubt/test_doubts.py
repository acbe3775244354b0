"""What tells whether a claim that the verifier doubts has an error in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

import pytest

from factcheck.checks.doubt.doubts import Doubt, Weights, doubts, shipped_weights, weighty
from factcheck.records import Claim, Evidence, Quotation, Span
from factcheck.text.parsing import load_parser
from factcheck.verdicts.verifier import Entailment

AGAINST, FOR, OPEN = (
    Entailment(0.05, 0.9, 0.05),
    Entailment(0.9, 0.05, 0.05),
    Entailment(0.1, 0.1, 0.8),
)
DOUBTED = Entailment(0.2, 0.6, 0.2)


class Answers:
    """A reader with an answer for each claim, and a list of what it was asked."""

    def __init__(self, answers: Mapping[str, Entailment] | None = None) -> None:
        self.answers = dict(answers or {})
        self.asked: list[tuple[str, str]] = []

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        self.asked += pairs
        return [self.answers.get(claim, OPEN) for _, claim in pairs]


def claim(text: str) -> Claim:
    return Claim(text, 0, Span(0, len(text)), text, "fact", None)


def passage(text: str) -> Evidence:
    return Evidence(
        text, Quotation("corpus", text, Span(0, len(text)), text), text, "Keld registry"
    )


def doubt(
    text: str, *readings: Entailment, answers: Mapping[str, Entailment] | None = None
) -> tuple[list[Doubt], Answers]:
    reader = Answers(answers)
    read = {text: [(passage(f"passage {n}"), one) for n, one in enumerate(readings)]}
    return doubts([claim(text)], read, reader, load_parser()), reader


def test_the_passage_that_speaks_loudest_against_a_claim_is_the_one_doubted_by() -> None:
    ((found,), _) = doubt("The mill was built in 1840.", OPEN, AGAINST)
    assert found.passage.title == "passage 1"
    assert (found.reading, found.elsewhere) == (AGAINST, OPEN)


def test_what_any_passage_bears_out_is_not_doubted() -> None:
    found, reader = doubt("The mill was built in 1840.", AGAINST, FOR)
    assert found == []
    assert reader.asked == []


def test_two_parties_of_a_doubted_claim_are_exchanged() -> None:
    (found,), reader = doubt(
        "Germany sued Poland.", DOUBTED, answers={"Poland sued Germany.": OPEN}
    )
    assert ("passage 0", "Poland sued Germany.") in reader.asked
    assert found.best is not None
    assert found.best.claim == "Poland sued Germany."
    assert found.features["exchange"] == pytest.approx(1.7918, abs=1e-4)


@pytest.mark.parametrize("text", ["Germany sued Poland.", "It closed because the river was dry."])
def test_what_is_hardly_doubted_is_read_no_further(text: str) -> None:
    (found,), reader = doubt(text, OPEN)
    assert reader.asked == []
    assert (found.features["exchange"], found.features["cause"]) == (0.0, 0.0)


def test_the_reason_of_a_doubted_claim_is_denied() -> None:
    text = "The mill closed because the river had dried up."
    denied = "The mill closed but not because the river had dried up."
    (found,), reader = doubt(text, DOUBTED, answers={denied: FOR})
    assert [asked for _, asked in reader.asked] == [denied]
    assert found.features["cause"] > 0


def test_a_contrary_that_is_worse_counts_against_the_doubt() -> None:
    (found,), _ = doubt(
        "Germany sued Poland.",
        DOUBTED,
        answers={"Poland sued Germany.": AGAINST},
    )
    assert found.features["exchange"] < 0


def test_the_odds_are_the_weighted_sum_of_the_features() -> None:
    (found,), _ = doubt("Germany sued Poland.", AGAINST, OPEN)
    ones = Weights(**{one.name: 1.0 for one in fields(Weights)})
    assert ones.odds(found) == pytest.approx(1 + sum(found.features.values()))
    nothing = replace(ones, **dict.fromkeys(found.features, 0.0))
    assert nothing.odds(found) == 1.0
    assert nothing.confidence(found) == pytest.approx(0.7311, abs=1e-4)


def test_words_that_carry_meaning_are_long_ones_and_numbers() -> None:
    assert weighty("He was in it") == 1
    assert weighty("The mill was built in 1840 for €3.5m") == 4


def test_weights_are_shipped_for_the_embedded_verifier_and_for_others() -> None:
    for kind in ("embedded", "other"):
        weights = shipped_weights(kind)
        assert weights.refuted > 0
        assert 0 < weights.least < 1
    assert shipped_weights("other").exchange == 0.0
    assert shipped_weights("embedded").exchange > 0


def test_a_contrary_that_is_plainly_preferred_names_the_kind_of_error() -> None:
    turned = {"Poland sued Germany.": FOR}
    (found,), _ = doubt("Germany sued Poland.", AGAINST, answers=turned)
    assert found.turned == "role_reversal"
    (found,), _ = doubt("Germany sued Poland.", AGAINST, answers={"Poland sued Germany.": AGAINST})
    assert found.turned == "contradiction"
    text, denied = "It fell because it was weak.", "It fell but not because it was weak."
    (found,), _ = doubt(text, AGAINST, answers={denied: FOR})
    assert found.turned == "cause"
