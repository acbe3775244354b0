"""Running the product's stages on labelled articles, with models that are loaded once."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from factcheck.evaluation.twins import Twins
from factcheck.records import Report
from factcheck.settings import Settings

if TYPE_CHECKING:
    from factcheck.assistance import Assistant
    from factcheck.checker import Checker, References
    from factcheck.evidence import Embedder
    from factcheck.verdicts.verifier import Verifier

Unit = TypeVar("Unit")
Found = TypeVar("Found")


def each(
    work: Callable[[Unit], Found], units: Sequence[Unit], jobs: int = 1
) -> Iterator[tuple[Unit, Found]]:
    """What `work` makes of each unit, in order, as it comes.

    Args:
        work: a function that another process can be sent, when `jobs` is more than 1.
        units: what to work on.
        jobs: how many processes; 1 works in this one.
    """
    if jobs == 1 or len(units) < 2:
        for unit in units:
            yield unit, work(unit)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(units)), mp_context=spawning) as pool:
        yield from zip(units, pool.map(work, units), strict=True)


@contextmanager
def checking(
    twins: Twins,
    settings: Settings,
    *,
    references: bool = True,
    assistant: Assistant | None = None,
) -> Iterator[Callable[[str, Twins], Report]]:
    """A function that checks a text of these twins against their references.

    Args:
        twins: the pair.
        settings: how to go about it.
        references: whether the references are read; without them an article has only itself.
        assistant: a chat model that takes part.
    """
    if not references or twins.references is None:
        yield _reporting(_checker(settings, None, assistant))
        return
    with opened(settings, twins.references) as found:
        yield _reporting(_checker(settings, found, assistant))


@contextmanager
def opened(settings: Settings, *folders: Path) -> Iterator[References]:
    """A store of all documents in these folders, gone when the block ends.

    Args:
        settings: names the embedder.
        folders: reference documents; where there are several folders, a document is known as
            FOLDER/ID, so that ids stay apart.
    """
    from factcheck.checker import References
    from factcheck.evidence import Retriever, Store, read_corpus

    found = [(folder, document) for folder in folders for document in read_corpus(folder)]
    if len(folders) > 1:
        found = [(folder, replace(d, id=f"{folder.name}/{d.id}")) for folder, d in found]
    embedder = embedder_of(settings.embedder)
    with (
        tempfile.TemporaryDirectory() as place,
        Store.open(Path(place) / "store", embedder, create=True) as store,
    ):
        store.sync([document for _, document in found])
        yield References(store, Retriever(store, embedder), embedder.name, embedder.digest)


@cache
def verifier_of(name: str, threads: int) -> Verifier | None:
    """The verifier that the settings name, loaded once; None where there is none."""
    from factcheck.verdicts.verifier import load_verifier

    return None if name == "none" else load_verifier(name, threads or None)


@cache
def embedder_of(name: str) -> Embedder:
    """The embedder of that name, loaded once."""
    from factcheck.evidence import load_embedder

    return load_embedder(name)


def _checker(
    settings: Settings, references: References | None, assistant: Assistant | None
) -> Checker:
    from factcheck.checker import Checker
    from factcheck.text.parsing import load_parser

    verifier = verifier_of(settings.verifier, settings.threads)
    return Checker(load_parser(), references, verifier, settings, assistant)


def _reporting(checker: Checker) -> Callable[[str, Twins], Report]:
    from factcheck.articles import parse_article

    return lambda text, pair: checker.check(parse_article(text, source=pair.id))
