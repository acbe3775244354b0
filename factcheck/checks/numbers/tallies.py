"""Votes that a reference counts otherwise: '41 votes to 29' where it has 'Ayes 39, Noes 31'.

Both numbers of a vote may be wrong at once and still add up to the same body. So a vote of the
article is held against the votes in the references with the same sum, and a margin ('won by 161
votes') against the differences of the votes there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from factcheck.checks.alignment import around, weights
from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import FIGURE, Figure, Line, mistyped, show
from factcheck.records import Quotation, Span
from factcheck.text.clauses import stem

_VOTE = re.compile(rf"{FIGURE}(?: votes?)?(?: to |-|\u2013|, with | against ){FIGURE}")
_MARGIN = re.compile(rf"\b(?:by|of)(?: just| only| a mere)? {FIGURE}(?P<votes> votes?)?")
_LEAD = re.compile(
    r"\b(?:won|beat|beaten|lost|led|leads?|trail(?:ed|s)|turned down|margin|majority|re-?elected"
    r"|defeated|carried|rejected|passed)\b",
    re.IGNORECASE,
)
_VOTING = re.compile(
    r"\b(?:vot(?:e[sd]?|ing)|ballot|motion|resolution|confidence|(?:re)?elected|majority|carried"
    r"|rejected|overruled|passed|approved|defeated|division|threw out|thrown out)\b",
    re.IGNORECASE,
)
_SIDES = re.compile(
    r"\b(?:ayes?|noes|nays?|yeas?|yes|no|for|against|in favou?r|opposed|votes?|dissent\w*)\b",
    re.IGNORECASE,
)
_ABSTAINED = re.compile(r"\W*(?:\w+ )?(?:abst|absent)", re.IGNORECASE)
"""After a count that is of no side: '59, with 15 abstentions'."""
_CLOSE = 45
"""Characters between the two counts of one vote at most."""
_LARGE = 30
"""Two votes with a sum from here on are hardly of two bodies."""
_SHARED = 0.6
"""What two smaller ones, or a margin and a vote, must share with their sentences, in rare words."""


_OF_ANY_VOTE = frozenset(map(stem, ("vote", "ballot", "motion", "majority", "resolution")))
"""Stems that tell no vote from another."""


@dataclass(frozen=True)
class _Tally:
    """The two counts of a vote."""

    line: Line
    """The sentence of the first count."""
    one: Figure
    """The count named first."""
    other: Figure
    """The count named second."""
    words: frozenset[str]
    """Stems of the words of the sentence and those next to it."""
    span: Span
    """From the first count to the second, in the whole text."""
    source: Quotation | None = None
    """The passage it stands in; None for the article itself."""

    @property
    def counts(self) -> frozenset[float]:
        """Both, in either order."""
        return frozenset((self.one.quantity.value, self.other.quantity.value))

    @property
    def margin(self) -> float:
        """By how many the larger side won."""
        return abs(self.one.quantity.value - self.other.quantity.value)

    @property
    def quote(self) -> Quotation | None:
        """Its words in the reference; None in the article."""
        return self.source.part(self.span) if self.source else None

    @property
    def sum(self) -> float:
        """All who voted."""
        return self.one.quantity.value + self.other.quantity.value


def tallies(lines: Sequence[Line], known: Sequence[tuple[Line, Quotation]]) -> Iterator[Finding]:
    """Votes that stand in no reference, where these give one otherwise for the same body."""
    theirs = list(_theirs(known))
    if not theirs:
        return
    ours = list(_ours(lines))
    weight = weights([line.parsed for line in lines] + [line.parsed for line, _ in known])
    yield from _margins(lines, known, theirs, weight)
    told, written = {t.counts for t in theirs}, {t.counts for t in ours}
    for tally in ours:
        if tally.counts in told:
            continue
        rivals = [
            other
            for other in theirs
            if other.sum == tally.sum
            and other.counts not in written
            and _same_vote(tally, other, weight)
        ]
        if len({other.counts for other in rivals}) == 1:
            yield _refuted(tally, rivals[0])


def _margins(
    lines: Sequence[Line],
    known: Sequence[tuple[Line, Quotation]],
    theirs: Sequence[_Tally],
    weight: Mapping[str, float],
) -> Iterator[Finding]:
    """Margins that differ by a slip from that of a vote in a reference, told in like words."""
    told = {figure.quantity.value for line, _ in known for figure in line.figures}
    told |= {tally.margin for tally in theirs}
    for at, line in enumerate(lines):
        words = around([near.parsed for near in lines], at)
        for match in _MARGIN.finditer(line.mask) if _LEAD.search(line.text) else ():
            figure = line.figures[int(match[1])]
            value = figure.quantity.value
            counts_votes = match["votes"] or not (figure.noun or figure.quantity.unit)
            if not counts_votes or value in told or line.mask.startswith(" to", match.end()):
                continue
            rivals = [
                other
                for other in theirs
                if other.sum > _LARGE
                and mistyped(value, other.margin)
                and _shared(words, other.words - _OF_ANY_VOTE, weight) >= _SHARED
            ]
            if len({tally.margin for tally in rivals}) == 1:
                yield _wrong_margin(line, figure, rivals[0])


def _same_vote(one: _Tally, other: _Tally, weight: Mapping[str, float]) -> bool:
    return one.sum >= _LARGE or _shared(one.words, other.words, weight) >= _SHARED


def _shared(one: frozenset[str], other: frozenset[str], weight: Mapping[str, float]) -> float:
    """What two places have in common, in rare words."""
    return sum(weight.get(word, 0.0) for word in one & other)


def _ours(lines: Sequence[Line]) -> Iterator[_Tally]:
    for at, line in enumerate(lines):
        if not _VOTING.search(line.text):
            continue
        words = around([near.parsed for near in lines], at)
        for match in _VOTE.finditer(line.mask):
            one, other = (line.figures[int(number)] for number in match.groups())
            if not one.quantity.unit and not other.quantity.unit:
                yield _Tally(line, one, other, words, line.span(one, other))


def _theirs(known: Sequence[tuple[Line, Quotation]]) -> Iterator[_Tally]:
    """Two counts one after the other with the sides named, in one sentence or two short ones."""
    parsed = [line.parsed for line, _ in known]
    figures = [(at, figure) for at, (line, _) in enumerate(known) for figure in line.figures]
    for (at, one), (next_at, other) in pairwise(figures):
        (line, source), (next_line, next_source) = known[at], known[next_at]
        if one.quantity.unit or other.quantity.unit or source is not next_source:
            continue
        span = Span(line.span(one).start, next_line.span(other).end)
        close = next_line.span(other).start - line.span(one).end <= _CLOSE
        if _ABSTAINED.match(source.text, span.end):
            continue
        if close and next_at - at <= 1 and _SIDES.search(_around(source.text, span)):
            words = around(parsed, at) | around(parsed, next_at)
            yield _Tally(line, one, other, words, span, source)


def _around(text: str, span: Span) -> str:
    return text[max(0, span.start - 12) : span.end + 12]


def _refuted(ours: _Tally, theirs: _Tally) -> Finding:
    values = [show(figure.quantity.value) for figure in (theirs.one, theirs.other)]
    written = [ours.line.words(figure) for figure in (ours.one, ours.other)]
    return Finding(
        ours.span,
        theirs.quote,
        f"The reference counts {values[0]} and {values[1]} votes, the article"
        f" {written[0]} and {written[1]}.",
        0.6,
    )


def _wrong_margin(line: Line, figure: Figure, theirs: _Tally) -> Finding:
    values = [show(figure.quantity.value) for figure in (theirs.one, theirs.other)]
    margin = show(theirs.margin)
    return Finding(
        line.span(figure),
        theirs.quote,
        f"In the reference {values[0]} and {values[1]} votes differ by {margin},"
        f" in the article by {line.words(figure)}.",
        0.6,
        margin,
    )
