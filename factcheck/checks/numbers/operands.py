"""Which figures a derived figure comes from: those beside it in the sentence, or just before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from factcheck.checks.numbers.figures import FIGURE, Figure, Line
from factcheck.records import Span
from factcheck.text.quantities import TIME_UNITS

MADE_UP = re.compile(
    r"\b(?:made up of|consists? of|consisting of|compris\w+|divided into|split (?:into|between)"
    r"|broken down (?:into|as)|(?:paid for|funded|financed|met) (?:by|with|from|out of)"
    r"|(?:split|shared|divided) \u27e6\d+\u27e7 ways)\b",
    re.IGNORECASE,
)
"""Words after which the parts of a total are listed, in a text whose figures are masked."""
LAST = re.compile(r"\band\b[^,]*$", re.IGNORECASE)
"""Before the last figure of a list; an 'and' before the last comma joins other words."""
BACK = 3
"""Sentences before one that its derived figures may come from."""
_AGAINST = re.compile(
    r"(?: [a-z'\u2019-]+){0,6}?,? (?:to|against|from|up from|down from|compared (?:with|to)|and|not"
    r"|instead of|rather than)(?: [a-z'\u2019-]+){0,5} |[-\u2013]",
    re.IGNORECASE,
)
"""Between two figures that are set against each other."""
_NEW_CLAUSE = re.compile(
    r"[;:]|\b(?:while|but|whereas|although)\b"
    r"|\band\b(?! (?:now|today|then|is|was|are|were|costs?|stands?|stood) )"
)
_SMALL = 10
"""Below it two figures of different sentences meet too often by chance."""


@dataclass(frozen=True)
class Held:
    """A figure with the sentence it stands in."""

    line: Line
    """The sentence."""
    figure: Figure
    """The figure."""

    @property
    def value(self) -> float:
        """Its value."""
        return self.figure.quantity.value

    @property
    def unit(self) -> str:
        """Its unit."""
        return self.figure.quantity.unit

    @property
    def words(self) -> str:
        """As written."""
        return self.line.words(self.figure)

    @property
    def span(self) -> Span:
        """Where it stands in the whole text."""
        return self.line.span(self.figure)


Pair = tuple[Held, Held]


@dataclass(frozen=True)
class Operands:
    """The figures of one kind around a derived one."""

    own: tuple[Held, ...]
    """In its sentence, without it."""
    earlier: tuple[Held, ...]
    """In the sentences before."""

    def pairs(self) -> Iterator[Pair]:
        """Every two of them that are of one unit."""
        for one, other in combinations((*self.earlier, *self.own), 2):
            if one_unit(one, other):
                yield one, other

    def meant(self, across: bool = True) -> Pair | None:
        """The two that the words mean, where no other can be.

        Both in the sentence; or one there and, if it may lie `across` sentences, one before it.
        """
        if len(self.own) == 2 and one_unit(*self.own):
            return self.own[0], self.own[1]
        if not across or len(self.own) != 1 or self.own[0].value < _SMALL:
            return None
        alike = [h for h in self.earlier if one_unit(h, self.own[0]) and h.value >= _SMALL]
        nearest = [h for h in alike if h.line is alike[-1].line]
        return (nearest[0], self.own[0]) if len(nearest) == 1 else None

    def set_against(self) -> Pair | None:
        """The only two of the last sentence before that has any, if it sets them off."""
        if self.own or not self.earlier:
            return None
        last = [held for held in self.earlier if held.line is self.earlier[-1].line]
        if len(last) != 2 or not one_unit(*last):
            return None
        one, other = last
        between = words_between(one, other)
        return (one, other) if _AGAINST.fullmatch(between) else None


def operands(
    line: Line,
    before: Sequence[Line],
    like: Callable[[Figure], bool],
    without: Span | None = None,
) -> Operands:
    """The figures of `line` and of the sentences before it that are `like` what is looked for.

    Args:
        line: the sentence of the derived figure.
        before: the sentences before it.
        like: whether a figure can be an operand.
        without: where the derived figure stands in the whole text.
    """
    own = [Held(line, figure) for figure in line.figures if like(figure)]
    earlier = [Held(one, figure) for one in before for figure in one.figures if like(figure)]
    kept = [held for held in own if without is None or not without.overlaps(held.span)]
    return Operands(tuple(kept), tuple(earlier))


def one_unit(one: Held, other: Held) -> bool:
    """Whether both are of one unit; points of a game may stand without theirs."""
    units = {one.unit, other.unit}
    return len(units) == 1 or units == {"", "point"}


def plain(figure: Figure) -> bool:
    """Whether it is a count or a measure, no length of time and no fraction."""
    quantity = figure.quantity
    return quantity.kind in {"digits", "words"} and quantity.unit not in TIME_UNITS


def measured(figure: Figure) -> bool:
    """Whether it is plain, and no percentage."""
    return plain(figure) and figure.quantity.unit not in {"percent", "point"}


def both(one: Held, other: Held) -> Span:
    """Where two figures stand; only the first, if they are not in one sentence."""
    return one.line.span(one.figure, other.figure) if one.line is other.line else one.span


def words_between(one: Held, other: Held) -> str:
    """The words from one figure of a sentence to a later one."""
    return one.line.text[one.figure.quantity.span.end : other.figure.quantity.span.start]


def in_one_clause(*held: Held) -> bool:
    """Whether no new clause begins between the first and the last of figures of one sentence."""
    spans = sorted((one.figure.quantity.span for one in held), key=lambda span: span.start)
    return not _NEW_CLAUSE.search(held[0].line.text, spans[0].end, spans[-1].start)


def listed(held: Sequence[Held]) -> str:
    """Figures in words: '£400, £85 and £160'."""
    words = [one.words for one in held]
    return f"{', '.join(words[:-1])} and {words[-1]}"


def unmasked(line: Line, start: int, length: int) -> Span:
    """The span in the whole text of figureless words at offset `start` of the line's mask."""
    shift = 0
    for match in re.finditer(FIGURE, line.mask):
        if match.start() >= start:
            break
        span = line.figures[int(match[1])].quantity.span
        shift += (span.end - span.start) - len(match.group())
    return Span(start + shift, start + shift + length).shifted(line.parsed.span.start)


def before_each(lines: Sequence[Line]) -> Iterator[tuple[Line, Sequence[Line], Line | None]]:
    """Each sentence of the body with those before it, nearest last, and the next one."""
    body = [line for line in lines if not line.headline]
    for at, line in enumerate(body):
        following = body[at + 1] if at + 1 < len(body) else None
        yield line, body[max(0, at - BACK) : at], following
