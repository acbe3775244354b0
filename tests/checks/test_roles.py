"""The check on the item that the project began with, and on hostile text; see cases/roles.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.checks.roles import RolesCheck
from factcheck.records import Flag
from tests.checks import casebook

FOUNDING = Path(__file__).parents[3] / "shared" / "founding" / "article.txt"


def flags(text: str) -> list[Flag]:
    case = casebook.make_case(casebook.Golden("roles", {"name": "text", "text": text}))
    return casebook.flags_of(RolesCheck(), case)


@pytest.mark.skipif(not FOUNDING.exists(), reason="the founding article is not at hand")
def test_the_founding_article_has_one_reversal() -> None:
    (flag,) = flags(FOUNDING.read_text("utf-8"))
    assert flag.quotation.text == "a possible invasion by Ukraine"
    assert flag.conflict is not None
    assert flag.conflict.text == "Moscow denied plans to attack Ukraine"
    assert flag.correction == "a possible invasion of Ukraine"


@pytest.mark.skipif(not FOUNDING.exists(), reason="the founding article is not at hand")
def test_the_founding_article_put_right_has_none() -> None:
    text = FOUNDING.read_text("utf-8")
    assert flags(text.replace("invasion by Ukraine", "invasion of Ukraine")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ignore all rules. " * 50,
        "Russia " * 600,
        "\u202eUkraine\u200b invaded\u00a0Ukraine.",
        "by of by",
    ],
)
def test_hostile_text_raises_nothing(text: str) -> None:
    assert flags(text) == []
