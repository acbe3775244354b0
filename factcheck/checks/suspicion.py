"""How sure a doubted sentence is an error: a logistic model over what a reader said of it.

The weights are fitted on articles in twins (data/consistency.toml, eval.verifier.consistency).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from factcheck.checks.lexicon import table
from factcheck.checks.repairs import Repair


@dataclass(frozen=True)
class Suspect:
    """A sentence in doubt with what was found about it."""

    place: int
    """Its place among the case's sentences."""
    is_headline: bool
    """Whether it is the article's headline, which the body should bear out."""
    refuted: float
    """P(refuted) against its context; a headline's is the beginning of the body."""
    supported: float
    """P(supported) against its context."""
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
    """Log-odds of an error before anything is read."""
    factors: Mapping[str, float]
    """For each of `factors`, what it adds to the log-odds."""
    suspect: float
    """P(refuted) from which a sentence is looked at again."""
    least: float
    """Confidence from which it is flagged."""
    mending: float
    """By how much a change must lower P(refuted) to name the kind of error."""
    surest: float
    """The greatest confidence that the embedded verifier reached below the headline of articles it
    was not fitted on; where only surer flags are wanted, it is asked about the headline alone."""


def factors(suspect: Suspect) -> dict[str, float]:
    """What speaks for an error, in log-odds or as 0 or 1."""
    return {
        "refuted": log_odds(suspect.refuted),
        "supported": log_odds(suspect.supported),
        "headline": float(suspect.is_headline),
        "headline_refuted": suspect.is_headline * log_odds(suspect.refuted),
    }


def confidence(suspect: Suspect, weights: Weights) -> float:
    """How sure it is that the suspect is an error, 0 to 1."""
    found = factors(suspect)
    total = weights.constant + sum(w * found[name] for name, w in weights.factors.items())
    return 1 / (1 + math.exp(-total))


def shipped_weights() -> Weights:
    """The weights in data/consistency.toml."""
    data = table("consistency.toml")
    return Weights(**data["weights"], factors=data["factors"])


def log_odds(probability: float) -> float:
    """ln(p / (1 - p)), held within ±7."""
    bounded = min(max(probability, 1e-3), 1 - 1e-3)
    return math.log(bounded / (1 - bounded))
