"""Sentences that say the same save for one word that turns them round: 'first' for 'last'."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.lexicon import lexicon
from factcheck.checks.passages import Passage
from factcheck.records import Quotation, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WINDOW = 9
"""Tokens to either side of the turning word that are held against each other."""
_SHARED = 4
"""Telling words that the two windows must have in common."""
_PART = 0.75
"""Share of the larger window's telling words that must be common."""
_COMMONEST = 12
"""A word in more sentences than this leads to no pair: keeps the cost linear."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A place of the article and its like, with one word turned round."""

    quotation: Quotation
    """The article's words."""
    conflict: Quotation
    """The other place."""
    ours: str
    """The turning word of the article."""
    theirs: str
    """That of the other place."""
    where: str
    """What the other place is called."""
    confidence: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class _Point:
    """One turning word with its surroundings."""

    token: Token
    pair: int
    side: int
    words: frozenset[str]
    hold: frozenset[str]
    """What it hangs on and what hangs on it, which a like place has as well."""
    numbers: frozenset[str]
    negatives: int
    occasion: frozenset[str]
    sentence: int
    passage: Passage

    def span(self, shared: frozenset[str]) -> Span:
        doc = self.token.doc
        near = [t for t in _window(self.token) if t.lemma_.casefold() in shared]
        first = min([self.token.i, *(t.i for t in near)])
        last = max([self.token.i, *(t.i for t in near)])
        return self.passage.sentences[self.sentence].span_of(doc[first : last + 1])


def turned_sentences(article: Passage, references: Iterable[Passage]) -> Iterator[Turn]:
    """Places of the article with a like place that turns them round; one for each place."""
    known: dict[tuple[int, int, str], list[_Point]] = defaultdict(list)
    for passage in references:
        for point in _points(passage):
            _keep(known, point)
    for point in _points(article):
        found = _best(point, known)
        if found:
            yield found
        _keep(known, point)


def _keep(known: dict[tuple[int, int, str], list[_Point]], point: _Point) -> None:
    for word in point.words:
        known[point.pair, point.side, word].append(point)


def _best(point: _Point, known: dict[tuple[int, int, str], list[_Point]]) -> Turn | None:
    found: dict[int, _Point] = {}
    for word in point.words:
        alike = known.get((point.pair, -point.side, word), [])
        if len(alike) <= _COMMONEST:
            found.update({id(other): other for other in alike})
    alike = [other for other in found.values() if _alike(point, other)]
    if not alike:
        return None
    other = max(alike, key=lambda one: len(one.words & point.words))
    shared = other.words & point.words
    return Turn(
        point.passage.quote(point.span(shared)),
        other.passage.quote(other.span(shared)),
        point.token.text,
        other.token.text,
        other.passage.name,
        min(0.85, 0.4 + 0.07 * len(shared)),
    )


def _alike(one: _Point, other: _Point) -> bool:
    shared = one.words & other.words
    if other.passage.is_article and one.occasion != other.occasion:
        return False
    if len(shared) < _SHARED or one.negatives % 2 != other.negatives % 2:
        return False
    if one.numbers and other.numbers and not one.numbers & other.numbers:
        return False
    if one.hold != other.hold:
        return False
    return len(shared) >= _PART * max(len(one.words), len(other.words))


def _points(passage: Passage) -> Iterator[_Point]:
    turned = lexicon().turned
    for index, sentence in enumerate(passage.sentences):
        for token in sentence.doc:
            side = turned.get(token.lower_)
            if side is None or _is_both(sentence.doc, side[0]):
                continue
            around = [t for t in _window(token) if t.i != token.i]
            words = frozenset(
                t.lemma_.casefold()
                for t in around
                if t.is_alpha and not t.is_stop and len(t) > 2
                if t.lemma_ not in lexicon().words["reporting"]
            )
            if len(words) < _SHARED:
                continue
            numbers = frozenset(t.lower_ for t in around if t.like_num)
            negatives = sum(t.dep_ == "neg" or t.lower_ in {"no", "never"} for t in around)
            occasion = lexicon().words["then_and_now"] & {t.lower_ for t in around}
            yield _Point(
                token=token,
                pair=side[0],
                side=side[1],
                words=words,
                hold=_hold(token),
                numbers=numbers,
                negatives=negatives,
                occasion=occasion,
                sentence=index,
                passage=passage,
            )


def _hold(token: Token) -> frozenset[str]:
    """'vote', 'offer' of 'voted for the offer'; 'lose', 'power' of 'lost all power'.

    Over and under one line are no opposites where something else crosses it.
    """
    near = [token.head, *(c for c in token.children if c.dep_ in {"pobj", "pcomp", "nsubj"})]
    if token.dep_ in {"det", "amod", "advmod", "nummod"}:
        near.append(token.head.head)
    return frozenset(t.lemma_.casefold() for t in near) - {token.lemma_.casefold()}


def _is_both(doc: Doc, pair: int) -> bool:
    """Whether a sentence has both sides of a pair: it compares, and says neither alone."""
    turned = lexicon().turned
    return len({side[1] for t in doc if (side := turned.get(t.lower_)) and side[0] == pair}) > 1


def _window(token: Token) -> list[Token]:
    doc = token.doc
    return list(doc[max(0, token.i - _WINDOW) : token.i + _WINDOW + 1])
