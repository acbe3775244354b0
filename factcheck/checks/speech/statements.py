"""One statement given to A here and to B there, in the article or against the references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.base import Case
from factcheck.checks.speech.endings import all_quoted, is_requoting, outside
from factcheck.checks.speech.quotations import words as quotation_words
from factcheck.checks.speech.speakers import (
    Memory,
    Report,
    Speaker,
    describe,
    differ,
    reports,
    words,
)
from factcheck.records import Evidence, Quotation, Span
from factcheck.text.parsing import ParsedSentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_DULL = frozenset("be have do say make get take go will would year time people thing".split())
_ALIKE = 0.7
"""Share of content words in common from which two statements are one."""
_FEWEST = 5
"""Content words that two statements must share at least."""
_MOST = 200
"""Statements with one word in common that are compared, so that cost stays linear."""
_NEGATIONS = frozenset("not n't never no nor without deny denied denies reject rejected".split())
_PROXIES = frozenset("counsel lawyer spokesman spokeswoman spokesperson aide adviser".split())
_OPENING = re.compile(r"(?:^|[.!?]\W{,3}|\n)\s*\Z")
"""What stands before the first word of a sentence."""


@dataclass(frozen=True)
class Statement:
    """Something that somebody is said to have said."""

    speaker: Speaker
    """Who."""
    content: tuple[str, ...]
    """Its content words in order, by lemma."""
    negated: bool
    """Whether it has a negation in it."""
    span: Span
    """Where it stands: from speaker to the end of what is said."""
    place: int
    """Number of the sentence among those read."""
    owned: bool
    """Whether it is named as somebody's ('her contention that …')."""
    number: str
    """The figure in 'the firm's figure of 400'; else empty."""
    owner: Span | None
    """The words that name the owner, with the possessive mark."""
    proxy: str
    """For 'its counsel, …': the possessive pronoun; else empty."""


@dataclass(frozen=True, slots=True)
class Swap:
    """One statement with two owners."""

    span: Span
    """The words that give it to the second."""
    conflict: Quotation
    """The words that give it to the first."""
    speakers: tuple[str, str]
    """The one named here, the one named there."""
    confidence: float
    """0 to 1."""
    correction: str | None
    """The words with the right owner, where it is evident."""


def find_swaps(case: Case) -> Iterator[Swap]:
    """Statements that change their owner, each once, at the later place."""
    quoted = all_quoted(case.article)
    memory = Memory()
    listed: list[Statement] = []
    for place, sentence in enumerate(case.sentences):
        free = outside(sentence, quoted)
        listed += _statements(sentence, free, place, memory)
        memory.read(sentence, free)
    yield from _owned_swaps(case, listed)
    yield from _told_swaps(case, listed)
    yield from _reference_swaps(case, listed)


def _statements(
    sentence: ParsedSentence, free: Sequence[bool], place: int, memory: Memory
) -> Iterator[Statement]:
    yield from _owned(sentence, free, place, memory)
    for report in reports(sentence, free):
        made = _told(sentence, report, place, memory)
        if made is not None:
            yield made


def _told(sentence: ParsedSentence, report: Report, place: int, memory: Memory) -> Statement | None:
    """'A said that …'."""
    if report.speaker is None or report.subject is None:
        return None
    speaker = memory.follow(report.speaker)
    said = _said(report.verb, report.subject)
    if speaker is None or not said:
        return None
    apart = [report.subject, report.verb, *said]
    proxy = next((c.lower_ for c in report.subject.children if c.dep_ == "poss"), "")
    return Statement(
        speaker=speaker,
        content=_content(said),
        negated=_is_negated([*said, report.verb]),
        span=sentence.span_of(apart),
        place=place,
        owned=False,
        number="",
        owner=None,
        proxy=proxy if report.subject.lemma_.lower() in _PROXIES else "",
    )


def _said(verb: Token, subject: Token) -> list[Token]:
    """The words that are reported: the clause the verb governs, else the rest of its objects."""
    for child in verb.children:
        if child.dep_ == "ccomp":
            return [t for t in child.subtree]
    if verb.lower_ == "according":
        away = {t.i for t in verb.subtree}
        return [t for t in verb.doc if t.i not in away and not t.is_punct]
    before = _before_speaker(verb, subject)
    if before:
        return before
    kept = [c for c in verb.children if c.dep_ in {"dobj", "xcomp", "prep", "attr", "advcl"}]
    away = {t.i for t in subject.subtree}
    return [t for c in kept for t in c.subtree if t.i not in away]


