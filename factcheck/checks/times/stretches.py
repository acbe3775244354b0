"""Lengths of time against the two dates that they lie between, however the sentence puts it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from factcheck.checks.findings import Finding
from factcheck.checks.times.timeline import DatedLine
from factcheck.records import Span
from factcheck.text.dates import Anchor, When
from factcheck.text.durations import Duration, elapsed, fits, fits_another_year, spell

_VAGUE = (
    r"(?:(?:only|just|nearly|almost|more than|less than|over|some|about|around|exactly|fully"
    r"|barely|another|a full) )*"
)
_UNTIL = re.compile(
    r"^(?:[ ,\w'-]{0,60}?),? (?:(?:until|till|before|when)\b[^.;:]{0,70}|to (?:\w+ ){0,3})$",
    re.IGNORECASE,
)
_FOR = re.compile(rf"\b(?:for|last(?:ed|ing|s)|took|spent) {_VAGUE}$", re.IGNORECASE)
_LATER = re.compile(
    r"^ (?:later|afterwards?|on|after (?:that|it)|earlier|before(?: that| it)?)\b", re.IGNORECASE
)
_EARLIER = re.compile(r"^ (?:earlier|before)", re.IGNORECASE)
_COMMA = re.compile(rf"(?: \w+)?, {_VAGUE}")
_BEHIND = re.compile(
    r"^[^.;:]{0,14}?, (?:(?:a|an|his|her|its|their|which gives it a|giving it a) (?:\w+ ){1,2}?of "
    rf"|after |or )?{_VAGUE}$",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\b(?:to|until|till|through|and (?:\w+ ){0,2}?(?:ended|returned|closed|finished|died|left"
    r"|came|stopped|was (?:closed|lifted|freed|released|found|finished))|ended|ending"
    r"|not (?:\w+ ){0,4}until)\b[^.;:]{0,40}$",
    re.IGNORECASE,
)
_AFTER_EVENT = re.compile(
    r"^ (?P<side>after|before) (?:(?!\b(?:and|but|who|which|while|when)\b)[^.;:,]){3,60}"
    r",? (?:in|on) $",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:jail\w*|sentence\w*|prison term|contract|lease|deal|loan|warranty|every|each|per|aged?"
    r"|old|next|suspend\w*|banned for|guarantee\w*|forecast|plan(?:s|ned)?|expected|should|could"
    r"|would)\b",
    re.IGNORECASE,
)
"""Lengths in such sentences are penalties, ages, terms and hopes."""
_WIDEST = {"day": 1, "week": 1, "month": 31, "year": 366}
"""Days that a date may leave open to be held against a length in that unit."""
_BACK = 6
"""Sentences before one in which the beginning of a length may be told."""
_APART = 90
"""Characters between a date and a length that are flagged together."""


@dataclass(frozen=True)
class _Dated:
    line: DatedLine
    when: When

    @property
    def written(self) -> str:
        """The date as written."""
        return self.when.span.of(self.line.text)


@dataclass(frozen=True)
class _Around:
    """A length with the dates of its sentence on both sides, and the only one before it."""

    line: DatedLine
    length: Duration
    ahead: tuple[_Dated, ...]
    behind: tuple[_Dated, ...]
    earlier: tuple[_Dated, ...]

    @property
    def lead(self) -> str:
        """The words before the length."""
        return self.line.text[: self.length.span.start]

    @property
    def rest(self) -> str:
        """The words after it."""
        return self.line.text[self.length.span.end :]

    @property
    def start(self) -> _Dated | None:
        """The date before the last one ahead of it, in the sentence or alone in the one before."""
        if len(self.ahead) > 1:
            return self.ahead[-2]
        return self.earlier[0] if len(self.earlier) == 1 else None


def stretches_told(lines: Sequence[DatedLine], anchor: Anchor | None) -> Iterator[Finding]:
    """'Banned in 1983, it did not go on sale until 1994, seven years later' and its kind."""
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        lengths = () if _OTHER.search(line.text) else line.durations
        for length in lengths:
            around = _around(line, before, length)
            told_before = [when for one in lines[max(0, at - _BACK) : at] for when in one.whens]
            yield from _stretch(around, told_before, anchor)


def _around(line: DatedLine, before: DatedLine | None, length: Duration) -> _Around:
    own = [_Dated(line, when) for when in line.whens if _is_exact(when, length.unit)]
    earlier = before.whens if before else ()
    return _Around(
        line,
        length,
        tuple(one for one in own if one.when.span.end <= length.span.start),
        tuple(one for one in own if one.when.span.start >= length.span.end),
        tuple(_Dated(before, when) for when in earlier if before and _is_exact(when, length.unit)),
    )


def _is_exact(when: When, unit: str) -> bool:
    if when.first is None or when.last is None:
        return False
    return (when.last - when.first).days < _WIDEST[unit]


def _stretch(
    around: _Around, told_before: Sequence[When], anchor: Anchor | None
) -> Iterator[Finding]:
    pair = _until(around) or _after_event(around) or _later(around) or _closed(around)
    if pair is None or _is_told_otherwise(around, anchor):
        return
    if around.length.unit == "year" and any(one.when.assumed for one in pair):
        return
    if pair[0].line is not around.line and _is_from(told_before, around.length, pair[1].when):
        return
    length, line = around.length, around.line
    start, end = pair
    between = elapsed(_in_order(start.when, end.when), end.when, length.unit)
    if between is None or fits_another_year(length, between, start.when, end.when):
        return
    right = round((between[0] + between[1]) / 2)
    if right > 0 and 0.15 <= length.count / right <= 7:
        yield Finding(
            _place(around, end),
            start.line.span(start.when.span),
            f"From {start.written} to {end.written} is about {spell(right, length.unit)},"
            f" not {length.span.of(line.text)}.",
            0.8,
        )


def _is_told_otherwise(around: _Around, anchor: Anchor | None) -> bool:
    """Whether the length lies between any two of the dates about, or one and the article's own."""
    whens = [one.when for one in (*around.earlier, *around.ahead, *around.behind)]
    if anchor:
        whens.append(When(Span(0, 0), anchor.day, anchor.day, "day", None, anchor.assumed))
    found = [
        elapsed(_in_order(first, second), second, around.length.unit)
        for first, second in combinations(whens, 2)
    ]
    found += [elapsed(second, first, around.length.unit) for first, second in _written(whens)]
    return any(between and fits(around.length, between) for between in found)


