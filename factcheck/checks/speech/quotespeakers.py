"""The quotations of an article with those who say them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.checks.base import Case
from factcheck.checks.speech.endings import outside, quoted_spans
from factcheck.checks.speech.quotations import Quoted
from factcheck.checks.speech.speakers import Memory, Speaker, describe, reports
from factcheck.text.folding import squeeze
from factcheck.text.parsing import ParsedSentence

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_POSSESSIVE = re.compile(r"(?:['\u2019]s|s['\u2019]) $")
_BEFORE_TERM = re.compile(r"\b(?:the|its|their|this|so-called) $")
"""What stands before the name of a thing: 'the "right to disconnect"'."""


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation with its words and its speaker."""

    quoted: Quoted
    words: tuple[str, ...]
    speaker: Speaker
    sentence: str
    paragraph: int


def speakers_of(case: Case, passages: list[Quoted]) -> Iterator[Said]:
    """The quotations whose speaker can be told, in order of the text."""
    spans = quoted_spans(case.article, passages)
    memory = Memory()
    by_sentence = _by_sentence(case, passages)
    latest: dict[int, Speaker] = {}
    for sentence, known in zip(case.sentences, case.article.prose, strict=True):
        free = outside(sentence, spans)
        speakers = _named_speakers(sentence, free, memory)
        if speakers:
            latest[known.paragraph] = speakers[0]
        for quoted in by_sentence.get(known.index, []):
            owner = _owner(case.article.text, sentence, quoted) or latest.get(known.paragraph)
            if owner is None or _is_term(case.article.text, quoted):
                continue
            spoken = _words(quoted.inner.of(case.article.text))
            if owner.name and not _is_title(quoted.inner.of(case.article.text)):
                narrated = "".join(
                    t.text_with_ws for t, is_free in zip(sentence.doc, free, strict=True) if is_free
                )
                yield Said(quoted, spoken, owner, narrated, known.paragraph)


def _is_term(text: str, quoted: Quoted) -> bool:
    """Whether quoted words are what a thing is called, and nobody's own."""
    return bool(_BEFORE_TERM.search(text[max(0, quoted.span.start - 12) : quoted.span.start]))


def _by_sentence(case: Case, passages: list[Quoted]) -> dict[int, list[Quoted]]:
    """Quotations by the index of the sentence in which each begins."""
    placed: dict[int, list[Quoted]] = {}
    prose = case.article.prose
    at = 0
    for quoted in sorted(passages, key=lambda q: q.span):
        while at < len(prose) and prose[at].span.end <= quoted.span.start:
            at += 1
        if at < len(prose):
            placed.setdefault(prose[at].index, []).append(quoted)
    return placed


def _named_speakers(sentence: ParsedSentence, free: list[bool], memory: Memory) -> list[Speaker]:
    """Speakers of a sentence, pronouns followed back; its subjects are remembered."""
    speakers = [r.speaker for r in reports(sentence, free) if r.speaker is not None]
    known = [memory.follow(speaker) for speaker in speakers]
    memory.read(sentence, free)
    return [speaker for speaker in known if speaker is not None]


def _owner(text: str, sentence: ParsedSentence, quoted: Quoted) -> Speaker | None:
    """'Mr. Haskell's "look at the enrollment"': whose words these are."""
    start = quoted.span.start - sentence.span.start
    if not _POSSESSIVE.search(text[max(0, quoted.span.start - 4) : quoted.span.start]):
        return None
    before = [t for t in sentence.doc if t.idx + len(t) <= start]
    if len(before) < 2 or before[-1].lower_ not in {"'s", "'"} or before[-2].pos_ != "PROPN":
        return None
    return describe(sentence, before[-2])


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(squeeze(text)))


def _is_title(text: str) -> bool:
    """Whether quoted words are a title ('The Salt Clock') and nobody's speech."""
    listed = [w for w in re.findall(r"[^\W_]+", text) if len(w) > 3]
    return bool(listed) and all(w[0].isupper() for w in listed)
