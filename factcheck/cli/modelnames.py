"""Models that are named: whether each can be found, told at once and before any is loaded.

The hub's own client tries a minute and more for each file of a model that it cannot reach. So the
hub is asked here, once and briefly; if it is silent, what was fetched before is used as it is.
"""

from __future__ import annotations

import re
import threading
from pathlib import Path

from factcheck.errors import ModelError
from factcheck.evidence.embedding import SHIPPED
from factcheck.verdicts.verifier import EMBEDDED

PATIENCE = 5.0
"""Seconds in which the hub has to answer."""
NO_VERIFIER = "none"
"""In place of a verifier: only the checks decide."""
_KNOWN_VERIFIERS = frozenset({NO_VERIFIER, EMBEDDED, "fake"})
_HUB_NAME = re.compile(r"\w[\w.-]*/\w[\w.-]*", re.ASCII)
_BARE_NAME = re.compile(r"\w[\w.-]*", re.ASCII)
_LIBRARY = "sentence-transformers/"
"""Owner of the embedding models that may be named without one."""
_SIGNS = ("verifier.json", "config.json", "modules.json")
"""A folder that holds a model has one of these files."""
_LIST = "factcheck models list"
ABSENT = "absent"
"""In place of what is wrong with the hub: it answers, and has no such model."""


def require_verifier_name(name: str) -> None:
    """Nothing, if it may be the name of a verifier: a shipped one, a folder, or OWNER/NAME.

    Raises:
        ModelError: it is the name of none.
    """
    if name in _KNOWN_VERIFIERS or _is_model_folder(name, _LIST):
        return
    if not _HUB_NAME.fullmatch(name):
        raise ModelError(
            f"there is no verifier {name!r}: it is neither {EMBEDDED}, nor {NO_VERIFIER}, nor a "
            "folder, nor OWNER/NAME on the hub",
            hint=_LIST,
        )


def require_verifier(name: str) -> None:
    """Nothing, if the verifier of that name is on this machine or can be fetched.

    Raises:
        ModelError: there is none, or it would have to be fetched and the hub is out of reach.
    """
    require_verifier_name(name)
    if name not in _KNOWN_VERIFIERS and not Path(name).is_dir():
        _require_on_hub([name], f"--verifier {EMBEDDED}")


def require_embedder(name: str) -> None:
    """Nothing, if the embedder of that name is on this machine or can be fetched.

    Raises:
        ModelError: there is none, or it would have to be fetched and the hub is out of reach.
    """
    instead = f"--embedder {SHIPPED}"
    if name == SHIPPED or _is_model_folder(name, instead):
        return
    if _HUB_NAME.fullmatch(name):
        _require_on_hub([name], instead)
    elif _BARE_NAME.fullmatch(name):
        _require_on_hub([_LIBRARY + name, name], instead)
    else:
        raise ModelError(
            f"there is no embedding model {name!r}: it is neither a folder nor a name on the hub",
            hint=instead,
        )


def is_here(name: str) -> bool:
    """Whether the model is on this machine: shipped, in a folder, or fetched from the hub."""
    if name in _KNOWN_VERIFIERS or name == SHIPPED or Path(name).is_dir():
        return True
    return _is_fetched(name) or ("/" not in name and _is_fetched(_LIBRARY + name))


def _is_model_folder(name: str, instead: str) -> bool:
    """Whether it is a folder with a model in it.

    Raises:
        ModelError: something else is there.
    """
    place = Path(name)
    if not name or not place.exists():
        return False
    if not place.is_dir():
        raise ModelError(f"{name} is a file, and a model is a folder", hint=instead)
    if not any((place / sign).is_file() for sign in _SIGNS):
        raise ModelError(
            f"the folder {name} holds no model (none of {', '.join(_SIGNS)})", hint=instead
        )
    return True


def _require_on_hub(names: list[str], instead: str) -> None:
    problems = [_problem_with_hub(name) for name in names]
    if "" in problems:
        return
    if any(map(_is_fetched, names)):
        _stay_offline()
        return
    name = names[-1]
    silence = [problem for problem in problems if problem != ABSENT]
    if not silence:
        raise ModelError(f"the hub has no model {name} (or shows it to others only)", hint=instead)
    raise ModelError(
        f"{name} is not on this machine, and the hub cannot be reached: {silence[0]}",
        hint=f"{instead}, or with a network: factcheck models pull {names[0]}",
    )


def _is_fetched(name: str) -> bool:
    from huggingface_hub import try_to_load_from_cache

    return any(isinstance(try_to_load_from_cache(name, sign), str) for sign in _SIGNS)


def _problem_with_hub(name: str) -> str:
    """Why the hub does not give the model: `ABSENT`, or in words; empty where it does."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import RepositoryNotFoundError

    found = [f"no answer in {PATIENCE:g} seconds"]

    def ask() -> None:
        try:
            HfApi().model_info(name, timeout=PATIENCE)
            found.append("")
        except RepositoryNotFoundError:
            found.append(ABSENT)
        except Exception as error:  # the hub's client has many, and all mean: out of reach
            found.append(str(error).partition("\n")[0] or type(error).__name__)

    # The search for the host's address knows no limit of its own, so the thread may be left behind.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(PATIENCE)
    return found[-1]


def _stay_offline() -> None:
    """Let the hub's client use what it fetched before, and not ask again."""
    from huggingface_hub import constants

    constants.HF_HUB_OFFLINE = True
