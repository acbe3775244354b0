"""States by any of their names: capitals, seats of government, adjectives and people.

Read from data/states.toml (GeoNames, CC BY 4.0, and common English usage) and data/actors.toml.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class State:
    """A state of this world."""

    key: str
    """Its name without regard to case; two mentions of one state have equal keys."""
    name: str
    """Its usual English name."""
    demonyms: tuple[str, ...]
    """Adjectives and nouns of its people, the adjective first."""


@dataclass(frozen=True)
class Gazetteer:
    """What is known of names beforehand."""

    names: Mapping[str, State]
    """States by every name they and their governments go by, casefolded, without 'the'."""
    people: Mapping[str, State]
    """States by the adjectives and nouns of their people, casefolded."""
    words: Mapping[str, frozenset[str]]
    """The word lists of data/actors.toml, by name, casefolded."""
    suffixes: Mapping[str, tuple[str, ...]]
    """What an adjective of a state ends in, and what its name may end in instead."""

    def state(self, mention: str) -> State | None:
        """The state that a name, capital, seat of government or demonym stands for, if any."""
        plain = bare(mention)
        if plain == "us" and "US" not in mention.split():
            return None
        for form in ("republic of ", "kingdom of ", "state of ", "government of "):
            plain = plain.removeprefix(form).removeprefix("the ")
        return self.names.get(plain) or self.demonym(plain)

    def demonym(self, word: str) -> State | None:
        """The state whose people or adjective `word` is ('Russian', 'Danes'), if any."""
        plain = word.casefold()
        return self.people.get(plain) or self.people.get(plain.removesuffix("s"))

    @property
    def titles(self) -> frozenset[str]:
        """Titles set before a name, casefolded, without full stops."""
        return self.words["titles"]


def bare(mention: str) -> str:
    """`mention` casefolded, without a leading 'the', a possessive ending and double spaces."""
    plain = " ".join(mention.replace("\u2019", "'").casefold().split())
    plain = plain.removesuffix("'s").removesuffix("'")
    return plain.removeprefix("the ").strip()


def text_table(name: str) -> dict[str, Any]:
    """A data file of this package, parsed."""
    folder = resources.files("factcheck.text") / "data"
    return tomllib.loads((folder / name).read_text("utf-8"))


@functools.cache
def gazetteer() -> Gazetteer:
    """The shipped gazetteer, read once."""
    names: dict[str, State] = {}
    people: dict[str, State] = {}
    for name, row in text_table("states.toml")["states"].items():
        state = State(bare(name), name, tuple(row["people"]))
        for also in (name, *row["also"], *row["seats"]):
            names.setdefault(bare(also), state)
        people.update({word.casefold(): state for word in row["people"]})
    actors = text_table("actors.toml")
    for seat, name in actors["seats"].items():
        names[bare(seat)] = names[bare(name)]
    words = {key: frozenset(value.casefold().split()) for key, value in actors["words"].items()}
    suffixes = {ending: tuple(others) for ending, others in actors["suffixes"].items()}
    return Gazetteer(names, people, words, suffixes)
