"""Which claims are explained, and by what evidence; `verdicts.occlusion` does the work."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from factcheck.records import CheckedClaim, Evidence, Flag
from factcheck.verdicts.judging import passages_read
from factcheck.verdicts.occlusion import Question, occlude
from factcheck.verdicts.verifier import Verifier

MOST_CLAIMS = 10
"""Claims of one article that are explained unasked; others by `factcheck explain`."""
_AGAINST = frozenset({"refuted", "conflicting"})


def explain_article(
    verifier: Verifier, claims: Sequence[CheckedClaim], flags: Iterable[Flag]
) -> tuple[tuple[CheckedClaim, ...], tuple[str, ...]]:
    """The claims, explained where that is due and within bounds, and what a reader should know.

    Refuted claims come first, then those with a flag, then those most worth checking; no more than
    `MOST_CLAIMS` are explained, and a warning says so where there are more.

    Raises:
        ModelError: the verifier cannot be run.
    """
    due = _due(claims, {flag.claim_id for flag in flags})
    warnings = []
    if len(due) > MOST_CLAIMS:
        warnings.append(
            f"Of {len(due)} claims to explain {MOST_CLAIMS} were explained, refuted and flagged "
            "ones first; `factcheck explain REPORT CLAIM` explains another."
        )
    return explain_claims(verifier, claims, due[:MOST_CLAIMS]), tuple(warnings)


def explain_claims(
    verifier: Verifier, claims: Sequence[CheckedClaim], wanted: Collection[str]
) -> tuple[CheckedClaim, ...]:
    """The claims, those whose ids are wanted with what the verifier's answer hangs on.

    Raises:
        ModelError: the verifier cannot be run.
    """
    asked = [item for item in claims if item.claim.id in wanted and obstacle(item) is None]
    found = occlude(verifier, [_question(item) for item in asked])
    by_id = {item.claim.id: one for item, one in zip(asked, found, strict=True)}
    return tuple(
        replace(item, occlusion=by_id.get(item.claim.id, item.occlusion)) for item in claims
    )


def obstacle(item: CheckedClaim) -> str | None:
    """Why the claim cannot be explained, in one sentence; None where it can."""
    if item.verdict.status == "not_checkable":
        return "It is not checkable."
    if item.verdict.label is None:
        return "Its check failed."
    if not any(passage.quotation.text.strip() for passage in _passages(item)):
        return "There is no evidence that an entailment model reads for it."
    return None


def _due(claims: Iterable[CheckedClaim], flagged: Collection[str | None]) -> list[str]:
    """Ids of the claims that are not supported and can be explained, the weightiest first."""
    due = [c for c in claims if c.verdict.label != "supported" and obstacle(c) is None]
    due.sort(
        key=lambda c: (c.verdict.label not in _AGAINST, c.claim.id not in flagged, -c.claim.worth)
    )
    return [c.claim.id for c in due]


def _question(item: CheckedClaim) -> Question:
    label = item.verdict.label
    assert label is not None  # else there was an obstacle
    passages = tuple(passage.quotation for passage in _passages(item))
    return Question(item.claim.standalone, passages, label)


def _passages(item: CheckedClaim) -> tuple[Evidence, ...]:
    """The passage that decided most; where none did, those that the verifier read."""
    decided = item.verdict.evidence[:1]
    if decided:
        return tuple(passage for passage in item.evidence if passage.id in decided)
    return passages_read(item.claim, item.evidence)
