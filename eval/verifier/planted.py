"""Training pairs of short articles with planted errors: a sentence against the rest of its article.

eval/claims/articles/*.txt hold articles in which each error is marked beside its correction,
`{{wrong words||right words||type}}` (see eval/claims/FORMAT.md). Every error gives two items with
the corrected rest of the article as evidence: the sentence as planted, REFUTED, and its twin, the
sentence put right, NOT_REFUTED. Two sentences without an error are NOT_REFUTED as well, for that
is what most sentences of an article are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.verifier.data import Item, bucket
from factcheck.articles import parse_article
from factcheck.records import Span

ARTICLES = Path(__file__).parents[1] / "claims" / "articles"
SOURCE = "own-articles"
"""Source of these items."""

UNMARKED = 2
"""Sentences without an error that each article gives."""

_MARK = re.compile(r"\{\{(?P<wrong>[^{}|]*)\|\|(?P<right>[^{}|]*)\|\|(?P<type>\w+)\}\}")
_ARTICLE = re.compile(r"^=== (?P<number>\d{3,4})\n", re.MULTILINE)


@dataclass(frozen=True)
class Planted:
    """An error of an article: the corrected words at `span` of the corrected text."""

    span: Span
    wrong: str
    type: str


def marked(path: Path) -> Iterator[tuple[str, str, list[Planted]]]:
    """Number, corrected text and errors of the articles of a file.

    Raises ValueError for a mark that does not have three parts.
    """
    parts = _ARTICLE.split(path.read_text(encoding="utf-8"))
    for number, written in zip(parts[1::2], parts[2::2], strict=True):
        text, errors, at = "", [], 0
        body = written.strip() + "\n"
        for mark in _MARK.finditer(body):
            text += body[at : mark.start()]
            span = Span(len(text), len(text) + len(mark["right"]))
            errors.append(Planted(span, mark["wrong"], mark["type"]))
            text += mark["right"]
            at = mark.end()
        text += body[at:]
        if "{{" in text or "}}" in text or "||" in text:
            raise ValueError(f"{path}: article {number} has a mark without three parts")
        yield number, text, errors


def planted_items(folder: Path = ARTICLES) -> list[Item]:
    """The items of all articles; those of one article are of one passage."""
    return [
        item
        for path in sorted(folder.glob("*.txt"))
        for number, text, errors in marked(path)
        for item in _items(f"art-{number}", text, errors)
    ]


def _items(name: str, text: str, errors: list[Planted]) -> Iterator[Item]:
    spans = [sentence.span for sentence in parse_article(text, name).prose]
    whole: list[Span] = []
    for span in spans:
        inside = [e for e in errors if span.start <= e.span.start and e.span.end <= span.end]
        if not inside:
            whole.append(span)
        for n, error in enumerate(inside, 1):
            flawed = (
                text[span.start : error.span.start] + error.wrong + text[error.span.end : span.end]
            )
            rest = _rest(text, spans, span)
            ids = f"{name}-{span.start}-{n}-wrong", f"{name}-{span.start}-{n}-right"
            yield Item(ids[0], rest, flawed, "REFUTED", SOURCE, error.type, name, ids[1])
            right = span.of(text)
            yield Item(ids[1], rest, right, "NOT_REFUTED", SOURCE, error.type, name, ids[0])
    for n in range(min(UNMARKED, len(whole))):
        span = whole.pop(bucket(f"{name}-{n}") % len(whole))
        rest = _rest(text, spans, span)
        yield Item(f"{name}-{span.start}", rest, span.of(text), "NOT_REFUTED", SOURCE, "", name)


def _rest(text: str, spans: list[Span], left_out: Span) -> str:
    return " ".join(" ".join(s.of(text).split()) for s in spans if s != left_out)
