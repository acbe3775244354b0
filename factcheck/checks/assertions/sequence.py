"""A cause that, as the article tells it, came after its effect.

'The collapse burst the pipe', 'they came back, so we could deliver' and 'it led to the strike' are
held against the course of events that the rest of the article tells: what came before what, what
was done because of what, and what one thing does to the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.assertions.causation import Link, word_lists
from factcheck.checks.assertions.happenings import Happening, happenings_of, keys_of, order
from factcheck.checks.assertions.modality import voice_of
from factcheck.checks.base import Case
from factcheck.checks.passages import Passage
from factcheck.records import Span
from factcheck.text.parsing import ParsedSentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_COMMONEST = 12
"""Clauses with one key that are looked at, so that cost stays linear."""
_UP_AND_DOWN = ("=rise", "=fall")
"""Keys that are each other's contrary: a river that rose is no river that fell."""
_PLAINLY = 2
"""Keys of a side that are enough where it has more."""
_DOUBTED = 2
"""What a sign that the claim is right counts against one that it is not."""


@dataclass(frozen=True, slots=True)
class Reversal:
    """A cause and its effect, and the sentence that tells them the other way round."""

    span: Span
    """The two sides."""
    source: Span
    """The other sentence."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """One thing said to bring another about, as keys; what both sides have is left out."""

    cause: frozenset[str]
    effect: frozenset[str]
    span: Span
    sentence: int
    plain: bool
    """Whether it says so in words of cause; else it only tells what does something to what."""
    speaker: str | None
    """Who says so; None for the narrator, `?` for somebody who cannot be told."""


def find_reversals(case: Case, article: Passage, links: Sequence[Link]) -> Iterator[Reversal]:
    """The links of the article that its own course of events turns round, each sentence once."""
    claims = list(_of_links(article, links))
    for number, sentence in enumerate(article.sentences):
        claims += _of_clauses(sentence, number)
    course = _Course(case, article, claims)
    done: set[int] = set()
    for claim in sorted(claims, key=lambda c: (c.sentence, not c.plain)):
        place = None if claim.sentence in done else course.first_against(claim)
        if place is not None:
            done.add(claim.sentence)
            yield Reversal(claim.span, article.sentences[place].span)


def _of_links(article: Passage, links: Sequence[Link]) -> Iterator[_Claim]:
    for link in links:
        doc = article.sentences[link.sentence].doc
        if link.kind != "cause" or link.denied or link.renewed or _tells_nothing(doc):
            continue
        start = article.sentences[link.sentence].span.start
        one, other = (
            keys_of(t for t in doc if side.span.start <= start + t.idx < side.span.end)
            for side in (link.cause, link.effect)
        )
        yield from _claim(one, other, link.span, link.sentence, True, link.speaker)


def _tells_nothing(doc: Doc) -> bool:
    """Whether a sentence asks for something ('Wash the pot, since'), or only says 'followed it'."""
    for token in doc:
        if token.dep_ == "ROOT" and token.tag_ == "VB":
            return True
    return any(t.lemma_ == "follow" and t.nbor(1).lower_ != "from" for t in doc[:-1])


def _of_clauses(sentence: ParsedSentence, number: int) -> Iterator[_Claim]:
    """'The fire broke the line', 'they came back, so we could deliver'."""
    if sentence.doc and sentence.doc[-1].text == "?":
        return
    for verb in sentence.doc:
        if verb.pos_ == "VERB" and (parts := _acting(verb)) is not None:
            subject, thing = parts
            shown = [*subject.subtree, verb, *thing.subtree]
            one, other = keys_of(subject.subtree), keys_of([verb, *thing.subtree])
            span = sentence.span_of([t for t in shown if not t.is_punct])
            yield from _claim(one, other, span, number, False, voice_of(verb))
    for token in sentence.doc:
        if token.lower_ in word_lists()["therefore"] and _opens_clause(token):
            before = _clause_before(token)
            after = _clause_after(token)
            if before and after:
                span = sentence.span_of([*before, *after])
                yield from _claim(
                    keys_of(before), keys_of(after), span, number, True, voice_of(token)
                )


def _claim(
    one: frozenset[str],
    other: frozenset[str],
    span: Span,
    sentence: int,
    plain: bool,
    speaker: str | None,
) -> Iterator[_Claim]:
    if one - other and other - one:
        yield _Claim(one - other, other - one, span, sentence, plain, speaker)


def _acting(verb: Token) -> tuple[Token, Token] | None:
    """The thing that does something to another, and that other one; None for people."""
    name = verb.lemma_.lower()
    names = {name, *(name + c.lower_ for c in verb.children if c.dep_ in {"prt", "prep"})}
    if not names & word_lists()["verbs_of_change"]:
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    thing = next((c for c in verb.children if c.dep_ in {"dobj", "obj"}), None)
    helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "neg"}}
    if subject is None or thing is None or helpers - {"had", "has", "have"}:
        return None
    return (subject, thing) if subject.pos_ == thing.pos_ == "NOUN" else None


def _opens_clause(token: Token) -> bool:
    """', so the shops came back'; not 'so far', 'so that', 'so many'."""
    if token.i < 2 or token.i + 2 >= len(token.doc):
        return False
    before, after = token.nbor(-1), token.nbor(1)
    opens = before.text in {",", ";", "\u2013", "\u2014"} or before.lower_ == "and"
    return opens and after.pos_ in {"DET", "NOUN", "PROPN", "PRON"} and after.lower_ != "that"


def _clause_before(token: Token) -> list[Token]:
    found: list[Token] = []
    for word in reversed(list(token.doc[: token.i])):
        if word.text in {";", ":", '"', "\u201c", "("}:
            break
        found.append(word)
    return found[::-1]


def _clause_after(token: Token) -> list[Token]:
    found: list[Token] = []
    for word in token.doc[token.i + 1 :]:
        if word.text in {",", ";", ".", '"', "\u201d", ")"}:
            break
        found.append(word)
    return found


class _Course:
    """All clauses of an article and all that it makes the cause of something, by their keys."""

    def __init__(self, case: Case, article: Passage, claims: Sequence[_Claim]) -> None:
        known = {s.span.start: s for s in case.article.prose}
        self._body: set[int] = set()
        self._voices: dict[int, str | None] = {}
        self._by_key: dict[str, list[Happening]] = defaultdict(list)
        for number, sentence in enumerate(article.sentences):
            there = known.get(sentence.span.start)
            if there is None or there.role != "body" or _disputes(sentence):
                continue
            self._body.add(number)
            self._voices[number] = _voice(sentence)
            for clause in happenings_of(sentence, number):
                for key in clause.keys:
                    self._by_key[key].append(clause)
        self._claims: dict[str, list[_Claim]] = defaultdict(list)
        for claim in claims:
            for key in claim.cause | claim.effect:
                self._claims[key].append(claim)

    def first_against(self, claim: _Claim) -> int | None:
        """The sentence that tells a claim the other way round, where none tells it so."""
        votes: dict[int, int] = defaultdict(int)
        for known in self._claims_like(claim):
            way = _way(claim, known.cause, known.effect)
            if way > 0:
                return None
            # Two causes in plain words are held against each other by the check itself.
            if way < 0 and known.sentence in self._body and not (claim.plain and known.plain):
                votes[known.sentence] += 1
        against = 0
        for one, other in self._pairs(claim):
            came = order(one, other)
            if came < 0:
                against += 1
            elif came > 0 and not self._is_disputed(claim, other.sentence):
                votes[other.sentence] += 1
        if sum(votes.values()) - _DOUBTED * against < 1:
            return None
        return min(votes, key=lambda place: (-votes[place], place))

    def _pairs(self, claim: _Claim) -> Iterator[tuple[Happening, Happening]]:
        """Clauses of one sentence of which one tells of the cause, one of the effect."""
        effects = self._like(claim.effect, claim.cause, claim.sentence)
        for one in self._like(claim.cause, claim.effect, claim.sentence):
            for other in effects:
                plain = _is_plain(one, claim.cause) or _is_plain(other, claim.effect)
                if one.sentence == other.sentence and plain:
                    yield one, other

    def _is_disputed(self, claim: _Claim, place: int) -> bool:
        """Whether another speaker says so there: two may differ on what came of what."""
        there = self._voices[place]
        return bool(there) and claim.speaker not in {None, "?", there}

    def _claims_like(self, claim: _Claim) -> list[_Claim]:
        listed = {
            id(c): c
            for key in claim.cause | claim.effect
            for c in self._claims[key][:_COMMONEST]
            if c.sentence != claim.sentence
        }
        return list(listed.values())

    def _like(self, side: frozenset[str], against: frozenset[str], away: int) -> list[Happening]:
        """The clauses that tell of one side rather than the other, outside a sentence."""
        listed = {
            (c.sentence, c.place): c
            for key in side
            for c in self._by_key.get(key, [])[:_COMMONEST]
            if c.sentence != away and _tells(c.keys, side, against)
        }
        return [listed[place] for place in sorted(listed)]


def _way(claim: _Claim, cause: frozenset[str], effect: frozenset[str]) -> int:
    """1 where two links go the same way, -1 where one turns the other round, else 0."""
    if _tells(cause, claim.cause, claim.effect) and _tells(effect, claim.effect, claim.cause):
        return 1
    if _tells(cause, claim.effect, claim.cause) and _tells(effect, claim.cause, claim.effect):
        return -1
    return 0


def _tells(keys: frozenset[str], side: frozenset[str], against: frozenset[str]) -> bool:
    """Whether keys are those of one side of a claim, at least half of them, and not the other's."""
    common = len(keys & side)
    for one, other in (_UP_AND_DOWN, _UP_AND_DOWN[::-1]):
        if one in side and other in keys:
            return False
    return common * 2 >= min(len(side), 4) and common > len(keys & against)


def _is_plain(clause: Happening, side: frozenset[str]) -> bool:
    """Whether a clause has all keys of a side, or two of them."""
    common = len(clause.keys & side)
    return common >= _PLAINLY or common == len(side)


def _voice(sentence: ParsedSentence) -> str | None:
    """Who says what a sentence reports; None where the narrator tells it."""
    clauses = (t for t in sentence.doc if t.dep_ == "ccomp" and t.pos_ in {"VERB", "AUX"})
    return next((said for t in clauses if (said := voice_of(t)) and said != "?"), None)


def _disputes(sentence: ParsedSentence) -> bool:
    """Whether a sentence disputes something, or tells of another round ('in turn', 'again')."""
    away = word_lists()["disputing"] | word_lists()["renewed"] - {"second", "another"}
    return any(t.lower_ in away for t in sentence.doc)
