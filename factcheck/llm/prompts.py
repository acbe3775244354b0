"""Prompts as files: versioned by name, filled in a sandbox, known by their digest.

`role`, `rules` and `answer` of a file make the system message, which holds no data; `user` is the
template of the user's message, with the data in blocks whose delimiters no shown text can contain
(`factcheck.llm.shown`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck.errors import UsageProblem
from factcheck.resources import shipped

if TYPE_CHECKING:
    from jinja2 import Template
    from langchain_core.messages import BaseMessage

CURRENT = {
    "extract": "extract.v1",
    "restate": "restate.v1",
    "judge": "judge.v1",
    "consistency": "consistency.v1",
    "confirm": "confirm.v1",
    "review": "review.v1",
}
"""The version of each prompt that is used; a folder of the user's own may hold another."""


@dataclass(frozen=True)
class Prompt:
    """One prompt."""

    name: str
    """Name with version, `judge.v1`."""
    digest: str
    """SHA-256 of the file, as `sha256sum` gives it."""
    system: str
    """The rules, as they are sent."""
    user: Template
    """The template of the data."""

    @property
    def job(self) -> str:
        """The chain it is for: `judge`."""
        return self.name.partition(".")[0]

    def messages(self, values: Mapping[str, Any]) -> list[BaseMessage]:
        """The messages to send; `values` go into the user's message only."""
        from langchain_core.messages import HumanMessage, SystemMessage

        return [SystemMessage(self.system), HumanMessage(self.user.render(values))]


def load_prompt(job: str, folder: str | None = None) -> Prompt:
    """The prompt for a job of `CURRENT`: the one in `folder` if it has one, else the shipped one.

    Raises:
        UsageProblem: the file is damaged, or `folder` has several for this job or none for any.
    """
    own = [path for path in _own(folder) if path.name.startswith(f"{job}.")] if folder else []
    if len(own) > 1:
        raise UsageProblem(
            f"{folder} holds {len(own)} prompts for '{job}'", hint="keep one version of each"
        )
    return read_prompt(own[0] if own else shipped("prompts") / f"{CURRENT[job]}.yaml")


def _own(folder: str) -> list[Path]:
    """The files in a folder of the user's that stand for shipped prompts."""
    found = [path for job in CURRENT for path in sorted(Path(folder).glob(f"{job}.*.yaml"))]
    if not found:
        raise UsageProblem(
            f"llm_prompts names {folder}, which holds no prompt",
            hint=f"files there are called {CURRENT['judge']}.yaml and so on; see docs/llm.md",
        )
    return found


@cache
def read_prompt(path: Path) -> Prompt:
    """The prompt in a file.

    Raises:
        UsageProblem: it is no prompt.
    """
    import yaml
    from jinja2 import TemplateError

    try:
        data = path.read_bytes()
        held = yaml.safe_load(data)
        system, user = _system(held), _template(held["user"].strip())
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError, TemplateError) as error:
        raise UsageProblem(
            f"{path} is no prompt: {error}", hint="see docs/llm.md for the form of a prompt"
        ) from error
    return Prompt(path.name.removesuffix(".yaml"), hashlib.sha256(data).hexdigest(), system, user)


def make_prompt(name: str, system: str, user: str) -> Prompt:
    """A prompt that is in no file, such as the one that asks whether a model is there."""
    digest = hashlib.sha256(f"{system}\0{user}".encode()).hexdigest()
    return Prompt(name, digest, system, _template(user))


def _template(text: str) -> Template:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    return environment.from_string(text)


def _system(held: Mapping[str, Any]) -> str:
    rules = "\n".join(f"- {rule}" for rule in held["rules"])
    fields = "\n".join(f"- {name}: {meaning}" for name, meaning in held["answer"].items())
    return f"{held['role']}\n\nRules:\n{rules}\n\nYour answer is JSON with these fields:\n{fields}"
