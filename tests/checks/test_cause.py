"""How the check `cause` reads links, one way of writing at a time."""

from __future__ import annotations

import pytest

from factcheck.checks.causation import read_links
from factcheck.checks.passages import article_of
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
