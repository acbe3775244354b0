"""What the verifier is asked, and what becomes of its answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from factcheck.records import Claim, Evidence, Origin, Quotation, Span, content_id
from factcheck.verdicts.judging import PASSAGES_READ, ask_verifier
from factcheck.verdicts.verifier import Entailment, Thresholds

THRESHOLDS = Thresholds(supported=0.8, refuted=0.7, origin="made up for these tests")
TEXT = "The wall of the harbour is high."
CLAIM = Claim("c", 0, Span(0, len(TEXT)), TEXT, "fact", None)


class Scripted:
    name = digest = "scripted"

    def __init__(self, answers: dict[str, Entailment]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, str]] = []

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        self.asked += pairs
        return [self.answers.get(passage, Entailment(0.1, 0.1, 0.8)) for passage, _ in pairs]


def passage(text: str, origin: Origin = "corpus") -> Evidence:
    quotation = Quotation(origin, f"doc-{text}", Span(0, len(text)), text)
    return Evidence(content_id("evidence", text), quotation, title=text, publisher="Council")


def test_only_the_nearest_references_are_read_and_never_the_article() -> None:
    reader = Scripted({})
    listed = (passage("own words", "context"), *(passage(f"no. {n}") for n in range(6)))
    assert ask_verifier(reader, THRESHOLDS, [CLAIM], {"c": listed})["c"].opinions == ()
    assert [text for text, _ in reader.asked] == [f"no. {n}" for n in range(PASSAGES_READ)]


@pytest.mark.parametrize(
    "claim",
    [
        replace(CLAIM, ambiguous=("'The wall' may be either of two.",)),
        replace(CLAIM, checkable=False),
        replace(CLAIM, text="The wall, which leans.", span=Span(0, 22)),
    ],
)
def test_what_does_not_stand_alone_is_not_read(claim: Claim) -> None:
    reader = Scripted({})
    ask_verifier(reader, THRESHOLDS, [claim], {"c": (passage("against"),)})
    assert reader.asked == []


def test_it_is_told_how_many_passages_are_read() -> None:
    claims = [replace(CLAIM, id=f"c{n}") for n in range(20)]
    told: list[tuple[int, int]] = []
    held = {claim.id: (passage("one"), passage("two")) for claim in claims}
    readings = ask_verifier(
        Scripted({}), THRESHOLDS, claims, held, lambda done, total: told.append((done, total))
    )
    assert [len(readings[claim.id].scores) for claim in claims] == [2] * 20
    assert told[0] == (0, 40) and told[-1] == (40, 40)
    assert sorted(told) == told and len(told) > 2


def test_an_answer_counts_from_its_threshold_on() -> None:
    sure, short = Entailment(0.05, 0.7, 0.25), Entailment(0.79, 0.01, 0.2)
    reader = Scripted({"against": sure, "nearly": short})
    found = ask_verifier(
        reader, THRESHOLDS, [CLAIM], {"c": (passage("nearly"), passage("against"))}
    )
    (opinion,) = found["c"].opinions
    assert found["c"].scores == (short, sure)
    assert (opinion.stance, opinion.probability) == ("refutes", 0.7)
    assert opinion.explanation == "Contradicted by Council."
