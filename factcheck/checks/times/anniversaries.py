"""How old a thing is, or which anniversary it has, against the one year in which it began.

'A building opened in 1974, making it 41 years old' in an article of 2025. Ages may be a year off,
for nobody says whether the day has come; a number that any other year of the sentence gives is
left alone, and so is what is said of something else. 'Its 50th anniversary in 1984' counts to 1984.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.findings import Finding
from factcheck.checks.times.bearers import bearer
from factcheck.checks.times.timeline import DatedLine
from factcheck.records import Span
from factcheck.text.clauses import governor
from factcheck.text.dates import Anchor, When
from factcheck.text.numbers import FROM_TEN_ON, ROUND_ORDINALS, count_of, ordinal_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEGAN = re.compile(
    r"\b(?:built|opened|founded|established|launched|formed|created|set up|erected|completed"
    r"|inaugurated|introduced|unveiled|born|married|planted|dat(?:es?|ed|ing)|beg(?:a|u)n)\b"
    r"[^.;\d]{0,40}?\b(?:in|on|from|back to)(?: the \w+ of)? ?$",
    re.IGNORECASE,
)
_COUNT = rf"(?P<count>\d{{1,4}}|{FROM_TEN_ON})"
_AGE = re.compile(
    rf"\b(?:making (?:it|him|her|them)|(?:is|are|it's) now|is|are|now) {_COUNT} years old\b"
    rf"|\bturn(?:ed|s|ing) (?P<turned>\d{{1,3}})(?! years? (?:ago|later)|[\d,%-])",
    re.IGNORECASE,
)
_ANNIVERSARY = re.compile(
    rf"\b(?P<count>\d{{1,3}}(?:st|nd|rd|th)|{ROUND_ORDINALS})[ -](?:birthday|anniversary)\b"
    r"|\b(?P<named>bicentenary|bicentennial|centenary|centennial"
    r"|(?:golden|diamond|silver) jubilee)\b",
    re.IGNORECASE,
)
_NAMED = {"bice": 200, "cent": 100, "gold": 50, "diam": 60, "silv": 25}
_STOOD = re.compile(
    rf"\bha(?:s|ve) (?:stood|operated|traded|existed)(?: \w+){{0,4}}? for"
    rf" {_COUNT} years\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:when|then|at the time|would have|had (?:it|he|she)|next year|last year|ago|until|till"
    r"|closed|demolished|died|late|not|(?:was|were) (?:marked|celebrated|held))\b",
    re.IGNORECASE,
)
"""In such sentences the years may run to another day than the article's."""
_IN_YEAR = re.compile(
    r"(?:[ -](?:birthday|anniversary))? (?:in|on) (?:the \w+ of )?$", re.IGNORECASE
)
_BEGINNINGS = frozenset(
    "birth building completion construction creation establishment formation foundation founding"
    " inauguration introduction launch opening".split()
)
_ROUND = 0.1
_POSSESSIVES = frozenset({"its", "his", "her", "their"})
_PRONOUN = re.compile(r"^(?:He|She|It|They) ")


@dataclass(frozen=True)
class _Said:
    span: Span
    count: int
    slack: float
    """Years that it may be off."""


def anniversaries(lines: Sequence[DatedLine], anchor: Anchor | None) -> Iterator[Finding]:
    """Ages and anniversaries that the year of the beginning does not give on the day they fall."""
    for at, line in enumerate(lines):
        if _OTHERWISE.search(line.text):
            continue
        for said in _said(line):
            told = _told(line, said)
            source, begun = line, _begun(line)
            if not begun and at and _PRONOUN.match(line.text) and not _has_year(line, told):
                source, begun = lines[at - 1], _begun(lines[at - 1])
            if len(begun) == 1 and _is_same(line, said, source, begun[0]):
                yield from _finding(line, said, source, begun[0], told, anchor)


def _told(line: DatedLine, said: _Said) -> When | None:
    """The year that stands right behind an anniversary: 'its 50th anniversary in 1984'."""
    return next((w for w in line.whens if w.year and _is_told(line, said, w)), None)


def _is_told(line: DatedLine, said: _Said, when: When) -> bool:
    between = line.text[said.span.end : when.span.start]
    return when.span.start > said.span.end and bool(_IN_YEAR.fullmatch(between))


def _has_year(line: DatedLine, told: When | None) -> bool:
    return any(when.year for when in line.whens if when is not told)


def _is_same(line: DatedLine, said: _Said, source: DatedLine, begun: When) -> bool:
    """Whether the age or anniversary is that of the thing which began."""
    word, verb = line.word_at(said.span.start), governor(source.word_at(begun.span.start))
    noun = word.head if word.dep_ in {"amod", "compound", "nummod"} else word
    thing = bearer(verb)
    for owner in _owners(noun):
        if not (owner.lower_ in _POSSESSIVES or owner.lemma_.casefold() in _BEGINNINGS):
            return _are_one(owner, thing)
    clauses = (one for one in (noun, *noun.ancestors) if one.pos_ in {"VERB", "AUX", "ADJ"})
    subject = next((found for one in clauses if (found := bearer(one)) is not None), None)
    return subject is None or subject.pos_ == "PRON" or _are_one(subject, thing)


def _owners(noun: Token) -> list[Token]:
    """What the anniversary is said to be of: 'the club's', 'of the end of the war'."""
    preps = [word for word in noun.children if word.dep_ == "prep" and word.lower_ == "of"]
    objects = [word for prep in preps for word in prep.children if word.dep_ == "pobj"]
    return [*objects, *(word for word in noun.children if word.dep_ == "poss")]


def _are_one(one: Token, other: Token | None) -> bool:
    return other is None or one.lemma_.casefold() == other.lemma_.casefold()


def _begun(line: DatedLine) -> list[When]:
    return [
        when for when in line.whens if when.year and _BEGAN.search(line.text[: when.span.start])
    ]


def _said(line: DatedLine) -> Iterator[_Said]:
    for pattern, slack in ((_AGE, 1.0), (_ANNIVERSARY, 1.0), (_STOOD, 0.0)):
        for match in pattern.finditer(line.text):
            group = match.lastgroup or "count"
            count = _counted(match[group])
            if count:
                around = slack or max(1.0, _ROUND * count)
                yield _Said(Span(match.start(group), match.end(group)), count, around)


def _counted(words: str) -> int:
    return ordinal_of(words) or _NAMED.get(words.casefold()[:4]) or count_of(words) or 0


def _finding(
    line: DatedLine,
    said: _Said,
    source: DatedLine,
    begun: When,
    told: When | None,
    anchor: Anchor | None,
) -> Iterator[Finding]:
    today = anchor.day.year if anchor and not anchor.assumed else None
    started, now = begun.year, told.year if told else today
    if started is None or now is None:
        return
    years = now - started
    near = (line,) if source is line else (source, line)
    whens = [when for one in near for when in one.whens if when not in {begun, told}]
    others = [when.first.year for when in whens if when.first]
    fits = any(abs(abs(other - started) - said.count) <= 1 for other in others)
    if fits or abs(said.count - years) <= said.slack or not 0.3 <= said.count / max(years, 1) <= 3:
        return
    yield Finding(
        line.span(said.span),
        source.span(begun.span),
        f"From {begun.span.of(source.text)} to {now} is {years} years, not {said.count}.",
        0.8,
    )
