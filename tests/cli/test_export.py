from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factcheck.cli.main import main
from factcheck.reports.formats import FORMATS
from factcheck.reports.json import to_json
from factcheck.reviews.store import Store
from tests.reports import factory

DESK = ("--author", "Desk", "--url", "https://example.org/1")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "report.json"
    path.write_text(to_json(factory.small()), "utf-8")
    return path


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    path = tmp_path / "reviews.sqlite"
    with Store.open(path, create=True) as store:
        store.add(factory.reviewed(factory.small()).decisions)
    return path


@pytest.mark.parametrize("form", [name for name in FORMATS if name != "claimreview"])
def test_every_format_goes_to_standard_output(saved: Path, form: str) -> None:
    result = run("export", saved, "-f", form)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout


def test_the_ending_of_the_file_names_the_format(saved: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.sarif"
    result = run("export", saved, "-o", output)
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(output.read_text("utf-8"))["version"] == "2.1.0"


@pytest.mark.parametrize("form", ["html", "json", "jsonl", "csv", "sarif", "web-annotation",
                                  "markdown", "terminal"])  # fmt: skip
def test_decisions_go_along(saved: Path, reviews: Path, form: str) -> None:
    assert "Two minutes differ." not in run("export", saved, "-f", form).stdout
    result = run("export", saved, "-f", form, "--reviews", reviews)
    assert result.exit_code == 0
    assert "Two minutes differ." in " ".join(result.stdout.split())
    assert "Ana" in result.stdout


def test_a_claimreview_of_what_was_reviewed(saved: Path, reviews: Path) -> None:
    result = run("export", saved, "-f", "claimreview", "--reviews", reviews, *DESK)
    assert result.exit_code == 0
    assert [item["reviewRating"]["alternateName"] for item in json.loads(result.stdout)["@graph"]]


def test_what_a_claimreview_leaves_out_is_told(saved: Path, reviews: Path) -> None:
    export = ("export", saved, "-f", "claimreview", "--reviews", reviews, *DESK)
    assert run(*export).stderr == ""
    report = factory.small()
    accepted = factory.decided(report, report.claims[1].claim.id, "accept")
    with Store.open(reviews) as store:
        store.add([replace(accepted, machine="supported", at="2024-03-07T08:30:00.000+00:00")])
    result = run(*export)
    assert result.exit_code == 0
    assert len(json.loads(result.stdout)["@graph"]) == 1
    assert "Note: claim 2 must be decided again" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["-f", "claimreview", *DESK], 2, "no claim of this report has a reviewed verdict"),
        (["-f", "claimreview"], 2, "names its author"),
        ([], 2, "in what form"),
        (["-o", "out.docx"], 2, "names no format"),
        (["-f", "html", "--author", "Desk"], 2, "are for claimreview alone; html names nobody"),
        (["-f", "csv", "--url", "https://example.org/1"], 2, "are for claimreview alone"),
        (["-f", "csv", "--reviews", "none.sqlite"], 3, "no store of decisions"),
        (["-f", "csv", "-o", "/no/such/folder/out.csv"], 2, "there is no folder"),
    ],
)
def test_what_cannot_be_exported(
    saved: Path, arguments: list[str], code: int, message: str
) -> None:
    result = run("export", saved, *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr
    assert "Try: " in result.stderr


@pytest.mark.parametrize(
    ("content", "code"), [(None, 3), (b"\xff\xfe", 3), (b"not json", 2), (b"{}", 2)]
)
def test_what_is_no_report(tmp_path: Path, content: bytes | None, code: int) -> None:
    path = tmp_path / "report.json"
    if content is not None:
        path.write_bytes(content)
    result = run("export", path, "-f", "html")
    assert (result.exit_code, result.stdout) == (code, "")
    assert "factcheck claims" in result.stderr


def test_a_report_survives_going_to_json_and_back(saved: Path, reviews: Path) -> None:
    once = run("export", saved, "-f", "json", "--reviews", reviews).stdout
    assert len(json.loads(once)["reviews"]) == 3
    saved.write_text(once, "utf-8")
    assert run("export", saved, "-f", "json").stdout == once
    assert run("export", saved, "-f", "json", "--reviews", reviews).stdout == once
    assert "Two minutes differ." in run("export", saved, "-f", "html").stdout


def test_the_schema_of_a_line(saved: Path) -> None:
    assert json.loads(run("schema", "-f", "jsonl").stdout)["properties"]["kind"]


def test_on_standard_output_text_is_as_wide_as_the_terminal(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = run("export", saved, "-f", "terminal").stdout.splitlines()
    assert max(map(len, lines)) <= 40
    monkeypatch.setenv("COLUMNS", "200")
    lines = run("export", saved, "-f", "terminal").stdout.splitlines()
    assert max(map(len, lines)) > 80


def test_a_file_has_80_columns_whatever_the_terminal(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    text = tmp_path / "report.txt"
    assert run("export", saved, "-o", text).exit_code == 0
    assert max(map(len, text.read_text("utf-8").splitlines())) <= 80


def test_decisions_are_told_on_standard_output_too(saved: Path, reviews: Path) -> None:
    assert "Review" in run("export", saved, "-f", "terminal", "--reviews", reviews).stdout


def test_a_terminal_gets_colours(saved: Path) -> None:
    command = [sys.executable, "-m", "factcheck", "export", str(saved), "-f", "terminal"]
    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    subprocess.run(command, check=True, stdout=theirs, stderr=subprocess.DEVNULL, env=environment)
    os.close(theirs)
    assert b"\x1b[1;31m" in os.read(ours, 100_000)
    os.close(ours)
