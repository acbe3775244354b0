"""Events with who did them and to whom, read from the parse of a text.

`read_events` gives every telling of an event of a known kind (data/events.toml): by verbs active
and passive, by nouns ('an invasion of Y by X'), by infinitives under plans and denials, and by
troops brought up to a border. Who the parties are is for `factcheck.text.actors`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from factcheck.records import Span
from factcheck.text.actors import Actor, Actors
from factcheck.text.details import details_of, times_of
from factcheck.text.eventwords import Frame, event_words
from factcheck.text.parties import Party, Reading, party_pairs
from factcheck.text.slots import Slots, noun_slots, verb_slots, verb_word
from factcheck.text.slots_light import add_light_verbs
from factcheck.text.stances import Stance, telling
from factcheck.text.threats import threats

if TYPE_CHECKING:
    from spacy.tokens import Token

    from factcheck.text.parsing import ParsedSentence

_LONGEST = 160
"""A quotation of an event longer than this, in code points, is cut to its words nearest by."""


@dataclass(frozen=True, slots=True)
class Event:
    """One telling of one event."""

    kind: str
    """Name of the kind in data/events.toml: 'attack', 'lawsuit'."""
    word: str
    """The verb or noun that tells of it, as its lemma."""
    agent: Party | None
    """Who does it, or would do it."""
    patient: Party | None
    """Whom it is done to."""
    once: bool
    """Whether this kind of event does not go both ways by turns."""
    stance: Stance
    """What the sentence commits itself to: `fact`, `denied`, `feared`, `planned`, …"""
    speaker: Actor | None
    """Who is reported as saying it; None for the text's own voice or where it is not known."""
    accusing: bool
    """Whether it is told as one side's case against another."""
    in_return: bool
    """Whether it is told as a second event, going the other way ('retaliated', 'countersued')."""
    details: frozenset[str]
    """Figures, names and things of the sentence, without the parties: what tells it from others."""
    times: frozenset[str]
    """Years, months, weekdays of the sentence."""
    span: Span
    """The words that tell of it, in the text that the sentences' spans are of."""
    sentence: int
    """Which of the sentences given."""
    nominal: bool
    """Whether a noun tells of it."""


def read_events(
    sentences: Sequence[ParsedSentence], actors: Actors, voice: Actor | None = None
) -> list[Event]:
    """All tellings of events in the parsed sentences of one text, in order of the text.

    Args:
        sentences: consecutive sentences of one text.
        actors: made of that text at least.
        voice: who wrote the text, where known: 'the company' in a firm's own statement.
    """
    found: list[Event] = []
    for index, sentence in enumerate(sentences):
        reading = Reading(sentences, index, actors, voice)
        for token in sentence.doc:
            found += _verb_events(token, reading)
            found += _noun_events(token, reading)
        found += [_threat(one, reading) for one in threats(reading)]
    found += _role_noun_events(sentences, actors)
    return found


def _verb_events(token: Token, reading: Reading) -> Iterator[Event]:
    if token.pos_ not in {"VERB", "AUX", "ADJ"} or token.tag_ == "JJ":
        return
    words = event_words()
    if str(token.lemma_).casefold() not in words.lemmas:
        return
    frames = words.verbs.get(verb_word(token), ())
    if frames:
        slots = verb_slots(token)
        for frame in frames:
            yield from _events(token, frame, slots, reading)


def _noun_events(token: Token, reading: Reading) -> Iterator[Event]:
    if token.pos_ not in {"NOUN", "PROPN"}:
        return
    for frame in event_words().nouns.get(str(token.lemma_).casefold(), ()):
        slots = noun_slots(token)
        if slots.get("poss") and slots.get("by") and not _filled(slots, frame.patient):
            slots["patient"] = slots.pop("poss")
        add_light_verbs(token, frame, slots)
        yield from _events(token, frame, slots, reading)


