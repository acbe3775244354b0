"""Who a name stands for: states, their capitals and governments, people and bodies by any alias.

`Actors` learns the names of the texts it is given and joins those that stand for one: a surname
and the full name, 'Brightwater' and 'Brightwater Pictures', 'Korvanian forces' and 'Korvania',
'Moscow', 'the Kremlin' and 'Russia'. It answers None rather than guess between two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from factcheck.text.gazetteer import bare, gazetteer
from factcheck.text.names import (
    is_name_word,
    name_of,
    possible_names,
    run_of,
    shown_in_capitals,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

    from factcheck.text.parsing import ParsedSentence


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or some body that can do things or have them done to it."""

    key: str
    """Equal for two mentions of one actor: 'russia', 'hester quayle'."""
    name: str
    """How to write it."""
    kind: Literal["state", "named", "described", "other"]
    """`described`: known by a common noun only; `other`: somebody else than the one in `key`."""
    state: str | None = None
    """Key of the state that it is or speaks for, where that is known."""

    @property
    def side(self) -> str:
        """Key of the state it acts for, else its own key."""
        return self.state or self.key


class Actors:
    """The names of some texts, joined where they stand for one actor."""

    def __init__(self, sentences: Iterable[ParsedSentence]) -> None:
        """Learn the names from the parsed sentences of one or several texts."""
        self._gazetteer = gazetteer()
        self._written: dict[str, str] = {}
        self._sides: dict[str, str] = {}
        self._apposed: dict[str, set[str]] = {}
        self._adjectives: set[str] = set()
        docs = [sentence.doc for sentence in sentences]
        for doc in docs:
            if not shown_in_capitals(doc):
                for token in doc:
                    self._learn(token)
        self._longer = self._join()
        self._demonyms = self._derive()

    def who(self, mention: str) -> Actor | None:
        """Who is meant by a name; None where it is no name, or might be one of several."""
        plain = bare(mention)
        words = [word for word in plain.split() if word.strip(".") not in self._gazetteer.titles]
        return self._named(" ".join(words) or plain, mention) if plain else None

    def at(self, token: Token, territory: bool = False) -> Actor | None:
        """Who the noun phrase that `token` heads stands for; None for pronouns and things.

        Args:
            token: head of the phrase.
            territory: whether a place or thing of a state ('Ukrainian cities') stands for it, as
                the target of an attack does.
        """
        if is_name_word(token):
            return self._at_name(token)
        if token.pos_ not in {"NOUN", "ADJ", "PROPN"}:
            return None
        return (
            self._apposition(token)
            or self._of_state(token, territory)
            or self._member_of(token)
            or self._definite(token)
            or self._described(token)
        )

    def demonym(self, word: str) -> Actor | None:
        """The state, listed or learnt from the text, whose adjective or people `word` is."""
        state = self._gazetteer.demonym(word)
        if state:
            return Actor(state.key, state.name, "state", state.key)
        key = self._demonyms.get(word.casefold()) or self._demonyms.get(
            word.casefold().removesuffix("s")
        )
        return Actor(key, self._written[key], "state", key) if key else None

    def _learn(self, token: Token) -> None:
        if not is_name_word(token) or (token.i and is_name_word(token.nbor(-1))):
            self._learn_adjective(token)
            return
        run = run_of(token)
        name = name_of(run)
        key = bare(name)
        if not key or self._gazetteer.demonym(key):
            return
        self._written.setdefault(key, name.strip())
        self._learn_side(run, key)
        self._learn_apposition(run, key)

    def _learn_adjective(self, token: Token) -> None:
        if token.text[:1].isupper() and token.is_alpha and len(token) > 4:
            self._adjectives.add(token.text.casefold())

    def _learn_side(self, run: list[Token], key: str) -> None:
        """'Russian President Vladimir Putin' speaks for Russia."""
        doc = run[0].doc
        before = doc[max(0, run[0].i - 3) : run[0].i]
        lead = [*before, *run]
        if not any(word.text.casefold() in self._gazetteer.titles for word in lead[:-1]):
            return
        states = [self._gazetteer.demonym(word.text) for word in before]
        known = [state for state in states if state]
        if known and " " in key:
            self._sides.setdefault(key, known[-1].key)

    def _learn_apposition(self, run: list[Token], key: str) -> None:
        """'the operator, Kelverin Terminals' and 'the games maker Pellucid'."""
        head = run[-1]
        doc = head.doc
        if head.dep_ == "appos" and head.head.pos_ == "NOUN":
            self._apposed.setdefault(head.head.lemma_.casefold(), set()).add(key)
        before = run[0].i - 1
        if before > 0 and doc[before].pos_ == "NOUN" and doc[before].head.i in {t.i for t in run}:
            self._apposed.setdefault(doc[before].lemma_.casefold(), set()).add(key)

    def _join(self) -> dict[str, set[str]]:
        """For each name, the longer names that it may be short for."""
        longer: dict[str, set[str]] = {}
        for key in self._written:
            words = key.split()
            for short in {" ".join(words[:n]) for n in range(1, len(words))} | {
                " ".join(words[n:]) for n in range(1, len(words))
            }:
                if short in self._written or len(short) > 3:
                    longer.setdefault(short, set()).add(key)
        return longer

    def _derive(self) -> dict[str, str]:
        """Adjectives of states that no list knows, from the names and adjectives of the text."""
        derived: dict[str, str] = {}
        words = {key for key in self._written if " " not in key}
        for adjective in self._adjectives | words:
            fits = {name for name in possible_names(adjective) if name in words} - {adjective}
            if len(fits) == 1:
                derived[adjective] = fits.pop()
        return derived

    def _named(self, key: str, mention: str) -> Actor | None:
        key = bare(key)
        longer = self._longest(key)
        people = {name for name in longer if not self._gazetteer.state(name)}
        state = self._gazetteer.state(mention) or self._gazetteer.names.get(key)
        if state and not self._is_surname(key, people):
            return Actor(state.key, state.name, "state", state.key)
        demonym = self.demonym(key) if " " not in key else None
        if demonym:
            return demonym
        if len(longer) == 1 and (key not in self._written or self._shortens(key)):
            return self._plain(next(iter(longer)))
        if longer and (len(longer) > 1 or key not in self._written):
            return None
        return self._plain(key) if key in self._written else None

    def _longest(self, key: str) -> set[str]:
        """The full names that `key` may be short for, those that shorten others left out."""
        longer = self._longer.get(key, set())
        return {name for name in longer if not self._longer.get(name, set()) & longer}

    def _shortens(self, key: str) -> bool:
        return bool(self._longer.get(key))

    def _is_surname(self, key: str, people: set[str]) -> bool:
        bodies = self._gazetteer.words["bodies"]
        return any(
            name.split()[-1] == key and not bodies & set(name.split()) and name.split()[0] != key
            for name in people
            if len(name.split()) == 2
        )

    def _plain(self, key: str) -> Actor:
        kind: Literal["state", "named"] = "state" if key in self._demonyms.values() else "named"
        state = key if kind == "state" else self._sides.get(key)
        return Actor(key, self._written[key], kind, state)

    def _at_name(self, token: Token) -> Actor | None:
        run = run_of(token)
        found = self.who(name_of(run))
        if found or len(run) > 1:
            return found
        return self._apposition(token)

    def _apposition(self, token: Token) -> Actor | None:
        for child in token.children:
            if child.dep_ == "appos" and is_name_word(child):
                return self._at_name(child)
        return None

    def _of_state(self, token: Token, territory: bool) -> Actor | None:
        """'Russian forces', 'Moscow's troops', 'the Lethmark navy', 'the president of Russia'."""
        lemma = token.lemma_.casefold()
        words = self._gazetteer.words
        if lemma not in words["standing_for_state"] and not (
            territory and lemma in words["territory"]
        ):
            return None
        for owner in self._owners(token):
            actor = self.demonym(owner.text) or (
                self._at_name(owner) if is_name_word(owner) else None
            )
            if actor and (actor.kind == "state" or actor.state or owner.dep_ == "poss"):
                return actor
            if actor and owner.dep_ in {"compound", "nmod"}:
                return actor
        return None

    def _owners(self, token: Token) -> Iterator[Token]:
        for child in token.children:
            if child.dep_ in {"amod", "compound", "poss", "nmod"}:
                yield child
            if child.dep_ == "prep" and child.lower_ in {"of", "from", "for"}:
                yield from (word for word in child.children if word.dep_ == "pobj")

    def _member_of(self, token: Token) -> Actor | None:
        """'a group of parents' stands for the parents."""
        if token.lemma_ not in {"group", "team", "number", "couple", "pair", "handful", "crowd"}:
            return None
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                for inner in child.children:
                    return self.at(inner)
        return None

    def _definite(self, token: Token) -> Actor | None:
        """'the federation', where just one body of the text has that word in its name."""
        if not any(child.lower_ == "the" for child in token.children):
            return None
        lemma = token.lemma_.casefold()
        fits = {key for key in self._written if lemma in key.split() and " " in key}
        fits = {key for key in fits if not self._longer.get(key)} or fits
        fits = fits or self._apposed.get(lemma, set())
        if len(fits) != 1:
            return None
        return self._named(next(iter(fits)), next(iter(fits)))

    def _described(self, token: Token) -> Actor | None:
        lemma = token.lemma_.casefold()
        if lemma in self._gazetteer.words["nobody"] or not lemma.isalpha() or len(lemma) < 3:
            return None
        if token.pos_ != "NOUN":
            return None
        named = {key for key in self._written if token.lower_ == key.split()[0] and " " in key}
        if len(named) == 1 and token.tag_ == "NNS":
            return self._plain(named.pop())
        return Actor(lemma, f"the {token.text}", "described")
