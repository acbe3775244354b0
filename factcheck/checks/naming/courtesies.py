"""Courtesy titles that do not go together: 'Mr X' and 'Ms X', 'Ms Pryce' of Desmond Pryce."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factcheck.checks.naming.clashes import Clash, may_be_one, shown
from factcheck.checks.naming.mentions import Name, offices
from factcheck.checks.naming.namesakes import shared_surnames
from factcheck.records import Span
from factcheck.text.firstnames import borne_by

if TYPE_CHECKING:
    from spacy.tokens import Token


def genders(own: Sequence[Name]) -> Iterator[Clash]:
    """'Mr X' or 'Mr Robin X' here and 'Ms X' there."""
    lists = offices()
    known: dict[str, tuple[str, Name]] = {}
    shared = shared_surnames(own)
    for name in own:
        for gender in ("courtesy_he", "courtesy_she"):
            if not set(name.titles) & lists[gender] - lists["of_wives"]:
                continue
            if name.surname in shared:
                continue
            told, theirs = known.setdefault(name.surname, (gender, name))
            if told == gender or (len(name.words) > 1 and name.words != theirs.words):
                continue
            if may_be_one(name, theirs, own):
                place = theirs.passage.sentences[theirs.sentence]
                yield Clash(
                    _with_titles(name),
                    theirs.passage.quote(place.span_of([*_lead(theirs), *theirs.tokens])),
                    f"'{shown(name)}' is a man in one place and a woman in another.",
                    "medium",
                    0.6,
                    f"{_written(theirs)} {shown(name)}",
                )


def titles_of_others(own: Sequence[Name]) -> Iterator[Clash]:
    """'Ms Pryce' of Desmond Pryce, where nobody else of the article bears the surname."""
    lists = offices()
    shared = shared_surnames(own)
    full = {name.surname: name for name in reversed(own) if len(name.words) > 1}
    for name in own:
        theirs = full.get(name.surname)
        if theirs is None or len(name.words) > 1 or name.surname in shared:
            continue
        told = next((told for word in theirs.words[:-1] if (told := borne_by(word))), "")
        wrong = lists["courtesy_she" if told == "he" else "courtesy_he"] if told else frozenset()
        said = set(name.titles) & wrong - lists["of_wives"]
        if not said or not may_be_one(name, theirs, own):
            continue
        yield Clash(
            _with_titles(name),
            theirs.passage.quote(theirs.span),
            f"'{shown(theirs)}' bears a {'man' if told == 'he' else 'woman'}'s first name.",
            "medium",
            0.6,
            f"{_fitting_title(theirs, told, own)} {shown(name)}",
        )


def _fitting_title(bearer: Name, gender: str, own: Sequence[Name]) -> str:
    """The article's own 'Mrs' or 'Sir' for somebody; 'Mr' or 'Ms' where it has none."""
    right = offices()["courtesy_he" if gender == "he" else "courtesy_she"]
    same = (name for name in (bearer, *own) if name.words in (bearer.words, bearer.words[-1:]))
    fitting = (name for name in same if len(name.titles) == 1 and set(name.titles) <= right)
    return next(map(_written, fitting), "Mr" if gender == "he" else "Ms")


def _lead(name: Name) -> list[Token]:
    """The titles before a name."""
    doc = name.passage.sentences[name.sentence].doc
    return list(doc[name.first - len(name.titles) : name.first])


def _written(name: Name) -> str:
    """The titles before a name as the text writes them."""
    return " ".join(token.text for token in _lead(name))


def _with_titles(name: Name) -> Span:
    sentence = name.passage.sentences[name.sentence]
    return sentence.span_of([*_lead(name), *name.tokens])
