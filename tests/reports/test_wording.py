from __future__ import annotations

import pytest

from factcheck.records import FLAG_TYPES, LABELS, SEVERITIES, Label, Origin, Verdict
from factcheck.reports import wording


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (1.0, "virtually certain"),
        (0.99, "virtually certain"),
        (0.98, "very likely"),
        (0.90, "very likely"),
        (0.896, "very likely"),
        (0.89, "likely"),
        (0.66, "likely"),
        (0.65, "about as likely as not"),
        (0.33, "about as likely as not"),
        (0.32, "unlikely"),
        (0.05, "very unlikely"),
        (0.006, "exceptionally unlikely"),
        (0.0, "exceptionally unlikely"),
    ],
)
def test_words_follow_the_ranges_of_the_guidance_note(probability: float, words: str) -> None:
    assert wording.likelihood(probability) == words


def test_a_percentage_never_claims_certainty() -> None:
    shown = [wording.percent(p) for p in (0.0, 0.004, 0.5, 0.987, 0.999, 1.0)]
    assert shown == ["under 1%", "under 1%", "50%", "99%", "over 99%", "over 99%"]


def test_words_and_number_of_a_probability_agree() -> None:
    assert wording.confidence(0.896) == "very likely (90%)"
    assert wording.confidence(0.0999) == "unlikely (10%)"
    assert wording.confidence(0.006) == "exceptionally unlikely (under 1%)"


@pytest.mark.parametrize(
    ("explanation", "missing", "words"),
    [
        (
            "No passage settles it.",
            "None mentions 275,000.",
            "No passage settles it. None mentions 275,000.",
        ),
        ("", "None mentions 275,000.", "None mentions 275,000."),
        ("The minutes say so.", "", "The minutes say so."),
        ("", "", ""),
    ],
)
def test_the_reason_has_what_is_missing(explanation: str, missing: str, words: str) -> None:
    label: Label = "not_enough_evidence"
    verdict = Verdict("c", "checked", label, None, "none", (), explanation, missing)
    assert wording.reason(verdict) == words


def test_everything_a_record_can_hold_has_words() -> None:
    assert set(wording.FLAG_WORDS) == set(FLAG_TYPES)
    assert set(wording.SEVERITY_WORDS) == set(wording.SEVERITY_MEANING) == set(SEVERITIES)
    assert set(wording.OUTCOME_WORDS) == {*LABELS, "not_checkable", "error"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("verifier", "the entailment model"),
        ("check:verifier", "the entailment model"),
        ("check:roles", "the roles check"),
        ("check:llm", "the language model"),
        ("llm", "the language model"),
        ("llm:openai/x", "language model openai/x"),
        ("none", "nothing could decide"),
    ],
)
def test_deciders_in_words(name: str, words: str) -> None:
    assert wording.decider(name) == words


@pytest.mark.parametrize(
    ("sure", "name", "against", "words"),
    [
        (
            0.6,
            "check:quantities",
            "corpus",
            "medium, by comparing with a reference (quantities check)",
        ),
        (
            0.86,
            "check:roles",
            "context",
            "high, by comparing two places of the article (roles check)",
        ),
        (0.5, "check:dates", None, "low, by the dates check"),
        (0.6, "verifier", "corpus", "about as likely as not (60%), by the entailment model"),
        (0.7, "check:sources", "corpus", "likely (70%), by the sources check"),
        (0.7, "llm:openai/x", "corpus", "likely (70%), by language model openai/x"),
    ],
)
def test_only_a_model_has_a_probability(
    sure: float, name: str, against: Origin | None, words: str
) -> None:
    assert wording.grounds(sure, name, against) == words


def test_how_sure_a_comparison_is_has_no_word_of_a_probability() -> None:
    calibrated = {wording.likelihood(number / 100) for number in range(101)}
    assert {wording.order(number / 100) for number in range(101)} == {"high", "medium", "low"}
    assert not calibrated & {"high", "medium", "low"}


def test_dates_and_counts_in_words() -> None:
    assert wording.plain_date("2021-12-05") == "5 December 2021"
    assert wording.plain_date("2021") == "2021"
    assert wording.plain_date(None) == ""
    assert wording.counted(1, "claim") == "1 claim"
    assert wording.counted(1200, "claim") == "1,200 claims"
    assert wording.listed(["a", "b", "c"]) == "a, b and c"
    assert wording.listed([]) == ""
