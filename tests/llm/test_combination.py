from __future__ import annotations

import json
from dataclasses import replace
from importlib import resources

import pytest

from factcheck.llm.combination import ANY_OTHER, load_combination
from factcheck.llm.models import OpenModel
from factcheck.llm.providers import ModelName
from factcheck.llm.scripted import ScriptedChat

SHIPPED = load_combination()


def test_the_parameters_say_where_they_are_from() -> None:
    assert SHIPPED.origin
    assert 0.5 < SHIPPED.settled < 1


def test_calibration_keeps_the_order_and_the_middle() -> None:
    values = [SHIPPED.calibrated(p) for p in (0.0, 0.2, 0.5, 0.8, 0.97, 1.0)]
    assert values == sorted(values)
    assert values[0] > 0 and values[-1] < 1
    if SHIPPED.offset == 0:
        assert SHIPPED.calibrated(0.5) == pytest.approx(0.5)


def test_pooling_adds_up_and_agreement_is_surer_than_either() -> None:
    one, other = (0.7, 0.1, 0.2), (0.8, 0.1, 0.1)
    pooled = SHIPPED.pooled(one, other)
    assert sum(pooled) == pytest.approx(1.0)
    assert pooled[0] > 0.8
    against = SHIPPED.pooled((0.7, 0.1, 0.2), (0.1, 0.7, 0.2))
    assert against[0] == pytest.approx(against[1])


def test_every_entry_says_where_its_numbers_are_from() -> None:
    path = resources.files("factcheck.llm") / "combination.json"
    for model in json.loads(path.read_text("utf-8")):
        held = load_combination(model)
        assert "by hand" in held.origin
        assert (held.fit is None) == (model == ANY_OTHER)


def test_a_model_that_nobody_measured_has_the_parameters_of_any_other() -> None:
    assert load_combination("openai:unheard-of") == SHIPPED


def test_a_model_is_the_same_wherever_it_lies() -> None:
    chat = ScriptedChat(reply=lambda system, user: "")
    names = {
        ModelName("openai", "m"): "openai:m",
        ModelName("openai", "m", "http://127.0.0.1:1/v1"): "server:m",
    }
    for name, identity in names.items():
        assert OpenModel(name, chat, "plain", {}).identity == identity
    file = OpenModel(ModelName("local", "/here/m.gguf"), chat, "plain", {}, "ab12")
    assert file.identity == "local:sha256:ab12"


def test_a_model_of_no_weight_moves_no_flag() -> None:
    assert replace(SHIPPED, llm_weight=0.0).reviewed(0.5, "mistaken") == 0.5


def test_a_review_moves_confidence_by_its_odds() -> None:
    assert SHIPPED.reviewed(0.5, "real") == pytest.approx(0.75, abs=0.001)
    assert SHIPPED.reviewed(0.5, "mistaken") == pytest.approx(1 / 6, abs=0.001)
    assert SHIPPED.reviewed(0.63, "unsure") == 0.63
