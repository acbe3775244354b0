"""The files of articles in twins: three files a pair, or many short texts in one.

Three files are `ID.txt`, `ID.clean.txt` and `ID.gold.json` and, where the article has references of
its own, a folder `ID.refs`: eval/articles/twins/FORMAT.md. In the other form each error is marked
beside its correction:

    === 2001
    Council {{rejects||approves||headline}} new bridge

    The council approved the bridge on Monday by nine votes to four.
    # 'approved' proves it

With the left halves of the marks that is the flawed text, which proves the error itself, with the
right halves the corrected one, in which nothing is wrong. A line that begins with '#' is a remark.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from factcheck.errors import CorpusError, editing
from factcheck.evaluation.sets.own import LABELS
from factcheck.evaluation.twins import Against, GoldClaim, LookAlike, Planted, Twins
from factcheck.records import FLAG_TYPES, Span

_MARK = re.compile(r"\{\{(?P<wrong>[^{}|]*)\|\|(?P<right>[^{}|]*)\|\|(?P<type>\w+)\}\}")
_TEXT = re.compile(r"^=== (?P<number>\d{3,4})\n", re.MULTILINE)
_REMARK = re.compile(r"^#.*\n?", re.MULTILINE)


_MOST_PLACES = 3
"""Places named where misquoted words do stand."""


class BrokenMark(ValueError):
    """A marked error that cannot be read."""

    def __init__(self, number: str, what: str) -> None:
        """Keep the number of its article, and say what is wrong."""
        super().__init__(f"article {number} {what}")
        self.number = number


def load_twins(folder: Path) -> tuple[Twins, ...]:
    """All twins in a folder, by id; the marked ones where there are no others.

    Raises:
        CorpusError: there are none, a file is missing, a mark is broken, or a span does not quote
            its article.
    """
    # os.path takes a name that is too long for that of no folder, unlike Path
    there = os.path.isdir(folder)
    found = tuple(map(_load, sorted(folder.glob("*.gold.json")))) if there else ()
    if there and not found:
        found = tuple(_marked(folder))
    if not found:
        raise CorpusError(
            f"{folder} holds no articles in twins (ID.txt, ID.clean.txt, ID.gold.json), nor any"
            " with marked errors ('=== 2001')",
            hint="factcheck eval articles eval/articles/twins",
        )
    return found


def read_marked(path: Path) -> Iterator[Twins]:
    """The texts of a file as twins by their numbers; what proves an error is not named.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is not UTF-8; a `BrokenMark` where a mark does not have three parts, or its
            type is not one of flags.
    """
    for number, written in numbered_texts(path):
        flawed = _MARK.sub(lambda mark: mark["wrong"], written)
        clean = _MARK.sub(lambda mark: mark["right"], written)
        if re.search(r"\{\{|\}\}|\|\|", clean):
            raise BrokenMark(number, "has a mark without three parts")
        yield Twins(number, flawed, clean, tuple(_errors(written, number)), (), None)


def numbered_texts(path: Path) -> Iterator[tuple[str, str]]:
    """The texts of a file with their numbers, in order, marks left in and remarks out.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is not UTF-8.
    """
    parts = _TEXT.split(path.read_text(encoding="utf-8"))
    for number, body in zip(parts[1::2], parts[2::2], strict=True):
        yield number, _REMARK.sub("", body).strip() + "\n"


def _errors(written: str, number: str) -> Iterator[Planted]:
    markup = 0
    for mark in _MARK.finditer(written):
        if mark["type"] not in FLAG_TYPES:
            kinds = ", ".join(FLAG_TYPES)
            raise BrokenMark(
                number, f"has a mark of type {mark['type']!r}, which is none of {kinds}"
            )
        start = mark.start() - markup
        span = Span(start, start + len(mark["wrong"]))
        yield Planted(mark["type"], span, mark["wrong"], "article", mark["right"], ())
        markup += len(mark[0]) - len(mark["wrong"])


def _marked(folder: Path) -> list[Twins]:
    found: list[Twins] = []
    for path in sorted(folder.glob("*.txt")):
        try:
            found += read_marked(path)
        except (OSError, ValueError) as error:
            at = f"=== {error.number}\n" if isinstance(error, BrokenMark) else None
            hint = editing(path, _line_of(path, at) if at else None)
            raise CorpusError(f"{path} cannot be used: {error}", hint=hint) from error
    return sorted(found, key=lambda twins: twins.id)


def _load(path: Path) -> Twins:
    name = path.name.removesuffix(".gold.json")
    try:
        gold = json.loads(path.read_text("utf-8"))
        flawed = (path.parent / f"{name}.txt").read_text("utf-8")
        clean = (path.parent / f"{name}.clean.txt").read_text("utf-8")
        planted = tuple(_planted(item) for item in gold["planted"])
        look_alikes = tuple(
            LookAlike(Span(item["start"], item["end"]), item["quote"])
            for item in gold["distractors"]
        )
        claims = tuple(_claim(item) for item in gold["claims"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unusable(path, error) from error
    marks: list[Planted | LookAlike | GoldClaim] = [*planted, *look_alikes, *claims]
    for marked in marks:
        if marked.span.of(flawed) != marked.quote:
            raise _misquoted(path, marked.span, marked.quote, flawed)
    references = path.parent / f"{name}.refs"
    folder = references if references.is_dir() else None
    return Twins(name, flawed, clean, planted, look_alikes, folder, claims)


def _unusable(path: Path, error: Exception) -> CorpusError:
    """What is wrong with a file of gold answers or one beside it, and where."""
    if isinstance(error, json.JSONDecodeError):
        where = f"line {error.lineno}, column {error.colno}"
        return CorpusError(
            f"{path} is not JSON ({where}: {error.msg})", hint=editing(path, error.lineno)
        )
    if isinstance(error, FileNotFoundError):
        missing = Path(error.filename).name
        return CorpusError(f"{path.name} needs {missing} beside it", hint=f"ls {path.parent}")
    why = f"it lacks {error}" if isinstance(error, KeyError) else str(error)
    return CorpusError(f"{path} cannot be used: {why}", hint=editing(path))


def _misquoted(path: Path, span: Span, quote: str, text: str) -> CorpusError:
    """Offsets that are not those of the words beside them, and those that would be."""
    starts = [match.start() for match in re.finditer(re.escape(quote), text)]
    right = " or ".join(f"{start} to {start + len(quote)}" for start in starts[:_MOST_PLACES])
    stands = f", which stands at {right}" if right else ", which the article does not have"
    said = f"{path}: {span.start} to {span.end} is not {quote!r}{stands}"
    forms = (json.dumps(quote, ensure_ascii=False), json.dumps(quote))
    return CorpusError(said, hint=editing(path, _line_of(path, *forms)))


def _line_of(path: Path, *forms: str) -> int | None:
    """The line of a file on which the first of these stands that it holds, from 1."""
    written = path.read_text("utf-8")
    at = next((written.find(form) for form in forms if form in written), None)
    return None if at is None else written.count("\n", 0, at) + 1


def _planted(item: dict[str, Any]) -> Planted:
    for name, known in (("type", FLAG_TYPES), ("against", get_args(Against))):
        if item[name] not in known:
            raise ValueError(f"{name} {item[name]!r} is none of {', '.join(known)}")
    return Planted(
        item["type"],
        Span(item["start"], item["end"]),
        item["quote"],
        item["against"],
        item.get("fix", ""),
        tuple(item.get("conflicts_with", ())),
    )


def _claim(item: dict[str, Any]) -> GoldClaim:
    return GoldClaim(
        item["claim"],
        LABELS[item["label"]],
        tuple(item["evidence"]),
        Span(item["start"], item["end"]),
        item["quote"],
    )
