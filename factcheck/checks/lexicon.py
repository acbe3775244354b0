"""Which words stand for one event or thing, and which for its opposite.

Read from data/propositions.toml, which says how to add to them.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

_TRAITS = frozenset({"lasting", "of", "placed", "themed", "undone"})
"""Keys of a pair of opposites that a `Sense` has as well."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word stands for."""

    key: str
    """Equal for words that stand for one event or thing, or for its opposite."""
    sign: int = 1
    """1, or -1 where the word is the opposite of what `key` names."""
    lasting: bool = False
    """Whether it stays so once said or done, whatever the tense."""
    about: str = ""
    """What the two sides are, for a reader; empty where there are none."""

    of: str = ""
    """What such phrases as 'maintain innocence' are about though they do not name it."""
    placed: bool = False
    """Whether both sides may be so unless of one place or thing ('left X', 'entered Y')."""
    themed: bool = False
    """Whether a subject without an object is what is acted on ('prices fell', 'cut prices')."""
    undone: bool = False
    """Whether one side is often followed by the other ('closed', then 'reopened')."""

    @property
    def side(self) -> str:
        """Key and sign in one, equal for words of one meaning."""
        return self.key if self.sign > 0 else f"not {self.key}"


@dataclass(frozen=True)
class Lexicon:
    """The word lists."""

    senses: Mapping[str, Sense]
    """Sense by word."""
    turned: Mapping[str, tuple[int, int]]
    """Number and side of the pairs that turn a sentence round, by word."""
    words: Mapping[str, frozenset[str]]
    """Plain lists, by name."""

    def sense(self, word: str) -> Sense:
        """What `word` (base form, lower case) stands for; itself where no list has it."""
        return self.senses.get(word) or Sense(word)


def check_table(name: str) -> dict[str, Any]:
    """A data file of the checks, parsed."""
    return tomllib.loads(files("factcheck.checks").joinpath(f"data/{name}").read_text("utf-8"))


@functools.cache
def lexicon() -> Lexicon:
    """The shipped word lists, read once."""
    raw = check_table("propositions.toml")
    senses: dict[str, Sense] = {}
    for row in raw["opposites"]:
        about = row["about"]
        traits = {key: value for key, value in row.items() if key in _TRAITS}
        for sign, words in ((1, row["one"]), (-1, row["other"])):
            for word in words.split():
                senses.setdefault(word, Sense(about, sign, about=about, **traits))
    for line in raw["same"]["words"]:
        for word in line.split():
            senses.setdefault(word, Sense(line.split()[0]))
    turned = {
        word: (number, side)
        for number, row in enumerate(raw["turned"])
        for side, words in ((1, row["one"]), (-1, row["other"]))
        for word in words.split()
    }
    plain = {name: frozenset(words.split()) for name, words in raw["words"].items()}
    return Lexicon(senses, turned, plain)
