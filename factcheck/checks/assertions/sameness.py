"""How surely two propositions are about one thing, by what stands on either side of them."""

from __future__ import annotations

from factcheck.checks.assertions.parts import Part
from factcheck.checks.assertions.propositions import Proposition

ENOUGH = 2
"""What subject and object must come to together for two propositions to be about one thing."""


def sameness(one: Proposition, other: Proposition) -> int:
    """How surely two propositions are about one thing; negative where they are not."""
    if one.sense.themed and not (one.object.present and other.object.present):
        theirs, ours = other.object, one.object  # 'it is in use', 'withdraw it'
        if ours.present != theirs.present:
            one_theme = ours if ours.present else one.subject
            return match(one_theme, theirs if theirs.present else other.subject)
    subject, matter = match(one.subject, other.subject), match(one.object, other.object)
    if not one.sense.about and {
        one.subject.maybe,
        other.subject.maybe,
        one.object.maybe,
        other.object.maybe,
    } != {frozenset()}:
        subject, matter = min(subject, 1), min(matter, 1)
    if subject < 0 or matter < 0:
        return -1
    if not one.sense.lasting and subject == 0 and one.subject.words and other.subject.words:
        return -1  # a name and a word that nothing ties to it: 'Harbour Air', 'Northwind'
    if one.sense.sign != other.sense.sign and not one.negated and not other.negated:
        for mine, theirs in ((one.subject, other.subject), (one.object, other.object)):
            if mine.words and theirs.words and match(mine, theirs) < ENOUGH:
                return -1
        return -1 if one.subject.words != other.subject.words else subject + matter
    return subject + matter


def match(one: Part, other: Part) -> int:
    """3: one phrase; 2: one head; 1: a word in common; 0: cannot be told; -1: different."""
    if not one.words or not other.words:
        maybe, known = one.maybe | other.maybe, one if one.words else other
        return 2 if known.head in maybe else int(bool(known.words & maybe))
    shared = one.words & other.words
    if one.names and other.names and not one.names & other.names:
        return -1
    if one.head and one.head == other.head:
        return _match_of_head(one, other)
    if shared:
        return 1
    return 0 if bool(one.names) != bool(other.names) else -1


def _match_of_head(one: Part, other: Part) -> int:
    shared = one.words & other.words
    if one.is_noun and shared == {one.head} and one.words > shared < other.words:
        return -1  # 'the theft charge', 'the fraud charge'
    if not one.is_noun and one.words - shared and other.words - shared:
        return 1  # 'to sell bread', 'to sell beer'
    return 3 if one.words == other.words else 2
