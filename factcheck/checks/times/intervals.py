"""Dates, weekdays and durations of one sentence, or of neighbours, against the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

from factcheck.checks.findings import Finding
from factcheck.checks.times.impossible import impossible_days, lifespans
from factcheck.checks.times.named import named_lengths
from factcheck.checks.times.timeline import DatedLine, is_of_another_year
from factcheck.records import Span
from factcheck.text.dates import Anchor, When, weekday_name
from factcheck.text.durations import Duration, elapsed, fits, fits_another_year, spell

_AFTER = re.compile(
    r"^ (?P<relation>after|before|ahead of|following|prior to|earlier than|later than)\b", re.I
)
_LATER = re.compile(
    r"^ (?P<relation>later|earlier|afterwards|after that|before that),? (?:on |in )?$", re.I
)
_FORWARD = frozenset({"after", "following", "later", "later than", "afterwards", "after that"})
_AGO = re.compile(r"^ ago\b", re.IGNORECASE)
_BETWEEN = re.compile(r"^ ?(?:to|until|till|through|and|-|\u2013) ?(?:on |the )?$", re.IGNORECASE)
_EARLY = 80
"""Characters into a sentence up to which 'three days later' counts from the sentence before."""
_BACK = re.compile(r"\b(?:back|backwards?|in reverse)\b,?[^,;]*$", re.IGNORECASE)
_NEXT_DAY = re.compile(r"\bthe (?:next|following) day,? (?:on |a )?$", re.IGNORECASE)


def weekdays(line: DatedLine, anchor: Anchor | None) -> Iterator[Finding]:
    """'Tuesday, 15 December 2021' where the calendar says Wednesday."""
    for when in line.whens:
        known = not when.assumed or (anchor is not None and not anchor.assumed)
        if when.precision != "day" or when.named is None or when.first is None or not known:
            continue
        actual = when.first.weekday()
        if actual == when.named or is_of_another_year(line, when):
            continue
        written = when.span.of(line.text)
        right = weekday_name(actual)
        named = weekday_name(when.named)
        yield Finding(
            line.span(when.span),
            None,
            f"{when.first.day} {when.first:%B} {when.first.year} was a {right}, not a {named}.",
            0.75 if when.assumed else 0.9,
            right + written[len(named) :],
        )


def relations(line: DatedLine, previous: DatedLine | None) -> Iterator[Finding]:
    """'July 10, a week after … July 17', 'two days later, on Friday'."""
    for duration in line.durations:
        rest = line.text[duration.span.end :]
        match = _AFTER.match(rest)
        if match:
            yield from _after(line, duration, match)
    for when in line.whens:
        yield from _later(line, when, previous)


def _after(line: DatedLine, duration: Duration, match: re.Match[str]) -> Iterator[Finding]:
    end = duration.span.end
    before = [when for when in line.whens if when.span.end <= duration.span.start]
    behind = [when for when in line.whens if when.span.start >= end + match.end()]
    if not before or not behind:
        return
    one, other = before[-1], behind[0]
    lead = line.text[one.span.end : duration.span.start]
    link = line.text[end + match.end() : other.span.start]
    if not re.fullmatch(r"[^.;:]{0,25}", lead) or not re.fullmatch(r"[^.;:]{0,110}", link):
        return
    if re.search(r"\b(?:and|but|while|when|who|which|said)\b", f"{lead} {link}"):
        return
    forward = match["relation"].lower() in _FORWARD
    place = Span(duration.span.start, end + match.end())
    yield from _related(line, duration, one, other, forward, place)


def _later(line: DatedLine, when: When, previous: DatedLine | None) -> Iterator[Finding]:
    """'Two days later, on Friday' after a sentence or clause dated Wednesday."""
    for duration in line.durations:
        between = line.text[duration.span.end : when.span.start]
        match = _LATER.match(between) if duration.span.end <= when.span.start else None
        if not match:
            continue
        earlier = [w for w in line.whens if w.span.end <= duration.span.start]
        if not earlier and previous and len(previous.whens) == 1 and duration.span.start < _EARLY:
            earlier = list(previous.whens)
            source = previous
        else:
            source = line
        if len(earlier) == 1:
            forward = match["relation"].lower() in _FORWARD
            place = Span(duration.span.start, when.span.end)
            yield from _related(line, duration, when, earlier[0], forward, place, source)


def _related(
    line: DatedLine,
    duration: Duration,
    one: When,
    other: When,
    forward: bool,
    place: Span,
    source: DatedLine | None = None,
) -> Iterator[Finding]:
    """The finding where `one` is not `duration` after (or before) `other`."""
    source = source or line
    start, end = (other, one) if forward else (one, other)
    between = elapsed(start, end, duration.unit)
    if between is None:
        yield from _by_weekday(line, duration, one, other, forward, place, source)
        return
    if fits(duration, between) or fits_another_year(duration, between, start, end):
        return
    turned = fits(duration, (-between[1], -between[0]))
    words = place.of(line.text)
    said = duration.span.of(line.text)
    yield Finding(
        line.span(place),
        source.span(other.span) if source is not line else line.span(one.span, other.span),
        _why(one.span.of(line.text), other.span.of(source.text), said, forward)
        + (_side(not forward) if turned else f"{_shown(between, duration.unit)} lie between."),
        0.85,
        _turned(words) if turned else _corrected(duration, between, words, said),
    )


def _why(one: str, other: str, said: str, forward: bool) -> str:
    return f"{one} is not {said} {'after' if forward else 'before'} {other}: "


def _side(after: bool) -> str:
    return f"it comes {'after' if after else 'before'} it."


def _by_weekday(
    line: DatedLine,
    duration: Duration,
    one: When,
    other: When,
    forward: bool,
    place: Span,
    source: DatedLine,
) -> Iterator[Finding]:
    """The same by weekdays alone: Thursday is four days after Sunday."""
    if one.weekday is None or other.weekday is None or duration.unit not in {"day", "week"}:
        return
    days = duration.count * (7 if duration.unit == "week" else 1)
    if duration.low != duration.high or days != int(days) or days > 21:
        return
    wanted = (other.weekday + int(days) * (1 if forward else -1)) % 7
    if wanted == one.weekday:
        return
    said = duration.span.of(line.text)
    yield Finding(
        line.span(place),
        source.span(other.span),
        f"{said[0].upper()}{said[1:]} {'after' if forward else 'before'}"
        f" {weekday_name(other.weekday)} is {weekday_name(wanted)},"
        f" not {weekday_name(one.weekday)}.",
        0.8,
    )


def _turned(words: str) -> str | None:
    swaps = {"after": "before", "before": "after", "later": "earlier", "earlier": "later"}
    found = re.search(r"\b(after|before|later|earlier)\b", words)
    return words[: found.start()] + swaps[found[1]] + words[found.end() :] if found else None


def _corrected(
    duration: Duration, between: tuple[float, float], words: str, said: str
) -> str | None:
    right = _whole(between)
    return words.replace(said, spell(right, duration.unit)) if right else None


def _whole(between: tuple[float, float]) -> int | None:
    """The number of full units between two dates, where there is but one."""
    low, high = sorted(abs(value) for value in between)
    return int(high) if int(low) == int(high) or high - low < 1.01 else None


def _shown(between: tuple[float, float], unit: str) -> str:
    low, high = sorted(abs(value) for value in between)
    if abs(high - low) < 0.05:
        return spell(round(high), unit) if abs(high - round(high)) < 0.2 else f"{high:.1f} {unit}s"
    if int(low) == int(high):
        return f"between {int(low)} and {int(high) + 1} {unit}s"
    return (
        f"{int(low)} to {int(high)} {unit}s"
        if high - low > 1.01
        else f"about {round((low + high) / 2)} {unit}s"
    )


def stretches(line: DatedLine) -> Iterator[Finding]:
    """'From 1998 to 2004, nine years', and ends that lie before their beginnings."""
    for start, end in pairwise(line.whens):
        between = line.text[start.span.end : end.span.start]
        lead = line.text[max(0, start.span.start - 14) : start.span.start].lower()
        if not _BETWEEN.match(between) or not re.search(
            r"\b(?:from|between|\()\s?(?:the )?$", lead
        ):
            continue
        if not _BACK.search(line.text[: start.span.start]):
            yield from _backwards(line, start, end)
        for duration in line.durations:
            if _measures(line, duration, start, end):
                yield from _stretch(line, duration, start, end)


def _backwards(line: DatedLine, start: When, end: When) -> Iterator[Finding]:
    if start.assumed or end.assumed or not start.first or not end.last:
        return
    if end.last < start.first:
        yield Finding(
            line.span(start.span, end.span),
            None,
            f"{end.span.of(line.text)} comes before {start.span.of(line.text)}.",
            0.75,
        )


def _measures(line: DatedLine, duration: Duration, start: When, end: When) -> bool:
    """Whether the duration is said to be the length of that stretch."""
    before = line.text[duration.span.end : start.span.start]
    after = line.text[end.span.end : duration.span.start]
    if duration.span.end <= start.span.start:
        plain = re.fullmatch(r",? (?:from|between) (?:the )?", before)
        hyphened = "-" in duration.span.of(line.text)
        return bool(
            plain or (hyphened and re.fullmatch(r"(?: [\w'-]+){1,4},? (?:from|between) ", before))
        )
    return duration.span.start >= end.span.end and bool(
        re.fullmatch(r"(?:,| \(| -| \u2013|, or|, a (?:period|span|total) of) ?", after)
    )


def _stretch(line: DatedLine, duration: Duration, start: When, end: When) -> Iterator[Finding]:
    between = elapsed(_of_year(start, end), end, duration.unit)
    if between is None or between[0] < 0:
        return
    if fits(duration, between) or fits(duration, (between[0], between[1] + _inclusive(duration))):
        return
    said = duration.span.of(line.text)
    yield Finding(
        line.span(duration.span),
        line.span(start.span, end.span),
        f"From {start.span.of(line.text)} to {end.span.of(line.text)} is"
        f" {_shown(between, duration.unit)}, not {said}.",
        0.8,
    )


def _of_year(start: When, end: When) -> When:
    """'26 May' of 'from 26 May to 30 May 2025' in the year of the end, or the one before."""
    if not (start.assumed and not end.assumed and start.first and start.last and end.first):
        return start
    if start.precision != "day" or end.precision != "day":
        return start
    for year in (end.first.year, end.first.year - 1):
        with suppress(ValueError):
            day = start.first.replace(year=year)
            if day <= end.first:
                return replace(start, first=day, last=day, assumed=False)
    return start


def _inclusive(duration: Duration) -> float:
    """Both end days may be counted: 3 to 9 May is a seven-day tour."""
    return {"day": 1.0, "week": 0.15}.get(duration.unit, 0.05)


def ago(line: DatedLine, anchor: Anchor | None) -> Iterator[Finding]:
    """'In 2014, five years ago' in an article of 2021."""
    if anchor is None or anchor.assumed:
        return
    today = When(Span(0, 0), anchor.day, anchor.day, "day")
    for duration in line.durations:
        if not _AGO.match(line.text[duration.span.end :]):
            continue
        for when in line.whens:
            between = line.text[when.span.end : duration.span.start]
            behind = line.text[duration.span.end : when.span.start]
            near = re.fullmatch(r",? (?:some |about )?", between) or re.fullmatch(
                r" ago,? (?:in|on) ", behind
            )
            gone = elapsed(when, today, duration.unit)
            if near and gone and not when.assumed and not fits(duration, gone):
                yield Finding(
                    line.span(duration.span),
                    line.span(when.span),
                    f"{when.span.of(line.text)} was {_shown(gone, duration.unit)} before the"
                    f" article's date, not {duration.span.of(line.text)}.",
                    0.8,
                )


def next_days(line: DatedLine, previous: DatedLine | None) -> Iterator[Finding]:
    """'The next day, Friday' after a Wednesday."""
    for when in line.whens:
        match = _NEXT_DAY.search(line.text[: when.span.start])
        if not match or when.weekday is None:
            continue
        earlier = [w for w in line.whens if w.span.end <= match.start()]
        source = line
        if not earlier and previous and len(previous.whens) == 1 and match.start() < 5:
            earlier, source = list(previous.whens), previous
        if len(earlier) == 1 and earlier[0].weekday is not None:
            wanted = (earlier[0].weekday + 1) % 7
            if wanted != when.weekday:
                yield Finding(
                    line.span(when.span),
                    source.span(earlier[0].span),
                    f"The day after {weekday_name(earlier[0].weekday)} is"
                    f" {weekday_name(wanted)}, not {weekday_name(when.weekday)}.",
                    0.7,
                    weekday_name(wanted),
                )


def sentence_rules(lines: Sequence[DatedLine], anchor: Anchor | None) -> Iterator[Finding]:
    """All that one sentence, or it and the one before, says about time that cannot be."""
    previous: DatedLine | None = None
    for line in lines:
        yield from weekdays(line, anchor)
        yield from impossible_days(line)
        yield from lifespans(line)
        yield from named_lengths(line)
        yield from relations(line, previous)
        yield from stretches(line)
        yield from ago(line, anchor)
        yield from next_days(line, previous)
        previous = line
