"""A count against the names listed after it: 'three countries: Chad, Mali, Niger and Togo'.

A list behind a colon, a dash or a bracket is one whatever follows; one between commas ('three
ferries, the Sula, the Gannet and the Morven, call here') only where it ends with a comma or the
sentence, and no place stands behind each name ('two towns, Keld, Yorkshire, and Reeth, Cumbria').
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import Line
from factcheck.records import Span

_LIST = re.compile(
    r"\u27e6(?P<count>\d+)\u27e7 (?:[a-z][\w-]* ){0,2}(?:[a-z][\w-]*s|men|women|people|children)"
    r"(?:(?: [a-z][\w-]*){0,6}:| -| \(| \u2013| \u2014) ?"
    r"(?P<items>(?:the )?[A-Z][^\u27e6\u27e7:;()]*?)(?=\)| -|\u2013|\u2014|[.!?]?[\"']?$)"
)
_APPOSED = re.compile(
    r"\u27e6(?P<count>\d+)\u27e7 (?:[a-z][\w-]* ){0,2}(?:[a-z][\w-]*s|men|women|people|children)"
    r"(?:, (?:(?:named|identified) as |namely )?| (?:named|identified) as )"
    r"(?P<items>(?:the )?[A-Z][^\u27e6\u27e7:;()]*? and (?:the )?[A-Z][^\u27e6\u27e7:;(),]*?)"
    r"(?=,(?! (?:among|and|or|plus|as well)\b| [A-Z])|[.!?]?[\"']?$)"
)
_PART_OF = re.compile(
    r"(?:\u27e7|\b(?:one|some|most|many|several|half|none|few|all but \w+)) of"
    r" (?:the |its |his |her |their |those |these )?$",
    re.IGNORECASE,
)
"""Before a count of which the list may name but a part: 'three of the four men, …'."""
_ITEM = re.compile(r"[A-Z][\w'.-]*(?: (?:[A-Z][\w'.-]*|of|the|de|and Herzegovina)){0,3}")
_BREAK = re.compile(r",? and (?!Herzegovina|Barbuda|Tobago)|, ")
_FEWEST, _MOST = 2, 12
_NEAR = 2
"""Names between commas that are so many more or fewer than the count are something else."""


def enumerations(line: Line) -> Iterator[Finding]:
    """Counts that the list of names right after them does not have."""
    for match in (*_LIST.finditer(line.mask), *_APPOSED.finditer(line.mask)):
        figure = line.figures[int(match["count"])]
        items = _BREAK.split(match["items"].rstrip(".!?\"' "))
        items = [item.removeprefix("the ") for item in items]
        if _PART_OF.search(line.mask[: match.start()]):
            continue
        if match.re is _APPOSED and not _is_apposed(items, figure.quantity.value):
            continue
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


def _is_apposed(items: Sequence[str], wanted: float) -> bool:
    """Whether names between commas are what is counted: about as many, and no place to each."""
    return abs(len(items) - wanted) <= _NEAR and len(items) != 2 * wanted and len(items) > 1
