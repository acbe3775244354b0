from __future__ import annotations

import json
from pathlib import Path

import pytest

from factcheck.resources import cache_folder, install_command, shipped


class _Installed:
    def __init__(self, url: str | None) -> None:
        self.url = url

    def read_text(self, name: str) -> str | None:
        return json.dumps({"url": self.url}) if self.url else None


def test_what_is_shipped_is_found_in_a_checkout() -> None:
    assert (shipped("corpus") / "manifest.jsonl").is_file()
    assert shipped("prompts").is_dir()


def test_what_is_not_shipped_is_said() -> None:
    with pytest.raises(FileNotFoundError, match="lacks its folder nonsense"):
        shipped("nonsense")


@pytest.mark.parametrize(
    ("is_clone", "command"),
    [(True, 'pip install "{folder}[eval]"'), (False, 'pip install "factcheck-assistant[eval]"')],
)
def test_an_extra_is_installed_from_where_the_package_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_clone: bool, command: str
) -> None:
    folder = tmp_path / "a clone"
    folder.mkdir()
    (folder / "pyproject.toml").touch()
    installed = _Installed(folder.as_uri() if is_clone else None)
    monkeypatch.setattr("importlib.metadata.distribution", lambda name: installed)
    assert install_command("eval") == command.format(folder=folder)


def test_the_cache_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "factcheck"
