from __future__ import annotations

from dataclasses import replace

import pytest

from factcheck.records import Claim, Evidence, Quotation, Span
from factcheck.verdicts.combine import Opinion, combine, missing_evidence


def claim(text: str = "Russia massed troops.", checkable: bool = True) -> Claim:
    span = Span(0, len(text))
    return Claim("claim-1", 0, span, text, "fact", text, checkable=checkable, reason="An opinion.")


def passage(name: str, text: str = "Words.", date: str | None = None) -> Evidence:
    quotation = Quotation("corpus", name, Span(0, len(text)), text)
    return Evidence(name, quotation, title=name, date=date)


def opinion(stance: str, name: str, probability: float = 0.9) -> Opinion:
    return Opinion("supports" if stance == "+" else "refutes", probability, name, "verifier")


def test_one_passage_is_enough_to_support() -> None:
    verdict = combine(claim(), [passage("a"), passage("b")], [opinion("+", "b")])
    assert (verdict.label, verdict.evidence, verdict.probability) == ("supported", ("b",), 0.9)


def test_the_surest_opinion_decides_and_leads_the_evidence() -> None:
    opinions = [opinion("-", "a", 0.7), opinion("-", "b", 0.95)]
    verdict = combine(claim(), [passage("a"), passage("b")], opinions)
    assert (verdict.label, verdict.evidence, verdict.probability) == ("refuted", ("b", "a"), 0.95)


def test_disagreement_without_dates_is_conflicting() -> None:
    verdict = combine(
        claim(), [passage("a"), passage("b")], [opinion("+", "a"), opinion("-", "b", 0.8)]
    )
    assert verdict.label == "conflicting"
    assert verdict.evidence == ("b", "a")
    assert verdict.probability == 0.8


def test_disagreement_on_one_day_is_conflicting() -> None:
    passages = [passage("a", date="2021-12-15"), passage("b", date="2021-12-15")]
    assert combine(claim(), passages, [opinion("+", "a"), opinion("-", "b")]).label == "conflicting"


def test_the_later_source_is_followed_and_the_verdict_says_so() -> None:
    passages = [passage("a", date="2021-12-15"), passage("b", date="2022-03-01")]
    verdict = combine(claim(), passages, [opinion("+", "a"), opinion("-", "b")])
    assert verdict.label == "refuted"
    assert "2021-12-15" in verdict.explanation and "2022-03-01" in verdict.explanation


def test_the_article_is_no_later_source() -> None:
    """Its own date must not let a contradiction in it overrule a reference."""
    own = passage("own", date="2022-03-01")
    own = replace(own, quotation=replace(own.quotation, origin="context"))
    passages = [passage("a", date="2021-12-15"), own]
    verdict = combine(claim(), passages, [opinion("+", "a", 0.97), opinion("-", "own", 0.6)])
    assert verdict.label == "conflicting"


def test_silence_is_not_enough_evidence_decided_by_nobody() -> None:
    verdict = combine(claim(), [passage("a")], [])
    assert (verdict.label, verdict.probability) == ("not_enough_evidence", None)
    assert verdict.decided_by == "none"
    assert verdict.missing


def test_what_is_not_checkable_gets_no_label() -> None:
    verdict = combine(claim(checkable=False), [passage("a")], [opinion("+", "a")])
    assert (verdict.status, verdict.label, verdict.explanation) == (
        "not_checkable",
        None,
        "An opinion.",
    )


@pytest.mark.parametrize(
    "words",
    [
        "Nobody was hurt.",
        "\u201cTempers were lost,\u201d he said.",
        "It cost 1 million crowns at 6.40.",
        "Some 72,000 came, and 6 left.",
    ],
)
def test_what_names_nothing_or_stands_there_otherwise_is_not_missing(words: str) -> None:
    read = passage("a", "At 0640 the bill had come to 1 million crowns, and 72000 were there.")
    assert missing_evidence(claim(words), [read]) == "No reference found says whether it is so."


def test_numbers_that_no_passage_has_are_missing() -> None:
    asked = claim("It cost Brantek 2 million crowns at 7.40, and 71,000 came.")
    read = passage("a", "At 0640 the bill had come to 1 million crowns, and 72000 were there.")
    said = "None of the nearest references mentions Brantek, 2 million, 7.40."
    assert missing_evidence(asked, [read]) == said


def test_what_is_missing_is_named() -> None:
    asked = claim("In Moscow, Karen Donfried met 14 officials of NATO.")
    read = passage("a", "Donfried, of the United States, flew to Moscow.")
    assert missing_evidence(asked, [read]) == ("None of the nearest references mentions 14, NATO.")
    assert missing_evidence(asked, []) == "No reference bears on it."
    all_there = passage("b", "Moscow; Karen Donfried; 14 officials; NATO's officials")
    assert missing_evidence(asked, [all_there]) == "No reference found says whether it is so."
    unclear = replace(asked, ambiguous=("'He' may be Berg or Holm",))
    assert (
        missing_evidence(unclear, [read])
        == "It was not read beside references: whom or what it means is unclear."
    )
    headline = claim("Ministers Meet As Old Dispute Over Fish Deepens")
    assert missing_evidence(headline, [read]) == "No reference found says whether it is so."


def test_what_was_read_and_is_about_it_is_not_denied() -> None:
    asked = claim("Elmfield School has 312 pupils this year.")
    near = passage("a", "The pupils of Elmfield School were 312, it was thought, for the year.")
    said = "The nearest references were read; none says it firmly enough."
    assert missing_evidence(asked, [near]) == said
