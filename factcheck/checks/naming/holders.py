"""Who is said to hold an office, where, and over what: 'the mayor of Marden, Lucy Hart'.

Read from titles, the dependency parse and the lists of data/offices.toml.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.naming.mentions import Name, offices, years_of
from factcheck.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_HELD_IN = frozenset({"of", "at", "for"})
"""Prepositions between an office and what it is held in."""
_FIELD = re.compile(r"(?:al|ic|ive|ing)\Z")
"""Endings of adjectives that tell an office from others: 'artistic', 'musical', 'sporting'."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody said to hold an office."""

    office: str
    """The office; equal for two ways of writing one."""
    institution: frozenset[str]
    """Words of what the office is held in, lower case."""
    places: frozenset[str]
    """Those of them that are words of names."""
    fields: frozenset[str]
    """What the office is over, lower case: 'finance' of 'director of finance', 'artistic'."""
    name: Name
    """Who."""
    written: str
    """The office in the words of the text."""
    span: Span
    """Office and name."""


@functools.cache
def _same_office() -> dict[str, str]:
    return {word: line.split()[0] for line in offices()["same"] for word in line.split()}


def read_holders(name: Name) -> Iterator[Holder]:
    """The offices that the words around a name give to it, if there is no sign of a change."""
    if len(name.words) > 3:
        return
    found = list(_given(name))
    if found and not _is_of_another_time(name):
        yield from found


def _given(name: Name) -> Iterator[Holder]:
    """The offices in its titles and in nouns that the parse ties to it."""
    doc = name.passage.sentences[name.sentence].doc
    if name.titles:
        office = _office("_".join(name.titles))
        if office:
            yield _holder(office, None, name, list(doc[name.first - len(name.titles) : name.first]))
    for noun in _office_nouns(doc[name.last]):
        written = [*(c for c in noun.children if c.dep_ in {"compound", "amod"}), noun]
        office = _office("_".join(t.lemma_.casefold() for t in written))
        if not office:
            written, office = [noun], _office(noun.lemma_.casefold())
        if office and not any(c.lower_ in offices()["one_of_several"] for c in noun.children):
            yield _holder(office, noun, name, written)


def _is_of_another_time(name: Name) -> bool:
    """Whether a year, or a word such as 'former', stands near the name."""
    doc = name.passage.sentences[name.sentence].doc
    near = {t.lower_.strip(".") for t in doc[max(0, name.first - 8) : name.last + 10]}
    return bool(near & offices()["not_now"] or years_of(name))


def _office(words: str) -> str:
    return _same_office().get(words, words) if words in offices()["sole"] else ""


def _office_nouns(head: Token) -> Iterator[Token]:
    """'X, the director'; 'the director, X'; 'X is the director'."""
    for child in head.children:
        if child.dep_ == "appos" and child.pos_ == "NOUN":
            yield child
    if head.dep_ == "appos" and head.head.pos_ == "NOUN" and not _is_of_another(head.head):
        yield head.head
    if head.dep_ == "appos" and _is_lone_person(head) and head.head.dep_ == "pobj":
        # 'The mayor of Marden, Lucy Hart,': the parser sets the name beside the place.
        led = head.head.head
        if led.lower_ in _HELD_IN and led.head.pos_ == "NOUN" and not _is_of_another(led.head):
            yield led.head
    if head.dep_ == "nsubj" and head.head.lemma_ == "be" and head.head.tag_ == "VBZ":
        yield from (c for c in head.head.children if c.dep_ == "attr" and c.pos_ == "NOUN")


def _is_of_another(office: Token) -> bool:
    """Whether an office is set beside a name already: 'Ann Lee, head of the firm, Orme Ltd'."""
    return office.dep_ == "appos" and office.head.pos_ == "PROPN"


def _is_lone_person(name: Token) -> bool:
    """Whether a name is a person's, and no item of a list."""
    listed = any(child.dep_ in {"conj", "cc"} for child in name.children)
    return name.ent_type_ == "PERSON" and not listed


def _institution(noun: Token) -> list[Token]:
    found: list[Token] = []
    for child in noun.children:
        if child.dep_ == "poss" and child.pos_ != "PRON":
            found += list(child.subtree)
        if child.dep_ == "prep" and child.lower_ in _HELD_IN:
            for inner in child.children:
                found += [t for t in (inner, *inner.children) if t.dep_ in {"pobj", "compound"}]
        if child.dep_ == "compound" and child.pos_ == "PROPN":
            found.append(child)
    return [t for t in found if t.pos_ in {"NOUN", "PROPN"}]


def _fields(noun: Token, words: list[Token]) -> frozenset[str]:
    """What an office is over: 'director of finance', 'finance director', 'artistic director'."""
    found = [
        child
        for child in noun.children
        if (child.dep_ == "compound" and child.pos_ == "NOUN")
        or (child.dep_ == "amod" and _FIELD.search(child.lower_))
    ]
    for led in (child for child in noun.children if child.lower_ in _HELD_IN):
        found += [child for child in led.children if child.dep_ == "pobj" and child.pos_ == "NOUN"]
    over = {str(child.lemma_).casefold() for child in found if child not in words}
    return frozenset(over - offices()["bodies"] - offices()["seats"])


def _holder(office: str, noun: Token | None, name: Name, words: list[Token]) -> Holder:
    """Somebody with an office: of its noun and what hangs on that, or of his titles alone."""
    institution = _institution(noun) if noun is not None else []
    sentence = name.passage.sentences[name.sentence]
    return Holder(
        office,
        frozenset(t.lemma_.casefold() for t in institution),
        frozenset(t.lemma_.casefold() for t in institution if t.pos_ == "PROPN"),
        _fields(noun, words) if noun is not None else frozenset(),
        name,
        " ".join(t.lower_ for t in words),
        sentence.span_of([*words, *institution, *name.tokens]),
    )
