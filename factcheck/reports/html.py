"""The report as one HTML file that needs nothing else and asks nothing of any network.

Jinja2 escapes everything; active characters become visible marks; a Content Security Policy lets
only this report's own style and script run, by their digests. Without JavaScript it is a plain
document with working links.

The same page with a deck of controls is what `factcheck review` serves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from factcheck.decisions import ANSWERS
from factcheck.records import Report
from factcheck.reports import pages, reviewing, view
from factcheck.reports.context import NOTHING, Context
from factcheck.reports.marking import Piece, blocks
from factcheck.reports.pages import asset, digest
from factcheck.reports.provenance import provenance
from factcheck.reports.wording import counted

_WORST = 3
"""Findings named in the summary."""
_NOT_IN_ANCHOR = re.compile(r"[^\w-]", re.ASCII)
_STATES = {"open": "Open", "accepted": "Accepted", "changed": "Changed", "rejected": "Rejected"}
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
    """Number of decisions that the page already shows."""
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


def standing_html(context: Context, target: str) -> str:
    """Where one claim or flag stands: the part of a live page that a decision changes."""
    return _standing(context, target, live=True)


def anchor(identity: str) -> str:
    """An id for use in HTML and in links to it."""
    return _NOT_IN_ANCHOR.sub("-", identity)


def _page(report: Report, context: Context, live: Live | None) -> str:
    found = list(view.findings(report))
    style, script = asset("report.css"), asset("report.js")
    deck_style, deck_script = asset("deck.css"), asset("deck.js")
    rejected = {
        number
        for number, flag in enumerate(report.flags, 1)
        if context.standing(flag.id).state == "rejected"
    }

    def all_rejected(piece: Piece) -> bool:
        return rejected.issuperset(piece.flags)

    return pages.template("report.html.j2").render(
        report=report,
        article=report.article,
        context=context,
        live=live,
        blocks=blocks(report),
        findings=found,
        worst=[item for item in found if item.flag.severity == "high"][:_WORST],
        claims=list(enumerate(report.claims, 1)),
        headline=view.headline(report),
        severities=view.severities(report),
        outcomes=view.outcomes(report),
        progress=reviewing.progress(report, context),
        notes=_notes(report),
        provenance=provenance(report),
        flag_anchors=[anchor(flag.id) for flag in report.flags],
        claim_anchors=[anchor(item.claim.id) for item in report.claims],
        all_rejected=all_rejected,
        standing_of=lambda target: pages.safe(_standing(context, target, live is not None)),
        states=_STATES,
        answers=ANSWERS,
        keys=_KEYS,
        style=pages.safe(style),
        script=pages.safe(script),
        deck_style=pages.safe(deck_style),
        deck_script=pages.safe(deck_script),
        style_source=digest(style) + (f" {digest(deck_style)}" if live else ""),
        script_source=digest(script) + (f" {digest(deck_script)}" if live else ""),
    )


def _standing(context: Context, target: str, live: bool) -> str:
    standing = context.standing(target)
    lines = list(reviewing.lines(context, target))
    if not lines and not live:
        return ""
    return pages.template("standing.html.j2").render(
        target=anchor(target), standing=standing, lines=lines, live=live
    )


def _notes(report: Report) -> list[str]:
    withheld = report.summary.withheld_references
    later = f"{counted(withheld, 'later reference was', 'later references were')} not used."
    return [*([later] if withheld else []), *report.warnings]
