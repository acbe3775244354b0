"""Reference documents as they lie in a folder, with or without a manifest."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from factcheck.errors import CorpusError

MANIFEST = "manifest.jsonl"
SUFFIXES = frozenset({".txt", ".md", ".markdown"})
MAX_BYTES = 5_000_000
"""Largest reference document, in bytes."""

_REQUIRED = ("id", "path", "title")
_OPTIONAL = ("publisher", "record", "date", "topic", "url")
_LONGEST_TITLE = 200
"""Letters of a first line that can be a title; of a longer one the file's name is."""
_SOURCE_LINE = re.compile(r"Source:\s*(?P<publisher>[^\n]+?),\s*(?P<date>\d{4}-\d{2}-\d{2})\s*$")


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

    Without a manifest a document's id is its path without suffix, its title the first line, and a
    second line `Source: NAME, YYYY-MM-DD` gives publisher and date.

    Raises:
        CorpusError: nothing is there, or a document or a line of the manifest cannot be used.
    """
    if path.is_file():
        return (_plain(path, path.stem),)
    if not path.is_dir():
        raise CorpusError(f"there are no reference documents at {path}", hint=f"ls {path.parent}")
    documents = tuple(sorted(_of_folder(path), key=lambda document: document.id))
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
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in SUFFIXES and path.is_file():
            name = path.relative_to(folder).with_suffix("").as_posix()
            if name in seen:
                raise CorpusError(
                    f"{path} and {seen[name]} would have the same id {name!r}",
                    hint=f"mv {path} {path.with_stem(path.stem + '-2')}",
                )
            seen[name] = path
            yield _plain(path, name)


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
        if not path.resolve().is_relative_to(folder.resolve()):
            raise _bad(where, f"the path {row['path']!r} leads out of the folder")
        known = {name: row[name] for name in _OPTIONAL if row.get(name) is not None}
        yield Document(row["id"], _read(path, where), row["title"], **known)


def _row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
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
    if row.get("date") is not None and not _is_date(row["date"]):
        raise _bad(where, f"the field 'date' is {row['date']!r}, not YYYY-MM-DD")
    return row


def _plain(path: Path, name: str) -> Document:
    text = _read(path)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    title = lines[0].lstrip("# ") if lines and len(lines[0]) <= _LONGEST_TITLE else name
    source = _SOURCE_LINE.match(lines[1]) if len(lines) > 1 else None
    if source is None or not _is_date(source["date"]):
        return Document(name, text, title)
    return Document(name, text, title, publisher=source["publisher"], date=source["date"])


def _read(path: Path, where: str = "") -> str:
    told = f" (named in {where})" if where else ""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path}{told} cannot be read: {error}", hint=f"ls -l {path}") from error
    if len(data) > MAX_BYTES:
        raise CorpusError(
            f"{path}{told} is larger than {MAX_BYTES // 1_000_000} MB", hint=f"split -C 1M {path}"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = f"iconv -t utf-8 {path} -o {path}.utf8"
        raise CorpusError(f"{path}{told} is not UTF-8 text", hint=hint) from error
    if "\0" in text:
        raise CorpusError(f"{path}{told} is binary, not text", hint=f"file {path}")
    return text


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_date(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _bad(where: str, what: str) -> CorpusError:
    return CorpusError(f"{where}: {what}", hint=f"mend {where}")
