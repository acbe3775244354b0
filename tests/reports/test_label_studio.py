from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from label_studio_sdk.label_interface.interface import LabelInterface

from factcheck.records import Report
from factcheck.reports.label_studio import to_config, to_label_studio
from tests.reports import factory

REPORTS = [factory.small, factory.quiet, factory.realistic, factory.hostile, factory.astral]


@pytest.fixture(scope="module")
def interface() -> Any:
    """Label Studio's own reader of the labelling interface."""
    return LabelInterface(to_config(factory.small()))


def test_the_interface_is_one_that_label_studio_reads(interface: Any) -> None:
    interface.validate()


@pytest.mark.parametrize("make", REPORTS)
def test_label_studio_takes_the_task_and_its_predictions(
    interface: Any, make: Callable[[], Report]
) -> None:
    (task,) = json.loads(to_label_studio(make()))
    for prediction in task["predictions"]:
        assert interface.validate_prediction(prediction, return_errors=True) == []
    assert interface.validate_task({"data": task["data"]}, validate_regions_only=False)


def test_label_studio_would_notice(interface: Any) -> None:
    (task,) = json.loads(to_label_studio(factory.small()))
    task["predictions"][0]["result"][0]["value"]["labels"] = ["invented"]
    assert not interface.validate_prediction(task["predictions"][0])


@pytest.mark.parametrize("make", REPORTS)
def test_regions_are_code_points_of_the_task_text(make: Callable[[], Report]) -> None:
    report = make()
    (task,) = json.loads(to_label_studio(report))
    regions = task["predictions"][0]["result"]
    assert {region["id"] for region in regions} == {flag.id for flag in report.flags} | {
        item.claim.id for item in report.claims
    }
    for region in regions:
        value = region["value"]
        assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
