"""Decisions made elsewhere: in Label Studio, or in another store and exported with a report."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from factcheck.decisions import Decision
from factcheck.errors import ReportError
from factcheck.records import Report
from factcheck.reports.json import decisions_from_json
from factcheck.reviews.label_studio import read_annotations

_HINT = "an export of Label Studio as JSON, or factcheck export REPORT.json -f json --reviews FILE"


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file holds."""

    decisions: tuple[Decision, ...]
    """In order of time."""
    notes: tuple[str, ...]
    """What was left out, one sentence each."""


def read_import(path: Path, reports: Iterable[Report]) -> Imported:
    """The decisions in `path` about these reports.

    Raises:
        ReportError: it cannot be read, or is of neither kind.
        UsageProblem: its decisions cannot be read.
    """
    listed = list(reports)
    text = _text(path)
    if isinstance(_data(path, text), list):
        return Imported(*read_annotations(text, listed))
    found = decisions_from_json(text)
    if not found:
        raise ReportError(f"{path} holds no decisions", hint=_HINT)
    articles = {report.article.id for report in listed}
    own = tuple(decision for decision in found if decision.article_id in articles)
    left = len(found) - len(own)
    return Imported(own, (f"{left} decisions are about none of the reports.",) if left else ())


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise ReportError(f"there is no file {path}", hint=_HINT) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError(f"{path} cannot be read: {error}", hint=_HINT) from error


def _data(path: Path, text: str) -> object:
    try:
        data: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReportError(f"{path} is not JSON: {error}", hint=_HINT) from error
    if not isinstance(data, (list, dict)):
        raise ReportError(f"{path} holds no decisions", hint=_HINT)
    return data
