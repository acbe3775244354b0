"""Claims that a reference may contradict, with all that tells how likely an error is.

The verifier has read each claim beside its reference passages. Where none bears it out, the passage
that speaks loudest against it is read again for some contraries of the claim
(`factcheck.checks.doubt.contraries`): that a contrary pleases the model better than the claim says
more than how little the claim does.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import TYPE_CHECKING

from factcheck.checks.doubt.contraries import Repair, causes, exchanged
from factcheck.checks.doubt.reading import Reader, Reading
from factcheck.checks.doubt.suspicion import log_odds
from factcheck.checks.lexicon import check_table
from factcheck.records import Claim, Evidence, FlagType

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from factcheck.text.parsing import Parser

Read = Mapping[str, Sequence[tuple[Evidence, Reading]]]
"""What the verifier made of the reference passages that it read, by claim id."""

BORNE_OUT = 0.5
"""P(supported) from which a passage bears a claim out, whatever another says."""
_DOUBTED = 0.5
"""P(refuted) from which contraries of a claim are read, the plainest of each kind."""
_KINDS: tuple[FlagType, ...] = ("cause", "role_reversal")
_PLAIN = 1.0
"""Relief from which a contrary names the kind of error."""
_LEAST_RELIEF, _MOST_RELIEF = -4.0, 8.0
_UNREAD = -2.0
"""Log-odds of P(supported) that stand for a second passage where there is none."""
WORD = re.compile(r"[^\W_]{4,}|\d(?:[\d.,]*\d)?")
"""Words that carry meaning: numbers, and those of four letters or more."""


@dataclass(frozen=True)
class Contrary:
    """A change that turns the sense of a claim, and how the passage takes the claim with it."""

    repair: Repair
    """The change."""
    claim: str
    """The claim with it."""
    reading: Reading
    """What the passage does for that."""


@dataclass(frozen=True)
class Doubt:
    """A claim with the passage that speaks loudest against it."""

    claim: Claim
    """The claim, which no passage that was read bears out."""
    passage: Evidence
    """The passage."""
    reading: Reading
    """What it does for the claim."""
    elsewhere: Reading | None = None
    """What the other passage that was read does for it."""
    contraries: tuple[Contrary, ...] = ()
    """What was read besides, of each kind the plainest first."""

    @property
    def best(self) -> Contrary | None:
        """The contrary that the passage likes best; None where none was read."""
        return min(self.contraries, key=lambda one: _against(one.reading), default=None)

    @property
    def turned(self) -> FlagType:
        """The kind of contrary that is plainly preferred to the claim; else `contradiction`."""
        kind = max(_KINDS, key=self._relief)
        return kind if self._relief(kind) >= _PLAIN else "contradiction"

    @property
    def features(self) -> dict[str, float]:
        """What `Weights` weighs, by the names of its fields."""
        here, there = self.reading, self.elsewhere
        return {
            "refuted": log_odds(here.refuted),
            "supported": log_odds(here.supported),
            "refuted_elsewhere": log_odds(there.refuted) if there else 0.0,
            "supported_elsewhere": log_odds(there.supported) if there else _UNREAD,
            "words": math.log(weighty(self.claim.standalone)),
            "cause": self._relief("cause"),
            "exchange": self._relief("role_reversal"),
        }

    def _relief(self, kind: FlagType) -> float:
        """By how much the best contrary of a kind is preferred to the claim; 0 where none is."""
        after = [_against(one.reading) for one in self.contraries if one.repair.type == kind]
        if not after:
            return 0.0
        relief = _against(self.reading) - min(after)
        return min(max(relief, _LEAST_RELIEF), _MOST_RELIEF)


@dataclass(frozen=True)
class Weights:
    """A logistic model of whether a doubted claim has an error in it: what it multiplies by."""

    constant: float
    """Log-odds where all else is 0."""
    refuted: float
    """For P(refuted) by the loudest passage."""
    supported: float
    """For P(supported) by it."""
    refuted_elsewhere: float
    """For P(refuted) by the other passage that was read."""
    supported_elsewhere: float
    """For P(supported) by that."""
    words: float
    """For the logarithm of the number of the claim's words that carry meaning: of short claims,
    which are parts of sentences, the verifier is more often wrong."""
    cause: float
    """For how much a denied cause, or cause and effect changed about, is preferred to the claim."""
    exchange: float
    """For how much the claim with two parties exchanged is."""
    least: float
    """Confidence from which a claim is flagged."""

    def odds(self, doubt: Doubt) -> float:
        """Log-odds that the claim is wrong."""
        parts = (getattr(self, name) * value for name, value in doubt.features.items())
        return self.constant + math.fsum(parts)

    def confidence(self, doubt: Doubt) -> float:
        """How sure it is that the claim is wrong, 0 to 1."""
        return 1 / (1 + math.exp(-self.odds(doubt)))


def shipped_weights(kind: str) -> Weights:
    """The weights in data/sources.toml: for `embedded`, the shipped verifier, or for `other`."""
    given = check_table("sources.toml")[kind]
    return Weights(**{one.name: given.get(one.name, 0.0) for one in fields(Weights)})


def weighty(text: str) -> int:
    """How many of its words are numbers or have four letters or more; at least 1."""
    return max(1, len(WORD.findall(text)))


def doubts(claims: Iterable[Claim], read: Read, reader: Reader, parser: Parser) -> list[Doubt]:
    """The claims that no passage bears out, in order.

    Args:
        claims: the article's claims.
        read: what the verifier made of their passages.
        reader: the verifier, to be asked about contraries; all in one batch.
        parser: for parsing the claims.
    """
    found = list(_unsupported(claims, read))
    doubted = [doubt for doubt in found if doubt.reading.refuted >= _DOUBTED]
    parsed = parser.parse_texts([doubt.claim.standalone for doubt in doubted])
    turned = [
        (doubt, repair, repair.applied(sentences[0].doc.text))
        for doubt, sentences in zip(doubted, parsed, strict=True)
        if len(sentences) == 1
        for repair in _contraries(sentences[0].doc)
    ]
    readings = reader.score([(doubt.passage.quotation.text, text) for doubt, _, text in turned])
    by_claim: dict[str, list[Contrary]] = {}
    for (doubt, repair, text), reading in zip(turned, readings, strict=True):
        by_claim.setdefault(doubt.claim.id, []).append(Contrary(repair, text, reading))
    return [replace(one, contraries=tuple(by_claim.get(one.claim.id, ()))) for one in found]


def _unsupported(claims: Iterable[Claim], read: Read) -> Iterator[Doubt]:
    for claim in claims:
        held = sorted(read.get(claim.id, ()), key=lambda one: -one[1].refuted)
        if held and all(reading.supported < BORNE_OUT for _, reading in held):
            (passage, reading), *others = held
            yield Doubt(claim, passage, reading, others[0][1] if others else None)


def _contraries(doc: Doc) -> Iterator[Repair]:
    for kind in (causes(doc), exchanged(doc)):
        yield from islice(kind, 1)


def _against(reading: Reading) -> float:
    """How much more a passage speaks against something than for it, in log-odds."""
    return log_odds(reading.refuted) - log_odds(reading.supported)
