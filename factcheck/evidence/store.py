"""The reference store: passages with their vectors in a Chroma collection.

A document counts as stored once all its passages are there: each passage says how many its
document has, so an interrupted build is seen and finished by the next one. What made the store
(embedder, chunker, form) stands in the collection's metadata, and another maker is refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from factcheck.errors import FactcheckError, StoreError, StoreMismatch
from factcheck.evidence.chunking import CHUNKER, passages
from factcheck.evidence.corpus import Document, digest_of
from factcheck.evidence.embedding import Embedder
from factcheck.evidence.locking import writing
from factcheck.records import Span

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

    from factcheck.evidence.embedding import Vectors

COLLECTION = "factcheck-references"
SCHEMA = "1"
_DATABASE = "chroma.sqlite3"
_BATCH = 64
_PAGE = 5_000
_MAKERS = ("embedder", "embedder_digest", "chunker", "schema")

Progress = Callable[[int, int], None]


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


def is_store(location: str | Path) -> bool:
    """Whether a reference store is at `location` already."""
    if _is_address(location):
        try:
            with _told(location):
                return COLLECTION in {c.name for c in _client(location).list_collections()}
        except StoreError:
            return False
    return (Path(location) / _DATABASE).exists()


class Store:
    """An opened reference store; a context manager that closes it."""

    def __init__(self, location: str, client: ClientAPI, embedder: Embedder | None) -> None:
        """Use `Store.open`."""
        self.location = location
        self._client = client
        self._embedder = embedder
        self._folder = None if _is_address(location) else Path(location)
        self._collection: Any = None

    @classmethod
    def open(
        cls,
        location: str | Path,
        embedder: Embedder | None = None,
        *,
        create: bool = False,
        rebuild: bool = False,
    ) -> Store:
        """The store at `location`, a folder or the http:// address of a Chroma server.

        Args:
            location: where it is.
            embedder: what makes its vectors; without one only looking and removing work.
            create: make it where there is none.
            rebuild: drop what is stored; the next update makes it anew.

        Raises:
            StoreMismatch: it was made with another embedder or chunker.
            StoreError: it cannot be opened.
        """
        place = str(location)
        if not create and not is_store(place):
            raise StoreError(
                f"there is no reference store at {place}",
                hint=f"factcheck index sync --store {place} CORPUS",
            )
        with _told(place):
            if not _is_address(place):
                Path(place).mkdir(parents=True, exist_ok=True)
                _require_writable(Path(place))
            store = cls(place, _client(place), embedder)
            store._attach(rebuild)
        return store

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the database; the store is not to be used afterwards."""
        closing = getattr(self._client, "close", None)
        if closing is not None:
            closing()

    def add(self, documents: Iterable[Document], progress: Progress | None = None) -> Changes:
        """Store new and changed documents; leave the others that are there.

        Raises:
            StoreError: it cannot be written to; what was written so far stays and is used.
        """
        return self._update(list(documents), progress, remove_others=False)

    def sync(self, documents: Iterable[Document], progress: Progress | None = None) -> Changes:
        """Make the store hold just these documents.

        Raises:
            StoreError: it cannot be written to; what was written so far stays and is used.
        """
        return self._update(list(documents), progress, remove_others=True)

    def remove(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Take the documents with these ids out, and return the ids.

        Raises:
            StoreError: an id is not in the store; then nothing is taken out.
        """
        wanted = tuple(dict.fromkeys(ids))
        with _told(self.location), writing(self._folder):
            there = {row["document"] for row in self._rows()}
            unknown = [name for name in wanted if name not in there]
            if unknown:
                raise StoreError(
                    f"the store at {self.location} has no document {', '.join(unknown)}",
                    hint=f"factcheck index list --store {self.location}",
                )
            self._drop(wanted)
        return wanted

    def documents(self) -> tuple[StoredDocument, ...]:
        """The documents that are wholly stored, by id."""
        with _told(self.location):
            grouped = self._grouped()
        whole = [rows[0] for rows in grouped.values() if len(rows) == rows[0]["of"]]
        return tuple(sorted((_stored(row) for row in whole), key=lambda document: document.id))

    def info(self) -> StoreInfo:
        """What the store holds and was made with."""
        documents = self.documents()
        made = self._collection.metadata or {}
        return StoreInfo(
            location=self.location,
            documents=len(documents),
            passages=sum(document.passages for document in documents),
            digest=digest_of((document.id, document.digest) for document in documents),
            **{name: str(made.get(name, "")) for name in _MAKERS},
        )

    def passages(self) -> list[tuple[str, Passage]]:
        """All stored passages with their ids, by id."""
        with _told(self.location):
            found = [
                (name, _passage(text, row))
                for page in self._pages(["documents", "metadatas"])
                for name, text, row in zip(
                    page["ids"], page["documents"], page["metadatas"], strict=True
                )
            ]
        return sorted(found, key=lambda pair: pair[0])

    def nearest(self, vectors: Vectors, limit: int, last_day: int | None = None) -> list[list[str]]:
        """Ids of the passages nearest to each vector, nearest first.

        Args:
            vectors: one query a row.
            limit: how many for each.
            last_day: keep only documents dated up to this day, as the number YYYYMMDD.
        """
        if not len(vectors):
            return []
        with _told(self.location):
            count = self._collection.count()
            if not count:
                return [[] for _ in vectors]
            where = {"$and": [{"day": {"$gt": 0}}, {"day": {"$lte": last_day}}]}
            found = self._collection.query(
                query_embeddings=vectors,
                n_results=min(limit, count),
                where=where if last_day else None,
                include=[],
            )
        return [list(names) for names in found["ids"]]

    def _attach(self, rebuild: bool) -> None:
        names = {collection.name for collection in self._client.list_collections()}
        if rebuild and COLLECTION in names:
            self._client.delete_collection(COLLECTION)
            names.discard(COLLECTION)
        if COLLECTION in names:
            self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
            self._require_same_makers()
            return
        if self._embedder is None:
            raise StoreError(
                f"the store at {self.location} is empty",
                hint=f"factcheck index sync --store {self.location} CORPUS",
            )
        self._collection = self._client.create_collection(
            COLLECTION,
            metadata=_makers(self._embedder),
            configuration={"hnsw": {"space": "cosine", "ef_search": 200}},
            embedding_function=None,
        )

    def _require_same_makers(self) -> None:
        if self._embedder is None:
            return
        made = self._collection.metadata or {}
        for name, wanted in _makers(self._embedder).items():
            if made.get(name) != wanted:
                raise StoreMismatch(
                    f"the store at {self.location} was made with {name.replace('_', ' ')} "
                    f"{made.get(name)!r}, not {wanted!r}",
                    hint=f"factcheck index sync --rebuild --store {self.location} CORPUS",
                )

    def _update(
        self, documents: list[Document], progress: Progress | None, *, remove_others: bool
    ) -> Changes:
        embedder = self._embedder
        if embedder is None:
            raise StoreError("a store opened without an embedder cannot be added to")
        with _told(self.location), writing(self._folder):
            stored = self._grouped()
            wanted = {document.id: document for document in documents}
            state = {name: _state(doc, stored.get(name)) for name, doc in wanted.items()}
            gone = [name for name in stored if name not in wanted] if remove_others else []
            self._drop([*gone, *(name for name, was in state.items() if was == "changed")])
            todo = [doc for name, doc in wanted.items() if state[name] != "unchanged"]
            done = self._embed(todo, stored, state, embedder, progress)
        kinds = list(state.values())
        return Changes(
            added=kinds.count("added"),
            changed=kinds.count("changed"),
            removed=len(gone),
            unchanged=kinds.count("unchanged"),
            passages=done,
            resumed=kinds.count("resumed"),
        )

    def _embed(
        self,
        todo: Sequence[Document],
        stored: dict[str, list[dict[str, Any]]],
        state: dict[str, str],
        embedder: Embedder,
        progress: Progress | None,
    ) -> int:
        rows = [
            row
            for document in todo
            for row in _new_rows(document, stored if state[document.id] == "resumed" else {})
        ]
        if progress and rows:
            progress(0, len(rows))
        for start in range(0, len(rows), _BATCH):
            batch = rows[start : start + _BATCH]
            vectors = embedder.embed([f"{row['title']}\n{text}" for _, text, row in batch])
            self._collection.upsert(
                ids=[name for name, _, _ in batch],
                embeddings=vectors,
                documents=[text for _, text, _ in batch],
                metadatas=[row for _, _, row in batch],
            )
            if progress:
                progress(start + len(batch), len(rows))
        return len(rows)

    def _drop(self, documents: Sequence[str]) -> None:
        for name in documents:
            self._collection.delete(where={"document": name})

    def _grouped(self) -> dict[str, list[dict[str, Any]]]:
        """Metadata of all passages, by document."""
        grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in self._rows():
            grouped[row["document"]].append(row)
        return grouped

    def _rows(self) -> Iterator[dict[str, Any]]:
        for page in self._pages(["metadatas"]):
            yield from page["metadatas"]

    def _pages(self, include: list[str]) -> Iterator[dict[str, Any]]:
        offset = 0
        while True:
            page = self._collection.get(include=include, limit=_PAGE, offset=offset)
            if not page["ids"]:
                return
            yield page
            offset += len(page["ids"])


def _makers(embedder: Embedder) -> dict[str, str]:
    return {
        "embedder": embedder.name,
        "embedder_digest": embedder.digest,
        "chunker": CHUNKER,
        "schema": SCHEMA,
    }


def _state(document: Document, rows: list[dict[str, Any]] | None) -> str:
    if not rows:
        return "added"
    if any(row["digest"] != document.digest for row in rows):
        return "changed"
    return "unchanged" if len(rows) == rows[0]["of"] else "resumed"


def _new_rows(
    document: Document, stored: dict[str, list[dict[str, Any]]]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Id, text and metadata of the document's passages that are not stored yet."""
    there = {row["number"] for row in stored.get(document.id, ())}
    spans = passages(document.text, document.title) or [Span(0, len(document.text))]
    for number, span in enumerate(spans):
        if number in there:
            continue
        row = {
            "document": document.id,
            "number": number,
            "of": len(spans),
            "start": span.start,
            "end": span.end,
            "digest": document.digest,
            "title": document.title,
            "publisher": document.publisher,
            "record": document.record,
            "date": document.date or "",
            "day": int(document.date.replace("-", "")) if document.date else 0,
            "topic": document.topic,
            "url": document.url or "",
        }
        yield f"{document.id}#{number:05}", _storable(span.of(document.text)), row


def _storable(text: str) -> str:
    """Text that SQLite takes; documents are decoded UTF-8, so this only guards callers' own."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _stored(row: dict[str, Any]) -> StoredDocument:
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


def _passage(text: str, row: dict[str, Any]) -> Passage:
    return Passage(
        text=text,
        document=row["document"],
        span=Span(row["start"], row["end"]),
        title=row["title"],
        publisher=row["publisher"],
        date=row["date"] or None,
        url=row["url"] or None,
    )


def _is_address(location: str | Path) -> bool:
    return str(location).startswith(("http://", "https://"))


def _client(location: str | Path) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    settings = ChromaSettings(anonymized_telemetry=False)
    if not _is_address(location):
        return chromadb.PersistentClient(str(location), settings=settings)
    address = urlsplit(str(location))
    return chromadb.HttpClient(
        host=address.hostname or "localhost",
        port=address.port or (443 if address.scheme == "https" else 8000),
        ssl=address.scheme == "https",
        settings=settings,
    )


def _require_writable(folder: Path) -> None:
    """Chroma writes even when it only reads; find out first, for a clearer message."""
    probe = folder / ".probe"
    probe.touch()
    probe.unlink()


@contextmanager
def _told(location: str | Path) -> Iterator[None]:
    """Turn whatever the database raises into a `StoreError` with the next thing to try."""
    try:
        yield
    except (FactcheckError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except OSError as error:
        raise StoreError(
            f"the store at {location} cannot be used: {error.strerror or error}",
            hint="factcheck claims --store ANOTHER_FOLDER ARTICLE",
        ) from error
    except BaseException as error:  # Chroma's Rust core panics with a BaseException
        raise StoreError(
            f"the store at {location} cannot be used ({_first_line(error)})", hint=_remedy(location)
        ) from error


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0][:200]}" if lines else type(error).__name__


def _remedy(location: str | Path) -> str:
    if _is_address(location):
        return f"start the server (chroma run), or see whether {location} is right"
    return f"mv {location} {location}.damaged, then run the same command again to build it anew"
