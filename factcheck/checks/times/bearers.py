"""Whom or what a verb is said of, and whether two names can be one person's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from factcheck.text.gazetteer import gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVE = frozenset({"who", "which", "that", "whom"})


def bearer(verb: Token) -> Token | None:
    """The word that a verb or participle is said of: its subject, or the noun that it hangs on."""
    subjects = [word for word in verb.children if word.dep_ in {"nsubjpass", "nsubj"}]
    relative = verb.dep_ == "relcl"
    if subjects and not (relative and subjects[0].lower_ in _RELATIVE):
        return subjects[0]
    if verb.dep_ in {"relcl", "acl"}:
        return verb.head
    chained = verb.dep_ in {"conj", "advcl", "xcomp"} and verb.head.pos_ in {"VERB", "AUX"}
    return bearer(verb.head) if chained else None


def name_words(head: Token) -> tuple[str, ...]:
    """The words of the name that ends with `head`, casefolded, without titles."""
    words = [word.lower_ for word in head.children if word.dep_ == "compound" and word.i < head.i]
    return untitled([*words, head.lower_])


def untitled(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a name, casefolded, without the titles before it."""
    low = tuple(word.casefold().rstrip(".") for word in words)
    while len(low) > 1 and low[0] in gazetteer().titles:
        low = low[1:]
    return low


def may_name_one(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names end alike and no first name parts them."""
    if not one or not other or one[-1] != other[-1]:
        return False
    shorter, longer = sorted((set(one), set(other)), key=len)
    return shorter <= longer
