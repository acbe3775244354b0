"""Flags that a chat model raised, and what its second opinion makes of others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from factcheck.checks.base import Case
from factcheck.llm.combination import Combination
from factcheck.llm.consistency import Contradiction
from factcheck.llm.reviewing import Review
from factcheck.records import Article, Flag, content_id

CHECK = "llm"
"""Name of the check that contradictions found by the model are flagged under."""
_SAID = {"real": "agrees", "mistaken": "disagrees", "unsure": "cannot tell"}


@dataclass(slots=True)
class FoundFlags:
    """Flags that were found before, in the form of a check."""

    flags: tuple[Flag, ...]
    """The flags."""
    name: str = CHECK
    """Name of the check."""

    def run(self, case: Case) -> Iterable[Flag]:
        """The flags."""
        return self.flags


def as_flag(combination: Combination, article: Article, found: Contradiction) -> Flag:
    """A contradiction that two looks agree on, as a flag no surer than the combination allows."""
    conflict = article.quote(found.against)
    sure = combination.calibrated(found.probability)
    return Flag(
        id=content_id("flag", found.type, article.id, found.questioned, conflict, found.why),
        type=found.type,
        severity="medium",
        quotation=article.quote(found.questioned),
        conflict=conflict,
        explanation=found.why,
        confidence=round(min(sure, combination.contradiction_cap), 4),
        check=CHECK,
    )


def reviewed(combination: Combination, flag: Flag, review: Review | None) -> Flag:
    """The flag with its confidence and explanation after a review; as it was without one."""
    if review is None:
        return flag
    return replace(
        flag,
        confidence=combination.reviewed(flag.confidence, review.verdict),
        explanation=f"{flag.explanation} (The model {_SAID[review.verdict]}: {review.reason})",
    )
