"""The report as W3C Web Annotations (Recommendation of 23 February 2017), one page of a collection.

Each claim and flag is an annotation on the article by the program; each decision of a reviewer is
an annotation on that annotation by a person. Positions are Unicode code points, as section 4.2.5
of the Data Model asks. Only motivations that the published JSON-LD context defines are used; it
lacks 'assessing'.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from factcheck.decisions import Decision
from factcheck.records import Article, CheckedClaim, Flag, Report, Span
from factcheck.reports.addresses import article_address, article_name, unique_name
from factcheck.reports.context import NOTHING, Context
from factcheck.reports.grounds import verdict_grounds
from factcheck.reports.json import escape_surrogates
from factcheck.reports.view import (
    findings,
)
from factcheck.reports.wording import FLAG_WORDS, flag_grounds, outcome, verdict_line

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32
"""Code points of prefix and suffix, by which a reader finds the words again in a changed text."""
_ACTION_WORDS = {
    "accept": "Accepted",
    "reject": "Rejected",
    "change": "Changed",
    "note": "Note",
    "assign": "Assigned",
    "undo": "Undone",
}


def to_web_annotation(report: Report, context: Context = NOTHING) -> str:
    """The report as one annotation collection with one page."""
    items = [*_items(report), *(_decision(decision) for decision in context.decisions)]
    name = unique_name(f"{report.article.id} {report.run.started}")
    collection = {
        "@context": _CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": f"Fact check of {report.article.source}",
        "total": len(items),
        "first": {
            "id": f"{name}#page",
            "type": "AnnotationPage",
            "partOf": name,
            "startIndex": 0,
            "items": items,
        },
    }
    text = json.dumps(collection, ensure_ascii=False, allow_nan=False, indent=2)
    return escape_surrogates(text) + "\n"


def _items(report: Report) -> Iterator[dict[str, Any]]:
    program = {
        "id": unique_name(f"{report.tool.name} {report.tool.version}"),
        "type": "Software",
        "name": f"{report.tool.name} {report.tool.version}",
    }
    for finding in findings(report):
        against = finding.flag.conflict.text if finding.flag.conflict else None
        where = finding.source.line if finding.source else ""
        bodies = _flag_bodies(finding.flag, against, where)
        yield _annotation(report, finding.flag.id, finding.flag.quotation.span, bodies, program)
    for item in report.claims:
        bodies = _claim_bodies(item)
        yield _annotation(report, item.claim.id, item.claim.span, bodies, program)


def _annotation(
    report: Report, identity: str, span: Span, bodies: list[dict[str, str]], program: dict[str, str]
) -> dict[str, Any]:
    return {
        "id": unique_name(identity),
        "type": "Annotation",
        "motivation": "commenting",
        "generator": program,
        "generated": report.run.started,
        "canonical": f"urn:factcheck:{identity}",
        "body": bodies,
        "target": {
            "type": "SpecificResource",
            "source": _source(report.article),
            "selector": _selectors(report.article, span),
        },
    }


def _source(article: Article) -> dict[str, str]:
    address = article_address(article)
    # A relative path means nothing to whoever reads the annotations elsewhere.
    known = address if ":" in address.split("/")[0] else article_name(article)
    return {"id": known, "type": "Text", "format": "text/plain", "language": article.language}


def _selectors(article: Article, span: Span) -> list[dict[str, Any]]:
    text = article.text
    return [
        {
            "type": "TextQuoteSelector",
            "exact": span.of(text),
            "prefix": text[max(0, span.start - _AROUND) : span.start],
            "suffix": text[span.end : span.end + _AROUND],
        },
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
    ]


def _flag_bodies(flag: Flag, against: str | None, where: str) -> list[dict[str, str]]:
    bodies = [
        _body("tagging", flag.type),
        _body("tagging", f"severity: {flag.severity}"),
        _body("commenting", f"{FLAG_WORDS[flag.type]}: {flag.explanation}"),
        _body("commenting", f"Confidence: {flag_grounds(flag)}"),
    ]
    if against:
        bodies.append(_body("commenting", f"Against it, {where}: {against}"))
    if flag.correction is not None:
        bodies.append(_body("editing", flag.correction))
    return bodies


def _claim_bodies(item: CheckedClaim) -> list[dict[str, str]]:
    verdict = item.verdict
    bodies = [_body("tagging", outcome(verdict))]
    bodies.append(_body("commenting", verdict_line(item.claim, verdict)))
    if sure := verdict_grounds(item):
        bodies.append(_body("commenting", f"Confidence: {sure}"))
    return bodies


def _body(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _decision(decision: Decision) -> dict[str, Any]:
    words = _ACTION_WORDS[decision.action]
    bodies = [_body("tagging", decision.action)]
    if decision.answer:
        bodies.append(_body("tagging", decision.answer))
    bodies.append(_body("commenting", f"{words}. {decision.note}".strip()))
    return {
        "id": unique_name(f"decision {decision.id}"),
        "type": "Annotation",
        "motivation": "moderating",
        "creator": {
            "id": unique_name(f"reviewer {decision.reviewer}"),
            "type": "Person",
            "name": decision.reviewer,
        },
        "created": decision.at,
        "body": bodies,
        "target": unique_name(
            f"decision {decision.undoes}" if decision.undoes else decision.target
        ),
    }
