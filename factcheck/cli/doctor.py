"""`factcheck doctor`: what is installed, configured and reachable, and what a run would use."""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import click

from factcheck import __version__
from factcheck.checks.registry import require_check
from factcheck.cli.main import COULD_NOT_RUN
from factcheck.cli.model import cache_path, llm_options, model_name, open_assistant
from factcheck.cli.modelnames import is_here
from factcheck.cli.output import write_stdout
from factcheck.cli.setup import (
    corpus_folder,
    limit_threads,
    local_cache,
    open_embedder,
    open_verifier,
    setting_options,
    settings_from,
    store_location,
)
from factcheck.errors import FactcheckError, ModelError
from factcheck.reports.visible import one_line, visible
from factcheck.settings import Settings

if TYPE_CHECKING:
    from factcheck.llm.providers import ModelName

_RULES = 'Answer with the JSON object {"ready": true}.'
_ANYTHING = "The bridge was opened in 1932."
"""What the models of this machine are asked."""
_TOKENS = 256
"""Longest answer to the one question asked; models that reason need some for that."""
_TIMEOUT = 30.0


@click.command()
@click.option("--verifier", help="Entailment model: embedded, none, a path or hub name.")
@llm_options
@setting_options
def doctor(**flags: Any) -> None:
    """Say what is installed, configured and reachable, and what a run would use.

    What a run needs is tried as it would be used: each model is asked one short question, unless it
    would have to be fetched first. Exits 3 if one of them cannot be used.
    """
    settings = settings_from(flags)
    name = model_name(settings)
    limit_threads(settings)
    parts = (
        *(_basics(settings), _references(settings), _kept(settings), _extras()),
        _chat_model(name, settings),
    )
    if not all([_told(part) for part in parts]):
        sys.exit(COULD_NOT_RUN)


def _told(lines: Iterator[str]) -> bool:
    """Print the lines, and why they end where they do if that is an error; whether it is none."""
    failures = []

    def all_lines() -> Iterator[str]:
        try:
            yield from lines
        except FactcheckError as error:
            failures.append(error)
            yield f"  NOT USABLE: {one_line(error.message)}"
            if error.hint:
                yield f"  try: {one_line(error.hint)}"

    for line in all_lines():
        write_stdout(f"{visible(line)}\n")
    return not failures


def _basics(settings: Settings) -> Iterator[str]:
    """Versions, the checks and the models of this machine.

    Raises:
        UsageProblem: a check that is to be silent does not exist.
        ModelError: a model cannot be loaded.
    """
    from factcheck.text.parsing import load_parser

    yield f"factcheck {__version__}, Python {platform.python_version()}"
    for name in settings.silence:
        require_check(name)
    load_parser()
    yield from _verifier(settings)


def _verifier(settings: Settings) -> Iterator[str]:
    verifier = open_verifier(settings)
    if verifier is None:
        yield "verifier: none; checks decide"
    elif is_here(settings.verifier):
        yield f"verifier: {verifier.name} sha256:{verifier.digest[:12]}"
        verifier.score([(_ANYTHING, _ANYTHING)])
    else:
        yield f"verifier: {verifier.name}, which the first run fetches from the hub"


def _references(settings: Settings) -> Iterator[str]:
    """What is searched, as `factcheck claims` would open it.

    Raises:
        CorpusError: the reference documents cannot be read.
        ModelError: the embedding model cannot be found or loaded.
        StoreError: the store cannot be opened, or none can be made in its place.
    """
    from factcheck.evidence import Store, read_corpus
    from factcheck.evidence.database import require_place
    from factcheck.evidence.store import is_store

    place = store_location(settings)
    as_it_is = bool(settings.store and not settings.corpus)
    if as_it_is:
        yield f"references: what the store {place} holds"
    else:
        yield f"references: {settings.corpus or 'the shipped documents'}, in {place}"
        read_corpus(corpus_folder(settings))
    embedder = open_embedder(settings)
    if not is_here(settings.embedder):
        yield f"  embedder: {embedder.name}, which the first run fetches from the hub"
        return
    embedder.embed([_ANYTHING])
    if as_it_is or is_store(place):
        Store.open(place, embedder, create=not as_it_is).close()
    else:
        require_place(place)


def _kept(settings: Settings) -> Iterator[str]:
    """Where results are kept between runs; a run goes on without, so that this is no failure."""
    from factcheck.keeping import problem_with

    place = local_cache(settings)
    yield f"kept between runs: {f'parses and answers, in {place}' if place else 'nothing'}"
    problem = problem_with(place) if place else ""
    if problem:
        yield f"  cannot be used: {problem}; runs go on without, and take longer"
        is_damaged = place is not None and place.is_file() and not settings.local_cache
        mend = "FACTCHECK_LOCAL_CACHE=FILE with one of its own, or none"
        yield f"  try: {f'rm {place}' if is_damaged else mend}"


def _extras() -> Iterator[str]:
    from factcheck.llm.providers import PROVIDERS, SCRIPTED

    extras = {
        one.extra: find_spec(one.module) is not None
        for n, one in PROVIDERS.items()
        if n != SCRIPTED
    }
    yield "extras: " + ", ".join(f"{e} {'yes' if ok else 'no'}" for e, ok in extras.items())


def _chat_model(name: ModelName | None, settings: Settings) -> Iterator[str]:
    if name is None:
        yield "chat model: none configured; no text leaves this machine"
        return
    from factcheck.llm.prices import find_price
    from factcheck.llm.providers import NO_KEY, key_of, require_package

    yield f"chat model: {name}, asked {name.place}"
    yield f"  policy {settings.llm_policy}, {settings.llm_concurrency} requests at once"
    require_package(name)
    key = key_of(name, os.environ)
    yield f"  key: {'given none' if key in {None, NO_KEY} else 'set'}"
    price = find_price(name, settings.llm_price)
    yield (
        f"  price: ${price.read:g} and ${price.written:g} a million tokens read and written "
        f"({price.origin})"
        if price
        else '  price: unknown; set llm_price = "READ,WRITTEN" to have costs counted'
    )
    yield f"  answers kept in: {cache_path(settings) or 'memory only'}"
    open_assistant(settings)
    yield _asked(name, settings)


def _asked(name: ModelName, settings: Settings) -> str:
    """How the model answered one short question.

    Raises:
        ModelError: it did not.
    """
    from pydantic import BaseModel

    from factcheck.llm.cache import Cache
    from factcheck.llm.calling import Caller
    from factcheck.llm.models import open_model
    from factcheck.llm.prompts import make_prompt
    from factcheck.llm.questions import Question

    class Ready(BaseModel):
        ready: bool

    model = open_model(
        name,
        os.environ,
        max_tokens=_TOKENS,
        timeout=min(settings.llm_timeout, _TIMEOUT),
        threads=settings.threads,
    )
    caller = Caller(model, Cache(None), retries=0)
    began = time.perf_counter()
    (answer,) = caller.ask([Question(make_prompt("doctor", _RULES, "Are you there?"), {}, Ready)])
    seconds = time.perf_counter() - began
    if answer.data is None:
        raise ModelError(
            f"{name} was asked, but {answer.in_words}", hint="another model with --llm"
        )
    return f"  reachable: answered in {seconds:.1f} s, {caller.ledger.tokens.read} tokens read"
