"""How sure a figure is: percentile bootstrap over articles (Efron and Tibshirani 1993).

Articles are drawn, not flags or claims: those of one article are not independent.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Unit = TypeVar("Unit")

DRAWS = 2_000
SEED = 20211215
_COVERAGE = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95% interval."""

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
        return f"{self.value:.2f} [{self.low:.2f}, {self.high:.2f}]"


def bootstrap(units: Sequence[Unit], figure: Callable[[Sequence[Unit]], float | None]) -> Estimate:
    """`figure` over `units`, with the interval that redrawing the units gives.

    Args:
        units: the independent things, such as articles.
        figure: the figure over some of them; None where it is undefined.
    """
    value = figure(units)
    if value is None:
        return Estimate(None)
    chance = random.Random(SEED)
    drawn = (figure(chance.choices(units, k=len(units))) for _ in range(DRAWS))
    values = sorted(found for found in drawn if found is not None)
    tail = (1 - _COVERAGE) / 2
    return Estimate(
        value, values[int(tail * len(values))], values[int((1 - tail) * (len(values) - 1))]
    )
