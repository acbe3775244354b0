"""The persons whom an article names: full names, the short forms that stand for them, genders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from factcheck.claims.wordlists import words
from factcheck.text.firstnames import borne_by, is_first_name

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Gender: TypeAlias = Literal["male", "female"]

_PLACES = frozenset({"GPE", "LOC", "FAC", "ORG", "NORP"})


@dataclass
class People:
    """Everybody named in full in an article, found by any part of the name."""

    genders: dict[str, Gender | None] = field(default_factory=dict)
    """Gender of each full name where a title or a given name tells it."""
    by_part: dict[str, list[str]] = field(default_factory=dict)
    """Full names by each of their words."""
    votes: dict[str, Counter[str]] = field(default_factory=dict)
    """How often the parser took a single word for a person, a place and so on."""

    def full_names(self, short: str, gender: Gender | None = None) -> list[str]:
        """The full names that a short name can stand for, in order of the article."""
        names = self.by_part.get(short, [])
        return [name for name in names if gender is None or self.genders[name] in {None, gender}]

    def is_person(self, word: str) -> bool:
        """Whether a single capitalised word is, as far as the article shows, a person's name."""
        seen = self.votes.get(word, Counter())
        persons = seen["PERSON"] + len(self.by_part.get(word, []))
        return persons > 0 and persons >= sum(seen[label] for label in _PLACES)


def find_people(docs: Sequence[Doc]) -> People:
    """The people named in full in the parsed sentences (give it no headlines)."""
    people = People()
    for doc in docs:
        for entity in doc.ents:
            if len(entity) == 1:
                people.votes.setdefault(entity.text, Counter())[entity.label_] += 1
        for name in _full_names(doc):
            _add(people, name)
        _note_titles(people, doc)
    return people


def title_gender(token: Token) -> Gender | None:
    """The gender that a title before a name tells, if it tells one."""
    word = token.lower_.rstrip(".")
    if word in words("persons", "male_titles"):
        return "male"
    return "female" if word in words("persons", "female_titles") else None


def is_title(token: Token) -> bool:
    """Whether a word is a title or an office that stands before a name."""
    word = token.lower_.rstrip(".")
    return title_gender(token) is not None or word in words("persons", "other_titles")


def is_reached(token: Token) -> bool:
    """Whether a name stands for a place that somebody is in or goes to: 'flew to Austin'."""
    joint, verb = token.head, token.head.head
    if token.dep_ != "pobj":
        return False
    inside = joint.lower_ in words("persons", "place_prepositions")
    moved = joint.lower_ in {"to", "from"} and verb.lemma_ in words("persons", "motion_verbs")
    return inside or moved


def _full_names(doc: Doc) -> Iterator[tuple[Token, ...]]:
    """Names of at least two words: what the parser takes for persons, and known given names.

    'San Jose' is a place, though Jose is a given name.
    """
    for entity in doc.ents:
        if entity.label_ == "PERSON":
            tokens = [token for token in entity if token.tag_ != "POS"]
            while tokens and is_title(tokens[0]):
                tokens = tokens[1:]
            named = len(tokens) > 1 and all(_is_name_word(token) for token in tokens)
            if named and not _is_firm(tokens):
                yield tuple(tokens)
    for token in doc[:-1]:
        pair = (token, doc[token.i + 1])
        unread = all(word.pos_ == "PROPN" and word.ent_type_ != "PERSON" for word in pair)
        known = any(is_first_name(word.text) for word in pair)
        if unread and known and all(_is_name_word(word) for word in pair):
            yield pair


def _is_name_word(token: Token) -> bool:
    place = token.lower_ in words("persons", "place_words")
    return token.text[:1].isupper() and token.text.replace("'", "").isalpha() and not place


def _is_firm(name: Sequence[Token]) -> bool:
    """'Holm Air', which the parser takes for a person; a 'David Steel' is one."""
    return name[-1].lower_ in words("persons", "firm_words") and not is_first_name(name[0].text)


def _add(people: People, name: tuple[Token, ...]) -> None:
    full = " ".join(token.text for token in name)
    if full in people.genders:
        return
    people.genders[full] = _given_gender(name)
    for part in {name[0].text, name[-1].text}:
        people.by_part.setdefault(part, []).append(full)


def _given_gender(name: tuple[Token, ...]) -> Gender | None:
    """The gender told by a title before the name or by one of its words."""
    before = name[0].nbor(-1) if name[0].i > 0 else None
    if before is not None and title_gender(before):
        return title_gender(before)
    told = {borne_by(token.text) for token in name} - {""}
    if len(told) != 1:
        return None
    return "male" if told == {"he"} else "female"


def _note_titles(people: People, doc: Doc) -> None:
    """Learn a gender from 'Mr Ashdown' where only one person has that name."""
    for token in doc[:-1]:
        gender, owners = title_gender(token), people.by_part.get(doc[token.i + 1].text, [])
        if gender and len(owners) == 1 and people.genders[owners[0]] is None:
            people.genders[owners[0]] = gender
