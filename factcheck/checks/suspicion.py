"""How sure a doubted sentence is an error: a logistic model over P(refuted).

The numbers stand in data/consistency.toml: for headlines, which the shipped verifier reads, fitted
on articles in twins (eval.verifier.consistency); for whole articles, which other verifiers read,
set by hand.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from factcheck.checks.contraries import Repair
from factcheck.checks.lexicon import table

Reach = Literal["headline", "whole"]
"""What of an article is read against the rest of it."""


@dataclass(frozen=True)
class Suspect:
    """A sentence in doubt with what was found about it."""

    place: int
    """Its place among the case's sentences."""
    is_headline: bool
    """Whether it is the article's headline, which the body should bear out."""
    refuted: float
    """P(refuted) against its context; a headline's is the beginning of the body."""
    rival: int
    """The place of the sentence that speaks loudest against it."""
    repair: Repair | None
    """The change after which the reader is most content."""
    relief: float
    """By how much it lowers P(refuted)."""


@dataclass(frozen=True)
class Weights:
    """The logistic model, and where it is applied."""

    constant: float
    """Log-odds of an error where P(refuted) is even."""
    refuted: float
    """What the log-odds of P(refuted) are multiplied by."""
    suspect: float
    """P(refuted) from which a sentence is looked at again."""
    least: float
    """Confidence from which it is flagged."""
    mending: float
    """By how much a change must lower P(refuted) to name the kind of error."""

    def confidence(self, suspect: Suspect) -> float:
        """How sure it is that the suspect is an error, 0 to 1."""
        return 1 / (1 + math.exp(-self.constant - self.refuted * log_odds(suspect.refuted)))


def shipped_weights(reach: Reach) -> Weights:
    """The weights in data/consistency.toml for what is read."""
    return Weights(**table("consistency.toml")[reach])


def log_odds(probability: float) -> float:
    """ln(p / (1 - p)), held within ±7."""
    bounded = min(max(probability, 1e-3), 1 - 1e-3)
    return math.log(bounded / (1 - bounded))
