"""Ordinals that a reference gives otherwise: 'the fourth quarter' where it has 'the third quarter'.

What is numbered must be the same, and stand in like words on both sides. An ordinal is left alone
where the references have it, or its number, with what it numbers; so is one whose counterpart in
the reference the article has as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.checks.alignment import Place, around, evidence, nearby, weights
from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import Line
from factcheck.records import Quotation, Span
from factcheck.text.clauses import content, counted, stem
from factcheck.text.dates import MONTHS
from factcheck.text.timemarks import ORDINALS

_SIMPLE = {word: value for word, value in ORDINALS.items() if "-" not in word}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_ORDINAL = re.compile(
    rf"(?<![\w,.-])(?<!hundred )(?<!hundred and )(?:(?:(?P<tens>{'|'.join(_TENS)})[- ])?"
    rf"(?P<word>{'|'.join(sorted(_SIMPLE, key=len, reverse=True))})"
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
    theirs = list(_places([pair for pair in known if not pair[0].is_table])) if ours else []
    if not theirs:
        return
    told, written = _told(theirs, [line for line, _ in known]), {p.value.key for p in ours}
    weight = weights([line.parsed for line in lines] + [line.parsed for line, _ in known])
    free: dict[str, list[Place[_Ordinal]]] = defaultdict(list)
    for place in theirs:
        if place.value.key not in written:
            free[place.value.noun].append(place)
    for place in ours:
        if place.value.key in told:
            continue
        listed = free[place.value.noun]
        scored = [(evidence(place, o, weight), o) for o in listed if _same_thing(place, o)]
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
        value = int(number) if number else _spoken(match["tens"], match["word"])
        yield _Ordinal(line, Span(match.start(), match.end()), value, stem(noun))


def _spoken(tens: str | None, word: str) -> int:
    """The number of an ordinal in words: 45 for 'forty-fifth'."""
    return (_TENS[tens.lower()] if tens else 0) + _SIMPLE[word.lower()]


def _told(theirs: Sequence[Place[_Ordinal]], lines: Sequence[Line]) -> set[tuple[float, str]]:
    """What the references number, and every figure in a sentence that names it ('grade 4')."""
    told: set[tuple[float, str]] = {place.value.key for place in theirs}
    for line in lines:
        values = {figure.quantity.value for figure in line.figures}
        told |= {(value, noun) for value in values for noun in content(line.parsed.doc)}
    return told


def _same_thing(one: Place[_Ordinal], other: Place[_Ordinal]) -> bool:
    """Whether two ordinals of one noun may number the same: no two years, like words."""
    years, theirs = (set(_YEAR.findall(place.value.line.text)) for place in (one, other))
    if years and theirs and not years & theirs:
        return False
    return len(one.near & other.near) >= _SHARED


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
    """Whether it has digits, and whether it begins with a capital: 'Q3' is no word for 'fourth'."""
    return any(c.isdigit() for c in words), words[:1].isupper()