def _events(token: Token, frame: Frame, slots: Slots, reading: Reading) -> Iterator[Event]:
    agents = list(_parties(("agent", *frame.agent), slots, reading, False))
    patients = list(_parties(("patient", *frame.patient), slots, reading, True))
    if _identities(agents) & _identities(patients):
        return
    nobody: list[Party | None] = [None]
    for agent in agents or nobody:
        for patient in patients or nobody:
            if (agent and agent.actor) or (patient and patient.actor):
                yield _event(token, frame, agent, patient, reading)


def _identities(parties: Iterable[Party]) -> set[tuple[bool, str]]:
    return {(p.actor.kind == "other", p.actor.key) for p in parties if p.actor}


def _filled(slots: Slots, places: Iterable[str]) -> bool:
    return any(slots.get(place) for place in places)


def _parties(
    places: Iterable[str], slots: Slots, reading: Reading, territory: bool
) -> Iterator[Party]:
    """The parties in the first of `places` that has any."""
    for place in places:
        heads = slots.get(place, [])
        if place == "adj":
            heads = [head for head in heads if reading.actors.demonym(head.text)]
        parties = [reading.party(head, territory, place == "adj") for head in heads]
        known = [party for party in parties if party]
        if known:
            yield from known
            return


def _event(
    token: Token, frame: Frame, agent: Party | None, patient: Party | None, reading: Reading
) -> Event:
    told = telling(token)
    named = told.speaker is not None and told.speaker.lower_ not in {"it", "they", "who"}
    speaker = reading.party(told.speaker, False, False) if told.speaker and named else None
    parties = [party for party in (agent, patient) if party]
    returns = event_words().lists["in_return"]
    return Event(
        kind=frame.kind,
        word=frame.word,
        agent=agent,
        patient=patient,
        once=frame.once,
        stance=told.stance,
        speaker=speaker.actor if speaker else None,
        accusing=told.accusing,
        in_return=any(word.lemma_.casefold() in returns for word in token.doc),
        details=details_of(token.doc, token, parties),
        times=times_of(token.doc),
        span=_span(token, parties, reading),
        sentence=reading.index,
        nominal=token.pos_ != "VERB",
    )


def _span(token: Token, parties: Sequence[Party], reading: Reading) -> Span:
    """From the first to the last word of the event and its parties, kept short."""
    own = reading.sentence.span_of(_phrase(token))
    spans = [own, *(p.span for p in parties if p.sentence == reading.index)]
    whole = Span(min(s.start for s in spans), max(s.end for s in spans))
    if whole.end - whole.start <= _LONGEST:
        return whole
    near = [s for s in spans if abs(s.start - own.start) <= _LONGEST // 2]
    return Span(min(s.start for s in near), max(s.end for s in near))


def _phrase(token: Token) -> list[Token]:
    """A noun with the words before it that go with it ('a possible invasion'); a verb alone."""
    if token.pos_ == "VERB":
        return [token]
    words = [token]
    index = token.i - 1
    while index >= 0 and token.doc[index].dep_ in {"det", "amod", "compound", "poss", "case"}:
        if token.doc[index].head not in words and token.doc[index].dep_ != "case":
            break
        words.append(token.doc[index])
        index -= 1
    return words


def _threat(threat: tuple[Token, Party, Party | None], reading: Reading) -> Event:
    border, patient, agent = threat
    frame = Frame("attack", "threat", (), (), False)
    return _event(border, frame, agent, patient, reading)


def _role_noun_events(sentences: Sequence[ParsedSentence], actors: Actors) -> Iterator[Event]:
    """'Plaintiff: A. Defendant: B.' tells that A sues B."""
    for kind, agent, patient in party_pairs(sentences, actors):
        reading = Reading(sentences, agent.sentence, actors)
        token = sentences[agent.sentence].doc[0]
        frame = Frame(kind, "parties", (), (), True)
        both = agent.sentence == patient.sentence
        event = _event(token, frame, agent, patient, reading)
        start, end = agent.span.start, agent.span.end
        if both:
            start, end = min(start, patient.span.start), max(end, patient.span.end)
        yield _plain(event, Span(start, end))


def _plain(event: Event, span: Span) -> Event:
    return replace(event, span=span, stance="fact", accusing=False, nominal=True)
