"""Events of one story that are dated in an order in which they cannot have happened.

Which these are stands in data/event_order.toml. Both must be told of one person or thing, in plain
words and in their order: what a relative clause or a pluperfect tells is told as having come
before, and belongs to another story more often than it is a slip.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from factcheck.checks.findings import Finding
from factcheck.checks.lexicon import check_table
from factcheck.checks.times.bearers import bearer, may_name_one, name_words
from factcheck.checks.times.timeline import DatedLine
from factcheck.text.clauses import content, governor, names
from factcheck.text.dates import When

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEVER = re.compile(r"(?!)")
_FEW_WORDS = r"(?:[\w'-]+ ){0,6}"
_REACH = 60
"""Characters from the words for an event within which its date stands."""
_PARTED = re.compile(r"[;:.]|, (?:and|but|while|who|which|whose|where|when)\b")
_PART_OF = re.compile(r"\b(?:first|last) (?:weeks?|days?) of\b", re.IGNORECASE)
_FAR = 3
"""Sentences from a name to a pronoun for it."""
_BACKGROUND = frozenset({"relcl", "acl", "advcl", "amod"})
_DETAIL = frozenset({"of", "with", "over", "for", "on"})
"""Prepositions before what somebody is charged with or convicted of."""
_WHOLE = frozenset({"of", "on", "against"})
"""Prepositions between an event and the person or thing it befalls: 'the trial of'."""
_PRONOUNS = {
    form: forms.split()[0]
    for forms in ("he him his", "she her", "they them their", "it its")
    for form in forms.split()
}


@dataclass(frozen=True)
class _Order:
    why: str
    first: re.Pattern[str]
    then: re.Pattern[str]
    about: str
    within: int
    needs: re.Pattern[str]
    unless: re.Pattern[str]


@dataclass(frozen=True)
class _Told:
    """One telling of an event, with its date."""

    line: DatedLine
    when: When
    words: tuple[Token, ...]
    """The words for the event."""

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in the order of the text."""
        return self.line.number, self.words[0].i

    @property
    def verb(self) -> Token:
        """The verb among the words for it, or the one that governs them."""
        verbs = [word for word in self.words if word.pos_ == "VERB" or word.tag_ == "VBN"]
        return verbs[-1] if verbs else governor(self.words[-1])


def event_order(lines: Sequence[DatedLine]) -> Iterator[Finding]:
    """Events dated in an order in which they cannot have happened."""
    another, orders = _orders()
    for order in orders:
        earlier = [told for line in lines for told in _told(line, order.first)]
        if len(earlier) != 1 or not order.needs.search(earlier[0].line.text):
            continue
        start = earlier[0]
        later = [
            told
            for line in lines
            for told in _told(line, order.then)
            if told.place > start.place and _are_of_one(order, start, told, lines)
        ]
        if any(
            (end.when.last or dt.date.min) >= (start.when.first or dt.date.max) for end in later
        ):
            continue
        for end in later[:1]:
            told_apart = (another, order.unless)
            if _are_near(order, start.when, end.when) and not any(
                words.search(_PART_OF.sub("", told.line.text))
                for words in told_apart
                for told in (start, end)
            ):
                yield _finding(order.why, start, end)


def _finding(why: str, start: _Told, end: _Told) -> Finding:
    return Finding(
        start.line.span(start.when.span),
        end.line.span(end.when.span),
        f"{why} Here the first is dated {start.when.span.of(start.line.text)}, the second"
        f" {end.when.span.of(end.line.text)}.",
        0.75,
    )


def _are_near(order: _Order, start: When, end: When) -> bool:
    if start.first is None or end.last is None or start.assumed != end.assumed:
        return False
    return 0 < (start.first - end.last).days <= order.within * 366


def _told(line: DatedLine, event: re.Pattern[str]) -> Iterator[_Told]:
    """The first telling in a sentence that has a date near it, within its clause."""
    for match in event.finditer(line.text):
        near = [
            when
            for when in line.whens
            if when.first and abs(when.span.start - match.end()) < _REACH
            if not _is_parted(line.text, match, when)
        ]
        words = tuple(word for word in line.parsed.doc if match.start() <= word.idx < match.end())
        if near and words:
            when = min(near, key=lambda when: abs(when.span.start - match.end()))
            yield _Told(line, when, words)
            return


def _is_parted(text: str, match: re.Match[str], when: When) -> bool:
    low, high = sorted((match.end(), when.span.start))
    return bool(_PARTED.search(text[low:high]))


