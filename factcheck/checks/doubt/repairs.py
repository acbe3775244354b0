"""Small changes to a sentence, each of one kind: which of them would put it right?

Where a model holds that a sentence is contradicted, each of these changes is put to it as well.
The one after which the model is content tells what kind of error it was, and how to mend it. The
new words come from the passage that contradicts (another number, name, day), or from the sentence
itself (`factcheck.checks.doubt.contraries`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from factcheck.checks.doubt.contraries import MOST_OF_A_KIND, Repair, contraries
from factcheck.checks.speech.speakers import words as speech_words
from factcheck.records import FlagType, Span
from factcheck.text.dates import MONTHS, WEEKDAYS
from factcheck.text.folding import readable
from factcheck.text.quantities import TIME_UNITS, Quantity, comparable, quantities

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Entity

_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})
_PLACES = frozenset({"GPE", "NORP", "LOC"})
_MONTH_NAMES = [name for name in MONTHS if len(name) > 3 or name == "may"]
_DAY_PARTS = {
    "weekday": re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b"),
    "month": re.compile(rf"\b(?:{'|'.join(name.capitalize() for name in _MONTH_NAMES)})\b"),
    "year": re.compile(r"\b(?:1[5-9]|20)\d\d\b"),
}
_ORDER = {"before": "after", "after": "before", "earlier": "later", "later": "earlier"}
_ORDER_WORD = re.compile(rf"\b(?:{'|'.join(_ORDER)})\b", re.IGNORECASE)


def repairs(sentence: Doc, others: Sequence[Doc]) -> list[Repair]:
    """Changes to `sentence` that might make it agree with `others`, at most a few of each kind.

    Args:
        sentence: the sentence in doubt.
        others: sentences that speak against it.
    """
    texts = [other.text for other in others]
    kinds = (
        _numbers(sentence.text, texts),
        _days(sentence.text, texts),
        _order(sentence.text),
        _names(sentence, others),
    )
    limited = (repair for kind in kinds for repair in islice(kind, MOST_OF_A_KIND))
    return [*contraries(sentence), *limited]


def _entities(doc: Doc) -> list[Entity]:
    return [entity for entity in doc.ents if entity.label_ in _NAMES]


def _span(entity: Entity) -> Span:
    return Span(entity.start_char, entity.end_char)


def _numbers(text: str, others: Iterable[str]) -> Iterator[Repair]:
    """Another number of the same unit from the passage."""
    found = [(quantity, other) for other in others for quantity in quantities(other)]
    for ours in quantities(text):
        for theirs, other in found:
            if _may_replace(ours, theirs):
                kind: FlagType = "date" if ours.unit in TIME_UNITS else "number"
                yield Repair(kind, ours.number, theirs.number.of(readable(other)))


def _may_replace(ours: Quantity, theirs: Quantity) -> bool:
    return comparable(ours, theirs) and ours.low != theirs.low


def _days(text: str, others: Sequence[str]) -> Iterator[Repair]:
    """Another weekday, month or year from the passage."""
    for pattern in _DAY_PARTS.values():
        theirs = dict.fromkeys(m.group() for other in others for m in pattern.finditer(other))
        for match in pattern.finditer(text):
            for word in theirs:
                if word != match.group():
                    yield Repair("date", Span(*match.span()), word)


def _order(text: str) -> Iterator[Repair]:
    """'Before' for 'after', and the other way round."""
    for match in _ORDER_WORD.finditer(text):
        yield Repair("date", Span(*match.span()), _ORDER[match.group().lower()])


def _names(doc: Doc, others: Iterable[Doc]) -> Iterator[Repair]:
    """Another name of the same kind from the passage."""
    theirs = [entity for other in others for entity in _entities(other)]
    for ours in _entities(doc):
        kind: FlagType = "attribution" if _speaks(ours.root) else "entity"
        for name in dict.fromkeys(e.text for e in theirs if _alike(ours, e)):
            if name not in doc.text and ours.text not in name:
                yield Repair(kind, _span(ours), name)


def _alike(one: Entity, other: Entity) -> bool:
    return one.label_ == other.label_ or {one.label_, other.label_} <= _PLACES


def _speaks(token: Token) -> bool:
    """Whether something is reported as that party's words or view."""
    if token.dep_ == "poss":
        return token.head.lemma_ in speech_words("statement_nouns")
    if token.dep_ in {"nsubj", "nsubjpass"}:
        return token.head.lemma_ in speech_words("verbs")
    return (
        token.dep_ == "pobj" and token.head.lower_ == "to" and token.head.head.lower_ == "according"
    )
