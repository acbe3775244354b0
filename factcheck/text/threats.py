"""Troops brought up to somebody's border: whoever brings them is the one who would attack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from factcheck.text.actors import Actor
from factcheck.text.eventwords import event_words
from factcheck.text.gazetteer import gazetteer
from factcheck.text.parties import Party, Reading
from factcheck.text.slots import surface_slots, surface_subjects

if TYPE_CHECKING:
    from spacy.tokens import Token


def threats(reading: Reading) -> Iterator[tuple[Token, Party, Party | None]]:
    """For each border that troops are brought up to: the word, whose it is, and whose troops."""
    lists = event_words().lists
    for token in reading.sentence.doc:
        if token.lemma_.casefold() not in lists["borders"]:
            continue
        mass = _mass(token)
        agents = list(_movers(mass, reading)) if mass else []
        for patient in _owners(token, reading):
            others = [a for a in agents if a.actor and _differ(a.actor, patient)]
            if mass and others:
                yield token, patient, others[0]


def _differ(actor: Actor, party: Party) -> bool:
    """Whether `party` is somebody else; 'its neighbor' always is."""
    if party.actor is None or party.actor.kind == "other":
        return True
    return actor.side != party.actor.side


def _mass(border: Token) -> Token | None:
    """The military noun of the border's sentence, the nearest before it."""
    masses = event_words().lists["masses"]
    before = [t for t in border.doc[: border.i] if t.lemma_.casefold() in masses]
    return before[-1] if before else None


def _owners(border: Token, reading: Reading) -> Iterator[Party]:
    """'Ukraine's border', 'the Lethmark border', 'the border with Y'."""
    surface = surface_slots(border)
    heads = [c for c in border.children if c.dep_ in {"poss", "compound", "nmod", "amod"}]
    others = gazetteer().words["others"]
    heads = [h for h in heads if h.text[:1].isupper() or h.lemma_.casefold() in others] or [
        head for place in ("with", "of") for head in surface.get(place, [])
    ]
    for head in heads:
        demonym = reading.actors.demonym(head.text) is not None
        party = reading.party(head, True, demonym)
        if party and party.actor:
            yield party


def _movers(mass: Token, reading: Reading) -> Iterator[Party]:
    """Whose troops they are: 'Russian troop buildup', 'Korvania has moved brigades'."""
    for word in [mass, *mass.ancestors]:
        for child in word.children:
            if child.dep_ in {"amod", "compound", "poss", "nmod"} and child.text[:1].isupper():
                yield from _known(reading.party(child, False, _is_demonym(child, reading)))
    for word in [mass, *mass.ancestors]:
        if word.pos_ == "VERB" and word.lemma_.casefold() in event_words().lists["moves"]:
            for subject in surface_subjects(word):
                yield from _known(reading.party(subject, False, False))


def _is_demonym(token: Token, reading: Reading) -> bool:
    return reading.actors.demonym(token.text) is not None


def _known(party: Party | None) -> Iterator[Party]:
    if party and party.actor:
        yield party
