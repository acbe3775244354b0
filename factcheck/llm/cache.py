"""Answers kept in one sqlite file, as JSON, so that asking the same again costs nothing."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import threading
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from factcheck.errors import ModelError

_SCHEMA = "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL)"
_WAIT = 30.0
"""Seconds to wait for another process that writes."""


def cache_key(parts: Mapping[str, Any]) -> str:
    """One key for all that decides an answer: model, settings, prompt digest, input."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Cache:
    """Answers by key; safe for many threads and several processes at once."""

    def __init__(self, path: Path | None) -> None:
        """Open or make the file.

        Args:
            path: the file; None keeps answers for this process only.

        Raises:
            ModelError: it cannot be opened, or is no cache.
        """
        self.path = path
        self._lock = threading.Lock()
        try:
            if path:
                path.parent.mkdir(parents=True, exist_ok=True)
                # It holds what models said about unpublished articles.
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            self._database = sqlite3.connect(
                path or ":memory:", timeout=_WAIT, check_same_thread=False, isolation_level=None
            )
            weakref.finalize(self, self._database.close)
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise self._broken(error) from error

    def get(self, key: str) -> dict[str, Any] | None:
        """The answer kept under `key`; None where there is none.

        Raises:
            ModelError: the file cannot be read.
        """
        try:
            with self._lock:
                row = self._database.execute(
                    "SELECT answer FROM answers WHERE key = ?", (key,)
                ).fetchone()
            found: dict[str, Any] | None = json.loads(row[0]) if row else None
        except (sqlite3.Error, ValueError) as error:
            raise self._broken(error) from error
        return found

    def put(self, key: str, answer: Mapping[str, Any]) -> None:
        """Keep an answer; it is on disk when this returns.

        Raises:
            ModelError: the file cannot be written.
        """
        try:
            with self._lock:
                self._database.execute(
                    "INSERT OR REPLACE INTO answers VALUES (?, ?)",
                    (key, json.dumps(answer, ensure_ascii=True)),
                )
        except sqlite3.Error as error:
            raise self._broken(error) from error

    def _broken(self, error: Exception) -> ModelError:
        return ModelError(
            f"the cache of the model's answers, {self.path}, cannot be used: {error}",
            hint="FACTCHECK_LLM_CACHE=FILE with one of its own, or none; or, if factcheck made it, "
            f"rm {self.path}",
        )
