"""A man here and a woman there: what an article says of the one person that a word can mean.

Whether a named person or an office's holder is a man or a woman is told by title, first name, or a
word such as 'mother'; what a clause says of its own subject ('the captain told investigators that
she') must go with that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
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
_OF_BOTH = frozenset("actor waiter chairman spokesman fisherman salesman duke".split())
"""Words for men that women are called by, too."""
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
        kin = any(inner.dep_ == "poss" for inner in child.children)
        if child.dep_ == "appos" and child.pos_ == "NOUN" and not kin:
            return _noun_gender(child)
    return ""


def _noun_gender(noun: Token) -> str:
    words = gazetteer().words
    lemma = noun.lemma_.casefold()
    if lemma in _OF_BOTH:
        return ""
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
            for role in {noun.lemma_.casefold(), _narrowed(noun)}:
                found[role][name.surname] = known or _Known("", name, "")
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
    if any(child.dep_ == "prep" for child in subject.children):
        return None
    return roles.get(_narrowed(subject))


def _narrowed(noun: Token) -> str:
    """'finance minister' of 'the finance minister'."""
    lead = [c.lower_ for c in noun.children if c.dep_ in {"amod", "compound"} and c.i < noun.i]
    return " ".join([*lead, noun.lemma_.casefold()])


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
            if at == index and (token.i in own or (token.i >= pronoun.i and token.i != subject.i)):
                continue
            if _may_be(token, people, gender, subject):
                return True
    return False


def _may_be(token: Token, people: dict[str, _Known], gender: str, subject: Token) -> bool:
    """Whether a word stands for somebody of a gender, as far as can be told."""
    if token.lower_ in _PRONOUNS:
        return _PRONOUNS[token.lower_] == gender
    if token.pos_ == "PROPN":
        return _may_be_named(token, people, gender)
    if token.pos_ != "NOUN" or token.tag_ != "NN" or token.dep_ == "compound":
        return False
    told = _noun_gender(token)
    is_person = not told and token.lower_.endswith(_PERSONAL)
    return token.lemma_ != subject.lemma_ and (told == gender or is_person)


def _may_be_named(token: Token, people: dict[str, _Known], gender: str) -> bool:
    """Whether a name may be that of somebody of a gender; a first name goes with its surname."""
    known = people.get(token.lower_)
    told = known.gender if known else borne_by(token.text)
    follows = token.i + 1 < len(token.doc) and token.nbor(1).pos_ == "PROPN"
    if known is None and follows and token.nbor(1).lower_ in people:
        return False
    return told == gender or (not told and token.ent_type_ == "PERSON")


def _opening(passage: Passage, people: dict[str, _Known]) -> Iterator[Clash]:
    """'Platt retires. His last shift ...', where the sentences before speak of nobody else."""
    counts = Counter(
        _PRONOUNS[t.lower_] for s in passage.sentences for t in s.doc if t.lower_ in _PRONOUNS
    )
    for index in range(1, len(passage.sentences)):
        doc = passage.sentences[index].doc
        first = doc[0] if len(doc) else None
        if first is None or first.text not in {"He", "She", "His", "Her"}:
            continue
        gender = _PRONOUNS[first.lower_]
        subject = _spoken_of(passage, index, gender)
        known = people.get(subject.lower_) if subject is not None else None
        if subject is None or known is None or known.gender == gender or counts[gender] > 1:
            continue
        near = [t for before in _before(passage, index) for t in before]
        if not any(_may_be(t, people, gender, subject) for t in near):
            yield _clash(passage, index, first, first, known)


def _spoken_of(passage: Passage, index: int, gender: str) -> Token | None:
    """The name that is the subject of the sentence before, or of the one before 'She joined'."""
    before = passage.sentences[index - 1].doc
    subject = _root_subject(before)
    if subject is not None and _PRONOUNS.get(subject.lower_, gender) != gender and index > 1:
        subject = _root_subject(passage.sentences[index - 2].doc)
    quoted = '"' in before.text or "\u201c" in before.text
    return subject if subject is not None and subject.pos_ == "PROPN" and not quoted else None


def _before(passage: Passage, index: int) -> list[Doc]:
    return [passage.sentences[at].doc for at in range(max(0, index - _NEAR), index)]


def _root_subject(doc: Doc) -> Token | None:
    roots = [t for t in doc if t.dep_ == "ROOT"]
    found = [c for root in roots for c in root.children if c.dep_ in _SUBJECTS]
    return found[0] if found else None


def _misnamed(passage: Passage) -> Iterator[Clash]:
    """'Her widow, Colin Lomax': a word for a woman beside a man's name."""
    for sentence in passage.sentences:
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


def _clash(passage: Passage, index: int, subject: Token, pronoun: Token, known: _Known) -> Clash:
    sentence = passage.sentences[index]
    first, last = sorted((subject.i, pronoun.i))
    span: Span = sentence.span_of(list(subject.doc[first : last + 1]))
    here = sentence.span_of([subject])
    theirs = passage.quote(known.place.span if known.place else here)
    who = f"'{known.called}' is a {_sex(known.gender)}"
    why = f"'{pronoun.text}' does not go with '{subject.text}': {who} elsewhere."
    if known.place is None:
        who = f"a word for a {_sex(known.gender)}"
        why = f"'{pronoun.text}' does not go with '{subject.text}', {who}."
    if subject is pronoun:
        why = f"'{pronoun.text}' can only be '{known.called}', a {_sex(known.gender)} elsewhere."
    return Clash(span, theirs, why, "medium", 0.55)
