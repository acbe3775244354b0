"""A comparison of two runs for the terminal, as JSON and as HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from factcheck.evaluation import plots
from factcheck.evaluation.comparison import Comparison, Difference
from factcheck.evaluation.outcomes import Result
from factcheck.evaluation.report import Case, Picture, Section, Table, number, render
from factcheck.reports.visible import one_line

_SHOWN_CHANGES = 10
_WIDTH = 100


def title_of(settings: Mapping[str, Any]) -> str:
    """A run in a few words: who was measured on what."""
    return f"{settings['system']} on {settings['set']}"


def lines(titles: tuple[str, str], found: Sequence[Comparison]) -> Iterator[str]:
    """The comparison for the terminal."""
    yield f"A: {one_line(titles[0])}"
    yield f"B: {one_line(titles[1])}"
    for comparison in found:
        yield ""
        yield from _lines(comparison.whole, "")
        for part in comparison.by_type:
            yield from _lines(part, "  ")
        for one, other in comparison.changed[:_SHOWN_CHANGES]:
            change = "lost  " if other.score < one.score else "gained"
            yield f"  {change} {one_line(one.id)}: {one_line(_cut(one))}"
            yield f"         A: {one_line(one.said)}   B: {one_line(other.said)}"
        left = len(comparison.changed) - _SHOWN_CHANGES
        if left > 0:
            yield f"  and {left} more that changed; -o FILE.html shows them all"


def data(titles: tuple[str, str], found: Sequence[Comparison]) -> dict[str, Any]:
    """The comparison for a program."""
    return {
        "first": titles[0],
        "second": titles[1],
        "measures": [
            {
                **_data(comparison.whole),
                "by_type": [_data(part) for part in comparison.by_type],
                "changed": [
                    {"first": asdict(one), "second": asdict(other)}
                    for one, other in comparison.changed
                ],
            }
            for comparison in found
        ],
    }


def page(
    titles: tuple[str, str],
    found: Sequence[Comparison],
    figures: tuple[Mapping[str, Any], Mapping[str, Any]] | None = None,
) -> str:
    """The comparison as HTML, with the items that changed side by side.

    Args:
        titles: of the two runs.
        found: measure by measure.
        figures: metrics.json of two runs on claims, for plots of both; None for other runs.
    """
    first = found[0].whole
    sections = [section for comparison in found for section in _sections(comparison)]
    if figures:
        sections.insert(1, _pictures(titles, figures))
    return render(
        f"{titles[0]} (A) and {titles[1]} (B)",
        f"{first.name}: A {number(first.first)}, B {number(first.second)}, {_said(first)}.",
        sections,
    )


def _pictures(
    titles: tuple[str, str], figures: tuple[Mapping[str, Any], Mapping[str, Any]]
) -> Section:
    names = f"A, {titles[0]}", f"B, {titles[1]}"
    both = dict(zip(names, figures, strict=True))
    curves = {name: one["reliability"] for name, one in both.items()}
    covered = {name: one["risk_coverage"] for name, one in both.items()}
    places = [
        plots.Place(name, one["milliseconds_per_item"], *one["accuracy"].values())
        for name, one in both.items()
    ]
    return Section(
        "Plots",
        "Of each run as a whole, whether or not the other has the same items.",
        pictures=(
            Picture(plots.reliability(curves, "Reliability"), "Accuracy against confidence"),
            Picture(
                plots.risk_coverage(covered, "Accuracy and coverage"),
                "Accuracy when only the surest answers are given",
            ),
            Picture(
                plots.against_cost(places, "Accuracy against cost", "accuracy"),
                "Accuracy against milliseconds an item",
            ),
        ),
    )


def _sections(comparison: Comparison) -> Iterator[Section]:
    head = ("", "items", "A", "B", "difference", "p", "gained", "lost")
    rows = (comparison.whole, *comparison.by_type)
    yield Section(
        comparison.whole.name,
        "Differences with 95% intervals by redrawing groups; p by a paired randomisation test over "
        "groups, not corrected for the number of types.",
        tables=(Table(head, tuple(_cells(row) for row in rows)),),
    )
    for name, kept in (("Lost", -1), ("Gained", 1)):
        pairs = [p for p in comparison.changed if (p[1].score - p[0].score) * kept > 0]
        yield Section(
            f"{name}: {comparison.whole.name}",
            tables=(_side_by_side(pairs),) if pairs else (),
            cases=tuple(Case(f"{one.id} in full", one.texts) for one, _ in pairs if one.texts),
        )


def _side_by_side(pairs: Sequence[tuple[Result, Result]]) -> Table:
    rows = tuple((one.id, one.type, _cut(one), one.said, other.said) for one, other in pairs)
    return Table(("item", "type", "", "A said", "B said"), rows)


def _cells(row: Difference) -> tuple[str, ...]:
    low, high = row.difference.low, row.difference.high
    ends = "" if low is None or high is None else f" [{low:+.3f}, {high:+.3f}]"
    return (
        row.name,
        str(row.items),
        number(row.first),
        number(row.second),
        f"{row.difference.value:+.3f}{ends}",
        f"{row.p:.4f}",
        str(row.gained),
        str(row.lost),
    )


def _lines(row: Difference, indent: str) -> Iterator[str]:
    name, items, first, second, difference, p, gained, lost = _cells(row)
    yield (
        f"{indent}{one_line(name):{42 - len(indent)}} A {first}, B {second}, {difference}, p {p}, "
        f"{gained} gained, {lost} lost, of {items}"
    )


def _data(row: Difference) -> dict[str, Any]:
    return {**asdict(row), "difference": row.difference.as_data()}


def _said(row: Difference) -> str:
    return f"a difference of {_cells(row)[4]}, p {row.p:.4f}"


def _cut(result: Result) -> str:
    texts = dict(result.texts)
    text = next((texts[k] for k in ("claim", "planted", "gold claim") if k in texts), result.type)
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…"
