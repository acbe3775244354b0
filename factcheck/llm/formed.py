"""What our own chat models share: the form of an answer is asked for as OpenAI has it."""

from __future__ import annotations

from typing import Any

from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import BaseMessage
from langchain_core.runnables import Runnable, RunnableLambda


class FormedChat(BaseChatModel):
    """A chat model whose `_generate` is given `response_format`."""

    def with_structured_output(
        self, schema: dict[str, Any] | type, *, include_raw: bool = False, **kwargs: Any
    ) -> Runnable[LanguageModelInput, Any]:
        """The model held to a JSON Schema; see `BaseChatModel.with_structured_output`.

        Args:
            schema: a JSON Schema with a title.
            include_raw: must be true: callers read the message themselves.
            kwargs: what other models take besides; not used.
        """
        if not isinstance(schema, dict) or not include_raw:
            raise NotImplementedError("a JSON Schema and include_raw=True are needed")
        form = {"name": schema.get("title", "answer"), "strict": True, "schema": schema}
        bound = self.bind(response_format={"type": "json_schema", "json_schema": form})
        return bound | RunnableLambda(_as_raw)


def _as_raw(message: BaseMessage) -> dict[str, Any]:
    return {"raw": message, "parsed": None, "parsing_error": None}
