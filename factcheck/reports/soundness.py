"""Whether the numbers and places of a report that was read can be what they say they are."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.records import CheckedClaim, Quotation, Report, Span

_ROUNDING = 1e-6
"""What adding up in single precision may put on top of 1."""


def fault(report: Report) -> str | None:
    """The first number or span out of range: 'flags.0.confidence: -3 is not …'; None if none is.

    A probability lies between 0 and 1, a span within the text that it is of. The text of a
    reference document is no part of a report, so that spans in one are only held to their order.
    """
    for place, number in _probabilities(report):
        if not -_ROUNDING <= number <= 1 + _ROUNDING:
            return f"{place}: {number:g} is not between 0 and 1"
    for place, span, length in _spans(report):
        if not 0 <= span.start <= span.end:
            return f"{place}: {span.start} to {span.end} is no span"
        if length is not None and span.end > length:
            return f"{place}: {span.start} to {span.end} ends after its text ({length} characters)"
    return None


def _probabilities(report: Report) -> Iterator[tuple[str, float]]:
    for number, flag in enumerate(report.flags):
        yield f"flags.{number}.confidence", flag.confidence
    for number, item in enumerate(report.claims):
        yield f"claims.{number}.claim.worth", item.claim.worth
        if item.verdict.probability is not None:
            yield f"claims.{number}.verdict.probability", item.verdict.probability
        if item.occlusion:
            place = f"claims.{number}.occlusion"
            yield f"{place}.probability", item.occlusion.probability
            for at, word in enumerate(item.occlusion.words):
                yield f"{place}.words.{at}.probability", word.probability


def _spans(report: Report) -> Iterator[tuple[str, Span, int | None]]:
    """Each span with its place and the length of its text, None where that is not known."""
    length = len(report.article.text)
    for name, span in (("headline", report.article.headline), ("byline", report.article.byline)):
        if span:
            yield f"article.{name}", span, length
    for number, sentence in enumerate(report.article.sentences):
        yield f"article.sentences.{number}.span", sentence.span, length
    for number, item in enumerate(report.claims):
        place = f"claims.{number}"
        yield f"{place}.claim.span", item.claim.span, length
        for name, quotation in _quotations(item):
            yield f"{place}.{name}.span", quotation.span, _length(quotation, length)
        for at, word in enumerate(item.occlusion.words if item.occlusion else ()):
            yield f"{place}.occlusion.words.{at}.span", word.span, len(item.claim.standalone)
    for number, flag in enumerate(report.flags):
        for name, found in (("quotation", flag.quotation), ("conflict", flag.conflict)):
            if found:
                yield f"flags.{number}.{name}.span", found.span, _length(found, length)


def _quotations(item: CheckedClaim) -> Iterator[tuple[str, Quotation]]:
    for name, words in (("claim.time", item.claim.time), ("claim.place", item.claim.place)):
        if words:
            yield name, words
    for number, hedge in enumerate(item.claim.hedges):
        yield f"claim.hedges.{number}.cue", hedge.cue
    for number, evidence in enumerate(item.evidence):
        yield f"evidence.{number}.quotation", evidence.quotation
    if item.occlusion:
        yield "occlusion.sentence", item.occlusion.sentence


def _length(quotation: Quotation, of_article: int) -> int | None:
    return of_article if quotation.origin == "context" else None
