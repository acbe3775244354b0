"""What an update of the reference store will do: which passages are to go, and which to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from factcheck.evidence.chunking import passages
from factcheck.evidence.corpus import Document
from factcheck.evidence.stored import Changes
from factcheck.records import Span

Row: TypeAlias = tuple[str, str, dict[str, Any]]
"""Id, text and metadata of a passage."""
_STATES = ("added", "changed", "unchanged", "resumed")


@dataclass(frozen=True, slots=True)
class Plan:
    """What an update will do."""

    states: tuple[str, ...]
    """One for each document given: added, changed, unchanged or resumed."""
    gone: tuple[str, ...]
    """Ids of stored documents to take out."""
    stale: tuple[str, ...]
    """Ids of documents whose stored passages are of an older text."""
    todo: tuple[Row, ...]
    """Passages to embed."""

    def changes(self, embedded: int) -> Changes:
        """The account of it, once done."""
        counted = {state: self.states.count(state) for state in _STATES}
        return Changes(removed=len(self.gone), passages=embedded, **counted)


def plan_update(
    documents: Iterable[Document], stored: dict[str, list[dict[str, Any]]], remove_others: bool
) -> Plan:
    """What makes a store hold these documents.

    Args:
        documents: what is to be stored.
        stored: metadata of the passages that are there, by document.
        remove_others: whether other documents are taken out.
    """
    wanted = {document.id: document for document in documents}
    states = {name: _state(doc, stored.get(name)) for name, doc in wanted.items()}
    there = {
        name: frozenset(row["number"] for row in stored[name])
        for name, state in states.items()
        if state in {"resumed", "unchanged"}
    }
    rows = (
        row
        for name, document in wanted.items()
        if states[name] != "unchanged"
        for row in _new_rows(document, there.get(name, frozenset()))
    )
    return Plan(
        states=tuple(states.values()),
        gone=tuple(name for name in stored if remove_others and name not in wanted),
        stale=tuple(name for name, state in states.items() if state == "changed"),
        todo=tuple(rows),
    )


def _state(document: Document, rows: list[dict[str, Any]] | None) -> str:
    if not rows:
        return "added"
    if any(row["digest"] != document.digest for row in rows):
        return "changed"
    return "unchanged" if is_whole(rows) else "resumed"


def is_whole(rows: list[dict[str, Any]]) -> bool:
    """Whether these are all passages of their document."""
    return len(rows) == int(rows[0]["of"])


def _new_rows(document: Document, there: frozenset[int]) -> Iterator[Row]:
    """Id, text and metadata of the document's passages whose numbers are not `there` yet."""
    spans = passages(document.text, document.title) or [Span(0, len(document.text))]
    about = {
        "document": document.id,
        "of": len(spans),
        "digest": document.digest,
        "title": document.title,
        "publisher": document.publisher,
        "record": document.record,
        "date": document.date or "",
        "day": int(document.date.replace("-", "")) if document.date else 0,
        "topic": document.topic,
        "url": document.url or "",
    }
    for number, span in enumerate(spans):
        if number not in there:
            row = about | {"number": number, "start": span.start, "end": span.end}
            yield f"{document.id}#{number:05}", _storable(span.of(document.text)), row


def _storable(text: str) -> str:
    """Text that SQLite takes; documents are decoded UTF-8, so this only guards callers' own."""
    return text.encode("utf-8", "replace").decode("utf-8")
