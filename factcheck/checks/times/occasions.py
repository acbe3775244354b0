"""One event dated twice: 'the blaze broke out on 14 February', 'the cause of the 15 February fire'.

Words for events that happen on one day stand in data/occasions.toml. The two tellings may use
different words; the second must speak of the event as one already known, and neither of another
one ('a smaller fire', 'an earlier tremor'). An event for which three days are told is several.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.checks.findings import Finding
from factcheck.checks.lexicon import table
from factcheck.checks.times.timeline import MOST_DATES, DatedLine, is_an_end, moments
from factcheck.text.clauses import names
from factcheck.text.dates import When

_FEW_WORDS = r"(?:[\w'-]+ ){0,8}"
_REACH = 60
"""Characters between a date and the words for what happened on it."""
_PARTED = re.compile(
    r"[;:]|\.\s|\b(?:and|but|while|whereas|since|until|when)\b"
    r"|\b(?:after|before) (?!midnight|noon|dawn|dusk|dark|midday|sunrise|sunset|nightfall|\d)"
)
_ANOTHER = re.compile(
    r"\b(?:another|other|second|third|fourth|earlier|later|previous\w*|last|next|smaller|bigger"
    r"|lesser|minor"
    r"|similar|separate|again|also|annual|every|each|anniversary|repeat|return|replay|semi-final"
    r"|quarter-final"
    r"|first|initial|aftershocks?|further|new|different|two|three|four|several|many|series|spate"
    r"|elsewhere"
    r"|postponed|rearranged|moved|extended|brought forward|put back|originally|delayed|instead"
    r"|not|no"
    r"|nearby|rival|old|former|fellow|if|would|half|quarter)\b",
    re.IGNORECASE,
)
_ATTRIBUTIVE = (
    r"^(?: (?:night|morning|afternoon|evening|lunchtime))?(?:'s)?"
    r" (?:(?!and|or|to|in|at|by|on|of|from|for)[\w-]+ ){0,1}"
)
_DEFINITE = r"\b(?:the|this|that|its|their|his|her) (?:[\w'-]+ ){0,2}"
_THE = re.compile(r"\b(?:the|that|this) $", re.IGNORECASE)
_CLOSE = re.compile(
    r"^(?:,? (?:which|that)(?: was| is| took place| happened| fell| occurred)?| (?:is|was|will be"
    r"|falls"
    r"|took place|happened|takes place|occurred|of))?,? ?(?:early |late )?(?:in|on|of|by|for)?"
    r"(?: the \w+(?: \w+)? of)? ?(?:noon on )?$"
)
_SURE, _LIKELY = 0.75, 0.6


@dataclass(frozen=True)
class _Occasion:
    told: re.Pattern[str]
    known: re.Pattern[str]
    behind: re.Pattern[str]
    single: bool
    """Whether there is but one in an article, so that no telling need speak of it as known."""
    yearly: bool
    """Whether it falls on the same day in every year."""


@dataclass(frozen=True)
class _Telling:
    """A date that is given to an event."""

    line: DatedLine
    when: When
    is_known: bool
    """Whether the event is spoken of as one already known."""


def occasions(lines: Sequence[DatedLine]) -> Iterator[Finding]:
    """Events of one day to which the article gives two."""
    ends = {(id(m.line), m.when.span) for m in moments(lines) if is_an_end(m)}
    dated = [
        (line, when) for line in lines for when in line.whens if (id(line), when.span) not in ends
    ]
    if len(dated) > 4 * MOST_DATES:
        return
    for kind in _occasions():
        tellings = [found for line, when in dated for found in _telling(kind, line, when)]
        if 2 <= len(tellings) <= 6:
            yield from _rivals(kind, tellings)


def _telling(kind: _Occasion, line: DatedLine, when: When) -> Iterator[_Telling]:
    before, after = line.text[: when.span.start], line.text[when.span.end :]
    behind = kind.behind.match(after)
    if behind and (_THE.search(before) or "'s " in behind.group()):
        if not _ANOTHER.search(before[-30:] + behind.group()):
            yield _Telling(line, when, True)
        return
    found = None
    for match in kind.known.finditer(before):
        if _CLOSE.match(before[match.end() :]) and not _ANOTHER.search(match.group()):
            found = _Telling(line, when, True)
    if found is None:
        for match in kind.told.finditer(line.text):
            low, high = sorted((match.span(), (when.span.start, when.span.end)))
            between = line.text[low[1] : high[0]]
            clause = line.text[max(0, match.start() - 40) : match.end()]
            if (
                len(between) <= _REACH
                and not _PARTED.search(between)
                and not _ANOTHER.search(clause)
            ):
                found = _Telling(line, when, kind.single)
    if found:
        yield found


def _rivals(kind: _Occasion, tellings: Sequence[_Telling]) -> Iterator[Finding]:
    days: list[list[_Telling]] = []
    for telling in tellings:
        group = next((g for g in days if not _apart(g[0].when, telling.when, kind.yearly)), None)
        if group is None:
            days.append([telling])
        else:
            group.append(telling)
    if len(days) != 2:
        return
    one, other = days
    if not any(telling.is_known for telling in (*one, *other)) or _differ(one[0], other[0]):
        return
    first, second = (one, other) if _is_firmer(one, other) else (other, one)
    wrong, right = second[-1], first[0]
    if wrong.line is right.line:
        return
    yield Finding(
        wrong.line.span(wrong.when.span),
        right.line.span(right.when.span),
        f"The same event is dated {wrong.when.span.of(wrong.line.text)} here and"
        f" {right.when.span.of(right.line.text)} elsewhere in the article.",
        _SURE if len(first) > 1 else _LIKELY,
        None,
    )


def _is_firmer(one: Sequence[_Telling], other: Sequence[_Telling]) -> bool:
    """Whether the first day is told more often, more exactly or first."""
    if len(one) != len(other):
        return len(one) > len(other)
    return _width(one[0].when) <= _width(other[0].when)


def _width(when: When) -> int:
    return (when.last - when.first).days if when.first and when.last else 0


def _apart(one: When, other: When, yearly: bool) -> bool:
    """Whether two dates exclude each other."""
    if not (one.first and one.last and other.first and other.last):
        return (
            one.weekday is not None and other.weekday is not None and one.weekday != other.weekday
        )
    if one.assumed or other.assumed or yearly:
        if "year" in {one.precision, other.precision}:
            return False
        return (one.first.month, one.precision == other.precision == "day" and one.first.day) != (
            other.first.month,
            one.precision == other.precision == "day" and other.first.day,
        )
    return one.last < other.first or other.last < one.first


def _differ(one: _Telling, other: _Telling) -> bool:
    """Whether each telling has names that the other has not."""
    first, second = names(one.line.parsed.doc), names(other.line.parsed.doc)
    return bool(first - second and second - first and not first & second)


@functools.cache
def _occasions() -> tuple[_Occasion, ...]:
    return tuple(
        _Occasion(
            told=re.compile(rf"\b(?:{_any(entry['told'])})\b", re.IGNORECASE),
            known=re.compile(rf"{_DEFINITE}(?:{_any(entry['noun'])})\b", re.IGNORECASE),
            behind=re.compile(rf"{_ATTRIBUTIVE}(?:{_any(entry['noun'])})\b", re.IGNORECASE),
            single=entry.get("single", False),
            yearly=entry.get("yearly", False),
        )
        for entry in table("occasions.toml")["occasion"]
    )


def _any(words: Sequence[str]) -> str:
    forms = (re.escape(word).replace(r"…\ ", _FEW_WORDS).replace(r"\*", r"\w*") for word in words)
    return "|".join(forms)
