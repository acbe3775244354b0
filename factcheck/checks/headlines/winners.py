"""A headline that lets one party win where the text lets the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from factcheck.checks.headlines.numbers import value_of
from factcheck.checks.headlines.outcomes import Outcome, outcomes, pairs, words
from factcheck.checks.headlines.parties import Exchange
from factcheck.checks.headlines.parts import Read, stems

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEAD = 2
"""Body sentences in which the outcome of the headline's contest is told."""
_SCORE = 4
"""Words from the winner's number to the 'to' before the loser's."""
_NAME = 5
"""Words from the loser's number to the name."""
_EARLIER = frozenset(
    "first initial preliminary primary heat earlier previous previously last".split()
)
"""Words of a sentence that tells of an earlier round."""


def find_other_winner(headline: Read, body: Sequence[Read]) -> Iterator[Exchange]:
    """'A holds off B' where the lead has B as the winner, or A with the lower number of votes.

    Quiet where the text anywhere has A as a winner, too.
    """
    for pair in pairs():
        told = [o for o in outcomes(headline.parsed.doc, headline.free, pair) if pair.beaten]
        if len(told) != 1 or told[0].side == 1 or told[0].tentative or told[0].negated:
            continue
        doc = headline.parsed.doc
        victor = _names(doc[: told[0].tokens[0].i])
        others = _names(doc[told[0].tokens[-1].i + 1 :]) - victor
        if not victor or any(victor & _winners(s, told[0]) for s in body):
            continue
        for sentence in body[:_LEAD]:
            lost = _outscored(sentence, victor) or _won(sentence, headline, told[0], others)
            if lost and not _EARLIER & {t.lower_ for t in sentence.parsed.doc}:
                yield list(told[0].tokens), sentence, lost
                return


def _names(tokens: Iterable[Token]) -> set[str]:
    return set(stems(t for t in tokens if t.pos_ == "PROPN"))


def _wins(sentence: Read, told: Outcome) -> Iterator[Outcome]:
    """The plain outcomes of a sentence that make somebody the winner."""
    for outcome in outcomes(sentence.parsed.doc, sentence.free, told.pair):
        beats = outcome.of_object and outcome.tokens[0].pos_ == "VERB"
        if not outcome.negated and (beats or outcome.side == told.side):
            yield outcome


def _winners(sentence: Read, told: Outcome) -> set[str]:
    """The names in a sentence that may be the winner's: all that stand before the outcome."""
    return {
        name
        for outcome in _wins(sentence, told)
        for name in _names(sentence.parsed.doc[: outcome.tokens[0].i])
    }


def _won(sentence: Read, headline: Read, told: Outcome, others: set[str]) -> list[Token]:
    """The other party of the headline as the one who has won what it speaks of."""
    for outcome in _wins(sentence, told):
        verb = outcome.tokens[0]
        subjects = [c for c in verb.children if c.dep_ == "nsubj"]
        prizes = [c for c in verb.children if c.dep_ == "dobj"]
        prize = set(stems(t for noun in prizes for t in noun.subtree)) & headline.stems
        if not outcome.tentative and prize and others & _names(subjects):
            return [*subjects, *outcome.tokens]
    return []


def _outscored(sentence: Read, victor: set[str]) -> list[Token]:
    """'2,227 votes to 2,221 for Mayor Ray Bascombe', where Bascombe is the headline's winner."""
    doc = sentence.parsed.doc
    for token in doc:
        more = value_of(token)
        to = next((t for t in doc[token.i + 1 : token.i + _SCORE] if t.lower_ == "to"), None)
        if more is None or to is None:
            continue
        less = next((t for t in doc[to.i + 1 : to.i + 3] if t.like_num), None)
        value = value_of(less) if less is not None else None
        if less is None or value is None or value >= more or not _of_whom(less):
            continue
        name = [t for t in doc[less.i + 2 : less.i + 2 + _NAME] if t.pos_ == "PROPN"]
        if victor & _names(name) and not words("tentative") & {t.lower_ for t in doc}:
            return [t for t in doc[token.i : name[-1].i + 1]]
    return []


def _of_whom(number: Token) -> bool:
    """Whether it is said after a number whose it is."""
    following = number.doc[number.i + 1 : number.i + 2]
    return any(t.lower_ in {"for", "of", "by"} for t in following)
