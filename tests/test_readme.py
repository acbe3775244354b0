"""What the README shows is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from factcheck.cli.main import main

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_COMMAND = re.compile(r"^ {4}(factcheck [^#\n]+)|`(factcheck [^`\n]+)`", re.MULTILINE)
_EXAMPLE = re.compile(
    r"<!-- example: factcheck (?P<words>[^\n]+) -->\n```\n(?P<shown>.*?)```", re.S
)


def commands() -> list[tuple[str, str]]:
    return [
        (page.name, (match[1] or match[2]).strip())
        for page in PAGES
        for match in _COMMAND.finditer(page.read_text("utf-8"))
    ]


@pytest.mark.parametrize(("page", "line"), commands())
def test_every_command_shown_exists_with_its_options(page: str, line: str) -> None:
    context = click.Context(main)
    command: click.Command = main
    words = line.split()[1:]
    while isinstance(command, click.Group) and words:
        name = words.pop(0)
        names = re.split(r"\\?\|", name)
        found = [command.get_command(context, each) for each in names]
        assert all(found), f"{page}: {line}"
        command = found[-1] or command
    known = {option for parameter in command.params for option in parameter.opts}
    known |= {option for parameter in command.params for option in parameter.secondary_opts}
    shown = [word.split("=")[0] for word in words if word.startswith("-") and word != "-"]
    assert set(shown) <= known | {"--help", "--version"}, f"{page}: {line}"


@pytest.mark.slow
@pytest.mark.xdist_group("shipped index")
def test_the_example_is_what_the_program_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(ROOT)
    example = _EXAMPLE.search((ROOT / "README.md").read_text("utf-8"))
    assert example is not None
    result = CliRunner().invoke(main, example["words"].split())
    assert result.exit_code == 0, result.stderr
    printed = "\n".join(line.rstrip() for line in result.stdout.splitlines())
    assert printed.strip() == example["shown"].strip()
