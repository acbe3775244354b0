from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

_PACKAGE = Path(str(files("factcheck")))
_PROSE = frozenset({"about", "name", "why"})
"""Keys under which sentences stand, not words."""
_LISTS = sorted(_PACKAGE.rglob("data/*.toml"))


def _lists(value: Any, place: str) -> Iterator[tuple[str, list[str]]]:
    """Every list of words of a data file, with the place where it stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _PROSE:
                yield from _lists(inner, f"{place}.{key}")
    elif isinstance(value, str):
        # a list with semicolons has an entry of several words between them
        yield place, [word.strip() for word in re.split("[;\n]" if ";" in value else r"\s", value)]
    elif isinstance(value, list):
        yield place, [entry for entry in value if isinstance(entry, str)]
        for number, inner in enumerate(value):
            if isinstance(inner, dict):
                yield from _lists(inner, f"{place}[{number}]")


@pytest.mark.parametrize("path", _LISTS, ids=lambda path: path.name)
def test_no_list_has_a_word_twice(path: Path) -> None:
    doubles = {
        place: twice
        for place, words in _lists(tomllib.loads(path.read_text("utf-8")), "")
        if (twice := [word for word, count in Counter(words).items() if word and count > 1])
    }
    assert doubles == {}
