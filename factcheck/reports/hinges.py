"""What the entailment model's answer on a claim hangs on, as every form of the report shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.records import CheckedClaim, Occlusion, Report
from factcheck.reports.cutting import head, shorten, tail
from factcheck.reports.view import (
    Source,
    source_of,
)
from factcheck.reports.wording import listed, percent

_AROUND = 200
"""Code points of the claim shown on either side of a word."""
_LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Hinges:
    """An `Occlusion` in words."""

    words: tuple[str, ...]
    """The words that change the answer, the heaviest first; none where no single word does."""
    effect: str
    """What becomes of the answer without them: a sentence without capital and full stop."""
    claim: tuple[tuple[str, bool], ...]
    """The claim as it was read, in pieces, each with whether it is one of the words."""
    sentence: str
    """The sentence of the evidence that weighs most."""
    source: Source
    """Where that sentence is from."""


def hinges(report: Report, item: CheckedClaim) -> Hinges | None:
    """What the answer on the claim hangs on; None where nobody asked."""
    found = item.occlusion
    if found is None:
        return None
    return Hinges(
        tuple(shorten(word.text, _LONGEST_WORD) for word in found.words),
        _effect(found),
        tuple(_pieces(item.claim.standalone, found)),
        shorten(found.sentence.text),
        source_of(report.article, found.sentence, {one.id: one for one in item.evidence}),
    )


def _effect(found: Occlusion) -> str:
    whole = percent(found.probability)
    without = [percent(word.probability) for word in found.words]
    if not without:
        return f"the entailment model by itself says {whole} {found.stance}"
    which = "it" if len(without) == 1 else "them, one at a time,"
    return f"without {which} the entailment model goes from {whole} {found.stance} to " + listed(
        without
    )


def _pieces(claim: str, found: Occlusion) -> Iterator[tuple[str, bool]]:
    at = 0
    for span in sorted(word.span for word in found.words):
        between = claim[at : span.start]
        yield shorten(between, 2 * _AROUND) if at else tail(between, _AROUND), False
        yield shorten(span.of(claim), _LONGEST_WORD), True
        at = span.end
    yield head(claim[at:], _AROUND), False
