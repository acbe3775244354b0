"""Surnames that two people of an article bear, so that one is no slip for the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from factcheck.checks.naming.mentions import Name, offices
from factcheck.checks.passages import Passage

if TYPE_CHECKING:
    from spacy.tokens import Token


def shared_surnames(own: Sequence[Name]) -> frozenset[str]:
    """The surnames that two people bear: told apart in one sentence, or kin of the one named."""
    return frozenset(told_apart(own) | (_with_kin(own[0].passage, own) if own else set()))


def told_apart(own: Iterable[Name]) -> set[str]:
    """The surnames that one sentence gives to two people."""
    leads: dict[tuple[int, str], set[tuple[str, ...]]] = defaultdict(set)
    for name in own:
        leads[name.sentence, name.surname].add((*name.titles, *name.words[:-1]))
    return {surname for (_, surname), told in leads.items() if len(told) > 1}


def _with_kin(passage: Passage, own: Sequence[Name]) -> set[str]:
    """The surnames beside a sentence with 'her husband'; every one, where she calls him Clive."""
    relatives = offices()["relatives"]
    kin = [
        (index, token)
        for index, sentence in enumerate(passage.sentences)
        for token in sentence.doc
        if token.lower_ in relatives and any(c.dep_ == "poss" for c in token.children)
    ]
    if any(_is_called(token) for _, token in kin):
        return {name.surname for name in own}
    places = {index for index, _ in kin}
    return {name.surname for name in own if {name.sentence, name.sentence + 1} & places}


def _is_called(relative: Token) -> bool:
    """Whether a first name alone follows: 'her husband, Clive, a surveyor'."""
    words = [t for t in relative.doc[relative.i + 1 : relative.i + 4] if t.text != ","]
    if not words or words[0].pos_ != "PROPN":
        return False
    return len(words) == 1 or words[1].pos_ != "PROPN"
