"""The reviewed claims as schema.org ClaimReview in JSON-LD, to put into a published page.

Only what a person ruled on is published, with that person's answer, and no verdict of the machine
that it gives no longer: its reason would be that of another verdict. The rating runs from 1
(refuted) to 5 (supported); a claim without enough evidence has words and no number. Required by
https://developers.google.com/search/docs/appearance/structured-data/factcheck: `url`,
`claimReviewed`, `reviewRating` and a named author.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from factcheck.decisions import Standing
from factcheck.errors import UsageProblem
from factcheck.records import CheckedClaim, Report
from factcheck.reports.context import NOTHING, Context, Publisher
from factcheck.reports.json import escape_surrogates
from factcheck.reports.view import safe_url
from factcheck.reports.wording import OUTCOME_WORDS, listed, outcome, reason

_RATINGS = {"refuted": 1, "conflicting": 3, "supported": 5}
_PUBLISHED = (*_RATINGS, "not_enough_evidence")


def to_claim_review(report: Report, context: Context = NOTHING) -> str:
    """One ClaimReview for each claim that a reviewer accepted or gave another verdict.

    Raises:
        UsageProblem: no publisher, an address that is none, or nothing that is reviewed.
    """
    publisher = _require_publisher(context.publisher)
    reviews = list(_reviews(report, context, publisher))
    if not reviews:
        raise UsageProblem(
            left_out(report, context)
            or "no claim of this report has a reviewed verdict, and only those are published",
            hint="factcheck review REPORT.json, then export with --reviews",
        )
    graph = {"@context": "https://schema.org", "@graph": reviews}
    return _inert(json.dumps(graph, ensure_ascii=False, allow_nan=False, indent=2)) + "\n"


def left_out(report: Report, context: Context) -> str:
    """Which accepted claims are not published, and why, in one sentence; empty where none."""
    numbers = [
        str(number)
        for number, item in enumerate(report.claims, 1)
        if _is_outdated(item, context.standing(item.claim.id))
    ]
    if not numbers:
        return ""
    claims = "claim" if len(numbers) == 1 else "claims"
    return (
        f"{claims} {listed(numbers)} must be decided again to be published: accepted without a "
        "note when the machine gave another verdict"
    )


def _is_outdated(item: CheckedClaim, standing: Standing) -> bool:
    """Whether a verdict was accepted that the machine no longer gives, and no reason of one's own.

    With a note it can be published all the same: that reason is of the verdict that was accepted.
    """
    ruling = standing.ruling
    if ruling is None or ruling.action != "accept" or ruling.note:
        return False
    return ruling.machine != outcome(item.verdict)


def _inert(text: str) -> str:
    """The JSON so that it can stand in a script element: nothing in it can end that element."""
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return escape_surrogates(safe)


def _require_publisher(publisher: Publisher | None) -> Publisher:
    hint = "--author NAME --url https://example.org/fact-checks/1"
    if publisher is None or not publisher.name.strip():
        raise UsageProblem("a ClaimReview names its author and its own address", hint=hint)
    for address in (publisher.page, publisher.url):
        if address is not None and not safe_url(address):
            raise UsageProblem(f"{address!r} is no http or https address", hint=hint)
    return publisher


def _reviews(report: Report, context: Context, publisher: Publisher) -> Iterator[dict[str, Any]]:
    for item in report.claims:
        standing = context.standing(item.claim.id)
        if standing.answer in _PUBLISHED and not _is_outdated(item, standing):
            yield _review(report, item, standing, publisher)


def _review(
    report: Report, item: CheckedClaim, standing: Standing, publisher: Publisher
) -> dict[str, Any]:
    answer = str(standing.answer)
    ruling = standing.ruling
    author = {"@type": "Organization", "name": publisher.name}
    if publisher.url:
        author["url"] = publisher.url
    review = {
        "@type": "ClaimReview",
        "url": f"{publisher.page.split('#')[0]}#{item.claim.id}",
        "claimReviewed": item.claim.standalone,
        "author": author,
        "itemReviewed": _claim(report, item),
        "reviewRating": _rating(answer),
    }
    if ruling:
        review["datePublished"] = ruling.at[:10]
    body = _body(item, standing)
    return review | ({"reviewBody": body} if body else {})


def _rating(answer: str) -> dict[str, Any]:
    words = {"@type": "Rating", "alternateName": OUTCOME_WORDS[answer]}
    if answer not in _RATINGS:
        return words
    return words | {"ratingValue": _RATINGS[answer], "bestRating": 5, "worstRating": 1}


def _claim(report: Report, item: CheckedClaim) -> dict[str, Any]:
    article = report.article
    appearance: dict[str, Any] = {"@type": "NewsArticle"}
    if article.headline:
        appearance["headline"] = article.headline.of(article.text)
    if article.date:
        appearance["datePublished"] = article.date
    address = safe_url(article.source)
    if address:
        appearance["url"] = address
    claim: dict[str, Any] = {"@type": "Claim", "text": item.claim.text, "appearance": appearance}
    return claim | ({"datePublished": article.date} if article.date else {})


def _body(item: CheckedClaim, standing: Standing) -> str:
    """The reviewer's reason; the machine's only where the reviewer accepted it without another."""
    ruling = standing.ruling
    if ruling and ruling.note:
        return ruling.note
    return reason(item.verdict) if standing.state == "accepted" else ""
