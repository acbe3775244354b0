"""Whether the parts of a total exclude one another: the open and the closed, not fish and cake.

Read from data/partitions.toml, which says how to add to it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from factcheck.checks.lexicon import check_table
from factcheck.checks.numbers.figures import Figure, Line

_WHERE = frozenset("in on at by near from for against".split())
_PLACE = re.compile(r"^ (?:were|was|are|is) (?:in|at|from) (?:the )?[A-Z]")
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Exclusion:
    """The word lists."""

    apart: tuple[frozenset[str], ...]
    """Words of which one thing can be but one, group by group."""
    placed: frozenset[str]
    """Verbs of what is or happens in one place only."""
    remaining: frozenset[str]
    """Words for all that are in no other part."""
    taken: frozenset[str]
    """Verbs after which a thing is left to nobody else."""


def are_apart(line: Line, parts: Sequence[Figure]) -> bool:
    """Whether no two of the listed parts can have a member in common; sums of money never have."""
    told = [_told(line, part) for part in parts]
    words = [frozenset(_WORD.findall(piece.casefold())) for piece in told]
    placed = words[0] & read_exclusion().placed or _PLACE.match(told[0])
    if all(part.quantity.unit for part in parts) or (placed and all(w & _WHERE for w in words)):
        return True
    return all(_exclude(*two) for two in combinations(words, 2))


def are_taken(before: str) -> bool:
    """Whether `before`, the words before a part, say that someone takes it: 'Labour won'."""
    return bool(set(_WORD.findall(before.casefold())[-1:]) & read_exclusion().taken)


@functools.cache
def read_exclusion() -> Exclusion:
    """The word lists of data/partitions.toml."""
    raw = check_table("partitions.toml")
    return Exclusion(
        tuple(frozenset(group.split()) for group in raw["apart"]),
        *(frozenset(raw[name].split()) for name in ("placed", "remaining", "taken")),
    )


def _exclude(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether what is told of two parts cannot be true of one thing."""
    lists = read_exclusion()
    if (one | other) & lists.remaining or ("not" in one) != ("not" in other):
        return True
    return any(one & group and other & group and not one & other & group for group in lists.apart)


def _told(line: Line, part: Figure) -> str:
    """The words between a part and the next figure."""
    number = line.figures.index(part)
    return line.mask.partition(f"\u27e6{number}\u27e7")[2].partition("\u27e6")[0]
