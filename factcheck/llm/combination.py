"""How what a model says weighs beside the verifier and the checks; parameters from a data file."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from importlib import resources
from typing import TypeAlias

from factcheck.errors import ModelError

Beliefs: TypeAlias = tuple[float, float, float]
"""Probabilities of supported, refuted and not enough; they add up to 1."""

ANY_OTHER = "any other model"
"""Name of the parameters for models that nobody measured."""
_LEAST = 0.005
"""No decider is surer than this leaves room for; keeps the logarithms finite."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What parameters were fitted on, and what the model's word gained there.

    Losses are log losses in nats an item, on items that were left out of the fit (cross-validated,
    whole passages left out together).
    """

    verifier: str
    """SHA-256 of the verifier it was fitted beside; beside another one the weights are a guess."""
    asked: int
    """Development items that the model was asked about."""
    items: int
    """Those of them that it answered, which the fit is on."""
    passages: int
    """Passages that these are about."""
    folds: int
    """Parts that were left out in turn; 0 where the answers were too few to fit weights on, and
    there are no losses."""
    verifier_loss: float | None = None
    """Loss of the verifier alone, its weight fitted likewise."""
    pooled_loss: float | None = None
    """Loss of verifier and model together."""
    gain: float | None = None
    """How much the first is above the second, on average."""
    gain_low: float | None = None
    """Lower end of its 95% interval, by redrawing passages."""
    gain_high: float | None = None
    """Upper end."""


@dataclass(frozen=True, slots=True)
class Combination:
    """The parameters for one model; `combination.json` beside this module holds them by model."""

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
    """Factor on a flag's odds when a model of weight 1 takes it for real."""
    mistaken_odds: float
    """Factor on a flag's odds when a model of weight 1 takes it for mistaken."""
    origin: str
    """Where the numbers are from."""
    fit: Fit | None = None
    """What they were fitted on; None where they were set by hand."""

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
        """A flag's confidence after the model's review: its odds times a factor.

        A model whose word weighs nothing beside the verifier moves no flag either.
        """
        whole = {"real": self.real_odds, "mistaken": self.mistaken_odds}.get(verdict, 1.0)
        factor = whole**self.llm_weight
        held = min(max(confidence, _LEAST), 1 - _LEAST)
        odds = factor * held / (1 - held)
        return round(odds / (1 + odds), 4) if factor != 1.0 else confidence


def load_combination(model: str = ANY_OTHER) -> Combination:
    """The parameters that ship with the package.

    Args:
        model: `OpenModel.identity`; one that was never measured gets those for `ANY_OTHER`.

    Raises:
        ModelError: the file is missing or damaged.
    """
    path = resources.files("factcheck.llm") / "combination.json"
    try:
        held = json.loads(path.read_text("utf-8"))
        entry = held.get(model) or held[ANY_OTHER]
        fit = Fit(**entry["fit"]) if entry.get("fit") else None
        return Combination(**{**entry, "fit": fit})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"cannot read the parameters in {path}: {error!r}",
            hint="pip install --force-reinstall factcheck-assistant",
        ) from error
