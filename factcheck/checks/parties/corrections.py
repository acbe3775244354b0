"""What to write in place of a telling whose roles are turned round, where that is evident."""

from __future__ import annotations

from factcheck.checks.parties.reversals import Reversal
from factcheck.records import Quotation, Span
from factcheck.text.events import Event
from factcheck.text.eventwords import event_words
from factcheck.text.gazetteer import gazetteer
from factcheck.text.parties import Party


def correction(reversal: Reversal) -> str | None:
    """The words of the odd telling put right; None where that takes more than changing names."""
    event, quotation = reversal.odd.event, reversal.odd.quotation
    if event.agent and event.patient:
        return _swapped(event, quotation) or _turned_passive(event, quotation)
    if event.agent and event.nominal:
        return _made_patient(event, event.agent, quotation)
    return None


def _swapped(event: Event, quotation: Quotation) -> str | None:
    """Both names exchanged."""
    agent, patient = event.agent, event.patient
    if not (agent and patient and _plain(agent) and _plain(patient)):
        return None
    if not (quotation.span.contains(agent.span) and quotation.span.contains(patient.span)):
        return None
    first, second = sorted((agent, patient), key=lambda party: party.span)
    if first.span.overlaps(second.span):
        return None
    one, two = _words(first, quotation), _words(second, quotation)
    new_first, new_second = _as_written(second, two, one), _as_written(first, one, two)
    if new_first is None or new_second is None:
        return None
    text, start = quotation.text, quotation.span.start
    return (
        text[: first.span.start - start]
        + new_first
        + _following(new_first, text[first.span.end - start : second.span.start - start])
        + new_second
        + _following(new_second, text[second.span.end - start :])
    )


def _following(name: str, rest: str) -> str:
    """What follows a name, with the possessive mark that fits it: 'Motors'', but 'Brantek's'."""
    lone = rest[:1] in {"'", "\u2019"} and not rest[1:2].isalpha()
    return f"{rest[:1]}s{rest[1:]}" if lone and not name.endswith("s") else rest


def _plain(party: Party) -> bool:
    return party.sure and party.actor is not None and party.actor.kind in {"state", "named"}


def _words(party: Party, quotation: Quotation) -> str:
    return party.span.shifted(-quotation.span.start).of(quotation.text)


def _as_written(party: Party, words: str, in_place_of: str) -> str | None:
    """The name of `party` in the form, adjective or noun, of the words that it replaces."""
    wants_adjective = gazetteer().demonym(in_place_of) is not None
    is_adjective = gazetteer().demonym(words) is not None
    if wants_adjective == is_adjective:
        return words
    state = gazetteer().state(party.actor.name) if party.actor else None
    if state is None or not state.demonyms:
        return None
    return state.demonyms[0] if wants_adjective else state.name


def _turned_passive(event: Event, quotation: Quotation) -> str | None:
    """'it sued X' becomes 'it was sued by X'."""
    agent, patient = event.agent, event.patient
    if not (agent and patient and patient.sure and agent.span < patient.span) or agent.sure:
        return None
    if not quotation.span.contains(agent.span) or quotation.span.end != patient.span.end:
        return None
    subject, object_ = _words(agent, quotation), _words(patient, quotation)
    start = agent.span.end - quotation.span.start
    between = quotation.text[start : patient.span.start - quotation.span.start]
    verb, _, rest = between.strip().partition(" ")
    if subject.casefold() not in {"it", "he", "she"} or not verb.endswith("ed"):
        return None
    return f"{subject} was {verb} by {rest + ' ' if rest else ''}{object_}"


def _made_patient(event: Event, party: Party, quotation: Quotation) -> str | None:
    """'an invasion by X' becomes 'an invasion of X'."""
    at = party.span.start - quotation.span.start
    before = quotation.text[:at]
    lead = before.rstrip()
    if not lead.endswith(" by") or Span(party.span.start, party.span.end).end != quotation.span.end:
        return None
    lists = event_words().lists
    word = "into" if event.word in lists["into"] else "on" if event.word in lists["on"] else "of"
    return f"{lead[:-2]}{word}{before[len(lead) :]}{quotation.text[at:]}"
