"""Days that no calendar has, and ends before their beginnings."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from itertools import pairwise

from factcheck.checks.findings import Finding
from factcheck.checks.times.timeline import DatedLine
from factcheck.records import Span
from factcheck.text.dates import MONTHS

_SHORT = r"(?:Feb(?:ruary)?|Apr(?:il)?|June?|Sept?(?:ember)?|Nov(?:ember)?)"
"""The months of fewer than 31 days."""
_YEAR = r"(?:\.?,? (?P<year>[12]\d{3})(?!\w))?"
_CLOSED = (
    r"(?=[,;)]|[.?!](?!\d)|$| (?:and|or|to|at|in|on|for|when|after|before|until|the|was|is)\b)"
)
_DAY_FIRST = re.compile(
    rf"\b(?P<day>29|3[01])(?:st|nd|rd|th)? (?:of )?(?P<month>{_SHORT})(?![\w-]){_YEAR}"
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{_SHORT})\.? (?P<day>29|3[01])(?:st|nd|rd|th)?{_YEAR}{_CLOSED}"
)
_LEAP = 2024
_LEAP_DAY = 29
_BEGUN = re.compile(
    r"\b(?:opened|founded|established|launched|formed|began|started|born|elected|appointed)"
    r" (?:in|on) $",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r",? (?:and|but|before(?: it)?|then|and then)(?: (?:it|he|she|was|finally|eventually))*"
    r" (?:closed|ended|finished|dissolved|demolished|died|disbanded|retired|resigned|shut)"
    r" (?:in|on) ",
    re.IGNORECASE,
)


def impossible_days(line: DatedLine) -> Iterator[Finding]:
    """'31 April', '30 February'; 29 February only where the year beside it is no leap year."""
    for match in (*_DAY_FIRST.finditer(line.text), *_MONTH_FIRST.finditer(line.text)):
        month = MONTHS[match["month"][:3].casefold()]
        year = int(match["year"] or _LEAP)
        longest = calendar.monthrange(year, month)[1]
        if int(match["day"]) > longest:
            of_year = f" {year}" if match["year"] else ""
            days = "28 or 29" if longest == _LEAP_DAY and not of_year else f"{longest}"
            yield Finding(
                line.span(Span(*match.span())),
                None,
                f"{calendar.month_name[month]}{of_year} has {days} days.",
                0.9,
            )


def lifespans(line: DatedLine) -> Iterator[Finding]:
    """'Opened in 1980 and closed in 1975'."""
    for begun, ended in pairwise(line.whens):
        if begun.first is None or ended.last is None or begun.assumed or ended.assumed:
            continue
        told = _BEGUN.search(line.text[: begun.span.start])
        joined = _ENDED.fullmatch(line.text[begun.span.end : ended.span.start])
        if told and joined and ended.last < begun.first:
            first, last = begun.span.of(line.text), ended.span.of(line.text)
            yield Finding(
                line.span(ended.span),
                line.span(begun.span),
                f"What begins in {first} cannot end in {last}.",
                0.8,
            )
