"""Fitting how a model's word weighs, on development data, by log loss over a grid."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from itertools import product
from pathlib import Path

from factcheck.llm.combination import Beliefs, Combination
from factcheck.llm.judging import Judgement
from factcheck.verdicts.verifier import Entailment

_SLOPES = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.5)
_OFFSETS = (-1.0, -0.5, -0.25, 0.0, 0.25, 0.5, 1.0)
_WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
_PLACES = {"supported": 0, "refuted": 1, "not_enough_evidence": 2}
_LEAST = 1e-4
FEWEST = 100
"""Answered items below which nothing is fitted."""


def fit_calibration(
    start: Combination, judged: Sequence[Judgement], gold: Sequence[str]
) -> Combination:
    """`start` with the slope and offset that make the model's probabilities truest."""
    right = [one.label == label for one, label in zip(judged, gold, strict=True)]

    def loss(candidate: Combination) -> float:
        found = (candidate.calibrated(one.probability) for one in judged)
        return sum(_cost(p if ok else 1 - p) for p, ok in zip(found, right, strict=True))

    grid = product(_SLOPES, _OFFSETS)
    return min((replace(start, slope=a, offset=b) for a, b in grid), key=loss)


def fit_weights(
    start: Combination,
    verifier: Sequence[Entailment],
    chain: Sequence[Entailment],
    gold: Sequence[str],
) -> Combination:
    """`start` with the weights that make the pooled probabilities truest."""
    pairs = [(_beliefs(a), _beliefs(b)) for a, b in zip(verifier, chain, strict=True)]
    places = [_PLACES[label] for label in gold]

    def loss(candidate: Combination) -> float:
        pooled = (candidate.pooled(*pair) for pair in pairs)
        return sum(_cost(found[p]) for found, p in zip(pooled, places, strict=True))

    grid: Iterable[tuple[float, float]] = product(_WEIGHTS, _WEIGHTS[1:])
    return min(
        (replace(start, verifier_weight=v, llm_weight=m) for v, m in grid),
        key=loss,
    )


def save(combination: Combination, path: Path) -> None:
    """Write the parameters, with where they are from."""
    path.write_text(json.dumps(asdict(combination), indent=2) + "\n", "utf-8")


def _cost(probability: float) -> float:
    return -math.log(max(probability, _LEAST))


def _beliefs(one: Entailment) -> Beliefs:
    return one.supported, one.refuted, one.not_enough
