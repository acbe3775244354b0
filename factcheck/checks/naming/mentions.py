"""Names as a text writes them: whom it names, with what office, and what kind of thing.

Read from capitals, the dependency parse and the lists of data/offices.toml.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from factcheck.checks.lexicon import table
from factcheck.checks.passages import Passage
from factcheck.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NEAR = 4
"""Tokens before a name in which its office is looked for."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a name."""

    words: tuple[str, ...]
    """Its words as written, titles left out."""
    titles: tuple[str, ...]
    """Titles before it, lower case, without full stops."""
    first: int
    """Index of its first token, titles left out."""
    last: int
    """Index of its last token."""
    span: Span
    """Where it stands, titles left out."""
    sentence: int
    """Index of the sentence."""
    passage: Passage
    """Where it is from."""

    @property
    def surname(self) -> str:
        """The last word, lower case."""
        return self.words[-1].casefold()

    @property
    def tokens(self) -> list[Token]:
        """Its tokens."""
        return list(self.passage.sentences[self.sentence].doc[self.first : self.last + 1])

    @property
    def last_word(self) -> list[Token]:
        """The tokens of its last word, more than one where that has a hyphen."""
        tokens = self.tokens
        start = len(tokens) - 1
        while start > 1 and tokens[start - 1].text == "-":
            start -= 2
        return tokens[start:]


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody said to hold an office."""

    office: str
    """The office; equal for two ways of writing one."""
    institution: frozenset[str]
    """Words of what the office is held in, lower case."""
    places: frozenset[str]
    """Those of them that are words of names."""
    name: Name
    """Who."""
    written: str
    """The office in the words of the text."""
    span: Span
    """Office and name."""


@functools.cache
def offices() -> dict[str, Any]:
    """data/offices.toml: lists of words as sets, lists of lists as they stand."""
    raw = table("offices.toml")
    return {k: frozenset(v.split()) if isinstance(v, str) else v for k, v in raw.items()}


@functools.cache
def _same_office() -> dict[str, str]:
    return {word: line.split()[0] for line in offices()["same"] for word in line.split()}


def read_names(passage: Passage) -> Iterator[Name]:
    """The names of a passage, in order; sentences set all in capitals or title case left out."""
    for index, sentence in enumerate(passage.sentences):
        if _is_heading(sentence.doc):
            continue
        run: list[Token] = []
        for token in sentence.doc:
            if _is_capital(token) or (run and _is_hyphen(token)):
                run.append(token)
                continue
            yield from _name(run, index, passage)
            run = []
        yield from _name(run, index, passage)


def _is_heading(doc: Doc) -> bool:
    """Whether its capitals tell nothing about names."""
    words = [t for t in doc if t.is_alpha and len(t) > 3]
    if doc.text.endswith(".") or len(words) < 4:
        return False
    return sum(t.text[0].isupper() for t in words) > 0.6 * len(words)


def _is_capital(token: Token) -> bool:
    if not token.text[:1].isupper():
        return False
    if token.pos_ == "PROPN" or token.ent_type_ == "PERSON":
        return True
    return token.tag_ == "NN" and token.i > 0 and token.nbor(-1).is_alpha


def _is_hyphen(token: Token) -> bool:
    """Whether it holds two words of one name together: 'Barrow-Jones', but not 'Vice-President'."""
    if token.text != "-" or token.whitespace_ or token.i + 1 == len(token.doc):
        return False
    before, after = token.nbor(-1), token.nbor(1)
    titles = {before.lower_, after.lower_} & _titles()
    return not before.whitespace_ and _is_capital(after) and not titles


@functools.cache
def _titles() -> frozenset[str]:
    """Every word that may stand before a name as a title."""
    lists = offices()
    parts = {part for office in lists["sole"] for part in office.split("_")}
    ranks = {word for line in lists["exclusive"] for word in line.split()}
    return frozenset(
        lists["courtesy"] | lists["courtesy_he"] | lists["courtesy_she"] | parts | ranks
    )


def _title(token: Token) -> str | None:
    """The title that a word before a name is: 'dr' for 'Dr.', 'cllr' for 'Cllrs'."""
    word = token.lower_.rstrip(".")
    return next((w for w in (word, word.removesuffix("s")) if w in _titles()), None)


def _written(run: list[Token]) -> tuple[str, ...]:
    """The words of a name; those that a hyphen joins are one."""
    words: list[str] = []
    for token in run:
        if words and (token.text == "-" or words[-1].endswith("-")):
            words[-1] += token.text
        else:
            words.append(token.text)
    return tuple(words)


def _name(run: list[Token], index: int, passage: Passage) -> Iterator[Name]:
    titles: list[str] = []
    named_after = bool(run) and run[-1].lower_ in offices()["named_after"]
    while run and not named_after and (title := _title(run[0])):
        titles.append(title)
        run = run[1:]
    if run and any(t.text.isalpha() or "-" in t.text for t in run):
        span = passage.sentences[index].span_of(run)
        words = _written(run)
        yield Name(words, tuple(titles), run[0].i, run[-1].i, span, index, passage)


def years_of(name: Name) -> frozenset[str]:
    """The years that the sentence of a name speaks of."""
    return frozenset(_YEAR.findall(name.passage.sentences[name.sentence].doc.text))


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
            yield _holder(office, [], name, list(doc[name.first - len(name.titles) : name.first]))
    for noun in _office_nouns(doc[name.last]):
        written = [*(c for c in noun.children if c.dep_ in {"compound", "amod"}), noun]
        office = _office("_".join(t.lemma_.casefold() for t in written))
        if not office:
            written, office = [noun], _office(noun.lemma_.casefold())
        if office and not any(c.lower_ in offices()["one_of_several"] for c in noun.children):
            yield _holder(office, _institution(noun), name, written)


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
    if head.dep_ == "appos" and head.head.pos_ == "NOUN":
        yield head.head
    if head.dep_ == "nsubj" and head.head.lemma_ == "be" and head.head.tag_ == "VBZ":
        yield from (c for c in head.head.children if c.dep_ == "attr" and c.pos_ == "NOUN")


def _institution(noun: Token) -> list[Token]:
    found: list[Token] = []
    for child in noun.children:
        if child.dep_ == "poss" and child.pos_ != "PRON":
            found += list(child.subtree)
        if child.dep_ == "prep" and child.lower_ in {"of", "at", "for"}:
            for inner in child.children:
                found += [t for t in (inner, *inner.children) if t.dep_ in {"pobj", "compound"}]
        if child.dep_ == "compound" and child.pos_ == "PROPN":
            found.append(child)
    return [t for t in found if t.pos_ in {"NOUN", "PROPN"}]


def _holder(office: str, institution: list[Token], name: Name, words: list[Token]) -> Holder:
    sentence = name.passage.sentences[name.sentence]
    return Holder(
        office,
        frozenset(t.lemma_.casefold() for t in institution),
        frozenset(t.lemma_.casefold() for t in institution if t.pos_ == "PROPN"),
        name,
        " ".join(t.lower_ for t in words),
        sentence.span_of([*words, *institution, *name.tokens]),
    )


@functools.cache
def kinds() -> dict[str, tuple[int, str]]:
    """Group and kind by kind word."""
    return {
        word: (number, kind)
        for number, line in enumerate(offices()["kinds"])
        for kind in line.split()
        for word in kind.split("/")
    }


def kind_of(name: Name) -> tuple[int, str, Token] | None:
    """What kind of thing the word straight before a name, or after it, says that it is."""
    doc = name.passage.sentences[name.sentence].doc
    index = name.first - 1
    while index >= 0 and doc[index].lower_ in {"the", ",", "called", "named", '"'}:
        index -= 1
    set_off = any(t.text == "," for t in doc[index + 1 : name.first])
    if set_off and doc[name.last].dep_ != "appos":  # 'In the city, Johnson won'
        return None
    if index >= max(0, name.first - _NEAR) and doc[index].lower_ in kinds():
        group, kind = kinds()[doc[index].lower_]
        return group, kind, doc[index]
    after = doc[name.last + 1 : name.last + 3]
    if len(after) == 2 and after[0].text == "," and after[1].lower_ in {"a", "an", "the"}:
        for token in doc[name.last + 3 : name.last + 6]:
            if token.pos_ == "NOUN" and token.dep_ == "appos" and token.lower_ in kinds():
                group, kind = kinds()[token.lower_]
                return group, kind, token
    return None
