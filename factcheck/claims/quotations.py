"""Quotations that run over several sentences of one paragraph, and where their speaker stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factcheck.records import Sentence
from factcheck.text.parsing import ParsedSentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def long_quotations(
    sentences: Sequence[Sentence], parsed: Sequence[ParsedSentence]
) -> Iterator[range]:
    """The positions of the sentences over which one quotation runs, from opening to closing.

    Args:
        sentences: the sentences, in order; a quotation never goes on in the next paragraph.
        parsed: their parses.
    """
    first: int | None = None
    for at, (sentence, parse) in enumerate(zip(sentences, parsed, strict=True)):
        if first is not None and sentences[first].paragraph != sentence.paragraph:
            first = None
        if not has_lone_mark(parse.doc):
            continue
        if first is not None:
            yield range(first, at + 1)
        first = at if first is None else None


def has_lone_mark(doc: Doc) -> bool:
    """Whether a quotation begins in a sentence and does not end there, or the other way round."""
    return sum(token.text == '"' for token in doc) % 2 == 1


def in_quotation(token: Token, within: bool) -> bool:
    """Whether a token stands within quotation marks.

    Args:
        token: a token of a parsed sentence.
        within: whether the sentence begins within a quotation.
    """
    marks = sum(before.text == '"' for before in token.doc[: token.i])
    return (marks + within) % 2 == 1
