"""Curves and scores computed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

import numpy as np
import pytest

from factcheck.evaluation import calibration
from factcheck.evaluation.calibration import Bin, Point

GROUPS = ["a", "a", "b", "b"]


def rounded(rows: Sequence[Bin] | Sequence[Point]) -> list[tuple[float, ...]]:
    return [tuple(round(value, 3) for value in astuple(row)) for row in rows]


def test_brier_sums_over_the_labels() -> None:
    probabilities = np.array([[1.0, 0, 0], [0, 1, 0], [0.5, 0.5, 0], [0.2, 0.2, 0.6]])
    found = calibration.brier(probabilities, np.array([0, 0, 0, 2]), GROUPS)
    assert found.value == pytest.approx((0 + 2 + 0.5 + 0.24) / 4)


def test_calibration_error_weighs_gaps_by_items() -> None:
    confidence, right = np.array([0.95, 0.95, 0.95, 0.55]), np.array([1.0, 1, 0, 1])
    found = calibration.calibration_error(confidence, right, GROUPS)
    assert found.value == pytest.approx(3 / 4 * (0.95 - 2 / 3) + 1 / 4 * 0.45)


def test_the_reliability_curve_leaves_empty_bins_out() -> None:
    curve = calibration.reliability(np.array([0.95, 1.0, 0.41]), np.array([1.0, 0, 1]))
    assert rounded(curve) == [(1, 0.41, 1.0), (2, 0.975, 0.5)]


def test_risk_and_coverage_surest_first() -> None:
    curve = calibration.risk_coverage(np.array([0.5, 0.9, 0.7, 0.6]), np.array([1.0, 1, 1, 0]))
    assert rounded(curve) == [
        (0.25, 1.0, 0.9),
        (0.5, 1.0, 0.7),
        (0.75, 0.667, 0.6),
        (1.0, 0.75, 0.5),
    ]
    assert calibration.risk_area(curve) == pytest.approx((0 + 0 + 1 / 3 + 1 / 4) / 4)
    assert calibration.coverage_at(curve, 0.9) == 0.5
    assert calibration.coverage_at(curve, 0.7) == 1.0


def test_items_of_equal_confidence_come_in_together() -> None:
    curve = calibration.risk_coverage(np.array([0.8, 0.8, 0.8]), np.array([1.0, 0, 0]))
    assert rounded(curve) == [(1.0, 0.333, 0.8)]
    assert calibration.coverage_at(curve, 0.5) == 0.0


def test_a_thinned_curve_keeps_its_end() -> None:
    curve = [Point(n / 200, 1 - n / 400, 1 - n / 200) for n in range(1, 201)]
    thin = calibration.thinned(curve)
    assert len(thin) <= 61
    assert thin[-1] == curve[-1]
