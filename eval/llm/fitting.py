"""Fitting how one model's word weighs, on development data.

Two steps, each a maximum a posteriori estimate over a grid by log loss: how right the model is when
it is so sure (slope and offset on its log odds), and what its word adds to the verifier's (two
weights of a logarithmic pool). The priors are what is believed of a model that nobody measured of
its sureness, and nothing of its use: a model at chance says the same of every claim once it is
calibrated, so any weight would fit, and the prior says 0.

What the model gains is measured on passages left out of both steps, against the verifier alone with
a weight fitted in the same way. Where its interval reaches 0 the gain could be chance, and the
model's weight is 0 whatever the fit says: beside a verifier that is known, doubt counts against it.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import product
from pathlib import Path

from factcheck.errors import Unfinished
from factcheck.evaluation.chatmodels import as_entailment, beliefs
from factcheck.evaluation.intervals import mean
from factcheck.evaluation.items import Item
from factcheck.llm.combination import Combination, Fit
from factcheck.llm.judging import Judgement
from factcheck.verdicts.verifier import Entailment

FEWEST = 20
"""Answered items below which no weights are fitted. A model that was asked about twice as many has
shown that it seldom proves what it says; one that was asked about fewer was not asked enough."""
FOLDS = 5
_SLOPES = tuple(n / 10 for n in range(21))
_OFFSETS = tuple(n / 2 for n in range(-10, 11))
_WEIGHTS = tuple(n / 10 for n in range(21))
_SLOPE, _OFFSET, _VERIFIER, _MODEL = (0.7, 0.5), (0.0, 2.0), (1.0, 0.5), (0.0, 0.5)
"""Mean and standard deviation of each parameter's prior, a normal distribution."""
_PLACES = {"supported": 0, "refuted": 1, "not_enough_evidence": 2}
_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Answered:
    """One development item with what both say of it."""

    gold: str
    """The right label."""
    passage: str
    """Items of one passage are not independent, and are left out together."""
    judgement: Judgement
    """The model's, with a label."""
    verifier: Entailment
    """The embedded verifier's probabilities."""


def answered_of(
    items: Sequence[Item],
    judged: Sequence[Judgement | None],
    verifier: Sequence[Entailment],
) -> list[Answered]:
    """The items that the model gave a usable answer to."""
    return [
        Answered(item.label, item.group, one, scores)
        for item, one, scores in zip(items, judged, verifier, strict=True)
        if one is not None and one.label is not None
    ]


def fit(
    start: Combination, held: Sequence[Answered], asked: int, model: str, verifier: str
) -> Combination:
    """`start` with slope, offset and weights as they fit, and what that rests on.

    Args:
        start: where the other parameters are from.
        held: the answered items.
        asked: how many items the model was asked about.
        model: its name, for the origin.
        verifier: digest of the verifier whose probabilities `held` has.

    Raises:
        Unfinished: the model was asked about too few items to fit anything on.
    """
    passages = {one.passage for one in held}
    enough = len(held) >= FEWEST and len(passages) >= FOLDS
    if not enough and asked < 2 * FEWEST:
        raise Unfinished(
            f"the model answered {len(held)} of {asked} development items, on {len(passages)} "
            f"passages; {FEWEST} on {FOLDS} are needed",
            hint=f"LIMIT={4 * FEWEST}, or more",
        )
    if not enough:
        on = Fit(verifier, asked, len(held), len(passages), folds=0)
        found = replace(_calibrated(start, held), llm_weight=0.0)
        return replace(found, fit=on, origin=_origin_of_few(on, model))
    on = replace(cross_validated(start, held), asked=asked, verifier=verifier)
    found = fitted(start, held, alone=(on.gain_low or 0.0) <= 0)
    return replace(found, fit=on, origin=_origin(found, on, model))


def fitted(start: Combination, held: Sequence[Answered], *, alone: bool = False) -> Combination:
    """`start` with all four parameters as they fit; `alone` leaves the model's weight at 0."""
    sure = _calibrated(start, held)
    weights = product(_WEIGHTS, (0.0,) if alone else _WEIGHTS)
    candidates = (replace(sure, verifier_weight=v, llm_weight=m) for v, m in weights)
    return min(
        candidates,
        key=lambda one: (
            sum(losses(one, held))
            + _prior(one.verifier_weight, _VERIFIER)
            + _prior(one.llm_weight, _MODEL)
        ),
    )


