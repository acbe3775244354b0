"""One number with two scales: '$6.5 million' here, '$6.5 billion' there; '19 days' for 19 hours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import Line
from factcheck.checks.numbers.operands import Held
from factcheck.text.clauses import stem
from factcheck.text.quantities import TIME_UNITS, family, scaled

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LEAD = 2
"""Sentences of the body that tell again what the headline says."""
_LEAST_TIME = 4
_SCALE = 10
"""Two figures of the same digits that differ so many times differ by a scale."""
_CONTENT = frozenset({"NOUN", "PROPN"})


def scales(lines: Sequence[Line]) -> Iterator[Finding]:
    """Figures with the digits of an earlier one, of the same kind, but of another scale."""
    body = [line for line in lines if not line.headline]
    title = [line for line in lines if line.headline]
    known: dict[str, Held] = {}
    for held in _held(title):
        known.setdefault(_digits(held), held)
    for number, line in enumerate(body):
        for held in _held([line]):
            earlier = known.setdefault(_digits(held), held)
            in_lead = earlier.line.headline and number < _LEAD
            if _clash(earlier, held) and (in_lead or _on_one_thing(earlier, held)):
                yield Finding(
                    held.span,
                    earlier.span,
                    f"It says {held.words} here and {earlier.words} elsewhere in the article.",
                    0.75 if in_lead else 0.6,
                )


def _held(lines: Sequence[Line]) -> list[Held]:
    return [Held(line, f) for line in lines for f in line.figures if f.quantity.kind == "digits"]


def _digits(held: Held) -> str:
    match = _DIGITS.search(held.words)
    kind = "time" if held.unit in TIME_UNITS else family(held.unit)
    return f"{match.group() if match else ''} {kind}"


def _clash(one: Held, other: Held) -> bool:
    """Whether they are of one kind and apart by a scale, or by a unit of time."""
    if one.line is other.line or one.figure.quantity.rate != other.figure.quantity.rate:
        return False
    if {one.unit, other.unit} <= TIME_UNITS:
        return one.unit != other.unit and one.value == other.value >= _LEAST_TIME
    sizes = sorted(scaled(held.figure.quantity) for held in (one, other))
    alike = bool(one.unit) and family(one.unit) == family(other.unit)
    return alike and sizes[1] >= _SCALE * sizes[0] > 0


def _on_one_thing(one: Held, other: Held) -> bool:
    """Whether the digits are no round number and their sentences share two nouns."""
    digits = _digits(one).split()[0].replace(",", "").strip("0").replace(".", "")
    shared = _nouns(one.line) & _nouns(other.line)
    return len(digits) > 1 and len(shared) > 1


def _nouns(line: Line) -> frozenset[str]:
    return frozenset(stem(t.lemma_) for t in line.parsed.doc if t.pos_ in _CONTENT)
