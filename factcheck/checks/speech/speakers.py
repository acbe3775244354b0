"""Who says what: speakers of sentences and of quotations, read from the parse and from names.

A speaker is found as the subject of a reporting verb, after 'according to', or as the owner of a
statement ('Ms Sable's contention that'). A pronoun is followed back to the nearest person whom an
earlier sentence has as its subject; that guess is marked as one.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from factcheck.checks.lexicon import check_table
from factcheck.records import Span
from factcheck.text.firstnames import borne_by
from factcheck.text.gazetteer import gazetteer
from factcheck.text.parsing import ParsedSentence

if TYPE_CHECKING:
    from spacy.tokens import Token

Gender: TypeAlias = Literal["he", "she", "it", "they", ""]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_BODIES = frozenset({"ORG", "GPE", "NORP", "LOC", "FAC"})
_LEADS = frozenset("The A An Its Their His Her This That These Those Some Two Three".split())
"""Words that only a sentence's beginning writes with a capital."""
_PERSONAL: dict[str, Gender] = {"he": "he", "she": "she", "it": "it", "they": "they"}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody whom the article lets speak or act."""

    key: str
    """What tells this speaker from others: the surname, or the head noun; lower case."""
    name: str
    """How a reader would name the speaker."""
    span: Span
    """Where the speaker is named, in the text."""
    gender: Gender
    """The pronoun that fits; empty where unknown."""
    person: bool
    """Whether the speaker is a named person."""
    guessed: bool = False
    """Whether a pronoun was followed back to the name."""

    @property
    def called(self) -> str:
        """The name as it stands within a sentence: 'the minister' for 'The minister'."""
        first, _, rest = self.name.partition(" ")
        return f"{first.lower()} {rest}" if rest and first in _LEADS else self.name


@dataclass(frozen=True, slots=True)
class Report:
    """One act of reporting."""

    speaker: Speaker | None
    """Who speaks; None where the words do not tell."""
    verb: Token
    """The reporting verb."""
    subject: Token | None
    """The head of its subject."""


@functools.cache
def words(name: str) -> frozenset[str]:
    """One word list of data/speech.toml."""
    return frozenset(_lists()[name].split())


@functools.cache
def _lists() -> dict[str, str]:
    return check_table("speech.toml")


def _pobj(according: Token) -> Token | None:
    """'according to the ministry': the ministry."""
    for to in according.children:
        for child in to.children:
            if to.lower_ == "to" and child.dep_ == "pobj":
                return child
    return None


def subject_of(verb: Token) -> Token | None:
    """The head of a verb's subject; 'and said', 'by saying' have that of the verb before."""
    for child in verb.children:
        if child.dep_ in _SUBJECTS:
            return child
    if verb.dep_ == "pcomp" and verb.head.head.pos_ == "VERB":
        return subject_of(verb.head.head)
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"} and verb.head.i < verb.i:
        return subject_of(verb.head)
    return None


def describe(sentence: ParsedSentence, head: Token) -> Speaker:
    """The speaker whom the noun phrase around `head` names."""
    in_office = head.lower_ in words("offices")
    head = _apposed_name(head)
    tokens = _name_tokens(head)
    text = "".join(t.text_with_ws for t in tokens).strip()
    named = head.ent_type_ == "PERSON" or _title(tokens) != "" or in_office
    person = head.pos_ == "PROPN" and named
    gender = _gender(head, tokens, person)
    return Speaker(
        key=_key(head),
        name=text,
        span=sentence.span_of(tokens),
        gender=gender,
        person=person or (gender in {"he", "she"} and head.pos_ != "NOUN"),
    )


def reports(sentence: ParsedSentence, outside: Sequence[bool]) -> Iterator[Report]:
    """The acts of reporting in a sentence.

    Args:
        sentence: the parsed sentence.
        outside: for each token, whether it stands outside quotation marks.
    """
    verbs = words("verbs")
    for token in sentence.doc:
        if not outside[token.i]:
            continue
        if token.lower_ == "according":
            subject = _pobj(token)
        elif token.lemma_.lower() in verbs and token.pos_ in {"VERB", "AUX"}:
            subject = subject_of(token)
        else:
            continue
        speaker = describe(sentence, _meant(subject)) if subject is not None else None
        yield Report(speaker, token, subject)


