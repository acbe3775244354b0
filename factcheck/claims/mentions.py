"""Who or what a sentence mentions, as candidates for the pronouns that follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

from factcheck.claims.names import Gender, People, is_title, title_gender
from factcheck.claims.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Number: TypeAlias = Literal["person", "thing", "group"]
Role: TypeAlias = Literal["subject", "object", "other"]

_NOT_THINGS = frozenset(
    {"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY", "NORP", "LANGUAGE"}
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "dative"})
_COORDINATED = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "ROOT", "conj"})


@dataclass(frozen=True)
class Mention:
    """One phrase that a later pronoun could point to."""

    name: str
    """How to write it in full: 'Xi Jinping', 'the Kremlin', 'the navy'."""
    number: Number
    """A person, a thing (countries and companies too), or several of either."""
    gender: Gender | None
    """Of a person, where it is known."""
    proper: bool
    """Whether it is a name, and so means the same anywhere in the article."""
    role: Role
    """Its part in its clause."""
    start: int
    """First token."""
    end: int
    """One past the last token."""
    head: int
    """Token of the verb or word that governs it."""


def find_mentions(doc: Doc, people: People) -> list[Mention]:
    """Everything a sentence mentions that a pronoun could point to, in order."""
    taken: set[int] = set()
    found: list[Mention] = []
    for phrase in [*_names(doc), *_nouns(doc)]:
        root = _root(phrase)
        if root.i not in taken:
            taken.update(token.i for token in phrase)
            found.append(_mention(phrase, root, people))
    found.extend(_groups(found, doc))
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def _names(doc: Doc) -> Iterator[list[Token]]:
    for entity in doc.ents:
        if entity.label_ in _NOT_THINGS:
            continue
        tokens = [token for token in entity if token.tag_ != "POS"]
        if tokens and any(token.pos_ == "PROPN" for token in tokens):
            yield tokens
    for token in doc:
        if token.pos_ == "PROPN" and not token.ent_type_ and token.dep_ != "compound":
            yield list(doc[_first_name(token) : token.i + 1])


def _first_name(token: Token) -> int:
    start: int = token.i
    while start > 0 and token.doc[start - 1].pos_ == "PROPN" and not token.doc[start - 1].ent_type_:
        start -= 1
    return start


def _nouns(doc: Doc) -> Iterator[list[Token]]:
    """Common noun phrases in the parts of a sentence that pronouns point to."""
    for token in doc:
        core = token.dep_ in _SUBJECTS | _OBJECTS | {"pobj"}
        if token.pos_ == "NOUN" and core and token.ent_type_ not in _NOT_THINGS:
            yield list(doc[token.left_edge.i : token.i + 1])


def _root(phrase: list[Token]) -> Token:
    return next((token for token in phrase if token.head not in phrase), phrase[-1])


def _mention(phrase: list[Token], root: Token, people: People) -> Mention:
    proper = root.pos_ == "PROPN"
    name, gender = _named(phrase, people) if proper else (_described(phrase), _noun_gender(root))
    return Mention(
        name=name,
        number=_number(phrase, root, name, people),
        gender=gender,
        proper=proper,
        role=_role(root),
        start=phrase[0].i,
        end=phrase[-1].i + 1,
        head=_governor(root),
    )


def _named(phrase: list[Token], people: People) -> tuple[str, Gender | None]:
    """A name in full, with its gender where that is known."""
    bare = phrase
    gender = title_gender(phrase[0].nbor(-1)) if phrase[0].i > 0 else None
    while len(bare) > 1 and is_title(bare[0]):
        gender = gender or title_gender(bare[0])
        bare = bare[1:]
    text = " ".join(token.text for token in bare)
    if text in people.genders:
        return text, people.genders[text] or gender
    owners = people.full_names(text, gender) if len(bare) == 1 else []
    if len(owners) == 1 and people.is_person(text):
        return owners[0], people.genders[owners[0]] or gender
    return _with_article(phrase, text), gender


def _with_article(phrase: list[Token], text: str) -> str:
    if phrase[0].lower_ == "the":
        return "the " + text[4:]
    before = phrase[0].i - 1
    article = before >= 0 and phrase[0].doc[before].lower_ == "the"
    return f"the {text}" if article else text


def _described(phrase: list[Token]) -> str:
    first = phrase[0].text if phrase[0].pos_ == "PROPN" else phrase[0].lower_
    return (first + phrase[0].whitespace_ + "".join(t.text_with_ws for t in phrase[1:])).strip()


def _noun_gender(noun: Token) -> Gender | None:
    if noun.lemma_.casefold() in words("persons", "male_nouns"):
        return "male"
    return "female" if noun.lemma_.casefold() in words("persons", "female_nouns") else None


def _number(phrase: list[Token], root: Token, name: str, people: People) -> Number:
    if root.pos_ == "PROPN":
        person = name in people.genders or (
            root.ent_type_ == "PERSON" and people.is_person(root.text)
        )
        titled = phrase[0].i > 0 and title_gender(phrase[0].nbor(-1)) is not None
        return "person" if person or titled else "thing"
    if root.tag_ == "NNS":
        return "group"
    lemma = root.lemma_.casefold()
    lists = ("person_nouns", "male_nouns", "female_nouns")
    return "person" if any(lemma in words("persons", key) for key in lists) else "thing"


def _role(root: Token) -> Role:
    if root.dep_ == "conj" and root.head.pos_ in {"NOUN", "PROPN"}:
        return _role(root.head)
    if root.dep_ in _SUBJECTS:
        return "subject"
    return "object" if root.dep_ in _OBJECTS else "other"


def _governor(root: Token) -> int:
    """The verb that a phrase depends on directly or through one preposition."""
    above = root.head
    if root.dep_ == "conj":
        return _governor(above) if above != root else int(above.i)
    return int(above.head.i if above.pos_ == "ADP" else above.i)


def _groups(found: list[Mention], doc: Doc) -> Iterator[Mention]:
    """'Putin and Xi' as one mention of several."""
    for left, right in pairwise(found):
        joined = [token.lower_ for token in doc[left.end : right.start]]
        listed = joined in (["and"], [",", "and"], ["and", "the"])
        equal = left.role == right.role and doc[left.end - 1].dep_ in _COORDINATED
        if listed and equal and left.number != "group":
            yield replace(
                left,
                name=f"{left.name} and {right.name}",
                number="group",
                gender=None,
                proper=left.proper and right.proper,
                end=right.end,
            )
