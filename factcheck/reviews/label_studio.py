"""Annotations that Label Studio exported as JSON, read as decisions.

An annotator who submits an annotation stands by what is in it: a region kept as it was predicted
is accepted, a claim with another verdict is changed, one marked `reject` is rejected, and so is
what an annotator who began with the prediction took out. Regions are found by the id they had in
the prediction, else by control and place. Nothing is said by an annotation that was skipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from factcheck.decisions import ANSWERS, Action, Decision, machine_says
from factcheck.errors import ReportError
from factcheck.records import Report, Span, content_id
from factcheck.reports.label_studio import DECISION, FLAG, NOTE, VERDICT

_HINT = "in Label Studio: Export, JSON (not JSON-MIN)"


@dataclass
class _Value:
    start: Annotated[int, Field(ge=0)] = -1
    end: Annotated[int, Field(ge=0)] = -1
    labels: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    text: list[str] | str = ""


@dataclass
class _Result:
    id: str
    from_name: str
    value: _Value


@dataclass
class _Annotation:
    id: int
    result: list[dict[str, Any]]
    completed_by: int | dict[str, Any] | None = None
    created_at: str = ""
    updated_at: str = ""
    was_cancelled: bool = False
    parent_prediction: int | None = None


@dataclass
class _Task:
    data: dict[str, Any]
    annotations: list[_Annotation]
    id: int = 0


@dataclass
class _Region:
    """What an annotation says of one place."""

    control: str
    labels: list[str]
    start: int
    end: int
    text: str = ""
    decision: str = ""
    note: str = ""


@dataclass
class _Target:
    """A claim or flag, as the prediction showed it."""

    id: str
    control: str
    label: str
    span: Span


@dataclass
class _Notes:
    strangers: int = 0
    regions: int = 0
    skipped: int = 0

    def lines(self) -> tuple[str, ...]:
        counted = (
            (self.strangers, "tasks are about none of the reports"),
            (self.regions, "regions match no claim or flag of the report"),
            (self.skipped, "annotations were skipped by their annotator"),
        )
        return tuple(f"{number} {words}." for number, words in counted if number)


def read_annotations(
    text: str, reports: Iterable[Report]
) -> tuple[tuple[Decision, ...], tuple[str, ...]]:
    """The decisions that the annotations in a JSON export make about the reports.

    Their ids depend on annotation, place and time only: the same export twice gives the same.

    Returns:
        The decisions in order of time, and what was left out, one sentence each.

    Raises:
        ReportError: it is no JSON export of Label Studio, or a region in it cannot be read.
    """
    by_article = {report.article.id: report for report in reports}
    notes = _Notes()
    decisions: list[Decision] = []
    for task in _tasks(text):
        report = by_article.get(str(task.data.get("article_id")))
        if report is None:
            notes.strangers += 1
            continue
        for annotation in task.annotations:
            decisions += _decisions(report, annotation, notes)
    return tuple(sorted(decisions, key=lambda one: one.at)), notes.lines()


def _tasks(text: str) -> list[_Task]:
    try:
        return TypeAdapter(list[_Task]).validate_json(text)
    except ValidationError as error:
        detail = error.errors(include_url=False, include_input=False)[0]["msg"]
        raise ReportError(f"this is no export of Label Studio: {detail}", hint=_HINT) from error


def _decisions(report: Report, annotation: _Annotation, notes: _Notes) -> Iterator[Decision]:
    if annotation.was_cancelled:
        notes.skipped += 1
        return
    targets = _targets(report)
    says = machine_says(report)
    seen: set[str] = set()
    for identity, region in _regions(annotation).items():
        target = targets.get(identity) or _at_place(targets, region, report.article.text)
        if target is None:
            notes.regions += 1
            continue
        seen.add(target.id)
        yield _decision(report, annotation, target, says, _ruling(target, region))
    if annotation.parent_prediction is not None:
        for target in targets.values():
            if target.id not in seen:
                ruling: _Ruling = ("reject", None, "Taken out in Label Studio.")
                yield _decision(report, annotation, target, says, ruling)


_Ruling = tuple[Action, str | None, str]


def _ruling(target: _Target, region: _Region) -> _Ruling:
    label = region.labels[0] if region.labels else target.label
    if region.decision == "reject":
        return "reject", None, region.note
    if target.control == FLAG and label != target.label:
        return "accept", None, f"{region.note} (as {label})".strip()
    if target.control == VERDICT and label != target.label and label in ANSWERS:
        return "change", label, region.note
    return "accept", None, region.note


def _decision(
    report: Report,
    annotation: _Annotation,
    target: _Target,
    says: Mapping[str, str],
    ruling: _Ruling,
) -> Decision:
    action, answer, note = ruling
    at = _time(annotation.updated_at or annotation.created_at)
    identity = content_id("decision", "label-studio", annotation.id, target.id, at)
    reviewer = _reviewer(annotation.completed_by)
    machine = says[target.id]
    return Decision(
        identity, at, reviewer, report.article.id, target.id, action, machine, answer, note
    )


def _targets(report: Report) -> dict[str, _Target]:
    claims = [
        _Target(item.claim.id, VERDICT, item.verdict.label or item.verdict.status, item.claim.span)
        for item in report.claims
        if item.verdict.status != "error"
    ]
    flags = [_Target(flag.id, FLAG, flag.type, flag.quotation.span) for flag in report.flags]
    return {target.id: target for target in [*claims, *flags]}


def _at_place(targets: Mapping[str, _Target], region: _Region, text: str) -> _Target | None:
    """The target of that control whose span the region has, counted either way."""
    spans = {Span(region.start, region.end), _from_units(text, region)}
    found = [one for one in targets.values() if one.control == region.control and one.span in spans]
    return found[0] if found else None


def _from_units(text: str, region: _Region) -> Span:
    """The span where offsets are UTF-16 code units, as older releases of Label Studio counted."""
    data = text.encode("utf-16-le", "surrogatepass")

    def at(units: int) -> int:
        return len(data[: 2 * units].decode("utf-16-le", "ignore"))

    return Span(at(region.start), at(region.end))


def _regions(annotation: _Annotation) -> dict[str, _Region]:
    """Regions by id, each with the choice and the note that were made for it."""
    results = [_result(entry) for entry in annotation.result]
    known = [one for one in results if one]
    regions = {
        one.id: _Region(one.from_name, one.value.labels, one.value.start, one.value.end)
        for one in known
        if one.from_name in {VERDICT, FLAG} and min(one.value.start, one.value.end) >= 0
    }
    for one in known:
        region = regions.get(one.id)
        if region and one.from_name == DECISION:
            region.decision = " ".join(one.value.choices)
        elif region and one.from_name == NOTE:
            words = one.value.text
            region.note = words if isinstance(words, str) else " ".join(words)
    return regions


def _result(entry: dict[str, Any]) -> _Result | None:
    """One result of an annotation; None for what is none of the interface's, such as a relation.

    Raises:
        ReportError: it has no place, or another kind of value than its control gives.
    """
    control = entry.get("from_name")
    if control not in (VERDICT, FLAG, DECISION, NOTE) or not isinstance(entry.get("value"), dict):
        return None
    identity = str(entry.get("id"))
    try:
        value = TypeAdapter(_Value).validate_python(entry["value"])
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise ReportError(
            f"the region {identity!r} in this export cannot be read: its {first['loc'][0]!r} is "
            f"unusable ({first['msg']})",
            hint=_HINT,
        ) from error
    return _Result(identity, control, value)


def _reviewer(who: int | dict[str, Any] | None) -> str:
    if isinstance(who, dict):
        return str(who.get("email") or who.get("username") or _reviewer(who.get("id")))
    return "Label Studio" if who is None else f"Label Studio user {who}"


def _time(stamp: str) -> str:
    try:
        found = datetime.fromisoformat(stamp)
    except ValueError:
        found = datetime.fromtimestamp(0, UTC)
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="milliseconds")
