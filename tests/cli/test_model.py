"""A chat model from the command line: what is printed where, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from factcheck.cli.main import main

REFERENCE = """Harbour wall of Port Ellery
Source: Port Ellery council, 2021-05-03

The council of Port Ellery voted on 3 May 2021 to rebuild the harbour wall.
"""
ARTICLE = "The council of Port Ellery praised the gulls of the harbour in 2021."
OPEN = {
    "reason": "Nothing is said of gulls.",
    "verdict": "not_enough_evidence",
    "certainty": "certain",
    "probability": 90,
    "quotations": [],
    "missing": "what the council thinks of gulls",
}
LINES: list[dict[str, Any]] = [
    {"when": ["You judge one claim"], "answer": OPEN},
    {"when": ["where it contradicts itself"], "answer": {"pairs": []}},
    {"when": ["You write a claim"], "answer": {"sentence": "", "open": []}},
    {"when": ["A program has flagged"], "answer": {"reason": "Yes.", "verdict": "real"}},
]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "refs").mkdir()
    (tmp_path / "refs" / "wall.txt").write_text(REFERENCE)
    (tmp_path / "article.txt").write_text(ARTICLE)
    (tmp_path / "script.json").write_text(json.dumps(LINES))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FACTCHECK_LLM_CACHE", "answers.sqlite3")
    monkeypatch.setenv("FACTCHECK_VERIFIER", "none")
    for name in ("OPENAI_API_KEY", "FACTCHECK_LLM"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def claims(*options: str) -> Result:
    return run("claims", "article.txt", "--corpus", "refs", *options)


def test_a_second_run_is_free_and_says_the_same(place: Path) -> None:
    options = ("--llm", "scripted:script.json", "-f", "json")
    estimate = claims(*options, "--dry-run")
    assert estimate.exit_code == 0
    assert "0 answers in the cache" in estimate.stdout
    assert "second looks at contradictions: at most 12 more requests" in estimate.stdout
    assert "an upper bound" in estimate.stdout
    one, two = claims(*options), claims(*options)
    assert (one.exit_code, two.exit_code) == (0, 0)
    assert "0 from the cache" in one.stderr and "0 calls" in two.stderr
    first, second = json.loads(one.stdout), json.loads(two.stdout)
    for report in (first, second):
        for name in ("started", "timings", "usage"):
            del report["run"][name]
    assert first == second
    assert "what the council thinks of gulls" in one.stdout
    assert first["run"]["models"]["llm"] == "scripted:script.json"


def test_the_name_of_a_model_is_told_whole(place: Path) -> None:
    (place / "script.json").rename(place / "my script.json")
    assert "scripted:my script.json: " in claims("--llm", "scripted:my script.json").stderr


def test_an_estimate_counts_second_looks_into_the_cost(place: Path) -> None:
    (place / "factcheck.toml").write_text('llm_price = "1000,0"\n')
    options = ("--llm", "scripted:script.json", "--dry-run")
    found = {
        policy: claims(*options, "--llm-policy", policy).stdout for policy in ("auto", "flags")
    }
    assert "second looks included (price: the settings)" in found["auto"]
    assert "Not counted: judging the claims and restatements" in found["auto"]
    assert "second looks" not in found["flags"]


def test_an_estimate_needs_no_key(place: Path) -> None:
    result = claims("--llm", "openai:gpt-4.1-mini", "--dry-run")
    assert result.exit_code == 0
    assert "cost: at most about $" in result.stdout


def test_unanswered_questions_end_in_exit_4(place: Path) -> None:
    lines = [{"when": ["You judge one claim"], "answer": "no JSON"}, *LINES]
    (place / "script.json").write_text(json.dumps(lines))
    result = claims("--llm", "scripted:script.json", "-f", "json")
    assert result.exit_code == 4
    report = json.loads(result.stdout)
    assert report["summary"]["verdicts"]["error"] >= 1


def test_a_limit_leaves_a_report_in_part(place: Path) -> None:
    result = claims("--llm", "scripted:script.json", "--max-calls", "1", "-f", "json")
    assert result.exit_code == 4
    assert json.loads(result.stdout)["run"]["usage"]["failed_budget"] >= 1
    again = claims("--llm", "scripted:script.json", "-f", "json")
    assert again.exit_code == 0
    assert "1 from the cache" in again.stderr


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--llm", "nonsense"], 2, "no name of a chat model"),
        (["--llm-base-url", "http://127.0.0.1:1/v1"], 2, "no model is named"),
        (["--dry-run"], 2, "none is named"),
        (["--max-cost", "1"], 2, "--max-cost is about asking a chat model, and none is named"),
        (["--max-calls", "9"], 2, "--max-calls is about asking a chat model, and none is named"),
        (["--llm-policy", "all"], 2, "--llm-policy is about asking a chat model"),
        (["--llm", "openai:x"], 3, "OPENAI_API_KEY is not set"),
        (["--llm", "local:none.gguf"], 3, "no model file"),
        (["--llm", "scripted:script.json", "--max-cost", "1"], 2, "--max-cost needs the price"),
        (["--llm", "scripted:script.json", "--llm-policy", "some"], 2, "is not one of"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line(
    place: Path, options: list[str], code: int, message: str
) -> None:
    result = claims(*options)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr


def test_limits_for_runs_that_name_a_model_may_stand_in_the_settings(place: Path) -> None:
    (place / "factcheck.toml").write_text('max_calls = 9\nmax_cost = 1.0\nllm_policy = "all"\n')
    assert claims().exit_code == 0


def test_doctor_without_a_model(place: Path) -> None:
    result = run("doctor")
    assert result.exit_code == 0
    assert "no text leaves this machine" in result.stdout


def test_doctor_shows_settings_that_drive_no_terminal(place: Path) -> None:
    result = run("doctor", "--verifier", "none", "--corpus", "docs\x1b[2J")
    assert "references: docs⟨ESC⟩[2J, in " in result.stdout
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("option", ["--corpus", "--store"])
def test_doctor_notices_references_that_are_not_there(place: Path, option: str) -> None:
    result = run("doctor", option, "none")
    assert result.exit_code == 3
    assert "NOT USABLE" in result.stdout and "try: " in result.stdout
    assert "the shipped documents" not in result.stdout
    assert "chat model: none configured" in result.stdout


def test_doctor_says_where_results_are_kept_and_what_is_wrong_there(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTCHECK_LOCAL_CACHE", "none")
    assert "kept between runs: nothing\n" in run("doctor").stdout
    for name, usable in (("local.sqlite3", True), ("article.txt", False)):
        monkeypatch.setenv("FACTCHECK_LOCAL_CACHE", name)
        result = run("doctor")
        assert result.exit_code == 0
        assert f"kept between runs: parses and answers, in {name}\n" in result.stdout
        assert ("cannot be used: file is not a database" in result.stdout) is not usable
    assert (place / "article.txt").read_text() == ARTICLE


def test_doctor_names_a_store_that_is_used_as_it_is(place: Path) -> None:
    assert run("index", "add", "refs", "--store", "kept").exit_code == 0
    result = run("doctor", "--store", "kept")
    assert result.exit_code == 0
    assert "references: what the store kept holds\n" in result.stdout


def test_doctor_asks_the_model_that_is_configured(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTCHECK_LLM", "scripted:ready.json")
    (place / "ready.json").write_text(json.dumps([{"answer": {"ready": True}}]))
    assert "reachable: answered" in run("doctor").stdout
    (place / "ready.json").write_text(json.dumps([{"failure": "unreachable"}]))
    result = run("doctor")
    assert result.exit_code == 3
    assert "NOT USABLE" in result.stdout and "try: " in result.stdout


def test_doctor_tells_a_missing_key_and_shows_none(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = run("doctor", "--llm", "openai:gpt-4.1-mini")
    assert result.exit_code == 3
    assert "export OPENAI_API_KEY" in result.stdout
    monkeypatch.setenv("FACTCHECK_LLM_KEY", "sk-secret-1234")
    result = run("doctor", "--llm", "m", "--llm-base-url", "http://127.0.0.1:9/v1")
    assert result.exit_code == 3
    assert "key: set" in result.stdout
    assert "sk-secret" not in result.output
