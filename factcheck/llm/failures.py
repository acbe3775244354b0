"""What went wrong with a call: one name for what each provider raises or returns in its own way."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from factcheck.errors import ModelError
from factcheck.llm.providers import PROVIDERS, ModelName
from factcheck.llm.usage import Failure, Tokens

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage

RETRIED: frozenset[Failure] = frozenset(
    {"timed_out", "rate_limited", "unreachable", "server_error"}
)
"""Failures after which the same request may succeed."""
_CUT_OFF = frozenset({"length", "max_tokens", "model_context_window_exceeded"})
_REFUSED = frozenset(
    {"content_filter", "refusal", "safety", "prohibited_content", "blocklist", "recitation"}
)
_REASONS = ("finish_reason", "stop_reason", "done_reason")
_FENCED = re.compile(r"\A\s*```(?:json)?\s*\n(.*?)\n?```\s*\Z", re.S)
_TOO_LONG = re.compile(r"context (?:size|length|window)|exceed\w*_context|too many tokens", re.I)
_FILTERED = re.compile(r"content.?(?:filter|management policy)|safety system", re.I)
_LONGEST_WAIT = 60.0


class Unreadable(Exception):
    """A message that holds no answer of the form asked for."""

    def __init__(self, failure: Failure, detail: str) -> None:
        """Keep the kind of failure and one phrase about it."""
        super().__init__(detail)
        self.failure = failure


def read_json(message: AIMessage) -> Any:
    """The data in a model's message.

    Raises:
        Unreadable: it was cut off, refused, empty, or is no JSON.
    """
    reason = next((str(r) for k in _REASONS if (r := message.response_metadata.get(k))), "")
    if reason.casefold() in _CUT_OFF:
        raise Unreadable("truncated", f"it ended with '{reason}'")
    if message.additional_kwargs.get("refusal") or reason.casefold() in _REFUSED:
        raise Unreadable("refused", str(message.additional_kwargs.get("refusal") or reason))
    if message.tool_calls:
        return message.tool_calls[0]["args"]
    text = message.text.strip()
    if not text:
        raise Unreadable("empty", "it held no text")
    fenced = _FENCED.match(text)
    try:
        return json.loads(fenced[1] if fenced else text)
    except (ValueError, RecursionError) as error:
        raise Unreadable("malformed", f"it is no JSON: {error}") from error


def failure_of(error: Exception) -> Failure:
    """The kind of failure behind an exception of a provider's client or of the network."""
    from langchain_core import exceptions as known

    kinds: tuple[tuple[type[Exception], Failure], ...] = (
        (known.ModelTimeoutError, "timed_out"),
        (known.ModelRateLimitError, "rate_limited"),
        (known.ModelConnectionError, "unreachable"),
        (known.ModelAPIError, "server_error"),
        (known.ModelRefusalError, "refused"),
        (known.ContextOverflowError, "too_long"),
        (known.ModelError, "rejected"),
        (known.OutputParserException, "malformed"),
    )
    found = next((failure for kind, failure in kinds if isinstance(error, kind)), None)
    found = found or _by_status(error) or _by_name(error)
    if found == "rejected" and not is_hopeless(error):
        # Some servers report these as bad requests like any other.
        if _TOO_LONG.search(str(error)):
            return "too_long"
        if _FILTERED.search(str(error)):
            return "refused"
    return found


def _by_status(error: Exception) -> Failure | None:
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    if not isinstance(status, int) or status < 400:
        return None
    if status == 429:
        return "rate_limited"
    if status == 408:
        return "timed_out"
    return "server_error" if status >= 500 else "rejected"


def _by_name(error: Exception) -> Failure:
    names = " ".join(kind.__name__ for kind in type(error).__mro__)
    # OpenAI's client raises these in place of handing over the message.
    if "LengthFinishReason" in names:
        return "truncated"
    if "ContentFilterFinishReason" in names:
        return "refused"
    if "Timeout" in names:
        return "timed_out"
    if isinstance(error, OSError) or re.search(r"Connect|Network|Transport|Protocol", names):
        return "unreachable"
    return "rejected"


def tokens_in(error: Exception) -> Tokens:
    """Tokens of the answer that an exception holds back; none where it says nothing of any."""
    usage = getattr(getattr(error, "completion", None), "usage", None)
    if usage is None:
        return Tokens()
    return Tokens(usage.prompt_tokens, usage.completion_tokens)


def is_hopeless(error: Exception) -> bool:
    """Whether no request to this model will succeed: a wrong key, or no such model."""
    from langchain_core import exceptions as known

    hopeless = (
        known.ModelAuthenticationError,
        known.ModelPermissionDeniedError,
        known.ModelNotFoundError,
    )
    return isinstance(error, hopeless) or getattr(error, "status_code", None) in {401, 403, 404}


def wait_asked_for(error: Exception) -> float | None:
    """Seconds that the provider asked to wait (Retry-After); None where it did not say."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return min(float(headers.get("retry-after", "")), _LONGEST_WAIT)
    except ValueError:
        return None


def as_model_error(name: ModelName, error: Exception) -> ModelError:
    """The error that ends a run in which the model never answered.

    The text of the provider's error is left out: some repeat the key that they refuse.
    """
    if isinstance(error, ModelError):
        return error
    from langchain_core import exceptions as known

    if isinstance(error, known.ModelNotFoundError) or getattr(error, "status_code", 0) == 404:
        return ModelError(f"{name} is not known {name.place}", hint="another name with --llm")
    if is_hopeless(error):
        keys = PROVIDERS[name.provider].keys if name.provider in PROVIDERS else ()
        where = " or ".join(keys if not name.base_url else ("FACTCHECK_LLM_KEY",)) or "the key"
        return ModelError(f"{name} refused the key it was given", hint=f"check {where}")
    kind = type(error).__name__
    return ModelError(f"{name} cannot be asked {name.place} ({kind})", hint=_mend(name))


def _mend(name: ModelName) -> str:
    if name.base_url:
        return f"start the server at {name.base_url}, or name another with --llm-base-url"
    if name.provider == "ollama":
        return f"ollama serve, and ollama pull {name.model}"
    return "check the connection to the network, or name another model with --llm"
