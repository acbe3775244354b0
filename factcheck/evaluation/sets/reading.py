"""Reading the files that sets are published in: JSON, JSON Lines, CSV and TSV.

Whatever is wrong with a file becomes one error that names the file and the line.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

from factcheck.errors import CorpusError
from factcheck.evaluation.items import Gold

Row = Mapping[str, Any]
Made = TypeVar("Made")

_ENCODING = "utf-8-sig"
"""UTF-8, with or without the mark that spreadsheets put before it."""


def files(path: Path, *patterns: str) -> list[Path]:
    """The file at `path`, or the files in that folder that fit the first pattern that finds any.

    Raises:
        CorpusError: there are none.
    """
    if path.is_file():
        return [path]
    for pattern in patterns:
        found = sorted(path.glob(pattern))
        if found:
            return found
    looked = " or ".join(patterns)
    raise CorpusError(
        f"{path} is no file and holds no {looked}", hint="factcheck eval sets, for what it takes"
    )


def rows(path: Path) -> Iterator[tuple[str, Row]]:
    """Each row of a file with its place, by the file's ending.

    `.json` is one array (or an object whose `samples` is one), `.csv` and `.tsv` (or `.txt`) have
    a header, everything else is JSON Lines.

    Raises:
        CorpusError: the file cannot be read as that.
    """
    readers: dict[str, Callable[[Path], Iterator[tuple[str, Row]]]] = {
        ".json": _array,
        ".csv": lambda where: _table(where, ","),
        ".tsv": lambda where: _table(where, "\t"),
        ".txt": lambda where: _table(where, "\t"),
    }
    try:
        yield from readers.get(path.suffix, _lines)(path)
    except (OSError, ValueError, RecursionError, csv.Error) as error:
        raise CorpusError(f"{path} cannot be read: {error}", hint=f"look at {path}") from error


def each(path: Path, make: Callable[[Row], Made]) -> Iterator[Made]:
    """What `make` makes of each row of a file.

    Raises:
        CorpusError: a row lacks a field or holds a value that the set's form does not allow.
    """
    for place, row in rows(path):
        try:
            yield make(row)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            reason = f"no field {error}" if isinstance(error, KeyError) else error
            raise CorpusError(
                f"{path}, {place} is not in the published form: {reason}",
                hint="factcheck eval sets, for the form that each set is read in",
            ) from error


def mapped(labels: Mapping[str, Gold], value: object) -> Gold:
    """The label that a set's own word for it stands for.

    Raises:
        ValueError: the set has no such label.
    """
    found = labels.get(str(value))
    if found is None:
        raise ValueError(f"label {value!r} is none of {', '.join(labels)}")
    return found


def fingerprint(text: str) -> str:
    """A short name for a text, for grouping items by the text they share."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _lines(path: Path) -> Iterator[tuple[str, Row]]:
    with path.open(encoding=_ENCODING) as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield f"line {number}", _object(_parsed(line, number), number)


def _parsed(line: str, number: int) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"line {number}, column {error.colno}: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise ValueError(f"line {number}: {error}") from error


def _array(path: Path) -> Iterator[tuple[str, Row]]:
    data = json.loads(path.read_text(_ENCODING))
    found = data["samples"] if isinstance(data, dict) and "samples" in data else data
    if not isinstance(found, list):
        raise ValueError("it is not an array of objects")
    for number, row in enumerate(found, 1):
        yield f"object {number}", _object(row, number)


def _table(path: Path, separator: str) -> Iterator[tuple[str, Row]]:
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if separator == "," else csv.QUOTE_NONE
    csv.field_size_limit(10_000_000)
    with path.open(encoding=_ENCODING, newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter=separator, quoting=quoting)):
            yield f"row {number + 1}", row


def _object(row: Any, number: int) -> Row:
    if not isinstance(row, dict):
        raise ValueError(f"{number} is not an object")
    return row