def cross_validated(start: Combination, held: Sequence[Answered]) -> Fit:
    """What the model gains on passages left out of the fit; the verifier is not named."""
    alone: dict[int, float] = {}
    both: dict[int, float] = {}
    folds = _folds(held)
    for fold in range(FOLDS):
        left_out = [n for n, part in enumerate(folds) if part == fold]
        kept = [one for one, part in zip(held, folds, strict=True) if part != fold]
        tested = [held[n] for n in left_out]
        alone |= zip(left_out, losses(fitted(start, kept, alone=True), tested), strict=True)
        both |= zip(left_out, losses(fitted(start, kept), tested), strict=True)
    passages = [one.passage for one in held]
    gains = [alone[n] - both[n] for n in range(len(held))]
    gain = mean(gains, passages)
    return Fit(
        verifier="",
        asked=len(held),
        items=len(held),
        passages=len(set(passages)),
        folds=FOLDS,
        verifier_loss=_rounded(sum(alone.values()) / len(held)),
        pooled_loss=_rounded(sum(both.values()) / len(held)),
        gain=_rounded(gain.value),
        gain_low=_rounded(gain.low),
        gain_high=_rounded(gain.high),
    )


def losses(combination: Combination, held: Iterable[Answered]) -> list[float]:
    """Log loss of verifier and model together, in nats, item by item."""
    return [
        _cost(combination.pooled(beliefs(one.verifier), _said(combination, one))[_PLACES[one.gold]])
        for one in held
    ]


def save(combination: Combination, path: Path, identity: str) -> None:
    """Write one model's parameters beside those of others."""
    held = json.loads(path.read_text("utf-8")) if path.exists() else {}
    held[identity] = asdict(combination)
    path.write_text(json.dumps(held, indent=2) + "\n", "utf-8")


def _calibrated(start: Combination, held: Sequence[Answered]) -> Combination:
    """`start` with the slope and offset that make the model's own probabilities truest."""
    right = [one.judgement.label == one.gold for one in held]

    def loss(candidate: Combination) -> float:
        sure = (candidate.calibrated(one.judgement.probability) for one in held)
        cost = sum(_cost(p if ok else 1 - p) for p, ok in zip(sure, right, strict=True))
        return cost + _prior(candidate.slope, _SLOPE) + _prior(candidate.offset, _OFFSET)

    grid = product(_SLOPES, _OFFSETS)
    return min((replace(start, slope=a, offset=b) for a, b in grid), key=loss)


def _said(combination: Combination, one: Answered) -> tuple[float, float, float]:
    sure = combination.calibrated(one.judgement.probability)
    return beliefs(as_entailment(one.judgement.label or "", sure))


def _folds(held: Sequence[Answered]) -> list[int]:
    """The part that each item is in: passages in the order of a hash of their names, evenly."""
    names = {one.passage for one in held}
    order = sorted(names, key=lambda name: hashlib.sha256(name.encode()).digest())
    parts = {name: place % FOLDS for place, name in enumerate(order)}
    return [parts[one.passage] for one in held]


def _prior(value: float, of: tuple[float, float]) -> float:
    """Minus the logarithm of the prior's density, but for a constant."""
    middle, deviation = of
    return (value - middle) ** 2 / (2 * deviation**2)


def _cost(probability: float) -> float:
    return -math.log(max(probability, _LEAST))


def _rounded(value: float | None) -> float:
    return round(value or 0.0, 4)


def _origin_of_few(on: Fit, model: str) -> str:
    return (
        f"{model} gave an answer that can be used to {on.items} of {on.asked} development items, "
        "too few to fit weights on: its weight is 0. Slope and offset are fitted on these, the "
        "rest is set by hand."
    )


def _origin(found: Combination, on: Fit, model: str) -> str:
    told = (
        f"Slope, offset and weights fitted on the {on.items} of {on.asked} development items that "
        f"{model} answered ({on.passages} passages). Beside the verifier it gains {on.gain:.3f} "
        f"[{on.gain_low:.3f}, {on.gain_high:.3f}] nats of log loss an item, on passages left out"
    )
    nothing = ", which could be chance: its weight is 0" if found.llm_weight == 0 else ""
    return f"{told}{nothing}. The rest is set by hand."
