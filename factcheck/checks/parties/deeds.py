"""Deeds that a text tells: what one party does to another, by verbs and nouns of many kinds.

The kinds stand in text/data/deeds.toml and text/data/events.toml; a verb of neither list is a kind
of its own.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from factcheck.checks.parties.doers import (
    NONE,
    Aliases,
    Who,
    Words,
    groups,
    groups_of,
    low_form,
    name_key,
    parties_at,
)
from factcheck.checks.passages import Passage
from factcheck.records import Evidence, Span
from factcheck.text.clauses import content, stem
from factcheck.text.eventwords import Frame, event_words
from factcheck.text.gazetteer import gazetteer, text_table
from factcheck.text.slots import Slots, noun_slots, verb_slots, verb_word

if TYPE_CHECKING:
    from spacy.tokens import Token

_BY_TURNS = frozenset({"accusation"})
"""Kinds of events of data/events.toml that go both ways between two parties."""
_ANSWERED = frozenset("attack attacking criticism sanction thanking visit visiting".split())
"""Kinds of deeds that are often done in return, save for words such as 'conquest'."""
_REACH = 16
"""Words to either side of a deed that are its surroundings."""
_GETTING = frozenset({"get", "receive", "have"})
_DOING = frozenset("give make offer promise send issue put pay launch".split())
"""Verbs whose subject does what their object tells: 'promise an interview'."""
_UPON = ("dative", "to", "on", "for", "of", "against", "at")
_VERSUS = re.compile(r"(?:^|: )([^:]+?) vs?\.? ([^:]+)")
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Deed:
    """One telling of a deed."""

    kind: str
    """Equal for words that tell deeds alike."""
    agent: Who
    """Who does it."""
    patient: Who
    """Whom it is done to."""
    near: Words
    """Stems and figures around it."""
    span: Span
    """From the first to the last word of the deed and its parties."""
    passage: Passage
    """Where it is told."""
    token: Token | None = None
    """The verb or noun that tells it; None in the name of a lawsuit."""
    by_turns: bool = False
    """Whether it may well be done in return: 'raid', but not 'conquest'."""

    @property
    def nominal(self) -> bool:
        """Whether a noun tells it: 'the purchase of Pellam by Norrick'."""
        return self.token is not None and self.token.pos_ == "NOUN"


@dataclass(frozen=True)
class _Lists:
    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]
    mutual: Words
    idioms: Sequence[tuple[str, str, Words]]


@functools.cache
def _lists() -> _Lists:
    """Frames by verb and by noun, and the verbs that are never compared."""
    raw = text_table("deeds.toml")
    words: dict[str, list[Frame]] = defaultdict(list)
    for kind, entries in raw["deeds"].items():
        for entry in entries.replace("\n", ";").split(";"):
            if entry.strip():
                word, agent, patient = entry.split()
                frame = Frame(kind, word, tuple(agent.split("|")), tuple(patient.split("|")), False)
                words[word].append(frame)
    nominal = {w for w, frames in words.items() if any("by" in f.agent for f in frames)}
    verbs = {w: tuple(f for f in fs if "by" not in f.agent) for w, fs in words.items()}
    nouns = {w: tuple(f for f in words[w] if "by" in f.agent) for w in nominal}
    idioms = [(name, words.split()) for name, words in raw["idioms"].items()]
    return _Lists(
        verbs,
        nouns,
        frozenset(raw["verbs"]["mutual"].split()),
        [(name, first, frozenset(others)) for name, (first, *others) in idioms],
    )


def deeds(
    passage: Passage, aliases: Aliases, kinds: Collection[str] | None = None
) -> Iterator[Deed]:
    """Each deed that a text tells, once for each reading of its parties; only of these kinds."""
    for index, sentence in enumerate(passage.sentences):
        for token in sentence.doc:
            for frame, slots in _frames(token, kinds):
                agents = list(parties_at(frame.agent, slots, passage, index, aliases))
                patients = list(parties_at(frame.patient, slots, passage, index, aliases))
                for agent, patient in product(agents[:2], patients[:2]):
                    if agent.token != patient.token:
                        yield _deed(token, frame, agent, patient, passage, index)


def lawsuit(passage: Passage) -> Iterator[Deed]:
    """'Alder Mills v Borrow Council' in the title of a reference: who sues first, then whom."""
    source = passage.source
    named = _VERSUS.search(source.title) if isinstance(source, Evidence) else None
    if named and passage.sentences:
        claimant, defendant = (_titled(words) for words in named.groups())
        span = passage.sentences[0].span
        agent, patient = claimant.without(defendant), defendant.without(claimant)
        yield Deed("suing", agent, patient, NONE, span, passage)


def _titled(words: str) -> Who:
    listed = {word.casefold() for word in _WORD.findall(words)}
    names = {name_key(w) for w in listed - gazetteer().words["bodies"] - groups_of().keys()}
    nouns = {group for word in listed for group in groups(word)}
    return Who(None, frozenset(names), frozenset(nouns), NONE)


def _deed(
    token: Token, frame: Frame, agent: Who, patient: Who, passage: Passage, index: int
) -> Deed:
    doc = token.doc
    window = doc[max(0, token.i - _REACH) : token.i + _REACH + 1]
    near = content(window) - {stem(token.lemma_)} | {t.lower_ for t in window if t.like_num}
    inside = [t for t in (token, agent.token, patient.token) if t and t.doc is doc]
    whole = doc[min(t.i for t in inside) : max(t.i for t in inside) + 1]
    span = passage.sentences[index].span_of(whole)
    doer, other = agent.without(patient), patient.without(agent)
    by_turns = frame.kind in _ANSWERED and not frame.once
    return Deed(frame.kind, doer, other, near, span, passage, token, by_turns)


def _frames(token: Token, kinds: Collection[str] | None) -> Iterator[tuple[Frame, Slots]]:
    """Each way in which a word tells a deed of these kinds, and what stands in the places about it.

    The places are only looked up for such as are wanted: that is what takes the time.
    """
    if token.pos_ == "VERB":
        idiom = _idiom(token)
        word = idiom[0] if idiom else verb_word(token)
        frames = [*_lists().verbs.get(word, ()), *_events(event_words().verbs, word)]
        if not frames and word not in _lists().mutual:
            frames.append(Frame(f"to {word}", word, ("subj",), ("obj", "dative"), False))
        frames = _of_kinds(frames, kinds)
        if not frames or any(child.dep_ == "neg" for child in token.children):
            return
        slots = verb_slots(token)
        for place, heads in noun_slots(idiom[1]).items() if idiom else ():
            slots[place] = slots.get(place) or heads
        yield from ((frame, slots) for frame in frames)
    elif token.pos_ == "NOUN":
        lemma = str(token.lemma_).casefold()
        frames = [*_lists().nouns.get(lemma, ()), *_events(event_words().nouns, lemma)]
        if not frames and token.dep_ == "dobj" and token.head.lemma_ in _DOING:
            frames.append(Frame(f"to {lemma}", lemma, ("by",), _UPON, False))
        frames = _of_kinds(frames, kinds)
        slots = _noun_slots(token) if frames else {}
        yield from ((frame, slots) for frame in frames)


def _of_kinds(frames: list[Frame], kinds: Collection[str] | None) -> list[Frame]:
    return frames if kinds is None else [frame for frame in frames if frame.kind in kinds]


def _events(frames: Mapping[str, Sequence[Frame]], word: str) -> list[Frame]:
    """The frames of an event word, without accusations: two parties accuse each other.

    Nor does a word that goes both ways by nature tell an event: who joins a ship is not hired.
    """
    listed = frames.get(word, ()) if word not in _lists().mutual else ()
    return [frame for frame in listed if frame.kind not in _BY_TURNS]


def _noun_slots(noun: Token) -> Slots:
    """The places about a noun of a deed; who gets an order is the one it is given to."""
    slots = noun_slots(noun)
    if noun.dep_ == "dobj" and noun.head.lemma_ in _GETTING:
        about = verb_slots(noun.head)
        slots["to"], slots["from"] = about["subj"], slots["from"] or about["from"]
    elif noun.dep_ == "dobj" and noun.head.lemma_ in _DOING:
        about = verb_slots(noun.head)
        slots["by"] = slots["by"] or about["subj"]
        slots["to"] = slots["to"] or about["dative"] or about["to"]
    return slots


def _idiom(verb: Token) -> tuple[str, Token] | None:
    """What a verb tells together with a word that hangs on it, and that word."""
    for name, first, others in _lists().idioms:
        if verb.lemma_ == first:
            hanging = [*verb.children, *(t for c in verb.children for t in c.children)]
            other = next((word for word in hanging if low_form(word) in others), None)
            if other is not None:
                return name, other
    return None
