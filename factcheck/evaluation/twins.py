"""Articles in twins: one with planted errors, one without, and look-alikes that are no errors.

The form is that of eval/articles/twins/FORMAT.md: `ID.txt`, `ID.clean.txt`, `ID.gold.json` and,
where it has references of its own, a folder `ID.refs`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from factcheck.errors import CorpusError
from factcheck.evaluation.items import Gold
from factcheck.evaluation.sets.own import LABELS
from factcheck.records import FLAG_TYPES, Span

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


def load_twins(folder: Path) -> tuple[Twins, ...]:
    """All twins in a folder, by id.

    Raises:
        CorpusError: there are none, a file is missing, or a span does not quote its article.
    """
    # os.path takes a name that is too long for that of no folder, unlike Path
    paths = sorted(folder.glob("*.gold.json")) if os.path.isdir(folder) else []
    found = tuple(map(_load, paths))
    if not found:
        raise CorpusError(
            f"{folder} holds no articles in twins (ID.txt, ID.clean.txt, ID.gold.json)",
            hint="factcheck eval articles eval/articles/twins",
        )
    return found


def half(twins: Sequence[Twins], which: Half) -> tuple[Twins, ...]:
    """The twins of one half: odd numbers are for development, even ones for judging."""
    if which == "all":
        return tuple(twins)
    parity = 1 if which == "odd" else 0
    return tuple(pair for pair in twins if pair.number is not None and pair.number % 2 == parity)


def _load(path: Path) -> Twins:
    name = path.name.removesuffix(".gold.json")
    try:
        gold = json.loads(path.read_text("utf-8"))
        flawed = (path.parent / f"{name}.txt").read_text("utf-8")
        clean = (path.parent / f"{name}.clean.txt").read_text("utf-8")
        planted = tuple(_planted(item) for item in gold["planted"])
        look_alikes = tuple(
            LookAlike(Span(item["start"], item["end"]), item["quote"])
            for item in gold["distractors"]
        )
        claims = tuple(_claim(item) for item in gold["claims"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CorpusError(f"{path} cannot be used: {error!r}", hint=f"mend {path}") from error
    marks: list[Planted | LookAlike | GoldClaim] = [*planted, *look_alikes, *claims]
    for marked in marks:
        if marked.span.of(flawed) != marked.quote:
            raise CorpusError(
                f"{path}: {marked.span.start} to {marked.span.end} is not {marked.quote!r}",
                hint=f"mend the offsets in {path}",
            )
    references = path.parent / f"{name}.refs"
    folder = references if references.is_dir() else None
    return Twins(name, flawed, clean, planted, look_alikes, folder, claims)


def _planted(item: dict[str, Any]) -> Planted:
    for name, known in (("type", FLAG_TYPES), ("against", get_args(Against))):
        if item[name] not in known:
            raise ValueError(f"{name} {item[name]!r} is none of {', '.join(known)}")
    return Planted(
        item["type"],
        Span(item["start"], item["end"]),
        item["quote"],
        item["against"],
        item.get("fix", ""),
        tuple(item.get("conflicts_with", ())),
    )


def _claim(item: dict[str, Any]) -> GoldClaim:
    return GoldClaim(
        item["claim"],
        LABELS[item["label"]],
        tuple(item["evidence"]),
        Span(item["start"], item["end"]),
        item["quote"],
    )
