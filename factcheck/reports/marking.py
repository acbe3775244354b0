"""The article cut up at every border of a flag or a claim, so that overlapping marks can be shown.

Marks may overlap in any way; the pieces between borders never do. Each piece knows all that holds
for it, and joined in order the pieces of all blocks with their gaps are the article's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from factcheck.records import SEVERITIES, Article, Report, SentenceRole, Severity, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the article for which the same flags and claims hold."""

    text: str
    """Its words, exactly."""
    flags: tuple[int, ...]
    """Numbers of the flags that hold for it, most severe first."""
    claims: tuple[int, ...]
    """Numbers of the claims that hold for it, shortest claim first."""
    severity: Severity | None
    """The worst severity of its flags."""
    refuted: bool
    """Whether a claim that it belongs to is refuted."""
    opening: tuple[int, ...]
    """Claims that begin here."""
    first: tuple[int, ...]
    """Flags that begin here; each begins once, in the first block that has words of it."""
    last: tuple[int, ...]
    """Flags that end here."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, headline or line of furniture."""

    role: SentenceRole
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    number: int
    span: Span
    severity: Severity | None
    refuted: bool
    begins: int
    """Where the first block that has words of it comes to them."""


def blocks(report: Report) -> tuple[Block, ...]:
    """The article in order, paragraph by paragraph; only white space between blocks is left out."""
    article = report.article
    places = tuple(_places(article))

    def mark(number: int, span: Span, severity: Severity | None, refuted: bool) -> _Mark:
        starts = (max(span.start, place.start) for _, place in places if place.overlaps(span))
        return _Mark(number, span, severity, refuted, next(starts, span.start))

    flags = [mark(n, f.quotation.span, f.severity, False) for n, f in enumerate(report.flags, 1)]
    claims = [
        mark(n, item.claim.span, None, item.verdict.label == "refuted")
        for n, item in enumerate(report.claims, 1)
    ]
    claims.sort(key=lambda mark: mark.span.end - mark.span.start)
    return tuple(
        Block(role, tuple(_pieces(article.text, span, flags, claims))) for role, span in places
    )


def _places(article: Article) -> Iterator[tuple[SentenceRole, Span]]:
    """Role and span of each block, and of each stretch of text that no sentence holds."""
    at = 0
    groups = groupby(article.sentences, key=lambda sentence: (sentence.paragraph, sentence.role))
    for (_, role), group in groups:
        sentences = list(group)
        span = Span(sentences[0].span.start, sentences[-1].span.end)
        yield from _gap(article.text, Span(at, span.start))
        yield role, span
        at = span.end
    yield from _gap(article.text, Span(at, len(article.text)))


def _gap(text: str, span: Span) -> Iterator[tuple[SentenceRole, Span]]:
    if span.of(text).strip():
        yield "body", span


def _pieces(
    text: str, within: Span, flags: Sequence[_Mark], claims: Sequence[_Mark]
) -> Iterator[Piece]:
    flags = [mark for mark in flags if mark.span.overlaps(within)]
    claims = [mark for mark in claims if mark.span.overlaps(within)]
    borders = {within.start, within.end}
    for mark in (*flags, *claims):
        borders |= {mark.span.start, mark.span.end}
    inner = sorted(border for border in borders if within.start <= border <= within.end)
    for start, end in pairwise(inner):
        span = Span(start, end)
        yield _piece(text, span, _over(flags, span), _over(claims, span))


def _over(marks: Iterable[_Mark], span: Span) -> list[_Mark]:
    return [mark for mark in marks if mark.span.contains(span)]


def _piece(text: str, span: Span, flags: list[_Mark], claims: list[_Mark]) -> Piece:
    worst = min((SEVERITIES.index(m.severity) for m in flags if m.severity), default=None)
    return Piece(
        span.of(text),
        tuple(mark.number for mark in flags),
        tuple(mark.number for mark in claims),
        None if worst is None else SEVERITIES[worst],
        any(mark.refuted for mark in claims),
        tuple(sorted(mark.number for mark in claims if mark.begins == span.start)),
        tuple(mark.number for mark in flags if mark.begins == span.start),
        tuple(mark.number for mark in flags if mark.span.end == span.end),
    )
