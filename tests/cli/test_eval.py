"""`factcheck eval` and `factcheck compare` as a user runs them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from factcheck.cli.main import main

SETS = Path(__file__).parents[1] / "evaluation" / "data" / "sets"
ARTICLE = (
    "Ship leaves the port\n\nThe master of the Alder, Ane Holt, spoke to reporters on Monday. "
    "“We leave on Tuesday, Holt said.\n\nThe port was quiet, and the crew had gone home.\n"
)
CLEAN = ARTICLE.replace("Tuesday,", "Tuesday,”")
PLANTED = "“We leave on Tuesday, Holt said."


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    def invoke(*words: str) -> Result:
        return CliRunner().invoke(main, [*words, "--runs", str(tmp_path / "runs")])

    return invoke


@pytest.fixture
def twins(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    start = ARTICLE.index(PLANTED)
    marked = {"quote": PLANTED, "start": start, "end": start + len(PLANTED)}
    gold: dict[str, Any] = {
        "planted": [{**marked, "type": "quote", "against": "form"}],
        "distractors": [],
        "claims": [
            {**marked, "claim": "The ship leaves on Tuesday.", "label": "NEI", "evidence": []}
        ],
    }
    (folder / "101.txt").write_text(ARTICLE)
    (folder / "101.clean.txt").write_text(CLEAN)
    (folder / "101.gold.json").write_text(json.dumps(gold))
    return folder


def only_run(result: Result, tmp_path: Path) -> Path:
    assert result.exit_code == 0, result.stderr
    (folder,) = (tmp_path / "runs").iterdir()
    return folder


def test_claims_leave_a_run_with_all_its_files(run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("eval", "claims", "--set", "wice", "--path", str(SETS / "wice"),
                 "--verifier", "overlap", "-f", "json")  # fmt: skip
    folder = only_run(result, tmp_path)
    assert {path.name for path in folder.iterdir()} == {
        "settings.json",
        "predictions.jsonl",
        "metrics.json",
        "report.html",
    }
    figures = json.loads((folder / "metrics.json").read_text())
    assert json.loads(result.stdout) == figures
    assert figures["items"] == 2  # the two chunks of one claim count once
    settings = json.loads((folder / "settings.json").read_text())
    assert settings["set"] == "wice"
    assert settings["items"] == 3
    page = (folder / "report.html").read_text()
    assert "Published elsewhere, not measured here" in page
    assert page.count("<svg") == 2
    assert "http://www.w3.org" in page and "https://" not in page.replace("http://www.w3.org", "")


def test_the_verifier_of_the_settings_is_measured(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("eval", "claims", "--set", "wice", "--path", str(SETS / "wice"), "-f", "json")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "factcheck.toml").write_text('verifier = "overlap"\n')
    assert run(*words).exit_code == 0
    monkeypatch.setenv("FACTCHECK_VERIFIER", "majority")
    assert run(*words).exit_code == 0
    assert run(*words, "--verifier", "fake").exit_code == 0
    kept = (tmp_path / "runs").glob("*/settings.json")
    assert {json.loads(path.read_text())["system"] for path in kept} == {
        "overlap",
        "majority",
        "fake",
    }


def test_the_same_command_answers_from_the_run(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("eval", "claims", "--set", "own", "--path", str(SETS / "own"), "--split", "all",
             "--verifier", "fake")  # fmt: skip
    first = run(*words)
    folder = only_run(first, tmp_path)

    def refuse(*_: object) -> None:
        raise AssertionError("asked again")

    monkeypatch.setattr("factcheck.verdicts.verifier.FakeVerifier.score", refuse)
    assert run(*words).stdout == first.stdout
    assert only_run(run(*words), tmp_path) == folder


def test_two_runs_are_compared(run: Callable[..., Result], tmp_path: Path) -> None:
    for verifier in ("majority", "fake"):
        result = run("eval", "claims", "--set", "own", "--path", str(SETS / "own"),
                     "--split", "all", "--verifier", verifier)  # fmt: skip
        assert result.exit_code == 0, result.stderr
    fake, majority = sorted((tmp_path / "runs").iterdir())
    result = CliRunner().invoke(main, ["compare", str(majority), str(fake), "-f", "json"])
    (measure,) = json.loads(result.stdout)["measures"]
    assert measure["items"] == 3
    assert measure["gained"] - measure["lost"] == round(3 * (measure["second"] - measure["first"]))
    page = tmp_path / "c.html"
    result = CliRunner().invoke(main, ["compare", str(majority), str(fake), "-o", str(page)])
    assert result.exit_code == 0, result.stderr
    assert "A said" in page.read_text()
    assert page.read_text().count("<svg") == 3


def test_a_comparison_takes_the_form_that_its_file_means(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    measured = run("eval", "claims", "--set", "own", "--path", str(SETS / "own"), "--split", "all",
                   "--verifier", "majority")  # fmt: skip
    folder = str(only_run(measured, tmp_path))
    for name in ("c.json", "c.HTML", "c.txt"):
        result = CliRunner().invoke(main, ["compare", folder, folder, "-o", str(tmp_path / name)])
        assert result.exit_code == 0, result.stderr
    assert json.loads((tmp_path / "c.json").read_text())["measures"][0]["items"] == 3
    assert (tmp_path / "c.HTML").read_text().startswith("<!doctype html>")
    assert (tmp_path / "c.txt").read_text().startswith("A: majority on own")


def test_sets_with_the_same_ids_have_no_item_in_common(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    for name, claim in (("one", "It rained."), ("two", "It snowed.")):
        row = {"id": "1", "claim": claim, "evidence": "e", "label": "REFUTED"}
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(row))
        assert run("eval", "claims", "--set", "common", "--path", str(tmp_path / f"{name}.jsonl"),
                   "--verifier", "majority").exit_code == 0  # fmt: skip
    folders = [str(path) for path in (tmp_path / "runs").iterdir()]
    result = CliRunner().invoke(main, ["compare", *folders])
    assert result.exit_code == 2
    assert "no item in common" in result.stderr


def test_runs_of_two_kinds_are_not_compared(
    run: Callable[..., Result], twins: Path, tmp_path: Path
) -> None:
    run("eval", "extraction", str(twins))
    run("eval", "claims", "--set", "own", "--path", str(SETS / "own"), "--split", "all",
        "--verifier", "majority")  # fmt: skip
    folders = [str(path) for path in (tmp_path / "runs").iterdir()]
    result = CliRunner().invoke(main, ["compare", *folders])
    assert result.exit_code == 2
    assert "measured different things" in result.stderr


def test_articles_with_planted_errors(
    run: Callable[..., Result], twins: Path, tmp_path: Path
) -> None:
    result = run("eval", "articles", str(twins), "--verifier", "none", "--details")
    folder = only_run(result, tmp_path)
    assert "1 pairs of articles" in result.stdout
    assert "planted errors found, right type                 1.00" in result.stdout
    (row,) = map(json.loads, (folder / "predictions.jsonl").read_text().splitlines())
    assert row["planted"][0]["found"] is True
    assert json.loads((folder / "metrics.json").read_text())["by_type"] == [
        {"type": "quote", "strict": 1, "lenient": 1, "planted": 1}
    ]
    same = CliRunner().invoke(main, ["compare", str(folder), str(folder)])
    assert "planted errors found" in same.stdout
    assert "corrected articles left unflagged" in same.stdout


def test_runs_are_compared_on_the_errors_that_they_measured(
    run: Callable[..., Result], twins: Path, tmp_path: Path
) -> None:
    measured = run("eval", "articles", str(twins), "--verifier", "none", "--against", "article")
    folder = str(only_run(measured, tmp_path))
    same = CliRunner().invoke(main, ["compare", folder, folder])
    assert "planted errors found" not in same.stdout
    assert "corrected articles left unflagged" in same.stdout


def test_what_stands_in_an_article_drives_no_terminal(
    run: Callable[..., Result], twins: Path
) -> None:
    gold = json.loads((twins / "101.gold.json").read_text())
    quote = "The port was\x1b[31m\nquiet"
    article = ARTICLE.replace("the port was quiet", quote, 1).replace("The port was quiet", quote)
    start = article.index(quote)
    gold["planted"].append(
        {"quote": quote, "start": start, "end": start + len(quote), "type": "number",
         "against": "article"}
    )  # fmt: skip
    (twins / "101.txt").write_text(article)
    (twins / "101.gold.json").write_text(json.dumps(gold))
    result = run("eval", "articles", str(twins), "--verifier", "none", "--details")
    assert result.exit_code == 0, result.stderr
    missed = "missed  101 number (article): The port was⟨ESC⟩[31m quiet"
    assert missed in result.stdout.split("\n")
    assert "\x1b" not in result.stdout


ANSWERS: list[dict[str, Any]] = [
    {"when": ["where it contradicts itself"], "answer": {"pairs": []}},
    {"when": ["You write a claim"], "answer": {"sentence": "", "open": []}},
    {"when": ["A program has flagged"], "answer": {"reason": "No.", "verdict": "mistaken"}},
    {
        "when": ["You judge one claim"],
        "answer": {
            "reason": "Nothing is said of it.",
            "verdict": "not_enough_evidence",
            "certainty": "certain",
            "probability": 99,
            "quotations": [],
            "missing": "all of it",
        },
    },
]


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of answers for `--llm scripted:FILE`; the cache is the test's own."""
    monkeypatch.setenv("FACTCHECK_LLM_CACHE", str(tmp_path / "answers.sqlite3"))
    path = tmp_path / "script.json"
    path.write_text(json.dumps(ANSWERS))
    return path


