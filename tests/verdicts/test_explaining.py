"""Which claims are explained."""

from __future__ import annotations

from dataclasses import replace

import pytest

from factcheck.records import (
    CheckedClaim,
    Claim,
    Evidence,
    Flag,
    Label,
    Origin,
    Quotation,
    Span,
    Verdict,
)
from factcheck.verdicts.explaining import MOST_CLAIMS, explain_article, explain_claims, obstacle
from factcheck.verdicts.verifier import FakeVerifier

WORDS = "The mayor never closed the north bridge."


def evidence(name: str, origin: Origin = "corpus") -> Evidence:
    text = f"Passage {name}. The mayor closed the north bridge."
    return Evidence(name, Quotation(origin, f"doc-{name}", Span(0, len(text)), text), title=name)


def checked(
    name: str,
    label: Label | None,
    *found: Evidence,
    decided: tuple[str, ...] = (),
    worth: float = 0.5,
) -> CheckedClaim:
    claim = Claim(name, 0, Span(0, len(WORDS)), WORDS, "fact", None, worth=worth)
    verdict = Verdict(name, "checked" if label else "error", label, None, "none", decided)
    return CheckedClaim(claim, found or (evidence("a"), evidence("b"), evidence("c")), verdict)


def flag_on(claim: str) -> Flag:
    words = Quotation("context", "article", Span(0, 3), "The")
    return Flag("flag", "number", "high", words, None, "Why.", 0.9, "quantities", claim_id=claim)


def test_what_is_supported_is_left_alone() -> None:
    claims = (checked("good", "supported"), checked("open", "not_enough_evidence"))
    (good, open_), warnings = explain_article(FakeVerifier(), claims, [])
    assert good == claims[0]
    assert open_.occlusion is not None
    assert warnings == ()


def test_refuted_then_flagged_then_worthy_claims_come_first_and_the_rest_is_counted() -> None:
    claims = (
        *(checked(f"open-{n}", "not_enough_evidence") for n in range(MOST_CLAIMS)),
        checked("worthy", "not_enough_evidence", worth=0.9),
        checked("flagged", "not_enough_evidence", worth=0.1),
        checked("refuted", "refuted", decided=("a",)),
        checked("conflicting", "conflicting", decided=("a", "b")),
    )
    found, (warning,) = explain_article(FakeVerifier(), claims, [flag_on("flagged")])
    named = [item.claim.id for item in found if item.occlusion]
    assert named == [
        *(f"open-{n}" for n in range(MOST_CLAIMS - 4)),
        *("worthy", "flagged", "refuted", "conflicting"),
    ]
    assert warning.startswith(f"Of {MOST_CLAIMS + 4} claims to explain {MOST_CLAIMS} were")


def test_the_passage_that_decided_is_explained_and_nothing_else() -> None:
    own = evidence("own", "context")
    item = checked("c", "refuted", evidence("a"), own, decided=("own", "a"))
    (found,) = explain_claims(FakeVerifier(), [item], ["c"])
    assert found.occlusion is not None
    assert found.occlusion.sentence.source_id == "doc-own"
    assert found.occlusion.stance == "refuted"
    assert [word.text for word in found.occlusion.words] == ["never"]


def test_a_claim_asked_for_by_name_may_be_supported() -> None:
    (found,) = explain_claims(FakeVerifier(), [checked("c", "supported", decided=("a",))], ["c"])
    assert found.occlusion is not None
    assert found.occlusion.stance == "supported"


OPEN = checked("c", "not_enough_evidence")


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (checked("c", None), "Its check failed."),
        (replace(OPEN, evidence=()), "There is no evidence"),
        (replace(OPEN, evidence=(evidence("own", "context"),)), "There is no evidence"),
        (replace(OPEN, claim=replace(OPEN.claim, ambiguous=("He?",))), "There is no evidence"),
        (replace(OPEN, verdict=replace(OPEN.verdict, status="not_checkable")), "not checkable"),
    ],
    ids=["failed", "no evidence", "own words", "ambiguous", "not checkable"],
)
def test_what_cannot_be_explained_stays_as_it_is(item: CheckedClaim, why: str) -> None:
    assert why in (obstacle(item) or "")
    assert explain_claims(FakeVerifier(), [item], ["c"]) == (item,)
    assert explain_article(FakeVerifier(), [item], []) == ((item,), ())
