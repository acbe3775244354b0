"""Times of day against the length of time that is said to lie between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.checks.findings import Finding
from factcheck.checks.times.timeline import DatedLine
from factcheck.text.clock import DAY, Clock, Lapse, between, clocks, lapses, spell_minutes

_AFTER = re.compile(
    r"^ (?:later|afterwards?|on|after (?:it|that|the \w+)(?! \w))\b|^ (?:before|earlier)\b", re.I
)
_BACK = re.compile(r"^ (?:before|earlier)\b", re.I)
_TO_CLOCK = re.compile(r"^,? (?:and |it was )?(?:shortly |just )?(?:at|by|around|about) $", re.I)
_JUST_BEFORE = re.compile(r",? ?(?:[\w-]+ ){0,3}")
_ELSEWHERE = re.compile(
    r"\b(?:local|gmt|edt|est|cet|bst|(?:eastern|central|mountain|pacific) time|next|following"
    r"|previous|other|instead)\b",
    re.IGNORECASE,
)
_MOST = 16
"""Times and lengths of a sentence that is read; more are a timetable."""


@dataclass(frozen=True)
class _Time:
    line: DatedLine
    clock: Clock

    @property
    def written(self) -> str:
        """The time as written."""
        return self.clock.span.of(self.line.text)


def clock_times(lines: Sequence[DatedLine]) -> Iterator[Finding]:
    """'At 5:10 … at 5:40, fifty minutes later', 'from 9 a.m. to noon, four hours'."""
    last: tuple[DatedLine, Clock] | None = None
    for line in lines:
        times, lengths = clocks(line.text), lapses(line.text)
        prose = len(times) + len(lengths) <= _MOST and not _ELSEWHERE.search(line.text)
        for lapse in lengths if prose else ():
            if not (last and lapses(last[0].text) and len(times) < 2):
                yield from _later(line, lapse, times, last)
        if times:
            last = (line, times[-1])
        elif last and line.number - last[0].number > 1:
            last = None


def _fits(lapse: Lapse, minutes: Sequence[int]) -> bool:
    """Whether the length is one of those, or one of them and some days."""
    days = range(int(lapse.high // DAY) + 1)
    return any(lapse.low <= one + DAY * day <= lapse.high for one in minutes for day in days)


def _later(
    line: DatedLine,
    lapse: Lapse,
    times: Sequence[Clock],
    last: tuple[DatedLine, Clock] | None,
) -> Iterator[Finding]:
    rest = line.text[lapse.span.end :]
    match = _AFTER.match(rest)
    if match is None:
        return
    then, before = _then(line, lapse, lapse.span.end + match.end(), times)
    first = (line, before[-1]) if before else last
    if then is None or first is None:
        return
    source, start = first
    back = bool(_BACK.match(rest))
    told = (_Time(line, then), _Time(source, start))
    earlier, later = told if back else told[::-1]
    minutes = between(earlier.clock, later.clock)
    if _fits(lapse, minutes):
        return
    right = min(minutes, key=lambda one: abs(one - lapse.minutes))
    near, far = sorted((then.span, lapse.span), key=lambda span: span.start)
    yield Finding(
        line.span(near, far),
        source.span(start.span),
        f"From {earlier.written} to {later.written} is {spell_minutes(right)},"
        f" not {lapse.span.of(line.text)}.",
        0.85,
    )


def _then(
    line: DatedLine, lapse: Lapse, end: int, times: Sequence[Clock]
) -> tuple[Clock | None, list[Clock]]:
    """The second time of day, after the length or just before it; and those before both."""
    before = [clock for clock in times if clock.span.end <= lapse.span.start]
    behind = [clock for clock in times if clock.span.start >= lapse.span.end]
    for clock in behind:
        if _TO_CLOCK.match(line.text[end : clock.span.start]):
            return clock, before
    if before and _JUST_BEFORE.fullmatch(line.text[before[-1].span.end : lapse.span.start]):
        return before[-1], before[:-1]
    return None, before
