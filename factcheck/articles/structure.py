"""From text to `Article`: headline, byline, dateline, furniture and sentences, all with offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.articles.datelines import Dateline, find_date, find_dateline, is_place, without_date
from factcheck.articles.furniture import is_furniture
from factcheck.articles.languages import recognise
from factcheck.records import Article, Sentence, SentenceRole, Span, content_id
from factcheck.text.folding import plain
from factcheck.text.sentences import paragraphs, sentences

_HEADING = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+(?P<words>.*?)[ \t]*#*$")
_RULE = re.compile(r"(?:[-*_=~\u2014\u2022.][ \t]*){3,}$")
_BYLINE = re.compile(
    r"(?:(?i:by)|(?i:written by|reported by|story by|words by))[ :]+"
    r"[^\W\d_][\w.'\u2019-]*(?:[ ,&|]+[^\W\d_][\w.'\u2019-]*){0,11}[ ,&|]*$"
    r"|(?:Reporting|Editing|Additional reporting|Writing) by [^.]{3,150}$"
)
_NAME_WORD = re.compile(
    r"[A-Z][\w.'\u2019-]*|and|of|in|for|the|at|de|van|von|der|la|&|staff|writers?|reporters?"
    r"|correspondents?|editors?|chief|senior|special|political|diplomatic|foreign"
)
_LONGEST_HEADLINE = 30
"""Words in a headline; a longer first paragraph is body text."""
_LONGEST_BYLINE = 16


@dataclass(frozen=True)
class _Block:
    """A paragraph and what it is."""

    number: int
    span: Span
    role: SentenceRole


def parse_article(
    text: str,
    source: str = "-",
    *,
    encoding: str = "utf-8",
    unseen: int = 0,
    date: str | None = None,
    language: str | None = None,
) -> Article:
    """An `Article` of `text`: every part marked, nothing changed or left out.

    Args:
        text: the article as read.
        source: where it is from, for the report.
        encoding: how its bytes were decoded.
        unseen: how many characters that show nothing were left out of it.
        date: its own date (ISO 8601); by default that of its dateline.
        language: ISO 639-1 code; by default recognised from the text.
    """
    blocks = _classified(text)
    dateline = _dateline(text, blocks)
    listed = [s for block in blocks for s in _sentences(text, block, dateline)]
    headline = next((block.span for block in blocks if block.role == "headline"), None)
    byline = next((block.span for block in blocks if block.role == "byline"), None)
    prose = " ".join(span.of(text) for span, role, _ in listed if role in {"headline", "body"})
    return Article(
        id=content_id("article", text),
        source=source,
        text=text,
        sentences=tuple(
            Sentence(index, number, span, span.of(text), role)
            for index, (span, role, number) in enumerate(listed)
        ),
        headline=headline,
        byline=byline,
        place=dateline.place if dateline else None,
        date=date or (dateline.date if dateline else None),
        language=language or recognise(prose),
        encoding=encoding,
        unseen=unseen,
    )


def _classified(text: str) -> list[_Block]:
    """The paragraphs with their roles; the headline is the first that can be one."""
    spans = list(paragraphs(text))
    blocks: list[_Block] = []
    for number, span in enumerate(spans):
        opening = all(block.role != "body" for block in blocks)
        titled = any(block.role == "headline" for block in blocks)
        role = _role(span.of(text), opening, titled, number + 1 < len(spans))
        blocks.append(_Block(number, _without_marks(text, span), role))
    if not any(block.role == "body" for block in blocks):
        return [_as_body(block) for block in blocks]
    return blocks


def _as_body(block: _Block) -> _Block:
    """A lone line that looks like a headline is all the article there is."""
    role: SentenceRole = "body" if block.role == "headline" else block.role
    return _Block(block.number, block.span, role)


def _role(line: str, opening: bool, titled: bool, followed: bool) -> SentenceRole:
    if is_furniture(line) or _RULE.fullmatch(line):
        return "furniture"
    if _HEADING.fullmatch(line):
        return "headline"
    by_or_when = _by_or_when(line, opening and titled and followed)
    if by_or_when:
        return by_or_when
    if opening and not titled and followed and _is_headline(line):
        return "headline"
    return "body"


def _by_or_when(line: str, below_title: bool) -> SentenceRole | None:
    """Whether a line says who wrote the article, or when; below the title also both in one."""
    if find_date(line, whole=True):
        return "dateline"
    before = without_date(line) if below_title else None
    if _is_byline(line) or (before is not None and _is_byline(before.rstrip(" ,|-"))):
        return "byline"
    return "dateline" if before is not None and is_place(f"{before}, ") else None


def _is_headline(line: str) -> bool:
    """One short line that does not end as a sentence does."""
    words = line.split()
    ends = plain(line).rstrip("\"')").endswith((".", ":", ";", ","))
    return len(words) <= _LONGEST_HEADLINE and "\n" not in line and not ends


def _is_byline(line: str) -> bool:
    words = line.split()
    if not 1 < len(words) <= _LONGEST_BYLINE or not _BYLINE.fullmatch(line):
        return False
    after_by = [word.strip(",|.") for word in words[1:]]
    return all(not word or _NAME_WORD.fullmatch(word) for word in after_by) or " by " in line


def _without_marks(text: str, span: Span) -> Span:
    heading = _HEADING.fullmatch(span.of(text))
    if not heading or not heading["words"]:
        return span
    return Span(*heading.span("words")).shifted(span.start)


def _dateline(text: str, blocks: list[_Block]) -> Dateline | None:
    """The dateline that opens the first body paragraph, completed by a line with a date."""
    body = next((block for block in blocks if block.role == "body"), None)
    opening = find_dateline(text, body.span) if body else None
    alone = [block.span.of(text) for block in blocks if block.role in {"dateline", "byline"}]
    alone_date = next(filter(None, map(find_date, alone)), None)
    if opening is None:
        return Dateline(None, alone_date, None) if alone_date else None
    return Dateline(opening.place, opening.date or alone_date, opening.span)


def _sentences(
    text: str, block: _Block, dateline: Dateline | None
) -> Iterator[tuple[Span, SentenceRole, int]]:
    if block.role != "body":
        yield block.span, block.role, block.number
        return
    start = block.span.start
    if dateline and dateline.span and block.span.contains(dateline.span):
        yield dateline.span, "dateline", block.number
        start = dateline.span.end
    for span in sentences(text, Span(start, block.span.end)):
        yield span, "body", block.number
