"""Time across sentences: lengths of waits, one event dated twice, stray weekdays."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.times.timeline import DatedLine, Moment, is_an_end, told_once
from factcheck.records import Span
from factcheck.text.clauses import stem
from factcheck.text.dates import Anchor, When, weekday_name
from factcheck.text.durations import Duration, elapsed, fits, spell

_SINCE = re.compile(
    r"^ since (?:(?:his|her|its|their|the|that|an?) )?(?P<event>[\w-]+)(?: (?P<next>[\w-]+))?", re.I
)
_PART = re.compile(r"\bfor (?:only|just|but|barely|no more than|less than) $", re.IGNORECASE)
_WAIT = (
    r"wait|delay|battle|fight|struggle|campaign|dispute|quest|search|effort|inquiry|investigation"
    r"|strike|siege|negotiations|talks|war|reign|tenure|ban|closure|absence"
)
_WAIT_OF = re.compile(rf"\b(?:{_WAIT}) (?:of|lasting|that lasted)(?: \w+)? $", re.IGNORECASE)
_LONG_WAIT = re.compile(rf"^(?:[- ]long)? (?:\w+ )?(?:{_WAIT})\b", re.IGNORECASE)
_ENDED = re.compile(r"\b(?:end(?:s|ed|ing)?|after|over|conclud\w+|clos(?:es|ed|ing))\b", re.I)
_BEGAN = frozenset(
    stem(word)
    for word in "lodge file begin start open launch apply request demand submit claim".split()
)
_THE_EVENT = re.compile(
    r"'s (?P<noun>encounter|incident|attack|clash|meeting|vote|match|accident|strike|decision"
    r"|announcement|summit|ruling|explosion|blast|collision|crash|fire|shooting|raid|debate|protest"
    r"|ceremony|hearing|verdict|talks|session|storm|launch)\b"
)
_FUTURE = re.compile(
    r"(?:\b|(?<='))(?:will|ll|would|shall|next|coming|due|scheduled|planned|expected|to be)\b", re.I
)


def waits(
    lines: Sequence[DatedLine], moments: Sequence[Moment], anchor: Anchor | None
) -> Iterator[Finding]:
    """'In the eleven months since his arrest' where the arrest is dated six months before."""
    for line in lines:
        for duration in line.durations:
            match = _SINCE.match(line.text[duration.span.end :])
            if match and anchor and duration.unit != "day" and not _is_part(line, duration):
                yield from _since(line, duration, match, moments, anchor)
            yield from _ended(line, duration, moments, anchor)


def _is_part(line: DatedLine, duration: Duration) -> bool:
    """Whether it is a part of the time since: 'she had trained for only seven weeks since'."""
    return _PART.search(line.text[: duration.span.start]) is not None


def _since(
    line: DatedLine,
    duration: Duration,
    match: re.Match[str],
    moments: Sequence[Moment],
    anchor: Anchor,
) -> Iterator[Finding]:
    start = duration.span.end
    inside = [w for w in line.whens if 0 <= w.span.start - start < len(match.group()) + 12]
    if inside:
        dated = [(line, inside[0])]
    else:
        stems = {stem(word) for word in (match["event"], match["next"]) if word}
        near = [m for m in moments if m.verb and m.verb in stems and m.past]
        dated = [(moment.line, moment.when) for moment in near]
    if len({(when.first, when.last) for _, when in dated}) != 1:
        return
    source, when = dated[0]
    if when.assumed == anchor.assumed or not anchor.assumed:
        yield from _length(line, duration, source, when, _today(anchor), "the article's date")


def _ended(
    line: DatedLine,
    duration: Duration,
    moments: Sequence[Moment],
    anchor: Anchor | None,
) -> Iterator[Finding]:
    """A wait that has ended, of a length that its beginning in the next sentences denies."""
    before, after = line.text[: duration.span.start], line.text[duration.span.end :]
    waited = _WAIT_OF.search(before) or _LONG_WAIT.match(after)
    if not waited or not _ENDED.search(line.text) or anchor is None or anchor.assumed or line.whens:
        return
    near = [m for m in moments if 0 <= m.line.number - line.number <= 2]
    began = next((m for m in near if m.verb in _BEGAN and m.past), None)
    if began:
        today = _today(anchor)
        yield from _length(line, duration, began.line, began.when, today, "the article's date")


def _length(
    line: DatedLine, duration: Duration, source: DatedLine, start: When, end: When, until: str
) -> Iterator[Finding]:
    between = elapsed(start, end, duration.unit)
    if between is None or between[1] < 0 or fits(duration, between):
        return
    right = round((between[0] + between[1]) / 2 - (0.3 if duration.unit == "year" else 0.0))
    said = duration.span.of(line.text)
    yield Finding(
        line.span(duration.span),
        source.span(start.span),
        f"From {start.span.of(source.text)} to {until} is about {spell(right, duration.unit)},"
        f" not {said}.",
        0.8,
        spell(right, duration.unit) if duration.low == duration.high else None,
    )


def _today(anchor: Anchor) -> When:
    return When(Span(0, 0), anchor.day, anchor.day, "day", None, anchor.assumed)


def twice_dated(moments: Sequence[Moment]) -> Iterator[Finding]:
    """One event with two dates: the same verb, the same things, days that cannot both be."""
    by_verb: dict[str, list[Moment]] = defaultdict(list)
    for moment in moments:
        if moment.verb and moment.past and told_once(moment) and not is_an_end(moment):
            for earlier in by_verb[moment.verb][-6:]:
                if same_event(earlier, moment) and apart(earlier.when, moment.when):
                    yield _rival(earlier, moment)
            by_verb[moment.verb].append(moment)


def same_event(one: Moment, other: Moment) -> bool:
    """Whether two dated clauses tell of one event: one verb, and most of what hangs on it."""
    if one.line is other.line or (one.subject and other.subject and one.subject != other.subject):
        return False
    shared = (one.words | one.names) & (other.words | other.names)
    fewer = min(len(one.words), len(other.words))
    strange = (one.names - other.names) and (other.names - one.names)
    return len(shared) >= 2 and len(shared) >= 0.6 * fewer and not strange


def apart(one: When, other: When) -> bool:
    """Whether two dates exclude each other."""
    if one.first and one.last and other.first and other.last:
        if one.assumed != other.assumed and "year" in {one.precision, other.precision}:
            return False
        return one.last < other.first or other.last < one.first
    return one.weekday is not None and other.weekday is not None and one.weekday != other.weekday


def _rival(earlier: Moment, later: Moment) -> Finding:
    one, other = earlier.when.span.of(earlier.line.text), later.when.span.of(later.line.text)
    return Finding(
        later.line.span(later.when.span),
        earlier.line.span(earlier.when.span),
        f"The same event is dated {other} here and {one} elsewhere in the article.",
        0.6,
        one,
    )


def stray_weekdays(lines: Sequence[DatedLine]) -> Iterator[Finding]:
    """'Saturday's encounter' where the only encounter told of was on Sunday."""
    told: dict[int, tuple[DatedLine, When]] = {}
    spoken = [w.weekday for line in lines for w in line.whens if w.precision == "weekday"]
    for line in lines:
        for when in line.whens:
            noun = _THE_EVENT.match(line.text[when.span.end :])
            if noun and not _FUTURE.search(line.text):
                yield from _stray(line, when, noun["noun"], told, spoken)
        for when in line.whens:
            if when.precision == "weekday" and when.named is not None and _told(line, when):
                told[when.named] = (line, when)


def _told(line: DatedLine, when: When) -> bool:
    """Whether the weekday dates something that has happened, in the article's own voice."""
    return (
        line.text[: when.span.start].endswith("on ")
        and not _FUTURE.search(line.text)
        and not re.search(r"\b(?:said|told|says|announced) on $", line.text[: when.span.start])
    )


def _stray(
    line: DatedLine,
    when: When,
    noun: str,
    told: dict[int, tuple[DatedLine, When]],
    spoken: Sequence[int | None],
) -> Iterator[Finding]:
    named = when.named
    if named is None or spoken.count(named) != 1:
        return
    near = [
        (source, other)
        for day, (source, other) in told.items()
        if (day - named) % 7 in {1, 6} and 0 < line.number - source.number <= 8
    ]
    if len(near) == 1:
        source, other = near[0]
        right = weekday_name(other.named or 0)
        yield Finding(
            line.span(when.span, Span(when.span.end, when.span.end + 3 + len(noun))),
            source.span(other.span),
            f"No {noun} on a {weekday_name(named)} has been told of; what is told was on {right}.",
            0.6,
            f"{right}'s {noun}",
        )
