"""How what a model says weighs beside the verifier and the checks; parameters from a data file."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, fields
from importlib import resources
from typing import TypeAlias

from factcheck.errors import ModelError

Beliefs: TypeAlias = tuple[float, float, float]
"""Probabilities of supported, refuted and not enough; they add up to 1."""

_LEAST = 0.005
"""No decider is surer than this leaves room for; keeps the logarithms finite."""


@dataclass(frozen=True, slots=True)
class Combination:
    """The parameters; `combination.json` beside this module holds them."""

    settled: float
    """Policy `auto`: a claim with an opinion at least this probable is not taken to the model."""
    slope: float
    """Of the model's own log odds; below 1 because models are surer than they are right."""
    offset: float
    """Added to the model's log odds."""
    verifier_weight: float
    """Weight of the verifier's log probabilities where both speak."""
    llm_weight: float
    """Weight of the model's."""
    contradiction_cap: float
    """A flag that only the model raised is never surer than this."""
    real_odds: float
    """Factor on a flag's odds when the model takes it for real."""
    mistaken_odds: float
    """Factor on a flag's odds when the model takes it for mistaken."""
    origin: str
    """Where the numbers are from."""

    def calibrated(self, probability: float) -> float:
        """The model's own probability, corrected."""
        held = min(max(probability, _LEAST), 1 - _LEAST)
        odds = self.slope * math.log(held / (1 - held)) + self.offset
        return 1 / (1 + math.exp(-odds))

    def pooled(self, verifier: Beliefs, model: Beliefs) -> Beliefs:
        """Both together: the weighted geometric mean, a logarithmic opinion pool."""
        raised = [
            math.exp(
                self.verifier_weight * math.log(max(one, _LEAST))
                + self.llm_weight * math.log(max(other, _LEAST))
            )
            for one, other in zip(verifier, model, strict=True)
        ]
        whole = sum(raised)
        supported, refuted, open_ = (part / whole for part in raised)
        return supported, refuted, open_

    def reviewed(self, confidence: float, verdict: str) -> float:
        """A flag's confidence after the model's review: its odds times a factor."""
        factor = {"real": self.real_odds, "mistaken": self.mistaken_odds}.get(verdict, 1.0)
        held = min(max(confidence, _LEAST), 1 - _LEAST)
        odds = factor * held / (1 - held)
        return round(odds / (1 + odds), 4) if factor != 1.0 else confidence


def load_combination() -> Combination:
    """The parameters that ship with the package.

    Raises:
        ModelError: the file is missing or damaged.
    """
    path = resources.files("factcheck.llm") / "combination.json"
    try:
        held = json.loads(path.read_text("utf-8"))
        return Combination(**{field.name: held[field.name] for field in fields(Combination)})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"cannot read the parameters in {path}: {error!r}",
            hint="pip install --force-reinstall factcheck-assistant",
        ) from error
