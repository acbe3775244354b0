"""How many people were killed, hurt or held: 'four dead' where the lead has three people dying."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factcheck.checks.headlines.numbers import is_rounded, value_of
from factcheck.checks.headlines.outcomes import groups
from factcheck.checks.headlines.parts import Read
from factcheck.text.numbers import numbers

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHARED = (1, 2)
"""Things of the headline that the body's first sentence, and its second, must name to tell it."""
_PATIENTS = frozenset({"dobj", "nsubjpass"})
_ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth".split()
_ONE_MORE = frozenset({"a", "an", "another", "one", "other", *_ORDINALS})
"""What opens the mention of one who may come on top: 'a man died of burns'."""


def find_other_tolls(
    headline: Read, body: Sequence[Read]
) -> Iterator[tuple[list[Token], Read, list[Token]]]:
    """The headline's number of people with that of the body's lead, where they differ.

    Quiet where the body has the headline's number of anything, or another from which it can be
    made up, or tells of others to whom the same was done.
    """
    if any(_adds_by_so(read) for read in body):
        return
    known = set(_values(body))
    for token in headline.parsed.doc:
        value, group = value_of(token), _group(token)
        if value is None or group is None or is_rounded(token) or value in known:
            continue
        done_to = [victim for read in body for victim in _victims(read, group)]
        told = [
            (number, read, [child, noun])
            for read, needed in zip(body, _SHARED, strict=False)
            if len(read.stems & headline.stems) >= needed
            for noun in _victims(read, group)
            for child, number in _count(noun)
        ]
        if len(told) != 1 or len(done_to) != 1:
            continue
        number, read, counted = told[0]
        if abs(number - value) not in known:
            yield [token], read, counted


def _adds_by_so(read: Read) -> bool:
    """'So did a guest': somebody on top, of whom no verb tells it."""
    doc = read.parsed.doc
    after = {t.nbor().lower_ for t in doc[:-1] if t.lower_ in {"so", "as"}}
    return bool(after & {"did", "was", "were", "has", "have", "had"})


def _values(body: Sequence[Read]) -> Iterator[float]:
    """All numbers of the body, ordinal ones among them."""
    for read in body:
        yield from (number.value for number in numbers(read.parsed.doc.text))
        for token in read.parsed.doc:
            if token.lower_ in _ORDINALS:
                yield float(_ORDINALS.index(token.lower_))


def _group(number: Token) -> frozenset[str] | None:
    """The verbs for what befell so many in a headline: 'kills four', 'four die', 'four dead'."""
    verbs = [number.head] if number.dep_ in _PATIENTS else []
    after = number.doc[number.i + 1 : number.i + 2]
    words = {word for t in (*verbs, *after) for word in (t.lower_, t.lemma_.lower())}
    return next((group for group in groups("tolls") if group & words), None)


def _victims(read: Read, group: frozenset[str]) -> Iterator[Token]:
    """The nouns for those who were told to be killed, hurt or held, pronouns left out."""
    for token in read.parsed.doc:
        verb = token.head
        hit = token.dep_ in _PATIENTS and verb.lemma_.lower() in group
        died = token.dep_ == "nsubj" and verb.lemma_.lower() == "die" and "die" in group
        if (hit or died) and token.pos_ != "PRON":
            yield token


def _count(noun: Token) -> Iterator[tuple[Token, float]]:
    """The number of 'three people', of whom none are told apart or added."""
    if noun.lower_ != "people" or any(c.dep_ == "conj" for c in noun.children):
        return
    if {c.lower_ for c in noun.children} & _ONE_MORE or _is_of_before(noun):
        return
    for child in noun.children:
        number = value_of(child)
        if child.dep_ == "nummod" and number is not None and not is_rounded(child):
            yield child, number


def _is_of_before(noun: Token) -> bool:
    """Whether it is told of an earlier time: 'had died', 'died last year'."""
    near = {c.lower_ for c in noun.head.children}
    return "had" in near or any(t.lower_ in {"last", "ago"} for t in noun.head.subtree)
