"""Where a report goes: standard output, a file (whole or not at all), a pipe or a device."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path

from factcheck.errors import UsageProblem

_STDOUT = "> FILE, or -o FILE where the command takes it"
_ELSEWHERE = "-o with a path you may write to"


def require_writable(path: Path) -> None:
    """Find out before the work is done whether a report can be written to `path`.

    Raises:
        UsageProblem: the folder is missing or not writable, or the path is a folder, or a pipe or
            device that is not writable.
    """
    if path.is_dir():
        raise UsageProblem(f"{path} is a folder", hint=f"-o {path / 'report.html'}")
    if _is_special(path):
        if not os.access(path, os.W_OK):
            raise UsageProblem(f"{path} is not writable", hint=_ELSEWHERE)
        return
    folder = _target(path).parent
    if not folder.is_dir():
        raise UsageProblem(f"there is no folder {folder}", hint=f"mkdir -p {folder}")
    if not os.access(folder, os.W_OK):
        raise UsageProblem(f"{folder} is not writable", hint=_ELSEWHERE)


def write_file(path: Path, text: str) -> None:
    """Write `text` to `path`, so that a reader sees the old file or the new one, never a part.

    A symbolic link stays one, and a file keeps its mode. A pipe or a device is written to.

    Raises:
        UsageProblem: it cannot be written; a file that was there is untouched.
        BrokenPipeError: the reader of the pipe went away.
    """
    try:
        if _is_special(path):
            path.write_text(_encodable(text), "utf-8", newline="")
        else:
            _replace(_target(path), text)
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or error
        raise UsageProblem(f"{path} cannot be written: {reason}", hint="another -o") from error


def write_stdout(text: str) -> None:
    """Write `text` to standard output as UTF-8, whatever the locale.

    Raises:
        UsageProblem: there is no standard output, or it takes no more.
        BrokenPipeError: its reader went away.
    """
    if sys.stdout is None:
        raise UsageProblem("standard output is closed", hint=_STDOUT)
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(_encodable(text).encode("utf-8"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        drop_stdout()
        reason = error.strerror or error
        raise UsageProblem(f"standard output cannot be written: {reason}", hint=_STDOUT) from error


def drop_stdout() -> None:
    """Let what waits for standard output go nowhere, so that Python ends without a complaint."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _is_special(path: Path) -> bool:
    """Whether something is there that is no regular file, and so cannot be replaced by one."""
    return path.exists() and not path.is_file()


def _target(path: Path) -> Path:
    """The file itself, where links lead to it."""
    return Path(os.path.realpath(path))


def _replace(path: Path, text: str) -> None:
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask()
    with tempfile.NamedTemporaryFile(
        "w",
        dir=path.parent,
        prefix=f".{path.name}.",
        encoding="utf-8",
        newline="",
        delete=False,
    ) as file:
        file.write(_encodable(text))
    os.chmod(file.name, mode)
    os.replace(file.name, path)


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
