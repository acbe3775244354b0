"""Deeds of the article that a reference tells with the two parties the other way round.

A clause of the article is held against the clauses of the references that tell a deed of the same
kind (text/data/deeds.toml): its agent must be the patient there and its patient the agent, and no
reference may tell it the article's way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from factcheck.checks.alignment import weights
from factcheck.checks.findings import Finding
from factcheck.checks.parties.deeds import Deed, deeds, lawsuit
from factcheck.checks.parties.doers import Who, Words, aliases_of
from factcheck.checks.parties.retellings import takes_up
from factcheck.checks.passages import Passage
from factcheck.text.clauses import stem

_SURE, _MAYBE = 2.0, 1.0
"""What a party counts that is surely, or only possibly, the one of the other telling."""
_LEAST = 3.0
"""Least sum for the two parties: one sure and one possible."""
_CONTEXT = 4.0
"""Weight of the words in common that makes surer."""
_SURER, _LESS_SURE = 0.65, 0.55
"""Confidence with and without both parties sure or much in common."""
_NUMBER = 4.0
"""Weight of a figure in common."""
_COMMONEST = 200
"""A kind of deed that is told more often tells nothing: keeps the cost linear."""


def turned_deeds(article: Passage, references: Sequence[Passage]) -> Iterator[Finding]:
    """Deeds of the article whose parties the references have the other way round."""
    aliases = aliases_of([article, *references])
    ours = list(deeds(article, aliases))
    kinds = {deed.kind for deed in ours}
    known: dict[str, list[Deed]] = defaultdict(list)
    for passage in references:
        for deed in (*deeds(passage, aliases, kinds), *lawsuit(passage)):
            known[deed.kind].append(deed)
    weight = weights(s for passage in (article, *references) for s in passage.sentences)
    for deed in ours:
        listed = known[deed.kind]
        found = _turned(deed, listed, weight) if len(listed) <= _COMMONEST else None
        if found:
            yield _finding(deed, *found)


def turned_within(article: Passage) -> Iterator[Finding]:
    """Deeds that one noun of the article tells the other way round: 'Pellam's purchase of Norrick'.

    A noun may take up a deed told before (`factcheck.checks.parties.retellings`); of two verbs,
    each may tell a deed of its own. Both parties must be named, and nothing may tell the deed as
    the noun does.
    """
    by_kind: dict[str, list[Deed]] = defaultdict(list)
    for deed in deeds(article, aliases_of([article])):
        by_kind[deed.kind].append(deed)
    for told in (told for told in by_kind.values() if len(told) <= _COMMONEST):
        for ours in (deed for deed in told if deed.nominal):
            others = [deed for deed in told if not deed.nominal]
            straight = any(_straight(ours, other) >= _LEAST for other in others)
            turned = [other for other in others if _crossed(ours, other) >= 2 * _SURE]
            turned = [other for other in turned if takes_up(ours, other)]
            if turned and not straight:
                yield _finding(ours, turned[0], _LESS_SURE)


def _crossed(ours: Deed, theirs: Deed) -> float:
    return _both(_link(ours.agent, theirs.patient), _link(ours.patient, theirs.agent))


def _straight(ours: Deed, theirs: Deed) -> float:
    return _both(_link(ours.agent, theirs.agent), _link(ours.patient, theirs.patient))


def _turned(
    ours: Deed, known: Sequence[Deed], weight: Mapping[str, float]
) -> tuple[Deed, float] | None:
    """The reference's deed that is likest to the article's turned round, and how sure that is.

    None where none is turned round, or where another is told the article's way.
    """
    best: tuple[float, Deed, float] | None = None
    for theirs in known:
        crossed, straight = _crossed(ours, theirs), _straight(ours, theirs)
        if straight >= max(crossed, _SURE):
            return None
        if crossed >= _LEAST and crossed > straight:
            common = sum(weight.get(word, _NUMBER) for word in _context(ours, theirs))
            sure = _SURER if crossed > _LEAST or common >= _CONTEXT else _LESS_SURE
            if best is None or crossed + common > best[0]:
                best = crossed + common, theirs, sure
    return best[1:] if best else None


def _both(one: float, other: float) -> float:
    """What two links count together: nothing unless both hold."""
    return one + other if one and other else 0.0


def _context(ours: Deed, theirs: Deed) -> Words:
    parties = {
        stem(word)
        for who in (ours.agent, ours.patient, theirs.agent, theirs.patient)
        for word in who.names | who.nouns
    }
    return (ours.near & theirs.near) - parties


def _link(one: Who, other: Who) -> float:
    if one.names & other.names:
        return _SURE
    if one.nouns & other.nouns and not (one.names and other.names):
        return _SURE
    if one.gender and one.gender == other.gender:
        return _MAYBE
    possible = (one.names | one.nouns) & other.maybe or (other.names | other.nouns) & one.maybe
    return _MAYBE if possible else 0.0


def _finding(ours: Deed, theirs: Deed, confidence: float) -> Finding:
    here, there = ours.passage.quote(ours.span), theirs.passage.quote(theirs.span)
    return Finding(
        ours.span,
        there,
        f"Here it is '{ours.agent.called}' that acts on '{ours.patient.called}' ('{here.text}'), "
        f"but {theirs.passage.name} has it the other way round: '{there.text}'.",
        confidence,
    )
