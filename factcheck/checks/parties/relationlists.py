"""The relations that two parties of an article can be in, as text/data/relations.toml has them."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from factcheck.checks.parties.cast import Words
from factcheck.text.gazetteer import text_table

_T = TypeVar("_T")
_CUES = ("another", "wrongs", "faults", "whole", "spans")


@dataclass(frozen=True, slots=True)
class Relation:
    """One kind of relation."""

    name: str
    doing: str
    """How an explanation puts it: 'suing'."""
    returns: bool
    """Whether it often goes both ways by turns."""
    implies: str
    """Another relation that follows, '-NAME' with the parties exchanged; may be empty."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One way of telling a relation: which places of the sentence its parties stand in."""

    relation: Relation
    extra: str
    agent: tuple[str, ...]
    patient: tuple[str, ...]


@dataclass(frozen=True)
class Lists:
    """The relations and the words that tell them, by the first of these."""

    relations: Mapping[str, Relation]
    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]
    cues: Mapping[str, tuple[tuple[str, Relation, str], ...]]
    roles: Mapping[str, tuple[tuple[Relation, str], ...]]
    another: Words
    wrongs: Words
    faults: Words
    whole: Words
    spans: Words


@functools.cache
def lists() -> Lists:
    """The shipped relations, read once."""
    raw = text_table("relations.toml")
    verbs: dict[str, list[Frame]] = defaultdict(list)
    nouns: dict[str, list[Frame]] = defaultdict(list)
    cues: dict[str, list[tuple[str, Relation, str]]] = defaultdict(list)
    roles: dict[str, list[tuple[Relation, str]]] = defaultdict(list)
    relations = {}
    for row in raw["relation"]:
        relation = Relation(row["name"], row["doing"], row["returns"], row["implies"])
        relations[relation.name] = relation
        for part, found in (("verbs", verbs), ("nouns", nouns)):
            for entry in _entries(row[part]):
                word, agent, patient = entry.split()
                first, _, extra = word.partition("+")
                found[first].append(Frame(relation, extra, _places(agent), _places(patient)))
        for side in ("agent", "patient"):
            for cue in _entries(row[side]):
                cues[cue.split()[0]].append((cue, relation, side))
            for role in row[f"{side}s"].split():
                roles[role].append((relation, side))
    words = [frozenset(raw["cues"][name].split()) for name in _CUES]
    return Lists(relations, _frozen(verbs), _frozen(nouns), _frozen(cues), _frozen(roles), *words)


def _frozen(found: Mapping[str, list[_T]]) -> dict[str, tuple[_T, ...]]:
    return {key: tuple(value) for key, value in found.items()}


def _entries(listed: str) -> Iterator[str]:
    for entry in listed.replace("\n", ";").split(";"):
        if entry.strip():
            yield entry.strip()


def _places(listed: str) -> tuple[str, ...]:
    return tuple(place for place in listed.split("|") if place != "-")
