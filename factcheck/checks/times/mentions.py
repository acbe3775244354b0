"""The dates, times and lengths of an article and its references, with the words around them."""

from __future__ import annotations

import datetime as dt
import functools
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations

from factcheck.checks.alignment import rarity
from factcheck.checks.base import Case
from factcheck.records import Quotation, Span
from factcheck.text.clauses import content, names
from factcheck.text.numbers import numbers
from factcheck.text.parsing import ParsedSentence, split
from factcheck.text.timemarks import Parts, TimeMark, time_marks

_REMEMBERED = 4_096
"""Stretches whose words are kept: each is asked for by its date, its text and its neighbours."""
_REACH = 14
"""Words looked at on either side of a mention."""
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_NEXT_DAY = re.compile(r"\b(?:yesterday|tomorrow|last night|the (?:next|following) day)\b", re.I)
_YEAR_END = re.compile(r"\b(?:end of (?:the|this) year|year's end|year-end)\b", re.IGNORECASE)
_FAR_OFF = 366
"""Days from a document's date within which a length of time there may lead to another date."""
_MOST_MARKS = 16
"""A sentence with more is a calendar and is not read."""
_KIN = 0.24
"""Least share of a reference's telling words that the article has too: with fewer it tells of
other things, and its dates refute nothing."""


@dataclass(frozen=True)
class Mention:
    """A date, time or length of time and the words around it."""

    mark: TimeMark
    """The mark; its span is counted within the sentence."""
    parts: Parts
    """What its words give, with the weekday where the calendar tells it."""
    span: Span
    """Where it stands in its document."""
    words: str
    """The words as written."""
    near: frozenset[str]
    """Stems and numbers within reach in its sentence, without its own."""
    wide: frozenset[str]
    """Stems and numbers of its sentence and of those before and after."""
    names: frozenset[str] = frozenset()
    """The names in its sentence."""
    source: Quotation | None = None
    """The passage it stands in; None for the article itself."""
    year: int | None = None
    """The year in which its document was written, or which was written last before it."""


def reference_mentions(
    case: Case,
) -> tuple[list[Mention], dict[str, list[ParsedSentence]]]:
    """The mentions of all passages, each once where passages overlap.

    Returns:
        The mentions, and the sentences read by the id of their document.
    """
    dated = {evidence.quotation: evidence.date for evidence in case.passages}
    found: dict[tuple[str, Span], Mention] = {}
    read: dict[str, list[ParsedSentence]] = defaultdict(list)
    for quotation, date in dated.items():
        parsed = case.parser.parse_text(quotation.text)
        read[quotation.source_id] += parsed
        year = int(date[:4]) if date else None
        for mention in mentions(quotation.text, parsed, year, quotation):
            found.setdefault((quotation.source_id, mention.span), mention)
    return list(found.values()), read


def further_parts(case: Case) -> Iterator[Parts]:
    """What the dates, times and lengths of the further passages give."""
    for evidence in case.further:
        text, year = evidence.quotation.text, int(evidence.date[:4]) if evidence.date else None
        for sentence in split(text):
            for mark in time_marks(sentence.of(text)):
                parts = mark.with_weekday(year)
                year = int(mark.parts.get("year", year or 0)) or None
                yield {"year": year, **parts} if year and "month" in parts else parts


def year_of(case: Case) -> int | None:
    """The article's year: by its date, else by the latest reference."""
    known = [evidence.date for evidence in case.passages]
    date = case.article.date or max((date for date in known if date), default=None)
    return int(date[:4]) if date else None


def mentions(
    text: str,
    sentences: Sequence[ParsedSentence],
    year: int | None,
    source: Quotation | None,
) -> list[Mention]:
    """The mentions in sentences of `text`; `year` is that of dates which are written without."""
    words = [_anchors(sentence, 0, len(sentence.doc)) for sentence in sentences]
    shift = source.span.start if source else 0
    found = []
    for at, sentence in enumerate(sentences):
        marks = time_marks(sentence.span.of(text))
        wide = frozenset().union(*words[max(0, at - 1) : at + 2])
        for mark in marks if len(marks) <= _MOST_MARKS else ():
            span = mark.span.shifted(sentence.span.start)
            near = _near(sentence, mark.span)
            parts = mark.with_weekday(year)
            year = int(mark.parts.get("year", year or 0)) or None
            where = span.shifted(shift), span.of(text)
            strangers = names(sentence.doc)
            found.append(Mention(mark, parts, *where, near, wide, strangers, source, year))
    return found


