"""Names as a text writes them: whom or what it names, with what title, and what kind of thing.

Read from capitals, the dependency parse and the lists of data/offices.toml.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from factcheck.checks.lexicon import check_table
from factcheck.checks.passages import Passage
from factcheck.records import Span
from factcheck.text.details import NAMED_DAYS, NAMED_MONTHS

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


@functools.cache
def offices() -> dict[str, Any]:
    """data/offices.toml: lists of words as sets, lists of lists as they stand."""
    raw = check_table("offices.toml")
    return {k: frozenset(v.split()) if isinstance(v, str) else v for k, v in raw.items()}


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
    if len(run) > 1 and run[0].lower_ in NAMED_DAYS | NAMED_MONTHS and _title(run[1]):
        run = run[1:]  # 'On Friday Mr Vane lost'
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
