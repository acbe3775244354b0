"""What a store gives back: passages, documents, and accounts of itself and of updates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from factcheck.records import Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A stored passage with all that is known of its document."""

    text: str
    """Its words."""
    document: str
    """Id of the document."""
    span: Span
    """Where it stands in the document's text."""
    title: str
    """Title of the document."""
    publisher: str
    """Who stands behind it."""
    date: str | None
    """ISO 8601 date of the document."""
    url: str | None
    """Where it can be read."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document that is wholly in the store."""

    id: str
    title: str
    publisher: str
    record: str
    date: str | None
    topic: str
    url: str | None
    digest: str
    passages: int


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What a store holds and what it was made with."""

    location: str
    documents: int
    passages: int
    embedder: str
    embedder_digest: str
    chunker: str
    schema: str
    digest: str
    """Over the ids and digests of its documents, whatever their order."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What an update did, in documents; `passages` counts those that were embedded."""

    added: int
    changed: int
    removed: int
    unchanged: int
    passages: int
    resumed: int
    """Documents that an interrupted update had left in part."""

    @property
    def any(self) -> bool:
        """Whether anything in the store is different now."""
        return bool(self.added or self.changed or self.removed or self.resumed)


def stored_of(row: dict[str, Any]) -> StoredDocument:
    """The document that a passage's metadata tells of."""
    return StoredDocument(
        id=row["document"],
        title=row["title"],
        publisher=row["publisher"],
        record=row["record"],
        date=row["date"] or None,
        topic=row["topic"],
        url=row["url"] or None,
        digest=row["digest"],
        passages=row["of"],
    )


def passage_of(text: str, row: dict[str, Any]) -> Passage:
    """The passage with this text and metadata."""
    return Passage(
        text=text,
        document=row["document"],
        span=Span(row["start"], row["end"]),
        title=row["title"],
        publisher=row["publisher"],
        date=row["date"] or None,
        url=row["url"] or None,
    )
