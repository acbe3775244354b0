"""Times of day ('5:10 a.m.', 'ten past one', 'noon') and lengths in hours and minutes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from factcheck.records import Span
from factcheck.text.folding import readable
from factcheck.text.numbers import UP_TO_TWELVE, count_of
from factcheck.text.quantities import quantities

DAY = 24 * 60
HALF_DAY = 12 * 60

_MINUTES = (
    "five|ten|twenty|twenty-five|a quarter|quarter|half"
    rf"|(?:{UP_TO_TWELVE}|\d{{1,2}})(?= minutes? )"
)
_HALF = (
    r"(?: ?(?P<half{0}>(?:[ap]m\b|[ap]\.m\b\.?))| in the (?P<part{0}>morning|afternoon|evening))?"
)
_CLOCK = re.compile(
    rf"(?<![\w.:/])(?:"
    rf"(?P<hour1>[01]?\d|2[0-3])(?P<sign>[:.])(?P<minute1>[0-5]\d)(?![\d%])(?![.:]\d){_HALF.format(1)}"
    rf"|(?P<hour2>1[0-2]|[1-9]) ?(?P<half2>(?:[ap]m\b|[ap]\.m\b\.?))"
    rf"|(?:(?P<minute3>{_MINUTES})(?: minutes?)? (?P<side>past|to|before|after) "
    rf"(?P<hour3>{UP_TO_TWELVE}|1[0-2]|[1-9]|noon|midday|midnight)(?![\w,.]?\d)(?!-| \w+s\b)"
    rf"{_HALF.format(3)})"
    rf"|(?P<hour4>{UP_TO_TWELVE}|1[0-2]|[1-9]) "
    rf"(?:o'clock{_HALF.format(4)}|in the (?P<part5>morning|afternoon|evening))"
    rf"|(?P<named>noon|midday|midnight)"
    rf")(?!\w)",
    re.IGNORECASE,
)
_AT = re.compile(r"\b(?:at|by|until|till|from|before|after)(?: (?:about|around))? $", re.I)
_LEAD = 24
"""Characters before a time of day in which its preposition is looked for."""
_NAMED = {"noon": 720, "midday": 720, "midnight": 0}
_NUMBER = (
    rf"\d+|{UP_TO_TWELVE}|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    r"|(?:twenty|thirty|forty|fifty)(?:-\w+)?"
)
_LAPSE = re.compile(
    rf"(?<![\w.])(?:"
    rf"(?P<quarters>(?:a|one|three) quarters?|half) (?:of )?an hour"
    rf"|(?P<hours>an|one|{_NUMBER})"
    r"(?P<and_part> and (?:a half|a quarter|three[- ]quarters?))?[- ]hours?"
    r"(?P<half> and a half| and a quarter| and three quarters)?"
    rf"(?:(?: and|,)? (?P<rest>{_NUMBER}) minutes?)?"
    rf"|(?P<minutes>{_NUMBER}) minutes?"
    rf")(?!\w)",
    re.IGNORECASE,
)
_RANGE_BEFORE = re.compile(rf"(?<![\w.])(?<!from )(?:{_NUMBER})(?:-|\u2013| to | or )$", re.I)
"""Before 'ten minutes' in 'five to ten minutes', which is no exact length."""
_VAGUE = re.compile(
    r"\b(?P<word>about|around|roughly|some|nearly|almost|just under|less than|more than|over"
    r"|just over|at least|barely|scarcely|only|fully)(?: (?:just|only))? $",
    re.IGNORECASE,
)
_OPEN = {
    "about": (0.8, 1.25), "around": (0.8, 1.25), "roughly": (0.8, 1.25), "some": (0.85, 1.2),
    "nearly": (0.75, 1.0), "almost": (0.75, 1.0), "just under": (0.8, 1.0),
    "less than": (0.0, 1.0), "more than": (1.0, 1.6), "over": (1.0, 1.6),
    "just over": (1.0, 1.25), "at least": (1.0, 9.0),
}  # fmt: skip


@dataclass(frozen=True)
class Clock:
    """A time of day as written."""

    span: Span
    """Where it stands."""
    minute: int
    """Minutes since midnight; of a twelve-hour time without its half, those since the half."""
    halved: bool
    """Whether the half of the day is left open."""


@dataclass(frozen=True)
class Lapse:
    """A length of time in hours and minutes as written."""

    span: Span
    """Where it stands, without the words that make it vague."""
    minutes: float
    """The length."""
    low: float
    """The least that a writer means by it, in minutes."""
    high: float
    """The most."""


def clocks(text: str) -> list[Clock]:
    """The times of day in `text`, in order."""
    shown = readable(text)
    found = [clock for match in _CLOCK.finditer(shown) if (clock := _clock(shown, match))]
    dotted = any("." in clock.span.of(shown)[1:3] for clock in found)
    measured = [quantity.span for quantity in quantities(shown)] if dotted else []
    return [clock for clock in found if not any(span.contains(clock.span) for span in measured)]


def lapses(text: str) -> list[Lapse]:
    """The lengths of time in hours and minutes, in order."""
    shown = readable(text)
    return [lapse for match in _LAPSE.finditer(shown) if (lapse := _lapse(shown, match))]


def between(start: Clock, end: Clock) -> list[int]:
    """The minutes that can lie between two times of day, the second being the later."""
    period = HALF_DAY if start.halved or end.halved else DAY
    first = (end.minute - start.minute) % period
    return list(range(first, DAY, period)) if period == HALF_DAY else [first]


def _has_preposition(text: str, match: re.Match[str]) -> bool:
    """Whether 'at' or its like stands before a time of day."""
    return bool(_AT.search(text[max(0, match.start() - _LEAD) : match.start()]))


def _clock(text: str, match: re.Match[str]) -> Clock | None:
    span = Span(match.start(), match.end())
    if match["named"]:
        return Clock(span, _NAMED[match["named"].lower()], False)
    if match["hour1"]:
        hour, minute = int(match["hour1"]), int(match["minute1"])
        half = match["half1"] or _half(match["part1"])
        if match["sign"] == "." and not half and not _has_preposition(text, match):
            return None
        return _at(span, hour, minute, half)
    if match["hour2"]:
        return _at(span, int(match["hour2"]), 0, match["half2"])
    if match["minute3"]:
        marked = match["half3"] or match["part3"] or _is_time(match)
        return _spoken(span, match) if marked or _has_preposition(text, match) else None
    spoken = _small(match["hour4"])
    return _at(span, spoken, 0, match["half4"] or _half(match["part4"] or match["part5"]))


def _is_time(match: re.Match[str]) -> bool:
    """Whether the words can be nothing but a time: 'half past', 'a quarter to', 'to noon'."""
    words = match["minute3"].lower()
    return (
        match["side"].lower() == "past"
        or words.endswith("quarter")
        or match["hour3"].lower() in _NAMED
    )


def _spoken(span: Span, match: re.Match[str]) -> Clock | None:
    """'Ten past one', 'a quarter to nine', 'ten minutes before noon'."""
    words, side = match["minute3"].lower(), match["side"].lower()
    minute = {"a quarter": 15, "quarter": 15, "half": 30}.get(words) or _small(words)
    hour = match["hour3"].lower()
    plain = side in {"before", "after"}
    if minute is None or (plain and hour not in _NAMED) or (words == "half" and side != "past"):
        return None
    sign = 1 if side in {"past", "after"} else -1
    if hour in _NAMED:
        return Clock(span, (_NAMED[hour] + sign * minute) % DAY, False)
    at = _at(span, _small(hour), 0, match["half3"] or _half(match["part3"]))
    period = HALF_DAY if at.halved else DAY
    return Clock(span, (at.minute + sign * minute) % period, at.halved)


def _half(part: str | None) -> str | None:
    return None if part is None else ("am" if part.lower() == "morning" else "pm")


def _at(span: Span, hour: int | None, minute: int, half: str | None) -> Clock:
    hour = hour or 0
    if half and hour <= 12:
        later = HALF_DAY if half.lower().startswith("p") else 0
        return Clock(span, hour % 12 * 60 + minute + later, False)
    if hour > 12 or hour == 0:
        return Clock(span, hour * 60 + minute, False)
    return Clock(span, hour % 12 * 60 + minute, True)


def _small(word: str) -> int | None:
    return count_of(word)


def _lapse(text: str, match: re.Match[str]) -> Lapse | None:
    span = Span(match.start(), match.end())
    before = text[max(0, match.start() - 24) : match.start()]
    if _RANGE_BEFORE.search(before):
        return None
    if match["quarters"]:
        first = match["quarters"].split()[0].lower()
        minutes = {"half": 30.0, "three": 45.0}.get(first, 15.0)
        slack = 4.0
    elif match["minutes"]:
        minutes = float(_small(match["minutes"].lower()) or 0)
        slack = 1.0 if minutes % 5 else 2.0
    else:
        written = match["hours"].lower()
        hours = 1.0 if written in {"an", "one"} else float(_small(written) or 0)
        part = (match["and_part"] or match["half"] or "").lower().replace("-", " ").rstrip("s")
        more = {" and a half": 30, " and a quarter": 15, " and three quarter": 45}.get(part, 0)
        rest = _small(match["rest"].lower()) or 0 if match["rest"] else 0
        minutes = hours * 60 + more + rest
        slack = 2.0 if rest else 8.0 if more else min(20.0, 10.0 + 3 * hours)
    if not minutes:
        return None
    vague = _VAGUE.search(before)
    low, high = _OPEN.get(vague["word"].lower(), (1.0, 1.0)) if vague else (1.0, 1.0)
    return Lapse(span, minutes, minutes * low - slack, minutes * high + slack)


def spell_minutes(minutes: int) -> str:
    """'35 minutes', 'two hours and 10 minutes'."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} hour{'s' if hours != 1 else ''}"] if hours else []
    parts += [f"{rest} minute{'s' if rest != 1 else ''}"] if rest or not hours else []
    return " and ".join(parts)
