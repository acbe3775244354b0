"""The report as JSON, back again, and the JSON Schema of it.

Two runs over the same input with the same settings give the same bytes, but for `run.started` and
`run.timings`.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from factcheck.decisions import Decision
from factcheck.errors import UsageProblem
from factcheck.records import SCHEMA_VERSION, Report
from factcheck.reports.context import NOTHING, Context
from factcheck.reports.soundness import fault

_SURROGATE = re.compile("[\ud800-\udfff]")


@cache
def _adapter() -> TypeAdapter[Report]:
    return TypeAdapter(Report)


@cache
def _decisions() -> TypeAdapter[tuple[Decision, ...]]:
    return TypeAdapter(tuple[Decision, ...])


def to_json(report: Report, context: Context = NOTHING) -> str:
    """The report as indented JSON in UTF-8 characters, fields in the order of the records.

    Decisions, where there are any, follow the report's own fields as `reviews`. A lone surrogate,
    which no encoding can carry, is written as a JSON escape.
    """
    data = _adapter().dump_python(report, mode="json")
    if context.decisions:
        data["reviews"] = _decisions().dump_python(context.decisions, mode="json")
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=2)
    return escape_surrogates(text) + "\n"


def escape_surrogates(text: str) -> str:
    """The JSON text with each lone surrogate as an escape."""
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def from_json(text: str) -> Report:
    """The report that `to_json` wrote; fields that this version does not know are passed over.

    Raises:
        UsageProblem: not JSON, not a report, a report in a form this version cannot read, or one
            with a number out of its range or a span outside its text.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageProblem(f"this is not JSON: {error}", hint=_HINT) from error
    _require_readable(data)
    try:
        report = _adapter().validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise UsageProblem(
            f"this is not a whole factcheck report: {place}: {first['msg']}", hint=_HINT
        ) from error
    if wrong := fault(report):
        raise UsageProblem(f"this is no sound factcheck report: {wrong}", hint=_HINT)
    return report


def decisions_from_json(text: str) -> tuple[Decision, ...]:
    """The decisions that `to_json` wrote beside a report; none where it wrote none.

    Raises:
        UsageProblem: not JSON, or what stands there is no list of decisions.
    """
    try:
        data = json.loads(text)
        return _decisions().validate_python(data.get("reviews", []))
    except (ValueError, RecursionError, AttributeError) as error:
        raise UsageProblem("the decisions in this report cannot be read", hint=_HINT) from error


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of what `to_json` writes, with a description for each field."""
    body = _adapter().json_schema(mode="serialization")
    reviews = _decisions().json_schema(mode="serialization")
    body["$defs"] |= reviews.pop("$defs")
    body["properties"]["reviews"] = reviews | {
        "description": "Reviewers' decisions in order of time, where the export carries them."
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"factcheck report, version {SCHEMA_VERSION}",
        **{key: value for key, value in body.items() if key != "title"},
    }


_HINT = "factcheck claims ARTICLE -f json -o report.json"


def _require_readable(data: object) -> None:
    version = data.get("schema_version") if isinstance(data, dict) else None
    if not isinstance(version, str):
        raise UsageProblem("this JSON is not a factcheck report: no schema_version", hint=_HINT)
    if version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        raise UsageProblem(
            f"this report has form {version}; this factcheck reads {SCHEMA_VERSION}", hint=_HINT
        )
