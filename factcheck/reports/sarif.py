"""The report as SARIF 2.1.0 (OASIS standard), for editors and code review tools.

Offsets are Unicode code points, as `columnKind` says. A flag is a result of kind `fail`. A claim
is `pass`, `fail`, `open` (too little evidence), `review` (sources disagree) or `notApplicable`;
every kind but `fail` has the level `none`, as section 3.27.10 asks. A flag that a reviewer
rejected is a suppressed result.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import Any

from factcheck.decisions import Standing
from factcheck.records import (
    FLAG_TYPES,
    Article,
    CheckedClaim,
    Evidence,
    Flag,
    FlagType,
    Quotation,
    Report,
    Severity,
    Span,
)
from factcheck.reports.addresses import article_address
from factcheck.reports.context import NOTHING, Context
from factcheck.reports.json import escape_surrogates
from factcheck.reports.view import passages_of, safe_url, source
from factcheck.reports.wording import FLAG_WORDS, outcome, verdict_line

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_LEVELS: dict[Severity, str] = {
    "high": "error",
    "medium": "warning",
    "low": "note",
    "note": "note",
}
_KINDS = {
    "supported": "pass",
    "refuted": "fail",
    "conflicting": "review",
    "not_enough_evidence": "open",
    "not_checkable": "notApplicable",
}
_CLAIM_RULE = "claim"
_BRACKETS = re.compile(r"[\\\[\]]")
_LINE_END = re.compile("\r\n|\n")


def to_sarif(report: Report, context: Context = NOTHING) -> str:
    """The report as one SARIF log with one run."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report, context)]}
    text = json.dumps(log, ensure_ascii=False, allow_nan=False, indent=2)
    return escape_surrogates(text) + "\n"


def message(text: str) -> dict[str, str]:
    """Text as a message: brackets and braces are markup there (sections 3.11.5 and 3.11.6)."""
    plain = _BRACKETS.sub(lambda found: f"\\{found[0]}", text)
    return {"text": plain.replace("{", "{{").replace("}", "}}")}


def _run(report: Report, context: Context) -> dict[str, Any]:
    article = report.article
    lines = _Lines(article.text)
    flags = [_flag(report, flag, lines, context) for flag in report.flags]
    claims = [
        _claim(report, item, lines, context)
        for item in report.claims
        if item.verdict.status != "error"
    ]
    return {
        "tool": {"driver": _driver(report)},
        "columnKind": "unicodeCodePoints",
        "defaultEncoding": article.encoding,
        "language": "en",
        "artifacts": [
            {
                "location": {"uri": article_address(article)},
                "encoding": article.encoding,
                "sourceLanguage": article.language,
                "roles": ["analysisTarget"],
            }
        ],
        "invocations": [_invocation(report)],
        "results": flags + claims,
    }


def _driver(report: Report) -> dict[str, Any]:
    rules = [
        {"id": _rule(kind), "name": _pascal(kind), "shortDescription": message(FLAG_WORDS[kind])}
        for kind in FLAG_TYPES
    ]
    claim = {
        "id": _CLAIM_RULE,
        "name": "ClaimVerdict",
        "shortDescription": message("What the evidence says of a claim"),
    }
    return {
        "name": report.tool.name,
        "version": report.tool.version,
        "semanticVersion": report.tool.version,
        "rules": [*rules, claim],
    }


def _invocation(report: Report) -> dict[str, Any]:
    failed = [item for item in report.claims if item.verdict.status == "error"]
    notes = [
        {"level": "error", "message": message(f"{item.claim.text}: {item.verdict.explanation}")}
        for item in failed
    ]
    notes += [{"level": "note", "message": message(warning)} for warning in report.warnings]
    return {"executionSuccessful": not failed, "toolExecutionNotifications": notes}


def _flag(report: Report, flag: Flag, lines: _Lines, context: Context) -> dict[str, Any]:
    standing = context.standing(flag.id)
    result = {
        "ruleId": _rule(flag.type),
        "ruleIndex": FLAG_TYPES.index(flag.type),
        "kind": "fail",
        "level": _LEVELS[flag.severity],
        "rank": round(100 * flag.confidence, 1),
        "message": message(flag.explanation),
        "locations": [_location(report.article, flag.quotation.span, lines)],
        "partialFingerprints": {"factcheckId/v1": flag.id},
        "properties": {
            "check": flag.check,
            "severity": flag.severity,
            "confidence": flag.confidence,
            **_review(standing),
        },
    }
    if flag.conflict:
        result["relatedLocations"] = [_conflict(report, flag.conflict, lines)]
    if flag.correction is not None:
        result["fixes"] = [_fix(report.article, flag, lines)]
    if standing.state == "rejected" and standing.ruling:
        result["suppressions"] = [_suppression(standing.ruling.reviewer, standing.ruling.note)]
    return result


