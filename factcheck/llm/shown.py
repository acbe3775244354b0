"""What a model is shown of a text, and the way back from its words to places in the text.

A text is data. Before a model reads it, every character that could end a block, start a line of
its own, look like a token of a chat template or hide from the reader is taken out of play: angle
brackets are replaced one for one, line breaks become spaces, invisible characters are left out.
What was shown is remembered character by character, so that the exact words an answer quotes lead
to a span of the text as it was read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from factcheck.records import Span

_BRACKETS = str.maketrans("<>", "‹›")
"""No shown text has an angle bracket, so none can end its block or forge a `<|role|>` token."""
_CONTROL_TOKEN = re.compile(r"\[/?(?:[A-Z][A-Z_]{2,})\]")
"""`[INST]` and its kind, which some chat templates read as markers."""
_FORBIDDEN = frozenset({"Cf", "Cs", "Co", "Cn"})
"""Categories that show nothing: zero-width and bidirectional marks, tags, private use."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as a model sees it."""

    text: str
    """What is shown: one line, no angle brackets, nothing invisible."""
    origins: tuple[int, ...]
    """For each character, its offset in the text as read."""

    def find(self, words: str) -> Span | None:
        """Where in the text as read these exact words stand; None where they do not.

        White space around the words does not count, nor how much of it is between them. Words are
        whole ones: '12' does not stand in '2012'.
        """
        wanted = words.split()
        if not wanted:
            return None
        whole = r"\s+".join(map(re.escape, wanted))
        before = r"(?<!\w)" if wanted[0][0].isalnum() else ""
        after = r"(?!\w)" if wanted[-1][-1].isalnum() else ""
        match = re.search(before + whole + after, self.text)
        if match is None:
            return None
        return Span(self.origins[match.start()], self.origins[match.end() - 1] + 1)


def show(text: str, start: int = 0) -> Shown:
    """`text` as a model may see it.

    Args:
        text: the words, as they stand in the article or the reference.
        start: offset of their first character there.
    """
    held = {
        place
        for match in _CONTROL_TOKEN.finditer(text)
        for place in (match.start(), match.end() - 1)
    }
    kept = [
        (_safe(char, place in held), start + place)
        for place, char in enumerate(text)
        if _visible(char)
    ]
    return Shown("".join(char for char, _ in kept), tuple(place for _, place in kept))


def numbered(shown: Iterable[tuple[int, Shown]]) -> str:
    """One line a text, each with its number in front."""
    return "\n".join(f"[{number}] {one.text}" for number, one in shown)


def _visible(char: str) -> bool:
    return char in "\n\r\t" or unicodedata.category(char) not in _FORBIDDEN


def _safe(char: str, of_token: bool) -> str:
    if of_token:
        return "(" if char == "[" else ")"
    if char.isspace() or unicodedata.category(char) in {"Cc", "Zl", "Zp"}:
        return " "
    return char.translate(_BRACKETS)
