"""A run's figures as one HTML file that needs nothing else and asks nothing of any network.

What a page shows is put together as sections by the module of each kind of run; this one only
writes them down. Everything is escaped, since claims and evidence come from anywhere; no script.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

_TEMPLATE = "report.html.j2"
_DASH = "–"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading; the first column names them."""

    head: tuple[str, ...]
    """Column headings."""
    rows: tuple[tuple[str, ...], ...]
    """Cells as they are shown."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A plot."""

    svg: str
    """As matplotlib writes it; trusted, since its texts are labels of our own."""
    says: str
    """What it shows, in words, for those who cannot see it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One item to read."""

    title: str
    """What happened to it."""
    texts: tuple[tuple[str, str], ...]
    """Label and text, such as claim and evidence."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it."""

    title: str
    """The heading."""
    note: str = ""
    """How to read it, one or two sentences."""
    tables: tuple[Table, ...] = ()
    """Tables, in order."""
    pictures: tuple[Picture, ...] = ()
    """Plots, side by side where there is room."""
    cases: tuple[Case, ...] = ()
    """Items to read, folded."""


def render(title: str, lead: str, sections: Sequence[Section]) -> str:
    """The page.

    Args:
        title: what was measured.
        lead: the figure that matters most, in a sentence.
        sections: what follows, in order; empty ones are left out.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    page = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).from_string((resources.files(__package__) / _TEMPLATE).read_text("utf-8"))
    shown = [s for s in sections if s.tables or s.pictures or s.cases]
    return page.render(
        title=title, lead=lead, sections=shown, drawn=lambda svg: Markup(_inline(svg))
    )


def estimate(figure: Mapping[str, Any] | None) -> str:
    """A figure of metrics.json as text: `.565 [.541, .586]`, or a dash where there is none."""
    if figure is None or figure["value"] is None:
        return _DASH
    value = number(figure["value"])
    if figure["low"] is None:
        return value
    return f"{value} [{number(figure['low'])}, {number(figure['high'])}]"


def number(value: float | None) -> str:
    """Three places, without the zero before the point: `.565`, `1.000`."""
    if value is None:
        return _DASH
    text = f"{value:.3f}"
    return text[1:] if text.startswith("0.") else text


def spaced(name: str) -> str:
    """A label or type as it is shown: `not enough evidence`."""
    return name.replace("_", " ")


def settings_table(settings: Mapping[str, Any]) -> Section:
    """What was asked for, as a section."""
    rows = tuple((name, str(value)) for name, value in settings.items())
    return Section("Settings", tables=(Table(("setting", "value"), rows),))


def _inline(svg: str) -> str:
    """The SVG without the XML declaration that only a file of its own may have."""
    return svg[svg.index("<svg") :]
