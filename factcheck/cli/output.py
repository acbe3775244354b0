"""Where a report goes: standard output, a file (whole or not at all), a pipe or a device."""

from __future__ import annotations

import contextlib
import errno
import os
import shlex
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from factcheck.errors import FactcheckError, UsageProblem

_STDOUT = "> FILE, or -o FILE where the command takes it"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_ELSEWHERE = "-o with a path you may write to"


def require_writable(path: Path, source: str | Path | None = None) -> None:
    """Find out before the work is done whether a report can be written to `path`.

    Args:
        path: where it goes.
        source: the file that it is made from, which it must not take the place of.

    Raises:
        UsageProblem: the folder is missing or not writable, or the path is a folder, or a pipe or
            device that is not writable, or the source itself.
    """
    if source is not None and _target(path) == _target(Path(source)) and path.is_file():
        raise UsageProblem(
            f"the report would take the place of {source}, which it is made from",
            hint=f"-o {shlex.quote(str(path.with_name(path.stem + '-report.html')))}",
        )
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
        FactcheckError: no space is left for it; a file that was there is untouched.
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
        raise _unwritable(str(path), error, "another -o") from error


def write_stdout(text: str) -> None:
    """Write `text` to standard output as UTF-8, whatever the locale.

    Raises:
        UsageProblem: there is no standard output, or it cannot be written.
        FactcheckError: no space is left for it.
        BrokenPipeError: its reader went away.
    """
    require_stdout()
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(_encodable(text).encode("utf-8"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        drop_stdout()
        raise _unwritable("standard output", error, _STDOUT) from error


def require_stdout() -> None:
    """Find out whether there is a standard output.

    Raises:
        UsageProblem: there is none (`>&-`).
    """
    if sys.stdout is None:
        raise UsageProblem("standard output is closed", hint=_STDOUT)


def drop_stdout() -> None:
    """Let what waits for standard output go nowhere, so that Python ends without a complaint."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextlib.contextmanager
def reader_may_leave() -> Iterator[None]:
    """A reader who goes away (`| head -1`) ends the writing, and not what comes after it."""
    try:
        yield
    except BrokenPipeError:
        drop_stdout()


def is_full(error: BaseException) -> bool:
    """Whether something could not be written because no space is left for it."""
    return isinstance(error, OSError) and error.errno in _FULL


def _unwritable(what: str, error: OSError, hint: str) -> FactcheckError:
    """The complaint about a place that takes nothing: wrong usage, unless it is only full."""
    kind = FactcheckError if is_full(error) else UsageProblem
    return kind(f"{what} cannot be written: {error.strerror or error}", hint=hint)


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
        written = Path(file.name)
        try:
            file.write(_encodable(text))
            file.close()
            written.chmod(mode)
            written.replace(path)
        except BaseException:
            written.unlink(missing_ok=True)
            raise


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