def _before_speaker(verb: Token, subject: Token) -> list[Token]:
    """'…, its counsel argued': the clause before the comma, where it is one."""
    edge = subject.left_edge.i
    comes_last = subject.i < verb.i and edge > 2 and verb.doc[edge - 1].text == ","
    earlier = list(verb.doc[: edge - 1]) if comes_last else []
    is_clause = any(t.dep_ in {"nsubj", "nsubjpass"} for t in earlier)
    return earlier if is_clause and earlier[0].dep_ not in {"mark", "advmod", "prep"} else []


def _owned(
    sentence: ParsedSentence, free: Sequence[bool], place: int, memory: Memory
) -> Iterator[Statement]:
    """'A's contention that …', 'A's figure of 400', 'by A's reckoning …'."""
    for noun in sentence.doc:
        poss = _owner_of(noun)
        if poss is None or not free[noun.i]:
            continue
        by_noun = noun.lower_ in words("by_nouns") and _follows_by(poss)
        if not by_noun and noun.lemma_.lower() not in words("statement_nouns"):
            continue
        said = _owned_words(noun, by_noun)
        if not said:
            continue
        speaker = memory.follow(describe(sentence, poss))
        if speaker is None:
            continue
        owner = [t for t in poss.subtree]
        yield Statement(
            speaker=speaker,
            content=_content(said),
            negated=_is_negated(said),
            span=sentence.span_of([*owner, noun] if by_noun else [*owner, noun, *said]),
            place=place,
            owned=not by_noun,
            number=_number(said) if not by_noun else "",
            owner=sentence.span_of(owner),
            proxy="",
        )


def _owner_of(noun: Token) -> Token | None:
    """The head of the name before 's, whatever the parse makes of it; None for a pronoun."""
    if noun.i < 2 or noun.nbor(-1).tag_ != "POS":
        return None
    owner = noun.nbor(-2)
    return owner if owner.pos_ in {"NOUN", "PROPN"} else None


def _follows_by(owner: Token) -> bool:
    before = owner.left_edge.i - 1
    return before >= 0 and owner.doc[before].lower_ == "by"


def _owned_words(noun: Token, by_noun: bool) -> list[Token]:
    if by_noun:
        return [t for t in noun.doc[noun.i + 1 :] if not t.is_punct]
    for child in noun.children:
        is_number = child.dep_ == "prep" and child.lower_ == "of"
        if child.i > noun.i and (child.dep_ in {"acl", "relcl", "ccomp"} or is_number):
            return [t for t in child.subtree]
    return []


def _number(said: Iterable[Token]) -> str:
    """The figure in 'figure of 400'."""
    listed = list(said)
    if not listed or listed[0].lower_ != "of" or len(listed) > 4:
        return ""
    return next((t.lower_ for t in listed if t.pos_ == "NUM" and t.text[0].isdigit()), "")


def _content(tokens: Iterable[Token]) -> tuple[str, ...]:
    return tuple(
        t.lemma_.lower()
        for t in tokens
        if t.pos_ in _CONTENT and not t.is_stop and t.lemma_.lower() not in _DULL
    )


def _is_negated(tokens: Iterable[Token]) -> bool:
    return sum(t.lower_ in _NEGATIONS for t in tokens) % 2 == 1


def _owned_swaps(case: Case, listed: Sequence[Statement]) -> Iterator[Swap]:
    """A statement named as A's that elsewhere only B makes."""
    by_word: dict[str, list[Statement]] = {}
    for statement in listed:
        for word in set(statement.content):
            by_word.setdefault(word, []).append(statement)
    for one in listed:
        if not one.owned:
            continue
        words_ = {one.number} if one.number else set(one.content)
        near = {id(o): o for w in words_ for o in by_word.get(w, [])[:_MOST]}
        others = [o for o in near.values() if o.place != one.place and _touch(one, o)]
        others.sort(key=lambda o: o.place)
        if any(not _apart(one, o) for o in others):
            continue
        if others:
            yield _swap(case, one, others[0], 0.75 if one.number else 0.6)


