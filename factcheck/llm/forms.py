"""The form of an answer: how it is asked for, and how an answer is held to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from factcheck.llm.failures import Unreadable, read_json
from factcheck.llm.models import Method, OpenModel

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage, BaseMessage

Form = TypeVar("Form", bound=BaseModel)

_SHOWN_BACK = 4_000
"""Characters of an unusable answer that are shown to the model with what was wrong with it."""


def structured(model: OpenModel, form: type[BaseModel], method: Method) -> Any:
    """The model, made to answer in the form as far as `method` can see to it.

    Returns:
        A runnable from messages to a message, or to a dictionary with the message as `raw`.
    """
    if method == "plain":
        return model.chat
    strict = {"strict": True} if (model.name.provider, method) == ("openai", "json_schema") else {}
    given: dict[str, Any] = {"include_raw": True, "method": method, **strict}
    return model.chat.with_structured_output(_strict_schema(form), **given)


def _strict_schema(form: type[BaseModel]) -> dict[str, Any]:
    """The form as a JSON Schema that providers' strict modes accept: no references, one title."""
    schema = form.model_json_schema()
    parts = schema.pop("$defs", {})
    flat: dict[str, Any] = _resolved(schema, parts)
    return {"title": form.__name__, **flat}


def _resolved(part: Any, parts: Mapping[str, Any]) -> Any:
    if isinstance(part, list):
        return [_resolved(one, parts) for one in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _resolved(parts[part["$ref"].rpartition("/")[2]], parts)
    return {
        name: _resolved(one, parts)
        for name, one in part.items()
        if not (name == "title" and isinstance(one, str))
    }


def told(form: type[BaseModel], messages: list[BaseMessage], method: Method) -> list[BaseMessage]:
    """The messages; where only words can ask for the form, with the form in the rules."""
    if method != "plain":
        return messages
    from langchain_core.messages import SystemMessage

    schema = json.dumps(_strict_schema(form))
    rules = f"{messages[0].text}\n\nAnswer with one JSON object of this schema, nothing else:\n"
    return [SystemMessage(rules + schema), *messages[1:]]


def complaint(form: type[BaseModel], message: AIMessage, error: Unreadable) -> list[BaseMessage]:
    """What to add to the messages after an answer that cannot be used."""
    from langchain_core.messages import AIMessage, HumanMessage

    schema = json.dumps(_strict_schema(form))
    said = message.text[:_SHOWN_BACK] or "(nothing)"
    wrong = f"That answer cannot be used: {error}. Give the same answer as one JSON object of this "
    return [AIMessage(said), HumanMessage(f"{wrong}schema and nothing else:\n{schema}")]


def validated(form: type[Form], message: AIMessage) -> Form:
    """The answer in a message.

    Raises:
        Unreadable: there is none, or it does not have the form.
    """
    data = read_json(message)
    try:
        return form.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise Unreadable("malformed", f"{where}: {first['msg']}") from error
