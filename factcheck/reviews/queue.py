"""The reports to review: found at once, read in the background, so that a thousand are no wait.

For the list only a few fields of each report are read; the whole report is read, and checked, when
it is opened.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factcheck.decisions import Decision, Standing, standings
from factcheck.records import SEVERITIES, content_id
from factcheck.reports.wording import plain_date

_DECIDED = frozenset({"supported", "refuted", "conflicting"})


@dataclass(frozen=True, slots=True)
class Summary:
    """What the list shows of a report."""

    article_id: str
    title: str
    source: str
    date: str
    """The article's own, in words; empty where it is not known."""
    severities: Mapping[str, int]
    """Number of flags by severity, worst first, none that is zero."""
    claims: int
    needed: tuple[str, ...]
    """Ids of the flags and claims that ask for a decision."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A report in the list."""

    key: str
    """Short name for addresses, the same each time."""
    path: Path
    summary: Summary | None = None
    """None until it is read."""
    trouble: str = ""
    """Why it cannot be read; empty where it can."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the review of one report is."""

    needed: int
    decided: int
    assigned: tuple[str, ...]
    """To whom something in it is assigned that is still open."""
    latest: Decision | None
    """The latest decision of any kind."""

    @property
    def done(self) -> bool:
        """Whether everything that asks for a decision has one."""
        return self.decided >= self.needed


class Queue:
    """The reports in order, read one after the other by `read_all`."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._entries = [Entry(content_id("report", path.resolve()), path) for path in paths]
        self._places = {entry.key: at for at, entry in enumerate(self._entries)}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """How many reports there are."""
        return len(self._entries)

    def entries(self) -> list[Entry]:
        """All reports, read or not."""
        with self._lock:
            return list(self._entries)

    def path(self, key: str) -> Path | None:
        """The file of the report of that key; None where there is none."""
        at = self._places.get(key)
        return None if at is None else self._entries[at].path

    def place(self, key: str) -> int:
        """Position of the report of that key, counted from 0."""
        return self._places[key]

    def after(self, key: str) -> str | None:
        """Key of the next report; None for the last."""
        at = self._places[key] + 1
        return self._entries[at].key if at < len(self._entries) else None

    def read_all(self) -> None:
        """Read what the list shows of every report."""
        for at, entry in enumerate(self.entries()):
            read = _read(entry)
            with self._lock:
                self._entries[at] = read

    def read_in_background(self) -> threading.Thread:
        """Start `read_all` in a thread of its own, which ends with the program."""
        thread = threading.Thread(target=self.read_all, daemon=True, name="reading reports")
        thread.start()
        return thread


def progress_of(
    needed: Iterable[str], standing: Mapping[str, Standing], latest: Decision | None
) -> Progress:
    """How far a review is, from the ids that ask for a decision and where they stand."""
    targets = list(needed)
    found = [standing[target] for target in targets if target in standing]
    decided = sum(one.state != "open" for one in found)
    assigned = {one.assignee: None for one in standing.values() if one.state == "open"}
    names = tuple(name for name in assigned if name)
    return Progress(len(targets), decided, names, latest)


def progress_by_article(
    entries: Iterable[Entry], decisions: Iterable[Decision]
) -> dict[str, Progress]:
    """How far each report is that has been read, by its key."""
    by_article: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_article.setdefault(decision.article_id, []).append(decision)
    found = {}
    for entry in entries:
        if entry.summary:
            own = by_article.get(entry.summary.article_id, [])
            latest = own[-1] if own else None
            found[entry.key] = progress_of(entry.summary.needed, standings(own), latest)
    return found


def _read(entry: Entry) -> Entry:
    try:
        data = json.loads(entry.path.read_bytes())
        return Entry(entry.key, entry.path, _summary(data))
    except (OSError, ValueError, RecursionError) as error:
        return Entry(entry.key, entry.path, trouble=f"cannot be read: {error}")
    except (KeyError, TypeError, AttributeError, IndexError):
        return Entry(entry.key, entry.path, trouble="is not a factcheck report")


def _summary(data: Any) -> Summary:
    """What the list shows.

    Raises:
        KeyError, TypeError, AttributeError, IndexError: `data` is no report.
    """
    article = data["article"]
    headline, source = article["headline"], _text(article["source"])
    title = _text(article["text"])[headline["start"] : headline["end"]] if headline else ""
    found = [flag["severity"] for flag in data["flags"]]
    claims = [
        _text(item["claim"]["id"])
        for item in data["claims"]
        if item["verdict"]["label"] in _DECIDED
    ]
    return Summary(
        _text(article["id"]),
        title or source,
        source,
        plain_date(article["date"]),
        {key: found.count(key) for key in SEVERITIES if key in found},
        len(data["claims"]),
        (*(_text(flag["id"]) for flag in data["flags"]), *claims),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
