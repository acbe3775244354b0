"""What this machine has worked out, kept in a file between runs.

The same model reads the same words the same way, so parses of reference passages and answers of the
verifier need not be made twice. All of it can be made again: whatever is amiss with the file costs
time, never a run. (The cache of a chat model's answers, which cost money, is stricter.)
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

_WAIT = 2.0
"""Seconds to wait for another process that writes, before going on without."""
_ERRORS = (OSError, sqlite3.Error)


class Kept:
    """One kind of result by key, the oldest forgotten; for threads and processes side by side."""

    def __init__(self, path: Path, kind: str, most: int) -> None:
        """Name the file; it is made when something is first looked for or kept.

        Args:
            path: an sqlite file, which other kinds may share.
            kind: name of the table, an identifier.
            most: how many results are kept.
        """
        self._path, self._kind, self._most = path, kind, most

    def read(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """What is kept under those of the keys that have something."""
        found: dict[bytes, bytes] = {}
        with contextlib.suppress(*_ERRORS), self._opened() as database:
            for key in keys:
                rows = database.execute(f"SELECT value FROM {self._kind} WHERE key = ?", (key,))
                found.update((key, value) for (value,) in rows if isinstance(value, bytes))
        return found

    def write(self, values: Mapping[bytes, bytes]) -> None:
        """Keep these as well, in place of what was kept under their keys."""
        if not values:
            return
        with contextlib.suppress(*_ERRORS), self._opened() as database, database:
            database.executemany(
                f"INSERT OR REPLACE INTO {self._kind} (key, value) VALUES (?, ?)", values.items()
            )
            database.execute(
                f"DELETE FROM {self._kind} WHERE number <= "
                f"(SELECT number FROM {self._kind} ORDER BY number DESC LIMIT 1 OFFSET ?)",
                (self._most,),
            )

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with _connected(self._path) as database:
            database.execute(
                f"CREATE TABLE IF NOT EXISTS {self._kind} "
                "(number INTEGER PRIMARY KEY, key BLOB UNIQUE, value BLOB)"
            )
            yield database


def problem_with(path: Path) -> str:
    """Why nothing can be kept in the file; empty where it can."""
    try:
        with _connected(path) as database, database:
            database.execute("BEGIN IMMEDIATE")
            database.execute("SELECT count(*) FROM sqlite_master")
    except _ERRORS as error:
        return str(error)
    return ""


def _connected(path: Path) -> contextlib.closing[sqlite3.Connection]:
    path.parent.mkdir(parents=True, exist_ok=True)
    # It tells what references somebody has.
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    return contextlib.closing(sqlite3.connect(path, timeout=_WAIT))


def key_of(*parts: str) -> bytes:
    """One key for all that a result follows from."""
    text = json.dumps(parts, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
