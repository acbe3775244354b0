"""The figures of a sentence as the checks compare them.

A `Line` is a sentence with its figures. Its `mask` is its text with each figure replaced by a
mark such as '⟦0⟧', so that rules can be written as patterns of words around figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from factcheck.records import Span
from factcheck.text.clauses import counted
from factcheck.text.folding import readable
from factcheck.text.parsing import ParsedSentence
from factcheck.text.quantities import TIME_UNITS, Quantity, quantities

if TYPE_CHECKING:
    from spacy.tokens import Token

MOST_FIGURES = 24
"""A sentence with more is a table; it is not read, which keeps the cost linear."""
_WRITTEN = re.compile(
    r"(?P<digits>\d[\d,]*(?:\.\d+)?)(?:\s?(?P<scale>thousand|(?:m|b|tr)illion|k|m|bn|tn)\b)?"
)
_SCALES = {
    "": 1.0,
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "million": 1e6,
    "bn": 1e9,
    "billion": 1e9,
    "tn": 1e12,
    "trillion": 1e12,
}
_LEAST_SCALED, _MOST_SCALED = 0.1, 1_000
"""Beyond them one would write another scale word."""
_AGAINST = re.compile(
    r"(?: [a-z'\u2019-]+){0,6}?,? (?:to|against|from|up from|down from|compared (?:with|to)|than)"
    r"(?: [a-z'\u2019-]+){0,5} ",
    re.IGNORECASE,
)
_NO_HEIRS = TIME_UNITS | {"", "point", "percent"}
"""Units that a figure behind such a one need not share."""
FIGURE = r"\u27e6(\d+)\u27e7"
"""Pattern of one masked figure; its group is the figure's number in the line."""


@dataclass(frozen=True)
class Figure:
    """A quantity in its sentence."""

    quantity: Quantity
    """The quantity, its spans counted within the sentence."""
    noun: str
    """Lemma of what is counted; empty where it is left out or the unit says it."""


@dataclass(frozen=True)
class Line:
    """A sentence, its figures, and its text with the figures masked."""

    number: int
    """Position among the sentences read."""
    parsed: ParsedSentence
    """The parse, with the place of the sentence in its text."""
    text: str
    """The words of the sentence, folded to plain characters; same length as in the text."""
    figures: tuple[Figure, ...]
    """In order."""
    mask: str
    """`text` with each figure replaced by its mark."""
    headline: bool = False
    """Whether it is the article's headline."""

    @property
    def is_table(self) -> bool:
        """Whether it has more figures than prose has."""
        return len(self.figures) > MOST_FIGURES

    def span(self, *figures: Figure) -> Span:
        """The span, in the whole text, from the first to the last of `figures`."""
        start = min(figure.quantity.span.start for figure in figures)
        end = max(figure.quantity.span.end for figure in figures)
        return Span(start, end).shifted(self.parsed.span.start)

    def words(self, figure: Figure) -> str:
        """The figure as written, with its unit."""
        return figure.quantity.span.of(self.text)


def read_lines(
    text: str, sentences: Iterable[ParsedSentence], headline: Span | None = None
) -> list[Line]:
    """The sentences of `text` with their figures."""
    return [
        _line(number, text, sentence, headline == sentence.span)
        for number, sentence in enumerate(sentences)
    ]


def for_one_thing(one: str, other: str) -> str:
    """The sentence that says of a figure here what another place has for the same thing."""
    return f"It says {one} here and {other} elsewhere in the article, for the same thing."


def counting_word(line: Line, figure: Figure) -> Token | None:
    """The word with which a figure's number begins, where one begins there."""
    start = figure.quantity.number.start
    return next((token for token in line.parsed.doc if token.idx == start), None)


def show(value: float) -> str:
    """A number for an explanation: '62,000', '4.25'."""
    rounded = round(value, 2)
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,.2f}".rstrip("0")


def as_written(wanted: float, like: str) -> str | None:
    """`wanted` in the form of the figure `like` ('roughly 72,000'), if that is in plain digits."""
    match = _WRITTEN.search(like)
    if not match:
        return None
    scale = _SCALES.get(match["scale"] or "")
    if scale is None or re.search(r"\b(?:hundred|dozen)\b", like):
        return None
    wanted /= scale
    if scale > 1 and not _LEAST_SCALED <= wanted < _MOST_SCALED:
        return None
    decimals = len(match["digits"].partition(".")[2])
    if scale > 1:  # '£50m' becomes '£50.5m'
        decimals = max(decimals, 1 if round(wanted, 1) != round(wanted) else 0)
    if round(wanted, decimals) != round(wanted, 6):
        return None
    shown = f"{wanted:,.{decimals}f}"
    if "," not in match["digits"] and wanted < 10_000:
        shown = shown.replace(",", "")
    return like[: match.start("digits")] + shown + like[match.end("digits") :]


def sum_written(value: float, figure: str) -> str:
    """A sum in the form of one of its figures, as they are written, or else as a plain number."""
    return as_written(value, figure) or show(value)


def slip(wrong: float, right: float) -> bool:
    """Whether one is the other with a digit mistyped, two swapped, or a zero too many or few."""
    one, other = f"{wrong:.10g}", f"{right:.10g}"
    if one.rstrip("0") == other.rstrip("0"):
        return True
    if len(one) != len(other):
        return False
    differing = [i for i in range(len(one)) if one[i] != other[i]]
    if len(differing) == 1:
        return True
    return len(differing) == 2 and sorted(one) == sorted(other)


def mistyped(wrong: float, right: float) -> bool:
    """Whether one is a slip for the other or has lost a digit; of single digits nobody can say."""
    one, other = sorted((f"{wrong:.10g}", f"{right:.10g}"), key=len)
    lost = any(other[:at] + other[at + 1 :] == one for at in range(len(other)))
    return len(one) > 1 and (lost or slip(wrong, right))


def _line(number: int, text: str, sentence: ParsedSentence, headline: bool) -> Line:
    shown = readable(sentence.span.of(text))
    figures = tuple(
        Figure(quantity, "" if quantity.unit else counted(sentence.doc, quantity.span.end))
        for quantity in quantities(shown)
    )
    figures = tuple(_with_unit(shown, figures))
    return Line(number, sentence, shown, figures, _mask(shown, figures), headline)


def _with_unit(text: str, figures: Sequence[Figure]) -> Iterator[Figure]:
    """The figures, those without a unit in that of the one that they are set against.

    'From 4 million litres to 12 million', '2.3 billion dollars, compared with 1.9 billion'.
    """
    last: Figure | None = None
    for figure in figures:
        last = _heir(text, last, figure) if last else figure
        yield last


def _heir(text: str, last: Figure, figure: Figure) -> Figure:
    quantity, unit = figure.quantity, last.quantity.unit
    if quantity.unit or figure.noun or quantity.kind != "digits" or unit in _NO_HEIRS:
        return figure
    between = text[last.quantity.span.end : quantity.span.start]
    return Figure(replace(quantity, unit=unit), "") if _AGAINST.fullmatch(between) else figure


def _mask(text: str, figures: tuple[Figure, ...]) -> str:
    parts, at = [], 0
    for number, figure in enumerate(figures):
        span = figure.quantity.span
        parts += [text[at : span.start], f"\u27e6{number}\u27e7"]
        at = span.end
    return "".join([*parts, text[at:]])
