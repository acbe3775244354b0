"""One writer at a time: a lock file that names its process and is not left behind for ever."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factcheck.errors import StoreError

_NAME = "writing.lock"


@contextmanager
def writing(folder: Path | None) -> Iterator[None]:
    """Hold the store in `folder` for writing; None (a server's store) needs no lock of ours.

    Raises:
        StoreError: another process that is still alive is writing to it.
    """
    if folder is None:
        yield
        return
    lock = folder / _NAME
    _take(lock)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _take(lock: Path) -> None:
    for _ in range(2):
        try:
            with lock.open("x", encoding="ascii") as file:
                file.write(str(os.getpid()))
        except FileExistsError:
            holder = _holder(lock)
            if holder:
                raise StoreError(
                    f"process {holder} is writing to the store in {lock.parent}",
                    hint="wait until it is done, then run the same command again",
                ) from None
            lock.unlink(missing_ok=True)
        else:
            return
    raise StoreError(
        f"the lock {lock} cannot be taken", hint="wait a moment, then run the same command again"
    )


def _holder(lock: Path) -> int | None:
    """The process that holds the lock, if it is alive; a dead one's lock holds nothing."""
    try:
        pid = int(lock.read_text("ascii"))
        os.kill(pid, 0)
    except PermissionError:
        return pid
    except (OSError, ValueError):
        return None
    return pid
