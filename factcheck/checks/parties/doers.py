"""The parties of a deed: whom a phrase names, and what else it may be called.

A party may be named, or called by its office, its people, its owner or a pronoun; in a reference
the writer is 'I' and the one written to is 'you'.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from factcheck.checks.passages import Passage
from factcheck.records import Evidence
from factcheck.text.gazetteer import bare, gazetteer, text_table
from factcheck.text.names import is_name_word, name_of, run_of
from factcheck.text.slots import Slots

if TYPE_CHECKING:
    from spacy.tokens import Token

_WRITERS = frozenset("i we us me my our myself ourselves mine ours".split())
_READERS = frozenset("you your yours yourself yourselves".split())
_OTHERS = frozenset("he she him her his hers they them their it its who whom himself".split())
_GENDERS = {
    **dict.fromkeys(("he", "him", "his"), "he"),
    **dict.fromkeys(("she", "her", "hers"), "she"),
    **dict.fromkeys(_WRITERS, "i"),
}
_TO = re.compile(r"^(?P<by>.*?)(?:^| )[Tt]o (?P<to>.*)$")
_DEAR = re.compile(r"\bDear (?P<to>[^,:\n]{2,60}?)[,:\n]")
_MODIFIERS = frozenset({"compound", "poss", "amod", "nmod", "appos"})
_PEOPLE = re.compile(r"(?:i?ans?|eans?|ese|ia|[iae])$")
_WORD = re.compile(r"[^\W\d_]{3,}")

Words: TypeAlias = frozenset[str]
NONE: Words = frozenset()
Aliases: TypeAlias = Mapping[str, Words]


@dataclass(frozen=True, slots=True)
class Who:
    """A party of a deed: what it is called, and what it may be called."""

    token: Token | None
    """The head of its phrase; None in the name of a lawsuit."""
    names: Words
    """Words of its name, and the state it is of."""
    nouns: Words
    """What it is, with the groups of like nouns."""
    maybe: Words
    """What it may be called besides: by a pronoun, an alias, the title of the reference."""

    @property
    def writes(self) -> bool:
        """Whether it is 'I' or 'we'."""
        return self.gender == "i"

    @property
    def called(self) -> str:
        """Its name or noun as written."""
        if self.token is None:
            return " ".join(sorted(self.names))
        words = run_of(self.token) if is_name_word(self.token) else [self.token]
        return " ".join(token.text for token in words)

    @property
    def gender(self) -> str:
        """Equal for pronouns that may stand for one person; empty for other words."""
        return _GENDERS.get(self.token.lower_, "") if self.token else ""

    def without(self, other: Who) -> Who:
        """Without what it has in common with the other party."""
        shared = other.names | other.nouns
        return Who(
            self.token, self.names - other.names, self.nouns - other.nouns, self.maybe - shared
        )


@functools.cache
def groups_of() -> Mapping[str, Words]:
    """By noun the groups of nouns that may stand for the same party."""
    found: dict[str, set[str]] = defaultdict(set)
    for group, listed in text_table("deeds.toml")["parties"].items():
        for word in listed.split():
            found[word].add(f"a {group}")
    return {word: frozenset(names) for word, names in found.items()}


@functools.cache
def _holdings() -> Words:
    return frozenset(text_table("deeds.toml")["holdings"]["words"].split())


def is_holding(head: Token) -> bool:
    """Whether a noun is what acts for, or is, the one whose it is: 'Norrick's lawyer'."""
    return head.lemma_.casefold() in _holdings()


def parties_at(
    places: Iterable[str],
    slots: Slots,
    passage: Passage,
    index: int,
    aliases: Aliases,
) -> Iterator[Who]:
    """Who stands in the first of the places in which a known party stands."""
    for place in places:
        found = [_who(head, passage, index, aliases) for head in slots.get(place, [])]
        known = [who for who in found if who.names or who.nouns or who.maybe or who.writes]
        if known:
            yield from known
            return


def _who(head: Token, passage: Passage, index: int, aliases: Aliases) -> Who:
    if head.lower_ in _WRITERS:
        return Who(head, NONE, NONE, _voices(passage, index))
    if head.lower_ in _READERS:
        return Who(head, NONE, NONE, _addressed(passage))
    if head.lower_ in _OTHERS:
        return Who(head, NONE, NONE, _antecedents(head, passage, index))
    names, nouns = called(head)
    maybe = {alias for word in names | nouns for alias in aliases.get(word, ())}
    held = is_holding(head)
    for owner in _owners(head):
        its_names, its_nouns = called(owner)
        maybe |= its_names | its_nouns
        if held:
            names, nouns = names | its_names, nouns | its_nouns
    voices = _voices(passage, index)
    if head.lower_ in voices:
        maybe |= voices
    return Who(head, names, nouns, frozenset(maybe) - names - nouns)


def _owners(head: Token) -> Iterator[Token]:
    """'the Front' of 'the camp of the Front' and 'the Front's camp'."""
    for child in head.children:
        if child.dep_ == "poss":
            yield child
        elif child.dep_ == "prep" and child.lower_ in {"of", "from", "to", "for"}:
            yield from (inner for inner in child.children if inner.dep_ == "pobj")


