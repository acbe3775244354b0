"""'Yesterday, 12 March', 'today, Thursday' and 'last year, in 2022' against the article's date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.times.timeline import DatedLine
from factcheck.text.dates import WEEKDAYS, Anchor, When, weekday_name

_DAY = re.compile(r"\b(?P<word>yesterday|today|tomorrow)(?:,? (?:on )?|, | \()$", re.IGNORECASE)
_YEAR = re.compile(
    r"\b(?P<word>(?:last|this|next) year)(?:, (?:in )?| in | \((?:in )?)$", re.IGNORECASE
)
_SHIFT = {
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
    "last year": -1,
    "this year": 0,
    "next year": 1,
}
_CLOSED = re.compile(r" ?(?:[,.;:)!?]|$)")
_LISTED = re.compile(
    rf"(?:,|,? (?:and|or|to|until|till|through)| ?[-\u2013]) ?(?:on |the )?"
    rf"(?:{'|'.join(WEEKDAYS)}|\d)"
)
_SURE = 0.75
_PRINTED = 0.6
"""Where a day is off by one, for an article may be dated by the day of its printing."""
_SPOKEN = re.compile(r"[\"\u201c\u201d\u00ab]")
"""What is quoted may have been said on another day."""


def relative_days(lines: Sequence[DatedLine], anchor: Anchor | None) -> Iterator[Finding]:
    """Days and years beside a word that gives them by the article's date."""
    if anchor is None or anchor.assumed:
        return
    for line in lines:
        for when in () if _SPOKEN.search(line.text) else line.whens:
            before, after = line.text[: when.span.start], line.text[when.span.end :]
            pattern = _YEAR if when.precision == "year" else _DAY
            match = pattern.search(before)
            if match and _CLOSED.match(after) and not _LISTED.match(after):
                yield from _finding(line, when, match["word"].lower(), anchor)


def _finding(line: DatedLine, when: When, word: str, anchor: Anchor) -> Iterator[Finding]:
    if when.precision == "year":
        year = anchor.day.year + _SHIFT[word]
        if when.year != year:
            yield _found(line, when, word, anchor, str(year), _SURE)
        return
    day = anchor.day + dt.timedelta(_SHIFT[word])
    if when.precision == "weekday" and when.named not in {None, day.weekday()}:
        off = ((when.named or 0) - day.weekday()) % 7
        sure = _PRINTED if off in {1, 6} else _SURE
        yield _found(line, when, word, anchor, weekday_name(day.weekday()), sure)
    elif when.precision == "day" and when.first not in {None, day}:
        off = abs(((when.first or day) - day).days)
        sure = _PRINTED if off == 1 else _SURE
        yield _found(line, when, word, anchor, f"{day.day} {day:%B}", sure)


def _found(
    line: DatedLine, when: When, word: str, anchor: Anchor, right: str, confidence: float
) -> Finding:
    written = when.span.of(line.text)
    today = f"{anchor.day.day} {anchor.day:%B %Y}"
    return Finding(
        line.span(when.span),
        None,
        f"By the article's date, {today}, '{word}' is {right}, not {written}.",
        confidence,
        None if when.precision == "day" else right,
    )
