"""Standard streams that are closed, full or left by their reader: the exit code stays true."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reports import factory
from tests.reviews.serving import saved

START = "from factcheck.cli.main import main; main()"
FULL = Path("/dev/full")


def ended(where: str, *arguments: object) -> tuple[int, str]:
    """How the command ends, and what it says, where its output goes `where` the shell sends it."""
    command = shlex.join([sys.executable, "-c", START, *map(str, arguments)])
    done = subprocess.run(
        ["sh", "-c", f"{command} {where}"], check=False, stderr=subprocess.PIPE, text=True
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("where", "exits", "says"),
    [
        (">&-", 2, "Error: standard output is closed"),
        pytest.param(
            f">{FULL}",
            3,
            "Error: standard output cannot be written: No space left on device",
            marks=pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full"),
        ),
    ],
)
def test_a_report_that_cannot_go_to_standard_output(
    tmp_path: Path, where: str, exits: int, says: str
) -> None:
    report = saved(tmp_path, factory.small())[0]
    for command in (("export", report, "-f", "csv"), ("schema",)):
        code, said = ended(where, *command)
        told = f"{says}\nTry: > FILE, or -o FILE where the command takes it\n"
        assert (code, said) == (exits, told)


def test_words_for_a_terminal_need_a_standard_output_too(tmp_path: Path) -> None:
    report = saved(tmp_path, factory.small())[0]
    article = tmp_path / "article.txt"
    article.write_text("The dam was built in 1957.")
    for command in (("explain", report, "2", "--verifier", "fake"), ("claims", article)):
        code, said = ended(">&-", *command)
        assert code == 2
        assert "Error: standard output is closed\n" in said


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_help_that_finds_no_space_says_so() -> None:
    code, said = ended(f">{FULL}", "eval", "--help")
    told = "Error: no space is left where this is written\nTry: free some, or write elsewhere\n"
    assert (code, said) == (3, told)


def test_a_reader_that_went_away_is_no_failure(tmp_path: Path) -> None:
    report = saved(tmp_path, factory.small())[0]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-c", START, "export", str(report), "-f", "html"],
        check=False,
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


NEEDS_FULL = pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")


@NEEDS_FULL
@pytest.mark.parametrize("where", [f"2>{FULL}", "2>&-", f">{FULL} 2>&1"])
def test_talk_that_is_lost_changes_no_exit_code(tmp_path: Path, where: str) -> None:
    """Python itself would end with 1, as where --fail-on matched."""
    report, written = saved(tmp_path, factory.small())[0], tmp_path / "report.csv"
    is_full = where.startswith(">")
    for command, exits in (
        (("export", tmp_path / "none.json", "-f", "csv"), 3),
        (("export", report, "-f", "nonsense"), 2),
        (("export", report, "-o", written), 0),
        ((), 2),
        (("--help",), 3 if is_full else 0),
    ):
        assert ended(where, *command)[0] == exits, command
    assert written.is_file()


@pytest.mark.slow
@NEEDS_FULL
def test_fail_on_says_what_was_found_where_talk_is_lost(tmp_path: Path) -> None:
    corpus, article = tmp_path / "corpus", tmp_path / "article.txt"
    corpus.mkdir()
    (corpus / "dam.txt").write_text("Dam\nSource: Desk, 2021-05-03\n\nIt stands.\n")
    check = ("claims", article, "--corpus", corpus, "--verifier", "none", "--fail-on", "note")
    for text, exits in (
        ("The dam stands in 1957.", 0),
        ("The dam stands. “It leaks, she said.", 1),
    ):
        article.write_text(text)
        assert ended(f"2>{FULL}", *check, "-o", tmp_path / "report.json")[0] == exits


@pytest.mark.parametrize("words", ["--help", "--version", "claims --help", "schema"])
def test_help_whose_reader_went_away_is_no_failure(words: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-c", START, *words.split()]
    done = subprocess.run(command, check=False, stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_standard_input_that_is_closed_is_told(tmp_path: Path) -> None:
    report = saved(tmp_path, factory.small())[0]
    store = tmp_path / "reviews.sqlite"
    for command, exits in (
        (("claims", "-", "--verifier", "none"), 3),
        (("review", report, "--terminal", "--reviews", store), 2),
    ):
        code, said = ended("<&-", *command)
        assert code == exits
        assert said.startswith("Error: standard input is closed")
        assert "Try: " in said
    code, said = ended(f"0>{tmp_path / 'written'}", "claims", "-", "--verifier", "none")
    assert code == 3
    assert said.startswith("Error: standard input cannot be read: ")