def reckoned_days(case: Case, theirs: Sequence[Mention]) -> Iterator[dt.date]:
    """The days that a reference gives by its own date: 'on Monday', 'tomorrow', 'in four weeks'."""
    written = {
        evidence.quotation: dt.date.fromisoformat(evidence.date[:10])
        for evidence in case.passages
        if evidence.date and _ISO.match(evidence.date)
    }
    for quotation, day in written.items():
        yield day
        if _NEXT_DAY.search(quotation.text):
            yield from (day - dt.timedelta(1), day + dt.timedelta(1))
        if _YEAR_END.search(quotation.text):
            yield dt.date(day.year, 12, 31)
    for mention in theirs:
        written_on = written.get(mention.source) if mention.source else None
        if written_on and mention.mark.kind == "length":
            days = mention.parts["length"]
            if days < _FAR_OFF:
                yield from (written_on + dt.timedelta(round(sign * days)) for sign in (-1, 1))
        elif written_on and mention.mark.parts.keys() == {"weekday"}:
            ahead = (int(mention.parts["weekday"]) - written_on.weekday()) % 7
            yield from (written_on + dt.timedelta(ahead + weeks * 7) for weeks in (-1, 0, 1))


def lengths_between(theirs: Sequence[Mention]) -> set[int]:
    """The days between two dates of one document, a month or year once named being understood."""
    days: dict[str, list[dt.date]] = defaultdict(list)
    month: dict[str, float] = {}
    for mention in theirs:
        name = mention.source.source_id if mention.source else ""
        month[name] = mention.parts.get("month", month.get(name, 0))
        if "day" in mention.parts and month[name] and mention.year:
            with suppress(ValueError):
                parts = mention.year, month[name], mention.parts["day"]
                days[name].append(dt.date(*map(int, parts)))
    pairs = (pair for listed in days.values() for pair in combinations(set(listed), 2))
    return {abs((one - other).days) for one, other in pairs}


def _near(sentence: ParsedSentence, span: Span) -> frozenset[str]:
    doc = sentence.doc
    places = range(len(doc))
    first = bisect_right(places, span.start, key=lambda at: doc[at].idx + len(doc[at]))
    last = bisect_left(places, span.end, key=lambda at: doc[at].idx)
    before = _anchors(sentence, max(0, first - _REACH), first)
    return before | _anchors(sentence, last, last + _REACH)


def weights(sentences: Sequence[ParsedSentence]) -> dict[str, float]:
    """How telling each word or number is: 1 for one that stands in a single sentence."""
    return rarity(_anchors(sentence, 0, len(sentence.doc)) for sentence in sentences)


def kin_of(
    sentences: Sequence[ParsedSentence], read: Mapping[str, Sequence[ParsedSentence]]
) -> frozenset[str]:
    """The ids of the documents that tell of the same things as the article."""
    ours = _all_anchors(sentences)
    theirs = {source: _all_anchors(parsed) for source, parsed in read.items()}
    return frozenset(
        source for source, words in theirs.items() if len(words & ours) >= _KIN * len(words)
    )


def _all_anchors(sentences: Iterable[ParsedSentence]) -> set[str]:
    return {word for one in sentences for word in _anchors(one, 0, len(one.doc))}


@functools.lru_cache(_REMEMBERED)
def _anchors(sentence: ParsedSentence, first: int, last: int) -> frozenset[str]:
    """Stems of the telling words from one token to another, and the numbers above two."""
    tokens = sentence.doc[first:last]
    figures = {f"#{number.value:g}" for number in numbers(tokens.text) if number.value > 2}
    return content(tokens) | figures
