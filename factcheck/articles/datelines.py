"""Datelines ('MOSCOW, Dec. 15, 2021 (Agency) - ') and dates on a line of their own."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from factcheck.records import Span
from factcheck.text.folding import plain

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<month{{0}}>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_DAY = r"(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year{0}>\d{{4}})"
_DATE = re.compile(
    r"\b(?:{month_first}|{day_first}|{iso})\b".format(
        month_first=f"{_MONTH} {_DAY}(?:,? {_YEAR})?".format("1"),
        day_first=f"{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?".format("2"),
        iso=r"(?P<year3>\d{4})-(?P<month3>\d{2})-(?P<day3>\d{2})",
    ),
    re.IGNORECASE,
)
# Words that may stand round a date on a line of its own.
_AROUND = re.compile(
    r"\b(?:published|updated|posted|last|modified|first|on|at|date|issued|am|pm|a\.m|p\.m|gmt|utc|est"
    r"|edt|bst|cet|cest|msk|et|pt|ist|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri"
    r"|sat|sun)\b|\d{1,2}[:.]\d{2}(?::\d{2})?|[-,.;:|()/\u2013\u2014\u00b7\u2022\s]",
    re.IGNORECASE,
)
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
            'Published'.
    """
    folded = plain(text)
    for match in _DATE.finditer(folded):
        rest = folded[: match.start()] + folded[match.end() :]
        if whole and _AROUND.sub("", rest):
            continue
        found = _iso(match)
        if found:
            return found
    return None


def find_dateline(text: str, paragraph: Span) -> Dateline | None:
    """The dateline that opens a paragraph of `text`, if one does."""
    folded = plain(paragraph.of(text)[:160]).replace("\u2013", "-").replace("\u2014", "-")
    match = _DATELINE.match(folded)
    if not match:
        return None
    date = find_date(match["date"]) if match["date"] else None
    end = paragraph.start + len(match.group().rstrip())
    return Dateline(match["place"], date, Span(paragraph.start, end))


def _iso(match: re.Match[str]) -> str | None:
    for form in "123":
        day, month, year = match[f"day{form}"], match[f"month{form}"], match[f"year{form}"]
        if day and month and year:
            number = int(month) if month.isdigit() else _MONTHS[month.casefold()]
            try:
                return dt.date(int(year), number, int(day)).isoformat()
            except ValueError:
                return None
    return None
