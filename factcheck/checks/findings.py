"""What a rule found wrong, and the flag that reports it."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.checks.base import Marker, severity_of
from factcheck.records import Article, Flag, FlagType, Quotation, Span


@dataclass(frozen=True)
class Finding:
    """What a rule found wrong: two places of the article, or one that is wrong in itself."""

    span: Span
    """The words in question."""
    conflict: Span | Quotation | None
    """The words they conflict with, in the article or quoted from a reference."""
    explanation: str
    """One plain sentence that shows the arithmetic."""
    confidence: float
    """0 to 1."""
    correction: str | None = None
    """What to write instead of the words at `span`, where it is evident."""


def flag_of(article: Article, finding: Finding, check: str, kind: FlagType) -> Flag:
    """The flag that reports a finding."""
    other = finding.conflict
    conflict = article.quote(other) if isinstance(other, Span) else other
    return Marker(check, kind).flag(
        article,
        finding.span,
        severity_of(finding.confidence),
        round(finding.confidence, 4),
        " ".join(finding.explanation.split()),
        conflict=conflict,
        correction=finding.correction,
    )
