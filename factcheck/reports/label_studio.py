"""The report as a Label Studio task with predictions, and the labelling interface that fits it.

A region is a flag or a claim, with its id from the report; start and end are code points, which is
what Label Studio's own interface stores. What annotators make of it comes back through
`factcheck review --import`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import quoteattr

from factcheck.decisions import ANSWERS
from factcheck.records import FLAG_TYPES, LABELS, CheckedClaim, Flag, Report
from factcheck.reports.context import NOTHING, Context
from factcheck.reports.json import escape_surrogates
from factcheck.reports.wording import (
    FLAG_WORDS,
    OUTCOME_WORDS,
    SEVERITY_WORDS,
    only_said,
    outcome,
    reason,
)

VERDICT, FLAG, TEXT, DECISION, NOTE = "verdict", "flag", "text", "decision", "note"
"""Names of the controls of the interface."""

_COLOURS = {
    "supported": "#2a6a3c",
    "refuted": "#a8201a",
    "conflicting": "#6b3a9c",
    "not_enough_evidence": "#5d5953",
    "not_checkable": "#8a847b",
}
_FLAG_COLOUR = "#855000"


def to_label_studio(report: Report, context: Context = NOTHING) -> str:
    """A list of one task, ready to import; decisions stay out, annotators are to judge afresh."""
    text = json.dumps([_task(report)], ensure_ascii=False, allow_nan=False, indent=2)
    return escape_surrogates(text) + "\n"


def to_config(report: Report, context: Context = NOTHING) -> str:
    """The labelling interface (XML), the same for every report."""
    verdicts = "\n".join(
        f'    <Label value="{key}" background="{_COLOURS[key]}" '
        f"hint={quoteattr(OUTCOME_WORDS[key])}/>"
        for key in ANSWERS
    )
    flags = "\n".join(
        f'    <Label value="{key}" background="{_FLAG_COLOUR}" hint={quoteattr(FLAG_WORDS[key])}/>'
        for key in FLAG_TYPES
    )
    return f"""\
<View>
  <Header value="$title"/>
  <Labels name="{VERDICT}" toName="{TEXT}">
{verdicts}
  </Labels>
  <Labels name="{FLAG}" toName="{TEXT}">
{flags}
  </Labels>
  <Text name="{TEXT}" value="$text" granularity="symbol"/>
  <Choices name="{DECISION}" toName="{TEXT}" perRegion="true" choice="single-radio">
    <Choice value="accept"/>
    <Choice value="reject"/>
  </Choices>
  <TextArea name="{NOTE}" toName="{TEXT}" perRegion="true" maxSubmissions="1" editable="true"/>
</View>
"""


def _task(report: Report) -> dict[str, Any]:
    article = report.article
    title = article.headline.of(article.text) if article.headline else article.source
    found = [flag.confidence for flag in report.flags]
    return {
        "data": {
            "text": article.text,
            "title": title,
            "article_id": article.id,
            "source": article.source,
        },
        "predictions": [
            {
                "model_version": f"{report.tool.name} {report.tool.version}",
                "score": round(sum(found) / len(found), 4) if found else 0.0,
                "result": [*_flags(report), *_claims(report)],
            }
        ],
    }


def _flags(report: Report) -> Iterator[dict[str, Any]]:
    for flag in report.flags:
        yield _region(flag.id, FLAG, flag.type, flag.quotation.span.start, flag.quotation.text) | {
            "score": flag.confidence,
            "meta": {"text": [_flag_words(flag)]},
        }


def _claims(report: Report) -> Iterator[dict[str, Any]]:
    for item in report.claims:
        key = outcome(item.verdict)
        if key not in (*LABELS, "not_checkable"):
            continue
        yield _region(item.claim.id, VERDICT, key, item.claim.span.start, item.claim.text) | {
            "score": item.verdict.probability or 0.0,
            "meta": {"text": [_claim_words(item)]},
        }


def _region(identity: str, control: str, label: str, start: int, words: str) -> dict[str, Any]:
    return {
        "id": identity,
        "from_name": control,
        "to_name": TEXT,
        "type": "labels",
        "value": {"start": start, "end": start + len(words), "text": words, "labels": [label]},
    }


def _flag_words(flag: Flag) -> str:
    against = f" Against it: {flag.conflict.text}" if flag.conflict else ""
    return f"{SEVERITY_WORDS[flag.severity]}. {flag.explanation}{against}"


def _claim_words(item: CheckedClaim) -> str:
    why = reason(item.verdict) or item.claim.reason
    return f"{only_said(item.claim)} {why}".strip()
