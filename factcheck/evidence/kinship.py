"""Which documents are on the matter of an article, by the words that the two have in common.

Sentences of two strikes, two court cases or two elections are as near to each other as a claim and
its proof are; but a document on the article's own matter has names in common with it, and words
that few passages of the store have. How far that tells the two apart: docs/decisions.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from factcheck.evidence.lexical import tokens
from factcheck.text.details import NAMED_DAYS, NAMED_MONTHS

_WORDS_EACH = 30
"""Different words of an article from which one more must be in common: a brief one has few."""
_WORD = re.compile(r"[^\W\d_][\w-]{2,}")
_AMID = re.compile(r"(?<=[\w,;] )[^\W\d_][\w-]{2,}")
"""A word that begins no sentence, where a capital tells something."""

_SPACED = re.compile(r"[^\W_][\w'-]*|[^\w\s]")
_YEAR = re.compile(r"(?:1[4-9]|20)\d\d")
_SEVERAL, _NAMED = 4, 2
"""Rare words in common, and names and figures among them, by which a passage is on a claim."""

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
    names = set(_words(article, _AMID, capital=True)) - small - NAMED_DAYS - NAMED_MONTHS
    ours = frozenset(tokens(article))
    needed = min(shared, len(ours) // _WORDS_EACH)
    return frozenset(
        name
        for name, text in texts.items()
        if len(names & _words(text, capital=True)) + len(rare(ours.intersection(tokens(text))))
        >= needed
    )


def on_claim(claim: str, passage: str, rare: Rare) -> bool:
    """Whether a passage shares so many telling words with a claim that it must bear on it.

    Several rare words, names or figures among them; or somebody's full name and a rare word more.
    A model of meaning may put such a passage far off: it tells of other things besides.
    """
    common = set(tokens(claim)).intersection(tokens(passage)) - NAMED_DAYS - NAMED_MONTHS
    shared = rare({word for word in common if not _YEAR.fullmatch(word)})
    names = shared & _names(claim) & _names(passage)
    figures = {word for word in shared if word.isdigit() and len(word) > 1}
    if len(shared) >= _SEVERAL and len(names | figures) >= _NAMED:
        return True
    full = _full_names(claim) & _full_names(passage)
    return any(set(pair) <= names for pair in full) and bool(shared - names)


def _names(text: str) -> frozenset[str]:
    """The words, as `tokens` gives them, that are written with a capital."""
    return frozenset(tokens(" ".join(word for word in _WORD.findall(text) if word[0].isupper())))


def _full_names(text: str) -> frozenset[tuple[str, ...]]:
    """Each two words with a capital that stand side by side."""
    pairs = zip(words := _SPACED.findall(text), words[1:], strict=False)
    return frozenset(
        tuple(tokens(f"{one} {other}"))
        for one, other in pairs
        if one[0].isupper() and other[0].isupper()
    )


def _words(text: str, pattern: re.Pattern[str] = _WORD, *, capital: bool) -> set[str]:
    """The words of a text, folded, that are written with a capital, or that are not."""
    found = pattern.findall(text)
    return {word.casefold() for word in found if word[0].isupper() == capital}
