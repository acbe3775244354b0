"""How sure a doubted sentence is an error: a logistic model over P(refuted).

The numbers stand in data/consistency.toml: for headlines, which the shipped verifier reads, fitted
on articles in twins (eval.verifier.consistency); for whole articles, which other verifiers read,
set by hand.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from factcheck.checks.lexicon import check_table

Reach = Literal["headline", "whole"]
"""What of an article is read against the rest of it."""


@dataclass(frozen=True)
class Suspect:
    """A sentence that was read against others of its article."""

    place: int
    """Its place among the case's sentences."""
    context: tuple[int, ...]
    """The places of those that it was read against."""
    refuted: float
    """P(refuted) that they give it together."""


@dataclass(frozen=True)
class Weights:
    """The logistic model, and where it is applied."""

    constant: float
    """Log-odds of an error where P(refuted) is even."""
    refuted: float
    """What the log-odds of P(refuted) are multiplied by."""
    least: float
    """Confidence from which it is flagged."""
    mending: float
    """By how much a change must lower P(refuted) to name the kind of error."""

    def confidence(self, refuted: float) -> float:
        """How sure it is that a sentence with this P(refuted) is an error, 0 to 1."""
        return 1 / (1 + math.exp(-self.constant - self.refuted * log_odds(refuted)))


def shipped_weights(reach: Reach) -> Weights:
    """The weights in data/consistency.toml for what is read."""
    return Weights(**check_table("consistency.toml")[reach])


def log_odds(probability: float) -> float:
    """ln(p / (1 - p)), held within ±7."""
    bounded = min(max(probability, 1e-3), 1 - 1e-3)
    return math.log(bounded / (1 - bounded))
