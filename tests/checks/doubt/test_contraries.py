"""Sentences with their sense turned."""

from __future__ import annotations

import pytest

from factcheck.checks.doubt.contraries import contraries
from factcheck.text.parsing import load_parser


def turned(sentence: str, kind: str) -> list[str]:
    (parsed,) = load_parser().parse_text(sentence)
    return [one.applied(sentence) for one in contraries(parsed.doc) if one.type == kind]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Germany sued Poland over the pipe.", "Poland sued Germany over the pipe."),
        ("The council fined Ada Holm.", "Ada Holm fined the council."),
        ("Ada Holm was beaten by Lea Brandt.", "Lea Brandt was beaten by Ada Holm."),
        ("The union appealed to the ministry.", "The ministry appealed to the union."),
        ("He thanked the mayor for it.", "The mayor thanked him for it."),
        ("He is the teacher who sued the firm.", "He is the firm who sued the teacher."),
        ("Dutch boats rammed three Danish trawlers.", "Danish boats rammed three Dutch trawlers."),
        ("They fear an invasion by Sweden.", "They fear an invasion of Sweden."),
    ],
)
def test_two_parties_of_a_deed_are_exchanged(sentence: str, wanted: str) -> None:
    assert wanted in turned(sentence, "role_reversal")


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor rejected the offer.",
        "The manager is Ada Holm.",
        "Ada Holm flew to Paris on Monday.",
        "The rain ruined the harvest.",
        "Ada Holm resigned.",
    ],
)
def test_what_is_no_deed_between_parties_is_left_alone(sentence: str) -> None:
    assert turned(sentence, "role_reversal") == []


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("The council approved it.", "The council did not approve it."),
        ("The council has not approved it.", "The council has approved it."),
        ("The batch is no longer in use.", "The batch is in use."),
        ("The firm paid no fine.", "The firm paid a fine."),
        ("Prices rose in May.", "Prices fell in May."),
        ("The road was closed.", "The road was not closed."),
    ],
)
def test_what_is_affirmed_is_denied_and_the_other_way_round(sentence: str, wanted: str) -> None:
    assert wanted in turned(sentence, "negation")


def test_the_main_clause_is_denied_first() -> None:
    sentence = "The mayor who lost his seat has thanked his voters."
    assert turned(sentence, "negation")[0] == (
        "The mayor who lost his seat has not thanked his voters."
    )


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("It fell because it was weak.", "It fell but not because it was weak."),
        ("It fell because it was weak.", "It was weak because It fell."),
        ("The slump led to the strike.", "The strike led to the slump."),
    ],
)
def test_a_cause_is_denied_and_changed_about(sentence: str, wanted: str) -> None:
    assert wanted in turned(sentence, "cause")


@pytest.mark.parametrize(
    "sentence",
    ["She has lived there since 1980.", "He spoke as chairman.", "It was as cold as ice."],
)
def test_since_and_as_are_causes_only_where_they_join_clauses(sentence: str) -> None:
    assert turned(sentence, "cause") == []


def test_a_sentence_without_any_of_it_has_no_contrary() -> None:
    (parsed,) = load_parser().parse_text("A quiet night in Oslo.")
    assert contraries(parsed.doc) == []
