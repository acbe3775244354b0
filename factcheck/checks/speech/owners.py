"""A 'he', 'she' or 'they' that opens a sentence and has two equally good owners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.base import Case
from factcheck.checks.speech.endings import all_quoted, outside
from factcheck.checks.speech.speakers import Speaker, describe, words
from factcheck.records import Sentence, Span
from factcheck.text.parsing import ParsedSentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_SURE = 0.6
_LESS_SURE = 0.5


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A pronoun and the two it may stand for."""

    span: Span
    """The pronoun with its verb."""
    pronoun: str
    """The pronoun as it stands."""
    owners: tuple[Speaker, Speaker]
    """The two, the one named earlier first."""
    confidence: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A body sentence with what is the narrator's in it."""

    known: Sentence
    parsed: ParsedSentence
    free: list[bool]


def find_ambiguities(case: Case) -> Iterator[Ambiguity]:
    """Ambiguous pronouns at the head of sentences, in order of the text."""
    quoted = all_quoted(case.article)
    read = [
        _Read(known, parsed, outside(parsed, quoted))
        for known, parsed in zip(case.article.prose, case.sentences, strict=True)
        if known.role == "body"
    ]
    for number, now in enumerate(read):
        pronoun = _opening_pronoun(now)
        if pronoun is None:
            continue
        found = _owners(pronoun, now, read[max(0, number - 2) : number])
        if found is not None and not _is_settled(now, pronoun, found[0]):
            owners, confidence = found
            tokens = [pronoun, pronoun.head] if pronoun.head.i - pronoun.i <= 3 else [pronoun]
            yield Ambiguity(now.parsed.span_of(tokens), pronoun.text, owners, confidence)


def _opening_pronoun(now: _Read) -> Token | None:
    first: Token | None = next((t for t in now.parsed.doc if not t.is_punct), None)
    if first is None or not now.free[first.i] or first.dep_ not in {"nsubj", "nsubjpass"}:
        return None
    return first if first.text in {"He", "She", "They"} else None


_Found = tuple[tuple[Speaker, Speaker], float]


def _owners(pronoun: Token, now: _Read, before: Sequence[_Read]) -> _Found | None:
    """The two whom the pronoun may mean, by the sentences just before it."""
    if not before:
        return None
    gender = pronoun.lower_
    if gender == "they":
        return _groups(before[-1]) if before[-1].known.paragraph == now.known.paragraph else None
    joined = _joined_pair(before[-1], gender)
    if joined is not None:
        return joined, _SURE
    opens = before[-1].known.paragraph != now.known.paragraph
    reporting = pronoun.head.lemma_.lower() in words("verbs")
    if not (opens and reporting) or len(before) < 2:
        return None
    return _speakers_in_turn(before[-2], before[-1], gender)


def _joined_pair(before: _Read, gender: str) -> tuple[Speaker, Speaker] | None:
    """'Smith and Jones met': two people named side by side as one subject or after 'between'."""
    for token in before.parsed.doc:
        pair = [token, *(c for c in token.children if c.dep_ == "conj")]
        if len(pair) != 2 or not all(_is_person(t) and before.free[t.i] for t in pair):
            continue
        if _is_second_office(pair[1]):
            continue
        if token.dep_ not in {"nsubj", "nsubjpass"} and token.head.lower_ != "between":
            continue
        one, other = (describe(before.parsed, t) for t in pair)
        if one.key != other.key and _fits(one, gender) and _fits(other, gender):
            return one, other
    return None


def _is_second_office(noun: Token) -> bool:
    """'its founder and chief executive, Martin Hollis': one person, for all that is joined."""
    return noun.pos_ == "NOUN" and not any(c.dep_ in {"det", "poss"} for c in noun.children)


def _speakers_in_turn(first: _Read, second: _Read, gender: str) -> _Found | None:
    """One speaks and another replies; a new paragraph goes on with 'He said'."""
    one, _ = _subject(first, gender)
    other, verb = _subject(second, gender)
    if one is None or other is None or verb is None or one.key == other.key:
        return None
    if verb.lemma_.lower() not in words("replies"):
        return None
    return (one, other), _LESS_SURE


def _subject(read: _Read, gender: str) -> tuple[Speaker | None, Token | None]:
    """The person who is the subject of a sentence's main verb, and that verb."""
    for token in read.parsed.doc:
        main = token.head.dep_ == "ROOT" and token.dep_ in {"nsubj", "nsubjpass"}
        if main and read.free[token.i] and _is_person(token):
            speaker = describe(read.parsed, token)
            return (speaker, token.head) if _fits(speaker, gender) else (None, None)
    return None, None


def _groups(before: _Read) -> _Found | None:
    """The two groups in 'The rebels attacked the soldiers. They fled'."""
    groups = words("groups")
    subjects = [t for t in before.parsed.doc if t.lower_ in groups and before.free[t.i]]
    one = next((t for t in subjects if t.dep_ == "nsubj" and t.head.dep_ == "ROOT"), None)
    if one is None:
        return None
    other = next((t for t in subjects if t.dep_ == "dobj" and t.head == one.head), None)
    if other is None or any(c.dep_ in {"ccomp", "xcomp"} for c in one.head.children):
        return None
    return (describe(before.parsed, one), describe(before.parsed, other)), _LESS_SURE - 0.1


def _is_person(token: Token) -> bool:
    if token.pos_ == "PROPN":
        return bool(token.ent_type_ == "PERSON" or describe_gender(token))
    return token.pos_ == "NOUN" and token.lower_ in words("offices")


def describe_gender(token: Token) -> bool:
    """Whether a title before a name shows it to be a person's."""
    titles = words("male") | words("female")
    return any(c.lower_.rstrip(".") in titles for c in token.children if c.dep_ == "compound")


def _fits(speaker: Speaker, gender: str) -> bool:
    return speaker.gender not in {"he", "she"} or speaker.gender == gender


def _is_settled(now: _Read, pronoun: Token, owners: tuple[Speaker, Speaker]) -> bool:
    """Whether the sentence itself names one of the two in another part, so it means the other."""
    names = {t.lower_ for t in now.parsed.doc if t.i > pronoun.i and t.dep_ != "poss"}
    return any(owner.key in names for owner in owners)
