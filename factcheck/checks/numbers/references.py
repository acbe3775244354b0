"""Figures of the article for which the references give another value.

A figure is suspected where no reference has it in any form, and where a reference has another of
its kind, missing from the article, in like surroundings: each is then the other's best match.
A slip of the fingers ('£64m' for '£46m') makes up for some of the surroundings.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from factcheck.checks.alignment import Place, evidence, weights
from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import Figure, Line, mistyped
from factcheck.checks.numbers.spots import (
    Spot,
    is_amount,
    is_bare,
    is_change,
    is_due,
    measure,
    read_spots,
)
from factcheck.checks.numbers.subjects import are_namesakes
from factcheck.checks.numbers.voices import differ, voice_of
from factcheck.records import Quotation
from factcheck.text.quantities import Quantity, comparable, compatible

_YEARS = re.compile(r"\b(?:1[4-9]|20)\d\d\b|last year|a year (?:ago|earlier|before)", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_PERHAPS = re.compile(
    r"\b(?:perhaps|possibly|maybe|allegedly|reportedly|supposedly)\b", re.IGNORECASE
)
_BOUNDS = frozenset({"least", "most"})
"""Where two figures are both 'at least' or both 'up to' something, the bounds themselves must
agree: taken as ranges, any two such figures would meet."""
_OTHERS = re.compile(r"^\W*(?:\w+ )?(?:others?|more|another|further)\b", re.IGNORECASE)
_RATIO = 5.0
"""Figures further apart than this are about different things, unless only a digit is wrong."""
_FEW_DIGITS = 2
"""Figures of so many differ in one by chance; of fewer, always."""
_ZEROS = 100.0
"""Nobody mistypes more noughts than these; a 'thousand' may be left out."""
_SMALL = 12
"""Counts up to here stand in many sentences by chance."""
_SAME_NOUN, _SAME_UNIT, _SLIP, _STRANGERS = 0.5, 0.45, 0.9, 0.5
"""What these are worth for (or against) two figures measuring the same, in rare words."""
_ENOUGH, _ENOUGH_SMALL = 1.65, 2.4
"""What must speak for a pair, in rare words; for small counts more."""
_UNLIKE = 2.0
"""What must speak for it besides where the two are no slip of one another, in other words."""
_SHARED, _NEARLY_ALL = 2, 0.75
"""Words near both, and their part of those near either, from which the words are the same."""
_DOUBTFUL = 1.0
"""What must speak for it besides where the article may have reckoned its figure."""


def against(
    lines: Sequence[Line],
    known: Sequence[tuple[Line, Quotation]],
    further: Iterable[Quantity] = (),
) -> Iterator[Finding]:
    """Figures that stand nowhere in the references, where these give another for the same.

    Args:
        lines: the article's sentences.
        known: those of the references.
        further: figures of other references, which nothing is compared with.
    """
    if not known:
        return
    weight = weights([line.parsed for line in lines] + [line.parsed for line, _ in known])
    ours, theirs = list(read_spots([(line, None) for line in lines])), list(read_spots(known))
    told, written = _Values(theirs, further), _Values(ours)
    derived = _derived(theirs)
    missing = [place for place in ours if is_due(place.value) and not told.have(place.value)]
    free = [place for place in theirs if is_amount(place.value) and not written.state(place.value)]
    for place, other, score in _matched(missing, free, weight):
        doubtful = place.value.size in derived or is_change(place.value)
        enough = _enough(place.value) + (_DOUBTFUL if doubtful else 0.0)
        if not _slipped(place.value, other.value) and not _same_words(place, other):
            enough += _UNLIKE
        agreed = _linked(place, other) or _telling_slip(place.value, other.value)
        made = _reckoned(place, other) or written.part(place.value, other.value)
        firm = _is_firm(place.value, other.value)
        if other.source and score >= enough and agreed and firm and not made:
            yield _refuted(place.value, other.value, other.source)


class _Values:
    """The values that a text gives, by kind."""

    def __init__(self, places: Sequence[Place[Spot]], further: Iterable[Quantity] = ()) -> None:
        self._exact: set[tuple[str, float]] = set()
        self._numbers = {
            round(p.value.figure.quantity.value, 6) for p in places if is_bare(p.value)
        }
        self._all = {round(p.value.figure.quantity.value, 6) for p in places}
        self._sorted: dict[str, list[tuple[float, Quantity]]] = defaultdict(list)
        measured = [(p.value.kind, p.value.size, p.value.figure.quantity) for p in places]
        for kind, size, quantity in (*measured, *((*measure(q), q) for q in further)):
            self._exact.add((kind, round(size, 6)))
            for end in {quantity.low, quantity.high}:
                self._sorted[kind].append((size * end / (quantity.value or 1.0), quantity))
        for listed in self._sorted.values():
            listed.sort(key=lambda item: item[0])

    def state(self, spot: Spot) -> bool:
        """Whether they have just this value, of its kind or without a unit."""
        number = round(spot.figure.quantity.value, 6)
        same = (spot.kind, round(spot.size, 6)) in self._exact or number in self._numbers
        return same or (is_bare(spot) and number in self._all)

    def part(self, one: Spot, other: Spot) -> bool:
        """Whether they have what one is more than the other, of their kind or without a unit."""
        size = abs(one.size - other.size)
        number = size * one.figure.quantity.value / one.size
        told = (one.kind, round(size, 6)) in self._exact or round(number, 6) in self._numbers
        return told and number > _SMALL

    def have(self, spot: Spot) -> bool:
        """Whether they have this value, or one that it may be a rounding of."""
        if self.state(spot):
            return True
        listed = self._sorted.get(spot.kind, [])
        low = bisect_left(listed, spot.size * 0.8, key=lambda item: item[0])
        high = bisect_right(listed, spot.size * 1.25, key=lambda item: item[0])
        quantity = spot.figure.quantity
        return any(
            _close(quantity, other)
            or (spot.kind == "time" and abs(size - spot.size) < 0.021 * spot.size)
            for size, other in listed[low:high]
        )


def _close(one: Quantity, other: Quantity) -> bool:
    bounded = {one.bound, other.bound} & {"over", "least", "most"}
    return _meet(one, other) and not bounded


def _meet(one: Quantity, other: Quantity) -> bool:
    """Whether one may be a rounding or a vaguer form of the other."""
    if not (comparable(one, other) and compatible(one, other)):
        return False
    if one.unit != other.unit:
        return True
    if one.bound == other.bound and one.bound in _BOUNDS:
        one, other = replace(one, bound="exact"), replace(other, bound="exact")
    (low, high), (other_low, other_high) = one.interval, other.interval
    return low <= other.value <= high or other_low <= one.value <= other_high


def _reckoned(ours: Place[Spot], theirs: Place[Spot]) -> bool:
    """Whether the article may have made its figure of the reference's and those beside the two.

    A sum or difference of figures of the reference's sentence; the reference's figure with one
    that stands near either added or taken away; or so many times, or so many hundredths of it.
    """
    value = ours.value.figure.quantity.value
    given = theirs.value.figure.quantity.value
    told = [figure.quantity.value for figure in theirs.value.line.figures]
    if any(value in (a + b, abs(a - b)) for a, b in combinations(told, 2)):
        return True
    size, base = ours.value.size, theirs.value.size
    near = (ours.far_anchors | theirs.far_anchors) - {value, given}
    beside = (ours.anchors | theirs.anchors) - {value, given}
    return any(value in (given + x, abs(given - x)) for x in near) or any(
        math.isclose(size, made) for x in beside for made in (base * x, base * x / 100)
    )


def _derived(places: Sequence[Place[Spot]]) -> frozenset[float]:
    """Sums and differences of neighbouring figures: an article may state them in its own words."""
    near = [[place.value for place in places[at : at + 4]] for at in range(len(places))]
    pairs = [(one, two) for few in near for one, two in combinations(few, 2)]
    return frozenset(
        value
        for one, two in pairs
        if one.kind == two.kind
        for value in (one.size + two.size, abs(one.size - two.size))
    )


def _matched(
    missing: Sequence[Place[Spot]], free: Sequence[Place[Spot]], weight: Mapping[str, float]
) -> Iterator[tuple[Place[Spot], Place[Spot], float]]:
    """The pairs of which each is the other's best, with what speaks for them."""
    by_kind: dict[str, list[Place[Spot]]] = defaultdict(list)
    for place in free:
        by_kind[place.value.kind].append(place)
    best: dict[float, float] = defaultdict(float)
    chosen = []
    for place in missing:
        scored = [
            (_score(place, other, weight), other)
            for other in by_kind[place.value.kind]
            if _alike(place.value, other.value)
        ]
        for score, other in scored:
            best[other.value.size] = max(best[other.value.size], score)
        if scored:
            chosen.append((place, *max(scored, key=lambda item: item[0])))
    for place, score, other in chosen:
        if score >= best[other.value.size]:
            yield place, other, score


