"""`factcheck explain` over a saved report."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factcheck.cli.main import main
from factcheck.reports.context import with_decisions
from factcheck.reports.json import to_json
from tests.reports import factory

FAKE = ("--verifier", "fake")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    report = factory.small()
    path = tmp_path / "report.json"
    context = with_decisions(report, factory.reviewed(report).decisions)
    path.write_text(to_json(report, context), "utf-8")
    return path


def test_a_claim_is_explained_by_its_number_or_its_id(saved: Path) -> None:
    by_number = run("explain", saved, "2", *FAKE)
    assert by_number.exit_code == 0
    assert "Hinges on: " in by_number.stdout
    assert "Weighs most: “The dam has eight gates.”" in by_number.stdout
    claim = factory.small().claims[1].claim.id
    assert run("explain", saved, claim, *FAKE).stdout == by_number.stdout


def test_another_model_than_that_of_the_report_is_told(saved: Path) -> None:
    assert "fake explains what it would answer itself" in run("explain", saved, "2", *FAKE).stderr


def test_the_name_of_that_model_drives_no_terminal(tmp_path: Path) -> None:
    report = factory.small()
    models = report.run.models | {"verifier": "other\x1b[2J\nNote: all is well"}
    path = tmp_path / "report.json"
    path.write_text(to_json(replace(report, run=replace(report.run, models=models))), "utf-8")
    told = run("explain", path, "2", *FAKE).stderr
    assert "made with other⟨ESC⟩[2J Note: all is well; fake explains" in told


def test_the_whole_report_is_written_with_its_decisions(saved: Path, tmp_path: Path) -> None:
    output = tmp_path / "explained.json"
    assert run("explain", saved, "2", *FAKE, "-o", output).exit_code == 0
    before, after = (json.loads(path.read_text("utf-8")) for path in (saved, output))
    assert after["claims"][1].pop("occlusion")["sentence"]["text"] == "The dam has eight gates."
    assert before["claims"][1].pop("occlusion") is None
    assert after == before
    assert "Hinges on" in run("export", output, "-f", "markdown").stdout
    assert "Hinges on" in run("explain", saved, "2", *FAKE, "-f", "markdown").stdout


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ("3", "no claim '3'"),
        ("0", "numbered 1 to 2"),
        ("claim-0", "no claim"),
        ("9" * 99, "no claim"),
        ("²", "no claim"),
    ],
)
def test_a_claim_that_is_not_there(saved: Path, claim: str, message: str) -> None:
    result = run("explain", saved, claim, *FAKE)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert f"Try: factcheck explain {saved} 1\n" in result.stderr


def test_a_claim_that_cannot_be_explained(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    draft = factory.Draft("The valley is lovely. It rained.")
    draft.claim("The valley is lovely.", None)
    path.write_text(to_json(draft.report()), "utf-8")
    result = run("explain", path, "1", *FAKE)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "claim 1 cannot be explained: It is not checkable." in result.stderr


def test_without_a_model(saved: Path) -> None:
    result = run("explain", saved, "2", "--verifier", "none")
    assert result.exit_code == 3
    assert "factcheck models list" in result.stderr