def _suppression(reviewer: str, note: str) -> dict[str, str]:
    why = f"Rejected by {reviewer}" + (f": {note}" if note else "")
    return {"kind": "external", "status": "accepted", "justification": why}


def _claim(report: Report, item: CheckedClaim, lines: _Lines, context: Context) -> dict[str, Any]:
    verdict = item.verdict
    key = outcome(verdict)
    kind = _KINDS[key]
    probability = {} if verdict.probability is None else {"probability": verdict.probability}
    passages = {evidence.id: evidence for evidence in item.evidence}
    deciding = [passages[found] for found in verdict.evidence if found in passages]
    result = {
        "ruleId": _CLAIM_RULE,
        "ruleIndex": len(FLAG_TYPES),
        "kind": kind,
        "level": "error" if kind == "fail" else "none",
        "message": message(verdict_line(item.claim, verdict)),
        "locations": [_location(report.article, item.claim.span, lines)],
        "partialFingerprints": {"factcheckId/v1": item.claim.id},
        "properties": {
            "verdict": key,
            "decidedBy": verdict.decided_by,
            **probability,
            **_review(context.standing(item.claim.id)),
        },
    }
    if deciding:
        result["relatedLocations"] = [
            _passage(report.article, evidence, evidence.quotation, lines) for evidence in deciding
        ]
    return result


def _review(standing: Standing) -> dict[str, Any]:
    if standing.ruling is None:
        return {}
    ruling = standing.ruling
    answer = {"answer": standing.answer} if standing.answer else {}
    note = {"note": ruling.note} if ruling.note else {}
    return {
        "review": {
            "state": standing.state,
            "reviewer": ruling.reviewer,
            "at": ruling.at,
            **answer,
            **note,
        }
    }


def _conflict(report: Report, words: Quotation, lines: _Lines) -> dict[str, Any]:
    if words.source_id == report.article.id:
        return _location(report.article, words.span, lines) | {"message": message("Against it")}
    holders = (e for e in passages_of(report).values() if e.quotation.covers(words))
    holder = next(holders, None)
    if holder is None:
        return {"message": message(words.text)}
    return _passage(report.article, holder, words, lines)


def _passage(article: Article, holder: Evidence, words: Quotation, lines: _Lines) -> dict[str, Any]:
    """A place in a reference: its text is not here, so only offset and words are known."""
    if holder.quotation.source_id == article.id:
        return _location(article, words.span, lines)
    address = safe_url(holder.url)
    return {
        "message": message(f"{source(holder).line}: {words.text}"),
        "physicalLocation": {
            "artifactLocation": {"uri": address or f"urn:factcheck:{words.source_id}"},
            "region": {
                "charOffset": words.span.start,
                "charLength": words.span.end - words.span.start,
                "snippet": {"text": words.text},
            },
        },
    }


def _location(article: Article, span: Span, lines: _Lines) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": article_address(article), "index": 0},
            "region": lines.region(span) | {"snippet": {"text": span.of(article.text)}},
        }
    }


def _fix(article: Article, flag: Flag, lines: _Lines) -> dict[str, Any]:
    replacement = {
        "deletedRegion": lines.region(flag.quotation.span),
        "insertedContent": {"text": flag.correction},
    }
    change = {
        "artifactLocation": {"uri": article_address(article), "index": 0},
        "replacements": [replacement],
    }
    words = f"Replace by: {flag.correction}" if flag.correction else "Leave it out"
    return {"description": message(words), "artifactChanges": [change]}


def _rule(kind: FlagType) -> str:
    """Id of a rule; it has to differ from the rule's name."""
    return f"flag/{kind}"


def _pascal(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


class _Lines:
    """Lines and columns of a text, both counted from 1."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def region(self, span: Span) -> dict[str, int]:
        """The span by offset and by line; `endColumn` is one past the last character."""
        (start_line, start_column), (end_line, end_column) = map(self._at, (span.start, span.end))
        return {
            "startLine": start_line,
            "startColumn": start_column,
            "endLine": end_line,
            "endColumn": end_column,
            "charOffset": span.start,
            "charLength": span.end - span.start,
        }

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1
