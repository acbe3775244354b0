"""Ordinals that a reference gives otherwise: 'the fourth quarter' where it has 'the third quarter'.

What is numbered must be the same, and stand in like words on both sides. An ordinal is left alone
where the references have it, or its number, with what it numbers; so is one whose counterpart in
the reference the article has as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.checks.alignment import Place, around, evidence, nearby, weights
from factcheck.checks.figures import Finding, Line
from factcheck.records import Quotation, Span
from factcheck.text.clauses import content, counted, stem
from factcheck.text.dates import MONTHS
from factcheck.text.timemarks import ORDINALS

_ORDINAL = re.compile(
    rf"\b(?:(?P<word>{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"
    r"|(?P<digits>\d{1,3})(?:st|nd|rd|th)|Q(?P<quarter>[1-4]))\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?: and | or | to |, |-|\u2013|/)(?:the )?")
"""What stands between ordinals that number one thing: 'the first and second quarters'."""
_QUARTER = "quarter"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ENOUGH = 1.6
"""What must speak for it that two ordinals number the same, in rare words."""
_SHARED = 2
"""So many words must stand near both, besides what is numbered."""


@dataclass(frozen=True)
class _Ordinal:
    """An ordinal in its sentence."""

    line: Line
    """The sentence."""
    span: Span
    """Its place in the sentence."""
    value: int
    """Its number."""
    noun: str
    """Stem of what it numbers."""

    @property
    def words(self) -> str:
        """As written."""
        return self.span.of(self.line.text)

    @property
    def key(self) -> tuple[int, str]:
        """The number and what is numbered."""
        return self.value, self.noun


def ordinals_against(
    lines: Sequence[Line], known: Sequence[tuple[Line, Quotation]]
) -> Iterator[Finding]:
    """Ordinals of the article of which the references give another for the same."""
    ours = list(_places([(line, None) for line in lines]))
    theirs = list(_places(known)) if ours else []
    if not theirs:
        return
    told, written = _told(theirs, [line for line, _ in known]), {p.value.key for p in ours}
    weight = weights([line.parsed for line in lines] + [line.parsed for line, _ in known])
    free = [place for place in theirs if place.value.key not in written]
    for place in ours:
        if place.value.key in told:
            continue
        scored = [(evidence(place, o, weight), o) for o in free if _same_thing(place, o)]
        score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        if best and best.source and score >= _ENOUGH:
            yield _refuted(place.value, best.value, best.source)


def _places(known: Sequence[tuple[Line, Quotation | None]]) -> Iterator[Place[_Ordinal]]:
    """The ordinals of sentences with what stands around them, within the same passage."""
    for at, (line, source) in enumerate(known):
        for ordinal in _ordinals(line):
            close = known[max(0, at - 1) : at + 2]
            parsed = [other.parsed for other, passage in close if passage is source]
            own = {ordinal.noun, stem(ordinal.words)}
            yield Place(
                ordinal,
                nearby(line.parsed, ordinal.span.start) - own,
                around(parsed, parsed.index(line.parsed)) - own,
                frozenset(figure.quantity.value for figure in line.figures),
                frozenset(),
                source,
            )


def _ordinals(line: Line) -> Iterator[_Ordinal]:
    """The ordinals of a sentence that number something other than days of a month."""
    noun, after = "", len(line.text)
    for match in reversed(list(_ORDINAL.finditer(line.text))):
        if not _JOINED.fullmatch(line.text, match.end(), after):
            noun = _QUARTER if match["quarter"] else counted(line.parsed.doc, match.end())
        after = match.start()
        if not noun or noun in MONTHS:
            continue
        number = match["digits"] or match["quarter"]
        value = int(number) if number else ORDINALS[match["word"].lower()]
        yield _Ordinal(line, Span(match.start(), match.end()), value, stem(noun))


def _told(theirs: Sequence[Place[_Ordinal]], lines: Sequence[Line]) -> set[tuple[float, str]]:
    """What the references number, and every figure in a sentence that names it ('grade 4')."""
    told: set[tuple[float, str]] = {place.value.key for place in theirs}
    for line in lines:
        values = {figure.quantity.value for figure in line.figures}
        told |= {(value, noun) for value in values for noun in content(line.parsed.doc)}
    return told


def _same_thing(one: Place[_Ordinal], other: Place[_Ordinal]) -> bool:
    """Whether two ordinals may number the same: one noun, no two years, like words."""
    years, theirs = (set(_YEAR.findall(place.value.line.text)) for place in (one, other))
    if years and theirs and not years & theirs:
        return False
    return one.value.noun == other.value.noun and len(one.near & other.near) >= _SHARED


def _refuted(ours: _Ordinal, theirs: _Ordinal, source: Quotation) -> Finding:
    place = source.part(theirs.span.shifted(theirs.line.parsed.span.start))
    return Finding(
        ours.span.shifted(ours.line.parsed.span.start),
        place,
        f"The reference says {place.text} where the article says {ours.words}.",
        0.6,
        place.text if _form(ours.words) == _form(place.text) else None,
    )


def _form(words: str) -> tuple[bool, bool]:
    """Whether it is a word ('third'), which the digits of '3rd' or 'Q3' cannot stand for."""
    return words.isalpha(), words[:1].isupper()
