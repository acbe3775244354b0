from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.resources import cache_folder, shipped


def test_what_is_shipped_is_found_in_a_checkout() -> None:
    assert (shipped("corpus") / "manifest.jsonl").is_file()
    assert shipped("prompts").is_dir()


def test_what_is_not_shipped_is_said() -> None:
    with pytest.raises(FileNotFoundError, match="lacks its folder nonsense"):
        shipped("nonsense")


def test_the_cache_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "factcheck"
