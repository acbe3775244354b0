"""Whether two clauses are of things of which one is only called after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from factcheck.text.clauses import governor, stem
from factcheck.text.parsing import ParsedSentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PARTS = frozenset({"compound", "nmod"})

Site: TypeAlias = tuple[ParsedSentence, int]
"""A sentence and a place in it."""


def token_at(site: Site) -> Token | None:
    """The word at or after a place of a sentence."""
    parsed, place = site
    return next((token for token in parsed.doc if token.idx + len(token) > place), None)


def are_namesakes(one: Site, other: Site) -> bool:
    """Whether one place is in a clause on 'the bridge', the other in one on 'the bridge café'.

    Both clauses have the same verb, so that nothing but the subject tells them apart.
    """
    here, there = token_at(one), token_at(other)
    if here is None or there is None:
        return False
    verbs = governor(here), governor(there)
    if stem(verbs[0].lemma_) != stem(verbs[1].lemma_):
        return False
    first, second = (_subject(verb) for verb in verbs)
    if first is None or second is None or stem(first.text) == stem(second.text):
        return False
    return stem(first.text) in _modifiers(second) or stem(second.text) in _modifiers(first)


def _subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in _SUBJECTS), None)


def _modifiers(noun: Token) -> set[str]:
    """Stems of the words that stand before a noun as parts of its name."""
    return {
        stem(word.text) for child in noun.lefts if child.dep_ in _PARTS for word in child.subtree
    }
