"""Statements of the article that a reference gives to somebody else.

An article takes over what people said from records of their words: transcripts, minutes,
statements. Where the words that it gives to A stand in a reference as those of B, and nowhere in
the references as A's, the article has most likely mixed the two up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from factcheck.checks.alignment import rarity, total
from factcheck.checks.base import Case
from factcheck.checks.endings import all_quoted, outside
from factcheck.checks.passages import Passage, references_of
from factcheck.checks.speech import Memory, Speaker, describe, differ, reports, words
from factcheck.records import Article, Quotation, Span
from factcheck.text.clauses import content
from factcheck.text.parsing import ParsedSentence

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_NAME = r"[A-Z][\w.'\u2019-]*"
_LABEL = re.compile(
    rf"(?:^|(?<=[.?!\"\u201d)\]\u2026] )|(?<=\n))(?P<name>{_NAME}(?: {_NAME}){{0,4}})"
    r"(?: \([^()\n]{1,60}\)|, [^:.?!\n]{1,60})?(?::|(?<=Q)\.|(?<=A)\.)\s"
)
_ASKS = frozenset("q question a answer reporter journalist press".split())
_FEWEST = 5
"""Words of a quotation in a row that a reference must have."""
_ENOUGH = 3.0
"""Rare words that a reported statement must have in common with a sentence of the reference."""
_PART = 0.6
"""Part of the statement's rare words that they must be at least."""
_RIVAL = 0.7
"""Part of that likeness at which the article's own speaker may have said it, too."""


@dataclass(frozen=True, slots=True)
class Misgiven:
    """A statement and the one who made it according to a reference."""

    span: Span
    """The words that give it to somebody, in the article."""
    conflict: Quotation
    """The words of the reference."""
    speakers: tuple[str, str]
    """Who says it in the article; who in the reference."""
    confidence: float
    """0 to 1."""


@dataclass(frozen=True, eq=False)
class _Turn:
    """A sentence of a reference and who says what is in it."""

    parsed: ParsedSentence
    passage: Passage
    owner: Speaker | None
    """Who says it, where that is plain."""
    labelled: bool
    """Whether a label before the words says so."""
    around: frozenset[str]
    """The words by which somebody who may be saying it could be named, lower case."""
    words: tuple[str, ...]
    keys: frozenset[str]

    @property
    def named(self) -> frozenset[str]:
        """The words of the sentence itself."""
        return frozenset(self.words)


@dataclass(frozen=True, eq=False)
class _Said:
    """A statement of the article."""

    speaker: Speaker
    span: Span
    quoted: tuple[tuple[str, ...], ...]
    keys: frozenset[str]


def find_misgiven(case: Case) -> Iterator[Misgiven]:
    """Quoted words and reported statements that a reference gives to another person."""
    turns = list(_turns(case))
    if not turns:
        return
    weight = rarity([content(s.doc) for s in case.sentences] + [t.keys for t in turns])
    for said in _statements(case):
        turn, confidence = _source(said, turns, weight)
        if turn is not None and turn.owner is not None:
            yield Misgiven(
                said.span,
                turn.passage.quote(turn.parsed.span),
                (said.speaker.name, turn.owner.name),
                confidence,
            )


def _source(
    said: _Said, turns: Sequence[_Turn], weight: Mapping[str, float]
) -> tuple[_Turn | None, float]:
    """The sentence that gives a statement to somebody else, and how sure that is."""
    for quoted in said.quoted:
        found = [turn for turn in turns if _has(turn.words, quoted)]
        if found:
            if all(_is_others(said.speaker, turn) for turn in found):
                return found[0], 0.8
            return None, 0.0
    whole = total(said.keys, weight)
    scored = [(total((said.keys & turn.keys), weight), turn) for turn in turns]
    best, turn = max(scored, key=lambda item: item[0])
    if best < _ENOUGH or best < _PART * whole or not _is_others(said.speaker, turn):
        return None, 0.0
    own = [score for score, other in scored if said.speaker.key in other.around]
    if max(own, default=0.0) > _RIVAL * best:
        return None, 0.0
    return turn, 0.6


def _has(within: Sequence[str], part: Sequence[str]) -> bool:
    size = len(part)
    return any(
        within[at] == part[0] and tuple(within[at : at + size]) == part
        for at in range(len(within) - size + 1)
    )


def _is_others(speaker: Speaker, turn: _Turn) -> bool:
    """Whether a sentence is somebody else's, and `speaker` neither says nor is named in it."""
    if turn.owner is None or not differ(speaker, turn.owner):
        return False
    return speaker.key not in (turn.named if turn.labelled else turn.around)


def _words(text: str) -> tuple[str, ...]:
    return tuple(w.casefold().replace("\u2019", "'") for w in _WORD.findall(text))


