"""The golden cases: `cases/*.toml`, sentences with the claims they must give."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from factcheck.records import Claim

from .conftest import FindClaims, MakeArticle

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['text'][:50]}")
    for path in sorted((Path(__file__).parent / "cases").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


def _usual(text: str) -> str:
    sentence = text[:1].upper() + text[1:]
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _expected(entry: dict[str, Any]) -> dict[str, Any]:
    text = entry["text"]
    return {
        "text": text,
        "kind": entry["kind"],
        "restated": entry.get("restated", _usual(text)),
        "speaker": entry.get("speaker"),
        "hedges": entry.get("hedges", []),
        "ambiguous": entry.get("ambiguous", []),
        "checkable": entry.get("checkable", True),
    }


def _found(claim: Claim) -> dict[str, Any]:
    return {
        "text": claim.text,
        "kind": claim.kind,
        "restated": claim.restated or "",
        "speaker": claim.speaker,
        "hedges": [f"{hedge.kind}: {hedge.cue.text}" for hedge in claim.hedges],
        "ambiguous": list(claim.ambiguous),
        "checkable": claim.checkable,
    }


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any], article: MakeArticle, claims_of: FindClaims) -> None:
    found = claims_of(article(case["text"], role=case.get("role", "body")))
    assert [_found(claim) for claim in found] == [_expected(entry) for entry in case["claim"]]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 40
