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
from factcheck.checks.lexicon import check_table
from factcheck.checks.times.days import Day, Today, days, is_long, spans, today
from factcheck.checks.times.timeline import DatedLine
from factcheck.text.dates import Anchor, When
from factcheck.text.durations import DAYS_IN, Duration, spell

_FEW_WORDS = r"(?:[\w'-]+ ){0,4}"
_REACH = 75
"""Characters between a date and the words for what happened on it."""
_PARTED = re.compile(r"[;:]|\.\s|\b(?:but|while|whereas)\b")
_LATE, _OPENING = 40, 25
"""What is added for words behind a date that does not open its sentence."""
_FAR = 1_000
_NEAR = 3
"""Sentences before 'the three weeks without it' that tell what it was."""
_BEFORE = 90
"""Characters before a length within which a verb says what it is the length of."""
_LOOSE = re.compile(r"\b(?:its|his|her|their|the|those|these) (?:\w+ )?$", re.IGNORECASE)
_FOR = re.compile(r"(?:^|, )[Ff]or (?:the (?:past|last) )?(?:nearly |almost |some |about |over )?$")
_HAD_TO = re.compile(
    r",? (?:\w+ ){1,4}?(?:have|has|had) (?:had to|been forced to|been obliged to|been made to"
    r"|gone without"
    r"|done without|been cut off|been unable to|relied on|been without)\b"
)
_AFTER = re.compile(
    r"\b(?:after|end(?:ed|s|ing)?|called off|over|during|throughout|abandon\w*|of) an? (?:\w+ )?$",
    re.IGNORECASE,
)
_IN_WHICH = re.compile(
    r"^(?:,? (?:in|during) which| that| when| until| before)?(?: [\w']+){1,3}? (?:lasted|spent"
    r"|was|were|held|stood"
    r"|went|lay|took|ran|had been|reopened|returned|came back)\b|^ (?:without|in between|out of"
    r"|since then)\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:sentence[ds]?|sentencing|jail(?:ed)? for|prison terms?|terms? of|suspended|banned"
    r"|contract\w*"
    r"|loan|warranty|guarantee\w*|every|each|per|aged?|old|up to|maximum"
    r"|threat\w*|similar|usual\w*|normal\w*|average|typical\w*"
    r"|if|unless|disqualified|extra|more|ago|again|compared|last year\w*)\b",
    re.IGNORECASE,
)
"""Near such words a length may be that of a penalty, a hope, or another thing of the kind."""
_MODAL = re.compile(
    r"\b(?:could|should|would|might|may|can|planned|plans?|expected|originally|instead)\b"
)
_ANOTHER = re.compile(
    r"\b(?:first|second|third|next|other|another|previous|earlier|former|further|record|longest"
    r"|last"
    r"|initial|final|past|every|an?|one) (?:\w+ )?$",
    re.IGNORECASE,
)
_AROUND, _BEHIND = 70, 25
"""Characters before and behind a length in which such words count."""
_ITS = re.compile(r"\bits $", re.IGNORECASE)
_OF = re.compile(r"[- ]\w+ of\b")
_NOUN = re.compile(r" (?:[a-z]+ )??(?P<noun>[a-z]{4,})(?=[ ,.;])")
_OWN_DATE = re.compile(r"^[\w' -]{0,30}\b(?:in|on|of|from|since|between|until|at)(?: the)? $")
_LONG = 320
"""Days from which on a length is held against dates with written years only."""
_BEGINS = (
    r"(?:began|begins|had begun|had started|had opened|started|starts|opened|opens|broke out"
    r"|got under way|commenced|kicked off|was called)"
)
_CLOSES = (
    r"(?:ended|ends|was over|is over|finished|concluded|was lifted|was called off|came to an end"
    r"|broke up)"
)
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


@dataclass(frozen=True)
class _Story:
    """The dates of an article, seen from one kind of thing."""

    began: Sequence[Day]
    ended: Sequence[Day]
    dated: Sequence[Day]
    now: Today | None

    def with_years(self) -> _Story:
        """The same with the dates only whose years are written."""
        began, ended, dated = (
            [day for day in one if not day.when.assumed]
            for one in (self.began, self.ended, self.dated)
        )
        return _Story(began, ended, dated, self.now)


def spells(lines: Sequence[DatedLine], anchor: Anchor | None) -> Iterator[Finding]:
    """Lengths of what lasted that its beginning and its end, or today, do not give."""
    said = [(at, length) for at, line in enumerate(lines) for length in line.durations]
    dated = days(lines, anchor) if said else []
    if not dated:
        return
    now = today(lines, anchor)
    for kind in (*_spells(), *_unlisted(said, lines)):
        lengths = [(at, length) for at, length in said if _is_length_of(kind, lines, at, length)]
        if lengths:
            near = [(day, _gap(kind.began, day), _gap(kind.ended, day)) for day in dated]
            began = [day for day, first, last in near if first < min(last, _FAR)]
            ended = [day for day, first, last in near if last <= first and last < _FAR]
            story = _Story(began, ended, dated, now)
            for at, length in lengths:
                yield from _spell(kind, lines[at], length, story)


def _is_length_of(kind: _Spell, lines: Sequence[DatedLine], at: int, length: Duration) -> bool:
    """Whether a length is said of this kind of thing, in this sentence or by 'its six weeks'."""
    line = lines[at]
    before, after = line.text[: length.span.start], line.text[length.span.end :]
    around = before[-_AROUND:] + " | " + after[:_BEHIND]
    if length.count <= 1 or _OTHERWISE.search(around) or _MODAL.search(before[-_AROUND:]):
        return False
    if any(
        _OWN_DATE.match(after[: when.span.start - length.span.end])
        for when in line.whens
        if when.first and when.span.start >= length.span.end
    ):
        return False
    if kind.called.match(after):
        return not _ANOTHER.search(before) or _AFTER.search(before) is not None
    near = before[-_BEFORE:]
    told = kind.called_before.search(near) or kind.during.match(after) or kind.state.search(near)
    felt = kind.felt and _FOR.search(before) and _HAD_TO.match(after)
    return bool(told or felt) or _is_taken_up(kind, lines, at, before, after)


