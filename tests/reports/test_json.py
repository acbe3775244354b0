from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

import jsonschema
import pytest

from factcheck.errors import UsageProblem
from factcheck.records import Report
from factcheck.reports.json import from_json, schema, to_json
from tests.reports import factory

REPORTS = [factory.small, factory.quiet, factory.realistic, factory.hostile]


@pytest.mark.parametrize("make", REPORTS)
def test_reads_back_what_it_wrote(make: Callable[[], Report]) -> None:
    assert from_json(to_json(make())) == make()


@pytest.mark.parametrize("make", REPORTS)
def test_keeps_to_its_schema(make: Callable[[], Report]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(json.loads(to_json(make())), schema())


def test_a_claim_has_its_time_and_place_as_exact_words() -> None:
    report = factory.realistic()
    claims = [item["claim"] for item in json.loads(to_json(report))["claims"]]
    (claim,) = [claim for claim in claims if claim["place"]]
    for words in (claim["time"], claim["place"]):
        assert report.article.text[words["span"]["start"] : words["span"]["end"]] == words["text"]


def test_a_report_of_the_first_form_is_still_read() -> None:
    data = json.loads(to_json(factory.small()))
    data["schema_version"] = "1.0"
    for item in data["claims"]:
        del item["claim"]["time"], item["claim"]["place"]
    assert from_json(json.dumps(data)).claims == factory.small().claims


def test_schema_refuses_another_label() -> None:
    data = json.loads(to_json(factory.small()))
    data["claims"][0]["verdict"]["label"] = "true"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema())


def test_every_field_of_the_schema_is_described() -> None:
    for name, record in schema()["$defs"].items():
        for field, body in record["properties"].items():
            assert body.get("description"), f"{name}.{field}"


def test_same_input_gives_same_bytes_but_for_times() -> None:
    later = factory.realistic()
    run = replace(later.run, started="2030-01-01T00:00:00+00:00", timings={"reading": 9.9})
    one, two = (json.loads(to_json(r)) for r in (factory.realistic(), replace(later, run=run)))
    assert to_json(factory.realistic()) == to_json(later)
    for data in (one, two):
        del data["run"]["started"], data["run"]["timings"]
    assert json.dumps(one) == json.dumps(two)


def test_a_lone_surrogate_survives_and_can_be_encoded() -> None:
    report = replace(factory.small(), warnings=("odd \ud800 one",))
    text = to_json(report)
    assert from_json(text.encode("utf-8").decode("utf-8")) == report


def test_characters_stand_as_themselves() -> None:
    report = replace(factory.small(), warnings=("Жё 你好 “”",))
    assert "Жё 你好 “”" in to_json(report)


def test_fields_of_a_later_minor_version_are_passed_over() -> None:
    data = json.loads(to_json(factory.small()))
    data |= {"schema_version": "1.9", "novelty": 1}
    assert from_json(json.dumps(data)).claims == factory.small().claims


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("flags.0.confidence", "NaN", "flags.0.confidence: Input should be a finite number"),
        ("flags.0.confidence", "1e999", "flags.0.confidence: Input should be a finite number"),
        ("claims.0.evidence.0.score", "-Infinity", "Input should be a finite number"),
        ("run.timings.reading", "NaN", "run.timings.reading: Input should be a finite number"),
        ("flags.0.confidence", "-3", "flags.0.confidence: -3 is not between 0 and 1"),
        ("claims.1.verdict.probability", "1.5", "claims.1.verdict.probability: 1.5 is not"),
        ("claims.0.claim.worth", "2", "claims.0.claim.worth: 2 is not between"),
        ("flags.0.quotation.span", '{"start": 5000, "end": 4000}', "5000 to 4000 is no span"),
        ("flags.0.quotation.span", '{"start": 40, "end": 4000}', "ends after its text"),
        ("flags.0.conflict.span", '{"start": -1, "end": 4}', "flags.0.conflict.span: -1 to 4"),
        ("claims.1.claim.span", '{"start": 9, "end": 99}', "claims.1.claim.span: 9 to 99 ends"),
        ("article.headline", '{"start": -9, "end": 3}', "article.headline: -9 to 3 is no span"),
        ("article.sentences.1.span", '{"start": 0, "end": 99}', "article.sentences.1.span: 0 to"),
    ],
)
def test_numbers_and_spans_out_of_range_are_refused(path: str, value: str, says: str) -> None:
    data = json.loads(to_json(factory.small()))
    *steps, last = (int(step) if step.isdecimal() else step for step in path.split("."))
    inner = data
    for step in steps:
        inner = inner[step]
    inner[last] = "HERE"
    with pytest.raises(UsageProblem, match=re.escape(says)) as problem:
        from_json(json.dumps(data).replace('"HERE"', value))
    assert problem.value.hint


def test_what_rounding_puts_on_top_of_a_probability_is_read() -> None:
    report = factory.small()
    flags = (replace(report.flags[0], confidence=1.0000001),)
    assert from_json(to_json(replace(report, flags=flags))).flags == flags


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "no schema_version"),
        ('{"schema_version": "2.0"}', "has form 2.0"),
        ('{"schema_version": "1.0"}', "not a whole factcheck report: tool"),
    ],
)
def test_says_what_is_wrong_with_other_input(text: str, says: str) -> None:
    with pytest.raises(UsageProblem, match=says) as problem:
        from_json(text)
    assert problem.value.hint
