"""Plots as SVG: reliability, risk against coverage, recall by type, accuracy against cost.

matplotlib draws them without a window and with fixed ids, so the same figures give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CHEAPEST = 0.001
"""Least cost that is drawn, in milliseconds: a logarithm needs one."""
_COLOURS = ("#0b5cad", "#c2571a", "#3d7a2e", "#7a4ca0", "#5f6670", "#a8325a")
"""Told apart in print and by the colour-blind; the first is the system that the page is about."""
_MARKS = "osD^vP"
_QUIET = "#767d86"
_STYLE: dict[Any, Any] = {
    "svg.hashsalt": "factcheck",
    "font.family": "DejaVu Sans",
    "font.size": 9.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": _QUIET,
    "axes.titlesize": 10.5,
    "axes.titlelocation": "left",
    "xtick.color": "#3a4048",
    "ytick.color": "#3a4048",
    "axes.grid": True,
    "grid.color": "#e4e7ea",
    "grid.linewidth": 0.7,
    "axes.axisbelow": True,
    "legend.frameon": False,
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a bar chart."""

    name: str
    """What stands beside it."""
    value: float
    """Its length, 0 to 1."""
    low: float | None
    """Lower end of its interval; None where it has none."""
    high: float | None
    """Upper end."""
    items: int
    """How many items it rests on."""


@dataclass(frozen=True, slots=True)
class Place:
    """One system in a plot of quality against cost."""

    name: str
    """Its name."""
    cost: float
    """Milliseconds an item."""
    value: float
    """Its figure, 0 to 1."""
    low: float | None
    """Lower end of the interval; None where it has none."""
    high: float | None
    """Upper end."""


def reliability(series: Mapping[str, Sequence[Mapping[str, float]]], title: str) -> str:
    """Reliability curves: accuracy of answers of about the same confidence.

    Args:
        series: by name, rows with `items`, `confidence` and `accuracy`.
        title: what stands above.
    """
    with _drawn(4.8, 4.7) as (axes, out):
        axes.plot([0, 1], [0, 1], color=_QUIET, lw=1, ls=(0, (4, 3)), label="honest")
        for place, (name, rows) in enumerate(series.items()):
            most = max((row["items"] for row in rows), default=1)
            xs, ys = [r["confidence"] for r in rows], [r["accuracy"] for r in rows]
            axes.plot(xs, ys, color=_colour(place), lw=1.4, marker=_MARKS[place % 6], ms=4,
                      label=name)  # fmt: skip
            areas = [16 + 140 * row["items"] / most for row in rows]
            axes.scatter(xs, ys, s=areas, color=_colour(place), alpha=0.18, lw=0)
        axes.set(xlim=(0, 1.03), ylim=(0, 1.03), title=title)
        axes.set_xlabel("confidence of the answer (area: number of items)")
        axes.set_ylabel("share of answers that are right")
        axes.set_aspect("equal")
        axes.figure.legend(loc="outside lower center", ncols=2)
    return out.getvalue()


def risk_coverage(series: Mapping[str, Sequence[Mapping[str, float]]], title: str) -> str:
    """Accuracy when only the surest answers are given, against the share that is.

    Args:
        series: by name, rows with `coverage` and `accuracy`, surest first.
        title: what stands above.
    """
    with _drawn(5.4, 3.6) as (axes, out):
        for place, (name, rows) in enumerate(series.items()):
            xs, ys = [r["coverage"] for r in rows], [r["accuracy"] for r in rows]
            single = len(rows) < 2
            axes.plot(xs, ys, color=_colour(place), lw=1.6, label=name,
                      marker=_MARKS[place % 6] if single else None)  # fmt: skip
        lowest = min((r["accuracy"] for rows in series.values() for r in rows), default=0.0)
        axes.set(xlim=(0, 1.02), ylim=(max(0.0, lowest - 0.08), 1.02), title=title)
        axes.set_xlabel("share of items answered, surest first")
        axes.set_ylabel("share of answers that are right")
        if series:
            axes.legend(loc="best")
    return out.getvalue()


def bars(groups: Mapping[str, Sequence[Bar]], title: str, axis: str) -> str:
    """Horizontal bars with intervals, in groups of one colour each.

    Args:
        groups: by heading, bars from top to bottom; an empty heading is not shown.
        title: what stands above.
        axis: what the length means.
    """
    rows = list(_stacked(groups))
    lowest = max((at for at, *_ in rows), default=0.0)
    with _drawn(6.4, 1.1 + 0.27 * (lowest + 1)) as (axes, out):
        for at, place, bar in rows:
            axes.barh(at, bar.value, height=0.62, color=_colour(place))
            if bar.low is not None and bar.high is not None:
                axes.plot([bar.low, bar.high], [at, at], color="#22262b", lw=1.1)
            if bar.value == 0:
                axes.text(0.008, at, "0", va="center", color=_colour(place))
        names = [f"{bar.name}  ({bar.items})" for *_, bar in rows]
        axes.set_yticks([at for at, *_ in rows], names)
        axes.set(xlim=(0, 1), ylim=(lowest + 0.6, -0.6), title=title, xlabel=axis)
        axes.grid(visible=False, axis="y")
        axes.tick_params(axis="y", length=0)
        for place, heading in enumerate(groups):
            if heading:
                axes.barh([0], [0], color=_colour(place), label=heading)
        if any(groups):
            axes.figure.legend(loc="outside lower center", ncols=len(groups))
    return out.getvalue()


def _stacked(groups: Mapping[str, Sequence[Bar]]) -> Iterator[tuple[float, int, Bar]]:
    """Each bar with its height, counted downwards, and the number of its group."""
    at = 0.0
    for place, found in enumerate(groups.values()):
        for bar in found:
            yield at, place, bar
            at += 1
        at += 0.5


def against_cost(places: Sequence[Place], title: str, axis: str) -> str:
    """Systems by what they cost (logarithmic) and how good they are.

    Args:
        places: one a system.
        title: what stands above.
        axis: what the height means.
    """
    with _drawn(6.0, 3.8) as (axes, out):
        for place, system in enumerate(places):
            cost = max(system.cost, CHEAPEST)
            if system.low is not None and system.high is not None:
                axes.plot([cost] * 2, [system.low, system.high], color=_colour(place), lw=1.1)
            axes.plot(cost, system.value, color=_colour(place), marker=_MARKS[place % 6],
                      ms=7, ls="none", label=_named(system))  # fmt: skip
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter(lambda cost, _: f"{cost:g}")
        axes.margins(x=0.12, y=0.12)
        axes.set(title=title, xlabel="milliseconds an item (logarithmic)", ylabel=axis)
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    return out.getvalue()


def _named(system: Place) -> str:
    if system.cost <= CHEAPEST:
        return f"{system.name}, less than {CHEAPEST:g} ms"
    cost = f"{system.cost:.0f}" if system.cost >= 10 else f"{system.cost:.1g}"
    return f"{system.name}, {cost} ms"


def _colour(place: int) -> str:
    return _COLOURS[place % len(_COLOURS)]


@contextmanager
def _drawn(width: float, height: float) -> Iterator[tuple[Axes, io.StringIO]]:
    """Axes to draw on; the SVG is in the buffer when the block ends."""
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    out = io.StringIO()
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        FigureCanvasSVG(figure)
        yield figure.add_subplot(), out
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
