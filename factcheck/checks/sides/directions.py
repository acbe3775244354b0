"""Up or down by two figures of the text, held against the word that tells the direction.

'Ridership fell, with 214,000 trips against 198,000 a year earlier' says one thing in words and the
other in figures.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from factcheck.checks.passages import Passage
from factcheck.checks.sides.cues import is_apart, stems
from factcheck.checks.sides.matters import word_list
from factcheck.checks.speech.endings import all_quoted, outside
from factcheck.records import Article, Span
from factcheck.text.clauses import verb_over
from factcheck.text.quantities import Quantity, quantities

if TYPE_CHECKING:
    from spacy.tokens import Token

_AGAINST = re.compile(
    r",?[^,;.]{0,30}?,? ?(?:as )?\(?"
    r"(?P<link>against|compared (?:with|to)|versus|(?:up|down) from|from)"
    r" (?:(?:just|only|about|some|around|nearly|a|an|the|net profit of|profit of|loss of) )*"
)
"""What may stand between the figure of now and the one that it is held against."""
_EARLIER = re.compile(
    r"\b(?:earlier|before|ago|last|previous\w*|same|preceding|prior"
    r"|in (?:early |late |mid-)?(?:[A-Z]\w+|\d{4})"
    r"|year|when|at the start|began|beginning)\b"
)
_FROM = re.compile(r"\bfrom (?:(?:about|some|around|just|only|nearly) )?$")
_TO = re.compile(
    r" (?:(?:[a-z]+ ){0,2}in [\w ]{3,16} )?to (?:(?:about|some|around|just|only|nearly) )?"
)
_RATE = re.compile(r" (?:to|against|per) the (?:dollar|euro|pound|yen)")
"""What stands after a rate of exchange, which rises as the currency falls."""
_SHARE = re.compile(r"per cent|percent|%")
_LEAD = 4
"""Sentences of the body whose figures are of what the headline tells."""
_LATEST = 12
"""Moves of one thing that are looked back on: keeps the cost linear."""
_TAIL = 60
"""Characters after the second figure in which it is said of when it is."""
_CLOSE = 170
"""Characters before the figures in which the word for their direction stands."""


@dataclass(frozen=True, slots=True)
class Move:
    """Two figures of which one tells how much it is and the other how much it was."""

    side: int
    """0 for up, 1 for down."""
    span: Span
    """Both figures, in the article."""
    start: int
    """Where they begin in their sentence."""
    sentence: int
    things: frozenset[str]
    """What moved, as far as the sentence tells."""


@dataclass(frozen=True, slots=True)
class TurnedDirection:
    """A word of direction with the figures that disprove it."""

    token: Token
    sentence: int
    move: Move


def moves_of(passage: Passage) -> Iterator[Move]:
    """The pairs of figures of a passage that tell a direction."""
    for index, sentence in enumerate(passage.sentences):
        text = sentence.doc.text
        found = sorted(quantities(text), key=lambda q: q.span.start)
        for one, other in pairwise(found):
            side = _direction(text, one, other)
            if side is not None:
                span = Span(one.span.start, other.span.end)
                yield Move(
                    side,
                    span.shifted(sentence.span.start),
                    one.span.start,
                    index,
                    _things(passage, index, one),
                )


def _direction(text: str, one: Quantity, other: Quantity) -> int | None:
    """0 where the figures tell a rise, 1 for a fall; None where they do not tell."""
    exact = all(q.bound == "exact" and q.low == q.high for q in (one, other))
    units = {one.unit, other.unit}
    mixed = len(units) > 1 and (other.unit or units & {"percent", "point", "basis point"})
    if not exact or one.value == other.value or mixed or _RATE.match(text[other.span.end :]):
        return None
    between = text[one.span.end : other.span.start]
    if _FROM.search(text[: one.span.start]) and _TO.fullmatch(between):
        return 0 if other.value > one.value else 1
    link = _AGAINST.fullmatch(between)
    if not link or " but " in between:
        return None
    tail = text[other.span.end : other.span.end + _TAIL]
    dated = _EARLIER.search(tail) or _EARLIER.search(between)
    if not dated and link["link"] in {"against", "from"} and "as against" not in between:
        return None
    return 0 if one.value > other.value else 1


def _things(passage: Passage, index: int, figure: Quantity) -> frozenset[str]:
    """What the clause of a figure names before it, and its noun."""
    doc = passage.sentences[index].doc
    before = [t for t in doc if t.idx < figure.span.start and t.pos_ in {"NOUN", "PROPN", "ADJ"}]
    after = [t for t in doc if figure.span.end <= t.idx < figure.span.end + 25]
    return _alike(stems(t for t in (*before, *after) if not _side_of(t)))


def _alike(found: Iterable[str]) -> frozenset[str]:
    """Words for one thing made one."""
    return frozenset("profi" if stem in {"surpl", "earni"} else stem for stem in found)


def find_turned_directions(passage: Passage, headline: int) -> Iterator[TurnedDirection]:
    """Words of direction that figures of the text disprove.

    Args:
        passage: the article.
        headline: index of its headline among its sentences.
    """
    quoted = all_quoted(passage.source) if isinstance(passage.source, Article) else ()
    free = [outside(sentence, quoted) for sentence in passage.sentences]
    moves = list(moves_of(passage))
    by_sentence: dict[int, list[Move]] = {}
    for move in moves:
        by_sentence.setdefault(move.sentence, []).append(move)
    for index, own in by_sentence.items():
        for move in own:
            token = _told_with(passage, move)
            if token is not None and free[index][token.i] and _side_of(token) == (move.side,):
                continue
            if token is not None and free[index][token.i]:
                yield TurnedDirection(token, index, move)
    yield from _told_elsewhere(passage, moves, by_sentence, free, headline)


def _told_with(passage: Passage, move: Move) -> Token | None:
    """The word that tells the direction of two figures in their own sentence."""
    doc = passage.sentences[move.sentence].doc
    near = [t for t in doc if move.start - _CLOSE < t.idx < move.start and _side_of(t)]
    told = [t for t in near if not _is_another(t)]
    if not told or len({_side_of(t) for t in told}) > 1:
        return None
    between = doc.text[told[-1].idx : move.start]
    if re.search(r"\d|;| but | while | although | though |\bper cent", between):
        return None
    return told[-1]


def _is_another(token: Token) -> bool:
    """Whether a word of direction tells of something wished, denied or compared besides."""
    doc = token.doc
    before = {t.lower_ for t in doc[max(0, token.i - 3) : token.i]}
    return bool(
        before & {"not", "n't", "no", "could", "would", "might", "may", "if", "despite", "after"}
    )


def _told_elsewhere(
    passage: Passage,
    moves: Sequence[Move],
    by_sentence: dict[int, list[Move]],
    free: Sequence[Sequence[bool]],
    headline: int,
) -> Iterator[TurnedDirection]:
    """Words of direction in sentences without such figures, of what figures elsewhere tell."""
    by_thing: dict[str, deque[Move]] = defaultdict(lambda: deque(maxlen=_LATEST))
    for move in moves:
        for thing in move.things:
            by_thing[thing].append(move)
    lead = frozenset(
        s for c in passage.sentences[headline + 1 : headline + 3] for s in stems(c.doc)
    )
    for index, sentence in enumerate(passage.sentences):
        doc = sentence.doc
        if index in by_sentence or is_apart(doc, set()) or _SHARE.search(doc.text):
            continue
        for token in doc:
            mover = _mover(token) if _is_told(token) and free[index][token.i] else frozenset()
            if not mover:
                continue
            known = {id(m): m for stem in mover for m in by_thing.get(stem, ())}
            near = [m for m in known.values() if mover <= m.things]
            if not near and token.pos_ == "VERB" and token.dep_ in {"ROOT", "ccomp"}:
                near = _spelt_out(passage, by_sentence.get(index + 1, []))
            if not near and 0 <= headline == index and mover <= lead | {"price"}:
                near = [m for m in moves if m.sentence <= headline + _LEAD]
            if near and all((m.side,) != _side_of(token) for m in near):
                yield TurnedDirection(token, index, near[0])


def _is_told(token: Token) -> bool:
    """Whether a verb or noun tells of a rise or fall."""
    return token.pos_ in {"VERB", "NOUN"} and bool(_side_of(token)) and not _is_another(token)


def _spelt_out(passage: Passage, moves: Sequence[Move]) -> list[Move]:
    """The figures of the sentence after a rise or fall, which has no other word for it."""
    return [
        move for move in moves if not any(_side_of(t) for t in passage.sentences[move.sentence].doc)
    ]


def _mover(token: Token) -> frozenset[str]:
    """What a word of direction says has moved: its subject, or what is after 'in' or 'of'."""
    verb = token if token.pos_ in {"VERB", "NOUN"} else verb_over(token)
    if token.pos_ == "NOUN":
        heads = [
            inner
            for child in token.children
            if child.dep_ == "prep" and child.lower_ in {"in", "of"}
            for inner in child.children
        ]
        heads += [c for c in token.children if c.dep_ == "compound"]
        # the parser may hang 'in turnover' of 'put the drop in turnover down to' on the verb
        following = token.doc[token.i + 1 : token.i + 2]
        heads += [c for t in following if t.lower_ in {"in", "of"} for c in t.children]
    else:
        heads = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    phrase = [t for head in heads for t in head.subtree if t.dep_ not in {"relcl", "acl"}]
    return _alike(stems(t for t in phrase if t.pos_ in {"NOUN", "PROPN", "ADJ"})) - {"pre"}


def _side_of(token: Token) -> tuple[int, ...]:
    """(0,) for a word of rising, (1,) for one of falling; empty for others."""
    forms = {token.lower_, token.lemma_.lower()}
    after = token.doc[token.i + 1 : token.i + 2].text
    if token.lower_ == "down" and after == "to":
        return ()
    if token.pos_ not in {"VERB", "NOUN", "ADJ", "ADV", "ADP"}:
        return ()
    for side, name in enumerate(("up", "down")):
        if forms & word_list(name):
            return (side,)
    return ()
