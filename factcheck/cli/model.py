"""What commands share that may ask a chat model: options, opening it, and what it came to."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from factcheck.errors import UsageProblem
from factcheck.reports.visible import one_line
from factcheck.reports.wording import counted
from factcheck.settings import POLICIES, Settings

if TYPE_CHECKING:
    from factcheck.assistance import Assistant
    from factcheck.llm.providers import ModelName
    from factcheck.llm.usage import Tokens
    from factcheck.records import Report


_ABOUT_THE_MODEL = ("llm_policy", "max_calls", "max_cost")
"""Parameters that only mean something where a chat model is named."""


def llm_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which chat model is asked, and what it may cost."""
    for option in reversed(
        (
            click.option(
                "--llm", metavar="PROVIDER:MODEL", help="Chat model to ask as well (none)."
            ),
            click.option("--llm-base-url", metavar="URL", help="OpenAI-compatible server to ask."),
            click.option(
                "--llm-policy",
                type=click.Choice(POLICIES),
                help="What it is asked: what is unsettled (auto), everything, or flags only.",
            ),
            click.option(
                "--max-calls", type=int, help="Requests to the chat model, at most (no limit)."
            ),
            click.option("--max-cost", type=float, help="US dollars for them, at most (no limit)."),
        )
    ):
        command = option(command)
    return command


def model_name(settings: Settings) -> ModelName | None:
    """The chat model that the settings name; None where they name none.

    Raises:
        UsageProblem: the name or the address cannot be used.
    """
    if not settings.llm:
        if settings.llm_base_url:
            raise UsageProblem(
                "--llm-base-url names a server, but no model is named", hint="--llm NAME"
            )
        _refuse_idle_options()
        return None
    from factcheck.llm.providers import parse_model

    return parse_model(settings.llm, settings.llm_base_url)


def _refuse_idle_options() -> None:
    """Complain of options on the command line that say nothing without a chat model.

    In factcheck.toml and the environment they stand for the runs that name one.
    """
    context = click.get_current_context(silent=True)
    if context is None:
        return
    for name in _ABOUT_THE_MODEL:
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            option = "--" + name.replace("_", "-")
            raise UsageProblem(
                f"{option} is about asking a chat model, and none is named",
                hint="--llm PROVIDER:MODEL",
            )


def open_assistant(settings: Settings, *, dry: bool = False) -> Assistant | None:
    """The chat model that the settings name, ready to take part; None where they name none.

    Args:
        settings: the settings.
        dry: whether to estimate only, and ask nothing.

    Raises:
        UsageProblem: a setting cannot be used.
        ModelError: a package, a key, a file or the cache is missing or damaged.
    """
    name = model_name(settings)
    if name is None:
        return None
    from factcheck.llm.providers import require_package

    require_package(name)
    from factcheck.assistance import Assistant
    from factcheck.llm.budget import Budget, require_price
    from factcheck.llm.cache import Cache
    from factcheck.llm.calling import Caller
    from factcheck.llm.combination import load_combination
    from factcheck.llm.models import open_model
    from factcheck.llm.prices import find_price

    price = find_price(name, settings.llm_price)
    require_price(name, price, settings.max_cost)
    model = open_model(
        name,
        os.environ,
        max_tokens=settings.llm_max_tokens,
        timeout=settings.llm_timeout,
        threads=settings.threads,
        asks=not dry,
    )
    caller = Caller(
        model,
        Cache(cache_path(settings)),
        Budget(settings.max_calls, settings.max_cost, price, settings.llm_max_tokens),
        retries=settings.llm_retries,
        concurrency=settings.llm_concurrency,
        dry=dry,
    )
    weights = load_combination(model.identity)
    return Assistant(caller, weights, settings.llm_policy, settings.llm_prompts, price)


def cache_path(settings: Settings) -> Path | None:
    """Where answers are kept: as set, in the cache folder by default; None for nowhere."""
    from factcheck.cli.setup import kept_in

    return kept_in(settings.llm_cache, "answers.sqlite3")


def estimate_lines(assistant: Assistant) -> list[str]:
    """What a run would come to, for `--dry-run`."""
    caller, estimate = assistant.caller, assistant.caller.estimate
    cached = caller.ledger.as_data()["cached"]
    lines = [
        f"{caller.model.name}, asked {caller.model.name.place}",
        f"policy {assistant.policy}: {counted(estimate.calls, 'request')}, "
        f"{counted(cached, 'answer')} in the cache",
        _tokens_line(estimate.tokens),
    ]
    if estimate.possible_calls:
        lines += [
            f"second looks at contradictions: at most "
            f"{counted(estimate.possible_calls, 'more request')}",
            _tokens_line(estimate.possible_tokens, "at most"),
            "(an upper bound: the number of contradictions that the model may name)",
        ]
    if assistant.price is None:
        lines.append('cost: unknown; set llm_price = "READ,WRITTEN" in factcheck.toml')
    else:
        most = assistant.price.of(estimate.tokens + estimate.possible_tokens)
        looks = ", second looks included" if estimate.possible_calls else ""
        lines.append(f"cost: at most about ${most:.4f}{looks} (price: {assistant.price.origin})")
    if assistant.policy != "flags":
        lines.append("Not counted: judging the claims and restatements that the model itself adds.")
    return lines


def _tokens_line(tokens: Tokens, read: str = "about") -> str:
    return f"{read} {tokens.read:,} tokens to read, at most {tokens.written:,} to write"


@contextmanager
def assistance(settings: Settings) -> Iterator[Assistant | None]:
    """The chat model that the settings name, for as long as the block lasts; None without one.

    What asking it came to is told on stderr at the end, also when the block is left by an error.

    Raises:
        UsageProblem: a setting cannot be used.
        ModelError: a package, a key, a file or the cache is missing or damaged.
    """
    assistant = open_assistant(settings)
    try:
        yield assistant
    finally:
        if assistant:
            _tell(str(assistant.caller.model.name), assistant.account.usage())


def tell_usage(report: Report) -> None:
    """Say on stderr what asking the model came to; nothing where none was asked."""
    if report.run.usage:
        _tell(report.run.models["llm"].partition(" sha256:")[0], report.run.usage)


def _tell(model: str, used: Mapping[str, str | int | float | None]) -> None:
    cost = used["cost"]
    money = "cost unknown" if cost is None else f"${cost:.4f}"
    noun = "call" if used["calls"] == 1 else "calls"
    click.echo(
        f"{one_line(model)}: {used['calls']} {noun}, {used['cached']} from the cache, "
        f"{used['tokens_read']:,} tokens read, {used['tokens_written']:,} written, {money}",
        err=True,
    )


def is_partial(report: Report) -> bool:
    """Whether the model left something unanswered, so that the report is one in part."""
    in_error = any(item.verdict.status == "error" for item in report.claims)
    return in_error or any(name.startswith("failed_") for name in report.run.usage)
