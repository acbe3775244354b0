"""One writer at a time: a lock that the system itself lets go of when its process ends."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from factcheck.errors import StoreError

PATIENCE = 120.0
"""Seconds to wait for another writer while nothing in the store changes. Each batch of passages
that it stores is a change; with the shipped embedder one takes a few seconds."""
_WRITING, _OPENING, _UPDATING = "writing.lock", "opening.lock", "updating.lock"
_SOON = 2.0
"""Seconds that are waited without a word."""
_PAUSE = 0.1


@contextlib.contextmanager
def writing(folder: Path | None, patience: float | None = None) -> Iterator[None]:
    """Hold the store in `folder` for writing; None (a server's store) needs no lock of ours.

    The lock file stays behind and means nothing by itself: what counts is the system's lock on
    it, which a killed process loses too.

    Raises:
        StoreError: another process held it, and nothing in it changed for `patience` seconds.
    """
    if folder is None:
        yield
        return
    with _locked_file(folder / _WRITING, PATIENCE if patience is None else patience):
        yield


@contextlib.contextmanager
def opening(folder: Path) -> Iterator[None]:
    """Hold the store in `folder` while its database is opened, and made where there is none.

    Two that make it at once fail with each other's tables. It is a lock of its own, so that readers
    need not wait for a writer.

    Raises:
        StoreError: another process held it, and nothing in it changed for `PATIENCE` seconds.
    """
    with _locked_file(folder / _OPENING, PATIENCE):
        yield


@contextlib.contextmanager
def updating(folder: Path) -> Iterator[None]:
    """Hold the store in `folder` from before it is opened until it is brought up to date.

    A database that was opened before another process built the index does not find it afterwards.

    Raises:
        StoreError: another process held it, and nothing in it changed for `PATIENCE` seconds.
    """
    with _locked_file(folder / _UPDATING, PATIENCE):
        yield


@contextlib.contextmanager
def _locked_file(path: Path, patience: float) -> Iterator[None]:
    with path.open("a+", encoding="ascii") as file:
        _wait_for(file, patience)
        try:
            yield
        finally:
            file.truncate(0)


def _wait_for(file: IO[str], patience: float) -> None:
    """Get the lock; a holder that is alive and at work may take as long as it needs."""
    folder = Path(file.name).parent
    seen: object = None
    began, deadline, said = time.monotonic(), 0.0, False
    while not _locked(file):
        if not said and time.monotonic() - began >= min(_SOON, patience / 2):
            _say(f"Waiting for {_holder(file)}, which is writing to the same store …")
            said = True
        now = _state(folder)
        if now != seen:
            seen, deadline = now, time.monotonic() + patience
        elif time.monotonic() >= deadline:
            raise StoreError(
                f"{_holder(file)} is writing to the store in {folder}, but nothing in it has "
                f"changed for {patience:g} seconds",
                hint="wait until it is done or end it, then run the same command again",
            )
        time.sleep(_PAUSE)
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()


def _holder(file: IO[str]) -> str:
    file.seek(0)
    number = file.read(20).strip()
    return f"process {number}" if number.isdecimal() else "another process"


def _state(folder: Path) -> frozenset[tuple[str, int, int]]:
    """What changes whenever a file of the store is written."""
    found = set()
    for place in folder.rglob("*"):
        with contextlib.suppress(OSError):  # the writer may have removed it since
            told = place.stat()
            found.add((str(place), told.st_size, told.st_mtime_ns))
    return frozenset(found)


def _say(words: str) -> None:
    if sys.stderr is not None:
        print(words, file=sys.stderr, flush=True)


if sys.platform == "win32":
    import msvcrt

    def _locked(file: IO[str]) -> bool:
        file.seek(1_000)  # beyond the number, which others read while it is locked
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
