"""The reference store: passages with their vectors in a Chroma collection.

A document counts as stored once all its passages are there: each passage says how many its
document has, so an interrupted build is seen and finished by the next one. What made the store
(embedder, chunker, form) stands in the collection's metadata, and another maker is refused.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from factcheck.errors import StoreError, StoreMismatch
from factcheck.evidence.chunking import CHUNKER
from factcheck.evidence.corpus import Document, digest_of
from factcheck.evidence.database import (
    BARE_ADDRESS,
    DATABASE,
    connect,
    disconnect,
    drop,
    explained,
    is_address,
)
from factcheck.evidence.embedding import Embedder
from factcheck.evidence.locking import writing
from factcheck.evidence.planning import Row, is_whole, plan_update
from factcheck.evidence.stored import (
    Changes,
    Passage,
    StoredDocument,
    StoreInfo,
    passage_of,
    stored_of,
)
from factcheck.resources import cache_folder

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

    from factcheck.evidence.embedding import Vectors

COLLECTION = "factcheck-references"
SCHEMA = "1"
_BATCH = 128
_PAGE = 5_000
_MAKERS = ("embedder", "embedder_digest", "chunker", "schema")

Progress = Callable[[int, int], None]
"""Told the passages done and the passages to do; (0, n) first."""


def is_store(location: str | Path) -> bool:
    """Whether a reference store is at `location` already.

    Raises:
        StoreError: the server at that address does not answer, or nobody may look there.
    """
    with explained(location):
        if not is_address(location):
            return (Path(location) / DATABASE).exists()
        client = connect(location)
        try:
            return _has_collection(client)
        finally:
            disconnect(client)


class Store:
    """An opened reference store; a context manager that closes it."""

    def __init__(self, location: str, client: ClientAPI, embedder: Embedder | None) -> None:
        """Use `Store.open`."""
        self.location = location
        self._client = client
        self._embedder = embedder
        self._folder = None if is_address(location) else Path(location)
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
        if (not create or BARE_ADDRESS.fullmatch(place)) and not is_store(place):
            raise _nothing_at(place)
        with explained(place):
            store = cls(place, connect(place), embedder)
            try:
                store._attach(create=create, rebuild=rebuild)
            except BaseException:
                store.close()
                raise
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
        disconnect(self._client)

    def add(self, documents: Iterable[Document], progress: Progress | None = None) -> Changes:
        """Store new and changed documents; leave the others that are there.

        Raises:
            StoreError: it cannot be written to; what was written so far stays and is used.
        """
        return self._update(tuple(documents), progress, remove_others=False)

    def sync(self, documents: Iterable[Document], progress: Progress | None = None) -> Changes:
        """Make the store hold just these documents.

        Raises:
            StoreError: it cannot be written to; what was written so far stays and is used.
        """
        return self._update(tuple(documents), progress, remove_others=True)

    def remove(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Take the documents with these ids out, and return the ids.

        Raises:
            StoreError: an id is not in the store; then nothing is taken out.
        """
        wanted = tuple(dict.fromkeys(ids))
        with explained(self.location), writing(self._folder):
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
        with explained(self.location):
            grouped = self._grouped()
        whole = [rows[0] for rows in grouped.values() if is_whole(rows)]
        return tuple(sorted((stored_of(row) for row in whole), key=lambda document: document.id))

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
        """All passages of wholly stored documents with their ids, by id; none without words."""
        with explained(self.location):
            found = [
                (name, text, row)
                for page in self._pages(["documents", "metadatas"])
                for name, text, row in zip(
                    page["ids"], page["documents"], page["metadatas"], strict=True
                )
            ]
        there = Counter(row["document"] for _, _, row in found)
        return sorted(
            (name, passage_of(text, row))
            for name, text, row in found
            if there[row["document"]] == row["of"] and text.strip()
        )

    def nearest(self, vectors: Vectors, limit: int, last_day: int | None = None) -> list[list[str]]:
        """Ids of the passages nearest to each vector, nearest first.

        Args:
            vectors: one query a row.
            limit: how many for each.
            last_day: keep only documents dated up to this day, as the number YYYYMMDD.
        """
        if not len(vectors):
            return []
        with explained(self.location):
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

    def vectors(self, names: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of the passages of these ids; none of those that are not there."""
        import numpy as np

        rows: dict[str, Vectors] = {}
        with explained(self.location):
            for start in range(0, len(names), _PAGE):
                batch = list(names[start : start + _PAGE])
                found = self._collection.get(batch, include=["embeddings"])
                made = np.asarray(found["embeddings"], dtype=np.float32)
                rows.update(zip(found["ids"], made, strict=True))
        return rows

    def _attach(self, *, create: bool, rebuild: bool) -> None:
        if rebuild and _has_collection(self._client):
            with writing(self._folder):
                drop(self._client, COLLECTION, self._folder)
        if _has_collection(self._client):
            self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
            self._require_same_makers()
            return
        if self._embedder is None or not (create or rebuild):
            raise _nothing_at(self.location)
        self._collection = self._client.get_or_create_collection(
            COLLECTION,
            metadata=_makers(self._embedder),
            configuration={"hnsw": {"space": "cosine", "ef_search": 200}},
            embedding_function=None,
        )

    def _require_same_makers(self) -> None:
        if self._embedder is None:
            return
        made, wanted = self._collection.metadata or {}, _makers(self._embedder)
        if made.get("embedder_digest") == wanted["embedder_digest"]:
            del wanted["embedder"]  # the same weights, however the path to them is written
        for name, value in wanted.items():
            if made.get(name) != value:
                raise StoreMismatch(
                    f"the store at {self.location} was made with {name.replace('_', ' ')} "
                    f"{made.get(name)!r}, not {value!r}",
                    hint=self._way_out(name, made),
                )

    def _way_out(self, differing: str, made: dict[str, Any]) -> str:
        """The command that makes the store anew, after the embedder it was made with if need be."""
        ours = self._embedder.name if self._embedder else ""
        rebuild = f"factcheck index sync --rebuild --store {self.location} --embedder {ours} CORPUS"
        if differing != "embedder":
            return rebuild
        return f"the same command with --embedder {made.get(differing)}, or {rebuild}"

    def _update(
        self, documents: Sequence[Document], progress: Progress | None, *, remove_others: bool
    ) -> Changes:
        embedder = self._embedder
        if embedder is None:
            raise StoreError("a store opened without an embedder cannot be added to")
        with explained(self.location):
            plan = plan_update(documents, self._grouped(), remove_others)
            if not plan.todo and not plan.gone:  # so that readers of one store need not queue
                return plan.changes(0)
            with writing(self._folder):
                plan = plan_update(documents, self._grouped(), remove_others)
                self._drop([*plan.gone, *plan.stale])
                return plan.changes(self._embed(plan.todo, embedder, progress))

    def _embed(self, rows: Sequence[Row], embedder: Embedder, progress: Progress | None) -> int:
        """Store passages batch by batch; what is stored stays when a later batch fails."""
        if progress and rows:
            progress(0, len(rows))
        for start in range(0, len(rows), _BATCH):
            batch = rows[start : start + _BATCH]
            self._collection.upsert(
                ids=[name for name, _, _ in batch],
                embeddings=embedder.embed([f"{row['title']}\n{text}" for _, text, row in batch]),
                documents=[text for _, text, _ in batch],
                metadatas=[row for _, _, row in batch],
            )
            if progress:
                progress(start + len(batch), len(rows))
        return len(rows)

    def _drop(self, documents: Sequence[str]) -> None:
        for start in range(0, len(documents), _BATCH):  # each call waits for the disk
            batch = list(documents[start : start + _BATCH])
            self._collection.delete(where={"document": {"$in": batch}})

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


def _has_collection(client: ClientAPI) -> bool:
    return COLLECTION in {collection.name for collection in client.list_collections()}


def _nothing_at(location: str) -> StoreError:
    return StoreError(f"there is no reference store at {location}", hint=_way_to(location))


def _way_to(location: str) -> str:
    """The command or flag by which there is a store: one in the cache follows its own corpus."""
    if BARE_ADDRESS.fullmatch(location):
        return f"--store http://{location}"
    if not is_address(location) and Path(location).resolve().parent == cache_folder().resolve():
        return "factcheck index sync (with the same --corpus, if one was given)"
    return f"factcheck index sync --store {location} FOLDER"
