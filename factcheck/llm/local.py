"""A GGUF file as a chat model, run in this process by llama.cpp; nothing else has to be started."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.exceptions import ModelInvalidRequestError
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import PrivateAttr

from factcheck.errors import ModelError
from factcheck.llm.formed import FormedChat

_ROLES = {"system": "system", "human": "user", "ai": "assistant"}
_CONTEXT = 8_192
"""Tokens of prompt and answer together; enough for a window of an article and its answer."""
_LONGEST, _MOST = 500, 12
"""Characters of a string and parts of a list, at most: small models repeat themselves until their
answer is cut off, and an answer that is cut off is lost."""


class LocalChat(FormedChat):
    """A model file behind LangChain's interface; answers are held to a JSON schema by a grammar."""

    path: str
    """The GGUF file."""
    max_tokens: int
    """Longest answer."""
    threads: int = 0
    """Threads; 0 leaves it to llama.cpp."""
    context: int = _CONTEXT
    """Tokens of prompt and answer together."""
    _server: Any = PrivateAttr(default=None)
    _loading: Any = PrivateAttr(default_factory=threading.Lock)

    @property
    def _llm_type(self) -> str:
        return "factcheck-local"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        asked = {
            "messages": _plain(messages),
            "max_tokens": self.max_tokens,
            "temperature": 0,
            "seed": 0,
            **({"stop": stop} if stop else {}),
            **({"response_format": _bounded(f)} if (f := kwargs.get("response_format")) else {}),
        }
        answer = self._loaded().handle_chat_completions(asked)
        if "choices" not in answer:
            reason = answer.get("error", {}).get("message") or answer.get("message") or answer
            raise ModelInvalidRequestError(str(reason))
        choice, usage = answer["choices"][0], answer["usage"]
        message = AIMessage(
            content=choice["message"].get("content") or "",
            response_metadata={"finish_reason": choice["finish_reason"]},
            usage_metadata={
                "input_tokens": usage["prompt_tokens"],
                "output_tokens": usage["completion_tokens"],
                "total_tokens": usage["total_tokens"],
            },
        )
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _loaded(self) -> Any:
        with self._loading:
            if self._server is None:
                self._server = self._load()
        return self._server

    def _load(self) -> Any:
        import xllamacpp

        wanted = xllamacpp.CommonParams()
        wanted.model.path = self.path
        wanted.n_ctx = self.context
        wanted.verbosity = 0
        wanted.warmup = False
        # llama.cpp opens a port on loopback beside the calls made here; nobody has its key.
        wanted.api_keys = [secrets.token_urlsafe(32)]
        if self.threads:
            wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = self.threads
        try:
            return xllamacpp.Server(wanted)
        except Exception as error:
            raise ModelError(
                f"{self.path} cannot be loaded as a model: {error}",
                hint="name a GGUF file of a chat model: --llm local:/path/to/model.gguf",
            ) from error


def _bounded(part: Any) -> Any:
    """A JSON Schema, or a part of one, whose strings and lists have an end."""
    if isinstance(part, list):
        return [_bounded(one) for one in part]
    if not isinstance(part, Mapping):
        return part
    ends: dict[str, int] = {}
    if part.get("type") == "string" and not part.keys() & {"enum", "const"}:
        ends = {"maxLength": _LONGEST}
    elif part.get("type") == "array":
        ends = {"maxItems": _MOST}
    return ends | {name: _bounded(one) for name, one in part.items()}


def _plain(messages: Sequence[BaseMessage]) -> list[dict[str, Any]]:
    return [{"role": _ROLES[m.type], "content": m.content} for m in messages]
