"""Days on which a place is shut, and what visitors are told to do there on such a day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.times.timeline import DatedLine
from factcheck.records import Span
from factcheck.text.dates import WEEKDAYS

_DAY = "|".join(WEEKDAYS)
_RANGE = re.compile(
    rf"\b(?:open|opens|receives|welcomes|trades?|trading|admits|staffed|served|runs?|held"
    rf"|manned)\b[^.;:]{{0,60}}?"
    rf"\b(?P<first>{_DAY})s? (?:to|until|till|through|-|\u2013) (?P<last>{_DAY})s?\b",
    re.IGNORECASE,
)
_SHUT = re.compile(
    r"\b(?:closed|shut|closes|not open|no longer (?:open|trade|trades)|(?:does|do"
    r"|will) not (?:open|trade))"
    rf" (?:all day )?(?:on |every )(?P<days>(?:{_DAY})s?(?:(?:,| and|, and) (?:{_DAY})s?)*)\b",
    re.IGNORECASE,
)
_BUT = re.compile(
    rf"\b(?:every day|daily|all week|seven days a week|each day)[^.;:]{{0,30}}?,? (?:but|except"
    rf"|bar|apart from"
    rf"|save)(?: for| on)? (?P<days>(?:{_DAY})s?)\b",
    re.IGNORECASE,
)
_VISIT = re.compile(
    rf"\b(?:any|every|each|on) (?P<day>{_DAY})s?\b",
    re.IGNORECASE,
)
_GUESTS = re.compile(
    r"\b(?:visitors?|visits?|guests?|customers?|shoppers?|diners?|readers?|swimmers?|patients?"
    r"|public|admission"
    r"|admitted|tickets?|entry|entrance|free|doors|tours?|guided|come|welcome|collect\w*"
    r"|borrow\w*|drop-in)\b",
    re.IGNORECASE,
)
_REGULAR = re.compile(
    rf"\b(?:any|every|each) (?:{_DAY})\b|\bon (?:{_DAY})s\b|\bopen(?:ing)? days?\b", re.IGNORECASE
)
_CLOSED = re.compile(
    r"\b(?:closed|shut|closes|closure|cleaned|except|apart from|no longer|never|not|private|staff"
    r"|used to"
    r"|until now|had been|previously|formerly|last|bank holidays?|but)\b",
    re.IGNORECASE,
)
_WEEK = 7


def openings(lines: Sequence[DatedLine]) -> Iterator[Finding]:
    """Weekdays for visitors on which the place that they are to visit is shut."""
    told = [(line, match, shut) for line in lines for match, shut in _shut(line)]
    places = {frozenset(shut) for _, _, shut in told}
    common = frozenset.intersection(*places) if places else frozenset()
    if not common:
        return
    source, rule, _ = told[0]
    for line in lines:
        if not (_REGULAR.search(line.text) and _GUESTS.search(line.text)):
            continue
        if _CLOSED.search(line.text) or any(line is one for one, _, _ in told):
            continue
        for match in _VISIT.finditer(line.text):
            if _number(match["day"]) in common:
                yield Finding(
                    line.span(Span(*match.span("day"))),
                    source.span(Span(*rule.span())),
                    f"On a {match['day']} it is shut, by the days told elsewhere.",
                    0.75,
                )


def _shut(line: DatedLine) -> Iterator[tuple[re.Match[str], set[int]]]:
    """What a sentence says of the days on which a place is shut."""
    for match in _RANGE.finditer(line.text):
        first, last = _number(match["first"]), _number(match["last"])
        opened = {(first + step) % _WEEK for step in range((last - first) % _WEEK + 1)}
        yield match, set(range(_WEEK)) - opened
    for pattern in (_SHUT, _BUT):
        for match in pattern.finditer(line.text):
            yield match, {_number(day) for day in re.findall(_DAY, match["days"], re.IGNORECASE)}


def _number(day: str) -> int:
    return WEEKDAYS.index(day.capitalize())
