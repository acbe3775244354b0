"""The headline and the sentences that it is compared with, in one form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.base import Case
from factcheck.checks.passages import Passage, article_of, references_of
from factcheck.checks.speech.endings import all_quoted, outside
from factcheck.records import Quotation
from factcheck.text.parsing import ParsedSentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_STEM = 5
_CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_MARKS = frozenset('"\u201c\u201d')


@dataclass(frozen=True)
class Read:
    """A sentence with what is the narrator's in it."""

    parsed: ParsedSentence
    free: list[bool]
    """For each token, whether it stands outside quotation marks."""
    stems: frozenset[str]
    passage: Passage
    """The text that it is of."""

    def quote(self, tokens: Sequence[Token]) -> Quotation:
        """The words of the sentence from the first of the tokens to the last."""
        return self.passage.quote(self.parsed.span_of(tokens))


def read_parts(case: Case) -> tuple[Read | None, list[Read]]:
    """The headline and the body sentences, read."""
    quoted = all_quoted(case.article)
    article = article_of(case)
    headline: Read | None = None
    body: list[Read] = []
    for known, parsed in zip(case.article.prose, case.sentences, strict=True):
        read = Read(parsed, outside(parsed, quoted), frozenset(stems(parsed.doc)), article)
        if known.role == "body":
            body.append(read)
        elif known.span == case.article.headline:
            headline = read
    return headline, body


def read_references(case: Case) -> list[Read]:
    """The sentences of all reference passages, read; passages overlap, so some come twice."""
    listed: list[Read] = []
    for passage in references_of(case):
        inside = False
        for parsed in passage.sentences:
            free: list[bool] = []
            for token in parsed.doc:
                inside ^= token.text in _MARKS
                free.append(not inside)
            listed.append(Read(parsed, free, frozenset(stems(parsed.doc)), passage))
    return listed


def stems(tokens: Iterable[Token]) -> Iterator[str]:
    """What the nouns, names, adjectives and numbers among some words are compared by."""
    for token in tokens:
        if token.pos_ in _CONTENT and len(token.text) > 2:
            yield token.lower_[:_STEM].rstrip("s")