def _is_from(told_before: Sequence[When], length: Duration, end: When) -> bool:
    """Whether a length runs to its end from a date told earlier than the sentence before."""
    found = (elapsed(start, end, length.unit) for start in told_before)
    return any(between and fits(length, between) for between in found)


def _written(whens: Sequence[When]) -> Iterator[tuple[When, When]]:
    """Pairs of dates whose years are written, in order of the text."""
    return combinations([when for when in whens if not when.assumed], 2)


def _in_order(start: When, end: When) -> When:
    """The start a year earlier, if its year is only assumed and would put it behind the end."""
    first, last = start.first, start.last
    if not (first and last and end.first and start.assumed and first > end.first):
        return start
    return replace(start, first=_year_before(first), last=_year_before(last))


def _year_before(day: dt.date) -> dt.date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _place(around: _Around, end: _Dated) -> Span:
    """From the later date to the length where they stand near each other, else the length."""
    first, last = sorted((around.length.span, end.when.span), key=lambda span: span.start)
    if end.line is around.line and last.start - first.end < _APART:
        return around.line.span(first, last)
    return around.line.span(around.length.span)


def _until(around: _Around) -> tuple[_Dated, _Dated] | None:
    """'For 16 months, until … in May 1945', with the beginning before it."""
    if not around.behind or not _FOR.search(around.lead):
        return None
    until = around.line.text[around.length.span.end : around.behind[0].when.span.start]
    start = around.ahead[-1] if around.ahead else around.start
    return (start, around.behind[0]) if start and _UNTIL.match(until) else None


def _after_event(around: _Around) -> tuple[_Dated, _Dated] | None:
    """'In November, two months after it hired advisers, in August'."""
    if len(around.ahead) != 1 or len(around.behind) != 1:
        return None
    ahead, behind = around.ahead[0], around.behind[0]
    match = _AFTER_EVENT.match(around.line.text[around.length.span.end : behind.when.span.start])
    if match is None:
        return None
    return (behind, ahead) if match["side"].lower() == "after" else (ahead, behind)


def _later(around: _Around) -> tuple[_Dated, _Dated] | None:
    """'… in 1983 … until 1994, seven years later', 'began in June and lasted twenty days'."""
    if around.behind or not around.ahead:
        return None
    if len(around.ahead) == 2 and _FOR.search(around.lead):
        first, last = sorted(around.ahead, key=lambda one: one.when.first or dt.date.max)
        return first, last
    end, start = around.ahead[-1], around.start
    between = around.line.text[end.when.span.end : around.length.span.start]
    if start is None or not _LATER.match(around.rest) or not _COMMA.fullmatch(between):
        return None
    return (end, start) if _EARLIER.match(around.rest) else (start, end)


def _closed(around: _Around) -> tuple[_Dated, _Dated] | None:
    """'Took off on March 3 and returned on Oct. 25, a trip of nearly six months'."""
    if around.behind or not around.ahead:
        return None
    end, start = around.ahead[-1], around.start
    between = around.line.text[end.when.span.end : around.length.span.start]
    if start is None or not _BEHIND.match(between):
        return None
    if start.line is not around.line:
        return (start, end) if " after " in between else None
    link = around.line.text[start.when.span.end : end.when.span.start]
    return (start, end) if _ENDED.search(link) else None
