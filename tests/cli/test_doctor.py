"""`factcheck doctor` finds what would stop `factcheck claims`, and what is told to try works."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factcheck.cli.main import main
from tests.cli.test_claims import REFERENCE


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "refs").mkdir()
    (tmp_path / "refs" / "harbour.txt").write_text(REFERENCE)
    (tmp_path / "article.txt").write_text("The wall was rebuilt in 2021.")
    monkeypatch.setenv("FACTCHECK_VERIFIER", "none")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def both(*options: str) -> tuple[Result, Result]:
    return run("claims", "article.txt", *options), run("doctor", *options)


def test_a_cache_that_cannot_be_made(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "file").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(place / "file"))
    done, found = both("--corpus", "refs")
    assert (done.exit_code, found.exit_code) == (3, 3)
    assert "NOT USABLE: the store at" in found.stdout
    told = done.stderr.rpartition("Try: ")[2].partition(", or ")[0]
    words = told.replace("ANOTHER_FOLDER", "fresh").replace("ARTICLE", "article.txt")
    program, *arguments = shlex.split(words)
    assert program == "factcheck"
    corpus = arguments[arguments.index("--corpus") + 1]
    assert (Path(corpus)).is_dir()
    assert run(*(("refs" if word == corpus else word) for word in arguments)).exit_code == 0


def test_a_store_that_is_only_read_is_copied(place: Path) -> None:
    from factcheck.evidence.database import explained

    assert run("index", "add", "refs", "--store", "kept").exit_code == 0
    with pytest.raises(Exception, match="cannot be used") as caught, explained("kept"):
        raise PermissionError(13, "Permission denied")
    hint = getattr(caught.value, "hint", "")
    assert hint == "cp -r kept ANOTHER_FOLDER && factcheck claims --store ANOTHER_FOLDER ARTICLE"
    shutil.copytree("kept", "other")
    assert run("claims", "--store", "other", "article.txt").exit_code == 0


def test_a_store_of_another_embedder(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from factcheck.evidence import Document, HashingEmbedder, Store

    with Store.open("kept", HashingEmbedder(64), create=True) as store:
        store.sync([Document("a", "The wall stands.", "Wall")])
    for options in (("--store", "kept"), ("--store", "kept", "--corpus", "refs")):
        done, found = both(*options)
        assert (done.exit_code, found.exit_code) == (3, 3)
        assert "was made with" in found.stdout


def test_a_check_that_does_not_exist(place: Path) -> None:
    (place / "factcheck.toml").write_text('silence = ["nonsense"]\n')
    done, found = both("--corpus", "refs")
    assert (done.exit_code, found.exit_code) == (2, 3)
    assert "no check 'nonsense'" in found.stdout


def test_nothing_is_made_by_looking(place: Path) -> None:
    found = run("doctor", "--store", "new/store", "--corpus", "refs")
    assert found.exit_code == 0
    assert not (place / "new").exists()


def test_a_chat_model_whose_limit_cannot_be_held(place: Path) -> None:
    (place / "script.json").write_text("[]")
    done, found = both("--corpus", "refs", "--llm", "scripted:script.json", "--max-cost", "1")
    assert (done.exit_code, found.exit_code) == (2, 3)
    assert "--max-cost needs the price" in found.stdout
