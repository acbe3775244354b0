"""Birthdays of things and anniversaries against their beginning, told anywhere in the article.

'Will mark its 20th birthday on Saturday' and, in another paragraph, 'started the service in 2009'.
Neighbouring sentences are read by `factcheck.checks.times.anniversaries`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.times.days import Day, days, today
from factcheck.checks.times.ordinals import NAMED, ORDINAL, nth
from factcheck.checks.times.timeline import DatedLine
from factcheck.records import Span
from factcheck.text.dates import Anchor

_ROUND = re.compile(
    rf"(?<!')\b(?P<nth>{ORDINAL}) (?:birthday|anniversary)\b(?: (?:of"
    rf"|since) (?P<of>[^,.;]{{3,50}}))?"
    rf"|\b(?P<named>{NAMED})\b",
    re.IGNORECASE,
)
_BEGAN = re.compile(
    r"\b(?:built|opened|founded|established|launched|formed|created|set up|erected|inaugurated"
    r"|began"
    r"|begun|started|came into being|first (?:opened|met|played|appeared|ran|sailed|held|served"
    r"|published"
    r"|staged|broadcast)|incorporated|chartered|laid out|got going|went on (?:the )?air"
    r"|was set going"
    r"|signed|took place|fell on|broke out|sank|went down|struck|killed|happened|was killed"
    r"|the first)\b"
    r"[^.;\d]{0,70}?\b(?:in|on|from|since)(?: the \w+ of)? ?$",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:another|different|neighbou?r\w*|rival|wedding|birth|death|born|extension|wing|branch"
    r"|second"
    r"|new (?:hall|building|school|church|bridge|stadium|factory|home)|moved|also|former"
    r"|formerly)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:last|next|when|until|then|at the time|years? (?:ago|later|earlier|before)|would have"
    r"|was to|had|before|ahead of|missed|short of|wedding|eve of|was marked|were marked"
    r"|was celebrated|was held)\b",
    re.IGNORECASE,
)
_OWNED = re.compile(r"(?:\b(?:his|her|their)|'s?) $", re.IGNORECASE)
"""Words before an anniversary that is somebody's, or of something else."""
_NEAR = 130
_BEGINNINGS = frozenset(
    "birth building completion construction creation establishment formation foundation founding"
    " inauguration introduction launch opening this that their when with start beginning".split()
)
_SLACK = 1
_LEAST, _MOST = 0.3, 3.0


def rounds(lines: Sequence[DatedLine], anchor: Anchor | None) -> Iterator[Finding]:
    """Anniversaries that the only beginning told of does not give in any year told of."""
    said = [
        (line, match)
        for line in lines
        for match in _ROUND.finditer(line.text)
        if not _OWNED.search(line.text[: match.start()])
        and not _PAST.search(line.text[max(0, match.start() - 60) : match.end() + 40])
    ]
    numbers = {nth(match["nth"] or match["named"]) for _, match in said}
    if len(numbers) != 1 or None in numbers:
        return
    dated = days(lines, anchor)
    began = [day for day in dated if _has_begun(day)]
    now = today(lines, anchor)
    number = numbers.pop() or 0
    if len({day.when.year for day in began}) != 1 or now is None or number < 2:
        return
    start, this_year = began[0], now.when.year or 0
    years = [day.when.year for day in dated if day.when.year]
    for line, match in said:
        own = [when.year for when in line.whens if when.year and when is not start.when]
        ends = {*own} or {this_year}
        given = {end - year for year in years for end in ends if year and end}
        age = max(ends, default=0) - (start.when.year or 0)
        unsure = not own and not now.is_sure and number > age
        same = start.line is line  # neighbours are read by `anniversaries`
        if same or (match["of"] and not _is_thing(match["of"], start)):
            continue
        if unsure or any(abs(number - one) <= _SLACK for one in given):
            continue
        if age > 0 and _LEAST <= number / age <= _MOST:
            group = "nth" if match["nth"] else "named"
            yield Finding(
                line.span(Span(*match.span(group))),
                start.line.span(start.when.span),
                f"From {start.written} to {max(ends)} is {age} years, not {number}.",
                0.75,
            )


def _is_thing(words: str, start: Day) -> bool:
    """Whether 'of the …' names what the beginning is told of."""
    known = {word.lower_ for word in start.line.parsed.doc} | {
        word.lemma_ for word in start.line.parsed.doc
    }
    told = [word for word in re.findall(r"[a-z]{4,}", words.casefold()) if word not in _BEGINNINGS]
    return not told or any(word in known for word in told)


def _has_begun(day: Day) -> bool:
    """Whether a date with its year is that of a beginning."""
    if day.when.assumed:
        return False
    before = day.line.text[: day.when.span.start][-_NEAR:]
    match = _BEGAN.search(before)
    return match is not None and not _OTHER.search(match.group())
