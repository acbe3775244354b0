"""First names and whether men or women bear them: data/firstnames.toml."""

from __future__ import annotations

import functools
from typing import Literal

from factcheck.text.gazetteer import text_table


def borne_by(name: str) -> Literal["he", "she", ""]:
    """The pronoun of those who bear a first name; empty for an unknown one, or one of both."""
    known = _names()
    low = name.casefold()
    return "he" if low in known["men"] else "she" if low in known["women"] else ""


def is_first_name(name: str) -> bool:
    """Whether it is a known first name."""
    return any(name.casefold() in borne for borne in _names().values())


@functools.cache
def _names() -> dict[str, frozenset[str]]:
    return {key: frozenset(value.split()) for key, value in text_table("firstnames.toml").items()}
