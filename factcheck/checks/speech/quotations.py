"""Finding quotations: which marks open, which close, which are apostrophes, feet or inches.

The convention for long quotations is known: one that runs over paragraphs is opened again at the
head of each and closed only at the last. Double and single marks are read apart, so that either
may stand inside the other.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from factcheck.checks.lexicon import check_table
from factcheck.records import Article, Span

Kind: TypeAlias = Literal["double", "single"]
State: TypeAlias = Literal["closed", "continued", "open"]

_DOUBLE = re.compile('["\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02]')
_SINGLE = re.compile("['\u2018\u2019\u201a\u201b\u2032\uff07]")
_OPENERS = frozenset("\u201c\u201e\u201f\u00ab\u2018\u201a\u201b")
_CLOSERS = frozenset("\u201d\u00bb\u2019\u2032\u2033")
_CLOSED_BY = {
    '"': '"',
    "\u201c": "\u201d",
    "\u201f": "\u201d",
    "\u201e": "\u201c\u201d",
    "\u00ab": "\u00bb",
    "\uff02": "\uff02",
    "'": "'",
    "\u2018": "\u2019",
    "\u201a": "\u2018\u2019",
    "\u201b": "\u2019",
    "\uff07": "\uff07",
}
_BEFORE_OPENING = re.compile(r"[\s(\[{/\u2013\u2014-]|[\"'\u201c\u2018]")
_AFTER_CLOSING = re.compile(r"[\s.,;:!?)\]}/\u2013\u2014\u2026-]|[\"'\u201d\u2019]")
_MEASURE = re.compile(r"[\d\u00bc-\u00be\u215b-\u215e]$")
_POSSESSED = re.compile(r" [a-z]")
_MARKS_AHEAD = 200
"""Marks looked at for the one that closes a single quotation, so that cost stays linear."""
_FEET = re.compile(r"\d ?['\u2019\u2032] ?\d{1,2}(?:[ \u00bd\u00bc\u00be.\d]*)$")


@dataclass(frozen=True, slots=True)
class Quoted:
    """One quotation, or one paragraph of a longer one."""

    span: Span
    """From the opening mark to the closing one, both included; else to where it may run at most."""
    kind: Kind
    """Double marks or single."""
    state: State
    """`closed`; `continued` (the next paragraph opens it again); `open` (never closed)."""
    opening: str
    """The opening mark."""
    closing: str
    """The closing mark; empty where there is none."""
    paragraph: int
    """Number of its paragraph, as in `Sentence.paragraph`."""

    @property
    def inner(self) -> Span:
        """The span without the marks."""
        return Span(self.span.start + 1, self.span.end - len(self.closing))

    @property
    def mixed(self) -> bool:
        """Whether its two marks do not belong together."""
        return bool(self.closing) and self.closing not in _CLOSED_BY.get(self.opening, "")


@dataclass(frozen=True, slots=True)
class Quotations:
    """All quotations of an article."""

    passages: tuple[Quoted, ...]
    """In order of the text."""
    strays: tuple[int, ...]
    """Offsets of double marks that close what nothing opened."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    number: int
    span: Span


def find_quotations(article: Article) -> Quotations:
    """The quotations of the headline and the body; furniture is passed over."""
    passages: list[Quoted] = []
    strays: list[int] = []
    paragraphs = list(_paragraphs(article))
    for kind in ("double", "single"):
        found: list[list[Quoted]] = []
        for paragraph in paragraphs:
            quoted, stray = _scan(article.text, paragraph, kind)
            found.append(quoted)
            strays += stray
        passages += _linked(paragraphs, found)
    return Quotations(tuple(sorted(passages, key=lambda q: q.span)), tuple(sorted(strays)))


def words(name: str) -> frozenset[str]:
    """One word list of data/quotations.toml."""
    return _lists()[name]


@functools.cache
def _lists() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(listed.split()) for name, listed in check_table("quotations.toml").items()
    }


def _paragraphs(article: Article) -> Iterator[_Paragraph]:
    spans: dict[int, Span] = {}
    for sentence in article.prose:
        known = spans.get(sentence.paragraph, sentence.span)
        spans[sentence.paragraph] = Span(known.start, sentence.span.end)
    for number, span in spans.items():
        yield _Paragraph(number, span)


def _scan(text: str, paragraph: _Paragraph, kind: Kind) -> tuple[list[Quoted], list[int]]:
    if kind == "double":
        return _scan_double(text, paragraph)
    return list(_scan_single(text, paragraph)), []