def _meant(subject: Token) -> Token:
    """The noun that a relative pronoun stands for ('the mayor of Kelby, who said'); else itself."""
    clause = subject.head
    if subject.lower_ not in {"who", "which", "that"} or clause.dep_ != "relcl":
        return subject
    noun = clause.head
    while subject.lower_ == "who" and noun.ent_type_ in _BODIES and noun.dep_ == "pobj":
        if noun.head.head.pos_ not in {"NOUN", "PROPN"}:
            break
        noun = noun.head.head
    return noun


class Memory:
    """Who was named last, sentence by sentence, for following pronouns back."""

    def __init__(self) -> None:
        """Start with nobody named."""
        self._latest: list[Speaker] = []

    def note(self, speaker: Speaker) -> None:
        """Remember a person as the one most lately in the subject's place."""
        if speaker.person and speaker.key not in _PERSONAL:
            self._latest = [s for s in self._latest if s.key != speaker.key][-7:]
            self._latest.append(speaker)

    def read(self, sentence: ParsedSentence, outside: Sequence[bool]) -> None:
        """Remember the persons a sentence names as subject or as source, in order."""
        for token in sentence.doc:
            source = token.dep_ == "pobj" and token.head.head.lower_ == "according"
            named = token.pos_ == "PROPN" and outside[token.i]
            if named and (source or token.dep_ in _SUBJECTS):
                self.note(describe(sentence, token))

    def follow(self, speaker: Speaker) -> Speaker | None:
        """`speaker`, or the person whom a pronoun most likely means; None where nobody fits."""
        if speaker.key not in _PERSONAL:
            return speaker
        for known in reversed(self._latest):
            if known.gender in {"", speaker.gender}:
                return replace(known, guessed=True)
        return None


def differ(one: Speaker, other: Speaker) -> bool:
    """Whether the two are surely not the same: both known, and no name in common."""
    if one.key in _PERSONAL or other.key in _PERSONAL or one.key == other.key:
        return False
    names = set(one.name.lower().split()) & set(other.name.lower().split())
    shared = {name for name in names if len(name) > 3 and name not in words("male")}
    same_kind = one.person == other.person
    return not shared and same_kind


def _apposed_name(head: Token) -> Token:
    """'its counsel, Femi Oduya': the name rather than the office."""
    if head.pos_ == "PROPN":
        return head
    named = [c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN"]
    return named[0] if named else head


def _name_tokens(head: Token) -> list[Token]:
    kept = {"compound", "poss", "flat", "amod", "nmod", "det"}
    parts = [c for c in head.children if c.dep_ in kept and c.i < head.i]
    if head.pos_ == "PROPN":
        parts = [c for c in parts if c.dep_ in {"compound", "flat", "nmod"}]
    first = min([head.i, *(p.left_edge.i for p in parts)])
    return [t for t in head.doc[first : head.i + 1]]


def _title(tokens: Sequence[Token]) -> Gender:
    for token in tokens[:-1]:
        word = token.lower_.rstrip(".")
        if word in words("male"):
            return "he"
        if word in words("female"):
            return "she"
    return ""


def _gender(head: Token, tokens: Sequence[Token], person: bool) -> Gender:
    if head.lower_ in _PERSONAL:
        return _PERSONAL[head.lower_]
    title = _title(tokens)
    if title or person:
        return title or _by_first_name([t.lower_ for t in tokens])
    return _gender_of_noun(head)


def _gender_of_noun(head: Token) -> Gender:
    """'the queen', 'the ministers', 'the firm'; empty for 'the minister', who is no 'it'."""
    if head.lower_ in gazetteer().words["male_nouns"]:
        return "he"
    if head.lower_ in gazetteer().words["female_nouns"]:
        return "she"
    if "Plur" in head.morph.get("Number", []):
        return "they"
    things = words("bodies") | words("works") | gazetteer().words["bodies"]
    thing = head.pos_ == "NOUN" and head.lemma_.lower() in things
    return "it" if thing or head.ent_type_ in _BODIES else ""


def _by_first_name(names: Sequence[str]) -> Gender:
    return next((told for name in names[:-1] or names if (told := borne_by(name))), "")


def _key(head: Token) -> str:
    if head.pos_ == "PROPN":
        return str(head.lower_).removesuffix("'s")
    return str(head.lemma_.lower())
