"""Replacing characters by plainer ones, without moving any offset.

`plain` and `readable` map one code point to one code point, so a span found in the folded text is
a span of the original. What would move offsets is done once, as a file is read: `without_unseen`.
"""

from __future__ import annotations

import functools
import re

_REMEMBERED = 4_096
"""Texts whose readable form is kept: checks ask for the same sentences and passages many times."""

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4\uff07", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("\u00a0\u2007\u202f\u2002\u2003\u2009\u200a\u3000\t\v\f\r\n\x85", " "),
        **dict.fromkeys("\u2028\u2029", " "),
    }
)

# Characters that show nothing and are used to hide or disguise words: zero-width characters,
# the soft hyphen, bidirectional controls and the tag block.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\U000e0000-\U000e007f\x00-\x08\x0e-\x1f\x7f]"
)

# Of these, what stands inside words: a reader sees 'invasion' where a file has a soft hyphen in it.
# The joiners of emoji and of other scripts show, by what they join.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)

_MARKUP = re.compile(
    r"(?P<emphasis>\*{1,3}|__|`+|~~)|(?P<open>!?\[)(?=[^\]\n]*\]\()|(?P<link>\]\([^)\s]*\))"
    r"|(?P<lead>^[ \t]*(?:#{1,6}|>|[-*+]|\d{1,3}\.)[ \t]+)",
    re.MULTILINE,
)


def plain(text: str) -> str:
    """`text` with typographic quotes, hyphens and spaces made ASCII; same length."""
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_PLAIN)


def without_unseen(text: str) -> tuple[str, int]:
    """`text` without the characters that show nothing, and how many those were.

    Soft hyphens, zero-width spaces, direction marks, tags: they part words that a reader sees
    whole, and can hide text from one.
    """
    return _UNSEEN.subn("", text)


@functools.lru_cache(_REMEMBERED)
def readable(text: str) -> str:
    """`text` as a parser should see it: plain, Markdown marks and invisibles blank; same length."""
    blanked = _MARKUP.sub(lambda match: " " * len(match.group()), text)
    return plain(_INVISIBLE.sub(" ", blanked))


def squeeze(text: str) -> str:
    """`text` folded for comparing: readable, lower case, single spaces. Offsets are lost."""
    return " ".join(readable(text).casefold().split())
