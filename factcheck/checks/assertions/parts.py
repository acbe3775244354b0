"""What stands on either side of a predicate: its telling words, by meaning."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Part:
    """A subject or an object."""

    head: str = ""
    """Its chief word by meaning; empty for a pronoun or where there is none."""
    is_noun: bool = False
    """Whether that is a noun."""
    words: frozenset[str] = frozenset()
    """Its telling words by meaning, the head among them."""
    names: frozenset[str] = frozenset()
    """Words of names among them."""
    present: bool = False
    """Whether anything stands there at all."""
    maybe: frozenset[str] = frozenset()
    """For a pronoun: telling words of what stands before it, any of which it may stand for."""


def part(head: Token, before: Sequence[Doc] = ()) -> Part:
    """The telling words of the phrase or clause that `head` heads.

    Args:
        head: its head.
        before: the sentences before, in which a pronoun may have its noun.
    """
    if head.pos_ == "PRON" or head.lower_ in {"both", "neither", "none"}:
        if head.lower_ not in {"it", "they", "them", "this", "that"}:
            return Part(present=True)
        earlier = [t for doc in before for t in doc] + list(head.doc[: head.i])
        nouns = {meaning(t) for t in earlier if t.pos_ in {"NOUN", "PROPN"}} - {""}
        return Part(present=True, maybe=frozenset(nouns))
    words: set[str] = set()
    names: set[str] = set()
    for token in phrase(head):
        key = meaning(token)
        if key:
            words.add(key)
            if token.pos_ == "PROPN":
                names.add(key)
    chief = meaning(head) if head.pos_ in {"NOUN", "PROPN", "VERB", "ADJ"} else ""
    return Part(chief, head.pos_ == "NOUN", frozenset(words), frozenset(names), True)


def meaning(token: Token) -> str:
    """The meaning of a telling word; empty for one that tells nothing."""
    if token.pos_ not in {"NOUN", "PROPN", "VERB", "ADJ"} or not token.text[:1].isalpha():
        return ""
    lemma = token.lemma_.casefold()
    if token.pos_ == "VERB" and any(c.dep_ == "prt" for c in token.children):
        lemma += "_" + next(c.lower_ for c in token.children if c.dep_ == "prt")
    if lemma in lexicon().words["vague"] or (token.pos_ == "VERB" and lemma in _general()):
        return ""
    return lexicon().sense(lemma).side


@functools.cache
def _general() -> frozenset[str]:
    return lexicon().words["general"] - {"leave"}


def phrase(head: Token) -> Iterator[Token]:
    """A phrase without the clauses that hang on it."""
    yield head
    for child in head.children:
        if child.dep_ in {"relcl", "advcl", "appos", "acl", "parataxis", "punct"}:
            continue
        if child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"}:
            continue
        yield from phrase(child)


def joined(parts: Sequence[Part]) -> Part:
    """Several as one, with the first head; an empty one for none."""
    if not parts:
        return Part()
    headed = next((p for p in parts if p.head), Part())
    return Part(
        headed.head,
        headed.is_noun,
        frozenset(w for p in parts for w in p.words),
        frozenset(w for p in parts for w in p.names),
        True,
        frozenset(w for p in parts for w in p.maybe),
    )
