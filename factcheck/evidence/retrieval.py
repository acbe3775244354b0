"""Evidence for claims: from the references, and from the rest of the article."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from factcheck.errors import UsageProblem
from factcheck.evidence.copies import copies_of
from factcheck.evidence.embedding import Embedder
from factcheck.evidence.fusion import fuse
from factcheck.evidence.kinship import kin, on_claim
from factcheck.evidence.lexical import LexicalIndex, tokens
from factcheck.evidence.related import related
from factcheck.evidence.relevance import Floors, Relevance, floors_for
from factcheck.evidence.store import Store
from factcheck.evidence.stored import Passage
from factcheck.records import Article, Claim, Evidence, Quotation, Sentence, content_id
from factcheck.text.folding import plain
from factcheck.text.numbers import numbers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from factcheck.evidence.embedding import Vectors

CANDIDATES = 30
"""Passages that each search hands to the fusion."""
MOST_OF_ONE = 2
"""Passages of one document among the evidence for a claim."""
_ALIKE = 0.8
"""Share of words (Jaccard) from which two passages say the same, figures and denials apart."""
_BY_WORDS = 0.5
"""Part of the floors of relevance that is enough where telling words are in common."""
_DENIAL = re.compile(
    r"\b(?:no|not|never|none|nobody|neither|nor|without|cannot|den(?:y|ies|ied|ying|ials?)"
    r"|refut(?:e[sd]?|ing)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?)\b|n't\b",
    re.IGNORECASE,
)

_Ranking = list[tuple[str, float]]
"""Names of passages with their scores, best first."""
_Rankings = Mapping[str, tuple[list[str], list[str]]]
"""Names of passages by meaning and by words, nearest first, by what was asked."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """Documents left out because of `as_of`."""

    later: int
    """Those with a later date."""
    undated: int
    """Those without a date, which cannot be shown to be early enough."""


class Retriever:
    """Searches a store by meaning and by words, and puts the two together."""

    def __init__(self, store: Store, embedder: Embedder, floors: Floors | None = None) -> None:
        """Search a store.

        Args:
            store: what to search.
            embedder: what made its vectors.
            floors: what a passage must reach to bear on an article; by default what was measured
                for the embedder.
        """
        self._store = store
        self._embedder = embedder
        self._floors = floors or floors_for(embedder)
        self._copies: dict[str, tuple[str, ...]] = {}
        self._vectors: dict[str, int] = {}
        self._rows: list[Vectors] = []

    def references(
        self,
        claims: Sequence[Claim],
        top_k: int = 5,
        as_of: str | None = None,
        article: Article | None = None,
    ) -> dict[str, tuple[Evidence, ...]]:
        """Up to `top_k` passages for each claim, nearest first, by claim id.

        Each claim is asked in its raw words and, where it has one, in its restatement, by meaning
        and by words, and the four rankings are fused.

        Args:
            claims: what to look for.
            top_k: passages of one claim at most.
            as_of: a date; documents without a date or of a later one are left out.
            article: where the claims are from; with it, passages that bear neither on it nor on
                the claim are left out (`factcheck.evidence.relevance`), and documents on other
                matters (`factcheck.evidence.kinship`).

        Raises:
            UsageProblem: `as_of` is no date.
            StoreError: the store cannot be searched.
            ModelError: the embedder cannot be loaded.
        """
        last_day = _day(as_of) if as_of else None
        queries = list(dict.fromkeys(words for claim in claims for words in _wordings(claim)))
        by_meaning = self._store.nearest(self._embedded(queries), CANDIDATES, last_day)
        among = None if last_day is None else self._early(last_day)
        rankings = {
            query: (near, self._by_words(query, among))
            for query, near in zip(queries, by_meaning, strict=True)
        }
        copied = self._copied(article, rankings) if article is not None else frozenset()
        chosen = {claim.id: self._chosen(claim, rankings, top_k, copied) for claim in claims}
        if article is not None:
            chosen = self._bearing(article, claims, chosen)
        return {
            claim: tuple(_reference(name, self._passages[name], score) for name, score in found)
            for claim, found in chosen.items()
        }

    def _bearing(
        self, article: Article, claims: Sequence[Claim], chosen: Mapping[str, _Ranking]
    ) -> dict[str, _Ranking]:
        """What was chosen without passages that bear neither on the article nor on the claim."""
        names = list(dict.fromkeys(name for found in chosen.values() for name, _ in found))
        related_documents = self._kin(article, names)
        sentences = self._embedded([sentence.text for sentence in article.prose])
        relevance = Relevance(self._floors, sentences, self._store.vectors(names))
        _, index = self._lexical
        kept: dict[str, _Ranking] = {}
        for claim in claims:
            wordings = self._embedded(_wordings(claim))
            kept[claim.id] = [
                (name, score)
                for name, score in chosen[claim.id]
                if self._passages[name].document in related_documents
                and (
                    relevance.bears(wordings, name)
                    or (
                        relevance.bears(wordings, name, _BY_WORDS)
                        and on_claim(claim.standalone, self._passages[name].text, index.rare)
                    )
                )
            ]
        return kept

    def copies(self, article: Article) -> tuple[str, ...]:
        """The documents left out when its references were found: they are the article itself."""
        return self._copies.get(article.id, ())

    def _copied(self, article: Article, rankings: _Rankings) -> frozenset[str]:
        """The documents among what was found that are the article over again."""
        names = {name for pair in rankings.values() for found in pair for name in found}
        near = {self._passages[name].document for name in names if name in self._passages}
        documents: dict[str, list[Passage]] = {name: [] for name in near}
        for passage in self._passages.values():
            if passage.document in near:
                documents[passage.document].append(passage)
        self._copies[article.id] = copies_of(article, documents)
        return frozenset(self._copies[article.id])

    def _kin(self, article: Article, names: Iterable[str]) -> frozenset[str]:
        """The documents of these passages that are on the article's matter."""
        documents: dict[str, list[str]] = defaultdict(list)
        for passage in (self._passages[name] for name in names):
            documents[passage.document].append(f"{passage.title}\n{passage.text}")
        _, index = self._lexical
        prose = "\n".join(sentence.text for sentence in article.prose)
        return kin(prose, documents, index.rare, self._floors.shared)

    def withheld(self, as_of: str | None) -> Withheld:
        """How many documents `as_of` leaves out."""
        if as_of is None:
            return Withheld(0, 0)
        last = _day(as_of)
        dates = [document.date for document in self._store.documents()]
        return Withheld(
            later=sum(date is not None and _day(date) > last for date in dates),
            undated=dates.count(None),
        )

    def context(
        self, article: Article, claims: Sequence[Claim], top_k: int = 3
    ) -> dict[str, tuple[Evidence, ...]]:
        """Up to `top_k` other sentences of the article for each claim, nearest first.

        Never the claim's own sentence, never page furniture.
        """
        prose = article.prose
        if not prose or not claims:
            return {claim.id: () for claim in claims}
        lexical = LexicalIndex([sentence.text for sentence in prose])
        matrix = self._embedded([sentence.text for sentence in prose])
        asked = self._embedded([claim.standalone for claim in claims])
        title = article.headline.of(article.text) if article.headline else ""
        chosen: dict[str, tuple[Evidence, ...]] = {}
        for claim, vector in zip(claims, asked, strict=True):
            near = (-(matrix @ vector)).argsort(kind="stable")[:CANDIDATES]
            ranked = fuse([[int(i) for i in near], lexical.search(claim.standalone, CANDIDATES)])
            others = [(prose[i], s) for i, s in ranked if prose[i].index != claim.sentence]
            chosen[claim.id] = tuple(
                _own(article, sentence, title, score) for sentence, score in others[:top_k]
            )
        return chosen

    def related(self, article: Article, most: int = 8) -> list[list[int]]:
        """For each sentence of `article.prose` the places there of others on the same things."""
        texts = [sentence.text for sentence in article.prose]
        return related(texts, self._embedded(texts), most) if texts else []

    @cached_property
    def _passages(self) -> dict[str, Passage]:
        return dict(self._store.passages())

    @cached_property
    def _lexical(self) -> tuple[list[str], LexicalIndex]:
        names = list(self._passages)
        texts = [f"{passage.title}\n{passage.text}" for passage in self._passages.values()]
        return names, LexicalIndex(texts)

    def _by_words(self, query: str, among: NDArray[np.bool_] | None) -> list[str]:
        names, index = self._lexical
        return [names[place] for place in index.search(query, CANDIDATES, among)]

    def _early(self, last_day: int) -> NDArray[np.bool_]:
        """For each passage whether its document is dated up to that day."""
        import numpy as np

        dates = (passage.date for passage in self._passages.values())
        return np.array([date is not None and _day(date) <= last_day for date in dates], bool)

    def _chosen(
        self, claim: Claim, rankings: _Rankings, top_k: int, copied: frozenset[str]
    ) -> _Ranking:
        ranked = fuse(ranking for words in _wordings(claim) for ranking in rankings[words])
        # a document that an interrupted update left in part is no evidence yet
        known = ((name, score) for name, score in ranked if name in self._passages)
        passages = ((name, self._passages[name], score) for name, score in known)
        varied = _varied(item for item in passages if item[1].document not in copied)
        return [(name, score) for (name, _, score), _ in zip(varied, range(top_k), strict=False)]

    def _embedded(self, texts: Sequence[str]) -> Vectors:
        """Vectors of the texts; what was embedded before is remembered."""
        import numpy as np

        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        for text, row in zip(new, self._embedder.embed(new) if new else (), strict=True):
            self._vectors[text] = len(self._rows)
            self._rows.append(row)
        if not texts:
            return np.zeros((0, self._embedder.dimension), dtype=np.float32)
        return np.stack([self._rows[self._vectors[text]] for text in texts])


