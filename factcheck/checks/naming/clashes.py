"""Two mentions of a name that do not go together, and what the rules that find them share."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.checks.naming.mentions import Name, offices
from factcheck.records import Quotation, Severity, Span


@dataclass(frozen=True, slots=True)
class Clash:
    """A place of the article where a name does not go with another mention."""

    ours: Span
    """The place."""
    theirs: Quotation
    """The other mention."""
    why: str
    """What does not go together, in a sentence."""
    severity: Severity
    """How much it matters."""
    confidence: float
    """0 to 1."""
    correction: str | None = None
    """What to put for the words at the place, where that is evident."""


def plain_words(name: Name) -> list[str]:
    """The words of a name without case and accents."""
    return [unaccented(word) for word in name.words]


def unaccented(word: str) -> str:
    """A word without case and accents."""
    split = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in split if not unicodedata.combining(c))


def may_be_one(one: Name, other: Name, own: Sequence[Name]) -> bool:
    """Whether the surname belongs to one person only, and nobody speaks of relatives."""
    full = {n.words[0] for n in own if len(n.words) > 1 and n.surname == one.surname}
    return len(full) < 2 and not (speaks_of_relatives(one) or speaks_of_relatives(other))


def speaks_of_relatives(name: Name) -> bool:
    """Whether its sentence speaks of a wife, a son and the like, who may bear it, too."""
    doc = name.passage.sentences[name.sentence].doc
    return any(t.lower_ in offices()["relatives"] for t in doc)


def shown(name: Name) -> str:
    """The name as an explanation writes it."""
    return " ".join(name.words)
