"""Whose word a figure is, where its sentence gives it to somebody.

'The council said that the bridge cost 4 million', 'according to the council the bridge cost 4
million', 'the council puts the cost at 4 million': a figure of the council's, which another's
figure does not make wrong.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from factcheck.checks.lexicon import check_table
from factcheck.checks.numbers.subjects import Site, token_at
from factcheck.text.clauses import stem
from factcheck.text.gazetteer import gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PUTS = frozenset({"put", "estimate", "reckon"})
"""Verbs that give a figure as somebody's besides those of saying."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody whose word a figure is."""

    key: str
    """Stem of the name or noun by which the sentence calls the speaker; empty for a pronoun."""
    is_person: bool
    """Whether it is a person by name."""


def voice_of(site: Site) -> Voice | None:
    """Who gives what stands at a place of a sentence; None for the writer."""
    token = token_at(site)
    if token is None:
        return None
    speaker = next(chain(_sources(token.doc), _tellers(token)), None)
    return _described(speaker) if speaker is not None else None


def differ(one: Voice | None, other: Voice | None) -> bool:
    """Whether two figures are the words of two, or one of them is a person's and one is not.

    What a body says is mostly what the writer goes by.
    """
    if one and other:
        return bool(one.key and other.key and one.key != other.key)
    alone = one or other
    return alone is not None and alone.is_person


def _sources(sentence: Doc) -> Iterator[Token]:
    for token in sentence:
        if token.lower_ == "according":
            yield from (c for to in token.children for c in to.children if c.dep_ == "pobj")


def _tellers(token: Token) -> Iterator[Token]:
    """Who says the clause of a word, the nearest first, or who puts the figure at so much."""
    below = token
    for verb in token.ancestors:
        told = below.dep_ == "ccomp" and verb.lemma_.casefold() in _verbs()
        if told or verb.lemma_.casefold() in _PUTS:
            yield from _subjects(verb)
        for child in verb.children:
            if child.dep_ == "parataxis" and child.lemma_.casefold() in _verbs():
                yield from _subjects(child)
        below = verb


def _subjects(verb: Token) -> Iterator[Token]:
    return (child for child in verb.children if child.dep_ == "nsubj")


def _described(head: Token) -> Voice:
    if head.pos_ == "PRON":
        return Voice("", is_person=False)
    named = next((c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN"), head)
    titled = any(part.lower_.rstrip(".") in gazetteer().titles for part in named.lefts)
    is_person = named.pos_ == "PROPN" and (named.ent_type_ == "PERSON" or titled)
    return Voice(stem(named.text), is_person)


@functools.cache
def _verbs() -> frozenset[str]:
    listed: str = check_table("speech.toml")["verbs"]
    return _PUTS.union(listed.split())
