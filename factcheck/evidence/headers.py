"""What stands at the head of a reference document: title, publisher, date and address.

Front matter between lines of '---', or a line such as 'Source: Port Ellery council, 3 May 2021'
under the title. A line that looks like one of these and is not understood is told, not dropped.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass, field, replace

from factcheck.text.dates import MONTHS

_HEAD_LINES = 6
"""Lines that are not blank and may belong to the head of a text."""
_FENCE = "---"
_FRONT = re.compile(r"\s*---[ \t]*\r?\n(?:(?!---[ \t]*\r?$)[^\n]*\n)*---[ \t]*\r?$", re.MULTILINE)
_LONGEST = 300
"""Letters of a line of a head."""
_FIELD = re.compile(
    r"(?P<name>title|publisher|source|date|url|published|link)\s*:\s*(?P<value>.*)", re.IGNORECASE
)
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Za-z]{3,9})\.?,? (?P<year>\d{4})")
_MONTH_FIRST = re.compile(r"(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})")
_DATE_AT_END = re.compile(
    r"(?:^|,? +|\()(?P<date>\d{4}-\d\d-\d\d|\d{1,2} [A-Za-z]{3,9}\.?,? \d{4}"
    r"|[A-Za-z]{3,9}\.? \d{1,2},? \d{4})\)?$"
)
_DATE_LIKE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\b\d{1,2} [A-Za-z]{3,9} \d{4}\b")


@dataclass(frozen=True)
class Header:
    """What the head of a text tells of it."""

    first: str = ""
    """The first line of the text itself."""
    title: str = ""
    """The title, where the head shows that it is one."""
    publisher: str = ""
    """Who stands behind the text."""
    date: str | None = None
    """Its date, ISO 8601."""
    url: str | None = None
    """Where it can be read."""
    misread: tuple[str, ...] = field(default=())
    """Lines that look like a source or a date and are not understood."""


def header_of(text: str) -> Header:
    """What the first lines of a text say of its origin."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if lines[:1] == [_FENCE] and _FENCE in lines[1:]:
        end = lines.index(_FENCE, 1)
        return replace(_read(lines[1:end]), first="".join(lines[end + 1 : end + 2]))
    first, head = "".join(lines[:1]), []
    for line in lines[1:_HEAD_LINES]:
        if not is_field(line):
            break
        head.append(line)
    header = _read(head)
    titled = first.lstrip("# ") if header.publisher or header.date else ""
    return replace(header, first=first, title=header.title or titled)


def is_field(line: str) -> bool:
    """Whether a line of a head names a title, source, date or address."""
    return len(line) <= _LONGEST and _FIELD.fullmatch(_unmarked(line)) is not None


def end_of_front_matter(text: str) -> int:
    """Where the front matter ends that a text begins with; 0 where it begins with none."""
    found = _FRONT.match(text)
    return found.end() if found else 0


def _read(lines: list[str]) -> Header:
    header = Header()
    for line in lines:
        found = _FIELD.fullmatch(_unmarked(line))
        if found is None:
            continue
        name, value = found["name"].casefold(), found["value"].strip().strip("\"'").strip()
        header = _with(header, name, value, line)
    return header


def _with(header: Header, name: str, value: str, line: str) -> Header:
    if not value:
        return header
    if name == "title":
        return replace(header, title=value)
    if name in {"url", "link"}:
        return replace(header, url=value)
    if name in {"date", "published"}:
        day = iso_date(value)
        return replace(header, date=day) if day else _misread(header, line)
    return _with_source(header, value, line)


def _with_source(header: Header, value: str, line: str) -> Header:
    """The header with what 'NAME, DATE' says; a date that is none leaves the line unread."""
    bare = value.removesuffix(".") if not value.endswith("..") else value
    ending = _DATE_AT_END.search(bare)
    if ending is None:
        if _DATE_LIKE.search(bare):
            return _misread(header, line)
        return replace(header, publisher=value if len(bare) > 3 and "." in bare else bare)
    day = iso_date(ending["date"])
    name = bare[: ending.start()].strip().rstrip(",").strip()
    if day is None:
        return replace(_misread(header, line), publisher=name or header.publisher)
    return replace(header, publisher=name or header.publisher, date=day)


def _misread(header: Header, line: str) -> Header:
    return replace(header, misread=(*header.misread, line))


def _unmarked(line: str) -> str:
    """A line without the marks of emphasis and lists around its parts."""
    return re.sub(r"[*_`]{1,3}", "", line.lstrip("-> ")).strip() if "*" in line else line


def iso_date(text: str) -> str | None:
    """A date as people write it ('4 December 2021', 'Dec 4, 2021'), in ISO 8601; None if none."""
    text = text.strip().rstrip(".")
    if is_date(text):
        return text
    found = _DAY_FIRST.fullmatch(text) or _MONTH_FIRST.fullmatch(text)
    if found is None:
        return None
    number = MONTHS.get(found["month"].casefold(), 0)
    with suppress(ValueError):
        return dt.date(int(found["year"]), number, int(found["day"])).isoformat()
    return None


def is_date(text: str) -> bool:
    """Whether it is a date as YYYY-MM-DD that the calendar has."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