def _statements(case: Case) -> Iterator[_Said]:
    """What the article gives to a person by name."""
    quoted = all_quoted(case.article)
    memory = Memory()
    for sentence in case.sentences:
        free = outside(sentence, quoted)
        speaker = _speaker(sentence, free, memory)
        memory.read(sentence, free)
        if speaker is None:
            continue
        inside = [q for q in quoted if sentence.span.start <= q.start < sentence.span.end]
        texts = [_words(case.article.text[q.start : min(q.end, sentence.span.end)]) for q in inside]
        own = set(_words(speaker.name))
        keys = frozenset(key for key in content(sentence.doc) if key not in own)
        long = tuple(text for text in texts if len(text) >= _FEWEST)
        yield _Said(speaker, sentence.span, long, keys)


def _speaker(sentence: ParsedSentence, free: Sequence[bool], memory: Memory) -> Speaker | None:
    """The one person who speaks in a sentence; None where several do."""
    found = [r.speaker for r in reports(sentence, free)]
    if not found or found[0] is None:
        return None
    speaker = memory.follow(found[0])
    if speaker is None or not speaker.person or speaker.guessed:
        return None
    return speaker


def _turns(case: Case) -> Iterator[_Turn]:
    """The sentences of all references, in order, each once, with their speakers."""
    documents: dict[str, dict[int, tuple[ParsedSentence, Passage]]] = defaultdict(dict)
    for passage in references_of(case):
        source = passage.source
        if isinstance(source, Article):
            continue
        for sentence in passage.sentences:
            documents[source.quotation.source_id].setdefault(
                sentence.span.start, (sentence, passage)
            )
    known = frozenset(_WORD.findall(case.article.text))
    for document in documents.values():
        yield from _read(sorted(document.items()), known)


def _read(
    listed: Sequence[tuple[int, tuple[ParsedSentence, Passage]]], known: frozenset[str]
) -> Iterator[_Turn]:
    labels = _Labels(known)
    memory = Memory()
    before: list[tuple[str, ...]] = [(), ()]
    for _, (sentence, passage) in listed:
        text = sentence.doc.text
        labels.read(text)
        owner, labelled = labels.speaker, labels.speaking
        if not labelled:
            owner = _narrated(sentence, memory)
        mine = _words(text)
        label = labels.words if labelled else ()
        around = frozenset((*label, *mine, *(w for near in before for w in near)))
        yield _Turn(sentence, passage, owner, labelled, around, mine, content(sentence.doc))
        before = [before[-1], mine]


class _Labels:
    """Who has the word in a record with a label before each turn ('MS HALL: …')."""

    def __init__(self, known: frozenset[str]) -> None:
        self.known = known
        self.speaker: Speaker | None = None
        self.speaking = False
        self.words: tuple[str, ...] = ()
        self._answers: Speaker | None = None
        self._last = ""

    def read(self, text: str) -> None:
        """Take in the label that opens the turn at the end of a sentence."""
        for match in _LABEL.finditer(text):
            name = match["name"]
            low = name.casefold().rstrip(".")
            if low in {"q", "question"}:
                self._answers = self.speaker if self._last == "name" else self._answers
                self.speaker, self.speaking, self._last = None, True, "q"
            elif low in {"a", "answer"}:
                self.speaker, self.speaking, self._last = self._answers, True, "a"
            elif (speaker := self._person(name, match.span("name"))) is not None:
                self.speaker, self.speaking, self._last = speaker, True, "name"
                self._answers = None
            elif name.isupper():
                self.speaker, self.speaking, self._last = None, True, "name"
            self.words = _words(match.group())

    def _person(self, name: str, place: tuple[int, int]) -> Speaker | None:
        parts = name.split()
        titled = parts[0].casefold().rstrip(".") in words("male") | words("female")
        last = parts[-1].title() if parts[-1].isupper() else parts[-1]
        if not (titled or (name.isupper() and last in self.known)):
            return None
        shown = name.title() if name.isupper() else name
        return Speaker(last.casefold(), shown, Span(*place), "", person=True)


def _narrated(sentence: ParsedSentence, memory: Memory) -> Speaker | None:
    """The person who speaks in a sentence that tells who says what."""
    free = [True] * len(sentence.doc)
    for report in reports(sentence, free):
        speaker = memory.follow(report.speaker) if report.speaker else None
        if speaker is not None and speaker.person:
            memory.read(sentence, free)
            return speaker
    memory.read(sentence, free)
    for token in sentence.doc:
        if token.dep_ in {"nsubj", "nsubjpass"} and token.head.dep_ == "ROOT":
            speaker = describe(sentence, token)
            return speaker if speaker.person and token.pos_ == "PROPN" else None
    return None
