"""Whether a noun takes up a deed that was told before, or tells another one of its kind.

'Pellam's purchase of Norrick' takes up that Norrick bought Pellam, and turns it round; 'a raid on
Russia two years later' is a deed of its own, and so is the sale of another thing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from factcheck.checks.parties.deeds import Deed
from factcheck.checks.parties.doers import Who, is_holding
from factcheck.text.clauses import verb_over
from factcheck.text.details import same_time, times_of
from factcheck.text.names import is_name_word
from factcheck.text.slots import noun_slots, verb_slots

if TYPE_CHECKING:
    from spacy.tokens import Token

_ONE_MORE = frozenset(
    "a an another other second third further later earlier previous subsequent new fresh return"
    " reverse counter own similar".split()
)
"""Words before a noun that tells a deed not told before."""
_AT_ANOTHER_TIME = re.compile(
    r"\b(?:days?|weeks?|months?|years?|decades?|century|centuries)"
    r" (?:later|earlier|before|afterwards?|ago)\b|\bin (?:return|turn)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


def takes_up(noun: Deed, told: Deed) -> bool:
    """Whether a noun of the article means the deed that a verb of it has told.

    Args:
        noun: the deed as the noun tells it.
        told: the deed as the verb tells it.
    """
    if noun.token is None or told.token is None or noun.by_turns or told.by_turns:
        return False
    parties = (noun.agent, noun.patient, told.agent, told.patient)
    return (
        all(_is_itself(who) for who in parties)
        and not any(child.lower_ in _ONE_MORE for child in noun.token.lefts)
        and at_one_time(noun.token, told.token)
        and _of_one_thing(noun, told)
    )


def _is_itself(who: Who) -> bool:
    """Whether a party is the one that is named, not only somebody of his: 'Lorvik's founder'."""
    head = who.token
    owned = head is not None and any(
        child.dep_ == "poss" and is_name_word(child) for child in head.children
    )
    return head is None or not owned or is_holding(head)


def at_one_time(noun: Token, verb: Token) -> bool:
    """Whether nothing tells that the noun's deed was at another time than the verb's."""
    if any(_tells_of(noun, match) for match in _AT_ANOTHER_TIME.finditer(noun.doc.text)):
        return False
    within = noun.doc[noun.left_edge.i : noun.right_edge.i + 1].as_doc()
    times = times_of(within) | {time for time in times_of(noun.doc) if time.isdigit()}
    return same_time(times - _years_beside(noun), times_of(verb.doc) - _years_beside(verb))


def _tells_of(deed: Token, words: re.Match[str]) -> bool:
    """Whether words of time belong to the clause of a deed, not to another in its sentence."""
    span = deed.doc.char_span(words.start(), words.end(), alignment_mode="expand")
    return span is None or verb_over(span.root) == verb_over(deed)


def own_years(deed: Token) -> frozenset[str]:
    """The years that the clause of a deed names."""
    years = {match.group() for match in _YEAR.finditer(deed.doc.text)}
    return frozenset(years) - _years_beside(deed)


def _years_beside(deed: Token) -> frozenset[str]:
    """The years that only other clauses name: 'Norrick, founded in 1990, bought'."""
    years = list(_YEAR.finditer(deed.doc.text))
    own = {match.group() for match in years if _tells_of(deed, match)}
    return frozenset(match.group() for match in years) - own


def _of_one_thing(noun: Deed, told: Deed) -> bool:
    """Whether both deeds are done with one thing, where both tell: 'the sale of an island'."""
    one, other = _things(noun), _things(told)
    return not (one and other) or bool(one & other)


def _things(deed: Deed) -> set[str]:
    """The nouns in the object's place that are neither party."""
    assert deed.token is not None
    slots = noun_slots(deed.token) if deed.nominal else verb_slots(deed.token)
    parties = (deed.agent.token, deed.patient.token)
    listed = slots.get("of" if deed.nominal else "obj", [])
    return {t.lemma_.casefold() for t in listed if t.pos_ == "NOUN" and t not in parties}
