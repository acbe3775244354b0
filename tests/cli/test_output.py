"""Where a report goes: files whole and with their mode, links followed, pipes and devices kept."""

from __future__ import annotations

import errno
import os
import socket
import stat
import threading
from pathlib import Path

import pytest

from factcheck.cli.output import require_writable, write_file
from factcheck.errors import FactcheckError, UsageProblem


def written(path: Path, text: str = "new é\n") -> None:
    require_writable(path)
    write_file(path, text)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_has_the_usual_mode_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    new, old = tmp_path / "new.html", tmp_path / "old.html"
    old.write_text("old")
    old.chmod(0o600)
    (usual := tmp_path / "usual").touch()
    for path in (new, old):
        written(path)
        assert path.read_text("utf-8") == "new é\n"
    assert (mode(new), mode(old)) == (mode(usual), 0o600)


def test_a_link_is_followed_also_to_what_is_not_there_yet(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link, target = tmp_path / "report.html", folder / "real.html"
    link.symlink_to(target)
    for text in ("first", "second"):
        written(link, text)
        assert link.is_symlink()
        assert target.read_text() == text
    assert list(folder.iterdir()) == [target]


def test_a_named_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text("utf-8")), daemon=True)
    reader.start()
    written(pipe)
    reader.join(10)
    assert read == ["new é\n"]
    assert pipe.is_fifo()


def test_a_pipe_that_the_shell_opened_is_written_to() -> None:
    reading, writing = os.pipe()
    written(Path(f"/dev/fd/{writing}"))
    os.close(writing)
    with open(reading, encoding="utf-8") as file:
        assert file.read() == "new é\n"


def test_a_pipe_whose_reader_went_away_is_no_wrong_usage() -> None:
    reading, writing = os.pipe()

    def look_and_leave() -> None:
        os.read(reading, 1)
        os.close(reading)

    threading.Thread(target=look_and_leave, daemon=True).start()
    with pytest.raises(BrokenPipeError):
        written(Path(f"/dev/fd/{writing}"), "x" * 1_000_000)
    os.close(writing)


def test_a_device_is_written_to_also_through_a_link(tmp_path: Path) -> None:
    reading, writing = os.openpty()  # in a folder where nothing can be replaced, should this fail
    link = tmp_path / "terminal"
    link.symlink_to(os.ttyname(writing))
    written(link)
    assert os.read(reading, 100).decode() == "new é\r\n"
    assert link.is_symlink()
    assert link.is_char_device()
    os.close(writing)
    os.close(reading)


def test_what_takes_nothing_is_told_and_stays(tmp_path: Path) -> None:
    place = str(tmp_path / "socket")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(place)
        with pytest.raises(UsageProblem, match="socket cannot be written"):
            written(Path(place))
        assert Path(place).is_socket()


def test_nothing_is_left_behind_where_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "report.html"
    old.write_text("old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(FactcheckError, match=r"report\.html cannot be written: No space") as told:
        written(old)
    assert told.value.exit_code == 3
    assert [(path, path.read_text()) for path in tmp_path.iterdir()] == [(old, "old")]


def test_a_report_never_takes_the_place_of_what_it_is_made_from(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Words.")
    link = tmp_path / "link.txt"
    link.symlink_to(article)
    for output in (article, link):
        with pytest.raises(UsageProblem, match="would take the place of") as caught:
            require_writable(output, str(article))
        assert caught.value.hint
    require_writable(tmp_path / "report.html", str(article))
    require_writable(article)


def test_what_cannot_be_written_is_found_out_before(tmp_path: Path) -> None:
    dangling = tmp_path / "dangling.html"
    dangling.symlink_to(tmp_path / "gone" / "report.html")
    with pytest.raises(UsageProblem, match=r"there is no folder .*gone"):
        require_writable(dangling)
    with pytest.raises(UsageProblem, match="is a folder"):
        require_writable(tmp_path)
