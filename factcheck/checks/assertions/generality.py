"""Whether a predicate tells of one particular case, or of a rule, a habit, a group or an order.

'The rider wore no helmet' is an assertion that 'the rider wore a helmet' contradicts. 'Riders who
wear no helmet', 'wearing no helmet', 'you wear no helmet', 'some riders wear no helmet' and 'never
wear a cracked helmet' assert nothing of any rider in particular (Krifka and others, 1995,
'Genericity: an introduction', tells kinds and habits from episodes).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from factcheck.checks.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_ASKING = frozenset({"WDT", "WP", "WP$"})


def is_general(verb: Token, subject: Token | None, objects: Iterable[Token]) -> bool:
    """Whether nothing particular is said to be so or not so.

    Args:
        verb: the predicate.
        subject: the head of its subject, if it has one.
        objects: the heads of its objects.
    """
    return (
        _is_instruction(verb, subject)
        or _picks_out(verb)
        or _asks_which(verb, [*([subject] if subject is not None else []), *objects])
        or (subject is not None and _is_anybody(subject))
        or any(_is_of_some(head) for head in _places(verb))
        or _denies_manner(verb)
    )


def is_denied_by_noun(verb: Token, negatives: Iterable[Token]) -> bool:
    """'no reason to withdraw it', which asserts that it was not withdrawn."""
    return verb.dep_ in {"acl", "relcl"} and any(word.head == verb.head for word in negatives)


def _is_instruction(verb: Token, subject: Token | None) -> bool:
    """'Never wear a cracked helmet': a base form that nobody is the subject of."""
    helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    return verb.tag_ == "VB" and subject is None and helpers <= {"do"} and verb.dep_ == "ROOT"


def _picks_out(verb: Token) -> bool:
    """'riders who wear no helmet': a clause without a comma that tells which ones are meant."""
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        return _picks_out(verb.head)
    if verb.dep_ != "relcl" or verb.head.pos_ == "PROPN":
        return False
    edge = verb.left_edge
    return edge.i > 0 and not edge.nbor(-1).is_punct


def _asks_which(verb: Token, heads: Iterable[Token]) -> bool:
    """'what animals drink': a clause that leaves open who or what."""
    if verb.dep_ == "relcl":
        return False
    return any(t.tag_ in _ASKING for head in heads for t in (head, *head.children))


def _is_anybody(subject: Token) -> bool:
    """'you', 'anyone', 'those over 18', 'some riders'."""
    return subject.lower_ in lexicon().words["anybody"] or _is_of_some(subject)


def _is_of_some(head: Token) -> bool:
    """'most riders', 'many places', 'some of them'."""
    return any(t.lower_ in lexicon().words["some"] for t in (head, *head.children))


def _places(verb: Token) -> list[Token]:
    """What its prepositions bring in."""
    return [t for c in verb.children if c.dep_ == "prep" for t in c.children if t.dep_ == "pobj"]


def _denies_manner(verb: Token) -> bool:
    """'did not take it well', 'did not land safely': what is denied is how or when, not that."""
    if not any(c.dep_ == "neg" for c in verb.children):
        return False
    return any(
        c.dep_ == "advmod" and c.i > verb.i and (c.lower_ == "well" or c.lower_.endswith("ly"))
        for c in verb.children
    )
