"""A count against the names listed after it: 'three countries: Chad, Mali, Niger and Togo'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import Line
from factcheck.records import Span

_LIST = re.compile(
    r"\u27e6(?P<count>\d+)\u27e7 (?:[a-z][\w-]* ){0,2}[a-z][\w-]*s(?: -|:| \(| \u2013| \u2014) ?"
    r"(?P<items>[A-Z][^\u27e6\u27e7:;()]*?)(?=\)| -|\u2013|\u2014|[.!?]?[\"']?$)"
)
_ITEM = re.compile(r"[A-Z][\w'.-]*(?: (?:[A-Z][\w'.-]*|of|the|de|and Herzegovina)){0,3}")
_BREAK = re.compile(r",? and (?!Herzegovina|Barbuda|Tobago)|, ")
_FEWEST, _MOST = 2, 12


def enumerations(line: Line) -> Iterator[Finding]:
    """Counts that the list of names right after them does not have."""
    for match in _LIST.finditer(line.mask):
        figure = line.figures[int(match["count"])]
        items = _BREAK.split(match["items"].rstrip(".!?\"' "))
        closed = " and " in match["items"] and all(_ITEM.fullmatch(item) for item in items)
        wanted = figure.quantity.value
        plain = figure.quantity.bound == "exact" and not figure.quantity.unit
        if not closed or not plain or not _FEWEST <= len(items) <= _MOST or wanted == len(items):
            continue
        start = line.text.find(match["items"])
        yield Finding(
            line.span(figure),
            Span(start, start + len(match["items"])).shifted(line.parsed.span.start),
            f"{len(items)} are listed ({', '.join(items)}), not {line.words(figure)}.",
            0.8,
        )
