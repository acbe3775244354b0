"""Lexical search: BM25 (Robertson and Zaragoza 2009) by bm25s."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from factcheck.text.folding import plain, readable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_STOP = frozenset(
    """
    a about after all also an and any are as at be been before but by can could did do does for
    from had has have he her him his how i if in into is it its may might more most no nor not of
    on or our she should so some such than that the their them then there these they this those to
    under up was we were what when where which while who whom will with would you your
    """.split()
)
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("'s", ""), ("s", ""))
_SHORTEST_STEM = 4
_RARE, _FEW = 0.02, 3
"""A word is rare that this part of the texts holds, or so few of them."""


def tokens(text: str) -> list[str]:
    """The words of `text` that are worth matching: folded, without accents, plurals made one."""
    folded = plain(text).casefold()
    if not folded.isascii():  # the rare case; it costs ten times the common one
        decomposed = unicodedata.normalize("NFKD", readable(folded))
        folded = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return [_stem(word) for word in _WORD.findall(folded) if word not in _STOP]


@functools.lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    for ending, put in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(put) >= _SHORTEST_STEM:
            return word if word.endswith("ss") else word.removesuffix(ending) + put
    return word


class LexicalIndex:
    """BM25 over a list of texts; a text is known by its place in the list."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Index the texts."""
        import bm25s

        self._size = len(texts)
        listed = [tokens(text) for text in texts]
        self._holding = Counter(word for words in listed for word in set(words))
        self._index = bm25s.BM25() if any(listed) else None
        if self._index is not None:
            self._index.index(listed, show_progress=False)

    def rare(self, words: Collection[str]) -> frozenset[str]:
        """Those of some words, as `tokens` gives them, that few of the texts hold."""
        few = max(_FEW, _RARE * self._size)
        return frozenset(word for word in words if self._holding[word] <= few)

    def search(self, query: str, limit: int, among: NDArray[np.bool_] | None = None) -> list[int]:
        """Places of the texts that share a word with the query, best first, at most `limit`.

        Args:
            query: what is sought.
            limit: how many places, at most.
            among: for each text whether it may be found; None for all.
        """
        import numpy as np

        if self._index is None:
            return []
        known = [token for token in tokens(query) if token in self._index.vocab_dict]
        if not known:
            return []
        scores = self._index.get_scores(known)
        if among is not None:
            scores = np.where(among, scores, 0.0)
        best = np.argsort(-scores, kind="stable")[:limit]
        return [int(place) for place in best if scores[place] > 0]
