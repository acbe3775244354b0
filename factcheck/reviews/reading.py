"""Reading saved reports."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from factcheck.decisions import Decision
from factcheck.errors import ReportError, UsageProblem
from factcheck.records import Report
from factcheck.reports.json import decisions_from_json, from_json

_HINT = "factcheck claims ARTICLE -o report.json"


def read_report(path: Path) -> Report:
    """The report saved at `path`.

    Raises:
        ReportError: there is no such file, or it cannot be read as text.
        UsageProblem: it holds something else than a report.
    """
    with _named(path):
        return from_json(_text(path))


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions that an export wrote beside the report at `path`; none where there are none.

    Raises:
        ReportError: there is no such file, or it cannot be read as text.
        UsageProblem: they are no decisions.
    """
    with _named(path):
        return decisions_from_json(_text(path))


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """Let a complaint about what a file holds name it: it may be one of a folder."""
    try:
        yield
    except UsageProblem as error:
        raise UsageProblem(f"{path}: {error.message}", hint=error.hint) from error


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise ReportError(f"there is no file {path}", hint=_HINT) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError(f"{path} cannot be read as a report: {error}", hint=_HINT) from error


def find_reports(places: Iterable[Path]) -> list[Path]:
    """The files that the places name: a file is itself, a folder its *.json files, in order.

    Raises:
        ReportError: a place is not there, or none holds a report.
    """
    found: dict[Path, None] = {}
    for place in places:
        if not place.exists():
            raise ReportError(f"there is no file or folder {place}", hint=_HINT)
        inner = sorted(place.rglob("*.json")) if place.is_dir() else [place]
        found |= dict.fromkeys(inner)
    if not found:
        raise ReportError("there is no report to review (no *.json file)", hint=_HINT)
    return list(found)
