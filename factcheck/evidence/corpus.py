"""Reference documents as they lie in a folder, with or without a manifest."""

from __future__ import annotations

import codecs
import hashlib
import json
import os
import shlex
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from factcheck.errors import CorpusError, editing
from factcheck.evidence.headers import header_of, is_date
from factcheck.text.folding import without_unseen
from factcheck.text.kinds import document_kind, is_markup

MANIFEST = "manifest.jsonl"
SUFFIXES = frozenset({".txt", ".md", ".markdown"})
_CONVERTERS = {
    ".pdf": "pdftotext FILE.pdf",
    ".docx": "pandoc FILE.docx -t plain -o FILE.txt",
    ".html": "trafilatura < FILE.html > FILE.txt",
    ".htm": "trafilatura < FILE.htm > FILE.txt",
}
"""How to make text of what is often put among texts, by suffix."""
MAX_BYTES = 5_000_000
"""Largest reference document, in bytes."""

_REQUIRED = ("id", "path", "title")
_OPTIONAL = ("publisher", "record", "date", "topic", "url")
_LONGEST_TITLE = 200
"""Letters of a first line that can be a title; else the file's name is."""


@dataclass(frozen=True)
class Document:
    """A reference document with what is known of its origin."""

    id: str
    """Name by which reports and the store know it."""
    text: str
    """Its text, exactly as read; passages are slices of it."""
    title: str
    """Its title."""
    publisher: str = ""
    """Who stands behind it."""
    record: str = ""
    """The record that its facts rest on."""
    date: str | None = None
    """ISO 8601 date by which all its facts were public; None where unknown."""
    topic: str = ""
    """What it is about, in a word or two."""
    url: str | None = None
    """Where it, or its record, can be read."""

    @cached_property
    def digest(self) -> str:
        """SHA-256, in hex, of the text and all metadata."""
        fields = (self.id, self.text, self.title, self.publisher, self.record)
        whole = json.dumps([*fields, self.date, self.topic, self.url])
        return hashlib.sha256(whole.encode()).hexdigest()


def read_corpus(path: Path) -> tuple[Document, ...]:
    """The documents at `path`, by id: a folder with a manifest, one without, or a single file.

    Without a manifest a document's id is its path without suffix, its title the first line unless
    that is a sentence, and a second line `Source: NAME, YYYY-MM-DD` gives publisher and date, or
    front matter does (`factcheck.evidence.headers`). Hidden files and folders are left out. What
    is left out or not understood is named on stderr.

    Raises:
        CorpusError: nothing is there, or a document or a line of the manifest cannot be used.
    """
    try:
        return _read_all(path)
    except OSError as error:
        reason = error.strerror or error
        raise CorpusError(f"{path} cannot be read: {reason}", hint=f"ls -ld {path}") from error


def read_corpora(paths: Iterable[Path]) -> tuple[Document, ...]:
    """The documents at all of these paths, in order; one that is met twice is there once.

    Raises:
        CorpusError: one of them cannot be read, or two different documents have the same id.
    """
    found: dict[str, tuple[Path, Document]] = {}
    for path in paths:
        for document in read_corpus(path):
            earlier, known = found.setdefault(document.id, (path, document))
            if known.digest != document.digest:
                raise CorpusError(
                    f"{earlier} and {path} both have a document with the id {document.id!r}",
                    hint="rename one of them, or add a folder that holds both",
                )
    return tuple(document for _, document in found.values())


def _read_all(path: Path) -> tuple[Document, ...]:
    if path.is_file():
        return (_plain(path, path.stem),)
    if not path.is_dir():
        raise CorpusError(f"there are no reference documents at {path}", hint=f"ls {path.parent}")
    documents = tuple(sorted(_of_folder(path), key=lambda document: document.id))
    if not documents and (path / MANIFEST).is_file():
        raise CorpusError(
            f"{path / MANIFEST} lists no documents, and only what a manifest lists is read",
            hint=f"rm {shlex.quote(str(path / MANIFEST))}",
        )
    if not documents:
        endings = ", ".join(sorted(SUFFIXES))
        raise CorpusError(f"{path} holds no documents ({endings})", hint=f"ls {path}")
    return documents


