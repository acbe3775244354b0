"""Opening a chat model by name: the one place that knows how providers' clients differ."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from factcheck.errors import ModelError
from factcheck.llm.providers import (
    LOCAL,
    NO_KEY,
    SCRIPTED,
    ModelName,
    key_of,
    require_own_address,
    require_package,
)

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Method = Literal["json_schema", "function_calling", "plain"]
"""How the form of an answer is asked for: the provider's JSON-schema mode, a tool, or in words."""
Options: TypeAlias = dict[str, str | int | float | None]

_OLLAMA_CONTEXT = 16_384
"""Ollama cuts prompts to 4,096 tokens without a word unless it is told otherwise."""


@dataclass(frozen=True)
class OpenModel:
    """A chat model that is ready to be asked."""

    name: ModelName
    """Its name."""
    chat: BaseChatModel
    """LangChain's client."""
    method: Method
    """How it is first asked for JSON."""
    options: Options
    """What decides its answers besides the prompt; part of the cache's key. Holds no key."""
    digest: str = ""
    """SHA-256 of a local file; empty for a model that only its provider knows."""

    @property
    def identity(self) -> str:
        """By what it is the same model on every machine; a file by its digest, not its name."""
        if self.digest:
            return f"{self.name.provider}:sha256:{self.digest}"
        where = "server" if self.name.base_url else self.name.provider
        return f"{where}:{self.name.model}"


def open_model(
    name: ModelName,
    environment: Mapping[str, str],
    *,
    max_tokens: int,
    timeout: float,
    threads: int = 0,
    asks: bool = True,
) -> OpenModel:
    """The model of that name.

    Args:
        name: the model.
        environment: where keys are looked up.
        max_tokens: longest answer, in tokens.
        timeout: seconds to wait for an answer.
        threads: for a local model; 0 leaves it to llama.cpp.
        asks: false where nothing will be asked; then no key is needed.

    Raises:
        ModelError: a package, a key or the model's file is missing, or the environment names
            another server than the provider's.
    """
    require_package(name)
    require_own_address(name, environment)
    if name.provider == SCRIPTED:
        from factcheck.llm.scripted import load_script

        script = load_script(name.model, max_tokens)
        held = _digest(Path(name.model))
        return OpenModel(name, script, "json_schema", {"max_tokens": max_tokens, "script": held})
    if name.provider == LOCAL:
        return _open_file(name, max_tokens, threads)
    key = key_of(name, environment, default=None if asks else NO_KEY)
    return _open_client(name, key, max_tokens, timeout)


def _open_file(name: ModelName, max_tokens: int, threads: int) -> OpenModel:
    path = Path(name.model).expanduser()
    if not path.is_file():
        raise ModelError(f"there is no model file {path}", hint="--llm local:/path/to/model.gguf")
    from factcheck.llm.local import LocalChat

    chat = LocalChat(path=str(path), max_tokens=max_tokens, threads=threads)
    digest = _digest(path)
    options: Options = {"max_tokens": max_tokens, "temperature": 0.0, "digest": digest}
    return OpenModel(name, chat, "json_schema", options, digest)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _open_client(name: ModelName, key: str | None, max_tokens: int, timeout: float) -> OpenModel:
    from langchain.chat_models import init_chat_model

    given: dict[str, Any] = {"model_provider": name.provider}
    if name.provider == "ollama":
        given |= {"num_predict": max_tokens, "num_ctx": _OLLAMA_CONTEXT}
        # Without a header of its own the client would add the key of Ollama's hosted service.
        headers = {"authorization": f"Bearer {key or NO_KEY}"}
        given |= {"client_kwargs": {"timeout": timeout, "headers": headers}}
    else:
        # Retries are made here, where they are counted, not in the providers' clients.
        given |= {"max_tokens": max_tokens, "timeout": timeout, "max_retries": 0}
    if key is not None and name.provider != "ollama":
        given["api_key"] = key
    if name.base_url:
        given["base_url"] = name.base_url
    try:
        chat: BaseChatModel = init_chat_model(name.model, **given)
        temperature = 0.0 if _takes_temperature(chat) else None
        if temperature is not None:
            chat = init_chat_model(name.model, temperature=temperature, **given)
    except ImportError as error:
        package = f"langchain-{name.provider.replace('_', '-')}"
        raise ModelError(
            f"{name} needs a package that is not installed", hint=f"pip install {package}"
        ) from error
    except ValueError as error:
        first = str(error).partition("\n")[0]
        raise ModelError(f"{name} cannot be used: {first}", hint="factcheck doctor") from error
    options: Options = {
        "max_tokens": max_tokens,
        "temperature": temperature,
        "base_url": name.base_url,
    }
    return OpenModel(name, chat, _method_of(chat), options)


def _takes_temperature(chat: BaseChatModel) -> bool:
    """Whether the model may be told to answer without chance; reasoning models refuse it."""
    return bool((getattr(chat, "profile", None) or {}).get("temperature", True))


def _method_of(chat: BaseChatModel) -> Method:
    """The strictest way of asking for JSON that the client offers; a server may refuse it yet."""
    import inspect

    from langchain_core.language_models import BaseChatModel

    if (getattr(chat, "profile", None) or {}).get("structured_output", True):
        parameters = inspect.signature(chat.with_structured_output).parameters
        if "method" in parameters and "json_schema" in str(parameters["method"].annotation):
            return "json_schema"
    if type(chat).bind_tools is not BaseChatModel.bind_tools:
        return "function_calling"
    return "plain"
