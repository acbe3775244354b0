from __future__ import annotations

import json
from collections.abc import Callable

import jsonschema
import pytest

from factcheck.records import Report
from factcheck.reports.jsonl import schema, to_jsonl
from tests.reports import factory

REPORTS = [factory.small, factory.quiet, factory.realistic, factory.hostile, factory.astral]


@pytest.mark.parametrize("make", REPORTS)
def test_every_line_keeps_to_the_schema(make: Callable[[], Report]) -> None:
    report = make()
    jsonschema.Draft202012Validator.check_schema(schema())
    lines = to_jsonl(report, factory.reviewed(report)).split("\n")
    assert lines.pop() == ""
    assert len(lines) == len(report.claims) + len(report.flags)
    for line in lines:
        jsonschema.validate(json.loads(line), schema())


def test_a_line_needs_no_other_to_be_read() -> None:
    report = factory.small()
    rows = [json.loads(line) for line in to_jsonl(report, factory.reviewed(report)).splitlines()]
    flag = rows[-1]
    assert (flag["kind"], flag["number"], flag["claim"]) == ("flag", 1, None)
    assert flag["article"]["source"] == "article.txt"
    assert flag["flag"]["quotation"]["text"] == "nine gates"
    assert flag["review"]["state"] == "rejected"
    assert flag["review"]["decisions"][0]["machine"] == "high"
    assert rows[1]["review"]["answer"] == "conflicting"


def test_undecided_rows_say_so() -> None:
    assert json.loads(to_jsonl(factory.quiet()))["review"] is None
