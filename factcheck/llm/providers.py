"""Which chat models can be named, and what each needs: a package to install and a key.

A model is named `provider:model`, as LangChain has it. The providers below are the ones with an
extra of this package; any other that LangChain's `init_chat_model` knows can be named too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from factcheck.errors import ModelError, UsageProblem
from factcheck.resources import install_command

OWN_KEY = "FACTCHECK_LLM_KEY"
"""Variable with the key of a server named by --llm-base-url; no provider's key is sent there."""
NO_KEY = "none"
"""Sent where the client insists on a key and there is none."""
LOCAL = "local"
"""Provider of GGUF files, run in this process."""
SCRIPTED = "scripted"
"""Provider of answers from a file, for tests."""
_IN_PROCESS = frozenset({LOCAL, SCRIPTED})
_EXAMPLE = "--llm openai:NAME, anthropic:NAME, google_genai:NAME, ollama:NAME or local:FILE.gguf"


@dataclass(frozen=True, slots=True)
class Provider:
    """What one provider needs."""

    module: str
    """Module that must be there, as `import` names it."""
    extra: str
    """Extra of this package that installs it."""
    keys: tuple[str, ...] = ()
    """Variables of which one must hold the key; none where no key is needed."""
    addresses: tuple[str, ...] = ()
    """Variables by which its client is sent to another server."""


PROVIDERS: Mapping[str, Provider] = MappingProxyType(
    {
        "openai": Provider(
            "langchain_openai",
            "openai",
            ("OPENAI_API_KEY",),
            ("OPENAI_BASE_URL", "OPENAI_API_BASE"),
        ),
        "anthropic": Provider(
            "langchain_anthropic",
            "anthropic",
            ("ANTHROPIC_API_KEY",),
            ("ANTHROPIC_BASE_URL", "ANTHROPIC_API_URL"),
        ),
        "google_genai": Provider(
            "langchain_google_genai", "google", ("GOOGLE_API_KEY", "GEMINI_API_KEY")
        ),
        "ollama": Provider("langchain_ollama", "ollama", addresses=("OLLAMA_HOST",)),
        LOCAL: Provider("xllamacpp", "local"),
        SCRIPTED: Provider("langchain_core", "local"),
    }
)
"""Providers with an extra, by LangChain's name."""


@dataclass(frozen=True, slots=True)
class ModelName:
    """A chat model by name, and where it is asked."""

    provider: str
    """LangChain's name of the provider, or `local`."""
    model: str
    """The provider's name of the model, or the path of a GGUF file."""
    base_url: str | None = None
    """Address of an OpenAI-compatible server; None for the provider's own."""

    def __str__(self) -> str:
        """As it stands in reports; of a file only its name, which says nothing of this machine."""
        shown = Path(self.model).name if self.provider in _IN_PROCESS else self.model
        return f"{self.provider}:{shown}"

    @property
    def place(self) -> str:
        """Where requests go, in words, to follow 'asked'."""
        if self.provider in _IN_PROCESS:
            return "in this process"
        return f"at {self.base_url or f'the address of {self.provider}'}"


def parse_model(name: str, base_url: str | None = None) -> ModelName:
    """The model that `provider:model` names; `model` alone is enough with a base address.

    Raises:
        UsageProblem: the name has no provider, or the address is none.
    """
    if base_url:
        _require_address(base_url)
    provider, colon, model = name.partition(":")
    if not colon and base_url:
        provider, model = "openai", name
    if not provider or not model:
        raise UsageProblem(f"'{name}' is no name of a chat model", hint=_EXAMPLE)
    if base_url and provider in _IN_PROCESS:
        raise UsageProblem(
            f"a {provider} model runs in this process and has no address",
            hint="leave out --llm-base-url",
        )
    return ModelName(provider.replace("-", "_").lower(), model, base_url)


def _require_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UsageProblem(
            "the address of the chat model's server must begin with http:// or https://",
            hint="--llm-base-url http://127.0.0.1:8080/v1",
        )
    if parts.username or parts.password or parts.query:
        raise UsageProblem(
            "a key does not belong in --llm-base-url, which reports show",
            hint=f"export {OWN_KEY}=…",
        )


def key_of(
    name: ModelName, environment: Mapping[str, str], *, default: str | None = None
) -> str | None:
    """The key that goes with requests to the model; None where its client needs to be given none.

    A server with an address of its own gets `FACTCHECK_LLM_KEY`, never the key of a provider.

    Args:
        name: the model.
        environment: where keys are looked up.
        default: what stands in for a key that is not set.

    Raises:
        ModelError: the provider's variable is not set, and there is no default.
    """
    if name.base_url:
        return environment.get(OWN_KEY) or NO_KEY
    provider = PROVIDERS.get(name.provider)
    if provider is None or not provider.keys:
        return None
    found = next((environment[key] for key in provider.keys if environment.get(key)), default)
    if found is None:
        raise ModelError(
            f"{name} needs a key, and {' or '.join(provider.keys)} is not set",
            hint=f"export {provider.keys[0]}=…",
        )
    return found


def require_own_address(name: ModelName, environment: Mapping[str, str]) -> None:
    """Nothing, unless a variable would send the client elsewhere than reports and prices say.

    Raises:
        ModelError: one does, and no `--llm-base-url` overrules it.
    """
    provider = PROVIDERS.get(name.provider)
    if name.base_url or provider is None:
        return
    for variable in provider.addresses:
        if environment.get(variable):
            raise ModelError(
                f"{variable} would send {name} and its key to another server",
                hint=f'unset {variable}, or say so: --llm-base-url "${variable}"',
            )


def require_package(name: ModelName) -> None:
    """Nothing, if the package that talks to the model's provider is installed.

    Raises:
        ModelError: it is not; the hint installs it.
    """
    provider = PROVIDERS.get(name.provider)
    needed = ("langchain_core",) if name.provider in _IN_PROCESS else ("langchain",)
    extra = provider.extra if provider else "openai"
    modules = (*needed, *((provider.module,) if provider else ()))
    if any(find_spec(module) is None for module in modules):
        raise ModelError(
            f"{name} needs packages that are not installed",
            hint=install_command(extra),
        )
