"""What narrows an assertion: a condition, and when, where, how or in what regard it is so.

'It did not sink at once' does not deny that it sank at dawn: a negative bears on what narrows the
verb before it bears on the verb (Jackendoff, 1972, 'Semantic interpretation in generative grammar',
on focus under negation).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.assertions.parts import meaning, phrase
from factcheck.checks.assertions.predicates import states_of
from factcheck.checks.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_IF = frozenset({"if", "provided"})
_UNLESS = frozenset({"unless"})
_WHEN_OR_WHY = frozenset({"when", "after", "before", "until", "till", "because", "since", "as"})
_TELLING = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "VERB"})


@dataclass(frozen=True, slots=True)
class Terms:
    """The condition on which something is so."""

    excepted: bool
    """Whether it is so unless the condition holds."""
    words: frozenset[str]
    """The telling words of the condition, by meaning."""

    def same_as(self, other: Terms) -> bool:
        """Whether both may be one condition."""
        return self.excepted == other.excepted and bool(self.words & other.words)


def terms_of(verb: Token) -> Terms | None:
    """The condition that a clause with 'if' or 'unless' puts on a verb, if there is one."""
    for clause in (c for c in verb.children if c.dep_ == "advcl"):
        marks = {c.lower_ for c in clause.children if c.dep_ in {"mark", "advmod"}}
        if marks & (_IF | _UNLESS):
            # 'if they do not agree' is 'unless they agree'
            denied = any(c.dep_ == "neg" for c in clause.children)
            words = frozenset(meaning(t) for t in phrase(clause)) - {""}
            return Terms(bool(marks & _UNLESS) != denied, words)
    return None


def limits_of(verb: Token, objects: Iterable[Token]) -> frozenset[str]:
    """The words, in base form, of what prepositions, adverbs and clauses of time or reason add."""
    found: set[str] = set()
    for child in (c for head in (verb, *states_of(verb), *objects) for c in head.children):
        if _narrows(child):
            found.update(t.lemma_.casefold() for t in phrase(child) if t.pos_ in _TELLING)
        if child.dep_ in {"prep", "advmod"}:
            found.update({t.lower_ for t in child.subtree} & lexicon().words["manner"])
    return frozenset(found) - lexicon().words["no_limit"]


def _narrows(child: Token) -> bool:
    """'at dawn', 'that day', 'because he was ill'."""
    if child.dep_ == "advcl" and child.i > child.head.i:
        return any(c.lower_ in _WHEN_OR_WHY for c in child.children)
    return child.dep_ == "npadvmod" or (child.dep_ == "prep" and child.lower_ != "by")
