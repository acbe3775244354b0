"""The ages of one person, each of which leads to the years in which that person can be born.

'Aged 84' at a death told in one paragraph, 'born on 14 March 1938' in another, 'his 24th birthday
in June 1961' in a third. Only persons of whom the article tells the birth, or who are the only one
it tells ages of by name or by 'he', are held so. An age that any date of the article allows is
left alone, unless the sentence says at which of them it was.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from factcheck.checks.findings import Finding
from factcheck.checks.times.bearers import bearer, may_name_one, name_words, untitled
from factcheck.checks.times.births import RELATIVES, Birth, is_of
from factcheck.checks.times.births import births as births_told
from factcheck.checks.times.days import Day, Today, days, today
from factcheck.checks.times.ordinals import ORDINAL, nth
from factcheck.checks.times.timeline import DatedLine
from factcheck.records import Span
from factcheck.text.dates import Anchor, When
from factcheck.text.firstnames import borne_by
from factcheck.text.numbers import FROM_TEN_ON, count_of

_NUMBER = rf"(?:\d{{1,3}}|{FROM_TEN_ON})"
_WORD = r"[A-Z][\w'-]+"
_NAME = rf"(?!(?:He|She|It|They|The|This)\b)(?:{_WORD}\.? ){{0,3}}{_WORD}"
_END = r"(?=[,.;:)]|$| (?:and|who|when|in|on)\b)"
_AGED = re.compile(
    rf"(?P<name>{_NAME}), (?P<then>(?:(?:who was )?(?:then|at the time)|(?:just|only|still|barely))"
    rf" )?(?:who is |now |aged |age )?(?P<a>{_NUMBER})(?=[,.;)]| who)"
    rf"|(?P<name2>{_NAME}) \((?P<b>\d{{1,3}})\)"
    rf"|(?P<name3>{_NAME}),? (?:is|was|has turned|turned|turns|will be|will turn) (?:just |only )?"
    rf"(?P<c>{_NUMBER})(?: years old| years of age)?{_END}"
    rf"|^(?:He|She) (?:is|was|turned|had turned) (?:just |only )?(?P<d>{_NUMBER})"
    rf"(?: years old)?(?=[.,;]|$| when\b)"
    rf"|(?P<name5>{_NAME}) was (?:just |only |still |barely )?(?P<i>{_NUMBER}) when\b"
    rf"|\b(?:aged|at the age of|at age|age|died at|died in \d{{4}} at) (?P<e>{_NUMBER}){_END}"
    rf"|\b[Tt]he (?P<f>{_NUMBER})-year-old\b"
    rf"|(?:\b(?:his|her|whose)|^[^.,;']{{0,60}}'s [^.,;']{{0,40}}\b(?:marks"
    rf"|celebrates)) (?P<g>{ORDINAL}) birthday\b"
    rf"|\b(?P<h>\d{{1,3}})-year-old (?P<name4>{_NAME})"
)
_DIED = re.compile(r"\b(?:died|dies|death|dead|passed away|was found dead|killed)\b")
_BORN = re.compile(
    r"\b(?:born|birth|came into the world)\b[^.;\d]{0,60}?\b(?:in|on)(?: \w+,)?(?: the \w+ of)? ?$"
    r"|\bborn $",
    re.IGNORECASE,
)
_BIRTHDAY = re.compile(
    rf"\b(?P<whose>his|her) (?P<nth>{ORDINAL}) birthday\b",
    re.IGNORECASE,
)
_RECKONED = -1
"""Stands for a weekday where a birth is not told but reckoned from a birthday."""
_OF_BIRTH = re.compile(r"\b(?P<whose>his|her) (?:own )?birth\b", re.IGNORECASE)
_NOT_YET = re.compile(
    r"\b(?:would have been|will be|will turn|turns|before|ahead of|next|eve of|short of|approach\w*"
    r"|until|till|by the time|if|almost|nearly|like|older|younger)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)
_OLDEST = 112
_NEAR_BIRTH = 120
_SPARE = 0.75
_BACK = 2
"""Sentences before an age that tell whose it may be."""


@dataclass(frozen=True)
class _Person:
    """Who was born, and when."""

    name: tuple[str, ...]
    pronoun: str
    """`he`, `she` or empty."""
    birth: Day
    told: Birth | None = None
    """The birth as `births` reads it, where it knows the name."""


def life_facts(lines: Sequence[DatedLine], anchor: Anchor | None) -> Iterator[Finding]:
    """Ages that the birth told anywhere in the article allows at none of its dates."""
    dated = days(lines, anchor)
    births = [
        day for day in dated if not day.when.assumed and _BORN.search(_ahead(day)[-_NEAR_BIRTH:])
    ]
    if len(births) > 1:
        return
    person = _person(lines, births[0]) if births else _by_birthday(lines, dated)
    known = births_told(lines)
    if person is None or any(birth.is_relative for birth in known):
        return
    if len(known) == 1 and known[0].name:
        person = replace(person, told=known[0])
    now = today(lines, anchor)
    deaths = [
        day
        for day in dated
        if not day.when.assumed and _DIED.search(_ahead(day)[-60:]) and _is_on(person, day.line)
    ]
    for at, line in enumerate(lines):
        before = lines[max(0, at - _BACK) : at]
        for match in _AGED.finditer(line.text):
            if _is_of(person, line, match, before):
                yield from _fact(line, match, person, dated, deaths, now)


def _by_birthday(lines: Sequence[DatedLine], dated: Sequence[Day]) -> _Person | None:
    """Somebody whose year of birth follows from a birthday of a dated sentence."""
    for at, line in enumerate(lines):
        match = _BIRTHDAY.search(line.text)
        near = [day for day in dated if day.line in lines[max(0, at - 1) : at + 1]]
        known = [day for day in near if not day.when.assumed]
        number = nth(match["nth"]) if match else None
        if match is None or number is None or len({day.key for day in known}) != 1:
            continue
        when = known[0].when
        if _NOT_YET.search(line.text[: match.start()][-40:]) or not (when.first and when.last):
            continue
        first, last = when.first.year - number - 1, when.last.year - number
        if first < 1 or when.precision == "weekday":
            continue
        born = When(
            Span(*match.span()), dt.date(first, 7, 1), dt.date(last, 12, 31), "year", _RECKONED
        )
        pronoun = "he" if match["whose"].lower() == "his" else "she"
        name = _protagonist(lines, pronoun)
        return _Person(name, pronoun, Day(line, born, (born,))) if name else None
    return None


def _ahead(day: Day) -> str:
    return day.line.text[: day.when.span.start]


def _person(lines: Sequence[DatedLine], birth: Day) -> _Person | None:
    """The one who was born: the name told, or the one whom the article is on for a pronoun."""
    line = birth.line
    born = [
        w
        for w in line.parsed.doc
        if w.lower_ in {"born", "birth"} and w.idx < birth.when.span.start
    ]
    if not born:
        return None
    own = _OF_BIRTH.search(_ahead(birth))
    who = bearer(born[-1]) if born[-1].lower_ == "born" else None
    if own:
        pronoun = "he" if own["whose"].lower() == "his" else "she"
    elif who is not None and who.pos_ == "PROPN":
        name = name_words(who)
        return _Person(name, borne_by(name[0]) if name else "", birth) if name else None
    elif who is not None and who.lower_ in {"he", "she"}:
        pronoun = who.lower_
    elif (
        who is not None
        and who.pos_ == "NOUN"
        and not RELATIVES.fullmatch(who.text)
        and any(word.lower_ == "the" for word in who.children)
    ):
        pronoun = ""
    else:
        return None
    name = _protagonist(lines, pronoun)
    return _Person(name, pronoun, birth) if name else None


def _protagonist(lines: Sequence[DatedLine], pronoun: str) -> tuple[str, ...]:
    """The full name of the person told of most; none where two are told of as often."""
    full: dict[str, tuple[str, ...]] = {}
    count: Counter[str] = Counter()
    for line in lines:
        for ent in line.parsed.doc.ents:
            if ent.label_ not in {"PERSON", "ORG", "GPE"}:
                continue
            name = untitled([w.text for w in ent if w.pos_ == "PROPN"] or [ent.text])
            if len(name) > 1 and ent.label_ == "PERSON":
                full.setdefault(name[-1], name)
            if name:
                count[name[-1]] += 1
    known = [
        (count[last], name)
        for last, name in full.items()
        if not pronoun or borne_by(name[0]) in {"", pronoun}
    ]
    known.sort(key=lambda one: -one[0])
    if not known or (len(known) > 1 and known[0][0] <= known[1][0]):
        return ()
    return known[0][1]


def _is_on(person: _Person, line: DatedLine) -> bool:
    """Whether a sentence can be on that person: by name, or by 'he' or 'she'."""
    words = {word.lower_ for word in line.parsed.doc if word.pos_ == "PROPN"}
    return person.name[-1] in words or bool(_PRONOUN.search(line.text))


def _is_of(
    person: _Person, line: DatedLine, match: re.Match[str], previous: Sequence[DatedLine]
) -> bool:
    """Whether an age is that person's, by its sentence and those just before it."""
    written = next(
        (match[form] for form in ("name", "name2", "name3", "name4", "name5") if match[form]), ""
    )
    if written:
        if person.told is not None:
            return is_of(person.told, line, match.start(), written)
        beside = re.split(r"[.;:]", line.text[max(0, match.start() - 40) : match.start()])[-1]
        return may_name_one(untitled(written.split()), person.name) and not RELATIVES.search(beside)
    before = line.text[: match.start()]
    upto = match.start() if match["f"] else len(line.text)
    if RELATIVES.search(before) or _has_others(person, line, upto):
        return False
    if match["f"]:  # 'the 19-year-old' is the one of whom the sentences before are
        follows = line.word_at(match.end()).pos_
        return follows not in {"NOUN", "PROPN"} and _names_last(person, previous)
    if match["d"] or match["g"]:
        return _is_by_pronoun(person, match) and not any(
            _has_others(person, one, len(one.text)) and person.name[-1] not in one.text.casefold()
            for one in previous[-1:]
        )
    return _is_on(person, line)


