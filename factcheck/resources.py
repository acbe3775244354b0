"""Where the data that comes with factcheck lies, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path

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


def cache_folder() -> Path:
    """Where factcheck keeps what it can make again, such as the index of the shipped corpus."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("factcheck", appauthor=False))
