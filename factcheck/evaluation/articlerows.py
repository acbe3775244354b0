"""Articles of a run as rows of predictions.jsonl, and back again.

A row holds the flags as they were raised, and for each planted error what became of it. Figures
are worked out from the flags and the gold files.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from factcheck.evaluation import asking
from factcheck.evaluation.articles import Outcome, outcome
from factcheck.evaluation.checking import checking
from factcheck.evaluation.twins import Planted, Twins
from factcheck.records import Flag, Quotation, Span
from factcheck.settings import Settings

if TYPE_CHECKING:
    from factcheck.assistance import Assistant


def row_of(
    twins: Twins, settings: Settings, *, references: bool, assistant: Assistant | None = None
) -> dict[str, Any]:
    """Check both twins; the flags, errors only, as a row.

    Raises:
        Unfinished: the chat model could not be asked to the end.
    """
    began = time.perf_counter()
    unanswered = asking.unanswered(assistant)
    with checking(twins, settings, references=references, assistant=assistant) as check:
        found = outcome(twins, check)
    asking.require_finished(assistant)
    return {
        "id": twins.id,
        "planted": [_planted(found, item) for item in found.errors],
        "flawed": [asdict(flag) for flag in found.flawed],
        "clean": [asdict(flag) for flag in found.clean],
        "seconds": round(time.perf_counter() - began, 3),
        **({"unanswered": asking.unanswered(assistant) - unanswered} if assistant else {}),
    }


def outcome_of(row: Mapping[str, Any], twins: Twins, against: Sequence[str] = ()) -> Outcome:
    """The outcome that a row tells of.

    Args:
        row: as `row_of` makes it.
        twins: the pair it is about.
        against: measure only planted errors that these prove; all by default.
    """
    flawed, clean = (tuple(map(_flag, row[name])) for name in ("flawed", "clean"))
    if not against:
        return Outcome(twins, flawed, clean)
    unasked = tuple(item for item in twins.planted if item.against not in against)
    return Outcome(twins.planted_against(against), flawed, clean, unasked)


def _planted(found: Outcome, item: Planted) -> dict[str, Any]:
    """A planted error with what became of it, for readers of the row and for comparisons."""
    near = (flag for flag in found.flawed if flag.quotation.span.overlaps(item.span))
    return {
        "type": item.type,
        "against": item.against,
        "quote": item.quote,
        "found": found.hit(item, strict=True),
        "flagged": [f"{flag.type} by {flag.check}" for flag in near],
    }


def _flag(data: Mapping[str, Any]) -> Flag:
    conflict = data["conflict"]
    return Flag(
        **{
            **data,
            "quotation": _quotation(data["quotation"]),
            "conflict": _quotation(conflict) if conflict else None,
        }
    )


def _quotation(data: Mapping[str, Any]) -> Quotation:
    return Quotation(**{**data, "span": Span(**data["span"])})