def test_articles_are_measured_with_a_chat_model(
    run: Callable[..., Result], twins: Path, script: Path, tmp_path: Path
) -> None:
    words = ("eval", "articles", str(twins), "--verifier", "none", "--llm", f"scripted:{script}")
    result = run(*words)
    folder = only_run(result, tmp_path)
    assert "checks+llm-scripted-script.json" in folder.name
    assert "questions the model gave no usable answer to     0" in result.stdout
    assert "scripted:script.json: " in result.stderr and " calls, " in result.stderr
    settings = json.loads((folder / "settings.json").read_text())
    assert str(tmp_path) not in json.dumps(settings)
    assert len(settings["llm_digest"]) == 64
    assert run(*words, "--llm-policy", "flags").exit_code == 0
    assert len(list((tmp_path / "runs").iterdir())) == 2


def test_a_measurement_that_a_limit_stops_goes_on_later(
    run: Callable[..., Result], twins: Path, script: Path, tmp_path: Path
) -> None:
    words = ("eval", "articles", str(twins), "--verifier", "none", "--llm", f"scripted:{script}")
    stopped = run(*words, "--max-calls", "1")
    assert (stopped.exit_code, stopped.stdout) == (4, "")
    assert "--max-calls or --max-cost was reached" in stopped.stderr
    assert "goes on where it stopped, with a larger limit" in stopped.stderr
    assert "1 call, " in stopped.stderr
    (folder,) = (tmp_path / "runs").iterdir()
    assert not (folder / "predictions.jsonl").exists()
    again = run(*words)
    assert again.exit_code == 0
    assert "1 from the cache" in again.stderr
    assert only_run(again, tmp_path) == folder


