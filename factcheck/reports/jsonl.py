"""The report as JSON Lines: one claim or flag a line, each with all that is needed to read it.

The form is that of jsonlines.org: UTF-8, one JSON object a line, each line ended by a line feed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter

from factcheck.decisions import Decision, Standing, State
from factcheck.records import CheckedClaim, Documented, Flag, Report
from factcheck.reports.context import NOTHING, Context
from factcheck.reports.json import escape_surrogates


@dataclass(frozen=True, slots=True)
class Origin(Documented):
    """The article that a row is about, and what wrote the row."""

    id: str
    """Content hash of the article's text."""
    source: str
    """Where it was read from."""
    date: str | None
    """Its own date, ISO 8601."""
    tool: str
    """Name and version of the program."""


@dataclass(frozen=True, slots=True)
class Review(Documented):
    """Where the claim or flag stands after review."""

    state: State
    """What the latest ruling makes of it."""
    answer: str | None
    """The verdict the reviewer stands by."""
    disputed: bool
    """Whether reviewers disagree."""
    assignee: str | None
    """Who is to look at it."""
    decisions: tuple[Decision, ...]
    """Everything that was done about it, in order of time."""


@dataclass(frozen=True, slots=True)
class Row(Documented):
    """One line."""

    kind: Literal["claim", "flag"]
    """Which of the two it holds."""
    number: int
    """Position among its kind in the report, counted from 1."""
    article: Origin
    """What it is about."""
    claim: CheckedClaim | None
    """The claim with its evidence and verdict; None for a flag."""
    flag: Flag | None
    """The flag; None for a claim."""
    review: Review | None
    """Where it stands after review; None where nobody did anything about it."""


def to_jsonl(report: Report, context: Context = NOTHING) -> str:
    """The claims and then the flags of the report, one JSON object a line."""
    lines = (
        escape_surrogates(json.dumps(row, ensure_ascii=False, allow_nan=False))
        for row in _adapter().dump_python(list(_rows(report, context)), mode="json")
    )
    return "".join(f"{line}\n" for line in lines)


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of one line."""
    body = TypeAdapter(Row).json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **body}


@cache
def _adapter() -> TypeAdapter[list[Row]]:
    return TypeAdapter(list[Row])


def _rows(report: Report, context: Context) -> Iterator[Row]:
    article = report.article
    tool = f"{report.tool.name} {report.tool.version}"
    origin = Origin(article.id, article.source, article.date, tool)
    for number, item in enumerate(report.claims, 1):
        review = _review(context.standing(item.claim.id))
        yield Row("claim", number, origin, item, None, review)
    for number, flag in enumerate(report.flags, 1):
        yield Row("flag", number, origin, None, flag, _review(context.standing(flag.id)))


def _review(standing: Standing) -> Review | None:
    if not standing.history:
        return None
    return Review(
        standing.state,
        standing.answer,
        standing.disputed,
        standing.assignee,
        standing.history,
    )
