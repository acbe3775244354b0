"""What a check is given and what it must give back."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from factcheck.records import (
    Article,
    Claim,
    Evidence,
    Flag,
    FlagType,
    Quotation,
    Severity,
    Span,
    content_id,
)
from factcheck.text.parsing import ParsedSentence, Parser


@dataclass(frozen=True)
class Case:
    """One article with all that its checks may look at."""

    article: Article
    """The article."""
    sentences: tuple[ParsedSentence, ...]
    """Parses of `article.prose`, in the same order."""
    claims: tuple[Claim, ...]
    """Its claims, in order of the text."""
    parser: Parser
    """For parsing reference passages; it remembers what it has parsed."""
    references: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    """Reference passages to compare with, by claim id, nearest first."""
    related: Mapping[int, Sequence[int]] = field(default_factory=dict)
    """For each place in `sentences` the places of others on the same things, nearest first."""
    further: tuple[Evidence, ...] = ()
    """Others that were found: nothing is compared with them, but what they say is not missing from
    the references."""

    @functools.cached_property
    def passages(self) -> tuple[Evidence, ...]:
        """Each reference passage once, in the order in which the claims name them."""
        listed = (evidence for found in self.references.values() for evidence in found)
        return tuple({e.quotation: e for e in listed if e.quotation.origin == "corpus"}.values())


class Check(Protocol):
    """One way in which an article can be at odds with itself, its references or good form."""

    name: str
    """Short name, as in `check:NAME` and in the settings."""

    def run(self, case: Case) -> Iterable[Flag]:
        """All that this check finds wrong; nothing where it is not sure."""
        ...


@dataclass(frozen=True, slots=True)
class Marker:
    """Makes the flags of one check and one type."""

    check: str
    """Name of the check."""
    type: FlagType
    """Type of its flags."""

    def flag(
        self,
        article: Article,
        span: Span,
        severity: Severity,
        confidence: float,
        explanation: str,
        *,
        conflict: Quotation | None = None,
        correction: str | None = None,
    ) -> Flag:
        """A flag on the words of `article` at `span`."""
        return Flag(
            id=content_id("flag", self.type, article.id, span, conflict, explanation),
            type=self.type,
            severity=severity,
            quotation=article.quote(span),
            conflict=conflict,
            explanation=explanation,
            confidence=confidence,
            check=self.check,
            correction=correction,
        )


def severity_of(confidence: float) -> Severity:
    """How much a flag of a comparison matters to an editor, by how sure it is."""
    return "high" if confidence >= 0.75 else "medium" if confidence >= 0.5 else "low"


def severity_of_doubt(confidence: float) -> Severity:
    """The same for a model's doubt, which is a reason to look and no proof: never high."""
    return "medium" if confidence >= 0.6 else "low"
