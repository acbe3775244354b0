"""The store of decisions: one SQLite file that only grows.

Several reviewers may use it at once, each from a process of their own: SQLite's write-ahead log
lets readers go on while one writes, and writers wait for one another. Triggers refuse to change or
remove what was decided. It must lie on a disk of this machine: the log needs shared memory, which
network file systems do not give.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, fields
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from factcheck.decisions import Decision, holding
from factcheck.errors import ReviewError

DEFAULT = Path("factcheck-reviews.sqlite")
"""Where decisions go when nothing else is said: in the working folder, in sight."""

_VERSION = 1
_APPLICATION = 0x46434B31  # 'FCK1', so that `file` and we know what it is
_WAIT = 30.0
_BATCH = 500
_COLUMNS = tuple(field.name for field in fields(Decision))
_INSERT = (
    f"INSERT INTO decisions ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))}) "
    "ON CONFLICT (id) DO NOTHING"
)
_SCHEMA = f"""
CREATE TABLE decisions (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    reviewer TEXT NOT NULL CHECK (trim(reviewer) <> ''),
    article_id TEXT NOT NULL,
    target TEXT NOT NULL,
    action TEXT NOT NULL,
    machine TEXT NOT NULL,
    answer TEXT,
    note TEXT NOT NULL,
    assignee TEXT,
    undoes TEXT REFERENCES decisions (id)
) STRICT;
CREATE INDEX decisions_by_article ON decisions (article_id, sequence);
CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER decisions_remain BEFORE DELETE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are never removed'); END;
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_VERSION};
"""


class Store:
    """An open store of decisions; use it in one thread at a time."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Self:
        """The store at `path`.

        Args:
            path: its file.
            create: whether to make it where it is missing.

        Raises:
            ReviewError: it is missing, something else, or of a later version.
        """
        if not create and not path.is_file():
            raise ReviewError(
                f"there is no store of decisions at {path}",
                hint=f"factcheck review REPORT.json --reviews {path}",
            )
        with _told(path):
            connection = sqlite3.connect(
                path, timeout=_WAIT, isolation_level=None, check_same_thread=False
            )
            try:
                _prepare(connection, path)
            except BaseException:
                connection.close()
                raise
        return cls(connection, path)

    def add(self, decisions: Iterable[Decision]) -> int:
        """Append decisions, all or none; those whose id is known already are passed over.

        Returns:
            How many were new.

        Raises:
            ReviewError: they could not be written.
        """
        with _told(self.path), self._transaction():
            before = self._connection.total_changes
            self._connection.executemany(_INSERT, map(astuple, decisions))
            return self._connection.total_changes - before

    def undo(self, reviewer: str, article_ids: Sequence[str]) -> Decision | None:
        """Undo the reviewer's latest decision on these articles that still holds.

        Returns:
            The decision that no longer holds; None where there was none.

        Raises:
            ReviewError: it could not be written.
        """
        with _told(self.path), self._transaction():
            held = holding(self._select(article_ids))
            own = [decision for decision in held if decision.reviewer == reviewer]
            if not own:
                return None
            undone = own[-1]
            undoing = Decision(
                *stamp(),
                reviewer,
                undone.article_id,
                undone.target,
                "undo",
                undone.machine,
                undoes=undone.id,
            )
            self._connection.execute(_INSERT, astuple(undoing))
            return undone

    def decisions(self, article_ids: Sequence[str] | None = None) -> list[Decision]:
        """Decisions in order of time, on these articles or on all.

        Raises:
            ReviewError: they cannot be read.
        """
        with _told(self.path):
            return self._select(article_ids)

    def since(self, article_id: str, sequence: int) -> tuple[int, tuple[str, ...]]:
        """What was appended about an article after a point that an earlier call gave.

        Args:
            article_id: the article.
            sequence: the point; 0 for the beginning.

        Returns:
            The point now, and the ids of the claims and flags that were decided on since.

        Raises:
            ReviewError: the store cannot be read.
        """
        query = (
            "SELECT sequence, target FROM decisions WHERE article_id = ? AND sequence > ? "
            "ORDER BY sequence"
        )
        with _told(self.path):
            rows = self._connection.execute(query, (article_id, sequence)).fetchall()
        last = rows[-1][0] if rows else sequence
        return last, tuple(dict.fromkeys(target for _, target in rows))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Use it in a `with` statement, which closes it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it, whatever happened."""
        self.close()

    def _select(self, article_ids: Sequence[str] | None) -> list[Decision]:
        """In order of time: what was imported may be older than what was there before it."""
        query = f"SELECT at, sequence, {', '.join(_COLUMNS)} FROM decisions"
        if article_ids is None:
            rows = self._connection.execute(query).fetchall()
        else:
            rows = [row for part in _batches(article_ids) for row in self._of(query, part)]
        return [Decision(*row[2:]) for row in sorted(rows, key=lambda row: row[:2])]

    def _of(self, query: str, article_ids: Sequence[str]) -> list[tuple[Any, ...]]:
        marks = ", ".join("?" * len(article_ids))
        where = f"{query} WHERE article_id IN ({marks})"
        return self._connection.execute(where, article_ids).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """A transaction that takes its turn at once, so that what it reads still holds."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")


def stamp() -> tuple[str, str]:
    """Id and time for a decision made now: the first two fields of `Decision`."""
    return uuid.uuid4().hex, datetime.now(UTC).isoformat(timespec="milliseconds")


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    if _is_empty(connection):
        _create(connection)
    _require_ours(connection, path)


def _create(connection: sqlite3.Connection) -> None:
    """Make the tables, unless another process was quicker."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _is_empty(connection):
            for statement in _statements(_SCHEMA):
                connection.execute(statement)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _is_empty(connection: sqlite3.Connection) -> bool:
    tables: int = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    return tables == 0


def _require_ours(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != _APPLICATION:
        raise ReviewError(
            f"{path} is a database of something else", hint="--reviews with another file"
        )
    if version > _VERSION:
        raise ReviewError(
            f"{path} was made by a later factcheck (form {version}; this reads {_VERSION})",
            hint="pip install --upgrade factcheck-assistant",
        )


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would end the transaction."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""


def _batches(items: Sequence[str]) -> Iterator[Sequence[str]]:
    """Parts small enough for SQLite's limit on parameters."""
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise ReviewError(
            f"the store of decisions {path} cannot be used: {error}",
            hint="--reviews with a file on a local disk that you may write to",
        ) from error
