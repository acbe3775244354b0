"""A man here and a woman there: what an article says of the one person that a word can mean.

Whether a named person or an office's holder is a man or a woman is told by title, first name, or a
word such as 'mother'; what a clause says of its own subject ('the captain told investigators that
she') must go with that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.naming.clashes import Clash
from factcheck.checks.naming.mentions import Name, offices
from factcheck.checks.passages import Passage
from factcheck.records import Span
from factcheck.text.firstnames import borne_by
from factcheck.text.gazetteer import gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
}
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NEAR = 2
"""Sentences before a pronoun in which it may have another meaning."""
_PERSONAL = ("er", "or", "ist", "man", "ian", "ant", "ent", "ee")
"""Endings of nouns that are mostly people: 'driver', 'president'."""


@dataclass(frozen=True, slots=True)
class _Known:
    gender: str
    place: Name | None
    called: str


def sexes(own: Sequence[Name]) -> Iterator[Clash]:
    """Pronouns that do not go with the subject that they stand for."""
    if not own:
        return
    passage = own[0].passage
    people = _people(own)
    by_role = _roles(own, people)
    for index, sentence in enumerate(passage.sentences):
        for verb in sentence.doc:
            for subject in (c for c in verb.children if c.dep_ in _SUBJECTS):
                known = _known(subject, people, by_role)
                pronoun = _own_pronoun(verb, subject) if known else None
                if known and pronoun is not None and _PRONOUNS[pronoun.lower_] != known.gender:
                    other = _PRONOUNS[pronoun.lower_]
                    if not _someone_else(passage, index, pronoun, subject, people, other):
                        yield _clash(passage, index, subject, pronoun, known)
    yield from _opening(passage, people)
    yield from _misnamed(passage)


def _people(own: Sequence[Name]) -> dict[str, _Known]:
    """By surname the one person who bears it, where the article tells the gender."""
    found: dict[str, dict[str, Name]] = defaultdict(dict)
    bearers: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    lists = offices()
    for name in own:
        if len(name.words) > 1:
            bearers[name.surname].add(name.words)
        told = _described(name)
        if len(name.words) > 1 and _is_person(name):
            told = told or borne_by(name.words[0])
        for gender in ("he", "she"):
            told = gender if set(name.titles) & lists[f"courtesy_{gender}"] else told
        if told:
            found[name.surname].setdefault(told, name)
    return {
        surname: _Known(*next(iter(told.items())), called=" ".join(next(iter(told.values())).words))
        for surname, told in found.items()
        if len(told) == 1 and len(bearers[surname]) < 2
    }


def _is_person(name: Name) -> bool:
    return any(t.ent_type_ == "PERSON" for t in name.tokens)


def _described(name: Name) -> str:
    """'Askew, a mother of three'."""
    head = name.tokens[-1]
    for child in head.children:
        if child.dep_ == "appos" and child.pos_ == "NOUN":
            return _noun_gender(child)
    return ""


def _noun_gender(noun: Token) -> str:
    words = gazetteer().words
    lemma = noun.lemma_.casefold()
    return "he" if lemma in words["male_nouns"] else "she" if lemma in words["female_nouns"] else ""


def _roles(own: Sequence[Name], people: dict[str, _Known]) -> dict[str, _Known]:
    """By office the one person who is given it: 'Captain Erik Lunde', 'the dean, Sarah Poll'."""
    found: dict[str, dict[str, _Known]] = defaultdict(dict)
    for name in own:
        known = people.get(name.surname)
        for title in name.titles:
            found[title][name.surname] = known or _Known("", name, "")
        head = name.tokens[-1]
        beside = [c for c in head.children if c.dep_ == "appos" and c.pos_ == "NOUN"]
        beside += [head.head] if head.dep_ == "appos" and head.head.pos_ == "NOUN" else []
        for noun in beside:
            found[noun.lemma_.casefold()][name.surname] = known or _Known("", name, "")
    told = {role: list(holders.values()) for role, holders in found.items()}
    return {role: one[0] for role, one in told.items() if len(one) == 1 and one[0].gender}


def _known(subject: Token, people: dict[str, _Known], roles: dict[str, _Known]) -> _Known | None:
    """Whether the subject of a clause is a man or a woman, by name, by office, or by its noun."""
    if subject.pos_ == "PROPN":
        return people.get(subject.lower_)
    if subject.pos_ != "NOUN" or subject.tag_ != "NN":
        return None
    if not any(child.lower_ == "the" for child in subject.children):
        return None
    gender = _noun_gender(subject)
    if gender:
        return _Known(gender, None, subject.text)
    narrow = any(c.dep_ in {"amod", "compound", "prep"} for c in subject.children)
    return None if narrow else roles.get(subject.lemma_.casefold())


def _own_pronoun(verb: Token, subject: Token) -> Token | None:
    """A pronoun that must mean the subject: 'X said that she', 'In her speech X'."""
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i > subject.i and _says(verb):
            first = [c for c in child.children if c.dep_ in _SUBJECTS]
            if first and first[0].lower_ in {"he", "she"}:
                return first[0]
    doc = verb.doc
    opening = doc[1] if len(doc) > 2 else None
    led = opening is not None and doc[0].pos_ == "ADP" and opening.lower_ in {"his", "her"}
    if led and opening is not None and opening.head.pos_ == "NOUN" and verb.dep_ == "ROOT":
        return opening
    return None


def _says(verb: Token) -> bool:
    return verb.lemma_ in offices()["speaking"]


def _someone_else(
    passage: Passage,
    index: int,
    pronoun: Token,
    subject: Token,
    people: dict[str, _Known],
    gender: str,
) -> bool:
    """Whether near the pronoun somebody else is spoken of who may be meant."""
    own = {t.i for t in subject.subtree}
    for at in range(max(0, index - _NEAR), index + 1):
        doc = passage.sentences[at].doc
        for token in doc:
            if at == index and (token.i in own or token.i >= pronoun.i and token.i != subject.i):
                continue
            if _may_be(token, people, gender, subject):
                return True
    return False


def _may_be(token: Token, people: dict[str, _Known], gender: str, subject: Token) -> bool:
    """Whether a word stands for somebody of a gender, as far as can be told."""
    if token.lower_ in _PRONOUNS:
        return _PRONOUNS[token.lower_] == gender
    if token.pos_ == "PROPN":
        if token.lower_ in {"mr", "sir", "lord"}:
            return False
        known = people.get(token.lower_)
        told = known.gender if known else borne_by(token.text)
        follows = token.i + 1 < len(token.doc) and token.nbor(1).pos_ == "PROPN"
        if known is None and follows and token.nbor(1).lower_ in people:
            return False
        return told == gender or (not told and token.ent_type_ == "PERSON")
    if token.pos_ != "NOUN" or token.tag_ != "NN" or token.lemma_ == subject.lemma_:
        return False
    told = _noun_gender(token)
    return told == gender or (not told and token.lower_.endswith(_PERSONAL))


def _opening(passage: Passage, people: dict[str, _Known]) -> Iterator[Clash]:
    """'Platt retires. His last shift ...', where the sentence before speaks of nobody else."""
    for index in range(1, len(passage.sentences)):
        doc = passage.sentences[index].doc
        first = doc[0] if len(doc) else None
        if first is None or first.text not in {"He", "She", "His", "Her"}:
            continue
        before = passage.sentences[index - 1].doc
        subject = _root_subject(before)
        known = people.get(subject.lower_) if subject is not None else None
        gender = _PRONOUNS[first.lower_]
        if subject is None or known is None or known.gender == gender or '"' in before.text:
            continue
        near = [t for d in _before(passage, index) for t in d if t.i != subject.i or t.doc is not before]
        if not any(_may_be(t, people, gender, subject) for t in near):
            yield _clash(passage, index, first, first, known)


def _before(passage: Passage, index: int) -> list[Doc]:
    return [passage.sentences[at].doc for at in range(max(0, index - _NEAR), index)]


def _root_subject(doc: Doc) -> Token | None:
    roots = [t for t in doc if t.dep_ == "ROOT"]
    found = [c for root in roots for c in root.children if c.dep_ in _SUBJECTS]
    return found[0] if found and found[0].pos_ == "PROPN" else None


def _misnamed(passage: Passage) -> Iterator[Clash]:
    """'Her widow, Colin Lomax': a word for a woman beside a man's name."""
    for index, sentence in enumerate(passage.sentences):
        for token in sentence.doc:
            kin = token.dep_ == "appos" and token.pos_ == "PROPN" and token.head.pos_ == "NOUN"
            if not kin or token.head.tag_ != "NN" or token.head.i + 3 < token.left_edge.i:
                continue
            gender = _noun_gender(token.head)
            name = token.left_edge
            told = borne_by(name.text) if name.pos_ == "PROPN" else ""
            if gender and told and told != gender:
                span = sentence.span_of([token.head])
                quote = passage.quote(sentence.span_of([name, token]))
                why = f"'{token.head.text}' is said of somebody with a {_sex(told)}'s first name."
                yield Clash(span, quote, why, "medium", 0.55)


def _sex(gender: str) -> str:
    return "man" if gender == "he" else "woman"


def _clash(
    passage: Passage, index: int, subject: Token, pronoun: Token, known: _Known
) -> Clash:
    sentence = passage.sentences[index]
    first, last = sorted((subject.i, pronoun.i))
    span: Span = sentence.span_of(list(subject.doc[first : last + 1]))
    here = sentence.span_of([subject])
    theirs = passage.quote(known.place.span if known.place else here)
    who = f"'{known.called}' is a {_sex(known.gender)}"
    why = f"'{pronoun.text}' does not go with '{subject.text}': {who} elsewhere."
    if known.place is None:
        why = f"'{pronoun.text}' does not go with '{subject.text}', a word for a {_sex(known.gender)}."
    if subject is pronoun:
        why = f"'{pronoun.text}' can only be '{known.called}', a {_sex(known.gender)} elsewhere."
    return Clash(span, theirs, why, "medium", 0.55)
