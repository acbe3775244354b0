"""Standard output that is closed or full is told in one line, with another way out."""

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
