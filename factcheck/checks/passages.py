"""The article and its reference passages in one form, parsed, for checks that compare them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.checks.amendments import standing
from factcheck.checks.base import Case
from factcheck.records import Article, Evidence, Quotation, Span
from factcheck.text.parsing import ParsedSentence

_REMEMBERED = 512
"""Passages whose words are kept: each check that compares takes up the same ones."""
_WORD = re.compile(r"\w+")
_LABEL = re.compile(r"^\s*[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,3}\s?:")


@dataclass(frozen=True)
class Passage:
    """A text to compare: the article's prose, or one reference passage."""

    sentences: tuple[ParsedSentence, ...]
    """Its sentences; spans are those of the whole document."""
    source: Article | Evidence
    """Where it is from."""
    voices: frozenset[str]
    """Words of title, publisher and text, lower case: who may be speaking. Empty for the article.
    """

    @property
    def is_article(self) -> bool:
        """Whether this is the article itself."""
        return isinstance(self.source, Article)

    @property
    def name(self) -> str:
        """What to call it in an explanation."""
        if isinstance(self.source, Article):
            return "another place of the article"
        return f"the reference '{self.source.title}'" if self.source.title else "a reference"

    @functools.cached_property
    def labels(self) -> tuple[str, ...]:
        """For each sentence the last label before it or at its head ('MS HALL:'); may be empty."""
        found = [""]
        for sentence in self.sentences:
            label = _LABEL.match(sentence.doc.text)
            found.append(label.group() if label else found[-1])
        return tuple(found[1:])

    def quote(self, span: Span) -> Quotation:
        """The words at `span` of the document."""
        if isinstance(self.source, Article):
            return self.source.quote(span)
        whole = self.source.quotation
        words = span.shifted(-whole.span.start).of(whole.text)
        return Quotation("corpus", whole.source_id, span, words)


def article_of(case: Case) -> Passage:
    """The article's own prose, without notes on what an earlier version had wrong."""
    return Passage(standing(case), case.article, frozenset())


def references_of(case: Case) -> Iterator[Passage]:
    """Each reference passage once, in the order in which the claims name them."""
    for evidence in case.passages:
        text, start = evidence.quotation.text, evidence.quotation.span.start
        parsed = case.parser.parse_text(text)
        sentences = tuple(ParsedSentence(s.doc, s.span.shifted(start)) for s in parsed)
        head = f"{evidence.title} {evidence.publisher} {text}"
        yield Passage(sentences, evidence, _words(head))


@functools.lru_cache(_REMEMBERED)
def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))
