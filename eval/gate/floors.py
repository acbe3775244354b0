"""What the figures may not fall below, and by how much noise may move them.

Everything measured is fixed and all that measures it is deterministic, so there is no sampling
error. What is left is arithmetic that differs between processors and library versions, which can
turn an item that stands on the edge. The tolerance is that many items: one where rules decide, or
`flips` of them where a model does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FLOORS = Path(__file__).parent / "floors.json"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured share, higher is better."""

    value: float
    """0 to 1."""
    items: int
    """How many items it rests on."""
    flips: int = 1
    """How many of them noise may turn."""

    @property
    def tolerance(self) -> float:
        """How far below its floor it may lie."""
        return self.flips / self.items


@dataclass(frozen=True, slots=True)
class Row:
    """A figure beside its floor."""

    name: str
    """What was measured."""
    figure: Figure | None
    """The figure; None where a floor stands for something that was not measured."""
    floor: float | None
    """Its floor; None where there is none yet."""

    @property
    def fails(self) -> bool:
        """Whether it lies below its floor by more than noise, or was not measured at all."""
        if self.floor is None:
            return False
        return self.figure is None or self.figure.value < self.floor - self.figure.tolerance - 1e-9


def judged(figures: Mapping[str, Figure], floors: Mapping[str, float]) -> list[Row]:
    """Every figure and every floor, side by side."""
    names = dict.fromkeys([*floors, *figures])
    return [Row(name, figures.get(name), floors.get(name)) for name in names]


def raised(figures: Mapping[str, Figure], floors: Mapping[str, float]) -> dict[str, float]:
    """The floors, lifted to the figures that lie above them; none is lowered."""
    lifted = {name: round(figure.value, 4) for name, figure in figures.items()}
    return {
        name: max(floors.get(name, 0.0), lifted.get(name, 0.0))
        for name in dict.fromkeys([*floors, *lifted])
    }


def table(rows: Sequence[Row]) -> str:
    """The rows as text, one a line."""
    return "\n".join(_line(row) for row in rows)


def read(path: Path) -> dict[str, float]:
    """The recorded floors; none where the file is missing."""
    if not path.exists():
        return {}
    return {name: float(floor) for name, floor in json.loads(path.read_text("utf-8")).items()}


def write(path: Path, floors: Mapping[str, float]) -> None:
    """Record the floors."""
    path.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")


def _line(row: Row) -> str:
    figure = "not measured" if row.figure is None else f"{row.figure.value:.3f}"
    floor = "none" if row.floor is None else f"{row.floor:.3f}"
    tolerance = f" less {row.figure.tolerance:.3f}" if row.figure and row.floor is not None else ""
    verdict = "FALLEN" if row.fails else "ok"
    return f"{row.name:52} {figure:>12}  floor {floor}{tolerance}  {verdict}"
