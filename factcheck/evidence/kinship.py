"""Which documents are on the matter of an article, by the words that the two have in common.

Sentences of two strikes, two court cases or two elections are as near to each other as a claim and
its proof are; but a document on the article's own matter has names in common with it, and words
that few passages of the store have. How far that tells the two apart: docs/decisions.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from factcheck.evidence.lexical import tokens
from factcheck.text.details import DAYS, MONTHS

_WORDS_EACH = 30
"""Different words of an article from which one more must be in common: a brief one has few."""
_WORD = re.compile(r"[^\W\d_][\w-]{2,}")
_AMID = re.compile(r"(?<=[\w,;] )[^\W\d_][\w-]{2,}")
"""A word that begins no sentence, where a capital tells something."""

Rare = Callable[[Collection[str]], frozenset[str]]
"""Those of some words that few passages of the store have; see `LexicalIndex.rare`."""


def kin(
    article: str, documents: Mapping[str, Sequence[str]], rare: Rare, shared: int
) -> frozenset[str]:
    """The documents on the article's matter, by id.

    Args:
        article: its prose.
        documents: the texts of each document's passages that were found for it, by id.
        rare: tells which words are.
        shared: telling words in common that make a document kin: names and rare words, a rare
            name counting as both; fewer do for a brief article.
    """
    texts = {name: "\n".join(passages) for name, passages in documents.items()}
    small = {word for text in (article, *texts.values()) for word in _words(text, capital=False)}
    names = {word for word in _words(article, _AMID, capital=True)} - small - DAYS - MONTHS
    ours = frozenset(tokens(article))
    needed = min(shared, len(ours) // _WORDS_EACH)
    return frozenset(
        name
        for name, text in texts.items()
        if len(names & _words(text, capital=True)) + len(rare(ours.intersection(tokens(text))))
        >= needed
    )


def _words(text: str, pattern: re.Pattern[str] = _WORD, *, capital: bool) -> set[str]:
    """The words of a text, folded, that are written with a capital, or that are not."""
    found = pattern.findall(text)
    return {word.casefold() for word in found if word[0].isupper() == capital}
