from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from msgspec_schemaorg.models import Claim, ClaimReview, NewsArticle, Organization, Rating

from factcheck.decisions import Action
from factcheck.errors import UsageProblem
from factcheck.records import Report
from factcheck.reports.claim_review import left_out, to_claim_review
from factcheck.reports.context import NOTHING, Context, Publisher, with_decisions
from tests.reports import factory

DESK = Publisher("Harlow Desk", "https://example.org/checks/7", "https://example.org")
TYPES = {kind.__name__: kind for kind in (Claim, ClaimReview, NewsArticle, Organization, Rating)}


def reviews(report: Report, *decided: tuple[int, str, str | None]) -> list[dict[str, Any]]:
    decisions = [
        factory.decided(report, report.claims[at].claim.id, action, answer)  # type: ignore[arg-type]
        for at, action, answer in decided
    ]
    data = json.loads(to_claim_review(report, with_decisions(report, decisions, DESK)))
    assert data["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = data["@graph"]
    return graph


def require_schema_org(node: dict[str, Any]) -> None:
    """Every type is one of schema.org, and every property one that it has there."""
    known = set(TYPES[node["@type"]].__struct_encode_fields__)
    assert set(node) <= known
    for value in node.values():
        if isinstance(value, dict):
            require_schema_org(value)


def test_reviewed_claims_have_what_google_requires() -> None:
    first, second = reviews(
        factory.small(), (0, "accept", None), (1, "change", "not_enough_evidence")
    )
    for review in (first, second):
        assert review["@type"] == "ClaimReview"
        assert review["url"].startswith("https://example.org/checks/7#claim-")
        assert review["author"] == {
            "@type": "Organization",
            "name": "Harlow Desk",
            "url": "https://example.org",
        }
        assert review["claimReviewed"]
        assert review["reviewRating"]["alternateName"]
        assert review["datePublished"] == "2024-03-06"
    assert first["reviewRating"]["ratingValue"] == 5


def test_not_enough_evidence_has_words_and_no_number() -> None:
    (review,) = reviews(factory.small(), (1, "change", "not_enough_evidence"))
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "Not enough evidence"}


@pytest.mark.parametrize(
    ("answer", "number"), [("supported", 5), ("conflicting", 3), ("refuted", 1)]
)
def test_ratings_lie_on_their_scale(answer: str, number: int) -> None:
    at = 0 if answer != "supported" else 1
    (review,) = reviews(factory.small(), (at, "change", answer))
    rating = review["reviewRating"]
    assert (rating["worstRating"], rating["ratingValue"], rating["bestRating"]) == (1, number, 5)


def test_what_nobody_ruled_on_or_somebody_rejected_is_not_published() -> None:
    (only,) = reviews(factory.small(), (0, "reject", None), (1, "accept", None))
    assert only["claimReviewed"] == "The dam holds nine gates."
    with pytest.raises(UsageProblem, match="no claim of this report has a reviewed verdict"):
        reviews(factory.small(), (0, "reject", None))


def test_a_verdict_that_the_machine_gives_no_longer_is_not_published_with_its_new_reason() -> None:
    report = factory.small()
    first, second = (item.claim.id for item in report.claims)
    outdated = replace(factory.decided(report, second, "accept"), machine="supported")
    held = factory.decided(report, first, "accept")
    both = with_decisions(report, [held, outdated], DESK)
    (only,) = json.loads(to_claim_review(report, both))["@graph"]
    assert only["url"].endswith(first)
    assert only["reviewBody"] == "It says the same."
    assert left_out(report, both).startswith("claim 2 must be decided again")
    with pytest.raises(UsageProblem, match="claim 2 must be decided again"):
        to_claim_review(report, with_decisions(report, [outdated], DESK))


@pytest.mark.parametrize(
    ("action", "answer", "note", "body"),
    [
        ("accept", None, "The minutes say so.", "The minutes say so."),
        ("change", "supported", "", None),
        ("change", "supported", "Nine, in the plans.", "Nine, in the plans."),
    ],
)
def test_a_reviewers_own_answer_stands_whatever_the_machine_says_now(
    action: Action, answer: str | None, note: str, body: str | None
) -> None:
    report = factory.small()
    decision = factory.decided(report, report.claims[1].claim.id, action, answer, note)
    machine = "supported" if action == "accept" else "conflicting"
    context = with_decisions(report, [replace(decision, machine=machine)], DESK)
    (review,) = json.loads(to_claim_review(report, context))["@graph"]
    assert review["reviewRating"]["ratingValue"] == 5
    assert review.get("reviewBody") == body
    assert left_out(report, context) == ""


@pytest.mark.parametrize(
    "context",
    [
        NOTHING,
        Context(publisher=Publisher(" ", "https://example.org")),
        Context(publisher=Publisher("Desk", "javascript:alert(1)")),
        Context(publisher=Publisher("Desk", "https://example.org", "ftp://example.org")),
    ],
)
def test_an_author_and_an_address_are_required(context: Context) -> None:
    with pytest.raises(UsageProblem) as problem:
        to_claim_review(factory.small(), context)
    assert "--author" in problem.value.hint


def test_it_can_stand_in_a_script_element() -> None:
    report = factory.hostile()
    decisions = [factory.decided(report, report.claims[0].claim.id, "accept")]
    text = to_claim_review(report, with_decisions(report, decisions, DESK))
    assert "<" not in text
    assert "<script>" in json.loads(text)["@graph"][0]["claimReviewed"]


def test_an_accepted_open_claim_says_what_is_missing() -> None:
    draft = factory.Draft("Some 275,000 troops stand there.")
    draft.claim(
        draft.text, "not_enough_evidence", why="No passage settles it.", missing="None has 275,000."
    )
    (review,) = reviews(draft.report(), (0, "accept", None))
    assert review["reviewBody"] == "No passage settles it. None has 275,000."
