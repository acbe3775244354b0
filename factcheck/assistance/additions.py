"""What a chat model adds to the claims that the rules found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from factcheck.llm.restating import Restated
from factcheck.records import Claim

_SAME = 0.6
"""Share of their joint words from which two claims of a kind are one."""


def joined(known: Sequence[Claim], found: Iterable[Claim]) -> list[Claim]:
    """The known claims, and those found ones that are none of them.

    A found claim that is a known one tells it its time and place, which the rules do not look for.
    """
    whole = list(known)
    for claim in found:
        at = next((n for n, one in enumerate(whole) if _is_same(claim, one)), None)
        if at is None:
            whole.append(claim)
        else:
            held = whole[at]
            whole[at] = replace(held, time=held.time or claim.time, place=held.place or claim.place)
    return whole


def with_restatement(claim: Claim, restated: Restated | None) -> Claim:
    """The claim as the model restates it, or with what it says keeps it from standing alone.

    Args:
        claim: the claim.
        restated: what the model made of it; None where it was not asked or did not answer.
    """
    if restated is None:
        return claim
    open_points = claim.ambiguous or restated.ambiguous
    return replace(claim, restated=restated.text, ambiguous=() if restated.text else open_points)


def _is_same(one: Claim, other: Claim) -> bool:
    if one.sentence != other.sentence or one.kind != other.kind:
        return False
    shared = min(one.span.end, other.span.end) - max(one.span.start, other.span.start)
    joint = max(one.span.end, other.span.end) - min(one.span.start, other.span.start)
    return shared >= _SAME * joint
