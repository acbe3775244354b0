"""Who did what to whom: places where agent and patient of an event are turned round.

Every telling of an event in the article and in the reference passages is read with its agent and
its patient; where two tellings of one kind have them turned round, the odd one out is flagged.
Deeds of every other kind are held against the references, and within the article only where a noun
takes one up (`factcheck.checks.parties.references`).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import replace

from factcheck.checks.base import Case, Marker, severity_of
from factcheck.checks.findings import flag_of
from factcheck.checks.parties.corrections import correction
from factcheck.checks.parties.crossings import crossed
from factcheck.checks.parties.references import turned_deeds, turned_within
from factcheck.checks.parties.reversals import Mention, Reversal, reversals
from factcheck.checks.passages import article_of, references_of
from factcheck.records import Evidence, Flag, Quotation
from factcheck.text.actors import Actors
from factcheck.text.events import read_events
from factcheck.text.eventwords import event_words
from factcheck.text.gazetteer import text_table
from factcheck.text.parsing import ParsedSentence
from factcheck.text.parties import Party

_LEAST, _MOST = 0.3, 0.95


class RolesCheck:
    """Flags tellings of an event whose roles others turn round."""

    name = "roles"

    def run(self, case: Case) -> Iterable[Flag]:
        """One `role_reversal` for each telling that is likely wrong."""
        taken: list[Quotation] = []
        found = [
            _flag(case, one, _confidence(one), self.name) for one in reversals(_mentions(case))
        ]
        article = article_of(case)
        beside = turned_deeds(article, list(references_of(case)))
        within = [*turned_within(article), *crossed(article)]
        found += [flag_of(case.article, one, self.name, "role_reversal") for one in beside]
        found.sort(key=lambda flag: (-flag.confidence, flag.quotation.span))
        # Of events more is known than of deeds of any kind: they say it, both make it surer.
        deeds = [flag_of(case.article, one, self.name, "role_reversal") for one in within]
        for flag in (*found, *deeds):
            place = flag.quotation.span
            if not any(place.overlaps(other.span) for other in taken):
                taken.append(flag.quotation)
                agree = (deed.confidence for deed in deeds if deed.quotation.span.overlaps(place))
                yield replace(flag, confidence=max([flag.confidence, *agree]))


def _mentions(case: Case) -> list[Mention]:
    """Every telling of an event, in the article and then in the references."""
    passages = _passages(case)
    parsed = [case.parser.parse_text(passage.quotation.text) for passage in passages]
    everything = [*case.sentences, *(sentence for one in parsed for sentence in one)]
    actors = Actors(everything)
    found = [
        Mention(event, case.article.quote(event.span))
        for event in read_events(case.sentences, actors)
    ]
    for passage, sentences in zip(passages, parsed, strict=True):
        found += _in_passage(passage, sentences, actors)
    return found


def _passages(case: Case) -> list[Evidence]:
    """The reference passages, each once, those within another left out."""
    kept: list[Evidence] = []
    longest_first = sorted(
        case.passages, key=lambda e: (-len(e.quotation.text), e.quotation.source_id, e.id)
    )
    for passage in longest_first:
        if not any(other.quotation.covers(passage.quotation) for other in kept):
            kept.append(passage)
    return sorted(kept, key=lambda e: (e.quotation.source_id, e.quotation.span))


def _in_passage(
    passage: Evidence, sentences: list[ParsedSentence], actors: Actors
) -> Iterator[Mention]:
    words = passage.quotation
    for event in read_events(sentences, actors, voice=actors.who(passage.publisher)):
        yield Mention(event, words.part(event.span), passage.title)


def _confidence(reversal: Reversal) -> float:
    """From how many tellings are against it, and how surely its parties were read."""
    if reversal.balanced:
        return 0.45
    value = 0.5 if reversal.half else 0.6
    value += 0.09 * min(len(reversal.against), 4)
    parties = [party for party in (reversal.odd.event.agent, reversal.odd.event.patient) if party]
    value -= 0.15 * sum(not party.sure for party in parties)
    return round(min(max(value, _LEAST), _MOST), 2)


def _flag(case: Case, reversal: Reversal, confidence: float, check: str) -> Flag:
    return Marker(check, "role_reversal").flag(
        case.article,
        reversal.odd.quotation.span,
        severity_of(confidence),
        confidence,
        _explanation(reversal),
        conflict=reversal.against[0].quotation,
        correction=correction(reversal),
    )


def _explanation(reversal: Reversal) -> str:
    odd, other = reversal.odd, reversal.against[0]
    doing = event_words().kinds[odd.event.kind].doing
    where = "elsewhere in the article" if other.in_article else f"in '{other.title}'"
    here = _who(odd.event.agent, odd.event.patient, doing)
    there = _who(other.event.agent, other.event.patient, doing)
    words = " ".join(f"Here {here}, but {where} {there}.".split())
    if reversal.balanced:
        words += " Nothing else shows which of the two is right; the later one is flagged."
    return words


def _who(agent: Party | None, patient: Party | None, doing: str) -> str:
    one, other = _name(agent), _name(patient)
    if agent is None:
        return f"it is {other} that somebody is {doing}"
    return f"{one} is the one {doing} {other}" if patient else f"{one} is the one {doing} somebody"


def _name(party: Party | None) -> str:
    if party is None or party.actor is None:
        return "somebody"
    name = party.actor.name
    return f"the {name}" if name.casefold() in _named_with_article() else name


@functools.cache
def _named_with_article() -> frozenset[str]:
    """States that a sentence gives the article: 'the United States'."""
    return frozenset(map(str.casefold, text_table("actors.toml")["articles"]["the"]))
