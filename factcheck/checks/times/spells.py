"""How long something lasted, against the days on which it began and ended, told elsewhere.

'The six-week strike' beside 'walked out on 4 March' and 'went back on 29 April'; 'after nine years
at the helm' beside 'took over in 2012' in an article of 2024. What lasts, and the words for its
beginning and its end, stands in data/spells.toml. A length that lies between any other beginning
and that end is left alone.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from factcheck.checks.findings import Finding
from factcheck.checks.lexicon import table
from factcheck.checks.times.days import Day, Today, days, is_long, spans, today
from factcheck.checks.times.timeline import DatedLine
from factcheck.text.dates import Anchor, When
from factcheck.text.durations import DAYS, Duration, spell

_FEW_WORDS = r"(?:[\w'-]+ ){0,4}"
_REACH = 75
"""Characters between a date and the words for what happened on it."""
_PARTED = re.compile(r"[;:]|\.\s|\b(?:but|while|whereas)\b")
_FAR = 1_000
_BEFORE = 90
"""Characters before a length within which a verb says what it is the length of."""
_LOOSE = re.compile(r"\b(?:during|in|throughout|after|for) (?:its|his|her|their|the|those|these) $", re.I)
_FOR = re.compile(r"(?:^|, )[Ff]or (?:the (?:past|last) )?(?:nearly |almost |some |about |over )?$")
_HAD_TO = re.compile(
    r",? (?:\w+ ){1,4}?(?:have|has|had) (?:had to|been forced to|been obliged to|been made to|gone without"
    r"|done without|been cut off|been unable to|relied on|been without)\b"
)
_AFTER = re.compile(r"\bafter an? $", re.IGNORECASE)
_IN_WHICH = re.compile(
    r"^(?: (?:in|during) which| that| when)?(?: [\w']+){1,3}? (?:lasted|spent|was|were|held|stood|went"
    r"|in between|out of)\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:sentence[ds]?|sentencing|jail(?:ed)? for|prison terms?|terms? of|suspended|banned|contract\w*"
    r"|loan|warranty|guarantee\w*|every|each|per|aged?|old|up to|maximum"
    r"|threat\w*|similar|usual\w*|normal\w*|average|typical\w*|planned|plans?|expected|originally|instead"
    r"|if|unless|disqualified|extra|more|ago|again|compared|last year\w*)\b",
    re.IGNORECASE,
)
"""Near such words a length may be that of a penalty, a hope, or another thing of the kind."""
_MODAL = re.compile(r"\b(?:could|should|would|might|may|can)\b", re.IGNORECASE)
_ANOTHER = re.compile(
    r"\b(?:first|second|third|next|other|another|previous|earlier|former|further|record|longest|last"
    r"|initial|final|past|every|an?|one) (?:\w+ )?$",
    re.IGNORECASE,
)
_AROUND = 70
"""Characters on either side of a length in which such words count."""
_OWN_DATE = re.compile(r"^[\w' -]{0,30}\b(?:in|on|of|from|since|between|until|at)(?: the)? $")
_LONG = 320
"""Days from which on a length is held against dates with written years only."""
_LEAST, _MOST = 0.25, 4.0
_SURE = 0.75


@dataclass(frozen=True)
class _Spell:
    """What lasts, and how it is told."""

    called: re.Pattern[str]
    called_before: re.Pattern[str]
    during: re.Pattern[str]
    state: re.Pattern[str]
    began: re.Pattern[str]
    ended: re.Pattern[str]
    noun: re.Pattern[str]
    person: bool
    felt: bool
    """Whether people 'have had to' do without something while it lasts."""
    has_end: bool


def spells(lines: Sequence[DatedLine], anchor: Anchor | None) -> Iterator[Finding]:
    """Lengths of what lasted that its beginning and its end, or today, do not give."""
    said = [(at, length) for at, line in enumerate(lines) for length in line.durations]
    dated = days(lines, anchor) if said else []
    if not dated:
        return
    now = today(lines, anchor)
    for kind in _spells():
        lengths = [(at, length) for at, length in said if _is_length_of(kind, lines, at, length)]
        if lengths:
            near = [(day, _gap(kind.began, day), _gap(kind.ended, day)) for day in dated]
            began = [day for day, first, last in near if first < min(last, _FAR)]
            ended = [day for day, first, last in near if last <= first and last < _FAR]
            for at, length in lengths:
                yield from _spell(kind, lines, at, length, began, ended, dated, now)


def _is_length_of(kind: _Spell, lines: Sequence[DatedLine], at: int, length: Duration) -> bool:
    """Whether a length is said of this kind of thing, in this sentence or by 'its six weeks'."""
    line = lines[at]
    before, after = line.text[: length.span.start], line.text[length.span.end :]
    around = before[-_AROUND:] + " | " + after[:_AROUND]
    if length.count <= 1 or _OTHERWISE.search(around) or _MODAL.search(before[-_AROUND:]):
        return False
    if any(_OWN_DATE.match(after[: when.span.start - length.span.end]) for when in line.whens
           if when.span.start >= length.span.end):
        return False
    if kind.called.match(after):
        return not _ANOTHER.search(before) or _AFTER.search(before) is not None
    if kind.called_before.search(before[-_BEFORE:]):
        return True
    if kind.during.match(after) or kind.state.search(before[-_BEFORE:]):
        return True
    if kind.felt and _FOR.search(before) and _HAD_TO.match(after):
        return True
    if _LOOSE.search(before) and not re.match(r"[- ]\w+ of\b", after):
        near = " ".join(one.text for one in lines[max(0, at - 1) : at]) + before
        return bool(kind.noun.search(near)) and (
            bool(_IN_WHICH.match(after)) or re.search(r"\bits $", before) is not None
        )
    return False


def _gap(event: re.Pattern[str], day: Day) -> int:
    """Characters between a date and the words for the event, if it is the date nearest to them."""
    line, span, least = day.line, day.when.span, _FAR
    dated = [when for when in line.whens if when.first]
    for match in event.finditer(line.text):
        low, high = sorted(((match.start(), match.end()), (span.start, span.end)))
        between = line.text[low[1] : high[0]]
        nearest = min(dated, key=lambda when: _apart(match, when))
        if nearest is day.when and len(between) <= _REACH and not _PARTED.search(between):
            least = min(least, len(between))
    return least


def _apart(match: re.Match[str], when: When) -> int:
    return max(when.span.start - match.end(), match.start() - when.span.end)


def _spell(
    kind: _Spell,
    lines: Sequence[DatedLine],
    at: int,
    length: Duration,
    began: Sequence[Day],
    ended: Sequence[Day],
    dated: Sequence[Day],
    now: Today | None,
) -> Iterator[Finding]:
    line = lines[at]
    if length.count * DAYS[length.unit] > _LONG:
        began, ended, dated = _with_year(began), _with_year(ended), _with_year(dated)
    began = [day for day in began if _is_of_one(kind, day, line)]
    if len({day.key for day in began}) != 1:
        return
    start = began[0]
    closed = [day for day in ended if day.key != start.key]
    ends = [end for day in closed for end in day.readings] + ([now.when] if now else [])
    others = [one for day in dated if day.line is not start.line for one in day.readings]
    if is_long(length, [*start.readings, *others], ends):
        return
    if kind.has_end and is_long(length, start.readings, others):
        return
    found = [span for span in spans(start.readings, ends, length.unit) if span[0] >= 0]
    close = [span for span in found if _LEAST <= length.count / max(span[1], 0.1) <= _MOST]
    if not close:
        return
    low, high = min(close, key=lambda span: abs(sum(span) / 2 - length.count))
    if not closed and now and not now.is_sure and length.count > low:
        return
    until = closed[0].written if closed else "the day of the article"
    right = max(1, round((low + high) / 2 - (0.3 if length.unit == "year" else 0.0)))
    yield Finding(
        line.span(length.span),
        start.line.span(start.when.span),
        f"From {start.written} to {until} is about {spell(right, length.unit)}, not"
        f" {length.span.of(line.text).lower()}.",
        _SURE,
    )


def _with_year(dated: Sequence[Day]) -> list[Day]:
    return [day for day in dated if not day.when.assumed]


def _is_of_one(kind: _Spell, start: Day, line: DatedLine) -> bool:
    """Whether the beginning and the length can be told of one person or thing."""
    one, other = _people(start.line), _people(line)
    return not (kind.person and one and other and not one & other)


def _people(line: DatedLine) -> frozenset[str]:
    return frozenset(
        word.lower_ for one in line.parsed.doc.ents if one.label_ == "PERSON" for word in one
    )


@functools.cache
def _spells() -> tuple[_Spell, ...]:
    return tuple(_read(entry) for entry in table("spells.toml")["spell"])


def _read(entry: Mapping[str, Any]) -> _Spell:
    noun, during = _any(entry["noun"]), _any(entry["while"])
    state, began, ended = (_any(entry[key]) for key in ("state", "began", "ended"))
    vague = r"(?:(?:only|just|nearly|almost|more than|less than|over|some|about|around|exactly|all of) )*"
    return _Spell(
        called=re.compile(rf"(?:'|s')?[- ](?:long )?(?:[\w'-]+ ){{0,2}}?{noun}s?\b", re.I),
        called_before=re.compile(
            rf"\b{noun},? (?:of|lasting|lasted|that lasted|which lasted|had lasted|has lasted|took|that took)"
            rf" {vague}(?:\w+ )?$",
            re.I,
        ),
        during=re.compile(rf" (?:(?:that|which|in which) [^,.;:]{{1,30}}?|of )?{during}", re.I),
        state=re.compile(rf"\b{state}\b[^.;:,]{{0,40}}?\bfor {vague}$", re.I),
        began=re.compile(rf"\b{began}\b", re.I),
        ended=re.compile(rf"\b{ended}\b", re.I),
        noun=re.compile(rf"\b{noun}\b", re.I),
        person=entry.get("person", False),
        felt=entry.get("felt", False),
        has_end=bool(entry["ended"]),
    )


def _any(words: Sequence[str]) -> str:
    if not words:
        return r"(?!)"
    forms = (re.escape(word).replace(r"…\ ", _FEW_WORDS).replace(r"\*", r"\w*") for word in words)
    return rf"(?:{'|'.join(forms)})"
