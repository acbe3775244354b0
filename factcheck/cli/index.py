"""`factcheck index`: the persistent store of reference documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from factcheck.cli.output import write_stdout
from factcheck.cli.setup import (
    corpus_folder,
    limit_threads,
    open_embedder,
    setting_options,
    settings_from,
    store_location,
    with_bar,
)
from factcheck.errors import UsageProblem
from factcheck.evidence import Changes, Store, read_corpora, read_corpus
from factcheck.evidence.database import kept_for_update
from factcheck.reports.visible import one_line
from factcheck.reports.wording import counted
from factcheck.settings import Settings


@click.group()
def index() -> None:
    """Keep the store of reference documents that claims are checked against.

    Without --store it is the store of the shipped corpus in your cache folder, or with --corpus
    that of your documents, which `factcheck claims` builds and keeps in step with them by itself;
    `add` and `remove` need a store of your own (--store).
    """


@index.command()
@click.argument("documents", nargs=-1, required=True)
@setting_options
def add(documents: tuple[str, ...], **flags: Any) -> None:
    """Add DOCUMENTS (text files or folders of them) to the store; change nothing else in it."""
    settings = settings_from(flags)
    _require_own_store(settings, "add")
    read = read_corpora(map(Path, documents))
    limit_threads(settings)
    embedder = open_embedder(settings)
    location = store_location(settings)
    with kept_for_update(location), Store.open(location, embedder, create=True) as store:
        changes = with_bar(f"Indexing {counted(len(read), 'document')}", store.add, read)
    _say(changes, location)


@index.command()
@click.argument("folder", required=False)
@click.option("--rebuild", is_flag=True, help="Drop what is stored and index all of it again.")
@setting_options
def sync(folder: str | None, rebuild: bool, **flags: Any) -> None:
    """Make the store hold just what FOLDER (or the shipped corpus) holds: add, replace, remove."""
    settings = settings_from(flags | ({"corpus": folder} if folder else {}))
    if settings.store and not settings.corpus:
        raise UsageProblem(
            f"nothing says which documents the store {settings.store} is to hold; without a FOLDER "
            "the shipped ones would take the place of yours",
            hint="factcheck index sync FOLDER --store …",
        )
    documents = read_corpus(corpus_folder(settings))
    limit_threads(settings)
    embedder = open_embedder(settings)
    location = store_location(settings)
    with (
        kept_for_update(location),
        Store.open(location, embedder, create=True, rebuild=rebuild) as store,
    ):
        changes = with_bar(f"Indexing {counted(len(documents), 'document')}", store.sync, documents)
    _say(changes, location)


@index.command(name="list")
@setting_options
def list_documents(**flags: Any) -> None:
    """List the stored documents: id, date, passages, title; one a line, tab-separated."""
    with Store.open(store_location(settings_from(flags))) as store:
        for document in store.documents():
            row = (document.id, document.date or "", str(document.passages), document.title)
            write_stdout("\t".join(map(one_line, row)) + "\n")


@index.command()
@setting_options
def info(**flags: Any) -> None:
    """Say what the store holds and what it was made with."""
    with Store.open(store_location(settings_from(flags))) as store:
        facts = store.info()
    for name in (
        "location",
        "documents",
        "passages",
        "embedder",
        "embedder_digest",
        "chunker",
        "schema",
        "digest",
    ):
        write_stdout(f"{name.replace('_', ' '):16} {one_line(str(getattr(facts, name)))}\n")


@index.command()
@click.argument("ids", nargs=-1, required=True)
@setting_options
def remove(ids: tuple[str, ...], **flags: Any) -> None:
    """Remove the documents with these IDS from the store (`factcheck index list` shows them)."""
    settings = settings_from(flags)
    _require_own_store(settings, "remove")
    with Store.open(store_location(settings)) as store:
        removed = store.remove(ids)
    click.echo(f"Removed {counted(len(removed), 'document')}.", err=True)


def _require_own_store(settings: Settings, command: str) -> None:
    if not settings.store:
        raise UsageProblem(
            f"index {command} needs --store: a store in the cache follows its corpus, and the next "
            "factcheck claims would undo the change",
            hint=f"factcheck index {command} --store FOLDER …",
        )


def _say(changes: Changes, location: str) -> None:
    resumed = f"{changes.resumed} resumed, " if changes.resumed else ""
    click.echo(
        f"{changes.added} added, {changes.changed} changed, {changes.removed} removed, {resumed}"
        f"{changes.unchanged} unchanged, {counted(changes.passages, 'passage')} indexed: "
        f"{one_line(location)}",
        err=True,
    )
