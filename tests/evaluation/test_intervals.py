"""Intervals widen with dependence, repeat, and hold the figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from factcheck.evaluation.intervals import Estimate, bootstrap, by_group, mean, redrawn

if TYPE_CHECKING:
    from factcheck.evaluation.items import Floats

RIGHT = np.array([1.0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0] * 5)


def width(groups: list[str]) -> float:
    rows = np.stack([RIGHT, np.ones(len(RIGHT))], axis=1)
    found = redrawn(by_group(groups, rows), lambda totals: totals[:, 0] / totals[:, 1])
    assert found.value == 0.5
    assert found.low is not None and found.high is not None
    assert found.low < 0.5 < found.high
    return found.high - found.low


def test_items_that_stand_or_fall_together_make_the_interval_wider() -> None:
    alone = width([str(n) for n in range(len(RIGHT))])
    together = width([str(n // 4) for n in range(len(RIGHT))])
    assert together > 1.7 * alone
    assert alone == width([str(n) for n in range(len(RIGHT))])


def test_sums_of_groups_in_order_of_appearance() -> None:
    sums = by_group(["b", "a", "b"], np.array([[1.0, 0], [5, 1], [2, 1]]))
    assert sums.tolist() == [[3, 1], [5, 1]]


def test_what_is_undefined_has_no_interval() -> None:
    assert redrawn(np.ones((3, 1)), lambda totals: totals[:, 0] * np.nan) == Estimate(None)


def test_one_group_has_no_interval_and_two_have() -> None:
    values = [1.0, 0.0, 1.0, 1.0]
    assert mean(values, ["a"] * 4) == Estimate(0.75)
    assert mean(values, list("aabb")) == Estimate(0.75, 0.5, 1.0)
    assert bootstrap([0.5], lambda some: sum(some) / len(some)) == Estimate(0.5)


def test_of_a_share_only_groups_that_have_any_of_it_count() -> None:
    def share(totals: Floats) -> Floats:
        nothing = np.full(len(totals), np.nan)
        return np.asarray(
            np.divide(totals[:, 0], totals[:, 1], out=nothing, where=totals[:, 1] > 0)
        )

    assert redrawn(np.array([[1.0, 2], [0, 0], [0, 0]]), share) == Estimate(0.5)
    assert redrawn(np.array([[1.0, 2], [0, 1], [0, 0]]), share).low == 0.0


def test_for_a_file_figures_have_four_places() -> None:
    data = Estimate(2 / 3, 0.1, None).as_data()
    assert data == {"value": 0.6667, "low": 0.1, "high": None}
