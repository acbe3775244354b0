"""One number with two scales: '$6.5 million' here, '$6.5 billion' there; '19 days' for 19 hours."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import Line
from factcheck.checks.numbers.operands import Held
from factcheck.checks.numbers.things import things_of
from factcheck.text.clauses import stem
from factcheck.text.quantities import TIME_UNITS, family, scaled

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_YEAR = re.compile(r"\b(?:1[4-9]|20)\d\d\b")
_KEPT = 8
"""How many earlier figures of the same digits are looked at."""
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
    known: dict[str, list[Held]] = defaultdict(list)
    for held in _held(title):
        known[_digits(held)].append(held)
    for number, line in enumerate(body):
        for held in _held([line]):
            like = known[_digits(held)]
            earlier = next((one for one in like[:_KEPT] if _slipped(one, held, number)), None)
            like.append(held)
            if earlier is not None:
                yield Finding(
                    held.span,
                    earlier.span,
                    f"It says {held.words} here and {earlier.words} elsewhere in the article.",
                    0.75 if earlier.line.headline and number < _LEAD else 0.6,
                )


def _slipped(earlier: Held, held: Held, number: int) -> bool:
    """Whether one is the other with the wrong scale, `number` sentences into the body."""
    if not _clash(earlier, held):
        return False
    in_lead = earlier.line.headline and number < _LEAD
    return in_lead or (_is_telling(held) and _on_one_thing(earlier, held))


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


def _is_telling(held: Held) -> bool:
    """Whether the digits are no round number, which two amounts share by chance."""
    digits = _digits(held).split()[0].replace(",", "").strip("0").replace(".", "")
    return len(digits) > 1


def _on_one_thing(one: Held, other: Held) -> bool:
    """Whether the two are of one thing, or their sentences share two nouns."""
    if len(_nouns(one.line) & _nouns(other.line)) > 1:
        return True
    years, others = _years(one.line), _years(other.line)
    apart = bool(years and others) and years != others
    return not apart and things_of(one).meet(things_of(other))


def _years(line: Line) -> frozenset[str]:
    return frozenset(_YEAR.findall(line.text))


def _nouns(line: Line) -> frozenset[str]:
    return frozenset(stem(t.lemma_) for t in line.parsed.doc if t.pos_ in _CONTENT)
