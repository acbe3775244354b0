"""The report as one HTML file that needs nothing else and asks nothing of any network.

Jinja2 escapes everything; active characters become visible marks; a Content Security Policy lets
only this report's own style and script run, by their digests. Without JavaScript it is a plain
document with working links.

The same page with a deck of controls is what `factcheck review` serves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from factcheck.decisions import ANSWERS
from factcheck.records import Report
from factcheck.reports import pages, reviewing, view
from factcheck.reports.context import NOTHING, Context
from factcheck.reports.marking import Piece, blocks
from factcheck.reports.pages import asset, digest
from factcheck.reports.provenance import provenance

_WORST = 5
"""Passages named in the summary, at most."""
_NOT_IN_ANCHOR = re.compile(r"[^\w-]", re.ASCII)
_STATES = {"open": "Open", "accepted": "Accepted", "changed": "Changed", "rejected": "Rejected"}
_SETTLED = frozenset({"rejected", "changed"})
"""States in which what the machine found no longer stands."""
_KEYS = (
    ("j", "next"),
    ("k", "previous"),
    ("a", "accept"),
    ("r", "reject"),
    ("c", "change the verdict of a claim"),
    ("n", "note"),
    ("s", "assign to somebody"),
    ("u", "undo your latest decision"),
    ("o", "next one that is open"),
    ("]", "next report"),
    ("/", "search"),
    ("?", "this list"),
)


@dataclass(frozen=True, slots=True)
class Live:
    """What the page needs to know where decisions can be made on it."""

    endpoint: str
    """Address that takes decisions and tells of others'."""
    home: str
    """Address of the list of reports."""
    onward: str | None
    """Address of the next report; None on the last."""
    position: str
    """Where this report is in the list: 'report 3 of 12'."""
    reviewer: str
    """Name that decisions carry until another is given."""
    seen: int
    """Point in the store up to which the page shows decisions."""
    needed: int
    """Flags and claims that ask for a decision."""
    decided: int
    """How many of them have one."""


def to_html(report: Report, context: Context = NOTHING) -> str:
    """The whole report as one HTML document."""
    return _page(report, context, None)


def to_live_html(report: Report, context: Context, live: Live) -> str:
    """The report as a page to decide on; it needs the server behind `live.endpoint`."""
    return _page(report, context, live)


def headline_words(report: Report, context: Context) -> str:
    """The page's first line as it is after these decisions, its numbers tied to their nouns."""
    return pages.tied(view.headline(report, context))


def standing_html(context: Context, target: str) -> str:
    """Where one claim or flag stands: the part of a live page that a decision changes."""
    return _standing(context, target, live=True)


def anchor(identity: str) -> str:
    """An id for use in HTML and in links to it."""
    return _NOT_IN_ANCHOR.sub("-", identity)


def _page(report: Report, context: Context, live: Live | None) -> str:
    return pages.template("report.html.j2").render(
        **_content(report), **_reviewing(report, context, live), **_assets(live is not None)
    )


def _content(report: Report) -> dict[str, Any]:
    """What the machine found."""
    found = list(view.findings(report))
    leads = view.leads(report)
    return {
        "report": report,
        "article": report.article,
        "worst": leads[:_WORST],
        "unnamed": leads[_WORST:],
        "anchor": anchor,
        "severities": view.severities(report),
        "outcomes": view.outcomes(report),
        "notes": view.notes(report),
        "blocks": blocks(report),
        "findings": found,
        "claims": list(enumerate(report.claims, 1)),
        "flag_anchors": [anchor(flag.id) for flag in report.flags],
        "claim_anchors": [anchor(item.claim.id) for item in report.claims],
        "provenance": provenance(report),
    }


def _reviewing(report: Report, context: Context, live: Live | None) -> dict[str, Any]:
    """What reviewers decided, and how to decide more."""
    states = [context.standing(flag.id).state for flag in report.flags]
    rejected = {number for number, state in enumerate(states, 1) if state == "rejected"}

    def all_rejected(piece: Piece) -> bool:
        return rejected.issuperset(piece.flags)

    return {
        "live": live,
        "context": context,
        "headline": headline_words(report, context),
        "progress": reviewing.progress(report, context),
        "all_rejected": all_rejected,
        "ruling_on": lambda lead: _ruling_on(lead, context),
        "standing_of": lambda target: pages.safe(_standing(context, target, live is not None)),
        "states": _STATES,
        "answers": ANSWERS,
        "keys": _KEYS,
    }


def _ruling_on(lead: view.Lead, context: Context) -> str:
    """How reviewers settled a passage that the summary names, or the claim for which it does."""
    own = context.standing(lead.target).state
    if own in _SETTLED:
        return f", {own} in review"
    claim = context.standing(lead.because).state if lead.because else ""
    return f", the claim {claim} in review" if claim in _SETTLED else ""


def _assets(live: bool) -> dict[str, Any]:
    """Style and script, and the digests by which the policy lets them run."""
    names = ["report", "deck"] if live else ["report"]
    styles = [asset(f"{name}.css") for name in names]
    scripts = [asset(f"{name}.js") for name in names]
    return {
        "styles": [pages.safe(style) for style in styles],
        "scripts": [pages.safe(script) for script in scripts],
        "style_source": " ".join(digest(style) for style in styles),
        "script_source": " ".join(digest(script) for script in scripts),
    }


def _standing(context: Context, target: str, live: bool) -> str:
    standing = context.standing(target)
    lines = list(reviewing.lines(context, target))
    if not lines and not live:
        return ""
    return pages.template("standing.html.j2").render(
        target=anchor(target), standing=standing, lines=lines, live=live
    )
