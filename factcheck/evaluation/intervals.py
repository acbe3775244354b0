"""How sure a figure is: percentile bootstrap over groups (Efron and Tibshirani 1993).

Articles and passages are drawn, not flags or claims: those of one article are not independent.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from factcheck.evaluation.items import Floats

Unit = TypeVar("Unit")

DRAWS = 2_000
SEED = 20211215
_COVERAGE = 0.95
_AT_ONCE = 100
"""Draws held in memory together."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95% interval, which it has where it rests on two groups at least."""

    value: float | None
    """The figure over all units; None where it is not defined (nothing to divide by)."""
    low: float | None = None
    """Lower end."""
    high: float | None = None
    """Upper end."""

    def __str__(self) -> str:
        """`0.62 [0.51, 0.72]`, or a dash where there is nothing to tell."""
        if self.value is None:
            return "–"
        if self.low is None or self.high is None:
            return f"{self.value:.2f}"
        return f"{self.value:.2f} [{self.low:.2f}, {self.high:.2f}]"

    def as_data(self) -> dict[str, float | None]:
        """The figure for a JSON file, to four places."""
        return {
            name: None if number is None else round(number, 4)
            for name, number in (("value", self.value), ("low", self.low), ("high", self.high))
        }


def bootstrap(units: Sequence[Unit], figure: Callable[[Sequence[Unit]], float | None]) -> Estimate:
    """`figure` over `units`, with the interval that redrawing the units gives.

    Args:
        units: the independent things, such as articles.
        figure: the figure over some of them; None where it is undefined.
    """
    value = figure(units)
    if value is None or len(units) < 2:
        return Estimate(value)
    chance = random.Random(SEED)
    drawn = (figure(chance.choices(units, k=len(units))) for _ in range(DRAWS))
    values = sorted(found for found in drawn if found is not None)
    tail = (1 - _COVERAGE) / 2
    return Estimate(
        value, values[int(tail * len(values))], values[int((1 - tail) * (len(values) - 1))]
    )


def by_group(groups: Sequence[str], rows: Floats) -> Floats:
    """Sums of the rows of each group, shape (groups, columns), in order of first appearance."""
    import numpy as np

    places = {name: place for place, name in enumerate(dict.fromkeys(groups))}
    sums = np.zeros((len(places), rows.shape[1]))
    np.add.at(sums, [places[name] for name in groups], rows)
    return sums


def redrawn(sums: Floats, figure: Callable[[Floats], Floats]) -> Estimate:
    """A figure of column sums, with the interval that redrawing the groups gives.

    Args:
        sums: what each group adds, shape (groups, columns).
        figure: from totals of shape (draws, columns) to one number each; NaN where undefined.
    """
    import numpy as np

    value = float(figure(sums.sum(0, keepdims=True))[0])
    if np.isnan(value):
        return Estimate(None)
    if np.count_nonzero(~np.isnan(figure(sums))) < 2:
        return Estimate(value)
    values = np.concatenate([figure(weights @ sums) for weights in draws(len(sums))])
    tail = 100 * (1 - _COVERAGE) / 2
    low, high = np.nanpercentile(values, [tail, 100 - tail])
    return Estimate(value, float(low), float(high))


def mean(values: Sequence[float], groups: Sequence[str]) -> Estimate:
    """The mean of the values, with the interval that redrawing their groups gives."""
    import numpy as np

    if not values:
        return Estimate(None)
    rows: Floats = np.array([[float(value), 1.0] for value in values])
    return redrawn(by_group(groups, rows), lambda totals: totals[:, 0] / totals[:, 1])


def draws(groups: int, most: int = DRAWS) -> Iterator[Floats]:
    """How often each group is drawn, in blocks of shape (draws, groups); the same each time."""
    import numpy as np

    chance = np.random.default_rng(SEED)
    for start in range(0, most, _AT_ONCE):
        size = min(_AT_ONCE, most - start)
        yield chance.multinomial(groups, np.full(groups, 1 / groups), size).astype(np.float64)
