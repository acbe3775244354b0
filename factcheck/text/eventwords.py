"""The kinds of events that the program knows: their words and where those put the parties.

Read from data/events.toml, which says where it is from and how it is written.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from factcheck.text.gazetteer import text_table

_NOUN_FRAME = ("by|poss|adj", "of|on|against|upon|into|towards")
_VERB_FRAME = ("subj", "obj")


@dataclass(frozen=True, slots=True)
class Frame:
    """Where one word puts the parties of one kind of event."""

    kind: str
    """Name of the kind of event."""
    word: str
    """The verb or noun, a particle joined with an underscore."""
    agent: tuple[str, ...]
    """Places where the one who does it stands, likeliest first; empty: nowhere."""
    patient: tuple[str, ...]
    """Places where the one it is done to stands."""
    once: bool
    """Whether it does not go both ways by turns between two parties."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event."""

    name: str
    """How the program calls it."""
    doing: str
    """How an explanation puts it: 'suing'."""
    met_by: frozenset[str]
    """Verbs that have its noun as object and the patient as subject."""


@dataclass(frozen=True)
class EventWords:
    """All that data/events.toml says."""

    kinds: Mapping[str, Kind]
    """Kinds by name."""
    verbs: Mapping[str, tuple[Frame, ...]]
    """Frames by verb (with particle)."""
    lemmas: frozenset[str]
    """The verbs without their particles."""
    nouns: Mapping[str, tuple[Frame, ...]]
    """Frames by noun."""
    parties: Mapping[str, tuple[str, str]]
    """For 'lender' and its like: the kind, and `agent` or `patient`."""
    lists: Mapping[str, frozenset[str]]
    """The lists of cues, grammar and military threats, by name."""


@functools.cache
def event_words() -> EventWords:
    """The shipped kinds of events, read once."""
    raw = text_table("events.toml")
    verbs: dict[str, tuple[Frame, ...]] = {}
    nouns: dict[str, tuple[Frame, ...]] = {}
    kinds: dict[str, Kind] = {}
    parties: dict[str, tuple[str, str]] = {}
    for row in raw["class"]:
        kinds[row["name"]] = Kind(row["name"], row["doing"], _words(row.get("met_by", "")))
        for frame in _frames(row, "verbs", _VERB_FRAME):
            verbs[frame.word] = (*verbs.get(frame.word, ()), frame)
        for frame in _frames(row, "nouns", _NOUN_FRAME):
            nouns[frame.word] = (*nouns.get(frame.word, ()), frame)
        for side in ("agents", "patients"):
            role = side.removesuffix("s")
            parties.update({word: (row["name"], role) for word in row.get(side, "").split()})
    lists = {
        key: _words(value)
        for part in ("military_threat", "grammar", "cues")
        for key, value in raw[part].items()
    }
    lemmas = frozenset(word.partition("_")[0] for word in verbs)
    return EventWords(kinds, verbs, lemmas, nouns, parties, lists)


def _frames(row: Mapping[str, str], part: str, default: tuple[str, str]) -> Iterator[Frame]:
    once_only = _words(row.get("once_only", ""))
    for entry in row.get(part, "").replace("\n", ";").split(";"):
        word, *places = entry.split() or [""]
        if word:
            agent, patient = places or default
            once = bool(row["once"]) or word in once_only
            yield Frame(row["name"], word, _places(agent), _places(patient), once)


def _places(listed: str) -> tuple[str, ...]:
    return tuple(place for place in listed.split("|") if place != "-")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())
