from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from factcheck.records import Report
from factcheck.reports.web_annotation import to_web_annotation
from tests.reports import factory

REPORTS = [factory.small, factory.realistic, factory.hostile, factory.astral]
PUBLISHED = json.loads((Path(__file__).parent / "schemas" / "anno.jsonld").read_text("utf-8"))
OA = "http://www.w3.org/ns/oa#"


def published_only(url: str, options: object) -> dict[str, Any]:
    assert url == "http://www.w3.org/ns/anno.jsonld"
    return {"contextUrl": None, "documentUrl": url, "document": PUBLISHED}


def expanded(text: str) -> Any:
    """What a JSON-LD processor reads; it refuses every term that the context does not define."""
    options = {"documentLoader": published_only, "base": "invalid:"}
    return jsonld.expand(json.loads(text), options, on_property_dropped=_refuse)[0]


def _refuse(term: str) -> None:
    raise AssertionError(f"the published context does not define {term}")


def items(report: Report) -> list[dict[str, Any]]:
    text = to_web_annotation(report, factory.reviewed(report))
    listed: list[dict[str, Any]] = json.loads(text)["first"]["items"]
    return listed


@pytest.mark.parametrize("make", REPORTS)
def test_every_term_is_one_of_the_published_context(make: Callable[[], Report]) -> None:
    report = make()
    found = expanded(to_web_annotation(report, factory.reviewed(report)))
    words = json.dumps(found)
    assert f"{OA}TextQuoteSelector" in words
    assert f"{OA}TextPositionSelector" in words
    assert '"@id": "invalid:' not in words  # nothing relative, no unknown motivation or type
    assert '"@type": ["invalid:' not in words


def test_the_processor_would_notice() -> None:
    data = json.loads(to_web_annotation(factory.small()))
    data["first"]["items"][0]["certainty"] = 1
    with pytest.raises(AssertionError, match="certainty"):
        expanded(json.dumps(data))


@pytest.mark.parametrize("make", REPORTS)
def test_both_selectors_find_the_same_words(make: Callable[[], Report]) -> None:
    report = make()
    text = report.article.text
    on_article = [item for item in items(report) if isinstance(item["target"], dict)]
    assert len(on_article) == len(report.flags) + len(report.claims)
    for item in on_article:
        quote, position = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        found = text.index(quote["prefix"] + quote["exact"] + quote["suffix"])
        assert found + len(quote["prefix"]) == position["start"]


def test_required_properties_of_the_data_model_are_there() -> None:
    for item in items(factory.realistic()):
        assert item["type"] == "Annotation"
        assert item["id"].startswith("urn:uuid:")
        assert item["target"]
        assert all(body["value"] is not None for body in item["body"])


def test_ids_are_the_same_each_time_and_each_is_one() -> None:
    first, second = items(factory.realistic()), items(factory.realistic())
    assert first == second
    assert len({item["id"] for item in first}) == len(first)


def test_a_decision_is_a_persons_annotation_on_the_machines() -> None:
    report = factory.small()
    found = items(report)
    machine = {item["id"]: item for item in found[:3]}
    decision = next(item for item in found if item["motivation"] == "moderating")
    assert decision["creator"]["name"] == "Ana"
    assert decision["created"] == "2024-03-06T08:30:00.000+00:00"
    assert decision["target"] in machine


def test_an_article_at_an_address_is_named_by_it() -> None:
    draft = factory.Draft("It holds.", source="https://example.org/a b")
    draft.claim("It holds.", "supported")
    (item,) = items(draft.report())[:1]
    assert item["target"]["source"]["id"] == "https://example.org/a%20b"
