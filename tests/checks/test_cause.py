"""How the check `cause` reads links, one way of writing at a time."""

from __future__ import annotations

import pytest

from factcheck.checks.assertions.causation import read_links
from factcheck.checks.passages import article_of
from factcheck.checks.registry import make_check
from tests.checks import casebook


@pytest.mark.parametrize(
    "text",
    [
        "The storm caused the blackout.",
        "The blackout was caused by the storm.",
        "The blackout resulted from the storm.",
        "The storm led to the blackout.",
        "The blackout was the result of the storm.",
        "The storm was the cause of the blackout.",
        "It was the storm that led to the blackout.",
    ],
)
def test_cause_and_effect_are_told_apart(text: str) -> None:
    case = casebook.make_case(casebook.Golden("cause", {"name": "x", "text": text}))
    links = [link for link in read_links(article_of(case)) if link.kind == "cause"]
    assert [(link.cause.words, link.effect.words, link.denied) for link in links] == [
        (frozenset({"storm"}), frozenset({"blackout"}), False)
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The strike will go ahead if ministers agree.", "condition"),
        ("The strike will go ahead unless ministers do not agree.", "condition"),
        ("The strike will go ahead unless ministers agree.", "exception"),
        ("The strike will go ahead if ministers do not agree.", "exception"),
    ],
)
def test_a_denied_condition_is_an_exception(text: str, kind: str) -> None:
    case = casebook.make_case(casebook.Golden("cause", {"name": "x", "text": text}))
    assert [link.kind for link in read_links(article_of(case))] == [kind]


@pytest.mark.parametrize(
    ("first", "last", "correction"),
    [
        ("prices fell", "teachers left", "teachers left because prices fell"),
        ("prices fell", "teachers left early", None),
        ("the prices fell", "teachers left", None),
    ],
)
def test_sides_are_exchanged_only_if_no_word_is_left_over(
    first: str, last: str, correction: str | None
) -> None:
    text = f"Teachers left because prices fell. But {first} because {last}."
    case = casebook.make_case(casebook.Golden("cause", {"name": "x", "text": text}))
    flags = casebook.flags_of(make_check("cause"), case)
    assert [flag.correction for flag in flags] == [correction]
