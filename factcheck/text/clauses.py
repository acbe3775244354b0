"""Clauses of a parsed sentence: which verb governs a word, and which words belong with it.

Read from the dependency parse, coarsely: a clause is a verb with everything that hangs on it and
on no other verb. Words are compared by stem, so that 'arrest' and 'arrested', 'closure' and
'close' meet.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_EMPTY = frozenset(
    """
    be have do say tell add will would can could may might must shall should make take get go come
    give put see year month week day hour minute time number total people man woman more most some
    other another than last next new first second third about part one two percent per cent figure
    mr mrs ms dr which who whom that there also still now later earlier ago such only even already
    """.split()
)
_ENDINGS = re.compile(
    r"(?:ations?|itions?|ments?|ures?|ances?|ences?|ings?|ions?|als?|ers?|ors?|ies|ed|es|s|e|y)$"
)


@functools.lru_cache(100_000)
def stem(word: str) -> str:
    """A crude stem by which a noun and the verb it comes from are alike ('arrest', 'arrested')."""
    low = word.casefold()
    cut = _ENDINGS.sub("", low)
    return (cut if len(cut) >= 4 else low)[:7]


def governor(token: Token) -> Token:
    """The verb that governs `token`: itself or the nearest above; the root where there is none."""
    here = token
    while here.head.i != here.i:
        if here.pos_ in {"VERB", "AUX"} and here.dep_ not in {"aux", "auxpass", "amod", "compound"}:
            return here
        here = here.head
    return here


def verb_over(token: Token) -> Token:
    """The nearest verb or auxiliary at or above `token`, whatever its part; else the root."""
    while token.pos_ not in {"VERB", "AUX"} and token.head != token:
        token = token.head
    return token


def clause(token: Token) -> list[Token]:
    """All words of the clause that `token` stands in, in order."""
    verb = governor(token)
    return [word for word in token.doc if not word.is_space and governor(word).i == verb.i]


def subject(verb: Token) -> str:
    """Stem of the head of the verb's subject; empty for a pronoun or where there is none."""
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubjpass"} and child.pos_ in {"NOUN", "PROPN"}:
            return stem(child.lemma_)
    return stem(verb.head.lemma_) if verb.dep_ in {"acl", "relcl"} else ""


def content(tokens: Iterable[Token]) -> frozenset[str]:
    """Stems of the words that carry meaning: nouns, verbs, names, adjectives; no numbers."""
    return frozenset(_stems(tokens))


def names(tokens: Iterable[Token]) -> frozenset[str]:
    """The proper names among `tokens`, casefolded word by word; months and weekdays left out."""
    return frozenset(
        token.lower_
        for token in tokens
        if token.pos_ == "PROPN" and token.ent_type_ != "DATE" and token.text[:1].isupper()
    )


def counted(doc: Doc, end: int) -> str:
    """Lemma of what a number that ends at offset `end` of the sentence counts; '' if unsaid.

    In '140 armoured vehicles' it is `vehicle`; in '340 from Lincoln' nothing is said.
    """
    head = ""
    first = bisect_left(range(len(doc)), end, key=lambda place: doc[place].idx)
    for place in range(first, len(doc)):
        token = doc[place]
        if token.pos_ in {"NOUN", "PROPN"} or (head and token.text == "-"):
            head = token.lemma_.casefold() if token.pos_ in {"NOUN", "PROPN"} else head
            continue
        if head or not _may_precede(token):
            break
    return head


def _may_precede(token: Token) -> bool:
    """Whether a word may stand between a number and the noun it counts."""
    return (
        token.pos_ == "ADJ"
        or token.tag_ in {"VBN", "VBG"}
        or token.lower_ in {"of", "the", "more", "-", "other", "its", "their", "such", "these"}
        or (token.pos_ == "ADV" and token.head.pos_ in {"ADJ", "NOUN"})
    )


def _stems(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.pos_ in {"NOUN", "VERB", "PROPN", "ADJ"} and not token.like_num:
            lemma = token.lemma_.casefold()
            if lemma not in _EMPTY and len(lemma) > 2:
                yield stem(lemma)
