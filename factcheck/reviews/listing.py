"""The page that lists the reports to review, and the rows that it asks for while they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from factcheck.reports.pages import asset, digest, safe, template
from factcheck.reviews.queue import Entry, Progress, Queue, progress_by_article
from factcheck.reviews.store import Store


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    entry: Entry
    progress: Progress | None
    """None until the report is read, or where it cannot be."""


def listing_html(queue: Queue, reviews: Path) -> str:
    """The whole page."""
    style, own = asset("report.css"), asset("listing.css")
    script = asset("listing.js")
    return template("listing.html.j2").render(
        **_facts(queue, reviews),
        style=safe(style),
        own_style=safe(own),
        script=safe(script),
        style_source=f"{digest(style)} {digest(own)}",
        script_source=digest(script),
    )


def rows_html(queue: Queue, reviews: Path, seen: str) -> dict[str, object]:
    """The rows as HTML, and how many reports are read, done and there.

    Args:
        queue: the reports.
        reviews: file of the store.
        seen: the `seen` that was answered last; where nothing is new, the HTML is left out.
    """
    facts = _facts(queue, reviews)
    told = {name: facts[name] for name in ("seen", "read", "total", "done", "said")}
    new = facts["seen"] != seen
    return told | {"html": template("rows.html.j2").render(**facts) if new else ""}


def _facts(queue: Queue, reviews: Path) -> dict[str, object]:
    entries = queue.entries()
    with Store.open(reviews) as store:
        decisions = store.decisions()
    progress = progress_by_article(entries, decisions)
    rows = list(_ordered([Row(entry, progress.get(entry.key)) for entry in entries]))
    read = [row for row in rows if row.entry.summary or row.entry.trouble]
    done = sum(bool(row.progress and row.progress.done) for row in rows)
    return {
        "rows": read,
        "seen": f"{len(read)}-{len(decisions)}",
        "read": len(read),
        "total": len(rows),
        "done": done,
        "said": _said(len(read), done, len(rows)),
    }


def _said(read: int, done: int, total: int) -> str:
    if read < total:
        return f"Reading reports: {read:,} of {total:,}"
    return f"{done:,} of {total:,} reviewed"


def _ordered(rows: list[Row]) -> Iterator[Row]:
    """What is still to be done first, the rest after it, each as the files are ordered."""
    yield from (row for row in rows if not (row.progress and row.progress.done))
    yield from (row for row in rows if row.progress and row.progress.done)
