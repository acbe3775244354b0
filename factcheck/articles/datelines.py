"""Datelines ('MOSCOW, Dec. 15, 2021 (Agency) - ') and dates on a line of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from factcheck.records import Span
from factcheck.text.dates import full_dates
from factcheck.text.folding import plain

# Words that may stand round a date on a line of its own.
_AROUND = re.compile(
    r"\b(?:published|updated|posted|last|modified|first|on|at|date|issued|am|pm|a\.m|p\.m|gmt|utc|est"
    r"|edt|bst|cet|cest|msk|et|pt|ist|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri"
    r"|sat|sun)\b|\d{1,2}[:.]\d{2}(?::\d{2})?|[-,.;:|()/\u2013\u2014\u00b7\u2022\s]",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|on|,|\s)*$", re.IGNORECASE)
_LONGEST_ALONE = 200
"""Code points of a line that can hold nothing but a date."""
_PLACE_ALONE = re.compile(
    r"[A-Z\u00c0-\u00de][\w.'-]*(?:[ /-][A-Z\u00c0-\u00de(][\w.')-]*){0,3}"
    r"(?:, [A-Z\u00c0-\u00de][\w.]+(?: [A-Z\u00c0-\u00de][\w.]+)?)?[ ,:|-]+$"
)
"""'Port Ellery, ', 'LIMA, Peru, ': what may stand before a date that ends the line."""
_CAPITALS = r"[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.'-]+"
_DATELINE = re.compile(
    rf"(?P<place>{_CAPITALS}(?:[ /-]{_CAPITALS}){{0,3}})"
    r"(?P<region>, [A-Z][\w.]+(?: [A-Z][\w.]+)?(?!\w))??"
    r"(?P<date>,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?)?"
    r"(?: ?\([^()\n]{2,40}\))?"
    r" ?(?:-{1,2}|[\u2013\u2014])\s"
)


@dataclass(frozen=True)
class Dateline:
    """Where and when an article was written, as it says itself."""

    place: str | None
    """Place as written, usually in capitals."""
    date: str | None
    """ISO 8601 date; None unless the year is given."""
    span: Span | None
    """Where it stands, through the dash; None where the date stands on a line of its own."""


def find_date(text: str, *, whole: bool = False) -> str | None:
    """The first full date (with its year) in `text`, ISO 8601.

    Args:
        text: a line or phrase.
        whole: take it only where the line holds nothing but a date, a time and words such as
            'Published'; a long line never is.
    """
    if whole and len(text.strip()) > _LONGEST_ALONE:
        return None
    folded = plain(text)
    for span, day in full_dates(folded):
        rest = folded[: span.start] + folded[span.end :]
        if not whole or not _AROUND.sub("", rest):
            return day.isoformat()
    return None


def without_date(line: str) -> str | None:
    """What stands before the full date that ends a line, times and the like left out; else None.

    'By Ann Low | ' of 'By Ann Low | 12 June 2025, 10:15', 'Port Ellery, ' of 'Port Ellery, Thursday
    12 June 2025'.
    """
    if len(line.strip()) > _LONGEST_ALONE:
        return None
    folded = plain(line)
    found = list(full_dates(folded))
    if len(found) != 1 or _AROUND.sub("", folded[found[0][0].end :]):
        return None
    return _WEEKDAY.sub("", folded[: found[0][0].start])


def is_place(words: str) -> bool:
    """Whether words before a date are a place, as datelines give it."""
    return _PLACE_ALONE.fullmatch(words.lstrip()) is not None


def find_dateline(text: str, paragraph: Span) -> Dateline | None:
    """The dateline that opens a paragraph of `text`, if one does."""
    folded = plain(paragraph.of(text)[:160]).replace("\u2013", "-").replace("\u2014", "-")
    match = _DATELINE.match(folded)
    if not match:
        return None
    date = find_date(match["date"]) if match["date"] else None
    end = paragraph.start + len(match.group().rstrip())
    return Dateline(match["place"], date, Span(paragraph.start, end))