def called(head: Token) -> tuple[Words, Words]:
    """The words of the name, and the group of the noun, that a phrase calls its party by."""
    names: set[str] = set()
    nouns: set[str] = set()
    if is_name_word(head):
        names |= _name_words(head)
        if gazetteer().state(name_of(run_of(head))):
            nouns.add("a government")
        nouns |= {group for word in run_of(head) for group in groups_of().get(low_form(word), ())}
    elif head.pos_ in {"NOUN", "PROPN"} and head.lower_ not in gazetteer().words["nobody"]:
        nouns |= groups(head.lemma_)
    for child in head.children:
        if child.dep_ not in _MODIFIERS:
            continue
        state = gazetteer().demonym(child.text)
        if state:
            names.add(name_key(state.key))
        elif is_name_word(child):
            names |= _name_words(child)
        elif child.dep_ == "appos" and child.pos_ == "NOUN":
            names, nouns = names | called(child)[0], nouns | called(child)[1]
        elif child.dep_ == "compound" and child.pos_ == "NOUN":
            nouns |= groups(child.lemma_)
        elif child.dep_ == "amod":
            capitals = [word for word in (child, *child.children) if word.text[:1].isupper()]
            names |= {name_key(word.text) for word in capitals}
    return frozenset(names), frozenset(nouns)


def _name_words(token: Token) -> set[str]:
    words = {word.lower_ for word in run_of(token) if len(word.text) > 2}
    state = gazetteer().state(name_of(run_of(token)))
    if state:
        words |= set(bare(state.key).split())
    words -= gazetteer().titles | gazetteer().words["bodies"] | {"the", "and", "for"}
    return {name_key(word) for word in words if word not in groups_of()}


def name_key(word: str) -> str:
    """A name without the ending by which a people differs from its country."""
    low = word.casefold()
    cut = _PEOPLE.sub("", low)
    return cut if len(cut) > 3 else low


def low_form(token: Token) -> str:
    """A word in lower case and the singular."""
    low = str(token.lower_)
    return low if low in groups_of() else low.removesuffix("s")


def groups(lemma: str) -> Words:
    """A noun with the groups of nouns like it."""
    low = lemma.casefold()
    return groups_of().get(low, NONE) | {low}


def _voices(passage: Passage, index: int) -> Words:
    """What the writer or speaker of a reference may be called."""
    source = passage.source
    if not isinstance(source, Evidence):
        return NONE
    letter = _TO.match(source.title)
    head = f"{letter['by'] if letter else source.title} {source.publisher}"
    return _keys_of(passage.labels[index] or head)


def _addressed(passage: Passage) -> Words:
    """What the one to whom a reference is written may be called."""
    source = passage.source
    if not isinstance(source, Evidence):
        return NONE
    found = (_TO.match(source.title), _DEAR.search(source.quotation.text))
    return _keys_of(" ".join(match["to"] for match in found if match))


@functools.lru_cache(maxsize=1024)
def _keys_of(text: str) -> Words:
    return frozenset(key for w in _WORD.findall(text) for key in {*groups(w), name_key(w)})


def _antecedents(pronoun: Token, passage: Passage, index: int) -> Words:
    """What somebody named before a pronoun, in its sentence or the one before, is called."""
    found: set[str] = set()
    before = list(passage.sentences[index - 1].doc) if index else []
    for token in [*before, *pronoun.doc[: pronoun.i]]:
        if token.pos_ == "PROPN" and is_name_word(token):
            found |= _name_words(token)
        elif token.pos_ == "NOUN" and token.dep_ in {"nsubj", "nsubjpass"}:
            found |= groups(token.lemma_)
    return frozenset(found)


def aliases_of(passages: Iterable[Passage]) -> dict[str, Words]:
    """For each noun the names it is set beside ('the mayor, Lorraine Beech'), and back."""
    beside: dict[str, set[str]] = defaultdict(set)
    for passage in passages:
        for sentence in passage.sentences:
            for token in sentence.doc:
                if token.dep_ in {"appos", "compound"} and token.head.pos_ in {"NOUN", "PROPN"}:
                    _set_beside(token, token.head, beside)
                    _set_beside(token.head, token, beside)
                if token.ent_type_ == "PERSON" and is_name_word(token):
                    _set_full_name(run_of(token), beside)
    return {word: frozenset(others) for word, others in beside.items() if len(others) <= 4}


def _set_full_name(run: list[Token], beside: dict[str, set[str]]) -> None:
    """'Callum' and 'Reid', where the text has 'Callum Reid' somewhere."""
    if len(run) == 2 and all(is_name_word(word) for word in run):
        first, last = (name_key(word.text) for word in run)
        beside[first].add(last)
        beside[last].add(first)


def _set_beside(noun: Token, name: Token, beside: dict[str, set[str]]) -> None:
    if is_name_word(noun) and noun.lower_ not in gazetteer().titles:
        return
    if noun.pos_ in {"NOUN", "PROPN"} and is_name_word(name):
        for word in _name_words(name):
            beside[noun.lemma_.casefold()].add(word)
            beside[word].add(noun.lemma_.casefold())
