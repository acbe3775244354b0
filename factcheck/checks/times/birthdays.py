"""Birthdays and ages beside one another: 'died at 83, a week before her 83rd birthday'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.times.timeline import DatedLine
from factcheck.records import Span
from factcheck.text.numbers import ROUND_ORDINALS, count_of, ordinal_of

_ORDINAL = rf"\d{{1,3}}(?:st|nd|rd|th)|{ROUND_ORDINALS}"
_AGE = r"\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?"
_BEFORE_OR_AFTER = re.compile(
    rf"\b(?:aged|at the age of|at) (?P<age>{_AGE})\b,?[^.;\d]{{0,30}}\b(?P<side>before|after)"
    rf" (?:what would have been )?(?:his|her|their) (?P<nth>{_ORDINAL}) birthday",
    re.IGNORECASE,
)
_BIRTHDAY = re.compile(rf"\b(?:his|her) (?P<nth>{_ORDINAL}) birthday\b", re.IGNORECASE)
_BORN = re.compile(r"\b[Bb]orn\b[^.;\d]{0,60}$")
_WOULD = re.compile(r"\b(?:would|will|next|last|ahead of|before|on the eve)\b", re.IGNORECASE)
_SLACK = 1


def birthdays(lines: Sequence[DatedLine]) -> Iterator[Finding]:
    """Ages that a birthday beside them rules out, and birthdays that the birth told does."""
    for line in lines:
        for match in _BEFORE_OR_AFTER.finditer(line.text):
            yield from _beside(line, match)
        for match in _BIRTHDAY.finditer(line.text):
            yield from _since_birth(line, match)


def _beside(line: DatedLine, match: re.Match[str]) -> Iterator[Finding]:
    """Before one's 83rd birthday one is 82."""
    age, nth = count_of(match["age"]), ordinal_of(match["nth"])
    if age is None or nth is None:
        return
    right = nth - 1 if match["side"].lower() == "before" else nth
    if age != right and abs(age - right) <= _SLACK:
        yield Finding(
            line.span(Span(*match.span("age"))),
            line.span(Span(*match.span("nth"))),
            f"{match['side'].capitalize()} the {match['nth']} birthday one is {right},"
            f" not {match['age']}.",
            0.75,
            str(right) if match["age"].isdigit() else None,
        )


def _since_birth(line: DatedLine, match: re.Match[str]) -> Iterator[Finding]:
    """'Born in March 1938, he took the oath in April 1980, after his 52nd birthday'."""
    years = [when for when in line.whens if when.year]
    born = [when for when in years if _BORN.search(line.text[: when.span.start])]
    others = [when for when in years if when not in born and when.span.start < match.start()]
    if len(born) != 1 or len(others) != 1 or _WOULD.search(line.text, 0, match.start()):
        return
    age, nth = (others[0].year or 0) - (born[0].year or 0), ordinal_of(match["nth"]) or 0
    if abs(age - nth) > _SLACK and 0 < age < 2 * nth:
        yield Finding(
            line.span(Span(*match.span("nth"))),
            line.span(born[0].span),
            f"From {born[0].span.of(line.text)} to {others[0].span.of(line.text)} is {age} years,"
            f" not {nth}.",
            0.75,
        )
