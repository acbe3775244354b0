"""Sayings that the narrator takes up again and gives to another.

'Mr Low's crack about skating on gravy' is Mr Hunt's, where only he was quoted so. One word in
common tells nothing: two people may joke about gravy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.base import Case
from factcheck.checks.speech.endings import all_quoted, outside
from factcheck.checks.speech.speakers import Speaker, describe, differ, words
from factcheck.records import Span
from factcheck.text.clauses import content
from factcheck.text.parsing import ParsedSentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_SAYINGS = frozenset("crack gag jibe joke line phrase quip quote remark wisecrack".split())
_LEADS_ON = frozenset({"about", "of", "on", "that"})
_FEWEST = 2
"""Content words of a saying that a quotation must have, and has all."""
_LABEL = re.compile(r"\b([A-Z][A-Z'\u2019-]+):")
_FROM_HERE = 600
"""Code points of a reference before the words in which the label of their speaker is looked for."""


@dataclass(frozen=True)
class Misowned:
    """A saying taken up as one person's that was quoted as another's."""

    span: Span
    """'Mr Low's crack about skating on gravy'."""
    source: Span
    """The quotation."""
    names: tuple[str, str]
    """Who is given it here; whose it is."""


@dataclass(frozen=True)
class _Source:
    """A quotation of the article, or the part of one in a sentence."""

    span: Span
    stems: frozenset[str]
    owner: Speaker | None
    near: frozenset[str]
    """The words of the sentence and of the one before it, lower case: who may be meant."""


def find_misowned(case: Case, speakers: Mapping[Span, Speaker]) -> Iterator[Misowned]:
    """The sayings whose words were quoted only of others.

    Args:
        case: the article with its references.
        speakers: of each quotation whose speaker is known, by its span.
    """
    quoted = all_quoted(case.article)
    sources = list(_sources(case, quoted, speakers))
    for sentence in case.sentences:
        for owner, tokens in _sayings(sentence, outside(sentence, quoted)):
            span = sentence.span_of(tokens)
            told = content(tokens) - content(t for t in tokens if t.lower_ == owner.key)
            told -= content(t for t in tokens if t.lower_ in _SAYINGS)
            like = [s for s in sources if told <= s.stems and not s.span.overlaps(span)]
            if len(told) < _FEWEST or any(owner.key in s.near for s in like):
                continue
            for source in like[:1]:
                other = source.owner
                if other is not None and differ(owner, other) and _is_sure(other, source, case):
                    yield Misowned(span, source.span, (owner.name, other.name))


def _sayings(
    sentence: ParsedSentence, free: Sequence[bool]
) -> Iterator[tuple[Speaker, list[Token]]]:
    """The persons with the sayings that the narrator gives them, all words of each."""
    for noun in sentence.doc:
        if noun.lower_ not in _SAYINGS or not free[noun.i]:
            continue
        following = noun.doc[noun.i + 1 : noun.i + 2]
        owners = [c for c in noun.children if c.dep_ == "poss" and c.pos_ == "PROPN"]
        if owners and any(t.lower_ in _LEADS_ON for t in following):
            owner = describe(sentence, owners[0])
            if owner.person:
                first = owners[0].left_edge.i
                yield owner, list(noun.doc[first : noun.right_edge.i + 1])


def _sources(
    case: Case, quoted: Sequence[Span], speakers: Mapping[Span, Speaker]
) -> Iterator[_Source]:
    before: frozenset[str] = frozenset()
    for sentence in case.sentences:
        free = outside(sentence, quoted)
        own = frozenset(t.lower_ for t, is_free in zip(sentence.doc, free, strict=True) if is_free)
        for span in quoted:
            if not sentence.span.start <= span.start < sentence.span.end:
                continue
            start, end = (at - sentence.span.start for at in (span.start, span.end))
            inside = [t for t in sentence.doc if start <= t.idx < end]
            owner = speakers.get(span) or _named(sentence, free)
            yield _Source(span, content(inside), owner, own | before)
        before = own


def _named(sentence: ParsedSentence, free: Sequence[bool]) -> Speaker | None:
    """The one person whom the narrator names in a sentence with a quotation."""
    found = [
        describe(sentence, entity.root)
        for entity in sentence.doc.ents
        if entity.label_ == "PERSON" and free[entity.root.i]
    ]
    return found[0] if len({speaker.key for speaker in found}) == 1 else None


def _is_sure(owner: Speaker, source: _Source, case: Case) -> bool:
    """Whether no pronoun was followed to the owner, or a label in a reference names him as well."""
    if not owner.person or owner.name.lower() in words("offices"):
        return False
    if not owner.guessed:
        return True
    said = source.span.of(case.article.text).strip("\"'\u201c\u201d\u2018\u2019.,")
    for evidence in case.passages:
        text = evidence.quotation.text
        at = text.find(said)
        labels = _LABEL.findall(text, max(0, at - _FROM_HERE), max(0, at))
        if at >= 0 and labels and labels[-1].lower() == owner.key:
            return True
    return False
