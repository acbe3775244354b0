"""`make llm-eval`: a chat model measured alone, in the chain and beside a verifier."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from eval.llm import __main__ as command
from eval.llm.fitting import fit_calibration, fit_weights, save
from eval.llm.systems import OPEN, Both, Chain, Plain
from factcheck.llm.combination import load_combination
from factcheck.llm.judging import Judgement
from factcheck.llm.scripted import Reply
from factcheck.verdicts.verifier import Entailment, FakeVerifier
from tests.llm.asking import scripted

PAIRS = [
    ("The wall was not rebuilt in 2021.", "The wall was rebuilt in 2021."),
    ("The wall was rebuilt in 2021.", "The wall was rebuilt in 2021."),
    ("Gulls nest on the cliff.", "The wall was rebuilt in 2021."),
]
SHIPPED = load_combination()


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


def test_a_model_as_a_verifier() -> None:
    caller, _ = scripted(reply)
    plain = Plain(caller, "plain").score(PAIRS)
    assert [one.refuted for one in plain[:2]] == pytest.approx([0.9, 0.05])
    chain = Chain(caller, "chain", SHIPPED).score(PAIRS)
    sure = SHIPPED.calibrated(0.9)
    assert (chain[0].refuted, chain[1].supported) == pytest.approx((sure, sure))
    assert plain[2] == chain[2] == OPEN
    for one in (*plain, *chain):
        assert one.supported + one.refuted + one.not_enough == pytest.approx(1.0)


def test_both_asks_only_what_the_verifier_leaves_open() -> None:
    class Sure(FakeVerifier):
        def score(self, pairs: Any) -> list[Entailment]:
            settled = Entailment(0.02, 0.96, 0.02)
            return [settled if "not" in evidence else OPEN for evidence, _ in pairs]

    caller, chat = scripted(reply)
    both = Both(Sure(name="fake"), Chain(caller, "chain", SHIPPED), "both")
    found = both.score(PAIRS)
    assert found[0].refuted == 0.96
    assert found[2] == OPEN
    assert not any("not rebuilt" in user for _, user in chat.seen)
    assert both.digest != both.chain.digest


def judgement(probability: float) -> Judgement:
    return Judgement("c", "supported", probability)


def test_calibration_learns_that_a_model_is_too_sure() -> None:
    judged = [judgement(0.99)] * 10
    gold = ["supported"] * 6 + ["refuted"] * 4
    fitted = fit_calibration(SHIPPED, judged, gold)
    assert fitted.calibrated(0.99) == pytest.approx(0.6, abs=0.08)


def test_weights_learn_whom_to_trust() -> None:
    right, wrong = Entailment(0.7, 0.2, 0.1), Entailment(0.2, 0.7, 0.1)
    fitted = fit_weights(SHIPPED, [wrong] * 5, [right] * 5, ["supported"] * 5)
    assert fitted.verifier_weight < fitted.llm_weight
    assert fitted.settled == SHIPPED.settled


def test_parameters_are_saved_whole(tmp_path: Path) -> None:
    save(SHIPPED, tmp_path / "c.json")
    assert json.loads((tmp_path / "c.json").read_text())["origin"] == SHIPPED.origin


def test_the_command_writes_a_comparison(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FACTCHECK_LLM_CACHE", "none")
    script = tmp_path / "script.json"
    script.write_text(
        json.dumps([{"answer": {"verdict": "not_enough_evidence", "probability": 60}}])
    )
    options = ["--llm", f"scripted:{script}", "--limit", "12", "--runs", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", ["eval.llm", *options])
    monkeypatch.setattr(command, "load_verifier", lambda threads: FakeVerifier())
    command.main()
    page = (tmp_path / "llm-scripted-script.json.md").read_text("utf-8")
    assert page == capsys.readouterr().out
    assert page.count("\n| ") == 5
    assert SHIPPED.origin in page


def test_too_few_answers_fit_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_LLM_CACHE", "none")
    script = tmp_path / "script.json"
    script.write_text(json.dumps([{"answer": "nothing"}]))
    options = ["--llm", f"scripted:{script}", "--limit", "9", "--fit", "--runs", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", ["eval.llm", *options])
    monkeypatch.setattr(command, "load_verifier", lambda threads: None)
    monkeypatch.setattr(command, "COMBINATION", tmp_path / "combination.json")
    with pytest.raises(SystemExit, match="are needed"):
        command.main()
    assert not (tmp_path / "combination.json").exists()
