"""From a path or standard input to text: size, kind, encoding."""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

from factcheck.articles.structure import parse_article
from factcheck.errors import ArticleError
from factcheck.records import Article
from factcheck.text.folding import without_unseen
from factcheck.text.kinds import document_kind, is_markup

MAX_BYTES = 2_000_000
"""Largest article read, in bytes: about 300,000 words, longer than any one article."""

STDIN = "-"

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_MOSTLY_ASCII = 0.8
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_article(path: str, *, date: str | None = None, language: str | None = None) -> Article:
    """The article at `path`, or on standard input where `path` is `-`.

    Args:
        path: a text or Markdown file, or `-`.
        date: the article's own date (ISO 8601), where the caller knows it better than the text.
        language: ISO 639-1 code that overrides recognition.

    Raises:
        ArticleError: it cannot be found or read, is empty, too large or not text.
    """
    data = _read_stdin() if path == STDIN else _read_file(Path(path))
    decoded, encoding = _reader(path)(data, path)
    text, unseen = without_unseen(decoded)
    article = parse_article(
        text, source=path, encoding=encoding, unseen=unseen, date=date, language=language
    )
    if not article.sentences:
        raise ArticleError(f"{_shown(path)} is empty", hint="factcheck claims ARTICLE.txt")
    return article


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text in `data` and the name of its encoding; line ends stay, a byte order mark goes.

    A byte order mark decides; else UTF-8 if it fits; else Windows-1252 where nearly all is ASCII
    (what the WHATWG takes for English pages); else what charset-normalizer finds likeliest.

    Raises:
        ArticleError: the bytes are not text, or the source of a web page or document.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = _decode_as(data, encoding, name)
            _refuse_other_kinds(text, name)
            return text, encoding
    # All that tells other kinds is ASCII, or bytes that Latin-1 shows one for one.
    _refuse_other_kinds(data.decode("latin-1"), name)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        encoding = _legacy_encoding(data)
        return _decode_as(data, encoding, name), encoding


# The seam for other formats: a suffix and what makes text of such a file's bytes.
_READERS: dict[str, Callable[[bytes, str], tuple[str, str]]] = {
    ".txt": decode,
    ".md": decode,
    ".markdown": decode,
}


def _reader(path: str) -> Callable[[bytes, str], tuple[str, str]]:
    return _READERS.get(Path(path).suffix.lower(), decode)


def _read_stdin() -> bytes:
    if sys.stdin is None:
        raise ArticleError("standard input is closed", hint="factcheck claims ARTICLE.txt")
    if sys.stdin.isatty():
        print("Reading the article from the terminal; end with Ctrl-D.", file=sys.stderr)
    try:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        raise ArticleError(
            f"standard input cannot be read: {error.strerror or error}",
            hint="factcheck claims ARTICLE.txt",
        ) from error
    return _within_limit(data, STDIN)


def _read_file(path: Path) -> bytes:
    try:
        if path.is_dir():
            files = f"{shlex.quote(str(path))}/*.txt"
            raise ArticleError(
                f"{path} is a folder, not an article",
                hint=f'for FILE in {files}; do factcheck claims "$FILE"; done',
            )
        with path.open("rb") as file:
            return _within_limit(file.read(MAX_BYTES + 1), str(path))
    except FileNotFoundError:
        raise ArticleError(
            f"there is no file {path}", hint=f"ls {shlex.quote(str(path.parent))}"
        ) from None
    except OSError as error:
        reason = error.strerror or error
        raise ArticleError(
            f"{path} cannot be read: {reason}", hint=f"ls -l {shlex.quote(str(path))}"
        ) from error
    except ValueError as error:
        raise ArticleError(f"{path!r} is no path: {error}") from error


def _within_limit(data: bytes, name: str) -> bytes:
    if len(data) > MAX_BYTES:
        raise ArticleError(
            f"{_shown(name)} is larger than {MAX_BYTES // 1_000_000} MB, which no one article is",
            hint=f"split -C 500k {shlex.quote(name)} part- && factcheck claims part-aa",
        )
    return data


def _refuse_other_kinds(text: str, name: str) -> None:
    if document := document_kind(text, name if name != STDIN else "FILE"):
        kind, command = document
        hint = f"{command} | factcheck claims -"
        raise ArticleError(f"{_shown(name)} is {kind}, not plain text", hint=hint)
    if is_markup(text):
        raise ArticleError(
            f"{_shown(name)} is a web page's source, not its text",
            hint="save the article's text, or: trafilatura < PAGE.html | factcheck claims -",
        )
    if _is_json(text):
        raise ArticleError(
            f"{_shown(name)} is JSON, not an article's text",
            hint="jq -r .text FILE.json | factcheck claims -; for a saved report: "
            "factcheck export REPORT.json -f html",
        )
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if "\0" in text or controls > len(text) / 50:
        raise ArticleError(
            f"{_shown(name)} is binary, not text", hint="factcheck claims ARTICLE.txt"
        )


def _is_json(text: str) -> bool:
    """Whether it opens with an object, or with a list of them, whatever follows (JSON Lines)."""
    opening = text.lstrip()
    if not opening.startswith(("{", "[")):
        return False
    try:
        value, _ = json.JSONDecoder().raw_decode(opening)
    except (ValueError, RecursionError):
        return False
    return bool(value) and isinstance(value if isinstance(value, dict) else value[0], dict)


def _legacy_encoding(data: bytes) -> str:
    if sum(byte < 0x80 for byte in data) >= _MOSTLY_ASCII * len(data):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return best.encoding if best else "cp1252"


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        plain_name = encoding.removesuffix("-sig")
        raise ArticleError(
            f"{_shown(name)} is not valid {plain_name} text (byte {error.start})",
            hint=f"iconv -c -f {plain_name} -t utf-8 {name} | factcheck claims -",
        ) from error


def _shown(name: str) -> str:
    return "standard input" if name == STDIN else name
