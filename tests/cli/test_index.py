from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factcheck.cli import index
from factcheck.cli.main import main
from factcheck.evidence import Changes, locking
from tests.cli.test_claims import ROOT


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def documents(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        title = f"The {name} treaty"
        (folder / f"{name}.txt").write_text(f"{title}\n\nThe {name} treaty was signed in 1921.\n")
    return folder


def test_a_store_from_the_first_document_to_the_last(tmp_path: Path) -> None:
    store = ("--store", tmp_path / "store")
    corpus = documents(tmp_path / "corpus", "riga", "kars")
    assert "2 added" in run("index", "sync", corpus, *store).stderr
    assert "2 unchanged" in run("index", "sync", corpus, *store).stderr

    listed = run("index", "list", *store).stdout.splitlines()
    assert [line.split("\t")[0] for line in listed] == ["kars", "riga"]

    extra = documents(tmp_path / "extra", "tartu")
    added = run("index", "add", extra / "tartu.txt", *store).stderr
    assert "1 added" in added
    assert "1 passage indexed" in added
    assert "Indexing 1 documents" not in added
    assert "documents        3" in run("index", "info", *store).stdout

    removed = run("index", "remove", "kars", *store)
    assert (removed.exit_code, removed.stderr) == (0, "Removed 1 document.\n")
    unknown = run("index", "remove", "kars", *store)
    assert unknown.exit_code == 3
    assert "kars" in unknown.stderr

    assert "1 added, 0 changed, 1 removed" in run("index", "sync", corpus, *store).stderr


def test_a_store_of_ones_own_is_never_filled_with_the_shipped_documents(tmp_path: Path) -> None:
    store = ("--store", tmp_path / "store")
    run("index", "sync", documents(tmp_path / "corpus", "riga"), *store)
    refused = run("index", "sync", *store)
    assert refused.exit_code == 2
    assert "index sync FOLDER" in refused.stderr
    assert run("index", "list", *store).stdout.startswith("riga\t")


def test_what_stands_in_a_document_drives_no_terminal(tmp_path: Path) -> None:
    corpus = documents(tmp_path / "corpus")
    (corpus / "bridge.txt").write_text(
        "Bridge \x1b]0;pwned\x07\x1b[31mred\n\nThe bridge was opened in 1931.\n"
    )
    store = ("--store", tmp_path / "store")
    assert run("index", "sync", corpus, *store).exit_code == 0
    listed = run("index", "list", *store).stdout
    assert "\x1b" not in listed and "\x07" not in listed
    assert listed.endswith("\tBridge ⟨ESC⟩]0;pwned⟨BEL⟩⟨ESC⟩[31mred\n")


def test_a_store_in_the_cache_is_not_added_to_nor_taken_from(tmp_path: Path) -> None:
    """It follows its corpus: the next check would undo the change."""
    corpus = documents(tmp_path / "corpus", "riga", "kars")
    assert "2 added" in run("index", "sync", corpus).stderr
    extra = documents(tmp_path / "extra", "tartu")
    for command in (("add", extra), ("remove", "kars")):
        refused = run("index", *command, "--corpus", corpus)
        assert refused.exit_code == 2
        assert f"factcheck index {command[0]} --store FOLDER" in refused.stderr
    listed = run("index", "list", "--corpus", corpus).stdout.splitlines()
    assert [line.split("\t")[0] for line in listed] == ["kars", "riga"]


def test_two_documents_of_one_name_are_refused_before_anything_is_stored(tmp_path: Path) -> None:
    one, two = documents(tmp_path / "one", "riga"), documents(tmp_path / "two", "riga")
    (two / "riga.txt").write_text("Another treaty of Riga\n\nIt was signed in 1920.\n")
    refused = run("index", "add", one, two / "riga.txt", "--store", tmp_path / "store")
    assert refused.exit_code == 3
    assert "'riga'" in refused.stderr
    assert not (tmp_path / "store").exists()


def test_documents_that_an_interruption_left_in_part_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index._say(Changes(0, 0, 0, 1, 5, 2), "store")
    index._say(Changes(1, 0, 0, 1, 5, 0), "store")
    first, second = capsys.readouterr().err.splitlines()
    assert "0 removed, 2 resumed, 1 unchanged, 5 passages" in first
    assert "resumed" not in second


@pytest.mark.parametrize("command", ["sync", "add"])
def test_a_store_that_a_first_run_is_building_is_waited_for(
    tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store opened before the index is whole does not find it afterwards."""
    monkeypatch.setattr(locking, "PATIENCE", 0.3)
    store, corpus = tmp_path / "store", documents(tmp_path / "corpus", "riga")
    store.mkdir()
    with locking.updating(store):
        held = run("index", command, corpus, "--store", store)
    assert held.exit_code == 3
    assert "is writing to the store" in held.stderr
    assert "1 added" in run("index", command, corpus, "--store", store).stderr


@pytest.mark.slow
def test_first_runs_at_once_all_find_the_index(tmp_path: Path) -> None:
    """One builds it; the others wait, and open it only when it is whole."""
    (tmp_path / "refs").mkdir()
    for number in range(40):
        (tmp_path / "refs" / f"{number}.txt").write_text(f"Dam {number}\n\nThe dam stands.\n")
    (tmp_path / "article.txt").write_text("The dam was built in 1957.")
    start = "from factcheck.cli.main import main; main()"
    check = ("claims", "article.txt", "--corpus", "refs", "--verifier", "none", "--brief")
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", start, *check],
            cwd=tmp_path,
            env=environment | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = [process.communicate(timeout=120)[1] for process in running]
    assert [process.returncode for process in running] == [0, 0], told
    assert sum("Indexing 40" in words for words in told) == 1
