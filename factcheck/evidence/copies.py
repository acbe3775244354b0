"""Documents that are copies of the article: they vouch for nothing in it.

A draft saved among the references has the article's own sentences and nobody who stands behind
it. One that names its publisher is a source in its own right, however faithfully it was followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from factcheck.evidence.stored import Passage
from factcheck.records import Article
from factcheck.text.folding import squeeze
from factcheck.text.sentences import sentences

_NEARLY_ALL = 0.8
"""Share of the sentences of both, each once, that stand in both."""
_LEAST = 3
"""Sentences in common that make a copy; with the article's headline as its title fewer do."""


def copies_of(article: Article, documents: Mapping[str, Sequence[Passage]]) -> tuple[str, ...]:
    """The documents that are the article over again, by id, in order.

    Args:
        article: the article.
        documents: the passages of each document, all of them, by id.
    """
    headline = squeeze(article.headline.of(article.text)) if article.headline else ""
    body = _folded(s.text for s in article.prose if s.role == "body")
    return tuple(
        name
        for name, passages in sorted(documents.items())
        if not any(passage.publisher for passage in passages) and _is_copy(body, headline, passages)
    )


def _is_copy(body: frozenset[str], headline: str, passages: Sequence[Passage]) -> bool:
    read = (span.of(p.text) for p in passages for span in sentences(p.text))
    theirs = _folded(read) - {headline}
    shared = len(body & theirs)
    titled = bool(headline) and squeeze(passages[0].title) == headline
    return shared >= (1 if titled else _LEAST) and shared >= _NEARLY_ALL * len(body | theirs)


def _folded(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(squeeze(text).rstrip(".!\"' ") for text in texts)
