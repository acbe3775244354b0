"""What a clause says of its things, place by place, so that two things can be told apart.

'The north tower' and 'the south tower' fill one place, what stands before 'tower', with different
words; 'paintings worth' and 'silver worth' do so behind one verb.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from factcheck.text.clauses import stem

if TYPE_CHECKING:
    from spacy.tokens import Token

Particulars = Mapping[str, frozenset[str]]
"""Stems by the place that they fill: 'before tower', 'object', 'in'."""

_THINGS = frozenset({"NOUN", "PROPN"})
_QUALITIES = frozenset({"NOUN", "PROPN", "ADJ"})
_BEFORE = frozenset({"amod", "compound", "nmod", "poss"})
_OBJECTS = frozenset({"dobj", "dative", "attr", "oprd"})
_TIMES = frozenset({"DATE", "TIME"})
_ALSO = frozenset({"also", "too"})
_BEFORE_A = "before "
"""Opens the name of the place before a noun."""


def particulars(words: Iterable[Token], noun: str) -> Particulars:
    """The places of a clause and what fills them.

    Args:
        words: the words of the clause.
        noun: stem of what its figure counts, which fills no place itself.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for word in words:
        place = _place(word)
        if place and not word.like_num and word.ent_type_ not in _TIMES:
            found[place].add(stem(word.lemma_))
    kept = {place: frozenset(stems - {noun}) for place, stems in found.items()}
    return {place: stems for place, stems in kept.items() if stems}


def set_apart(earlier: Particulars, later: Particulars) -> bool:
    """Whether two clauses fill one place with different words."""
    return any(stems.isdisjoint(later.get(place, stems)) for place, stems in earlier.items())


def is_one_of_several(earlier: Particulars, later: Particulars) -> bool:
    """Whether the later clause says which it means of what the earlier one just names."""
    known = frozenset[str]().union(*earlier.values())
    new = {place for place in later if place not in earlier}
    more = later.get("object", frozenset()) > earlier.get("object", known)
    return more or any(f"{_BEFORE_A}{thing}" in new for thing in known)


def is_further(words: Iterable[Token]) -> bool:
    """Whether the clause tells of one more thing: 'they also took', 'a … too'."""
    return any(word.lower_ in _ALSO for word in words)


def _place(word: Token) -> str:
    """The place that a word fills; empty for one that fills none."""
    head = word.head
    if word.dep_ in _BEFORE and word.pos_ in _QUALITIES and head.pos_ in _THINGS:
        return _BEFORE_A + stem(head.lemma_)
    if word.pos_ not in _THINGS:
        return ""
    if word.dep_ in {"nsubj", "nsubjpass"}:
        return "subject"
    if word.dep_ in _OBJECTS:
        return "object"
    return head.lower_ if word.dep_ == "pobj" else ""
