"""Reaching Chroma, in a folder or on a server, and saying plainly what is wrong when it fails."""

from __future__ import annotations

import contextlib
import re
import shlex
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from factcheck.errors import FactcheckError, StoreError
from factcheck.evidence.locking import opening, updating
from factcheck.resources import shipped

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

DATABASE = "chroma.sqlite3"
_PORTS = {"http": 8000, "https": 443}
BARE_ADDRESS = re.compile(r"[\w.-]+:\d{2,5}/?", re.ASCII)
"""A host and a port without `http://`; as the name of a folder nobody means it."""
_FULL = ("is full", "no space left", "disk i/o error", "file too large", "quota exceeded")
_ROOM = 1_000_000
_BUSY = ("is locked", "is busy", "pool timed out")
_FORBIDDEN = ("readonly", "read-only", "unable to open", "permission denied")


def is_address(location: str | Path) -> bool:
    """Whether `location` is a server's address and not a folder."""
    return str(location).startswith(("http://", "https://"))


def connect(location: str | Path) -> ClientAPI:
    """A client of the database in that folder, or of the server at that address.

    Chroma writes even where it only reads, so a folder that takes no file is refused here.

    Raises:
        OSError: the folder cannot be written to.
        ValueError: the address is none, or nobody answers there.
    """
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if not is_address(location):
        folder = Path(location)
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder), opening(folder):
            return chromadb.PersistentClient(str(folder), settings=settings)
    address = urlsplit(str(location))
    return chromadb.HttpClient(
        host=address.hostname or "localhost",
        port=address.port or _PORTS[address.scheme],
        ssl=address.scheme == "https",
        settings=settings,
    )


@contextlib.contextmanager
def kept_for_update(location: str | Path) -> Iterator[None]:
    """Hold the store at `location`, if it is a folder, to open it and bring it up to date.

    Raises:
        StoreError: the folder cannot be made or written to, or another process does not let go.
    """
    with contextlib.ExitStack() as held:
        if not is_address(location) and not BARE_ADDRESS.fullmatch(str(location)):
            with explained(location):
                Path(location).mkdir(parents=True, exist_ok=True)
                held.enter_context(updating(Path(location)))
        yield


def disconnect(client: ClientAPI) -> None:
    """Let go of the database and its files."""
    # close() is in every client but not in their interface; of a server's client it leaves open
    # the connections of two sessions, its own and that of the administrator within it
    admin = getattr(client, "_admin_client", None)
    servers = [getattr(one, "_server", None) for one in (client, admin)]
    for holder in (client, *(getattr(server, "_session", None) for server in servers)):
        closing = getattr(holder, "close", None)
        if closing is not None:
            closing()


def drop(client: ClientAPI, collection: str, folder: Path | None) -> None:
    """Delete the collection, and the files of its index in `folder`, which Chroma leaves behind.

    They do not say whose they are, so they stay where the database has other collections.
    """
    client.delete_collection(collection)
    if folder is None or client.list_collections():
        return
    for place in folder.iterdir():
        if place.is_dir() and _is_uuid(place.name):
            shutil.rmtree(place, ignore_errors=True)


def _is_uuid(name: str) -> bool:
    try:
        return str(uuid.UUID(name)) == name
    except ValueError:
        return False


@contextlib.contextmanager
def explained(location: str | Path) -> Iterator[None]:
    """Turn whatever the database raises into a `StoreError` with the next thing to try."""
    try:
        yield
    except (FactcheckError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # Chroma's Rust core panics with a BaseException
        raise StoreError(
            f"the store at {location} cannot be used ({_first_line(error)})",
            hint=_remedy(location, error),
        ) from error


def _first_line(error: BaseException) -> str:
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    lines = told.strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__


def _remedy(location: str | Path, error: BaseException) -> str:
    told = str(error).casefold()
    if is_address(location):
        return f"start the server (chroma run), or see whether {location} is right"
    if isinstance(error, OSError) and not any(sign in told for sign in _FULL):
        return _elsewhere(Path(location))
    if any(sign in told for sign in _FULL) or not _has_room(Path(location)):
        return f"df -h {location}; free some space, then run the same command again"
    if any(sign in told for sign in _BUSY):
        return "wait until the other process is done, then run the same command again"
    if any(sign in told for sign in _FORBIDDEN):
        return _elsewhere(Path(location))
    return (
        f"mv {location} {location}.damaged, then run the same command again to build it anew; "
        f"one of your own: factcheck index sync FOLDER --store {location}"
    )


def _elsewhere(folder: Path) -> str:
    """The commands that use another folder: a store is copied, else one is made of the documents.

    Without a corpus `--store` takes only what is a store already.
    """
    use = "factcheck claims --store ANOTHER_FOLDER"
    with contextlib.suppress(OSError):
        if (folder / DATABASE).exists():
            return f"cp -r {shlex.quote(str(folder))} ANOTHER_FOLDER && {use} ARTICLE"
    return f"{use} --corpus {_shipped_documents()} ARTICLE, or --corpus with your own documents"


def _shipped_documents() -> str:
    try:
        return shlex.quote(str(shipped("corpus")))
    except FileNotFoundError:
        return "DOCUMENTS"


def require_place(location: str | Path) -> None:
    """Nothing, if a store can be made at `location`, which is tried without making one.

    Raises:
        StoreError: there is no room, or nothing may be written there.
    """
    if is_address(location):
        return
    with explained(location):
        folder = Path(location)
        there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(bytes(_ROOM))
            file.flush()


def _has_room(folder: Path) -> bool:
    """Whether the folder takes a file of some size; Chroma does not always say that it did not."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(_ROOM))
            file.flush()
    except OSError:
        return False
    return True
