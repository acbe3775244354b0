"""Plots: the same bytes for the same figures, whole SVG, everything that was given is in it."""

from __future__ import annotations

import functools
import xml.etree.ElementTree as Xml
from collections.abc import Callable

import pytest

from factcheck.evaluation import plots
from factcheck.evaluation.plots import Bar, Place

ROWS = [
    {"items": 3, "confidence": 0.4, "accuracy": 0.5, "coverage": 0.5},
    {"items": 9, "confidence": 0.8, "accuracy": 0.7, "coverage": 1.0},
]
DRAWINGS: dict[str, Callable[[], str]] = {
    "reliability": lambda: plots.reliability({"mine": ROWS, "other": ROWS}, "Reliability"),
    "risk_coverage": lambda: plots.risk_coverage({"mine": ROWS, "one": ROWS[:1]}, "Coverage"),
    "bars": lambda: plots.bars(
        {"refuted": [Bar("date", 0.5, 0.4, 0.6, 20)], "supported": [Bar("voice", 1, 1, 1, 5)]},
        "By type",
        "share",
    ),
    "bars of one kind": lambda: plots.bars({"": [Bar("date", 0.5, 0.4, 0.6, 20)]}, "By type", "x"),
    "against_cost": lambda: plots.against_cost(
        [Place("small", 0.03, 0.4, 0.3, 0.5), Place("large", 90, 0.6, 0.5, 0.7)], "Cost", "accuracy"
    ),
    "no interval": lambda: plots.bars({"": [Bar("date", 0.5, None, None, 1)]}, "By type", "x"),
    "no interval of cost": lambda: plots.against_cost(
        [Place("small", 0.03, 0.4, None, None)], "Cost", "accuracy"
    ),
    "nothing": lambda: plots.risk_coverage({}, "Coverage"),
}


@functools.cache
def drawn(name: str) -> str:
    return DRAWINGS[name]()


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_plot_is_whole(name: str) -> None:
    assert Xml.fromstring(drawn(name)).tag.endswith("svg")
    assert "<dc:date>" not in drawn(name)


def test_the_same_figures_give_the_same_bytes() -> None:
    assert drawn("reliability") == DRAWINGS["reliability"]()


def test_each_text_is_drawn() -> None:
    svg = drawn("bars")
    for text in ("date  (20)", "voice  (5)", "By type", "refuted", "supported", "share"):
        assert f"<!-- {text} -->" in svg
    assert "<!-- large, 90 ms -->" in drawn("against_cost")
    assert "<!-- small, 0.03 ms -->" in drawn("against_cost")


def test_bars_are_as_long_as_their_values() -> None:
    """The longest bar spans the axis; the other half of it."""
    widths = sorted(_widths(drawn("bars")))[-2:]
    assert widths[0] == pytest.approx(widths[1] / 2, rel=1e-3)


def _widths(svg: str) -> list[float]:
    """Widths of the filled rectangles that are clipped to the axes."""
    found = []
    for path in Xml.fromstring(svg).iter("{http://www.w3.org/2000/svg}path"):
        if "clip-path" in path.attrib and path.get("d", "").rstrip().lower().endswith("z"):
            places = [float(p) for p in path.get("d", "").replace("z", "").split() if _is_number(p)]
            found.append(max(places[::2]) - min(places[::2]))
    return found


def _is_number(text: str) -> bool:
    return text.replace(".", "").replace("-", "").isdigit()
