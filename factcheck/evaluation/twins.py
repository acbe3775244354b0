"""Articles in twins: one with planted errors, one without, and look-alikes that are no errors.

How they lie in files: `factcheck.evaluation.twinfiles`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from factcheck.evaluation.items import Gold
from factcheck.records import Span

Against = Literal["article", "corpus", "form"]
Half = Literal["odd", "even", "all"]


@dataclass(frozen=True, slots=True)
class Planted:
    """An error put into an article on purpose."""

    type: str
    """Type of the flag that it calls for."""
    span: Span
    """The wrong words, in the flawed article."""
    quote: str
    """Those words."""
    against: Against
    """What proves it: the rest of the article, its references, or the form of good reporting."""
    fix: str
    """The words that put it right; empty where they are to go, or the gold file lacks them."""
    proof: tuple[str, ...]
    """Words of the article, or ids of references, that it conflicts with, as far as told."""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A passage that looks like an error and is none."""

    span: Span
    """Where it stands in the flawed article."""
    quote: str
    """Its words."""


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A statement that the flawed article makes, judged by its references alone."""

    claim: str
    """The statement, as one sentence that stands alone."""
    label: Gold
    """What the references say of it: supported, refuted or not enough evidence."""
    evidence: tuple[str, ...]
    """Ids of the references that decide it; none where nothing does."""
    span: Span
    """Where the flawed article makes it."""
    quote: str
    """Its words there."""


@dataclass(frozen=True, slots=True)
class Twins:
    """An article with planted errors and its corrected form."""

    id: str
    """Name of its files."""
    flawed: str
    """The article with the errors."""
    clean: str
    """The same article without them."""
    planted: tuple[Planted, ...]
    """The errors."""
    look_alikes: tuple[LookAlike, ...]
    """What must stay unflagged."""
    references: Path | None
    """Folder of its reference documents."""
    claims: tuple[GoldClaim, ...] = ()
    """Statements of the flawed article, right and wrong ones."""

    def planted_against(self, kinds: Iterable[str]) -> Twins:
        """The same pair with only those planted errors that one of `kinds` proves."""
        kept = set(kinds)
        planted = tuple(item for item in self.planted if item.against in kept)
        return replace(self, planted=planted)

    @property
    def number(self) -> int | None:
        """The number in its id, by which halves are told apart; None for an id without one."""
        return int(self.id) if self.id.isdecimal() else None


def half(twins: Sequence[Twins], which: Half) -> tuple[Twins, ...]:
    """The twins of one half: odd numbers are for development, even ones for judging."""
    if which == "all":
        return tuple(twins)
    parity = 1 if which == "odd" else 0
    return tuple(pair for pair in twins if pair.number is not None and pair.number % 2 == parity)