def _wordings(claim: Claim) -> tuple[str, ...]:
    return tuple(dict.fromkeys((claim.standalone, claim.text)))


def _varied(
    ranked: Iterable[tuple[str, Passage, float]],
) -> Iterator[tuple[str, Passage, float]]:
    """The ranking without passages that repeat a better one or crowd it with one document."""
    kept: list[tuple[Passage, frozenset[str]]] = []
    for name, passage, score in ranked:
        words = frozenset(tokens(passage.text))
        of_same = [other for other, _ in kept if other.document == passage.document]
        alike = (other for other, seen in kept if _alike(words, seen))
        if len(of_same) < MOST_OF_ONE and not any(_adds_nothing(passage, to) for to in alike):
            kept.append((passage, words))
            yield name, passage, score


def _adds_nothing(passage: Passage, to: Passage) -> bool:
    """Whether a passage in like words has no other figure and denies no more and no less.

    'Nine' where the other has 'twelve', or 'did not' where it has 'did', is what must be seen.
    """
    if not _figures(passage.text) <= _figures(to.text):
        return False
    return _denials(passage.text) == _denials(to.text)


def _figures(text: str) -> frozenset[float]:
    return frozenset(number.value for number in numbers(text))


def _denials(text: str) -> int:
    return len(_DENIAL.findall(plain(text)))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    together = len(one | other)
    return bool(together) and len(one & other) >= _ALIKE * together


def _reference(name: str, passage: Passage, score: float) -> Evidence:
    return Evidence(
        id=content_id("evidence", "corpus", name, passage.text),
        quotation=Quotation("corpus", passage.document, passage.span, passage.text),
        title=passage.title,
        publisher=passage.publisher,
        date=passage.date,
        url=passage.url,
        score=round(score, 6),
    )


def _own(article: Article, sentence: Sentence, title: str, score: float) -> Evidence:
    return Evidence(
        id=content_id("evidence", "context", article.id, sentence.span),
        quotation=article.quote(sentence.span),
        title=title,
        date=article.date,
        score=round(score, 6),
    )


def _day(date: str) -> int:
    try:
        return int(dt.date.fromisoformat(date).strftime("%Y%m%d"))
    except ValueError:
        raise UsageProblem(f"{date!r} is no date", hint="a date such as 2021-12-31") from None
