"""Who is who in an article: the words by which each of its speakers may be meant.

'The regulator', 'NER' and 'the energy regulator, NER' are one, and so are 'Ms Keir' and 'its
officer, Dr Anna Keir'. Two speakers are held apart only where nothing that is said of them agrees.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from factcheck.checks.speech.speakers import words
from factcheck.text.parsing import ParsedSentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAMING = frozenset({"PROPN", "NOUN", "ADJ"})
_INNER = frozenset({"compound", "amod", "nmod", "poss", "appos", "flat", "prep", "pobj", "conj"})
_OWN = frozenset({"its", "their"})
_LONGEST = 14
"""Words of a noun phrase that are looked at."""


class Cast:
    """The speakers of an article with all that they are called."""

    def __init__(self, sentences: Iterable[ParsedSentence]) -> None:
        """Read who is called what; 'its director, Jana Molnar' speaks for what was named before."""
        self._called: dict[str, set[str]] = defaultdict(set)
        before: frozenset[str] = frozenset()
        for sentence in sentences:
            for token in sentence.doc:
                if is_person(token):
                    names = phrase_words(token)
                    self._called[key_of(token)] |= names | (before if _is_owned(token) else set())
            before = _body(sentence, before)

    def names_of(self, head: Token) -> frozenset[str]:
        """All words by which the speaker named by the noun phrase around `head` may be meant."""
        found = set(phrase_words(head))
        for word in tuple(found):
            found |= self._called.get(word, set())
        return frozenset(found)


def key_of(head: Token) -> str:
    """What tells a speaker from others: the surname, or the head noun; lower case."""
    return str(head.lower_ if head.pos_ == "PROPN" else head.lemma_.lower())


def is_person(token: Token) -> bool:
    """Whether a word is the last one of a person's name."""
    if token.pos_ != "PROPN" or token.dep_ in {"compound", "flat"}:
        return False
    titles = words("male") | words("female")
    titled = any(c.lower_.rstrip(".") in titles for c in token.children if c.i < token.i)
    return token.ent_type_ == "PERSON" or titled


def phrase_words(head: Token) -> frozenset[str]:
    """The naming words of the noun phrase around `head`, with what it is in apposition to."""
    top = head
    while top.dep_ in {"appos", "compound", "flat"} and top.head.pos_ in {"NOUN", "PROPN"}:
        top = top.head
    found = {head.lower_, head.lemma_.lower()}
    for token in _inner(top):
        if token.pos_ in _NAMING and token.text[:1].isalpha():
            found |= {token.lower_, token.lemma_.lower()}
    return frozenset(found - words("no_names"))


def apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two speakers are surely not the same: neither is called what the other is.

    What many are called ('chief', 'minister') tells only where one is called nothing else.
    """
    left, right = one - words("many_are"), other - words("many_are")
    if not left or not right:
        return bool(one and other) and one.isdisjoint(other)
    return left.isdisjoint(right)


def is_vague(names: frozenset[str]) -> bool:
    """Whether the words ('the company', 'a spokesman') may mean any of several."""
    return not names - words("anybody")


def _inner(head: Token, depth: int = 0) -> list[Token]:
    found = [head]
    for child in head.children:
        if child.dep_ in _INNER and depth < 4 and len(found) < _LONGEST:
            found += _inner(child, depth + 1)
    return found


def _is_owned(name: Token) -> bool:
    """'its director, Jana Molnar'."""
    top = name.head if name.dep_ == "appos" else name
    return any(t.lower_ in _OWN for t in _inner(top))


def _body(sentence: ParsedSentence, before: frozenset[str]) -> frozenset[str]:
    """What a sentence is about, where that is no person; else what the one before was about."""
    for token in sentence.doc:
        if token.dep_ in {"nsubj", "nsubjpass"}:
            if token.pos_ == "PRON":
                return before
            return frozenset() if is_person(token) else phrase_words(token)
    return before
