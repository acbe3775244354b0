"""A chat model that says what a script says: for tests, of this package and of its users.

`--llm scripted:FILE.json` runs one from the command line. The file is a list of lines; the first
whose `when` words all stand in the prompt is used, and an `answer` or `failure` is what comes back.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from langchain_core import exceptions as known
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import Field, PrivateAttr

from factcheck.errors import UsageProblem
from factcheck.llm.formed import FormedChat

Reply = dict[str, Any] | str | AIMessage | Exception
"""JSON to answer with, raw text, a whole message, or what to raise."""

_RAISED: dict[str, type[Exception]] = {
    "timed_out": known.ModelTimeoutError,
    "rate_limited": known.ModelRateLimitError,
    "unreachable": known.ModelConnectionError,
    "server_error": known.ModelAPIError,
    "rejected": known.ModelInvalidRequestError,
    "refused": known.ModelRefusalError,
}


class ScriptedChat(FormedChat):
    """A chat model without a model; what it was asked stays in `seen`."""

    reply: Callable[[str, str], Reply]
    """Given the system's and the user's message, what to answer."""
    seen: list[tuple[str, str]] = Field(default_factory=list)
    """All (system, user) messages so far, in the order they came."""
    _lock: Any = PrivateAttr(default_factory=threading.Lock)

    @property
    def _llm_type(self) -> str:
        return "factcheck-scripted"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        system = "\n".join(m.text for m in messages if m.type == "system")
        user = "\n".join(m.text for m in messages if m.type != "system")
        with self._lock:
            self.seen.append((system, user))
            reply = self.reply(system, user)
        if isinstance(reply, Exception):
            raise reply
        message = reply if isinstance(reply, AIMessage) else _message(reply, len(system + user))
        return ChatResult(generations=[ChatGeneration(message=message)])


def load_script(path: str, max_tokens: int = 0) -> ScriptedChat:
    """The scripted model that a file describes.

    Args:
        path: a JSON list of `{"when": [words], "answer": {…}}`, or `"failure": "rate_limited"` in
            place of the answer. A line without `when` fits every prompt.
        max_tokens: answers are cut off after about as many, as a provider would.

    Raises:
        UsageProblem: the file is no script.
    """
    try:
        lines = json.loads(Path(path).read_text("utf-8"))
        script = [(tuple(line.get("when", ())), _reply(line)) for line in lines]
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise UsageProblem(
            f"{path} is no script of answers: {error!r}", hint="--llm scripted:FILE.json"
        ) from error

    def reply(system: str, user: str) -> Reply:
        prompt = f"{system}\n{user}"
        found = next((said for when, said in script if all(w in prompt for w in when)), {})
        return found if isinstance(found, Exception) else _message(found, len(prompt), max_tokens)

    return ScriptedChat(reply=reply)


def _reply(line: dict[str, Any]) -> dict[str, Any] | str | Exception:
    if "failure" in line:
        return _RAISED[line["failure"]]("scripted")
    answer: dict[str, Any] | str = line["answer"]
    return answer


def _message(answer: dict[str, Any] | str, read: int, max_tokens: int = 0) -> AIMessage:
    text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    written = -(-len(text) // 4)
    cut = bool(max_tokens) and written > max_tokens
    shown = text[: max_tokens * 4] if cut else text
    told = min(written, max_tokens or written)
    return AIMessage(
        content=shown,
        response_metadata={"finish_reason": "length" if cut else "stop"},
        usage_metadata={
            "input_tokens": read // 4,
            "output_tokens": told,
            "total_tokens": read // 4 + told,
        },
    )