def _is_firm(ours: Spot, theirs: Spot) -> bool:
    """Whether the reference gives its figure as so, of the same thing, not as one side's word."""
    here, there = ((s.line.parsed, s.figure.quantity.number.start) for s in (ours, theirs))
    mine, told = voice_of(here), voice_of(there)
    one_sided = told is not None and (told.is_person or mine is not None)
    unsure = _PERHAPS.search(theirs.line.text) or (one_sided and differ(mine, told))
    return not unsure and not are_namesakes(here, there)


def _linked(one: Place[Spot], other: Place[Spot]) -> bool:
    """Whether a word or figure stands near both figures, or both count the same."""
    same = one.value.noun and one.value.noun == other.value.noun
    return bool(same or one.near & other.near or one.anchors & other.anchors)


def _telling_slip(one: Spot, other: Spot) -> bool:
    """Whether one is the other mistyped in a way that hardly comes by chance.

    Every round sum is another one with its only digit changed; every fifth number of two digits is.
    """
    first, second = (f"{s.figure.quantity.value:.10g}".strip("0") for s in (one, other))
    digits = min(len(first.replace(".", "")), len(second.replace(".", "")))
    if not _slipped(one, other) or digits < _FEW_DIGITS:
        return False
    return digits > _FEW_DIGITS or first == second or sorted(first) == sorted(second)


