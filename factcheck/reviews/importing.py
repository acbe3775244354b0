"""Decisions made elsewhere: in Label Studio, or in another store and exported with a report."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from factcheck.decisions import ANSWERS, Decision, machine_says, require_fitting
from factcheck.errors import ReportError, UsageProblem
from factcheck.records import SEVERITIES, Report
from factcheck.reports.wording import counted
from factcheck.reviews.label_studio import read_annotations
from factcheck.reviews.reading import read_decisions

_HINT = "an export of Label Studio as JSON, or factcheck export REPORT.json -f json --reviews FILE"


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file holds."""

    decisions: tuple[Decision, ...]
    """In order of time."""
    notes: tuple[str, ...]
    """What was left out, one sentence each."""


def read_import(path: Path, reports: Iterable[Report], known: Iterable[Decision] = ()) -> Imported:
    """The decisions in `path` that fit these reports.

    Args:
        path: what Label Studio or `factcheck export` wrote.
        reports: what the decisions are to be about.
        known: decisions that are in the store already; one of the file may undo them.

    Raises:
        ReportError: it cannot be read, or is of neither kind.
        UsageProblem: its decisions cannot be read.
    """
    listed = list(reports)
    text = _text(path)
    if isinstance(_data(path, text), list):
        found, notes = read_annotations(text, listed)
    else:
        found, notes = read_decisions(path), ()
        if not found:
            raise ReportError(f"{path} holds no decisions", hint=_HINT)
    fitting, left = _fitting(found, listed, known)
    return Imported(fitting, (*notes, *left))


def _fitting(
    found: Iterable[Decision], reports: Sequence[Report], known: Iterable[Decision]
) -> tuple[tuple[Decision, ...], tuple[str, ...]]:
    """The decisions that can be added to a store, and how many cannot for what reason."""
    machine: dict[str, dict[str, str]] = {}
    for report in reports:
        machine.setdefault(report.article.id, {}).update(machine_says(report))
    earlier = {decision.id: decision for decision in known}
    fitting: list[Decision] = []
    left: Counter[str] = Counter()
    for decision in sorted(found, key=lambda one: one.at):
        why = _misfit(decision, machine, earlier)
        if why:
            left[why] += 1
        else:
            fitting.append(decision)
            earlier.setdefault(decision.id, decision)
    return tuple(fitting), tuple(_told(left))


def _told(left: Mapping[str, int]) -> Iterator[str]:
    for why, number in left.items():
        yield f"{counted(number, 'decision')} left out: {why}."


def _misfit(
    decision: Decision, machine: Mapping[str, Mapping[str, str]], earlier: Mapping[str, Decision]
) -> str:
    """Why a decision does not fit; empty where it does.

    It is held against what the machine said when it was made: reports are made anew, and who had
    changed a verdict to the one that the machine gives now was not wrong.
    """
    says = machine.get(decision.article_id)
    if says is None:
        return "about none of the reports"
    if decision.target not in says:
        return "on a claim or flag that the report does not have"
    if decision.machine not in _outcomes(decision.target):
        return f"made on {decision.machine!r}, which the machine never says there"
    if not _is_utc(decision.at):
        return f"made at {decision.at!r}, which is no time in UTC"
    try:
        require_fitting(decision, {decision.target: decision.machine})
    except UsageProblem as problem:
        return problem.message
    return _misfit_undoing(decision, earlier)


def _misfit_undoing(decision: Decision, earlier: Mapping[str, Decision]) -> str:
    if decision.action != "undo":
        return "" if decision.undoes is None else f"{decision.action!r} undoes nothing"
    undone = earlier.get(decision.undoes or "")
    if undone is None:
        return "undoing a decision that is not there"
    same = (undone.reviewer, undone.target) == (decision.reviewer, decision.target)
    return "" if same else "undoing a decision of somebody else or on something else"


def _outcomes(target: str) -> tuple[str, ...]:
    """What a machine can say of that claim or flag."""
    return SEVERITIES if target.startswith("flag-") else (*ANSWERS, "error")


def _is_utc(at: str) -> bool:
    """Whether it is a time that sorts among those of the store."""
    try:
        return datetime.fromisoformat(at).utcoffset() == timedelta(0)
    except ValueError:
        return False


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
