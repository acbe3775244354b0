"""Statements of the article that a reference gives to somebody else.

An article takes over what people said from records of their words: transcripts, minutes,
statements (`factcheck.checks.speech.turns`). Where the words that it gives to A stand in a
reference as those of B, and nowhere in the references as A's, the article has most likely mixed
the two up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from factcheck.checks.alignment import rarity, total
from factcheck.checks.base import Case
from factcheck.checks.speech.endings import all_quoted, outside
from factcheck.checks.speech.speakers import Speaker, differ
from factcheck.checks.speech.turns import (
    Turn,
    documents_of,
    keys_of,
    labelled_people,
    people_of,
    read_turns,
    spoken_words,
    tellers_of,
)
from factcheck.records import Quotation, Span
from factcheck.text.clauses import stem
from factcheck.text.gazetteer import gazetteer

_FEWEST = 4
"""Words of a quotation that a reference must have in a row."""
_ENOUGH = 2.75
"""Rare words that a reported statement must have in common with a sentence of the reference."""
_PART = 0.4
"""Part of the statement's rare words that they must be at least."""
_RIVAL = 0.7
"""Part of that likeness at which the article's own speaker may have said it, too."""
_QUOTED, _TOLD = 0.8, 0.6
"""Confidence for words that are quoted and for such as are reported."""
_ROLE = 4
"""Letters of a word that may tell who somebody is: 'the records supervisor'."""


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
class _Said:
    """A statement that the article gives to somebody."""

    speaker: Speaker
    span: Span
    quoted: tuple[tuple[str, ...], ...]
    """The words of its quotations."""
    keys: frozenset[str]
    """Stems of its content words."""


def find_misgiven(case: Case) -> Iterator[Misgiven]:
    """Quoted words and reported statements that a reference gives to another person."""
    listed = documents_of(case)
    if not listed:
        return
    people = people_of([*case.sentences, *(s for document in listed for s, _ in document)])
    people |= labelled_people(case.article.text, listed)
    turns = [turn for document in listed for turn in read_turns(document, people)]
    weight = rarity([keys_of(list(s.doc)) for s in case.sentences] + [t.keys for t in turns], 2)
    for said in _statements(case, people):
        found = _source(said, turns, weight)
        if found is not None:
            turn, owner, confidence = found
            conflict = turn.passage.quote(turn.parsed.span)
            yield Misgiven(said.span, conflict, (said.speaker.called, owner.called), confidence)


def _source(
    said: _Said, turns: Sequence[Turn], weight: Mapping[str, float]
) -> tuple[Turn, Speaker, float] | None:
    """The sentence that gives a statement to somebody else, and how sure that is."""
    for quoted in said.quoted:
        found = [(turn, match) for turn in turns if (match := turn.find(quoted)) is not None]
        owners = [o for t, match in found if (o := _other(said.speaker, t, match)) is not None]
        if found:
            return (found[0][0], owners[0], _QUOTED) if len(owners) == len(found) else None
    scored = [(total(said.keys & turn.keys, weight), turn) for turn in turns]
    best, turn = max(scored, key=lambda item: item[0])
    owner = _other(said.speaker, turn)
    if owner is None or best < max(_ENOUGH, _PART * total(said.keys, weight)):
        return None
    own = [score for score, other in scored if said.speaker.key in other.around]
    return (turn, owner, _TOLD) if max(own, default=0.0) <= _RIVAL * best else None


def _other(speaker: Speaker, turn: Turn, match: Span | None = None) -> Speaker | None:
    """Who says a sentence, where `speaker` plainly does not and is not named near."""
    owner = turn.owner(match)
    if owner is None or not differ(speaker, owner):
        return None
    called = {speaker.key, *(w for w in spoken_words(speaker.name) if len(w) >= _ROLE)}
    return owner if not (called - gazetteer().titles) & turn.around else None


def _statements(case: Case, people: frozenset[str]) -> Iterator[_Said]:
    """What the article gives to a person by name."""
    quoted = all_quoted(case.article)
    for sentence in case.sentences:
        free = outside(sentence, quoted)
        tellers = tellers_of(sentence, free, people)
        if not tellers or len({speaker.key for _, speaker in tellers}) > 1:
            continue
        speaker = tellers[0][1]
        ends = sentence.span
        inside = [q for q in quoted if q.start < ends.end and ends.start < q.end]
        texts = [case.article.text[max(q.start, ends.start) : min(q.end, ends.end)] for q in inside]
        own = {stem(word) for word in spoken_words(speaker.name)}
        yield _Said(
            speaker,
            sentence.span,
            tuple(spoken_words(text) for text in texts if _tells(text)),
            keys_of(list(sentence.doc)) - own,
        )


def _tells(quoted: str) -> bool:
    """Whether a quotation is long enough that only one person is likely to have said it."""
    return len(spoken_words(quoted)) >= _FEWEST
