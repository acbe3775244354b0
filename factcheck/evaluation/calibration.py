"""Whether probabilities are honest, and what may be left to them.

Brier score (Brier 1950, summed over labels), expected calibration error in ten bins of equal
width and the reliability curve (Guo et al. 2017), the risk-coverage curve (El-Yaniv and Wiener
2010).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.evaluation.intervals import Estimate, by_group, mean, redrawn

if TYPE_CHECKING:
    from factcheck.evaluation.items import Floats, Ints

BINS = 10
_CURVE_POINTS = 60


@dataclass(frozen=True, slots=True)
class Bin:
    """Items of about the same confidence."""

    items: int
    """How many there are."""
    confidence: float
    """Their mean confidence, 0 to 1."""
    accuracy: float
    """Share of them answered rightly."""


@dataclass(frozen=True, slots=True)
class Point:
    """What is got right when only the surest answers are given."""

    coverage: float
    """Share of items answered, 0 to 1."""
    accuracy: float
    """Share of those answered rightly: 1 minus the risk."""
    confidence: float
    """Least confidence among them."""


def brier(probabilities: Floats, gold: Ints, groups: Sequence[str]) -> Estimate:
    """Mean squared distance between probabilities and truth, summed over labels: 0 to 2."""
    import numpy as np

    truth = np.eye(probabilities.shape[1])[gold]
    return mean(((probabilities - truth) ** 2).sum(1).tolist(), groups)


def calibration_error(confidence: Floats, right: Floats, groups: Sequence[str]) -> Estimate:
    """ECE: gap between mean confidence and accuracy of each bin, weighted by its items."""
    return redrawn(by_group(groups, _binned(confidence, right)), _gap)


def reliability(confidence: Floats, right: Floats) -> list[Bin]:
    """The reliability curve: bins of equal width that hold items, least sure first."""
    totals = _binned(confidence, right).sum(0).reshape(3, BINS)
    return [
        Bin(int(items), sure / items, hits / items) for items, sure, hits in totals.T if items > 0
    ]


def risk_coverage(confidence: Floats, right: Floats) -> list[Point]:
    """The curve, surest answers first; items of equal confidence come in together."""
    import numpy as np

    order = np.argsort(-confidence, kind="stable")
    sure, hits = confidence[order], np.cumsum(right[order])
    ends = np.flatnonzero(np.append(sure[1:] != sure[:-1], True))
    return [
        Point(float((end + 1) / len(sure)), float(hits[end] / (end + 1)), float(sure[end]))
        for end in ends
    ]


def risk_area(curve: Sequence[Point]) -> float:
    """AURC: mean risk over all coverages, lower is better; equal confidences come in together."""
    area, before = 0.0, 0.0
    for point in curve:
        area += (point.coverage - before) * (1 - point.accuracy)
        before = point.coverage
    return area


def coverage_at(curve: Sequence[Point], accuracy: float) -> float:
    """Greatest share of items that can be answered with at least this accuracy; 0 if none."""
    return max((point.coverage for point in curve if point.accuracy >= accuracy), default=0.0)


def thinned(curve: Sequence[Point]) -> list[Point]:
    """At most 60 points of a curve, evenly spread, the last one always among them."""
    step = -(-len(curve) // _CURVE_POINTS)
    return [*curve[:-1:step], *curve[-1:]] if step > 1 else list(curve)


def _binned(confidence: Floats, right: Floats) -> Floats:
    """For each item, its count, confidence and success in the columns of its bin."""
    import numpy as np

    rows = np.zeros((len(confidence), 3, BINS))
    places = np.minimum((confidence * BINS).astype(int), BINS - 1)
    each = np.arange(len(confidence))
    for column, values in enumerate((np.ones(len(confidence)), confidence, right)):
        rows[each, column, places] = values
    return rows.reshape(len(confidence), 3 * BINS)


def _gap(totals: Floats) -> Floats:
    import numpy as np

    items, sure, hits = np.moveaxis(totals.reshape(len(totals), 3, BINS), 1, 0)
    return np.asarray(np.abs(sure - hits).sum(1) / items.sum(1))
