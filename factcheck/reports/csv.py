"""The report as CSV (RFC 4180) that opens right in a spreadsheet: one claim or flag a row.

A byte order mark tells Excel that it is UTF-8. A cell that a spreadsheet would run as a formula
gets an apostrophe before it, as OWASP's 'CSV Injection' page advises, and so does what becomes a
cell where a spreadsheet parts them at semicolons, tabs or line ends. Cells of this program's own
words and numbers never need one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from factcheck.decisions import Standing
from factcheck.records import CheckedClaim, Flag, Report
from factcheck.reports.context import NOTHING, Context
from factcheck.reports.grounds import deciding
from factcheck.reports.view import (
    Source,
    findings,
    place,
    source,
)
from factcheck.reports.visible import visible
from factcheck.reports.wording import outcome, reason

COLUMNS = (
    "kind",
    "number",
    "id",
    "place",
    "start",
    "end",
    "words",
    "claim_kind",
    "verdict",
    "flag_type",
    "severity",
    "confidence",
    "found_by",
    "explanation",
    "evidence",
    "source",
    "source_publisher",
    "source_date",
    "source_url",
    "correction",
    "review",
    "review_verdict",
    "reviewer",
    "reviewed_at",
    "review_note",
    "assignee",
)
"""Offsets are code points; `confidence` lies between 0 and 1; dates are in words. `claim_kind` is
`fact`, or `statement` where only that it was said was checked."""

_BYTE_ORDER_MARK = "\ufeff"
_SIGNS = "[=+\\-@＝＋－＠]"
# What starts a formula, also after white space and in full-width form, and what splits a cell.
_FORMULA = re.compile(rf"[\s'\"]*{_SIGNS}|[\t\r\n|]")
# What may split a cell, and the sign after it: it always matches to the end, so it is never slow.
_INNER = re.compile(rf"([;\t\r\n][;\s'\"]*)({_SIGNS}?)")


def to_csv(report: Report, context: Context = NOTHING) -> str:
    """The flags and then the claims of the report, a header row first."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in (*_flags(report, context), *_claims(report, context)):
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return _BYTE_ORDER_MARK + file.getvalue()


def defused(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    shown = _INNER.sub(
        lambda found: f"{found[1]}'{found[2]}" if found[2] else found[1], visible(text)
    )
    return f"'{shown}" if _FORMULA.match(shown) else shown


def _cell(value: object) -> object:
    if value is None:
        return ""
    return defused(value) if isinstance(value, str) else value


def _flags(report: Report, context: Context) -> Iterator[dict[str, object]]:
    for item in findings(report):
        flag = item.flag
        yield {
            "kind": "flag",
            "number": item.number,
            "id": flag.id,
            **_words(report, flag),
            "flag_type": flag.type,
            "severity": flag.severity,
            "confidence": round(flag.confidence, 4),
            "found_by": flag.check,
            "explanation": flag.explanation,
            "evidence": flag.conflict.text if flag.conflict else None,
            **_source(item.source),
            "correction": flag.correction,
            **_review(context.standing(flag.id)),
        }


def _words(report: Report, flag: Flag) -> dict[str, object]:
    span = flag.quotation.span
    where = place(report.article, span)
    return {"place": where, "start": span.start, "end": span.end, "words": flag.quotation.text}


def _claims(report: Report, context: Context) -> Iterator[dict[str, object]]:
    for number, item in enumerate(report.claims, 1):
        claim, verdict = item.claim, item.verdict
        first = next(iter(deciding(item)), None)
        yield {
            "kind": "claim",
            "number": number,
            "id": claim.id,
            "place": place(report.article, claim.span),
            "start": claim.span.start,
            "end": claim.span.end,
            "words": claim.text,
            "claim_kind": claim.kind,
            "verdict": outcome(verdict),
            "confidence": _rounded(item),
            "found_by": verdict.decided_by,
            "explanation": reason(verdict),
            "evidence": first.quotation.text if first else None,
            **_source(source(first) if first else None),
            **_review(context.standing(claim.id)),
        }


def _rounded(item: CheckedClaim) -> float | None:
    probability = item.verdict.probability
    return None if probability is None else round(probability, 4)


def _source(found: Source | None) -> dict[str, object]:
    if found is None:
        return {}
    return {
        "source": found.title,
        "source_publisher": found.publisher,
        "source_date": found.date,
        "source_url": found.url,
    }


def _review(standing: Standing) -> dict[str, object]:
    ruling = standing.ruling
    return {
        "review": standing.state if standing.history else None,
        "review_verdict": standing.answer,
        "reviewer": ruling.reviewer if ruling else None,
        "reviewed_at": ruling.at if ruling else None,
        "review_note": " / ".join(event.note for event in standing.notes),
        "assignee": standing.assignee,
    }
