"""What an amount is of: the bridge in 'a £6m bridge', 'the bridge will cost £6m', '£6m for it'.

Read from the parse around the figure. What a person or firm does with an amount says nothing of
whom it is of: 'the council spent £6m on the bridge' is of the bridge alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.numbers.operands import Held
from factcheck.text.clauses import governor, stem

if TYPE_CHECKING:
    from spacy.tokens import Token

_THINGS = frozenset({"NOUN", "PROPN"})
_KIND_WORDS = frozenset({"NOUN", "PROPN", "ADJ"})
_TIMES = frozenset({"DATE", "TIME"})
_BEFORE = frozenset({"nummod", "compound", "nmod", "quantmod", "amod"})
_OBJECTS = frozenset({"dobj", "npadvmod"})
_KINDS = frozenset({"amod", "compound", "nmod", "poss"})
_MEASURING = frozenset(
    """
    be cost total amount come reach run stand put estimate value price budget set fetch worth
    measure cover weigh hold contain yield
    """.split()
)
"""Verbs whose subject is what the amount is of."""
_OF = frozenset({"of", "for", "on", "in", "into", "towards", "toward"})


@dataclass(frozen=True)
class Things:
    """What an amount is of."""

    heads: frozenset[str]
    """Stems of the nouns."""
    kinds: frozenset[str]
    """Stems of what stands before them: 'road' of a road bridge."""
    names: frozenset[str]
    """Proper names on them, lower case."""
    deed: str = ""
    """Stem of the verb that has it as its object: 'fined £6m', later 'the fine'."""

    def meet(self, other: Things) -> bool:
        """Whether both may be one thing: all that one names, and no other kind or name."""
        if self.deed in other.heads or other.deed in self.heads:
            return True
        shared = self.heads & other.heads
        covered = shared and shared in (self.heads, other.heads)
        return bool(covered) and not (
            _differ(self.kinds, other.kinds) or _differ(self.names, other.names)
        )


def things_of(held: Held) -> Things:
    """What the amount is of, as its own sentence tells."""
    nouns = list(_nouns(held))
    before = [c for noun in nouns for c in noun.children if c.dep_ in _KINDS and c not in nouns]
    kinds = [c for c in before if c.pos_ in _KIND_WORDS and not _is_in(held, c)]
    named = [t for noun in nouns for t in noun.subtree if t.pos_ == "PROPN"]
    root = _root(held)
    verb = governor(root) if root is not None and root.dep_ in _OBJECTS else None
    return Things(
        frozenset(stem(t.lemma_) for t in nouns),
        frozenset(stem(t.lemma_) for t in kinds),
        frozenset(t.lower_ for t in named if t.ent_type_ not in _TIMES),
        stem(verb.lemma_) if verb is not None else "",
    )


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and one.isdisjoint(other)


def _is_in(held: Held, token: Token) -> bool:
    span = held.figure.quantity.span
    return span.start <= token.idx < span.end


def _nouns(held: Held) -> Iterator[Token]:
    """The nouns that it stands before, follows, or is joined to by a verb that measures."""
    root = _root(held)
    if root is None:
        return
    direct = root.head if root.dep_ in _BEFORE and root.head.pos_ in _KIND_WORDS else None
    preposition = root.head if root.dep_ == "pobj" else None
    above = direct or (preposition.head if preposition is not None else None)
    if above is not None and (above == direct or above.pos_ in _THINGS):
        yield from _with_phrase(above)
    if direct is None:
        yield from _behind(root)
    verb = governor(root)
    if direct is None and (above is None or above == verb) and verb.pos_ in {"VERB", "AUX"}:
        yield from (t for t in _behind(verb) if not _is_in(held, t))
        measured = stem(verb.lemma_) in {stem(word) for word in _MEASURING}
        for child in verb.children if measured else ():
            if child.dep_ in {"nsubj", "nsubjpass"} and child.pos_ in _THINGS:
                yield from _with_phrase(child)


def _root(held: Held) -> Token | None:
    """The word of the figure on which its others hang."""
    own = [t for t in held.line.parsed.doc if _is_in(held, t)]
    return next((t for t in own if t.head == t or not _is_in(held, t.head)), None)


def _with_phrase(noun: Token) -> Iterator[Token]:
    yield noun
    yield from _behind(noun)


def _behind(word: Token) -> Iterator[Token]:
    """The nouns of what it is of or for."""
    for child in word.children:
        if child.dep_ == "prep" and child.lower_ in _OF:
            yield from (t for t in child.children if t.dep_ == "pobj" and t.pos_ == "NOUN")
