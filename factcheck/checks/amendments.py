"""Notes that tell what an earlier version, or another issue, had wrong.

Such a note states the old words beside the new on purpose. It contradicts nothing, so that checks
which hold one place of the article against another leave it out.
"""

from __future__ import annotations

import functools
import re

from factcheck.checks.base import Case
from factcheck.records import Article
from factcheck.text.folding import plain
from factcheck.text.parsing import ParsedSentence

_PIECE = r"(?:article|story|report|piece|post|column|review|obituary|interview|headline|caption)"
_WRONGLY = r"(?:originally|previously|initially|wrongly|incorrectly|mistakenly|erroneously)"
_NOTE = re.compile(
    r"^\W*(?:corrections?|clarifications?|correction and clarification)\b *(?:[:.\u2013\u2014-]|\()"
    r"|^\W*\(?(?:corrects|refiles to correct) "
    rf"|\b(?:earlier|previous|original|first) versions? of (?:this|the) {_PIECE}\b"
    rf"|\bthis {_PIECE} (?:was|has been) (?:amended|corrected|updated)\b"
    rf"|\b(?:this|the) {_PIECE} {_WRONGLY} (?:said|stated|gave|called|named|referred|reported)\b"
    rf"|\bthis {_PIECE} (?:misspell?ed|misspelt|misstated|misidentified|misquoted|misnamed)\b"
    r"|\b(?:owing|due) to an? (?:editing|production|agency|typing|reporting|transcription) error\b"
    rf"|^\W*in (?:an?|our) {_PIECE} [^.]{{0,120}}\bwe (?:{_WRONGLY} )?(?:said|gave|called|wrote)\b"
    rf"|^\W*(?:an?|our) {_PIECE} [^.]{{0,120}}\bpage \d+\)",
    re.IGNORECASE,
)


@functools.lru_cache(1_024)
def is_amendment(paragraph: str) -> bool:
    """Whether a paragraph corrects what was printed before."""
    return bool(_NOTE.search(plain(paragraph)))


def amendments(article: Article) -> frozenset[int]:
    """The numbers of the paragraphs that do."""
    paragraphs: dict[int, list[str]] = {}
    for sentence in article.prose:
        paragraphs.setdefault(sentence.paragraph, []).append(sentence.text)
    told = (number for number, texts in paragraphs.items() if is_amendment(" ".join(texts)))
    return frozenset(told)


def standing(case: Case) -> tuple[ParsedSentence, ...]:
    """The sentences of the article that state what it holds to be so: all but those of such notes.

    Returns:
        Sentences of `case.sentences`, in their order.
    """
    notes = amendments(case.article)
    pairs = zip(case.sentences, case.article.prose, strict=True)
    return tuple(parsed for parsed, known in pairs if known.paragraph not in notes)