def corpus_digest(documents: Iterable[Document]) -> str:
    """SHA-256, in hex, of what the documents are, whatever their order."""
    return digest_of((document.id, document.digest) for document in documents)


def digest_of(parts: Iterable[tuple[str, str]]) -> str:
    """SHA-256, in hex, over (id, digest) pairs, whatever their order."""
    lines = "".join(f"{name}\t{digest}\n" for name, digest in sorted(parts))
    return hashlib.sha256(lines.encode()).hexdigest()


def _of_folder(folder: Path) -> Iterator[Document]:
    manifest = folder / MANIFEST
    if manifest.is_file():
        yield from _listed(folder, manifest)
        return
    seen: dict[str, Path] = {}
    left_out: Counter[str] = Counter()
    for path in sorted(_files(folder)):
        within = path.relative_to(folder)
        if any(part.startswith(".") for part in within.parts):
            continue
        if path.suffix.lower() not in SUFFIXES:
            kind = path.suffix.lower()
            left_out[kind if kind[1:].isalnum() else ""] += 1
            continue
        name = within.with_suffix("").as_posix()
        if name in seen:
            raise CorpusError(
                f"{path} and {seen[name]} would have the same id {name!r}",
                hint=f"mv {path} {path.with_stem(path.stem + '-2')}",
            )
        seen[name] = path
        yield _plain(path, name)
    if left_out:
        _warn(_left_out(folder, left_out))


def _left_out(folder: Path, kinds: Counter[str]) -> str:
    """What of a folder is no text, and the command that makes text of the first such kind."""
    counted = ", ".join(
        f"{count} {kind or 'without a plain suffix'}" for kind, count in kinds.items()
    )
    known = [command for kind, command in _CONVERTERS.items() if kind in kinds]
    advice = f"; to make text of one: {' or '.join(known)}" if known else ""
    return f"files in {folder} that are no texts were left out ({counted}){advice}"


def _files(folder: Path) -> Iterator[Path]:
    """Every file below the folder, links to nowhere included: what cannot be read is not absent."""

    def unreadable(error: OSError) -> None:
        hint = f"ls -ld {shlex.quote(str(error.filename))}"
        raise CorpusError(f"{error.filename} cannot be read: {error.strerror}", hint=hint)

    seen: set[str] = set()
    for parent, folders, names in os.walk(folder, onerror=unreadable, followlinks=True):
        place = os.path.realpath(parent)
        if place in seen:  # links in a ring
            folders.clear()
            continue
        seen.add(place)
        folders.sort()
        yield from (Path(parent, name) for name in names)


def _listed(folder: Path, manifest: Path) -> Iterator[Document]:
    seen: dict[str, int] = {}
    # not splitlines(): JSON may hold U+2028 and its like as they are
    for number, line in enumerate(_read(manifest).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{manifest}, line {number}"
        row = _row(line, where)
        if row["id"] in seen:
            raise _bad(where, f"the id {row['id']!r} stands in line {seen[row['id']]} already")
        seen[row["id"]] = number
        path = folder / row["path"]
        if not _is_within(path, folder, where):
            raise _bad(where, f"the path {row['path']!r} leads out of the folder")
        known = {name: row[name] for name in _OPTIONAL if row.get(name) is not None}
        yield Document(row["id"], _prose(path, where), row["title"], **known)


def _is_within(path: Path, folder: Path, where: str) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError) as error:  # links in a ring, a zero byte
        raise _bad(where, f"the path cannot be followed ({error})") from error