def _scan_double(text: str, paragraph: _Paragraph) -> tuple[list[Quoted], list[int]]:
    """Pairs the double marks of a paragraph; gives the quotations and the closing strays."""
    marks = [m.start() for m in _DOUBLE.finditer(text, *_ends(paragraph.span))]
    found: list[Quoted] = []
    strays: list[int] = []
    opened: int | None = None
    nested = 0
    for number, mark in enumerate(marks):
        following = marks[number + 1 : number + 3]
        if _is_inches(text, mark, opened, following):
            continue
        if _opens(text, mark, opened):
            if opened is not None and _is_nested(text, following, mark):
                nested += 1
                continue
            if opened is not None:
                found.append(_quoted(text, paragraph, Span(opened, _back(text, mark)), "double"))
            opened = mark
        elif nested:
            nested -= 1
        elif opened is None:
            strays.append(mark)
        else:
            found.append(_quoted(text, paragraph, Span(opened, mark + 1), "double", closed=True))
            opened = None
    if opened is not None:
        found.append(_quoted(text, paragraph, Span(opened, paragraph.span.end), "double"))
    return found, strays


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _quoted(
    text: str, paragraph: _Paragraph, span: Span, kind: Kind, *, closed: bool = False
) -> Quoted:
    return Quoted(
        span=span,
        kind=kind,
        state="closed" if closed else "open",
        opening=text[span.start],
        closing=text[span.end - 1] if closed else "",
        paragraph=paragraph.number,
    )


def _back(text: str, end: int) -> int:
    """`end` moved back over white space."""
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _faces_right(text: str, mark: int) -> bool:
    """Whether a mark stands where one opens: after a gap and before a word."""
    before = text[mark - 1] if mark else " "
    after = text[mark + 1] if mark + 1 < len(text) else " "
    return bool(_BEFORE_OPENING.match(before)) and not after.isspace() and after not in ".,;:!?)"


def _faces_left(text: str, mark: int) -> bool:
    """Whether a mark stands where one closes: after a word and before a gap."""
    before = text[mark - 1] if mark else " "
    after = text[mark + 1] if mark + 1 < len(text) else " "
    return not before.isspace() and before not in "([{" and bool(_AFTER_CLOSING.match(after))


def _opens(text: str, mark: int, opened: int | None) -> bool:
    sign = text[mark]
    right, left = _faces_right(text, mark), _faces_left(text, mark)
    if opened is None:
        return sign in _OPENERS or (right and not (left and sign in _CLOSERS)) or not left
    if text[opened] == "\u201e" and sign == "\u201c":
        return False
    if sign in _OPENERS:
        return right or not left
    return right and not left and sign not in _CLOSERS


def _is_inches(text: str, mark: int, opened: int | None, following: Sequence[int]) -> bool:
    """Whether a mark after a figure stands for inches (or seconds) and not for a quotation."""
    before = text[max(0, mark - 12) : mark]
    if text[mark] in _OPENERS or not _MEASURE.search(before):
        return False
    if opened is None or _FEET.search(before):
        return True
    after = following[0] if following else None
    return after is not None and _faces_left(text, after) and not _faces_right(text, after)


def _is_nested(text: str, following: Sequence[int], mark: int) -> bool:
    """Whether a mark that opens within a quotation is closed before the outer one is."""
    turns = [text[m] in _CLOSERS for m in following[:2]]
    return text[mark] in _OPENERS and len(turns) == 2 and all(turns)


def _scan_single(text: str, paragraph: _Paragraph) -> Iterator[Quoted]:
    """Quotations in single marks; one with no mark at all that could close it is open."""
    marks = [m.start() for m in _SINGLE.finditer(text, *_ends(paragraph.span))]
    done = paragraph.span.start
    for number, mark in enumerate(marks):
        if mark < done or not _opens_single(text, mark):
            continue
        close = _single_close(text, marks[number + 1 : number + 1 + _MARKS_AHEAD])
        if close is None:
            yield _quoted(text, paragraph, Span(mark, paragraph.span.end), "single")
            return
        yield _quoted(text, paragraph, Span(mark, close + 1), "single", closed=True)
        done = close + 1


def _opens_single(text: str, mark: int) -> bool:
    if text[mark] in _CLOSERS or not _faces_right(text, mark):
        return False
    word = re.compile(r"[^\W_]*").match(text, mark + 1)
    opened = word.group() if word else ""
    return not opened[:1].isdigit() and opened.casefold() not in words("elisions")


def _single_close(text: str, marks: Sequence[int]) -> int | None:
    """The mark that closes: the first that is no plural possessive, else the first at all."""
    able = [m for m in marks if text[m] not in _OPENERS and _faces_left(text, m)]
    sure = [m for m in able if text[m - 1] not in "sSzZxX" or not _POSSESSED.match(text, m + 1)]
    return next(iter(sure or able), None)


def _linked(paragraphs: Sequence[_Paragraph], found: Sequence[list[Quoted]]) -> Iterator[Quoted]:
    """All quotations, those that the next paragraph opens again marked as continued."""
    for number, quoted in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else []
        starts = bool(following) and following[0].span.start == paragraphs[number + 1].span.start
        for one in quoted:
            runs_on = starts and one.state == "open" and one is quoted[-1]
            alike = runs_on and following[0].opening == one.opening
            state: State = "continued" if alike else one.state
            yield replace(one, state=state)
