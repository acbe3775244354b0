"""Standard error that takes everything: what finds no room there, or no reader, is lost.

Talk is not the result. Where it could not be written, Python would end with 1, which says that
`--fail-on` matched.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Lossy(io.FileIO):
    """A file whose writes always succeed: from the first that fails on, they go nowhere."""

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
            return memoryview(data).nbytes


@contextlib.contextmanager
def lossy_stderr() -> Iterator[None]:
    """Let standard error be lossy for as long as the block lasts, if it is the process's own."""
    own = sys.__stderr__
    if own is None or sys.stderr is not own:
        yield
        return
    sys.stderr = io.TextIOWrapper(
        io.BufferedWriter(_Lossy(own.fileno(), "w", closefd=False)),
        encoding=own.encoding,
        errors=own.errors,
        line_buffering=True,
    )
    try:
        yield
    finally:
        sys.stderr.flush()
        sys.stderr = own
