"""What is kept is found again; whatever is amiss with the file, nothing is raised and none lost."""

from __future__ import annotations

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from factcheck import keeping
from factcheck.keeping import Kept, key_of, problem_with


def test_what_is_kept_is_found_by_another(tmp_path: Path) -> None:
    path = tmp_path / "new" / "kept.sqlite3"
    assert Kept(path, "answers", 9).read([b"a"]) == {}
    Kept(path, "answers", 9).write({b"a": b"1", b"b": b"\x00\xff"})
    assert Kept(path, "answers", 9).read([b"a", b"b", b"c"]) == {b"a": b"1", b"b": b"\x00\xff"}
    assert Kept(path, "parses", 9).read([b"a"]) == {}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert problem_with(path) == ""


def test_the_oldest_are_forgotten(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "kept", "answers", 3)
    for number in range(5):
        kept.write({b"%d" % number: b"x"})
        kept.write({b"%d" % number: b"x"})
    assert sorted(kept.read([b"0", b"1", b"2", b"3", b"4"])) == [b"2", b"3", b"4"]


def test_threads_side_by_side(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "kept", "answers", 1000)
    keys = [b"%d" % number for number in range(80)]
    with ThreadPoolExecutor(8) as workers:
        list(workers.map(lambda key: kept.write({key: key}), keys))
    assert kept.read(keys) == {key: key for key in keys}


@pytest.mark.parametrize("content", [b"An editor's notes.\n" * 90, b"SQLite format 3\x00" * 90])
def test_a_file_of_another_kind_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    kept = Kept(path, "answers", 9)
    kept.write({b"a": b"1"})
    assert kept.read([b"a"]) == {}
    assert path.read_bytes() == content
    assert problem_with(path)


def test_a_place_where_no_file_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file" / "kept", tmp_path, tmp_path / ("n" * 300)):
        kept = Kept(path, "answers", 9)
        kept.write({b"a": b"1"})
        assert kept.read([b"a"]) == {}
        assert problem_with(path)


def test_a_table_of_another_form(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE answers (word TEXT)")
    database.close()
    kept = Kept(path, "answers", 9)
    kept.write({b"a": b"1"})
    assert kept.read([b"a"]) == {}


def test_a_file_that_another_process_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_WAIT", 0.01)
    path = tmp_path / "kept"
    kept = Kept(path, "answers", 9)
    kept.write({b"a": b"1"})
    holder = sqlite3.connect(path)
    holder.execute("BEGIN EXCLUSIVE")
    kept.write({b"b": b"2"})
    assert kept.read([b"a"]) == {}
    assert "locked" in problem_with(path)
    holder.close()
    assert kept.read([b"a", b"b"]) == {b"a": b"1"}


def test_keys_tell_parts_apart() -> None:
    keys = {key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of("ab", "c", "")}
    assert len(keys) == 4
    assert key_of("\ud800") != key_of("?")
