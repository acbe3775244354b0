"""Whether two tellings of events turn each other's roles round, and which of them is the odd one.

Pure comparisons over `factcheck.text.events`; the check itself is `factcheck.checks.roles`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.records import Quotation
from factcheck.text.actors import Actor
from factcheck.text.details import same_time
from factcheck.text.events import Event
from factcheck.text.parties import Party
from factcheck.text.stances import PROSPECTIVE

_CORPUS = 1.5
_UNSURE = 0.6
_HALF = 0.6
_FEW = 2
"""How many mentions the half-told rule wants, and how many of each make a mutual exchange."""
_ANY, _SOMEBODY = "", "*"
"""In place of the name of a party: whoever it is, and one that is only told not to be another."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A telling of an event and where it stands."""

    event: Event
    """What is told."""
    quotation: Quotation
    """The words that tell it."""
    title: str = ""
    """Title of the reference; empty for the article itself."""

    @property
    def in_article(self) -> bool:
        """Whether the article itself tells it."""
        return self.quotation.origin == "context"

    @property
    def weight(self) -> float:
        """How much it counts for what it says."""
        parties = [p for p in (self.event.agent, self.event.patient) if p]
        sure = all(party.sure for party in parties)
        return (1.0 if self.in_article else _CORPUS) * (1.0 if sure else _UNSURE)


_ByParty = dict[tuple[str, str], dict[int, Mention]]


@dataclass(frozen=True, slots=True)
class Reversal:
    """A telling that others turn round."""

    odd: Mention
    """The one that is likely wrong."""
    against: tuple[Mention, ...]
    """Those that it conflicts with, the most telling first."""
    balanced: bool
    """Whether nothing but its later place tells which of the two is wrong."""
    half: bool
    """Whether only one party of it could be compared."""


def same(one: Party | None, other: Party | None) -> bool | None:
    """Whether two parties are one; None where it cannot be told."""
    if one is None or other is None or one.actor is None or other.actor is None:
        return None
    kinds = {one.actor.kind, other.actor.kind}
    if "other" in kinds:
        return _same_other(one.actor, other.actor)
    if "described" in kinds:
        return True if one.actor.key == other.actor.key else None
    return one.actor.side == other.actor.side


def _same_other(one: Actor, other: Actor) -> bool | None:
    """'its neighbor' is anybody but the one whose neighbor it is."""
    if one.kind == other.kind:
        return None
    not_this, named = (one, other) if one.kind == "other" else (other, one)
    if named.kind == "described":
        return None
    return named.side != not_this.key


def is_party(actor: Actor | None, event: Event) -> bool:
    """Whether somebody takes part in an event himself."""
    parties = [party.actor for party in (event.agent, event.patient) if party and party.actor]
    return actor is not None and any(actor.side == party.side for party in parties)


def can_be_wrong(mention: Mention) -> bool:
    """Whether a telling commits the article to who does it, so that it could be an error."""
    event = mention.event
    return (
        mention.in_article
        and event.stance in {"fact", *PROSPECTIVE}
        and event.word not in {"threat", "parties"}
        and not event.in_return
        and not event.accusing
        and not is_party(event.speaker, event)
    )


def can_tell(mention: Mention) -> bool:
    """Whether a telling is evidence of who does it: no accusation by a party, no negation."""
    event = mention.event
    if event.in_return or event.stance in {"negated", "hypothetical"}:
        return False
    agent = event.agent.actor if event.agent else None
    own = event.speaker is not None and agent is not None and event.speaker.side == agent.side
    if event.stance == "denied":
        return own
    return own or not (event.accusing or is_party(event.speaker, event))


def reversals(mentions: Sequence[Mention]) -> list[Reversal]:
    """All tellings of the article that the other mentions turn round, in order of the text."""
    telling = [mention for mention in mentions if can_tell(mention)]
    by_party = _by_party(telling)
    found = []
    for mention in mentions:
        if can_be_wrong(mention):
            alike = _sharing(mention, by_party)
            reversal = _full(mention, alike) or _half_told(mention, telling)
            if reversal:
                found.append(reversal)
    return found


def _by_party(telling: Sequence[Mention]) -> _ByParty:
    """Tellings, numbered in order, by the kind of event and each name of a party, or any."""
    found: _ByParty = defaultdict(dict)
    for number, mention in enumerate(telling):
        for name in (*_names(mention.event), _ANY):
            found[mention.event.kind, name][number] = mention
    return found


def _sharing(odd: Mention, by_party: _ByParty) -> list[Mention]:
    """The tellings of its kind that have a party in common with it, or may have, in order."""
    names = _names(odd.event)
    wanted = {_ANY} if _SOMEBODY in names else {*names, _SOMEBODY}
    alike: dict[int, Mention] = {}
    for name in wanted:
        alike.update(by_party.get((odd.event.kind, name), {}))
    return [alike[number] for number in sorted(alike)]


def _names(event: Event) -> set[str]:
    """Keys and sides of the parties of an event; 'its neighbor' may be anybody."""
    actors = [party.actor for party in (event.agent, event.patient) if party and party.actor]
    return {
        name
        for actor in actors
        for name in ((_SOMEBODY,) if actor.kind == "other" else (actor.key, actor.side))
    }


