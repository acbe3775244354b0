"""Ages against the one date of birth that the article gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.checks.findings import Finding
from factcheck.checks.times.births import (
    RELATIVES,
    Birth,
    births,
    capitalised,
    is_of,
    is_of_another,
)
from factcheck.checks.times.timeline import DatedLine
from factcheck.records import Span
from factcheck.text.dates import Anchor, When
from factcheck.text.durations import elapsed
from factcheck.text.numbers import FROM_TEN_ON, count_of

_NUMBER = rf"\d{{1,3}}|{FROM_TEN_ON}"
_END = r"(?=[,.;)]| (?:he|she|in|on|and|years|when)\b)"
_AGE = re.compile(
    rf"(?P<name>(?:[A-Z][\w'-]+\.? ){{0,3}}[A-Z][\w'-]+), (?:aged )?(?P<a>{_NUMBER}),"
    rf"|\b(?:at the age of|aged|at age|died at|,? at) (?P<b>{_NUMBER}){_END}"
    rf"|^(?:He|She) was (?P<c>{_NUMBER}){_END}"
    rf"|\bwhen (?:he|she) was (?P<d>{_NUMBER}){_END}"
    rf"|\bwas (?:just |only |still |barely )?(?P<e>{_NUMBER}) when\b",
)
_DIED_ON = re.compile(r"\bdied\b[^.;]{0,25}$")
_DIED = re.compile(r"\b(?:died|dies|death|dead)\b")
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
_NEAR = 120
"""Characters before a date in which 'died' is looked for."""
_OWN_CLAUSE = re.compile(r" (?:he|she) ")
"""'At twelve he retired' dates what follows by the age alone."""


@dataclass(frozen=True)
class _Day:
    """A day at which somebody may have been of an age."""

    words: str
    when: When


def lifetimes(lines: Sequence[DatedLine], anchor: Anchor | None) -> Iterator[Finding]:
    """Ages that the birth told of allows at none of the dates around them."""
    born = births(lines)
    if len(born) != 1 or born[0].is_relative:
        return
    birth = born[0]
    deaths = [
        _day(line, when)
        for line in lines
        for when in line.whens
        if _is_death(line, when) and not RELATIVES.search(line.text)
    ]
    for at, line in enumerate(lines):
        if RELATIVES.search(line.text) and line is not birth.line:
            continue
        near = _days(line, birth) or (_days(lines[at - 1], birth) if at else [])
        if anchor and not anchor.assumed:
            today = When(Span(0, 0), anchor.day, anchor.day, "day")
            near = [*near, _Day("the article's date", today)]
        at_death = _at_death(line) if len(deaths) == 1 else None
        for match in _AGE.finditer(line.text):
            if _is_of(line, match, birth):
                days = [*near, *deaths] if match.start() == at_death else near
                yield from _age(line, match, birth, days)


def _is_death(line: DatedLine, when: When) -> bool:
    known = when.first is not None and not when.assumed
    return known and _DIED_ON.search(line.text[: when.span.start][-_NEAR:]) is not None


def _at_death(line: DatedLine) -> int | None:
    """Where the age stands that is nearest to 'died': 'He entered at 31 and died at 90'."""
    died = _DIED.search(line.text)
    ages = [match.start() for match in _AGE.finditer(line.text)]
    return min(ages, key=lambda at: abs(at - died.start()), default=None) if died else None


def _day(line: DatedLine, when: When) -> _Day:
    return _Day(when.span.of(line.text), when)


def _days(line: DatedLine, birth: Birth) -> list[_Day]:
    return [
        _day(line, when)
        for when in line.whens
        if when is not birth.when and when.first and not when.assumed
    ]


def _is_of(line: DatedLine, match: re.Match[str], birth: Birth) -> bool:
    """Whether the age is that of the one whose birth is told."""
    if match["name"]:
        return is_of(birth, line, match.start("name"), match["name"])
    if is_of_another(birth, line):
        return False
    named = birth.around & capitalised(line.text)
    return line is birth.line or bool(named) or _PRONOUN.search(line.text) is not None


def _age(
    line: DatedLine, match: re.Match[str], birth: Birth, days: Sequence[_Day]
) -> Iterator[Finding]:
    form = next(name for name in "abcde" if match[name])
    if form == "b" and _OWN_CLAUSE.match(line.text, match.end()):
        return
    age = count_of(match[form])
    lived = [(day, span) for day in days if (span := elapsed(birth.when, day.when, "year"))]
    if age is None or not lived or any(low - 1 < age <= high + 0.02 for _, (low, high) in lived):
        return
    day, (low, high) = lived[0]
    if high < 1 or not 0.6 <= age / high <= 1.7:
        return
    right = f"{int(high)}" if int(low) == int(high) else f"{int(low)} or {int(high)}"
    yield Finding(
        line.span(Span(match.start(form), match.end(form))),
        birth.line.span(birth.when.span),
        f"{birth.told}, one is {right} by {day.words}, not {match[form]}.",
        0.75,
    )