def test_claims_are_measured_with_a_chat_model(
    run: Callable[..., Result], script: Path, tmp_path: Path
) -> None:
    own = ("eval", "claims", "--set", "own", "--path", str(SETS / "own"), "--split", "all")
    result = run(*own, "--verifier", "none", "--llm", f"scripted:{script}", "-f", "json")
    folder = only_run(result, tmp_path)
    rows = [*map(json.loads, (folder / "predictions.jsonl").read_text().splitlines())]
    assert all(row["p"]["not_enough"] > 0.9 for row in rows)
    both = run(*own, "--verifier", "fake", "--llm", f"scripted:{script}", "--llm-policy", "all")
    assert both.exit_code == 0, both.stderr
    assert "0 calls, " in both.stderr


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("articles", "--llm", "nonsense"), 2, "no name of a chat model"),
        (("articles", "--llm", "local:none.gguf"), 3, "no model file"),
        (("articles", "--llm", "SCRIPT", "--jobs", "2"), 2, "--llm takes no --jobs"),
        (("articles", "--llm", "SCRIPT", "--max-cost", "1"), 2, "--max-cost needs the price"),
        (("claims", "--llm", "nonsense"), 2, "no name of a chat model"),
        (("claims", "--llm-base-url", "http://127.0.0.1:1/v1"), 2, "no model is named"),
        (("claims", "--llm", "SCRIPT", "--llm-policy", "flags"), 2, "asks the chat model about"),
    ],
)
def test_a_chat_model_that_cannot_be_measured_is_told_in_one_line(
    run: Callable[..., Result], script: Path, words: tuple[str, ...], code: int, message: str
) -> None:
    result = run("eval", *(f"scripted:{script}" if word == "SCRIPT" else word for word in words))
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr
    assert "\nTry: " in result.stderr


def test_extraction(run: Callable[..., Result], twins: Path, tmp_path: Path) -> None:
    result = run("eval", "extraction", str(twins))
    folder = only_run(result, tmp_path)
    assert "1 articles, 1 gold claims" in result.stdout
    assert json.loads((folder / "metrics.json").read_text())["gold_claims"] == 1


def test_sets_are_listed_with_their_terms() -> None:
    result = CliRunner().invoke(main, ["eval", "sets"])
    assert "llm-aggrefact" in result.stdout
    assert "licence: CC BY-NC 4.0" in result.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--set", "wice"), "not part of factcheck; it is published at"),
        (("--set", "nothing"), "there is no set 'nothing'"),
        (("--set", "wice", "--path", "nowhere"), "there is no nowhere"),
        (("--verifier", "none"), "nobody is left to judge"),
    ],
)
def test_what_cannot_be_run_says_what_to_do(
    run: Callable[..., Result], words: tuple[str, ...], message: str
) -> None:
    result = run("eval", "claims", *words)
    assert result.exit_code in {2, 3}
    assert message in result.stderr
    assert "\nTry: " in result.stderr


def test_missing_packages_are_named(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factcheck.cli.evalrun.find_spec", lambda name: None)
    result = run("eval", "claims")
    assert result.exit_code == 2
    assert "ir-measures, matplotlib, scikit-learn" in result.stderr
    assert '[eval]"' in result.stderr
