"""Figures of the article for which the references give another value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from factcheck.checks.alignment import Place, counterpart, nearby, weights
from factcheck.checks.base import Case
from factcheck.checks.figures import Figure, Finding, Line, passages, read_lines
from factcheck.records import Quotation
from factcheck.text.clauses import names, stem
from factcheck.text.quantities import TIME_UNITS, Quantity, comparable, compatible

_YEARS = re.compile(r"\b(?:1[4-9]|20)\d\d\b|last year|a year (?:ago|earlier|before)", re.IGNORECASE)
_DERIVED = re.compile(r"\b(?:by|of the|of|a|about a|more than a)(?: just| only)? $", re.IGNORECASE)
_RATIO = 5.0
"""Figures further apart than this are about different things, unless only a scale is wrong."""

Spot = tuple[Line, Figure]


def reference_lines(case: Case) -> list[tuple[Line, Quotation]]:
    """The sentences of all reference passages with the passage each stands in."""
    return [
        (line, quotation)
        for quotation in passages(case)
        for line in read_lines(quotation.text, case.parser.parse_text(quotation.text))
    ]


def against(lines: Sequence[Line], known: Sequence[tuple[Line, Quotation]]) -> Iterator[Finding]:
    """Figures that stand nowhere in the references, where these give another for the same."""
    if not known:
        return
    weight = weights([line.parsed for line in lines] + [line.parsed for line, _ in known])
    theirs = [_place(line, figure, quote) for line, quote in known for figure in line.figures]
    ours = [_place(line, figure, None) for line in lines for figure in line.figures]
    values = [place.value[1].quantity for place in theirs]
    free = [place for place in theirs if not _among(place.value[1].quantity, ours)]
    derived = _derived(values)
    for place in ours:
        quantity = place.value[1].quantity
        if not _usable(place.value) or _among(quantity, theirs) or quantity.value in derived:
            continue
        other = counterpart(place, free, weight, _alike)
        if other and other.source:
            yield _refuted(place.value, other.value, other.source)


def _place(line: Line, figure: Figure, quotation: Quotation | None) -> Place[Spot]:
    near = nearby(line.parsed, figure.quantity.number.start) - {stem(figure.noun)}
    return Place((line, figure), near, "", quotation)


def _among(quantity: Quantity, places: Sequence[Place[Spot]]) -> bool:
    """Whether one of the places has that value, whatever it counts."""
    return any(
        abs(place.value[1].quantity.value - quantity.value) < 1e-9
        or (comparable(place.value[1].quantity, quantity) and _close(place, quantity))
        for place in places
    )


def _close(place: Place[Spot], quantity: Quantity) -> bool:
    other = place.value[1].quantity
    bounded = {quantity.bound, other.bound} & {"over", "least", "most"}
    return compatible(other, quantity) and not bounded


def _usable(spot: Spot) -> bool:
    line, figure = spot
    quantity = figure.quantity
    if quantity.unit in TIME_UNITS or quantity.kind in {"fraction", "many"} or quantity.value < 2:
        return False
    return not _DERIVED.search(line.text[max(0, quantity.span.start - 16) : quantity.span.start])


def _derived(values: Sequence[Quantity]) -> frozenset[float]:
    """Sums and differences of neighbouring figures: an article may state them in its own words."""
    near = [values[at : at + 4] for at in range(len(values))]
    pairs = [pair for few in near for pair in combinations(few, 2)]
    return frozenset(
        value for one, two in pairs for value in (one.value + two.value, abs(one.value - two.value))
    )


def _alike(one: Place[Spot], other: Place[Spot]) -> bool:
    """Whether two figures could measure the same: one unit, one noun, one time, like size."""
    (line, figure), (their_line, their_figure) = one.value, other.value
    first, second = figure.quantity, their_figure.quantity
    if not comparable(first, second) or compatible(first, second) or first.rate != second.rate:
        return False
    if figure.noun and their_figure.noun and stem(figure.noun) != stem(their_figure.noun):
        return False
    strangers = names(line.parsed.doc), names(their_line.parsed.doc)
    if strangers[0] - strangers[1] and strangers[1] - strangers[0]:
        return False
    times, their_times = set(_YEARS.findall(line.text)), set(_YEARS.findall(their_line.text))
    if times and their_times and not times & their_times:
        return False
    low, high = sorted((first.value, second.value))
    return low > 0 and (high / low <= _RATIO or _only_scale(low, high))


def _only_scale(low: float, high: float) -> bool:
    return f"{low:e}".partition("e")[0] == f"{high:e}".partition("e")[0]


def _refuted(ours: Spot, theirs: Spot, source: Quotation) -> Finding:
    (line, figure), (their_line, their_figure) = ours, theirs
    span = their_line.span(their_figure)
    words = span.of(source.text)
    place = Quotation(source.origin, source.source_id, span.shifted(source.span.start), words)
    noun = f" ({figure.noun})" if figure.noun else ""
    return Finding(
        line.span(figure),
        place,
        f"The reference says {words}{noun}, the article {line.words(figure)}.",
        0.6,
        words,
    )
