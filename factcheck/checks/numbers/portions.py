"""A share of the sum told last, with its amount: 'the fund has £3m. Half of it, £1.8m, …'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.derived import SOFT
from factcheck.checks.numbers.figures import FIGURE, Figure, Line, as_written, sum_written
from factcheck.checks.numbers.operands import Held, before_each, measured, operands

_SUM = r"(?:it|that|this|the (?:money|sum|total|amount|cash|fund|grant|budget|prize|cost|bill))"
_PORTION = re.compile(rf"{FIGURE} of {_SUM},? (?:or )?{SOFT}{FIGURE}", re.IGNORECASE)
_ROUNDED = 0.06
"""Share by which an amount may be rounded."""
_FAR = 3.0
"""An amount so many times off is more likely a part of something else."""


def portions(lines: Sequence[Line]) -> Iterator[Finding]:
    """Amounts that are no such share of any sum of their unit in the sentences before."""
    for line, before, _ in before_each(lines):
        for match in _PORTION.finditer(line.mask):
            said, part = (line.figures[int(number)] for number in match.groups())
            share = _share(said)
            if share is not None and measured(part) and part.quantity.unit:
                yield from _portion(line, before, said, share, part)


def _share(said: Figure) -> float | None:
    if said.quantity.unit == "percent":
        value = said.quantity.value / 100
    elif said.quantity.kind == "fraction":
        value = said.quantity.value
    else:
        return None
    return value if 0 < value < 1 else None


def _portion(
    line: Line, before: Sequence[Line], said: Figure, share: float, part: Figure
) -> Iterator[Finding]:
    def like(figure: Figure) -> bool:
        return measured(figure) and figure.quantity.unit == part.quantity.unit

    around = operands(line, before, like, line.span(part))
    wholes: list[Held] = [*around.earlier, *around.own]
    amount = part.quantity.value
    if len(wholes) != 1 or not 1 / _FAR <= share * wholes[0].value / amount <= _FAR:
        return
    right = share * wholes[0].value
    if abs(right - amount) > _ROUNDED * amount:
        yield Finding(
            line.span(part),
            wholes[0].span,
            f"{line.words(said)} of {wholes[0].words} is {sum_written(right, line.words(part))},"
            f" not {line.words(part)}.",
            0.65,
            as_written(right, line.words(part)),
        )
