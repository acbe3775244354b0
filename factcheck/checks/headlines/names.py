"""Names in a headline that neither the text nor a reference ever mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factcheck.checks.base import Case
from factcheck.checks.headlines.outcomes import words
from factcheck.checks.headlines.parts import Read
from factcheck.text.folding import squeeze
from factcheck.text.gazetteer import State, gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Token

_TITLE_CASE = 0.6


def find_unnamed(case: Case, headline: Read, body: Sequence[Read]) -> Iterator[list[Token]]:
    """The names of the headline that are nowhere else; none where every word has a capital."""
    if _is_title_case(headline.parsed.span.of(case.article.text)):
        return
    text = squeeze(case.article.text[headline.parsed.span.end :])
    told = [squeeze(evidence.quotation.text) for evidence in case.passages]
    states = {_state_of(list(ent)) for read in body for ent in read.parsed.doc.ents}
    initials = _initials([s.parsed.span.of(case.article.text) for s in body])
    for name in _names(headline):
        known = any(t.lower_[:4] in there for t in name for there in (text, *told))
        state = _state_of(name)
        known = known or (state is not None and state in states)  # by its people or its capital
        if not known and not initials & {t.lower_.strip(".") for t in name}:
            yield name


def is_of_other_state(name: Sequence[Token], body: Sequence[Read]) -> bool:
    """Whether the headline has it 'in' one state and the lead 'in' another, and in no town."""
    lead = body[0].parsed.doc
    if _state_of(name) is None or not _is_inside(name[-1]):
        return False
    places = [ent for ent in lead.ents if ent.label_ in {"GPE", "LOC", "FAC"}]
    others = [_state_of(list(ent)) for ent in places]
    return None not in others and any(_is_inside(ent.root) for ent in places)


def _state_of(name: Sequence[Token]) -> State | None:
    return gazetteer().state(" ".join(t.text for t in name))


def _is_inside(name: Token) -> bool:
    return name.dep_ == "pobj" and name.head.lower_ == "in"


def _is_title_case(text: str) -> bool:
    listed = [w for w in re.findall(r"[^\W\d_]+", text)[1:] if len(w) > 3]
    return not listed or sum(w[0].isupper() for w in listed) >= _TITLE_CASE * len(listed)


def _names(headline: Read) -> Iterator[list[Token]]:
    """Names of people and places, all their words, that the text can be expected to have.

    None in the first word, which is capital anyway, or in a word all in capitals.
    """
    for entity in headline.parsed.doc.ents:
        if entity.label_ not in {"PERSON", "GPE"} or not headline.free[entity.start]:
            continue
        name = [t for t in entity if t.pos_ == "PROPN" and len(t.text) > 2]
        plain = all(t.text[0].isupper() and not t.text.isupper() for t in name)
        if name and plain and entity.start > 0 and not words("metonyms") & {t.lower_ for t in name}:
            yield name


def _initials(sentences: Sequence[str]) -> frozenset[str]:
    """Abbreviations that the names in the text would make."""
    made = set()
    for text in sentences:
        for run in re.findall(r"(?:[A-Z][\w'\u2019-]+(?:\s(?:of|for|the|and)\s|\s)?){2,}", text):
            made.add("".join(w[0] for w in run.split() if w[0].isupper()).lower())
    return frozenset(made)
