"""Training pairs of short articles with planted errors: a sentence against the rest of its article.

eval/claims/articles/*.txt hold articles in which each error is marked beside its correction,
`{{wrong words||right words||type}}` (see eval/claims/FORMAT.md). Every error gives two items with
the corrected rest of the article as evidence: the sentence as planted, REFUTED, and its twin, the
sentence put right, NOT_REFUTED. So is every sentence without an error, and the stream is not
balanced, for that is what most sentences of an article are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from eval.verifier.data import Item
from factcheck.articles import parse_article
from factcheck.evaluation.twinfiles import read_marked
from factcheck.evaluation.twins import Planted, Twins
from factcheck.records import Span

FOLDER = Path(__file__).parents[1] / "claims" / "articles"
PLANTED = "own-articles"
"""Source of these items."""


def marked_articles(folder: Path = FOLDER) -> list[Twins]:
    """The articles of all files as twins, `art-NNN` by their numbers.

    Raises:
        ValueError: a mark does not have three parts.
    """
    return [
        replace(twins, id=f"art-{twins.id}")
        for path in sorted(folder.glob("*.txt"))
        for twins in read_marked(path)
    ]


def planted_items(articles: Sequence[Twins]) -> list[Item]:
    """The items of some articles; those of one article are of one passage."""
    return [item for twins in articles for item in _items(twins)]


def _corrected(twins: Twins) -> Iterator[tuple[Span, Planted]]:
    """The errors with the places of the right words in the corrected article."""
    longer = 0
    for planted in twins.planted:
        start = planted.span.start + longer
        yield Span(start, start + len(planted.fix)), planted
        longer += len(planted.fix) - len(planted.quote)


def _items(twins: Twins) -> Iterator[Item]:
    text, name = twins.clean, twins.id
    spans = [sentence.span for sentence in parse_article(text, name).prose]
    errors = list(_corrected(twins))
    for span in spans:
        inside = [(right, planted) for right, planted in errors if span.contains(right)]
        if not inside:
            rest = _rest(text, spans, span)
            yield Item(
                f"{name}-{span.start}", rest, span.of(text), "NOT_REFUTED", PLANTED, "", name
            )
        for n, (right, planted) in enumerate(inside, 1):
            rest = _rest(text, spans, span)
            wrong = text[span.start : right.start] + planted.quote + text[right.end : span.end]
            ids = f"{name}-{span.start}-{n}-wrong", f"{name}-{span.start}-{n}-right"
            yield Item(ids[0], rest, wrong, "REFUTED", PLANTED, planted.type, name, ids[1])
            yield Item(
                ids[1], rest, span.of(text), "NOT_REFUTED", PLANTED, planted.type, name, ids[0]
            )


def _rest(text: str, spans: Sequence[Span], left_out: Span) -> str:
    return joined(text, [span for span in spans if span != left_out])


def joined(text: str, spans: Sequence[Span]) -> str:
    """The words at `spans` in order, each run of white space one blank."""
    return " ".join(" ".join(span.of(text).split()) for span in spans)
