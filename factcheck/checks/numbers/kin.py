"""Which nouns may be told of one group: 'twelve fishermen', later 'the twelve sailors'.

Read from data/countables.toml, which says how to add to it.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from dataclasses import dataclass

from factcheck.checks.lexicon import check_table


@dataclass(frozen=True)
class _Countables:
    """The lines of data/countables.toml."""

    lines: dict[str, frozenset[int]]
    """Of each noun the lines that it stands in."""
    anyone: frozenset[str]
    """Nouns by which any person may be called."""
    persons: frozenset[int]
    """The lines that are of persons."""


@functools.cache
def _countables() -> _Countables:
    raw = check_table("countables.toml")
    lines: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate([*raw["persons"], *raw["things"]]):
        for noun in line.split():
            lines[noun].add(number)
    return _Countables(
        {noun: frozenset(found) for noun, found in lines.items()},
        frozenset(raw["anyone"].split()),
        frozenset(range(len(raw["persons"]))),
    )


def _is_person(noun: str) -> bool:
    """Whether a noun (a lemma) is of persons."""
    known = _countables()
    return noun in known.anyone or bool(known.lines.get(noun, frozenset()) & known.persons)


def _is_anyone(noun: str) -> bool:
    """Whether any person may be called by the noun."""
    return noun in _countables().anyone


def are_kin(one: str, other: str) -> bool:
    """Whether two nouns (lemmas) may be told of one group."""
    known = _countables()
    if one == other:
        return True
    if _is_anyone(one) or _is_anyone(other):
        return _is_person(one) and _is_person(other)
    nothing: frozenset[int] = frozenset()
    return bool(known.lines.get(one, nothing) & known.lines.get(other, nothing))