def _is_by_pronoun(person: _Person, match: re.Match[str]) -> bool:
    word = match.group().split()[0].casefold()
    pronoun = {"he": "he", "she": "she", "his": "he", "her": "she"}.get(word, "")
    return not person.pronoun or not pronoun or pronoun == person.pronoun


def _names_last(person: _Person, lines: Sequence[DatedLine]) -> bool:
    words = [w.lower_ for line in lines for w in line.parsed.doc if w.ent_type_ == "PERSON"]
    return any(person.name[-1] in word for word in words)


def _has_others(person: _Person, line: DatedLine, upto: int) -> bool:
    """Whether a sentence names, before a place in it, a person who is not that one."""
    for ent in line.parsed.doc.ents:
        if ent.label_ == "PERSON" and ent.start_char < upto:
            name = untitled([word.text for word in ent if word.pos_ == "PROPN"] or [ent.text])
            if name and person.name[-1] not in name and not set(name) & set(person.name):
                return True
    return False


def _fact(
    line: DatedLine,
    match: re.Match[str],
    person: _Person,
    dated: Sequence[Day],
    deaths: Sequence[Day],
    now: Today | None,
) -> Iterator[Finding]:
    form = next(form for form in "abcdefghi" if match[form])
    age = nth(match[form]) if form == "g" else count_of(match[form])
    around = line.text[max(0, match.start() - 40) : match.start()] + line.text[match.end() :][:25]
    if age is None or age > _OLDEST or (form != "f" and _NOT_YET.search(around)):
        return
    if form == "e" and not deaths and not _own(line, person):
        return
    birth = person.birth.when
    when = _moments(line, form, person, dated, deaths, now)
    if not when:
        return
    spans = [_age_at(birth, day) for day in when]
    if any(low <= age <= high for low, high in spans):
        return
    at = 0 if not match["then"] else min(range(len(spans)), key=lambda at: abs(spans[at][1] - age))
    low, high = spans[at]
    if age > high and now and not now.is_sure and when[at] is now.when:
        return
    if high < 1 or not 0.4 <= age / high <= 2.5:
        return
    right = str(high) if low == high else f"{low} or {high}"
    born = f"Born {'on' if birth.precision == 'day' else 'in'} {person.birth.written}"
    told = born if birth.named != _RECKONED else f"By the '{person.birth.written}' told of"
    why = f"{told}, one is {right} by {_shown(when[at])}, not {match[form]}."
    said, source = line.span(Span(*match.span(form))), person.birth.line.span(birth.span)
    if _is_headline(line):  # of a headline and a date of birth, the date is looked at first
        said, source = source, said
    yield Finding(said, source, why, _SPARE)


