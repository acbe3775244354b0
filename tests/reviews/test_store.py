"""The store keeps everything, whoever writes at the same time."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from factcheck.decisions import Decision, standings
from factcheck.errors import ReviewError
from factcheck.reviews.store import Store, stamp

_WRITE = """
import sys
from pathlib import Path
from factcheck.decisions import Decision
from factcheck.reviews.store import Store, stamp
path, name = Path(sys.argv[1]), sys.argv[2]
for number in range(40):
    with Store.open(path, create=True) as store:
        store.add([Decision(*stamp(), name, "article-1", f"claim-{number}", "accept", "refuted")])
"""


def decided(target: str = "claim-1", reviewer: str = "Ana", action: str = "accept") -> Decision:
    return Decision(*stamp(), reviewer, "article-1", target, action, "refuted")  # type: ignore[arg-type]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "reviews.sqlite"


def test_reads_back_what_was_added_in_order(path: Path) -> None:
    given = [decided("claim-1"), replace(decided("claim-2"), note="Warum? 🌊", article_id="b")]
    with Store.open(path, create=True) as store:
        assert store.add(given) == 2
    with Store.open(path) as store:
        assert store.decisions() == given
        assert store.decisions(["b"]) == given[1:]
        assert store.decisions([]) == []
        assert store.decisions([f"x{n}" for n in range(2000)] + ["b"]) == given[1:]


def test_the_same_decision_twice_is_one(path: Path) -> None:
    decision = decided()
    with Store.open(path, create=True) as store:
        assert store.add([decision]) == 1
        assert store.add([decision, decided()]) == 1
        assert len(store.decisions()) == 2


def test_all_or_none_are_added(path: Path) -> None:
    with Store.open(path, create=True) as store:
        with pytest.raises(ReviewError, match="reviewer"):
            store.add([decided(), replace(decided(), reviewer=" ")])
        assert store.decisions() == []


def test_nothing_is_changed_or_removed_even_by_hand(path: Path) -> None:
    with Store.open(path, create=True) as store:
        store.add([decided()])
    connection = sqlite3.connect(path)
    for statement in ("UPDATE decisions SET action = 'reject'", "DELETE FROM decisions"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            connection.execute(statement)
    connection.close()


def test_what_is_added_late_stands_where_its_time_puts_it(path: Path) -> None:
    mine = decided(action="reject")
    older = replace(decided(reviewer="Ben"), at="2020-01-01T00:00:00.000+00:00")
    with Store.open(path, create=True) as store:
        store.add([mine])
        point, _ = store.since("article-1", 0)
        store.add([older])
        assert store.decisions() == [older, mine]
        assert standings(store.decisions())["claim-1"].ruling == mine
        later, targets = store.since("article-1", point)
        assert (later > point, targets) == (True, ("claim-1",))
        assert store.since("article-1", later) == (later, ())
        assert store.since("article-2", 0) == (0, ())


def test_reading_waits_for_nobody_who_writes(path: Path) -> None:
    Store.open(path, create=True).close()
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with Store.open(path) as store:
        assert store.decisions() == []
    writer.execute("ROLLBACK")
    writer.close()


def test_undo_takes_back_the_latest_of_ones_own(path: Path) -> None:
    first, other, second = decided(), decided(reviewer="Ben"), decided(action="reject")
    with Store.open(path, create=True) as store:
        store.add([first, other, second])
        assert store.undo("Ana", ["article-1"]) == second
        assert store.undo("Ana", ["article-1"]) == first
        assert store.undo("Ana", ["article-1"]) is None
        assert store.undo("Ben", ["article-2"]) is None
        events = store.decisions()
    assert len(events) == 5
    assert standings(events)["claim-1"].ruling == other


def test_two_reviewers_at_once_lose_nothing(path: Path) -> None:
    """Two processes write forty decisions each, opening the store each time, both from nothing."""
    command = [sys.executable, "-c", _WRITE, str(path)]
    running = [subprocess.Popen([*command, name]) for name in ("Ana", "Ben")]
    assert [process.wait(60) for process in running] == [0, 0]
    with Store.open(path) as store:
        events = store.decisions()
    for name in ("Ana", "Ben"):
        assert [e.target for e in events if e.reviewer == name] == [f"claim-{n}" for n in range(40)]


def test_undoing_at_once_undoes_each_only_once(path: Path) -> None:
    with Store.open(path, create=True) as store:
        store.add([decided(f"claim-{number}") for number in range(20)])

    def undo(_: int) -> Decision | None:
        with Store.open(path) as own:
            return own.undo("Ana", ["article-1"])

    with ThreadPoolExecutor(4) as pool:
        undone = [decision.id for decision in pool.map(undo, range(20)) if decision]
    assert len(set(undone)) == 20


def test_what_is_no_store(path: Path, tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match="there is no store"):
        Store.open(path)
    path.write_text("not a database " * 100)
    with pytest.raises(ReviewError, match="cannot be used"):
        Store.open(path)
    foreign = tmp_path / "other.sqlite"
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE songs (title TEXT)")
    connection.close()
    with pytest.raises(ReviewError, match="something else"):
        Store.open(foreign)
    with pytest.raises(ReviewError, match="cannot be used") as problem:
        Store.open(tmp_path / "none" / "x.sqlite", create=True)
    assert problem.value.hint


def test_a_store_of_a_later_version_is_refused(path: Path) -> None:
    Store.open(path, create=True).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(ReviewError, match="later factcheck"):
        Store.open(path)
