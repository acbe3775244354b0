"""Claims that a reference contradicts, as the verifier reads the two.

The verifier has read each claim beside the reference passages nearest to it, for the verdicts.
Where it holds one of them against the claim, though not firmly enough for a verdict, an editor
should still see the two side by side: a flag is a question, a verdict an answer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from factcheck.checks.base import Case, Marker
from factcheck.checks.consistency import Reader, Reading
from factcheck.checks.lexicon import table
from factcheck.checks.suspicion import log_odds
from factcheck.records import Claim, Evidence, Flag, Quotation, Severity, Span
from factcheck.text.clauses import stem
from factcheck.text.sentences import sentences

NAME = "sources"
"""Name of this check, which needs a model and is therefore made by the caller."""

Read = Mapping[str, Sequence[tuple[Evidence, Reading]]]
"""What the verifier made of the reference passages that it read, by claim id."""

_BORNE_OUT = 0.5
"""P(supported) from which a passage bears a claim out, whatever another says."""
_WORD = re.compile(r"[^\W_]{4,}|\d(?:[\d.,]*\d)?")
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
_DENIAL = re.compile(
    r"\b(?:not|no|never|nor|neither|without|none|nobody|nothing|cannot|denie[sd]|refused|declined)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_HEADING = re.compile(r"(?:[^\n]*\n){0,2}?Source:[^\n]*\n")
"""Title and source of a reference, in its first lines (docs/references.md)."""


@dataclass(frozen=True)
class Doubt:
    """A claim with the passage that speaks loudest against it."""

    claim: Claim
    passage: Evidence
    refuted: float
    """P(refuted) of the claim beside that passage."""


@dataclass(frozen=True)
class Weights:
    """A logistic model of whether a doubted claim has an error in it."""

    constant: float
    """Log-odds of an error for a claim of one word where P(refuted) is even."""
    refuted: float
    """What the log-odds of P(refuted) are multiplied by."""
    words: float
    """What the logarithm of the number of the claim's words that carry meaning is multiplied by:
    of short claims, which are parts of sentences, the verifier is more often wrong."""
    least: float
    """Confidence from which a claim is flagged."""

    def confidence(self, doubt: Doubt) -> float:
        """How sure it is that the claim is wrong, 0 to 1."""
        odds = self.constant + self.refuted * log_odds(doubt.refuted)
        odds += self.words * math.log(weighty(doubt.claim.standalone))
        return 1 / (1 + math.exp(-odds))


def shipped_weights(kind: str) -> Weights:
    """The weights in data/sources.toml: for `embedded`, the shipped verifier, or for `other`."""
    return Weights(**table("sources.toml")[kind])


def weighty(text: str) -> int:
    """How many of its words are numbers or have four letters or more; at least 1."""
    return max(1, len(_WORD.findall(text)))


def doubts(claims: Iterable[Claim], read: Read) -> Iterator[Doubt]:
    """The claims that no passage bears out, each with the one that speaks loudest against it."""
    for claim in claims:
        held = read.get(claim.id, ())
        if held and all(reading.supported < _BORNE_OUT for _, reading in held):
            passage, reading = max(held, key=lambda one: one[1].refuted)
            yield Doubt(claim, passage, reading.refuted)


class SourcesCheck:
    """Flags claims that a reference contradicts, as a model reads it."""

    name = NAME

    def __init__(self, reader: Reader, read: Read, weights: Weights):
        """Look at what was read.

        Args:
            reader: the model that read it, to be asked for the sentence that decided.
            read: what it made of the claims' passages.
            weights: what makes a doubt a flag.
        """
        self._reader, self._read, self._weights = reader, read, weights

    def run(self, case: Case) -> Iterable[Flag]:
        """At most one flag a sentence."""
        found = [(self._weights.confidence(d), d) for d in doubts(case.claims, self._read)]
        due = [(sure, d) for sure, d in found if sure >= self._weights.least]
        best: dict[int, tuple[float, Doubt]] = {}
        for sure, doubt in sorted(due, key=lambda pair: (-pair[0], pair[1].claim.span.start)):
            best.setdefault(doubt.claim.sentence, (sure, doubt))
        for sure, doubt, quotation in self._upheld(list(best.values())):
            yield self._flag(case, doubt, sure, quotation)

    def _upheld(
        self, chosen: Sequence[tuple[float, Doubt]]
    ) -> Iterator[tuple[float, Doubt, Quotation]]:
        """The doubts that no single sentence of the passage allays, with the loudest sentence."""
        parts = [_sentences(doubt.passage.quotation) for _, doubt in chosen]
        asked = [
            (part.text, doubt.claim.standalone)
            for (_, doubt), found in zip(chosen, parts, strict=True)
            for part in found
        ]
        readings = iter(self._reader.score(asked))
        for (sure, doubt), found in zip(chosen, parts, strict=True):
            heard = [(next(readings), part) for part in found]
            allayed = any(reading.supported >= _BORNE_OUT for reading, _ in heard)
            if not allayed and not any(_repeats(part.text, doubt.claim) for part in found):
                yield sure, doubt, max(heard, key=lambda one: one[0].refuted)[1]

    def _flag(self, case: Case, doubt: Doubt, sure: float, quotation: Quotation) -> Flag:
        passage = doubt.passage
        return Marker(self.name, "contradiction").flag(
            case.article,
            doubt.claim.span,
            _severity(sure),
            round(sure, 4),
            f"{passage.publisher or passage.title} seems to say otherwise.",
            conflict=quotation,
        )


def _sentences(quotation: Quotation) -> list[Quotation]:
    """The sentences of a passage, without its document's heading."""
    text = quotation.text
    heading = _HEADING.match(text)
    spans = sentences(text, Span(heading.end() if heading else 0, len(text)))
    return [quotation.part(span) for span in spans] or [quotation]


def _repeats(sentence: str, claim: Claim) -> bool:
    """Whether a sentence has the claim's numbers, half of its other words, and as few denials."""
    ours, theirs = claim.standalone, sentence
    figures = set(_NUMBER.findall(ours))
    if not figures or not figures <= set(_NUMBER.findall(theirs)):
        return False
    wanted = {stem(word) for word in _WORD.findall(ours)} - figures
    shared = wanted & {stem(word) for word in _WORD.findall(theirs)}
    denied = [bool(_DENIAL.search(text)) for text in (ours, theirs)]
    return len(shared) >= len(wanted) / 2 and denied[0] == denied[1]


def _severity(sure: float) -> Severity:
    return "medium" if sure >= 0.6 else "low"