def _are_of_one(order: _Order, start: _Told, end: _Told, lines: Sequence[DatedLine]) -> bool:
    """Whether both are told plainly, and of one person, thing or story."""
    if _is_background(end.verb) or _is_new(end):
        return False
    if order.about == "story":
        return not _has_strangers(start, end, lines)
    return _is_same(_party(start), _party(end), start, end, lines) and not _differ(start, end)


def _is_background(verb: Token) -> bool:
    """Whether a pluperfect, a relative clause or a participle tells it."""
    if any(word.lower_ in {"had", "having", "'d"} for word in verb.children):
        return True
    above = (verb, *verb.ancestors)
    return any(word.dep_ in _BACKGROUND for word in above)


def _is_new(told: _Told) -> bool:
    """Whether it is brought in as something not yet told of: 'a strike', 'a by-election'."""
    articles = (word for one in told.words for word in one.children if word.dep_ == "det")
    return any(word.lower_ in {"a", "an"} for word in articles)


def _party(told: _Told) -> Token | None:
    """Whom or what the event befalls; None where that goes without saying."""
    verb = told.verb
    objects = [word for word in verb.children if word.dep_ == "dobj"]
    passive = any(word.dep_ == "nsubjpass" for word in verb.children)
    if all(word.pos_ == "NOUN" for word in told.words):
        return _whole(told.words[-1], verb)
    head = objects[0] if objects and not passive else bearer(verb)
    if head is None or head not in told.words:
        return head
    return _whole(head, verb) or (None if head.dep_ == "nsubj" else head)


def _whole(event: Token, verb: Token) -> Token | None:
    """Whose event it is: 'his trial', 'construction of the stadium', 'work began on a bridge'."""
    owners = [word for word in event.children if word.dep_ == "poss"]
    for head, links in ((event, _WHOLE), (verb, {"on"})):
        preps = [word for word in head.children if word.dep_ == "prep" and word.lower_ in links]
        owners += [word for prep in preps for word in prep.children if word.dep_ == "pobj"]
    return next((word for word in owners if word.ent_type_ != "DATE"), None)


def _is_same(
    one: Token | None, other: Token | None, start: _Told, end: _Told, lines: Sequence[DatedLine]
) -> bool:
    apart = end.line.number - start.line.number
    if one is None or other is None:
        return apart <= 1 and not _has_strangers(start, end, lines)
    if apart == 0 and one.i == other.i:
        return True
    if other.lower_ in _PRONOUNS:
        between = (line.parsed.doc for line in lines if 0 < line.number - start.line.number < apart)
        known = names(start.line.parsed.doc)
        plain = _PRONOUNS.get(one.lower_) in {None, _PRONOUNS[other.lower_]}
        return plain and apart <= _FAR and all(names(doc) <= known for doc in between)
    if other.pos_ == "PROPN":
        return may_name_one(name_words(one), name_words(other))
    return (
        one.lemma_.casefold() == other.lemma_.casefold()
        and _is_definite(other)
        and not _has_strangers(start, end, lines)
    )


def _is_definite(noun: Token) -> bool:
    return any(word.lower_ in {"the", "this", "these", "both"} for word in noun.children)


def _has_strangers(start: _Told, end: _Told, lines: Sequence[DatedLine]) -> bool:
    """Whether the later telling has names that nothing up to the earlier one has."""
    before = (line.parsed.doc for line in lines if line.number <= start.line.number)
    known = frozenset().union(*(names(doc) for doc in before))
    return bool(names(end.line.parsed.doc) - known)


def _differ(start: _Told, end: _Told) -> bool:
    """Whether both say what it was about and say different things: a charge, a dispute."""
    one, other = _details(start), _details(end)
    return bool(one and other and not one & other)


def _details(told: _Told) -> frozenset[str]:
    preps = [word for word in told.verb.children if word.dep_ == "prep" and word.lower_ in _DETAIL]
    dated = [when.span for when in told.line.whens]
    words = (word for prep in preps for word in prep.subtree if word is not prep)
    return content(
        word for word in words if not any(span.start <= word.idx < span.end for span in dated)
    )


@functools.cache
def _orders() -> tuple[re.Pattern[str], tuple[_Order, ...]]:
    raw = check_table("event_order.toml")
    return _any(raw["another"]), tuple(_order(entry) for entry in raw["order"])


def _order(entry: Mapping[str, Any]) -> _Order:
    return _Order(
        why=entry["why"],
        first=_any(entry["first"]),
        then=_any(entry["then"]),
        about=entry["about"],
        within=entry["within"],
        needs=_any([entry.get("needs", "")]),
        unless=_any(entry["unless"]) if "unless" in entry else _NEVER,
    )


def _any(words: Sequence[str]) -> re.Pattern[str]:
    forms = (re.escape(word).replace(r"…\ ", _FEW_WORDS) for word in words)
    return re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE)
