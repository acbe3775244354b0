"""How an event is told: as fact, denied, feared, planned, or only supposed, and who says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from factcheck.text.eventwords import event_words

if TYPE_CHECKING:
    from spacy.tokens import Token

Stance: TypeAlias = Literal["fact", "denied", "negated", "hypothetical", "feared", "planned"]
PROSPECTIVE: frozenset[Stance] = frozenset({"feared", "planned"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_ORDER: tuple[Stance, ...] = ("denied", "negated", "hypothetical", "feared", "planned")


@dataclass(frozen=True, slots=True)
class Telling:
    """How a sentence tells of an event."""

    stance: Stance
    """What the sentence commits itself to."""
    speaker: Token | None
    """Head of the phrase that names who says it; None for the text's own voice."""
    accusing: bool
    """Whether it is told as one side's case: 'claimed', 'blamed', 'suggested'."""


def telling(event: Token) -> Telling:
    """How the sentence of an event's verb or noun tells of it."""
    lists = event_words().lists
    words = {str(word.lemma_).casefold() for word in _cues(event)}
    words |= {str(word.lower_) for word in _cues(event)}
    stance: Stance = next((name for name in _ORDER if words & lists[name]), "fact")
    reporter = _reporter(event)
    speaker = _speaker(reporter) if reporter else _according(event)
    return Telling(stance, speaker, bool(words & lists["accusing"]))


def _cues(event: Token) -> Iterator[Token]:
    """The words whose meaning lies over the event: governors, auxiliaries, adjectives."""
    yield from _modifiers(event)
    child = event
    while child.head.i != child.i:
        governor = child.head
        joined = child.dep_ == "conj"
        if not (joined or (child.dep_ in _SUBJECTS and not _is_cue_noun(governor))):
            yield governor
            yield from _modifiers(governor)
        elif child.dep_ in _SUBJECTS:
            yield from (word for word in _modifiers(governor) if word.dep_ == "neg")
        child = governor


def _modifiers(token: Token) -> Iterator[Token]:
    for child in token.children:
        leading = child.dep_ == "advmod" and child.i < token.i
        if leading or child.dep_ in {"aux", "neg", "amod", "det", "mark", "preconj"}:
            yield child


def _is_cue_noun(token: Token) -> bool:
    return token.pos_ in {"NOUN", "ADJ"}


def _reporter(event: Token) -> Token | None:
    """The nearest verb or noun of saying over the event."""
    said = event_words().lists["said"]
    child = event
    while child.head.i != child.i:
        if child.dep_ not in _SUBJECTS and child.dep_ != "conj" and child.head.lemma_ in said:
            return child.head
        child = child.head
    return _inserted(event, said)


def _inserted(event: Token, said: frozenset[str]) -> Token | None:
    """'…, a spokesman said, …': a verb of saying hung beside the event's clause."""
    for token in event.sent.root.children:
        if (
            token.dep_ in {"parataxis", "ccomp"}
            and token.lemma_ in said
            and not _over(token, event)
        ):
            has_clause = any(child.dep_ in {"ccomp", "xcomp", "dobj"} for child in token.children)
            if not has_clause:
                return token
    return None


def _over(token: Token, event: Token) -> bool:
    return event.i == token.i or token in event.ancestors


def _speaker(reporter: Token) -> Token | None:
    verb = reporter
    while verb.dep_ == "conj" and not any(c.dep_ in _SUBJECTS for c in verb.children):
        verb = verb.head
    for child in verb.children:
        if child.dep_ in _SUBJECTS or child.dep_ == "poss":
            return child
        if child.dep_ in {"agent", "prep"} and child.lower_ == "by":
            return next((inner for inner in child.children if inner.dep_ == "pobj"), None)
    if verb.dep_ in {"xcomp", "advcl"}:
        return next((child for child in verb.head.children if child.dep_ in _SUBJECTS), None)
    return None


def _according(event: Token) -> Token | None:
    for token in event.sent:
        if token.lower_ == "according" and token.i + 1 < len(event.doc):
            for child in token.nbor(1).children:
                if child.dep_ == "pobj":
                    return child
    return None
