"""What kind of file a text is where it is not the text that a reader would see."""

from __future__ import annotations

import re
import shlex

_COMMENTS = r"(?:<!--(?:(?!-->).){0,4000}-->\s*)*"
_MARKUP = re.compile(
    rf"\s*{_COMMENTS}<(?:!doctype\b|\?xml\b|(?:html|head|body|meta|title|link|style|script|div"
    r"|header|main|article|section|nav|table|svg|p)\b[^<>]{0,2000}>)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST = 16_000
"""Code points in which a page's first tag is looked for, comments before it included."""
_TO_TEXT = {
    "%PDF": ("a PDF", "pdftotext {} -"),
    "PK\x03\x04": ("a Word or zip file", "pandoc -t plain {}"),
    "\xd0\xcf\x11\xe0": ("an old Word file", "antiword {}"),
    "{\\rtf": ("an RTF file", "pandoc -t plain {}"),
}
"""What a file begins with, what it then is, and the command that writes its text to the screen."""


def is_markup(text: str) -> bool:
    """Whether it is a page's source: its first words, comments left out, are a tag of HTML."""
    return _MARKUP.match(text[:_LONGEST]) is not None


def document_kind(start: str, name: str) -> tuple[str, str] | None:
    """What kind of document begins so ('a PDF'), and the command that prints the text of it.

    Args:
        start: how it begins; bytes that are no text as Latin-1.
        name: the file, for the command.

    Returns:
        None for any other text.
    """
    found = (told for magic, told in _TO_TEXT.items() if start.startswith(magic))
    return next(((kind, command.format(shlex.quote(name))) for kind, command in found), None)
