"""What tells one event from others of its kind: figures, dates, names and things beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from factcheck.text.dates import MONTH_NAMES, WEEKDAYS
from factcheck.text.names import is_name_word

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from factcheck.text.parties import Party

NAMED_MONTHS = frozenset(map(str.casefold, MONTH_NAMES))
NAMED_DAYS = frozenset(map(str.casefold, WEEKDAYS))
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_SHORTEST = 4


def times_of(doc: Doc) -> frozenset[str]:
    """The years, months and weekdays that a sentence names, casefolded."""
    return frozenset(word for word in map(_plain, doc) if _is_time(word))


def details_of(doc: Doc, event: Token, parties: Iterable[Party]) -> frozenset[str]:
    """Figures as '#41', names and things as lemmas; the event and its parties left out."""
    left_out = {word for party in parties for word in party.words} | {event.lemma_.casefold()}
    found: set[str] = set()
    for token in doc:
        lemma = str(token.lemma_).casefold()
        if lemma in left_out or _plain(token) in left_out or _is_time(_plain(token)):
            continue
        if token.like_num and any(map(str.isdigit, token.text)):
            found.add(f"#{_plain(token).replace(',', '')}")
        elif is_name_word(token):
            found.add(f"@{_plain(token)}")
        elif token.pos_ == "NOUN" and len(lemma) >= _SHORTEST:
            found.add(lemma)
    return frozenset(found)


def _plain(token: Token) -> str:
    return str(token.text).casefold()


def _is_time(word: str) -> bool:
    return word in NAMED_MONTHS or word in NAMED_DAYS or bool(_YEAR.fullmatch(word))


def same_time(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets of times can be of one event: no unit is named differently by both."""
    for unit in (NAMED_MONTHS, NAMED_DAYS):
        if one & unit and other & unit and not one & other & unit:
            return False
    years = [{word for word in times if word.isdigit()} for times in (one, other)]
    return not (years[0] and years[1] and not years[0] & years[1])