def _full(odd: Mention, telling: Sequence[Mention]) -> Reversal | None:
    """Both parties named and turned round elsewhere, or one and the event plainly the same."""
    against = [m for m in telling if m is not odd and _opposed(odd, m)]
    if not against:
        return None
    agreeing = [m for m in telling if m is not odd and _agrees(odd, m)]
    mine = odd.weight + sum(m.weight for m in agreeing)
    theirs = sum(m.weight * (1 if _is_full(odd.event, m.event) else _HALF) for m in against)
    referred = [m for m in against if not m.in_article]
    if len(agreeing) + 1 >= _FEW and len(against) >= _FEW and not referred:
        return None
    if referred and not any(not m.in_article for m in agreeing):
        theirs = max(theirs, mine + 0.1)
    half = not any(_is_full(odd.event, m.event) for m in against)
    against.sort(key=lambda m: (-m.weight, m.quotation.span))
    if theirs > mine:
        return Reversal(odd, tuple(against), False, half)
    later = all(m.quotation.span < odd.quotation.span for m in against if m.in_article)
    if theirs == mine and later:
        return Reversal(odd, tuple(against), True, half)
    return None


def _half_told(odd: Mention, telling: Sequence[Mention]) -> Reversal | None:
    """'a possible invasion by Ukraine', where Ukraine is everywhere else the one attacked."""
    event = odd.event
    if event.kind != "attack" or event.stance not in PROSPECTIVE:
        return None
    alone = _only_party(event)
    if alone is None or not alone.sure or alone.actor is None:
        return None
    of_kind = [m for m in telling if m is not odd and m.event.kind == event.kind]
    of_kind = [m for m in of_kind if same_time(event.times, m.event.times)]
    mirrored = [m for m in of_kind if same(_facing(m.event, event), alone)]
    same_way = [m for m in of_kind if same(_alike(m.event, event), alone)]
    named = [m for m in mirrored if _is_named(_alike(m.event, event))]
    if same_way or len(mirrored) < _FEW or not named:
        return None
    named.sort(key=_as_evidence)
    return Reversal(odd, tuple(named), False, True)


def _as_evidence(mention: Mention) -> tuple[bool, bool, bool, float, int]:
    """The most telling first: a denial or plan of the kind, sure parties, the article's own."""
    event = mention.event
    sure = bool(event.agent and event.patient and event.agent.sure and event.patient.sure)
    named = bool(event.patient and event.patient.actor and event.patient.actor.kind != "other")
    return (
        event.word == "threat",
        not (sure and named),
        not mention.in_article,
        -mention.weight,
        mention.quotation.span.start,
    )


def _only_party(event: Event) -> Party | None:
    if event.agent and event.patient is None:
        return event.agent
    if event.patient and event.agent is None:
        return event.patient
    return None


def _facing(event: Event, alone: Event) -> Party | None:
    """The party of `event` in the role that `alone` leaves open."""
    return event.patient if alone.agent else event.agent


def _alike(event: Event, alone: Event) -> Party | None:
    """The party of `event` in the role that `alone` fills."""
    return event.agent if alone.agent else event.patient


def _is_named(party: Party | None) -> bool:
    return bool(party and party.actor and party.actor.kind in {"state", "named"})


def _is_full(one: Event, other: Event) -> bool:
    return bool(same(one.agent, other.patient)) and bool(same(one.patient, other.agent))


def _opposed(odd: Mention, other: Mention) -> bool:
    one, two = odd.event, other.event
    if one.kind != two.kind or not same_time(one.times, two.times):
        return False
    if odd.in_article and other.in_article and one.span.overlaps(two.span):
        return False
    crossed = {same(one.agent, two.patient), same(one.patient, two.agent)}
    straight = {same(one.agent, two.agent), same(one.patient, two.patient)}
    if False in crossed or True not in crossed or True in straight:
        return False
    shared = _shared(one, two)
    if None in crossed:
        sure = one.once and two.once and _two_parties(one)
        return sure and shared >= _FEW and _same_figures(one, two)
    if _is_once(one, two):
        within = odd.in_article and other.in_article and not (one.nominal or two.nominal)
        return not within or shared > 0 or _dated(one) == _dated(two)
    return shared > 0 and _same_figures(one, two)


def _dated(event: Event) -> bool:
    """Whether a year is named: of two tellings of other things, the dated one is another."""
    return any(word.isdigit() for word in event.times)


def _is_once(one: Event, two: Event) -> bool:
    """Whether the two tellings cannot both be so, whatever the day."""
    if one.kind == "attack":
        stances = {one.stance, two.stance}
        return one.once or bool(stances & {*PROSPECTIVE, "denied"}) or "threat" in {two.word}
    return one.once and two.once


def _two_parties(event: Event) -> bool:
    return event.agent is not None and event.patient is not None


def _shared(one: Event, two: Event) -> int:
    """How many details two tellings share; figures, names and dates count double."""
    common = (one.details & two.details) | (one.times & two.times)
    return sum(1 if word[0].isalpha() and word not in one.times else 2 for word in common)


def _same_figures(one: Event, two: Event) -> bool:
    """No figure in both, or a figure that is the same."""
    figures = [{word for word in e.details if word.startswith("#")} for e in (one, two)]
    return not (figures[0] and figures[1]) or bool(figures[0] & figures[1])


def _agrees(odd: Mention, other: Mention) -> bool:
    """Whether another telling says the same of the same event, not only of one of its kind."""
    one, two = odd.event, other.event
    if one.kind != two.kind or not same_time(one.times, two.times):
        return False
    if not (other.in_article or one.kind == "attack" or _shared(one, two) >= _FEW):
        return False
    straight = {same(one.agent, two.agent), same(one.patient, two.patient)}
    return True in straight and False not in straight and _two_parties(two)