def _same_words(one: Place[Spot], other: Place[Spot]) -> bool:
    """Whether nearly all that stands near either figure stands near both."""
    shared = len(one.near & other.near)
    return shared >= _SHARED and shared >= _NEARLY_ALL * len(one.near | other.near)


def _enough(spot: Spot) -> float:
    return _ENOUGH_SMALL if not spot.kind and spot.size <= _SMALL else _ENOUGH


def _score(one: Place[Spot], other: Place[Spot], weight: Mapping[str, float]) -> float:
    first, second = one.value, other.value
    score = evidence(one, other, weight)
    if first.noun and second.noun:
        score += _SAME_NOUN if first.noun == second.noun else -_SAME_NOUN
    if first.figure.quantity.unit and first.figure.quantity.unit == second.figure.quantity.unit:
        score += _SAME_UNIT
    if _slipped(first, second):
        score += _SLIP
    if first.names and second.names and not first.names & second.names:
        score -= _STRANGERS
    return score


def _slipped(one: Spot, other: Spot) -> bool:
    """Whether one is the other mistyped, which takes digits on one side."""
    first, second = one.figure.quantity, other.figure.quantity
    in_words = not any(_DIGIT.search(s.line.words(s.figure)) for s in (one, other))
    low, high = sorted((first.value, second.value))
    if high > _ZEROS * low:
        return False  # 'two hundred and forty' may be thousands
    return not in_words and first.unit == second.unit and mistyped(first.value, second.value)


def _alike(one: Spot, other: Spot) -> bool:
    """Whether two figures could measure the same: one kind, one time, like size."""
    first, second = one.figure.quantity, other.figure.quantity
    if first.rate and second.rate and first.rate != second.rate:
        return False
    if _meet(first, second) or _rounded(first, second):
        return False
    times, their_times = set(_YEARS.findall(one.line.text)), set(_YEARS.findall(other.line.text))
    if times and their_times and not times & their_times:
        return False
    if abs(first.value - second.value) == 1 and (_with_others(one) or _with_others(other)):
        return False
    low, high = sorted((one.size, other.size))
    return low > 0 and (high / low <= _RATIO or _slipped(one, other))


def _rounded(one: Quantity, other: Quantity) -> bool:
    """Whether one is the other without its fraction ('four dollars' for $4.13)."""
    return one.unit == other.unit and (
        int(one.value) == other.value or int(other.value) == one.value
    )


def _with_others(spot: Spot) -> bool:
    """Whether the figure leaves somebody out: 'thirteen other mayors'."""
    return bool(_OTHERS.match(spot.line.text[spot.figure.quantity.span.end :]))


def _refuted(ours: Spot, theirs: Spot, source: Quotation) -> Finding:
    place = source.part(theirs.line.span(theirs.figure))
    words, figure = place.text, ours.figure
    return Finding(
        ours.line.span(figure),
        place,
        f"The reference says {words}, the article {ours.line.words(figure)}.",
        0.6,
        words if _with_unit(figure) == _with_unit(theirs.figure) else None,
    )


def _with_unit(figure: Figure) -> bool:
    """Whether its words have a sign or unit besides the number."""
    return figure.quantity.span != figure.quantity.number