def _touch(one: Statement, other: Statement) -> bool:
    """Whether the other statement is the one that is named."""
    if one.number:
        return one.number in other.content
    if other.owned or len(one.content) < 3:
        return False
    pairs = set(zip(one.content, one.content[1:], strict=False))
    shared = set(one.content) & set(other.content)
    adjacent = pairs & set(zip(other.content, other.content[1:], strict=False))
    return bool(adjacent) or len(shared) >= 3


def _apart(one: Statement, other: Statement) -> bool:
    """Whether the two are surely made by different speakers."""
    if one.number or one.speaker.person == other.speaker.person:
        if one.speaker.key == other.speaker.key:
            return False
        if one.speaker.person != other.speaker.person:
            return bool(one.number) and not other.speaker.person
    its_own = {"his", "her"} if one.speaker.person else {"its", "their"}
    return differ(one.speaker, other.speaker) and other.proxy not in its_own


def _told_swaps(case: Case, listed: Sequence[Statement]) -> Iterator[Swap]:
    """'A said that …' here and 'B said that …', the same, there."""
    by_word: dict[str, list[Statement]] = {}
    for one in listed:
        near = {id(o): o for word in one.content for o in by_word.get(word, [])[-20:]}
        for other in near.values():
            if _same(one, other) and differ(one.speaker, other.speaker):
                text = case.sentences[one.place].span.of(case.article.text)
                if not is_requoting(text, quotation_words("requoting")):
                    yield _swap(case, one, other, 0.6)
                    break
        for word in set(one.content):
            by_word.setdefault(word, []).append(one)


def _same(one: Statement, other: Statement) -> bool:
    return (
        one.place != other.place
        and one.negated == other.negated
        and _likeness(set(one.content), set(other.content)) >= _ALIKE
    )


def _likeness(one: set[str], other: set[str]) -> float:
    """Share of content words in common; 0 where too few are."""
    shared = one & other
    return len(shared) / len(one | other) if len(shared) >= _FEWEST else 0.0


def _swap(case: Case, one: Statement, other: Statement, confidence: float) -> Swap:
    return Swap(
        span=one.span,
        conflict=case.article.quote(other.span),
        speakers=(one.speaker.called, other.speaker.called),
        confidence=confidence - (0.1 if other.speaker.guessed else 0.0),
        correction=_with_owner(case.article.text, one, other),
    )


def _with_owner(text: str, one: Statement, other: Statement) -> str | None:
    """The words with the other owner in place of the one they name."""
    if one.owner is None or other.speaker.guessed:
        return None
    mark = re.search(r"['\u2019]s?$", one.owner.of(text))
    ours = mark[0] if mark else ""
    name = other.owner.of(text) if other.owner else other.speaker.called + ours
    if _OPENING.search(text[max(0, one.owner.start - 4) : one.owner.start]):
        name = name[:1].upper() + name[1:]
    return name + text[one.owner.end : one.span.end]


def _reference_swaps(case: Case, listed: Sequence[Statement]) -> Iterator[Swap]:
    """'A said that …' where a reference gives the same words to B."""
    for one in listed:
        wanted = set(one.content)
        if len(wanted) < _FEWEST or not one.speaker.person or one.speaker.guessed:
            continue
        for passage in case.passages:
            swap = _against(case, one, wanted, passage)
            if swap is not None:
                yield swap
                break


def _against(case: Case, one: Statement, wanted: set[str], passage: Evidence) -> Swap | None:
    text = passage.quotation.text
    stems = {word[:5] for word in re.findall(r"[a-z0-9]+", text.lower())}
    near = sum(word[:5] in stems for word in wanted)
    if near < _ALIKE * len(wanted) or one.speaker.key in text.lower():
        return None
    for sentence in case.parser.parse_text(text):
        free = [True] * len(sentence.doc)
        for report in reports(sentence, free):
            other = _told(sentence, report, -1, Memory())
            if other is None or not other.speaker.person or not _same(one, other):
                continue
            if differ(one.speaker, other.speaker):
                return _reference_swap(one, other, passage)
    return None


def _reference_swap(one: Statement, other: Statement, passage: Evidence) -> Swap:
    return Swap(
        span=one.span,
        conflict=passage.quotation.part(other.span),
        speakers=(one.speaker.called, other.speaker.called),
        confidence=0.6,
        correction=None,
    )
