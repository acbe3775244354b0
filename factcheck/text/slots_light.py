"""Event nouns under verbs that only carry them: 'bring an action', 'reject an offer'."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from factcheck.text.eventwords import Frame, event_words
from factcheck.text.slots import Slots, is_passive, verb_slots, verb_word

if TYPE_CHECKING:
    from spacy.tokens import Token

_TOWARDS = ("against", "on", "to", "over")


def add_light_verbs(noun: Token, frame: Frame, slots: Slots) -> None:
    """Fill `agent` and `patient` of `slots` from the verbs that carry an event noun.

    'A launched an attack on B': A is the agent. 'A suffered a defeat', 'A rejected the offer': A
    is the patient.
    """
    lists = event_words().lists
    met_by = event_words().kinds[frame.kind].met_by
    for verb in _carriers(noun):
        word = verb_word(verb)
        about = verb_slots(verb)
        subjects = [head for head in about.get("subj", []) if head.i != noun.i]
        if word in met_by or word in lists["suffered"]:
            slots.setdefault("patient", []).extend(subjects)
        elif word in lists["light"]:
            slots.setdefault("agent", []).extend(subjects)
            for place in _TOWARDS:
                if place in frame.patient and about.get(place) and not slots.get(place):
                    slots[place] = about[place]


def _carriers(noun: Token) -> Iterator[Token]:
    """Verbs that have the noun as their object, in any voice or clause."""
    if noun.dep_ in {"dobj", "nsubjpass"} and noun.head.pos_ == "VERB":
        yield from _joined(noun.head, noun.dep_ == "nsubjpass")
    for child in noun.children:
        if child.dep_ == "acl" and is_passive(child):
            yield from _joined(child, True)
        elif child.dep_ == "relcl" and not _noun_is_subject(child):
            yield child


def _joined(verb: Token, passive: bool) -> Iterator[Token]:
    yield verb
    for child in verb.children:
        if passive and child.dep_ == "conj" and is_passive(child):
            yield from _joined(child, passive)


def _noun_is_subject(verb: Token) -> bool:
    return any(
        child.dep_ == "nsubj" and child.lower_ in {"which", "that", "who"}
        for child in verb.children
    )
