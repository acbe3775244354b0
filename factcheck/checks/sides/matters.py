"""The matters of data/sides.toml, and finding their phrases in a sentence."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from factcheck.checks.lexicon import check_table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_GAP = 4
"""Words that '*' may stand for."""
_KINDS = {"V": frozenset({"VERB", "AUX"}), "N": frozenset({"NOUN"}), "J": frozenset({"ADJ"})}


@dataclass(frozen=True, slots=True)
class Matter:
    """Something of which one of two things is so."""

    name: str
    """What the two are, for people."""
    named: bool
    """Whether two sentences must name one thing to be of one such matter."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a phrase."""

    forms: frozenset[str]
    """What it may be, in base form or as written; empty for a gap."""
    kinds: frozenset[str]
    """The parts of speech that it may be; empty for any."""

    def fits(self, token: Token) -> bool:
        """Whether a token is that word."""
        if self.kinds and token.pos_ not in self.kinds:
            return False
        return token.lower_ in self.forms or token.lemma_.lower() in self.forms


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that tells which side of a matter is so."""

    matter: Matter
    side: int
    """0 or 1."""
    sign: bool
    """Whether it only implies it."""
    heading: bool
    """Whether it counts in headlines only."""
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a sentence."""

    phrase: Phrase
    tokens: tuple[Token, ...]
    """Its words, those of gaps left out."""


@functools.cache
def word_list(name: str) -> frozenset[str]:
    """One plain list of data/sides.toml."""
    return frozenset(str(_data()["words"][name]).split())


@functools.cache
def _data() -> dict[str, Any]:
    return check_table("sides.toml")


@functools.cache
def _phrases() -> Mapping[str, tuple[Phrase, ...]]:
    """The phrases by each form of their first word, long ones first."""
    by_first: dict[str, list[Phrase]] = defaultdict(list)
    for raw in _data()["matter"]:
        matter = Matter(raw["name"], raw.get("named", False))
        for key, side in ((key, side) for side, key in enumerate(("one", "other"))):
            for ending in ("", "_signs", "_heads"):
                lines = raw.get(key + ending, [])
                for line in lines:
                    words = tuple(map(_word, line.split()))
                    phrase = Phrase(matter, side, ending == "_signs", ending == "_heads", words)
                    for form in words[0].forms:
                        by_first[form].append(phrase)
    return {
        form: tuple(sorted(phrases, key=lambda phrase: -len(phrase.words)))
        for form, phrases in by_first.items()
    }


def _word(written: str) -> Word:
    if written == "*":
        return Word(frozenset(), frozenset())
    forms, _, kind = written.partition("/")
    return Word(frozenset(forms.split("|")), _KINDS.get(kind, frozenset()))


def find_phrases(doc: Doc, heading: bool) -> Iterator[Found]:
    """The phrases of all matters in a sentence, of those that overlap in one matter the longest."""
    taken: dict[str, set[int]] = defaultdict(set)
    found: list[Found] = []
    for token in doc:
        for form in dict.fromkeys((token.lower_, token.lemma_.lower())):
            for phrase in _phrases().get(form, ()):
                tokens = _match(token, phrase.words)
                if tokens and heading >= phrase.heading:
                    found.append(Found(phrase, tokens))
    for one in sorted(found, key=lambda one: (-len(one.tokens), one.tokens[0].i)):
        places = {token.i for token in one.tokens}
        if places.isdisjoint(taken[one.phrase.matter.name]):
            taken[one.phrase.matter.name] |= places
            yield one


def sign_of(name: str, side: int) -> Phrase:
    """A sign of a matter that no phrase stands for."""
    matter = next(p.matter for ps in _phrases().values() for p in ps if p.matter.name == name)
    return Phrase(matter, side, sign=True, heading=False, words=())


def _match(first: Token, words: tuple[Word, ...]) -> tuple[Token, ...]:
    """The tokens of a phrase that begins with `first`; none where it does not go on."""
    if not words[0].fits(first):
        return ()
    tokens, place, reach = [first], first.i + 1, 0
    for word in words[1:]:
        if not word.forms:
            reach = _GAP
            continue
        window = first.doc[place : place + reach + 1]
        nearest = next((token for token in window if word.fits(token)), None)
        if nearest is None:
            return ()
        tokens.append(nearest)
        place, reach = nearest.i + 1, 0
    return tuple(tokens)
