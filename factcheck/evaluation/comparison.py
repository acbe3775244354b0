"""Whether one run is better than another on the same items, and where.

The difference of means has a 95% interval by redrawing groups, and a p-value by a paired
randomisation test (Noreen 1989; Dror et al. 2018): in each of 10,000 shuffles the two runs trade
places on a random half of the groups; p is how often a difference at least as great comes about.
Groups trade places whole, since items of one passage are not independent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.errors import UsageProblem
from factcheck.evaluation.intervals import SEED, Estimate, by_group, redrawn
from factcheck.evaluation.outcomes import Result

if TYPE_CHECKING:
    from factcheck.evaluation.items import Floats

SHUFFLES = 10_000
_AT_ONCE = 500
_ALIKE = 1e-9


@dataclass(frozen=True, slots=True)
class Difference:
    """Two runs on some items."""

    name: str
    """What was measured, or the type of item."""
    items: int
    """How many items both runs have."""
    first: float
    """Mean of the first run."""
    second: float
    """Mean of the second."""
    difference: Estimate
    """Second minus first, with its interval."""
    p: float
    """Two-sided p-value of the randomisation test."""
    gained: int
    """Items on which the second run is better."""
    lost: int
    """Items on which it is worse."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure of two runs."""

    whole: Difference
    """On all items that both have."""
    by_type: tuple[Difference, ...]
    """The same for each type, the greatest loss first; p-values here are not corrected."""
    changed: tuple[tuple[Result, Result], ...]
    """Items that came out differently, losses first: the first run's result, the second's."""


def compare(first: Sequence[Result], second: Sequence[Result]) -> list[Comparison]:
    """Measure by measure.

    Raises:
        UsageProblem: the runs have no item in common.
    """
    pairs = _paired(first, second)
    if not pairs:
        raise UsageProblem(
            "the two runs have no item in common", hint="compare runs over the same set and split"
        )
    measures = dict.fromkeys(one.measure for one, _ in pairs)
    return [_compared([p for p in pairs if p[0].measure == measure]) for measure in measures]


def uncommon(first: Sequence[Result], second: Sequence[Result]) -> int:
    """How many results of either run have no counterpart in the other."""
    return len(first) + len(second) - 2 * len(_paired(first, second))


def _paired(first: Sequence[Result], second: Sequence[Result]) -> list[tuple[Result, Result]]:
    def key(result: Result) -> tuple[str, str, str]:
        return result.measure, result.id, result.about

    known = {key(result): result for result in second}
    return [(result, known[key(result)]) for result in first if key(result) in known]


def _compared(pairs: Sequence[tuple[Result, Result]]) -> Comparison:
    types = sorted({one.type for one, _ in pairs})
    parts = [_difference(kind, [p for p in pairs if p[0].type == kind]) for kind in types]
    changed = [pair for pair in pairs if abs(pair[1].score - pair[0].score) > _ALIKE]
    return Comparison(
        _difference(pairs[0][0].measure, pairs),
        tuple(sorted(parts, key=lambda part: part.second - part.first)),
        tuple(sorted(changed, key=lambda pair: pair[1].score - pair[0].score)),
    )


def _difference(name: str, pairs: Sequence[tuple[Result, Result]]) -> Difference:
    import numpy as np

    scores = np.array([[one.score, other.score] for one, other in pairs])
    change = scores[:, 1] - scores[:, 0]
    rows = np.stack([change, np.ones(len(pairs))], axis=1)
    sums = by_group([one.group for one, _ in pairs], rows)
    first, second = scores.mean(0)
    return Difference(
        name,
        len(pairs),
        float(first),
        float(second),
        redrawn(sums, lambda totals: totals[:, 0] / totals[:, 1]),
        _p(sums[:, 0]),
        int((change > _ALIKE).sum()),
        int((change < -_ALIKE).sum()),
    )


def _p(changes: Floats) -> float:
    """How often random signs of the groups' changes sum to at least what was seen."""
    import numpy as np

    seen = abs(changes.sum())
    chance = np.random.default_rng(SEED)
    as_great = 0
    for start in range(0, SHUFFLES, _AT_ONCE):
        size = min(_AT_ONCE, SHUFFLES - start)
        signs = chance.integers(0, 2, (size, len(changes))) * 2 - 1
        as_great += int((np.abs(signs @ changes) >= seen - _ALIKE).sum())
    return (as_great + 1) / (SHUFFLES + 1)