def _row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _bad(where, f"no JSON ({error})") from error
    if not isinstance(row, dict):
        raise _bad(where, "not an object")
    for name in _REQUIRED:
        if not isinstance(row.get(name), str) or not row[name].strip():
            raise _bad(where, f"the field {name!r} is missing or empty")
    for name in _OPTIONAL:
        if not isinstance(row.get(name), str | None):
            raise _bad(where, f"the field {name!r} is not text")
    for name in (*_REQUIRED, *_OPTIONAL):
        if not _is_encodable(row.get(name) or ""):
            raise _bad(where, f"the field {name!r} holds half a surrogate pair")
    if unknown := sorted(row.keys() - {*_REQUIRED, *_OPTIONAL}):
        _warn(f"{where}: the fields {', '.join(map(repr, unknown))} are not known and not used")
    if row.get("date") is not None and not is_date(row["date"]):
        raise _bad(where, f"the field 'date' is {row['date']!r}, not YYYY-MM-DD")
    return row


def _plain(path: Path, name: str) -> Document:
    text = _prose(path)
    header = header_of(text)
    for line in header.misread:
        _warn(f"{path}: the line {line!r} looks like a source or a date and was not understood")
    first = header.first.lstrip("# ") if _is_title(header.first) else ""
    title = header.title or first or name
    return Document(name, text, title, publisher=header.publisher, date=header.date, url=header.url)


def _warn(what: str) -> None:
    print(f"Warning: {what}.", file=sys.stderr)


def _prose(path: Path, where: str = "") -> str:
    """The file's text, if a reader would see it so: a page's script is no reference."""
    text, _ = without_unseen(_read(path, where))
    told, quoted = _told(where), shlex.quote(str(path))
    if is_markup(text):
        hint = f"trafilatura < {quoted} > TEXT.txt"
        raise CorpusError(f"{path}{told} is a web page's source, not its text", hint=hint)
    if not text.strip():
        raise CorpusError(f"{path}{told} is empty", hint=f"ls -l {quoted}")
    return text


def _told(where: str) -> str:
    return f" (named in {where})" if where else ""


def _is_title(line: str) -> bool:
    """Whether a first line names the text; a sentence belongs to it, and is evidence."""
    return (
        bool(line)
        and len(line) <= _LONGEST_TITLE
        and (line.startswith("#") or not line.endswith("."))
    )


def _read(path: Path, where: str = "") -> str:
    told = _told(where)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path}{told} cannot be read: {error}", hint=f"ls -l {path}") from error
    if len(data) > MAX_BYTES:
        raise CorpusError(
            f"{path}{told} is larger than {MAX_BYTES // 1_000_000} MB", hint=_in_parts(path)
        )
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if document := document_kind(data[:8].decode("latin-1"), str(path)):
        kind, command = document
        hint = f"{command} > TEXT.txt"
        raise CorpusError(f"{path}{told} is {kind}, not plain text", hint=hint)
    if b"\0" in data and not is_utf16:
        raise CorpusError(f"{path}{told} is binary, not text", hint=f"file {path}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = _recoded(path, "UTF-16" if is_utf16 else "WINDOWS-1252")
        raise CorpusError(f"{path}{told} is not UTF-8 text", hint=hint) from error


def _in_parts(path: Path) -> str:
    """The command that puts smaller files in the place of that one."""
    whole, part = shlex.quote(str(path)), shlex.quote(f"{path.with_suffix('')}-")
    return f"split -C 1M --additional-suffix={path.suffix} {whole} {part} && rm {whole}"


def _recoded(path: Path, encoding: str) -> str:
    """The command that makes UTF-8 of the file."""
    old, new = shlex.quote(str(path)), shlex.quote(f"{path}.utf8")
    return f"iconv -f {encoding} -t UTF-8 {old} > {new} && mv {new} {old}"


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _bad(where: str, what: str) -> CorpusError:
    path, _, line = where.rpartition(", line ")
    return CorpusError(f"{where}: {what}", hint=editing(Path(path), int(line)))
