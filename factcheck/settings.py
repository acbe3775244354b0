"""What a run can be told: flags, then FACTCHECK_* variables, then a file, then defaults.

The file is `factcheck.toml`, or the table `[tool.factcheck]` of `pyproject.toml`, in the working
folder or the nearest one above it that has either; relative paths in it start from its folder.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from factcheck.errors import UsageProblem
from factcheck.settingvalues import A_DAY, convert, day, shown

ENVIRONMENT_PREFIX = "FACTCHECK_"
POLICIES = ("auto", "all", "flags")
"""What a chat model may be asked; `factcheck.assistance` says what each means."""
_ENVIRONMENT, _COMMAND_LINE = "the environment", "the command line"
_ALIKE = 0.75
"""Share of letters in common (difflib) from which a variable is a misspelt setting; one that is
like none is another part's (`FACTCHECK_DEBUG`), or somebody else's."""
_OF_THE_LLM = ("llm", "max_c")
_PATHS = frozenset({"store", "corpus", "local_cache", "llm_cache", "llm_prompts"})
"""Settings that hold a path; in a file a relative one starts from the file's folder."""
_DATES = frozenset({"as_of"})
"""Settings that hold a day; all forms of ISO 8601 become YYYY-MM-DD."""
_EXAMPLES = {"as_of": A_DAY, "silence": ("headline",), "llm_price": "0.15,0.60"}
"""Values that can be used, of settings whose default says nothing."""
_NAMES_OR_PATHS = frozenset({"embedder", "verifier"})
"""Settings that hold a path if there is something at it, else a name."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The effective settings of a run."""

    store: str | None = None
    """Reference store: a folder or the http:// address of a Chroma server; None for the cache."""
    corpus: str | None = None
    """Folder of reference documents; None for the shipped one."""
    embedder: str = "all-MiniLM-L6-v2"
    """Sentence embedding model: the shipped one by name, or a path or hub name."""
    verifier: str = "embedded"
    """Entailment model: `embedded`, a path or hub name, or `none`."""
    explain: bool = False
    """Whether it says what its answers hang on, for claims that it does not find supported."""
    threads: int = 0
    """Threads for the models; 0 leaves it to them."""
    local_cache: str | None = None
    """File that keeps parses of references and answers of the embedded verifier; `none` keeps none;
    None for the one in the cache folder."""
    top_k: int = 5
    """Reference passages looked at for each claim."""
    as_of: str | None = None
    """ISO 8601 date; references later than it are not used."""
    min_confidence: float = 0.5
    """Flags less sure than this, 0 to 1, are left out."""
    silence: tuple[str, ...] = ()
    """Names of checks that are not run."""
    llm: str | None = None
    """Chat model, `provider:model`; None for none."""
    llm_base_url: str | None = None
    """Address of an OpenAI-compatible server to ask; None for the provider's own."""
    llm_policy: str = "auto"
    """What the chat model is asked: `auto`, `all` or `flags`."""
    llm_max_tokens: int = 2048
    """Longest answer of the chat model, in tokens."""
    llm_timeout: float = 120.0
    """Seconds to wait for an answer."""
    llm_retries: int = 4
    """How often a request is repeated that may yet succeed."""
    llm_concurrency: int = 4
    """Requests under way at once, at most."""
    llm_cache: str | None = None
    """File that keeps answers; `none` keeps none; None for the one in the cache folder."""
    llm_price: str | None = None
    """`READ,WRITTEN`: US dollars a million tokens; None for the published price."""
    llm_prompts: str | None = None
    """Folder with prompts to use in place of the shipped ones."""
    max_calls: int = 0
    """Requests to the chat model, at most; 0 for no limit."""
    max_cost: float = 0.0
    """US dollars that they may cost, at most; 0 for no limit."""

    def as_data(self) -> dict[str, str | int | float | bool | None]:
        """The settings as plain values, for the report; those of a chat model only with one."""
        data = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if self.llm or not field.name.startswith(_OF_THE_LLM)
        }
        return {**data, "silence": ",".join(self.silence)}


def load_settings(
    flags: Mapping[str, Any], environment: Mapping[str, str], folder: Path
) -> Settings:
    """The settings that hold for a run in `folder`.

    Args:
        flags: values given on the command line; None or an empty tuple means 'not given'.
        environment: the process environment.
        folder: the working folder.

    Raises:
        UsageProblem: an unknown name or a value out of range, with its origin.
    """
    values: dict[str, Any] = {}
    for origin, found in (
        *_from_file(folder),
        (_ENVIRONMENT, _from_environment(environment)),
        (_COMMAND_LINE, {k: v for k, v in flags.items() if v is not None and v != ()}),
    ):
        values |= {name: _checked(name, value, origin) for name, value in found.items()}
    return Settings(**values)


