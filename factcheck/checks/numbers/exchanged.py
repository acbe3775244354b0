"""Two digits changed about: 'the 340-bed hospital' here, 'the hospital has 430 beds' there."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import Line, counting_word, for_one_thing, mistyped
from factcheck.checks.numbers.operands import Held
from factcheck.text.clauses import stem

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEAST = 100
"""Below it two counts have the same digits by chance."""
_LATEST = 12
"""How many counts with the same digits are looked back on: keeps the cost linear."""
_THINGS = frozenset({"NOUN", "PROPN"})
_HAVING = frozenset(
    {"have", "hold", "offer", "provide", "run", "house", "seat", "contain", "boast"}
)
"""Verbs whose subject has what is counted."""
_UNLIKE = re.compile(
    r"\b(?:(?:1[4-9]|20)\d\d|would|will|could|may|might|if|plan\w*|propos\w+|once"
    r"|now|then|(?:from|to) \d+"
    r"|more|other|another|extra|further|additional|new|added?|adding|cut|grew|grow|rose|fell|lost"
    r"|expan\w+|reduc\w+|used|former\w*|original\w*|initial\w*|earlier|previous\w*|ago|last|next"
    r"|than|up|down|average|only|claim\w*|estimat\w+|not|never|instead|wing|half|each|every)\b",
    re.IGNORECASE,
)
"""Words of a sentence that may tell why one has two counts."""


@dataclass(frozen=True)
class _Stock:
    """So many of something that somebody or some place has."""

    held: Held
    """The figure."""
    noun: str
    """Lemma of what is counted."""
    owners: frozenset[str]
    """Stems of the nouns that it is told to be of."""
    names: frozenset[str]
    """Proper names before the owner."""


def exchanged(lines: Sequence[Line]) -> Iterator[Finding]:
    """Counts with the digits of an earlier one of the same owner in another order."""
    known: dict[tuple[str, str], deque[_Stock]] = defaultdict(lambda: deque(maxlen=_LATEST))
    for line in lines:
        if _UNLIKE.search(line.text):
            continue
        for stock in _stocks(line):
            alike = known[stock.noun, _digits(stock)]
            for earlier in alike:
                if _is_slip(earlier, stock):
                    yield Finding(
                        stock.held.span,
                        earlier.held.span,
                        for_one_thing(f"{stock.held.words} ({stock.noun})", earlier.held.words),
                        0.65,
                    )
                    break
            alike.append(stock)


def _is_slip(one: _Stock, other: _Stock) -> bool:
    values = (one.held.value, other.held.value)
    apart = one.names and other.names and one.names.isdisjoint(other.names)
    slip = values[0] != values[1] and mistyped(*values)
    return slip and bool(one.owners & other.owners) and not apart


def _digits(stock: _Stock) -> str:
    return "".join(sorted(f"{stock.held.value:.10g}"))


def _stocks(line: Line) -> Iterator[_Stock]:
    for figure in line.figures:
        quantity = figure.quantity
        if quantity.unit or quantity.bound != "exact" or quantity.value < _LEAST:
            continue
        number = counting_word(line, figure)
        if number is None or number.dep_ != "nummod" or number.head.pos_ not in _THINGS:
            continue
        if any(c.dep_ in {"amod", "compound"} for c in number.head.children):
            continue
        owners = list(_owners(number.head))
        yield _Stock(
            Held(line, figure),
            number.head.lemma_.lower(),
            frozenset(stem(owner.lemma_) for owner in owners),
            frozenset(
                t.lower_ for owner in owners for t in (owner, *owner.children) if t.pos_ == "PROPN"
            ),
        )


def _owners(noun: Token) -> Iterator[Token]:
    """The nouns that what is counted stands before, belongs to, is at, or is had by."""
    if noun.dep_ == "compound":
        yield noun.head
    yield from (c for c in noun.children if c.dep_ == "poss" and c.pos_ in _THINGS)
    places = [c for word in (noun, noun.head) for c in word.children if c.lower_ in {"at", "in"}]
    yield from (t for place in places for t in place.children if t.pos_ in _THINGS)
    having = noun.dep_ == "dobj" and noun.head.lemma_ in _HAVING
    if having:
        yield from (c for c in noun.head.children if c.dep_ == "nsubj" and c.pos_ in _THINGS)
    if noun.dep_ == "pobj" and noun.head.lower_ == "with":
        yield from (t for t in [noun.head.head] if t.pos_ in _THINGS)
