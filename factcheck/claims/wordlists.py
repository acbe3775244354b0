"""The word lists of this package: TOML files under `data/` that anybody can read and extend."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, get_args

from factcheck.records import HedgeKind


@dataclass(frozen=True)
class ReportingVerb:
    """What a reporting verb commits its speaker to."""

    group: str
    """Name of its list: `asserts`, `denies`, `fears` and so on."""
    content: bool
    """Whether what was said is a claim of its own."""
    hedge: HedgeKind | None
    """What the verb does to the truth of what was said, if anything."""


@dataclass(frozen=True)
class HedgeCues:
    """The cues of one kind of hedge."""

    kind: HedgeKind
    """What they do."""
    words: frozenset[str]
    """Dictionary forms, any inflection."""
    phrases: tuple[tuple[str, ...], ...]
    """Word sequences exactly as they stand, lower case."""
    modals: frozenset[str]
    """Auxiliary verbs."""
    before_verbs: tuple[tuple[str, ...], ...]
    """Word sequences that count only before a verb, lower case."""
    exceptions: tuple[tuple[str, ...], ...]
    """Word sequences that begin with a cue but do not hedge, lower case."""


@functools.cache
def read(name: str) -> dict[str, Any]:
    """The parsed contents of `data/NAME.toml`."""
    path = files("factcheck.claims") / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@functools.cache
def words(name: str, key: str) -> frozenset[str]:
    """The list `key` of `data/NAME.toml`, lower case."""
    return frozenset(str(word).casefold() for word in read(name)[key])


@functools.cache
def reporting_verbs() -> dict[str, ReportingVerb]:
    """Every reporting verb by its dictionary form."""
    return {
        verb: ReportingVerb(group, bool(entry["content"]), entry.get("hedge"))
        for group, entry in read("reporting").items()
        for verb in entry["verbs"]
    }


@functools.cache
def hedge_cues() -> tuple[HedgeCues, ...]:
    """The cues of every kind of hedge, in the order of `HedgeKind`."""
    data = read("hedges")
    return tuple(_cues(kind, data.get(kind, {})) for kind in get_args(HedgeKind))


@functools.cache
def hedge_words() -> frozenset[str]:
    """The single words of all hedges that leave open whether something is so."""
    return frozenset(
        word
        for cues in hedge_cues()
        if cues.kind in {"possible", "alleged", "suggested"}
        for word in cues.words
    )


def _cues(kind: HedgeKind, entry: dict[str, list[str]]) -> HedgeCues:
    return HedgeCues(
        kind,
        frozenset(entry.get("words", [])),
        tuple(_tokens(phrase) for phrase in entry.get("phrases", [])),
        frozenset(entry.get("modals", [])),
        tuple(_tokens(phrase) for phrase in entry.get("before_verbs", [])),
        tuple(_tokens(phrase) for phrase in entry.get("exceptions", [])),
    )


def _tokens(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as the parser parts them: hyphens stand alone."""
    return tuple(phrase.replace("-", " - ").split())
