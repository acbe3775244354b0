"""What a verdict rests on: the passages that decided, who decided, and how sure that is."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

from factcheck.records import CheckedClaim, Evidence, Origin, Quotation, Span
from factcheck.reports.wording import decider, grounds


def deciding(checked: CheckedClaim) -> tuple[Evidence, ...]:
    """The passages that decided the claim, most telling first."""
    by_id = {item.id: item for item in checked.evidence}
    return tuple(by_id[key] for key in checked.verdict.evidence if key in by_id)


def decided_against(checked: CheckedClaim) -> Origin | None:
    """Where the passage stands that weighed most in the verdict; None where there is none."""
    return next((item.quotation.origin for item in deciding(checked)), None)


def decided_by(checked: CheckedClaim) -> str:
    """Who decided the claim, in words."""
    return decider(checked.verdict.decided_by, decided_against(checked))


def verdict_grounds(checked: CheckedClaim) -> str:
    """How sure the verdict is and who gave it; empty where nobody could say how sure."""
    verdict = checked.verdict
    if verdict.probability is None:
        return ""
    return grounds(verdict.probability, verdict.decided_by, decided_against(checked))


def quoted(checked: CheckedClaim) -> tuple[Evidence, ...]:
    """The passages that decided the claim, most telling first, none with words of another.

    Passages of one document that share words are one, so that no sentence is shown twice.
    """
    shown: list[Evidence] = []
    for item in deciding(checked):
        beside = [one for one in shown if _share_words(one.quotation, item.quotation)]
        if not beside:
            shown.append(item)
            continue
        whole = reduce(_joined, (one.quotation for one in beside), item.quotation)
        shown[shown.index(beside[0])] = replace(beside[0], quotation=whole)
        shown = [one for one in shown if one not in beside[1:]]
    return tuple(shown)


def _share_words(one: Quotation, other: Quotation) -> bool:
    return one.source_id == other.source_id and one.span.overlaps(other.span)


def _joined(one: Quotation, other: Quotation) -> Quotation:
    """The words of both, which share some."""
    first, second = sorted((one, other), key=lambda quotation: quotation.span)
    if first.covers(second):
        return first
    rest = second.text[first.span.end - second.span.start :]
    span = Span(first.span.start, second.span.end)
    return replace(first, span=span, text=first.text + rest)
