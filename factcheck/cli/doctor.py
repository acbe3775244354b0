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
from factcheck.cli.main import COULD_NOT_RUN
from factcheck.cli.model import cache_path, llm_options, model_name
from factcheck.cli.output import write_stdout
from factcheck.cli.setup import (
    corpus_folder,
    local_cache,
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
_TOKENS = 256
"""Longest answer to the one question asked; models that reason need some for that."""
_TIMEOUT = 30.0


@click.command()
@click.option("--verifier", help="Entailment model: embedded, none, a path or hub name.")
@llm_options
@setting_options
def doctor(**flags: Any) -> None:
    """Say what is installed, configured and reachable, and what a run would use.

    The references are opened, and a chat model that is configured is asked one short question.
    Exits 3 if one of them cannot be used.
    """
    settings = settings_from(flags)
    name = model_name(settings)
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
    from factcheck.verdicts.verifier import load_verifier

    yield f"factcheck {__version__}, Python {platform.python_version()}"
    verifier = None if settings.verifier == "none" else load_verifier(settings.verifier)
    held = f"{verifier.name} sha256:{verifier.digest[:12]}" if verifier else "none; checks decide"
    yield f"verifier: {held}"


def _references(settings: Settings) -> Iterator[str]:
    """What is searched, as `factcheck claims` would open it.

    Raises:
        CorpusError: the reference documents cannot be read.
        StoreError: a store that is to be used as it is cannot be opened.
    """
    from factcheck.evidence import Store, load_embedder, read_corpus

    place = store_location(settings)
    if settings.store and not settings.corpus:
        yield f"references: what the store {place} holds"
        Store.open(place, load_embedder(settings.embedder)).close()
    else:
        yield f"references: {settings.corpus or 'the shipped documents'}, in {place}"
        read_corpus(corpus_folder(settings))


def _kept(settings: Settings) -> Iterator[str]:
    """Where results are kept between runs; a run goes on without, so that this is no failure."""
    from factcheck.keeping import problem_with

    place = local_cache(settings)
    yield f"kept between runs: {f'parses and answers, in {place}' if place else 'nothing'}"
    problem = problem_with(place) if place else ""
    if problem:
        yield f"  cannot be used: {problem}; runs go on without, and take longer"
        mend = "FACTCHECK_LOCAL_CACHE=FILE with one of its own, or none"
        yield f"  try: {mend if settings.local_cache else f'rm {place}'}"


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
