"""Where the data that comes with factcheck lies, in a checkout and in an installed wheel alike."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote, urlsplit

_PACKAGE = Path(__file__).parent
_SHIPPED = _PACKAGE / "_shipped"


def shipped(name: str) -> Path:
    """The folder `name` (`corpus`, `prompts`) that comes with factcheck.

    A wheel carries it inside the package; a checkout has it at the top level.

    Raises:
        FileNotFoundError: this installation lacks it.
    """
    for folder in (_SHIPPED / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"this installation of factcheck lacks its folder {name}/")


def install_command(extra: str) -> str:
    """The command that adds an extra to this installation: from its clone, if it is of one."""
    from importlib import metadata

    name = "factcheck-assistant"
    try:
        origin = metadata.distribution(name).read_text("direct_url.json") or "{}"
    except metadata.PackageNotFoundError:
        origin = "{}"
    place = urlsplit(json.loads(origin).get("url", ""))
    folder = unquote(place.path) if place.scheme == "file" else ""
    source = folder if folder and Path(folder, "pyproject.toml").is_file() else name
    return f'pip install "{source}[{extra}]"'


def cache_folder() -> Path:
    """Where factcheck keeps what it can make again, such as the index of the shipped corpus."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("factcheck", appauthor=False))
