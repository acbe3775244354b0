from __future__ import annotations

import json
import subprocess
import sys

from click.testing import CliRunner

from factcheck.cli.main import main

HEAVY = (
    "torch",
    "chromadb",
    "langchain",
    "langchain_core",
    "spacy",
    "sentence_transformers",
    "onnxruntime",
    "numpy",
)


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from factcheck.cli.main import main\n"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_command_has_a_help_text() -> None:
    for command in ("claims", "index", "eval", "schema"):
        result = CliRunner().invoke(main, [command, "--help"])
        assert result.exit_code == 0
        assert result.stdout.startswith("Usage: ")


def test_it_runs_as_a_module_too() -> None:
    asked = [sys.executable, "-m", "factcheck", "--version"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("factcheck, version ")


def test_the_schema_is_json() -> None:
    result = CliRunner().invoke(main, ["schema"])
    assert json.loads(result.stdout)["title"].startswith("factcheck report")


def test_an_unknown_command_is_wrong_usage() -> None:
    assert CliRunner().invoke(main, ["nonsense"]).exit_code == 2


def test_an_error_is_one_line_that_drives_no_terminal() -> None:
    result = CliRunner().invoke(main, ["export", "none\x1b[31m\nTry: rm -r .", "-f", "csv"])
    assert result.exit_code == 3
    assert result.stderr.startswith("Error: there is no file none⟨ESC⟩[31m Try: rm -r .\nTry: ")
