"""What kind of file a text is where it is not the text that a reader would see."""

from __future__ import annotations

import re

_COMMENTS = r"(?:<!--(?:(?!-->).){0,4000}-->\s*)*"
_MARKUP = re.compile(
    rf"\s*{_COMMENTS}<(?:!doctype\b|\?xml\b|(?:html|head|body|meta|title|link|style|script|div"
    r"|header|main|article|section|nav|table|svg|p)\b[^<>]{0,2000}>)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST = 16_000
"""Code points in which a page's first tag is looked for, comments before it included."""
_MAGIC = {
    "%PDF": "a PDF",
    "PK\x03\x04": "a Word or zip file",
    "\xd0\xcf\x11\xe0": "an old Word file",
    "{\\rtf": "an RTF file",
}


def is_markup(text: str) -> bool:
    """Whether it is a page's source: its first words, comments left out, are a tag of HTML."""
    return _MARKUP.match(text[:_LONGEST]) is not None


def format_named(text: str) -> str | None:
    """The document format whose mark the text begins with ('a PDF'); None for any other text."""
    return next((kind for magic, kind in _MAGIC.items() if text.startswith(magic)), None)
