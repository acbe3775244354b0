"""`make llm-eval`: a chat model measured alone, in the chain and beside a verifier."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from eval.llm import __main__ as command
from eval.llm.fitting import Answered, answered_of, fit, fitted, save
from eval.llm.systems import Plain
from factcheck.assistance import Assistant
from factcheck.errors import Unfinished, UsageProblem
from factcheck.evaluation.chatmodels import OPEN, Assisted, Chain, load_assisted
from factcheck.evaluation.items import Item
from factcheck.llm.combination import ANY_OTHER, load_combination
from factcheck.llm.judging import Judgement
from factcheck.llm.scripted import Reply, ScriptedChat
from factcheck.records import Label
from factcheck.verdicts.verifier import Entailment, FakeVerifier
from tests.llm.asking import scripted

PAIRS = [
    ("The wall was not rebuilt in 2021.", "The wall was rebuilt in 2021."),
    ("The wall was rebuilt in 2021.", "The wall was rebuilt in 2021."),
    ("Gulls nest on the cliff.", "The wall was rebuilt in 2021."),
]
SHIPPED = load_combination()
GOLD: tuple[Label, ...] = ("supported", "refuted", "not_enough_evidence")


class Sure(FakeVerifier):
    """Settles what has 'not' in its evidence, and nothing else."""

    def score(self, pairs: Any) -> list[Entailment]:
        settled = Entailment(0.02, 0.96, 0.02)
        return [settled if "not" in evidence else OPEN for evidence, _ in pairs]


def reply(system: str, user: str) -> Reply:
    """Right about the pairs; it has nothing to say of gulls."""
    if "Gulls" in user:
        return "no answer"
    refuted = "not rebuilt" in user
    verdict = "refuted" if refuted else "supported"
    if system.startswith("You check facts"):
        return {"verdict": verdict, "probability": 90}
    words = "not rebuilt in 2021" if refuted else "was rebuilt in 2021"
    bears = "contradicts" if refuted else "supports"
    return {
        "reason": "It says so.",
        "verdict": verdict,
        "certainty": "certain",
        "probability": 90,
        "quotations": [{"passage": 1, "words": words, "bears": bears}],
        "missing": "",
    }


def assistant_of(policy: str = "auto") -> tuple[Assistant, ScriptedChat]:
    caller, chat = scripted(reply)
    return Assistant(caller, SHIPPED, policy), chat


def test_a_model_as_a_verifier() -> None:
    assistant, _ = assistant_of()
    plain = Plain(assistant).score(PAIRS)
    assert [one.refuted for one in plain[:2]] == pytest.approx([0.9, 0.05])
    chain = Chain(assistant).score(PAIRS)
    sure = SHIPPED.calibrated(0.9)
    assert (chain[0].refuted, chain[1].supported) == pytest.approx((sure, sure))
    assert plain[2] == chain[2] == OPEN
    for one in (*plain, *chain):
        assert one.supported + one.refuted + one.not_enough == pytest.approx(1.0)


def test_both_asks_only_what_the_verifier_leaves_open() -> None:
    assistant, chat = assistant_of()
    both = Assisted(Sure(name="fake"), Chain(assistant))
    found = both.score(PAIRS)
    assert found[0].refuted == 0.96
    assert found[2] == OPEN
    assert not any("not rebuilt" in user for _, user in chat.seen)
    assert both.digest != both.chain.digest


def test_no_pair_is_asked_about_twice() -> None:
    assistant, chat = assistant_of()
    chain = Chain(assistant)
    first = chain.score([*PAIRS, PAIRS[2]])
    asked = len(chat.seen)
    assert Assisted(FakeVerifier(), chain, asks_all=True).score(PAIRS)[2] is not None
    assert chain.score(PAIRS) == first[:3]
    assert len(chat.seen) == asked


def test_policies_say_what_a_measurement_asks() -> None:
    assistant, chat = assistant_of("all")
    system = load_assisted(assistant, "fake", [])
    system.verifier.score(PAIRS)
    assert any("not rebuilt" in user for _, user in chat.seen)
    alone = load_assisted(assistant, "none", [])
    assert (alone.name, system.name) == ("llm:scripted:script", "fake+llm:scripted:script")
    assert alone.digest != system.digest != load_assisted(assistant_of()[0], "fake", []).digest
    with pytest.raises(UsageProblem, match="flags"):
        load_assisted(assistant_of("flags")[0], "fake", [])


@pytest.mark.parametrize("fails", [True, False])
def test_what_is_not_the_models_fault_is_no_result(fails: bool) -> None:
    """Nor is a timeout at one question of a server that answers others, nor a limit reached."""
    from factcheck.llm.budget import Budget

    def slow(system: str, user: str) -> Reply:
        return TimeoutError() if "Gulls" in user else reply(system, user)

    caller, _ = scripted(slow if fails else reply, budget=None if fails else Budget(max_calls=1))
    with pytest.raises(Unfinished) as stopped:
        Chain(Assistant(caller, SHIPPED)).score(PAIRS)
    assert stopped.value.exit_code == 4
    assert "the same command" in stopped.value.hint


def answered(
    gold: Label, said: Label, sure: float, verifier: Entailment, passage: int = 0
) -> Answered:
    return Answered(gold, f"passage-{passage}", Judgement("c", said, sure), verifier)


EVEN = Entailment(1 / 3, 1 / 3, 1 / 3)


def simulated(right: float, items: int = 90, seed: int = 5) -> list[Answered]:
    """Items on which a model that says it is 95% sure is right as often as told, by chance."""
    chance = random.Random(seed)
    held = []
    for n in range(items):
        gold = chance.choice(GOLD)
        said = gold if chance.random() < right else chance.choice([x for x in GOLD if x != gold])
        leaning = {label: 0.5 if label == gold else 0.25 for label in GOLD}
        verifier = Entailment(*(leaning[label] for label in GOLD))
        held.append(answered(gold, said, 0.95, verifier, n // 3))
    return held


def test_calibration_learns_that_a_model_is_too_sure() -> None:
    held = [answered("supported", "supported", 0.99, EVEN)] * 60
    held += [answered("refuted", "supported", 0.99, EVEN)] * 40
    assert fitted(SHIPPED, held).calibrated(0.99) == pytest.approx(0.6, abs=0.05)


def test_weights_learn_whom_to_trust() -> None:
    wrong = Entailment(0.2, 0.7, 0.1)
    held = [answered("supported", "supported", 0.9, wrong)] * 20
    found = fitted(SHIPPED, held)
    assert found.verifier_weight < found.llm_weight
    assert found.settled == SHIPPED.settled
    assert fitted(SHIPPED, held, alone=True).llm_weight == 0


def test_a_model_at_chance_weighs_nothing() -> None:
    found = fit(SHIPPED, simulated(1 / 3), 200, "m", "v")
    assert found.fit and found.fit.gain is not None and found.fit.gain < 0.01
    assert found.llm_weight == 0
    assert found.calibrated(0.95) == pytest.approx(1 / 3, abs=0.1)
    assert "m answered (30 passages)" in found.origin
    assert "could be chance: its weight is 0" in found.origin


def test_a_good_model_gains_on_passages_left_out() -> None:
    found = fit(SHIPPED, simulated(0.85), 200, "m", "v")
    assert found.fit and (found.fit.gain_low or 0) > 0
    assert (found.fit.verifier_loss or 0) > (found.fit.pooled_loss or 9)
    assert (found.fit.asked, found.fit.items, found.fit.passages) == (200, 90, 30)
    assert found.fit.verifier == "v"
    assert found.llm_weight > 0.5


def test_too_few_answers_fit_nothing() -> None:
    with pytest.raises(Unfinished, match=r"answered 19 of 39 .* 20 on 5 are needed"):
        fit(SHIPPED, simulated(0.9, 19), 39, "m", "v")
    one_passage = [answered("supported", "supported", 0.9, EVEN)] * 30
    with pytest.raises(Unfinished, match="on 1 passages"):
        fit(SHIPPED, one_passage, 39, "m", "v")


@pytest.mark.parametrize("answers", [0, 19])
def test_a_model_that_seldom_proves_what_it_says_weighs_nothing(answers: int) -> None:
    found = fit(SHIPPED, simulated(0.1, answers), 40, "m", "v")
    assert (found.llm_weight, found.verifier_weight) == (0, SHIPPED.verifier_weight)
    assert found.fit and (found.fit.items, found.fit.folds, found.fit.gain) == (answers, 0, None)
    assert f"to {answers} of 40 development items, too few" in found.origin
    if answers:
        assert found.calibrated(0.95) < 0.5


def test_only_usable_answers_are_fitted_on() -> None:
    items = [Item(str(n), "c", "e", "refuted", str(n)) for n in range(3)]
    judged = [Judgement("0", "refuted", 0.9), None, Judgement("2", None, failure="unproven")]
    (held,) = answered_of(items, judged, [EVEN] * 3)
    assert (held.gold, held.passage) == ("refuted", "0")


def test_parameters_are_saved_beside_those_of_others(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    save(SHIPPED, path, ANY_OTHER)
    found = fit(SHIPPED, simulated(0.85), 200, "m", "v")
    save(found, path, "openai:m")
    held = json.loads(path.read_text())
    assert held[ANY_OTHER]["origin"] == SHIPPED.origin
    assert held["openai:m"]["fit"]["items"] == 90


def test_few_items_are_spread_over_passages() -> None:
    items = [Item(f"{p}-{n}", "c", "e", "refuted", str(p)) for p in range(6) for n in range(4)]
    assert len({item.group for item in command.spread(items, 6)}) == 6
    assert len({item.group for item in command.spread(items, 4)}) == 4
    assert sorted(i.id for i in command.spread(items, None)) == [i.id for i in items]


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs the command with a script of answers; returns the exit code, 0 where it ends well."""

    def run(answer: Any, *options: str) -> int:
        monkeypatch.setenv("FACTCHECK_LLM_CACHE", "none")
        (tmp_path / "script.json").write_text(json.dumps([{"answer": answer}]))
        places = ["--runs", str(tmp_path / "runs"), "--results", str(tmp_path)]
        script = f"scripted:{tmp_path}/script.json"
        monkeypatch.setattr(sys, "argv", ["eval.llm", "--llm", script, *places, *options])
        monkeypatch.setattr(command, "load_verifier", FakeVerifier)
        monkeypatch.setattr(command, "COMBINATION", tmp_path / "combination.json")
        try:
            command.main()
        except SystemExit as ended:
            return int(ended.code or 0)
        return 0

    return run


def test_the_command_writes_a_comparison(
    asked: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked({"verdict": "not_enough_evidence", "probability": 60}, "--limit", "12") == 0
    page = (tmp_path / "RESULTS.md").read_text("utf-8")
    assert page == capsys.readouterr().out
    assert page.count("\n| ") == 5
    assert "12 test items of eval/claims on 12 passages" in page
    assert SHIPPED.origin in page
    (entry,) = json.loads((tmp_path / "results.json").read_text()).values()
    assert [row["answered"] for row in entry["systems"]] == [12, 0, 12, 12]


def test_a_model_that_answers_nothing_is_not_fitted(
    asked: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked("nothing", "--limit", "9", "--fit") == 4
    assert "are needed" in capsys.readouterr().err
    assert not (tmp_path / "combination.json").exists()
