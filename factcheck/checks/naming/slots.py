"""Names that stand in one another's place: the same words around them, another name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.lexicon import lexicon
from factcheck.checks.naming.holders import read_holders
from factcheck.checks.naming.mentions import Name, offices
from factcheck.text.details import NAMED_DAYS, NAMED_MONTHS
from factcheck.text.gazetteer import gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Token

_WINDOW = 9
"""Tokens to either side of a name that are held against each other."""
_SHARED = 4
"""Telling words that must be common."""
_PART = 0.5
"""Share of the smaller window's telling words that must be common."""
_COMMONEST = 12
"""A slot filled more often than this tells nothing: keeps the cost linear."""
_LIST = 3
"""From so many names on, the places that one passage has for them are a list or a schedule."""


@dataclass(frozen=True, slots=True)
class _Place:
    name: Name
    slot: tuple[str, str]
    around: frozenset[str]
    others: frozenset[str]
    numbers: frozenset[str]


def swapped(own: Sequence[Name], other: Sequence[Name]) -> Iterator[tuple[Name, Name, int]]:
    """A name of the article, the name in its place elsewhere, and how many words agree."""
    known: dict[tuple[str, str], list[_Place]] = defaultdict(list)
    for name in other:
        place = _place(name)
        if place:
            known[place.slot].append(place)
    ours = [place for place in map(_place, own) if place]
    article: dict[tuple[str, str], list[_Place]] = defaultdict(list)
    for place in ours:
        article[place.slot].append(place)
    for place in ours:
        listed = known[place.slot]
        found = [p for p in listed[-_COMMONEST:] if _is_swapped(place, p)]
        told = any(_says_the_same(place, p) for p in listed[-_COMMONEST:])
        if found and not told and not _is_listed(place, article[place.slot][:_COMMONEST]):
            best = max(found, key=lambda p: len(p.around & place.around))
            yield place.name, best.name, len(best.around & place.around)
        listed.append(place)


def _is_listed(place: _Place, mates: Sequence[_Place]) -> bool:
    """Whether the article itself fills the place with one name after another, as a roll does."""
    fillers = {p.name.words for p in mates if p is place or _close(place, p)}
    return len(fillers | {place.name.words}) >= _LIST


def _is_of_calendar(head: Token) -> bool:
    """Whether it is a weekday or a month, not the 'May' of 'Theresa May'."""
    low = head.lower_
    return low in NAMED_DAYS or (low in NAMED_MONTHS and head.ent_type_ == "DATE")


def _place(name: Name) -> _Place | None:
    sentence = name.passage.sentences[name.sentence]
    doc = sentence.doc
    head = doc[name.last]
    governor = head.head
    if governor == head or _is_one_of_many(name) or _is_of_calendar(head):
        return None
    relation = head.dep_
    if relation == "pobj":
        relation, governor = governor.lower_, governor.head
    window = doc[max(0, name.first - _WINDOW) : name.last + _WINDOW + 1]
    around = frozenset(
        lexicon().sense(t.lemma_.casefold()).side
        for t in window
        if t.is_alpha and not t.is_stop and t.pos_ != "PROPN" and len(t) > 2
    )
    if len(around) < _SHARED:
        return None
    others = frozenset(t.lower_ for t in doc if t.pos_ == "PROPN")
    numbers = frozenset(t.lower_ for t in window if t.like_num)
    return _Place(name, (relation, governor.lemma_.casefold()), around, others, numbers)


def _is_one_of_many(name: Name) -> bool:
    """Whether the name is of an office that each body of a kind has: 'the club's manager'."""
    held = [holder.institution for holder in read_holders(name)]
    return any(institution and institution <= offices()["bodies"] for institution in held)


def _close(one: _Place, other: _Place) -> bool:
    shared = one.around & other.around
    if one.numbers and other.numbers and not one.numbers & other.numbers:
        return False
    return len(shared) >= max(_SHARED, _PART * min(len(one.around), len(other.around)))


def _is_swapped(ours: _Place, theirs: _Place) -> bool:
    mine = {w.casefold() for w in ours.name.words}
    yours = {w.casefold() for w in theirs.name.words}
    if mine & theirs.others or yours & ours.others or _is_state(ours) != _is_state(theirs):
        return False
    if _side_by_side(ours.name, theirs.name):
        return False
    return _close(ours, theirs)


def _side_by_side(one: Name, other: Name) -> bool:
    """Whether one sentence follows the other, as where two people say alike."""
    return one.passage is other.passage and abs(one.sentence - other.sentence) == 1


def _is_state(place: _Place) -> bool:
    return gazetteer().state(" ".join(place.name.words)) is not None


def _says_the_same(ours: _Place, theirs: _Place) -> bool:
    shared = {w.casefold() for w in ours.name.words} & {w.casefold() for w in theirs.name.words}
    return bool(shared) and _close(ours, theirs)