def _is_headline(line: DatedLine) -> bool:
    return line.number == 0 and not line.text.rstrip("\"' ").endswith((".", "!", "?"))


def _own(line: DatedLine, person: _Person) -> bool:
    return any(when.year and when is not person.birth.when for when in line.whens)


def _moments(
    line: DatedLine,
    form: str,
    person: _Person,
    dated: Sequence[Day],
    deaths: Sequence[Day],
    now: Today | None,
) -> list[When]:
    """The days at which the age may be told, that of which it most likely is first."""
    told = [day.when for day in dated if day is not person.birth and not day.when.assumed]
    told = [
        when
        for when in told
        if (when.first or dt.date.min) > (person.birth.when.last or dt.date.min)
    ]
    own = [when for when in told if when in line.whens]
    if form in "de" and deaths and (_DIED.search(line.text) or form == "d"):
        near = [day.when for day in deaths]
        return [*near, *own]
    latest = [now.when] if now and now.when in told else []
    if now and now.when not in told and now.is_sure:
        latest = [now.when]
    if form == "i" and own:
        return own
    return [*own, *latest, *told]


def _age_at(birth: When, day: When) -> tuple[int, int]:
    """The least and the most full years from a birth to a day."""
    if not (birth.first and birth.last and day.first and day.last):
        return 0, 0
    return _years(birth.last, day.first), _years(birth.first, day.last)


def _years(start: dt.date, end: dt.date) -> int:
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _shown(when: When) -> str:
    first = when.first
    if first is None:
        return "then"
    return (
        f"{first.day} {first:%B %Y}"
        if when.precision == "day"
        else f"{first:%B %Y}"
        if (when.precision == "month")
        else str(first.year)
    )
