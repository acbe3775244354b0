"""How far quotations reach: where one that was never closed evidently ends, and what lies outside.

A check that reads the narrator's own words needs to know which words are not the narrator's.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator, Sequence

from factcheck.checks.speech.quotations import Quoted, find_quotations
from factcheck.records import Article, Sentence, Span
from factcheck.text.parsing import ParsedSentence

_FULL_SENTENCE = re.compile(r"[A-Z\u00c0-\u00de]|I\b")
_BEFORE_SENTENCE = ".!?:,\u2014\u2013"
_GAP = 8
"""Code points looked at before a mark: the end of what stands there, with its white space."""
_SOON = 300
"""Code points within which 'he said' follows the words that it attributes."""
_SPOKEN = re.compile(
    r"\b(?:[Ii]t|[Tt]hat|[Tt]here|[Ww]hat|[Hh]ere|[Hh]e|[Ss]he)['\u2019]s\b|n['\u2019]t\b"
    r"|\b(?:[Tt]hey|[Tt]here)['\u2019](?:re|ve|ll|d)\b"
)
"""Contractions, which narrators seldom write."""
_FIRST_PERSON = re.compile(r"\b(?:I|we|our|us|my|me|you|your)\b|^(?:And|But|So)\b")


def evident_end(article: Article, quoted: Quoted) -> int:
    """Where an unclosed quotation evidently ends: offset one past its last word or full stop.

    It ends before 'he said' where that follows a comma; a fragment ends with its sentence; a full
    sentence takes the next ones along as long as they speak in the first or second person.
    """
    attributed = _before_attribution(article.text, quoted.span)
    if attributed is not None:
        return attributed
    reach = [s for s in _sentences_of(article, quoted) if s.span.start < quoted.span.end]
    if not reach:
        return quoted.span.end
    end = reach[0].span.end
    if _starts_full(article.text, quoted.span.start, reach[0]):
        end = max(end, _last_spoken(reach[1:]))
    return min(end, quoted.span.end)


def quoted_spans(article: Article, passages: Sequence[Quoted]) -> tuple[Span, ...]:
    """The spans of all quoted words, sorted and apart; unclosed ones to their evident end."""
    reaches = sorted(
        Span(q.span.start, evident_end(article, q)) if q.state == "open" else q.span
        for q in passages
    )
    apart: list[Span] = []
    for span in reaches:
        if apart and span.start < apart[-1].end:
            apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end))
        else:
            apart.append(span)
    return tuple(apart)


def all_quoted(article: Article) -> tuple[Span, ...]:
    """The spans of all quoted words of an article, sorted."""
    return quoted_spans(article, find_quotations(article).passages)


def outside(sentence: ParsedSentence, quoted: Sequence[Span]) -> list[bool]:
    """For each token, whether it stands outside all of `quoted` (spans sorted and apart)."""
    at = max(0, bisect.bisect_right(quoted, sentence.span.start, key=lambda s: s.start) - 1)
    free: list[bool] = []
    for token in sentence.doc:
        place = sentence.span.start + token.idx
        while at < len(quoted) and quoted[at].end <= place:
            at += 1
        free.append(at == len(quoted) or place < quoted[at].start)
    return free


def _sentences_of(article: Article, quoted: Quoted) -> Iterator[Sentence]:
    for sentence in article.prose:
        if sentence.paragraph == quoted.paragraph and sentence.span.end > quoted.span.start:
            yield sentence


def _last_spoken(sentences: Sequence[Sentence]) -> int:
    """End of the last sentence that speaks as 'I' or 'you', none that narrates before it; or 0."""
    end = 0
    for sentence in sentences:
        if _FIRST_PERSON.search(sentence.text):
            end = sentence.span.end
        elif not _SPOKEN.search(sentence.text):
            break
    return end


def _starts_full(text: str, start: int, sentence: Sentence) -> bool:
    before = text[max(sentence.span.start, start - _GAP) : start].rstrip()
    opens = not before or before[-1] in _BEFORE_SENTENCE
    return opens and bool(_FULL_SENTENCE.match(text, start + 1))


@functools.cache
def _attribution() -> re.Pattern[str]:
    said = "said|says|told|added|asked|wrote|replied|argued|insisted|explained|warned"
    common = r"(?:the|a|an|its|his|her)\s\w+(?:\s\w+)?"
    name = rf"(?:he|she|they|it|{common}|(?:[A-Z][\w.'\u2019-]+\s?){{1,4}})"
    return re.compile(rf"[,?!](?=\s+(?:{name}\s(?:{said})\b|(?:{said})\s(?:{name})))")


def _before_attribution(text: str, span: Span) -> int | None:
    match = _attribution().search(text, span.start, min(span.end, span.start + _SOON))
    return match.end() if match else None


def is_requoting(text: str, signs: frozenset[str]) -> bool:
    """Whether a sentence says that it takes up words already said."""
    return any(word in signs for word in re.findall(r"[a-z]+", text.lower()))
