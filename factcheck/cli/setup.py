"""Loading what a run needs, as the settings say."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from factcheck.cli.modelnames import NO_VERIFIER, require_embedder, require_verifier
from factcheck.cli.progress import bar
from factcheck.errors import CorpusError
from factcheck.evidence import Embedder, Retriever, Store, load_embedder, read_corpus
from factcheck.evidence.database import kept_for_update
from factcheck.keeping import problem_with
from factcheck.reports.visible import one_line
from factcheck.reports.wording import counted
from factcheck.resources import cache_folder, shipped
from factcheck.settings import Settings, load_settings

if TYPE_CHECKING:
    from factcheck.verdicts.verifier import Verifier

NOWHERE = "none"
"""In place of a file: nothing is kept."""
_SHIPPED = "shipped"


def settings_from(flags: dict[str, Any]) -> Settings:
    """The effective settings of this process."""
    return load_settings(flags, os.environ, Path.cwd())


def corpus_folder(settings: Settings) -> Path:
    """The reference documents that the settings name, the shipped ones by default.

    Raises:
        CorpusError: this installation lacks them.
    """
    if settings.corpus:
        return Path(settings.corpus)
    try:
        return shipped("corpus")
    except FileNotFoundError as error:
        raise CorpusError(str(error), hint="factcheck claims --corpus FOLDER ARTICLE") from error


def kept_in(setting: str | None, name: str) -> Path | None:
    """The file that a setting names, by default `name` in the cache folder; None for `none`."""
    if setting == NOWHERE:
        return None
    return Path(setting) if setting else cache_folder() / name


def local_cache(settings: Settings) -> Path | None:
    """Where what is worked out on this machine is kept between runs; None for nowhere."""
    return kept_in(settings.local_cache, "local.sqlite3")


def usable_cache(settings: Settings) -> Path | None:
    """The same, if something can be kept there; else nothing is, and that is said."""
    place = local_cache(settings)
    problem = problem_with(place) if place else ""
    if problem:
        click.echo(
            f"Note: nothing is kept between runs, for {one_line(str(place))} cannot be used: "
            f"{one_line(problem)}. factcheck doctor says more.",
            err=True,
        )
    return None if problem else place


def open_verifier(settings: Settings, kept: Path | None = None) -> Verifier | None:
    """The verifier that the settings name; None where they name none, or none is installed.

    Raises:
        ModelError: there is none of that name, or the hub that has it is out of reach.
    """
    from factcheck.verdicts.verifier import load_verifier

    if settings.verifier == NO_VERIFIER:
        return None
    require_verifier(settings.verifier)
    return load_verifier(settings.verifier, settings.threads or None, kept)


def open_embedder(settings: Settings) -> Embedder:
    """The embedder that the settings name.

    Raises:
        ModelError: there is none of that name, or the hub that has it is out of reach.
    """
    require_embedder(settings.embedder)
    return load_embedder(settings.embedder)


def store_location(settings: Settings) -> str:
    """Where the store is: as set, or in the cache, one for each corpus, embedder and chunker."""
    from factcheck.evidence.chunking import CHUNKER

    if settings.store:
        return settings.store
    if settings.corpus:
        key = hashlib.sha256(str(Path(settings.corpus).resolve()).encode()).hexdigest()[:12]
    else:
        key = _SHIPPED
    made = hashlib.sha256(f"{settings.embedder}\0{CHUNKER}".encode()).hexdigest()[:8]
    return str(cache_folder() / f"index-{key}-{made}")


def open_store(settings: Settings, embedder: Embedder) -> Store:
    """The reference store, brought up to date with its corpus.

    A store in the cache follows its corpus; one that the user names is used as it is, and only
    made or added to when a corpus is named as well.

    Raises:
        CorpusError: the reference documents cannot be read.
        StoreError: the store cannot be opened or written.
    """
    location = store_location(settings)
    if settings.store and not settings.corpus:
        return Store.open(location, embedder)
    documents = read_corpus(corpus_folder(settings))
    with kept_for_update(location):
        store = Store.open(location, embedder, create=True)
        try:
            update: Callable[..., object] = store.add if settings.store else store.sync
            with_bar(f"Indexing {counted(len(documents), 'reference document')}", update, documents)
        except BaseException:
            store.close()
            raise
    return store


def with_bar(task: str, update: Callable[..., Any], documents: object) -> Any:
    """Run a store's update, with a progress bar from the first passage on."""
    with bar(task) as advance:
        return update(documents, progress=advance)


def open_retriever(settings: Settings) -> tuple[Store, Retriever, Embedder]:
    """The store, a retriever over it and the embedder that both use."""
    embedder = open_embedder(settings)
    store = open_store(settings, embedder)
    return store, Retriever(store, embedder), embedder


def limit_threads(settings: Settings) -> None:
    """Hold the libraries to the threads that the settings allow; before any of them is loaded."""
    if settings.threads:
        for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
            os.environ[name] = str(settings.threads)


def setting_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every command over a reference store shares."""
    for option in reversed(
        (
            click.option("--store", help="Reference store: a folder or http://HOST:PORT."),
            click.option("--corpus", help="Folder of reference documents to search."),
            click.option(
                "--embedder", help="Embedding model: a path or hub name (the shipped one)."
            ),
            click.option("--threads", type=int, help="Threads for the models (they choose)."),
        )
    ):
        command = option(command)
    return command
