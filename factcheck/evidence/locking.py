"""One writer at a time: a lock that the system itself lets go of when its process ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from factcheck.errors import StoreError

PATIENCE = 20.0
"""Seconds to wait for another writer: a first build of the shipped corpus takes less."""
_NAME = "writing.lock"
_PAUSE = 0.1


@contextmanager
def writing(folder: Path | None, patience: float | None = None) -> Iterator[None]:
    """Hold the store in `folder` for writing; None (a server's store) needs no lock of ours.

    The lock file stays behind and means nothing by itself: what counts is the system's lock on
    it, which a killed process loses too.

    Raises:
        StoreError: another process was still writing to it after `patience` seconds.
    """
    if folder is None:
        yield
        return
    with (folder / _NAME).open("a+", encoding="ascii") as file:
        _wait_for(file, PATIENCE if patience is None else patience)
        try:
            yield
        finally:
            file.truncate(0)


def _wait_for(file: IO[str], patience: float) -> None:
    deadline = time.monotonic() + patience
    while not _locked(file):
        if time.monotonic() >= deadline:
            file.seek(0)
            holder = file.read(20).strip()
            raise StoreError(
                f"{f'process {holder}' if holder else 'another process'} is writing to the store "
                f"in {Path(file.name).parent}",
                hint="wait until it is done, then run the same command again",
            )
        time.sleep(_PAUSE)
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()


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
