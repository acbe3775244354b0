"""Characters that act instead of being read, made visible.

Control characters drive terminals; bidirectional overrides make a line read otherwise than it is
stored (Unicode Technical Report 36, section 2.6; Boucher and Anderson 2021, 'Trojan Source'). A
report shows each as a mark in its place, so that the reader sees that something is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CONTROLS = (
    "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN "
    "EM SUB ESC FS GS RS US"
).split()
_NAMES = dict(enumerate(_CONTROLS)) | {
    0x7F: "DEL",
    0x202A: "LRE",
    0x202B: "RLE",
    0x202C: "PDF",
    0x202D: "LRO",
    0x202E: "RLO",
    0x2066: "LRI",
    0x2067: "RLI",
    0x2068: "FSI",
    0x2069: "PDI",
}
"""Controls by their names in ASCII; embeddings, overrides and isolates as in UAX 9."""

_ACTIVE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_SPACE = re.compile("[\\s\x85\u2028\u2029]+")
_CLOSING = re.compile("[\x1c-\x1f]")


def mark(character: str) -> str:
    """What stands for an active character: '⟨ESC⟩', '⟨RLO⟩', '⟨U+009B⟩'."""
    code = ord(character)
    return f"⟨{_NAMES.get(code, f'U+{code:04X}')}⟩"


def visible(text: str) -> str:
    """The text with every active character replaced by its mark; line ends and tabs stay."""
    return _ACTIVE.sub(lambda found: mark(found[0]), text)


def one_line(text: str) -> str:
    """The text visible, each run of white space and line ends as one space."""
    return _SPACE.sub(" ", visible(_CLOSING.sub(lambda found: mark(found[0]), text))).strip()


def spaced_line(text: str) -> str:
    """`one_line`, but one space stays where the text begins or ends with white space."""
    inner = one_line(text)
    if not inner:
        return " " if text else ""
    return " " * text[0].isspace() + inner + " " * text[-1].isspace()


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text in order as (words, False) and (mark of an active character, True)."""
    at = 0
    for found in _ACTIVE.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], False
        yield mark(found[0]), True
        at = found.end()
    if at < len(text):
        yield text[at:], False
