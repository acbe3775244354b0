"""Leases, terms and treaties for so many years, against the years of their beginning and end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.times.days import Day, days
from factcheck.checks.times.timeline import DatedLine
from factcheck.text.dates import Anchor
from factcheck.text.durations import Duration

_KIND = (
    r"(?:lease|concession|licen[cs]e|mandate|treaty|agreement|contract|deal|mortgage|loan|bond"
    r"|patent"
    r"|tenancy|charter|franchise|warranty|guarantee|moratorium|programme|program|plan)"
)
_OF_YEARS = re.compile(rf"^[- ](?:[\w'-]+ ){{0,2}}?{_KIND}\b", re.IGNORECASE)
_GIVEN = re.compile(
    rf"\b(?:leas(?:ed|es)|let|rent(?:ed|s)|lent|grant(?:ed|s)|licen[cs]ed|hired|valid|{_KIND})\b"
    r"[^.;]{0,60}\bfor (?:a (?:period|term) of )?(?:exactly )?$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:runs? out|ran out|expires?|expired|laps(?:e|es|ed)|comes? to an end|came to an end"
    r"|ends|ended|is up"
    r"|falls due|matures?|to run until|runs? until|good until|valid until"
    r"|binding until)\b[^.;\d]{0,40}$",
    re.IGNORECASE,
)
_STARTS = re.compile(
    r"\b(?:signed|signatures?|exchanged|sealed|put (?:his|her|their) names?|concluded|agreed"
    r"|leased|granted|awarded"
    r"|came into force|took effect|entered into force|dates from|dated|began|issued|taken out"
    r"|took out|drawn up"
    r"|let|rented|counts from|runs from|ran from|struck)\b[^.;\d]{0,70}$",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:second|another|other|earlier|previous|renew\w*|extend\w*|extension|new|first|old"
    r"|replac\w*|amend\w*"
    r"|similar|third|terminated|cancelled|broken|early)\b",
    re.IGNORECASE,
)
_LEAST = 5
_SLACK = 1
_FAR = 0.6
"""Share of the length by which the beginning may be off and still be a slip."""


def leases(lines: Sequence[DatedLine], anchor: Anchor | None) -> Iterator[Finding]:
    """Beginnings from which so many years do not lead to the end that is told."""
    lengths = [
        (line, length) for line in lines for length in line.durations if _is_term(line, length)
    ]
    if len({length.count for _, length in lengths}) != 1:
        return
    dated = [day for day in days(lines, anchor) if day.when.year]
    ends = [day for day in dated if _is_told(_ENDS, day)]
    starts = [day for day in dated if _is_told(_STARTS, day) and day not in ends]
    if len({day.when.year for day in ends}) != 1 or not starts:
        return
    line, length = lengths[0]
    end = ends[0]
    begun = (end.when.year or 0) - length.count
    off = [abs((day.when.year or 0) - begun) for day in starts]
    if not _SLACK < min(off) <= _FAR * length.count:
        return
    start = starts[off.index(min(off))]
    yield Finding(
        start.line.span(start.when.span),
        end.line.span(end.when.span),
        f"{length.span.of(line.text)} that end in {end.when.year} began in {begun:.0f}, not in"
        f" {start.when.year}.",
        0.75,
    )


def _is_term(line: DatedLine, length: Duration) -> bool:
    if length.unit != "year" or length.count < _LEAST or length.low != length.high:
        return False
    before, after = line.text[: length.span.start], line.text[length.span.end :]
    return bool(_OF_YEARS.match(after) or _GIVEN.search(before))


def _is_told(event: re.Pattern[str], day: Day) -> bool:
    before = re.split(r"[;:]", day.line.text[: day.when.span.start])[-1]
    match = event.search(before)
    return match is not None and not _ANOTHER.search(before[max(0, match.start() - 40) :])