def _is_taken_up(
    kind: _Spell, lines: Sequence[DatedLine], at: int, before: str, after: str
) -> bool:
    """Whether it is 'its six weeks' or 'the six weeks without it' of what was told just before."""
    if not _LOOSE.search(before) or _ANOTHER.search(before) or _OF.match(after):
        return False
    if _ITS.search(before):
        return bool(kind.noun.search(" ".join(one.text for one in lines[max(0, at - 1) : at])))
    near = " ".join(one.text for one in lines[max(0, at - _NEAR) : at + 1])
    return bool(_IN_WHICH.match(after) and kind.began.search(near) and kind.ended.search(near))


def _gap(event: re.Pattern[str], day: Day) -> int:
    """Characters between a date and the words for the event, if it is the date nearest to them."""
    line, span, least = day.line, day.when.span, _FAR
    dated = [when for when in line.whens if when.first]
    for match in event.finditer(line.text):
        low, high = sorted(((match.start(), match.end()), (span.start, span.end)))
        between = line.text[low[1] : high[0]]
        nearest = min(dated, key=lambda when: _apart(match, when))
        if nearest is day.when and len(between) <= _REACH and not _PARTED.search(between):
            least = min(least, _apart(match, day.when))
    return least


def _apart(match: re.Match[str], when: When) -> int:
    """Characters between; words behind a date belong to it less often than those before it."""
    behind = match.start() - when.span.end
    late = _LATE if behind >= 0 and when.span.start > _OPENING else 0
    return max(when.span.start - match.end(), behind + late)


def _spell(kind: _Spell, line: DatedLine, length: Duration, story: _Story) -> Iterator[Finding]:
    now = story.now
    if length.count * DAYS_IN[length.unit] > _LONG:
        story = story.with_years()
    ended, dated = story.ended, story.dated
    began = [day for day in story.began if _is_of_one(kind, day, line)]
    if len({day.key for day in began}) != 1:
        return
    start = began[0]
    closed = [day for day in ended if day.key != start.key]
    if not closed and not now:
        closed = [day for day in dated if day.line is line and day.key != start.key][:1]
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


def _is_of_one(kind: _Spell, start: Day, line: DatedLine) -> bool:
    """Whether the beginning and the length can be told of one person or thing."""
    one, other = _people(start.line), _people(line)
    return not (kind.person and one and other and not one & other)


def _people(line: DatedLine) -> frozenset[str]:
    return frozenset(
        word.lower_ for one in line.parsed.doc.ents if one.label_ == "PERSON" for word in one
    )


def _unlisted(said: Sequence[tuple[int, Duration]], lines: Sequence[DatedLine]) -> Iterator[_Spell]:
    """What the lists do not have: any noun of which a length is said, by what began and ended."""
    nouns = set()
    for at, length in said:
        match = _NOUN.match(lines[at].text[length.span.end :])
        if match and "-" in length.span.of(lines[at].text):
            nouns.add(match["noun"].lower())
    for noun in sorted(nouns):
        if not any(kind.noun.fullmatch(noun) for kind in _spells()):
            yield _spell_of(noun)


@functools.lru_cache(256)
def _spell_of(noun: str) -> _Spell:
    return _read({"noun": [noun], "while": [], "state": [], "began": [], "ended": ["_"]})


@functools.cache
def _spells() -> tuple[_Spell, ...]:
    return tuple(_read(entry) for entry in check_table("spells.toml")["spell"])


_VAGUE = (
    r"(?:(?:only|just|nearly|almost|more than|less than|over|some|about|around|exactly|all of) )*"
)


def _read(entry: Mapping[str, Any]) -> _Spell:
    noun, during = _any(entry["noun"]), _any(entry["while"])
    state = _any(entry["state"])
    began = rf"(?:{_any(entry['began'])}|{noun},? (?:which |that )?{_FEW_WORDS}{_BEGINS})"
    ended = rf"(?:{_any(entry['ended'])}|{noun},? (?:which |that )?{_FEW_WORDS}{_CLOSES})"
    return _Spell(
        called=re.compile(rf"(?:'|s')?[- ](?:long )?(?:[\w'-]+ ){{0,2}}?{noun}s?\b", re.I),
        called_before=re.compile(
            rf"\b{noun},? (?:of|lasting|lasted|that lasted|which lasted|had lasted|has lasted"
            rf"|took|that took)"
            rf" {_VAGUE}(?:\w+ )?$",
            re.I,
        ),
        during=re.compile(rf" (?:(?:that|which|in which) [^,.;:]{{1,30}}?|of )?{during}", re.I),
        state=re.compile(rf"\b{state}\b[^.;:,]{{0,40}}?\bfor {_VAGUE}$", re.I),
        began=re.compile(rf"\b{began}\b", re.I),
        ended=re.compile(rf"\b{ended}\b", re.I),
        noun=re.compile(rf"\b{noun}\b", re.I),
        person=entry.get("person", False),
        felt=entry.get("felt", False),
        has_end=entry["ended"] != [],
    )


def _any(words: Sequence[str]) -> str:
    if not words:
        return r"(?!)"
    forms = (re.escape(word).replace(r"…\ ", _FEW_WORDS).replace(r"\*", r"\w*") for word in words)
    return rf"(?:{'|'.join(forms)})"
