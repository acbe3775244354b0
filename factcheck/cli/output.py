"""Where a report goes: standard output or a file, whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from factcheck.errors import UsageProblem


def require_writable(path: Path) -> None:
    """Find out before the work is done whether a report can be written to `path`.

    Raises:
        UsageProblem: the folder is missing or not writable, or the path is a folder.
    """
    folder = path.parent
    if path.is_dir():
        raise UsageProblem(f"{path} is a folder", hint=f"-o {path / 'report.html'}")
    if not folder.is_dir():
        raise UsageProblem(f"there is no folder {folder}", hint=f"mkdir -p {folder}")
    if not os.access(folder, os.W_OK):
        raise UsageProblem(f"{folder} is not writable", hint="-o with a path you may write to")


def write_file(path: Path, text: str) -> None:
    """Write `text` to `path`, so that a reader sees the old file or the new one, never a part.

    Raises:
        UsageProblem: it cannot be written; a file that was there is untouched.
    """
    try:
        with tempfile.NamedTemporaryFile(
            "w",
            dir=path.parent,
            prefix=f".{path.name}.",
            encoding="utf-8",
            newline="",
            delete=False,
        ) as file:
            file.write(_encodable(text))
        os.chmod(file.name, 0o666 & ~_umask())
        os.replace(file.name, path)
    except OSError as error:
        reason = error.strerror or error
        raise UsageProblem(f"{path} cannot be written: {reason}", hint="another -o") from error


def write_stdout(text: str) -> None:
    """Write `text` to standard output as UTF-8, whatever the locale."""
    sys.stdout.flush()
    sys.stdout.buffer.write(_encodable(text).encode("utf-8"))
    sys.stdout.buffer.flush()


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
