"""Where sentences begin and end, by rules: deterministic, no model, exact offsets.

The rules know what trips up news text: abbreviations ('U.S.', 'Mr.', 'Dec.'), initials, decimals,
closing quotation marks after the full stop, ellipses, and scripts that put no space between
sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcheck.records import Span
from factcheck.text.folding import plain

_TITLES = """
    mr mrs ms mx dr prof rev hon gen lt col maj capt cmdr adm sgt cpl pte gov sen rep pres st
    jr sr messrs mme mlle brig supt insp amb
""".split()
# After these a full stop never ends a sentence; after the others it may.
_NEVER_FINAL = frozenset(_TITLES) | frozenset("vs v cf e.g i.e viz approx".split())
_BEFORE_NUMBERS = frozenset(
    "no nos vol pp p fig rs art arts sec secs para paras ch b c ca d fl pop".split()
)
# Before a name these are part of it ('Ft. Worth'), after a number they are a unit.
_BEFORE_NAMES = frozenset({"ft", "mt", "mts", "pt"})
_MAY_BE_FINAL = frozenset(
    """
    etc inc ltd corp co bros plc llc dept univ assn est ave blvd rd jan feb mar apr jun jul aug
    sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun a.m p.m u.s u.k u.n e.u u.s.a
    u.a.e d.c ph.d b.c a.d al ed
    """.split()
)
# Words that open a sentence after 'U.S.' far more often than they go on one.
_OPENERS = frozenset(
    """
    the a an he she it they we i you this that these those there his her its their our in on at
    but and or so yet if when while after before since as for from with by to of not no one some
    many most both all each however meanwhile although though because officials
    """.split()
)
_END = re.compile(
    r"[.!?\u2026]+[\"')\]\u2019\u201d\u00bb]*(?=\s|$)|[\u3002\uff01\uff1f]+[\u300d\u300f\u201d\u2019]*"
)
_WORD_BEFORE = re.compile(r"(?:[^\W_]\.)*[^\W_]+$|[^\W_]+$")
_NEXT_WORD = re.compile(r"[\s\"'(\[\u2018\u201c\u00ab]*([^\W_]+)")
_FIGURE_BEFORE = re.compile(r"\d\s*\Z")
_REST_OF_BRACKET = re.compile(r"[^()\n]{0,120}\)")
"""What may follow in a bracket that was not left open by mistake."""
_BLANK_LINE = re.compile(r"(?:[^\S\n]*\r?\n){2,}|[^\S\n]*[\u2029\f][^\S\n]*")
_LINE = re.compile(r"[^\r\n\u2028\x85]+")
_WRAPPED_WIDTH = 100
"""Lines of a hard-wrapped text are no longer than this; longer lines are paragraphs."""


def paragraphs(text: str) -> Iterator[Span]:
    """Spans of the paragraphs of `text`, without the white space around them, in order.

    Blank lines part paragraphs. Within a block, a line break parts paragraphs too unless the
    block looks hard-wrapped: lines of like width whose sentences run on over the break.
    """
    start = 0
    for match in [*_BLANK_LINE.finditer(text), None]:
        end = match.start() if match else len(text)
        yield from _lines(text, Span(start, end))
        start = match.end() if match else end


def sentences(text: str, within: Span | None = None) -> Iterator[Span]:
    """Spans of the sentences of `text` (or of the part `within`), stripped, in order."""
    area = within or Span(0, len(text))
    folded = plain(area.of(text))
    start = 0
    for match in _END.finditer(folded):
        if _ends_sentence(folded, match) and not _in_brackets(folded, start, match.end()):
            yield from _stripped(text, area.start + start, area.start + match.end())
            start = match.end()
    yield from _stripped(text, area.start + start, area.end)


def _lines(text: str, block: Span) -> Iterator[Span]:
    lines = [Span(m.start(), m.end()) for m in _LINE.finditer(text, block.start, block.end)]
    if _is_wrapped(text, lines):
        yield from _stripped(text, block.start, block.end)
        return
    for line in lines:
        yield from _stripped(text, line.start, line.end)


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Whether a block's line breaks are only typesetting."""
    if len(lines) < 2:
        return False
    widths = [line.end - line.start for line in lines[:-1]]
    if max(widths) > _WRAPPED_WIDTH or min(widths) < _WRAPPED_WIDTH // 3:
        return False
    runs_on = sum(not line.of(text).rstrip().endswith((".", "!", "?", ":")) for line in lines[:-1])
    return 2 * runs_on >= len(lines) - 1


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def _in_brackets(text: str, start: int, end: int) -> bool:
    """Whether a bracket that opened in the midst of the sentence from `start` is open at `end`."""
    opened = text.rfind("(", start, end)
    if opened < 0 or ")" in text[opened:end] or not any(c.isalnum() for c in text[start:opened]):
        return False
    return bool(_REST_OF_BRACKET.match(text, end))


def _ends_sentence(text: str, end: re.Match[str]) -> bool:
    following = _NEXT_WORD.match(text, end.end())
    next_word = following.group(1) if following else ""
    if next_word[:1].islower():
        return False
    if not end.group().startswith(".") or end.group().startswith(".."):
        return True
    before = _WORD_BEFORE.search(text, max(0, end.start() - 24), end.start())
    if not before:
        return True
    if before.group().casefold() in _BEFORE_NAMES:
        return next_word.isdigit() or bool(_FIGURE_BEFORE.search(text[: before.start()][-4:]))
    return _full_stop_ends(before.group(), next_word)


def _full_stop_ends(word: str, next_word: str) -> bool:
    lowered = word.casefold()
    if lowered in _NEVER_FINAL or (lowered in _BEFORE_NUMBERS and next_word.isdigit()):
        return False
    if not next_word:
        return True
    if lowered in _MAY_BE_FINAL or "." in word:
        return next_word.casefold() in _OPENERS
    is_initial = len(word) == 1 and word.isupper() and word != "I"
    return not is_initial