def _from_file(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    for place in (folder, *folder.parents):
        own = place / "factcheck.toml"
        if own.is_file():
            return [(str(own), _seen_from(folder, place, _flat(_read(own), own)))]
        project = place / "pyproject.toml"
        if project.is_file():
            tools = _read(project).get("tool", {})
            table = tools.get("factcheck") if isinstance(tools, dict) else None
            if table is not None:
                found = _seen_from(folder, place, _table(table, project))
                return [(f"{project} [tool.factcheck]", found)]
    return []


def _seen_from(folder: Path, place: Path, values: dict[str, Any]) -> dict[str, Any]:
    """The values of a file in `place` with its relative paths as they are seen from `folder`."""

    def seen(name: str, value: Any) -> Any:
        if place == folder or not isinstance(value, str) or not _is_path(name, value, place):
            return value
        return os.path.relpath(place / value, folder)

    return {name: seen(name, value) for name, value in values.items()}


def _is_path(name: str, value: str, place: Path) -> bool:
    if name in _PATHS:
        return not value.startswith(("~", "http://", "https://")) and value != "none"
    return name in _NAMES_OR_PATHS and (place / value).exists()


def _table(value: Any, path: Path) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UsageProblem(f"[tool.factcheck] in {path} is no table", hint=f"edit {path}")
    return value


def _flat(values: dict[str, Any], path: Path) -> dict[str, Any]:
    for name, value in values.items():
        if isinstance(value, dict):
            is_other_form = name == "tool" and "factcheck" in value
            table, why = (
                ("tool.factcheck", "which is the form of pyproject.toml")
                if is_other_form
                else (name, "and settings there stand in none")
            )
            raise UsageProblem(
                f"{path} has a table [{table}], {why}",
                hint=f"take the line [{table}] out of {path}, and leave the settings below it",
            )
    return values


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageProblem(
            f"{path} cannot be read as TOML: {error}", hint=f"edit {path}"
        ) from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """Values of the FACTCHECK_* variables that name a setting; an empty one counts as not set."""
    known = [field.name for field in fields(Settings)]
    given = {
        key.removeprefix(ENVIRONMENT_PREFIX).lower(): value
        for key, value in environment.items()
        if key.startswith(ENVIRONMENT_PREFIX) and value.strip()
    }
    for name in sorted(given.keys() - set(known)):
        for near in difflib.get_close_matches(name, known, n=1, cutoff=_ALIKE):
            raise UsageProblem(
                f"the environment has {_variable(name)}, which factcheck does not know",
                hint=f"did you mean {_variable(near)}? (or: unset {_variable(name)})",
            )
    return {name: value for name, value in given.items() if name in known}


def _variable(name: str) -> str:
    return ENVIRONMENT_PREFIX + name.upper()


def _checked(name: str, value: Any, origin: str) -> Any:
    known = {field.name: str(field.type) for field in fields(Settings)}
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        meant = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
        raise UsageProblem(
            f"{origin} has a setting {name!r} that factcheck does not know", hint=meant
        )
    try:
        converted = convert(known[name], value)
        if name in _PATHS | _NAMES_OR_PATHS:
            converted = os.path.expanduser(str(converted))  # a shell leaves `--store=~/x` as it is
        if name in _DATES:
            converted = day(converted)
        _VALID.get(name, lambda _: None)(converted)
    except (TypeError, ValueError, OverflowError) as error:
        raise UsageProblem(
            f"{_place(name, origin)} cannot be {shown(value)}: {error}", hint=_usable(name, origin)
        ) from error
    return converted


def _place(name: str, origin: str) -> str:
    """What a user wrote the value after."""
    if origin == _COMMAND_LINE:
        return f"--{name.replace('_', '-')}"
    return _variable(name) if origin == _ENVIRONMENT else f"{name} in {origin}"


def _usable(name: str, origin: str) -> str:
    """The setting with a value that can be used, as it is written there."""
    example = _EXAMPLES.get(name) or getattr(Settings(), name)
    if example is None:
        example = name.removeprefix("llm_").upper()
    if origin in {_COMMAND_LINE, _ENVIRONMENT}:
        words = str(example).lower() if isinstance(example, bool) else ",".join(_each(example))
        joint = " " if origin == _COMMAND_LINE else "="
        return f"{_place(name, origin)}{joint}{words}"
    return f"{name} = {shown(example)} in {origin}"


def _each(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _within(low: float, high: float) -> Any:
    def check(value: float) -> None:
        if not low <= value <= high:
            raise ValueError(f"it lies between {low:g} and {high:g}")

    return check


def require_date(value: str, origin: str) -> str:
    """The value as YYYY-MM-DD, if it is an ISO 8601 date in any form.

    Raises:
        UsageProblem: it is none; the message names its origin.
    """
    try:
        return day(value)
    except ValueError as error:
        raise UsageProblem(
            f"{origin} cannot be {shown(value)}: {error}", hint=f"{origin} {A_DAY}"
        ) from error


def _is_policy(value: str) -> None:
    if value not in POLICIES:
        raise ValueError(f"it is one of {', '.join(POLICIES)}")


_VALID: dict[str, Any] = {
    "llm_policy": _is_policy,
    "llm_max_tokens": _within(16, 1_000_000),
    "llm_timeout": _within(0.1, 86_400),
    "llm_retries": _within(0, 20),
    "llm_concurrency": _within(1, 256),
    "max_calls": _within(0, 1_000_000_000),
    "max_cost": _within(0, 1_000_000),
    "threads": _within(0, 256),
    "top_k": _within(1, 50),
    "min_confidence": _within(0, 1),
}
