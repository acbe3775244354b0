"""`factcheck review` as a reviewer meets it, and `factcheck eval reviews` on what comes of it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factcheck.cli.main import main
from factcheck.decisions import Decision
from factcheck.reports.label_studio import to_label_studio
from factcheck.reviews.store import Store
from tests.reports import factory
from tests.reviews.serving import saved


def run(*arguments: object, given: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=given)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "reviews.sqlite"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return saved(tmp_path, factory.small())[0]


def kept(store: Path) -> list[Decision]:
    with Store.open(store) as opened:
        return opened.decisions()


def in_terminal(report: Path, store: Path, *lines: str) -> Result:
    given = "".join(f"{line}\n" for line in lines)
    return run("review", report, "--terminal", "--reviews", store, "--reviewer", "Ana", given=given)


def test_a_report_in_the_terminal_from_first_to_last(report: Path, store: Path) -> None:
    result = in_terminal(report, store, "a", "Sure.", "c", "3", "Two sources.", "r", "")
    assert result.exit_code == 0
    assert "Nine is not eight." in result.stdout
    assert "3 of 3" not in result.stdout.splitlines()[0]
    events = kept(store)
    assert [(e.action, e.answer, e.note) for e in events] == [
        ("accept", None, "Sure."),
        ("change", "conflicting", "Two sources."),
        ("reject", None, ""),
    ]
    assert "Nothing is left to decide here." in in_terminal(report, store).stdout


def test_notes_assignments_undoing_and_going_back(report: Path, store: Path) -> None:
    result = in_terminal(report, store, "n", "Look again.", "s", "Ben", "a", "", "b", "u", "q")
    assert result.exit_code == 0
    assert [event.action for event in kept(store)] == ["note", "assign", "accept", "undo"]
    assert "Undone: Accepted by Ana" in result.stdout
    assert "Assigned to Ben" in result.stdout


def test_the_name_of_a_reviewer_drives_no_terminal(report: Path, store: Path) -> None:
    shown = run("review", report, "--terminal", "--reviews", store, "--reviewer", "A\x1b[2Jna",
                given="a\nq\n")  # fmt: skip
    measured = run("eval", "reviews", store)
    for text in (shown.stdout, measured.stdout):
        assert "A⟨ESC⟩[2Jna" in text
        assert "\x1b" not in text


def test_what_does_not_fit_is_said_and_asked_again(report: Path, store: Path) -> None:
    result = in_terminal(report, store, "x", "c", "1", "", "u", "q")
    assert "There is no 'x'." in result.stdout
    assert "Not saved: a flag is accepted or rejected" in result.stdout
    assert "Not saved: Ana decided nothing here to undo" in result.stdout
    assert kept(store) == []


def test_input_that_ends_ends_the_review(report: Path, store: Path) -> None:
    result = in_terminal(report, store, "a", "")
    assert result.exit_code == 0
    assert len(kept(store)) == 1


def test_annotations_come_in_once(report: Path, store: Path, tmp_path: Path) -> None:
    task = json.loads(to_label_studio(factory.small()))[0]
    result = task["predictions"][0]["result"]
    task["annotations"] = [{"id": 1, "result": result, "updated_at": "2024-03-06T09:00:00Z"}]
    export = tmp_path / "annotations.json"
    export.write_text(json.dumps([task]))
    arguments = ("review", report, "--import", export, "--reviews", store)
    assert "3 decisions added, 0 known already" in run(*arguments).stderr
    assert "0 decisions added, 3 known already" in run(*arguments).stderr


def test_the_machine_measured_by_its_reviewers(report: Path, store: Path) -> None:
    in_terminal(report, store, "a", "", "a", "", "c", "1", "")
    shown = run("eval", "reviews", store)
    assert shown.exit_code == 0
    assert "machine and reviewers, claims: 2 answers from 1 article" in shown.stdout
    assert "agreement      0.50" in shown.stdout
    assert "flags of severity high: 1 of 1 accepted" in shown.stdout
    data = json.loads(run("eval", "reviews", store, "-f", "json").stdout)
    assert data["claims"]["agreement"]["value"] == 0.5
    assert data["reviewers"] == ["Ana"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["review", "none.json"], 3, "no file or folder"),
        (["review"], 2, "Missing argument"),
        (["eval", "reviews", "none.sqlite"], 3, "no store of decisions"),
    ],
)
def test_what_cannot_be_reviewed(arguments: list[str], code: int, message: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr


def test_a_port_in_use_and_a_nameless_reviewer(report: Path, store: Path) -> None:
    from tests.reviews.serving import served

    with served([report], store) as reviewing:
        taken = run("review", report, "--reviews", store, "--port", reviewing.port, "--no-browser")
    assert taken.exit_code == 2
    assert f"port {reviewing.port} cannot be used" in taken.stderr
    nameless = run("review", report, "--reviews", store, "--reviewer", " ", "--no-browser")
    assert nameless.exit_code == 2
    assert "--reviewer NAME" in nameless.stderr


@pytest.mark.parametrize(
    ("text", "message"), [("{", "not JSON"), ("{}", "no schema_version"), ("[" * 9999, "not JSON")]
)
def test_a_file_among_the_reports_that_is_none_is_named(
    report: Path, store: Path, text: str, message: str
) -> None:
    bad = report.with_name("!first.json")
    bad.write_text(text)
    for options in (("--terminal",), ("--import", report)):
        result = run("review", report.parent, *options, "--reviews", store, "--reviewer", "Ana")
        assert result.exit_code == 2
        assert f"Error: {bad}: this " in result.stderr
        assert message in result.stderr and "Try: " in result.stderr
    result = run("review", report, "--import", bad, "--reviews", store)
    assert result.exit_code == 3 and str(bad) in result.stderr


@pytest.mark.parametrize("error", [KeyError("getpwuid(): uid not found: 1234"), OSError("no name")])
def test_a_user_without_a_name_is_asked_for_one(
    report: Path, store: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def nameless() -> str:
        raise error

    monkeypatch.setattr("getpass.getuser", nameless)
    result = run("review", report, "--reviews", store, "--no-browser")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "a decision needs the name of its reviewer" in result.stderr
    assert "--reviewer NAME" in result.stderr


def test_the_page_is_served_until_it_is_interrupted(report: Path, store: Path) -> None:
    start = "from factcheck.cli.main import main; main()"
    command = [sys.executable, "-c", start, "review", str(report), "--reviews", str(store)]
    with subprocess.Popen(
        [*command, "--no-browser"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert "Reports to review" in answer.read().decode()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=10)
    assert process.returncode == 0
    assert "decisions go to" in said
    assert "Traceback" not in said
