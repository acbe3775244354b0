"""Whom a pronoun in a headline may mean, of what the headline itself names.

Headlines leave out what the parser goes by, so that only the row of words counts: 'its' is plain in
'Holm Air cuts its fares', not in 'Holm sues Acme over its engines'. The pronoun stays where it is;
no other word is put in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from factcheck.claims.mentions import Mention, Number
from factcheck.claims.names import Gender, People
from factcheck.claims.wordlists import words
from factcheck.text.gazetteer import gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NOUNS = frozenset({"NOUN", "PROPN"})
_NO_OWNERS = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"})
_LINKS = frozenset({"of", "and", "&"})


def owners_in_headline(
    token: Token, number: Number, gender: Gender | None, people: People
) -> list[Mention]:
    """All that a pronoun of a headline can mean, of what stands before it there.

    Args:
        token: the pronoun.
        number: what it stands for.
        gender: that of the person, where the pronoun tells it.
        people: who is named in full in the article.
    """
    doc = token.doc
    phrases = list(_phrases(doc, token.i))
    subject = _subject_of_owned(token)
    if subject is not None:
        phrases = [phrase for phrase in phrases if phrase[0] <= subject.i < phrase[1]]
    return [
        Mention(doc[start:end].text, number, gender, True, "subject", start, end, end - 1)
        for start, end in phrases
        if _can_be(doc, start, end, number, gender, people)
    ]


def _phrases(doc: Doc, stop: int) -> Iterator[tuple[int, int]]:
    """The rows of nouns before a token, 'Bank of Kalvia' and 'Acme and Holm' as one each."""
    start: int | None = None
    end = 0
    for token in doc[:stop]:
        if token.pos_ in _NOUNS and token.ent_type_ not in _NO_OWNERS:
            start, end = (token.i if start is None else start), token.i + 1
        elif start is not None and not (token.lower_ in _LINKS and token.i == end):
            yield start, end
            start = None
    if start is not None:
        yield start, end


def _subject_of_owned(token: Token) -> Token | None:
    """The noun that does to what is owned what the verb says: 'Holm cuts its fares'."""
    if token.tag_ != "PRP$" or token.head.dep_ != "dobj":
        return None
    found = (child for child in token.head.head.lefts if child.dep_ == "nsubj")
    return next((child for child in found if child.pos_ in _NOUNS), None)


def _can_be(
    doc: Doc, start: int, end: int, number: Number, gender: Gender | None, people: People
) -> bool:
    phrase = doc[start:end]
    joined = any(token.lower_ in {"and", "&"} for token in phrase)
    # The noun that heads 'Bank of Kalvia' stands before 'of', that of 'city council' at the end.
    last = next((token.i - 1 for token in phrase if token.lower_ == "of"), end - 1)
    person = _is_person(doc[last], people)
    if number == "group":
        return joined or doc[last].tag_ in {"NNS", "NNPS"} or not person
    if number == "thing":
        return not joined and not person and doc[last].tag_ != "NNS"
    person = person or doc[last].ent_type_ == "PERSON"
    return person and not joined and _gender(doc[last], people) in {None, gender}


def _is_person(noun: Token, people: People) -> bool:
    lists, word = gazetteer().words, noun.lower_
    office = word in words("persons", "person_nouns") | words("persons", "offices")
    gendered = word in lists["male_nouns"] | lists["female_nouns"]
    return office or gendered or people.is_person(noun.text)


def _gender(noun: Token, people: People) -> Gender | None:
    lists = gazetteer().words
    if noun.lower_ in lists["male_nouns"]:
        return "male"
    if noun.lower_ in lists["female_nouns"]:
        return "female"
    told = {people.genders[name] for name in people.full_names(noun.text)}
    return told.pop() if len(told) == 1 else None
