"""Ages at the article's date that the year of birth of the same person does not allow."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.times.bearers import untitled
from factcheck.checks.times.births import Birth, births, is_of
from factcheck.checks.times.timeline import DatedLine
from factcheck.records import Span
from factcheck.text.dates import Anchor, When
from factcheck.text.durations import elapsed

_FULL_NAME = r"(?:[A-Z][\w'-]+\.? ){0,3}[A-Z][\w'-]+"
_AGE = re.compile(
    rf"(?P<name>{_FULL_NAME}), (?:(?:who is |now |aged )?)(?P<age>\d{{1,3}})(?=[,.;)]| who)"
    rf"|(?P<name2>{_FULL_NAME}),? (?P<verb>is|turned|was) (?P<age2>\d{{1,3}})"
    r"(?= years old|[,.;])"
)


def ages(lines: Sequence[DatedLine], anchor: Anchor | None) -> Iterator[Finding]:
    """Ages that a year of birth in the article does not allow."""
    if anchor is None or anchor.assumed:
        return
    known: dict[str, list[Birth]] = defaultdict(list)
    for birth in births(lines):
        if birth.name and not birth.is_relative:
            known[birth.name[-1]].append(birth)
    for at, line in enumerate(lines):
        for match in _AGE.finditer(line.text):
            form = "name" if match["name"] else "name2"
            alike = known.get(untitled(match[form].split())[-1], [])
            born = [one for one in alike if is_of(one, line, match.start(form), match[form])]
            if len(born) != 1 or "died" in line.text or not born[0].when.last:
                continue
            if match["verb"] in {None, "is"} or not _is_of_the_past(lines, at, born[0]):
                yield from _age(line, match, born[0], anchor)


def _is_of_the_past(lines: Sequence[DatedLine], at: int, birth: Birth) -> bool:
    """Whether 'she was 28' may be told of a day that the sentence or the one before tells."""
    near = (when for line in lines[max(0, at - 1) : at + 1] for when in line.whens)
    return " when " in lines[at].text or any(when is not birth.when for when in near)


def _age(line: DatedLine, match: re.Match[str], birth: Birth, anchor: Anchor) -> Iterator[Finding]:
    today = When(Span(0, 0), anchor.day, anchor.day, "day", None, anchor.assumed)
    lived = elapsed(birth.when, today, "year")
    form = "age" if match["age"] else "age2"
    age = int(match[form])
    if lived is None or lived[0] - 1 < age <= lived[1] + 0.02:
        return
    low, high = int(lived[0]), int(lived[1])
    right = str(high) if low == high else f"{low} or {high}"
    yield Finding(
        line.span(Span(match.start(form), match.end(form))),
        birth.line.span(birth.when.span),
        f"{birth.told}, one is {right} at the article's date, not {age}.",
        0.85,
        right if low == high else None,
    )
