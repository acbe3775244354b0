"""A reader that stops (`factcheck … | head -1`) is no failure, and hides no match of --fail-on."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck.cli.console import data, talk
from tests.reports import factory
from tests.reviews.serving import saved

START = "from factcheck.cli.main import main; main()"


class _Gone(io.StringIO):
    def write(self, _: str) -> int:
        raise BrokenPipeError


def test_data_without_a_reader_ends_the_command_and_talk_without_one_goes_on() -> None:
    answers, remarks = data(), talk()
    answers.file = remarks.file = _Gone()
    with pytest.raises(BrokenPipeError):
        answers.print("A verdict.")
    remarks.print("Loading.")
    remarks.print("Done.")


def exit_code_without_reader(*arguments: object) -> tuple[int, str]:
    """How the command ends, and what it says, where the reader of its output has gone."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-c", START, *map(str, arguments)]
    done = subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(writing)
    return done.returncode, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("form", ["terminal", "json"])
def test_claims_exits_0_or_1_where_fail_on_matched(tmp_path: Path, form: str) -> None:
    corpus, article = tmp_path / "corpus", tmp_path / "article.txt"
    corpus.mkdir()
    (corpus / "dam.txt").write_text("Dam\nSource: Desk, 2021-05-03\n\nIt stands.\n")
    article.write_text("The dam was built in 1957. “It leaks, she said.")
    check = ("claims", article, "--corpus", corpus, "--verifier", "none", "-f", form)
    for options, expected in (((), 0), (("--fail-on", "note"), 1)):
        code, said = exit_code_without_reader(*check, *options)
        assert code == expected
        assert "Error" not in said


def test_explain_and_review_exit_0(tmp_path: Path) -> None:
    report = saved(tmp_path, factory.small())[0]
    store = tmp_path / "reviews.sqlite"
    code, said = exit_code_without_reader("explain", report, "2", "--verifier", "fake")
    assert code == 0
    assert "Error" not in said
    assert exit_code_without_reader("review", report, "--terminal", "--reviews", store) == (0, "")
