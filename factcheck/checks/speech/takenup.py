"""Places that take up what somebody has said: 'A's warning that', 'the remark by A'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.speech.speakers import subject_of, words
from factcheck.checks.speech.tellings import is_denied
from factcheck.text.parsing import ParsedSentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_GIVEN_BY = frozenset({"by", "from", "of"})
_AGREEING = frozenset("agree side sympathise sympathize concur disagree quarrel differ".split())
_TOLD_AGAIN = frozenset({"as", "when", "if", "whether", "though", "although", "while", "where"})
_STOPS = frozenset({",", ";", ":", ".", "?", "!", "\u2013", "\u2014", "(", ")"})
_LONGEST = 24
"""Words of what is taken up."""


@dataclass(frozen=True, slots=True)
class TakenUp:
    """Words said before that are named as somebody's."""

    owner: Token
    """The head of the owner's name."""
    cue: Token
    """The noun ('warning') or the verb ('warned')."""
    said: tuple[Token, ...]
    """What is taken up."""
    is_clause: bool
    """Whether that is a whole clause, which affirms or denies."""

    @property
    def denied(self) -> bool:
        """Whether what is taken up is a denial."""
        return is_denied(self.said)

    @property
    def shown(self) -> list[Token]:
        """The owner's name, the cue and what is taken up, as far as they stand together."""
        edge = self.owner.left_edge
        first = min(edge.i, self.cue.i)
        last = max([self.owner.i, self.cue.i, *(t.i for t in self.said)])
        return list(self.owner.doc[first : last + 1])

    @property
    def called(self) -> str:
        """The owner's name as it stands."""
        edge = self.owner.left_edge
        return str(self.owner.doc[edge.i : self.owner.i + 1].text)


def taken_up(sentence: ParsedSentence) -> Iterator[TakenUp]:
    """The places of a sentence that take up what was said, in order."""
    for token in sentence.doc:
        if not words("taken_up").isdisjoint({token.lower_, token.lemma_.lower()}):
            yield from _by_noun(token)
        if token.pos_ in {"VERB", "AUX"} and token.lemma_.lower() in words("verbs") | words(
            "telling"
        ):
            yield from _by_verb(token)
        if token.lower_ == "with" and token.head.lemma_.lower() in _AGREEING:
            yield from _by_agreement(token)


def _by_noun(noun: Token) -> Iterator[TakenUp]:
    owner = _owner_before(noun)
    if noun.pos_ not in {"NOUN", "PROPN"} and owner is None:
        return
    start = noun.i + 1
    if owner is None:
        found = _owner_after(noun)
        if found is None:
            return
        owner, start = found
    said, is_clause = _following(noun.doc, start)
    if said:
        yield TakenUp(owner, noun, tuple(said), is_clause)


def _owner_before(noun: Token) -> Token | None:
    """The head of the name before 's; adjectives may stand between ('A's dire warning')."""
    at = noun.i - 1
    while at > 0 and noun.doc[at].pos_ in {"ADJ", "ADV", "NUM", "NOUN"} and noun.i - at < 4:
        at -= 1
    if at < 1 or noun.doc[at].tag_ != "POS":
        return None
    owner = noun.doc[at - 1]
    return owner if owner.pos_ in {"NOUN", "PROPN"} else None


def _owner_after(noun: Token) -> tuple[Token, int] | None:
    """'the remark by Mr Spry', 'the assurance from the regulator': the head, and what follows."""
    if noun.i + 2 >= len(noun.doc):
        return None
    prep = noun.nbor(1)
    inner = next((c for c in prep.children if c.dep_ == "pobj"), None)
    if prep.lower_ not in _GIVEN_BY or inner is None or inner.pos_ not in {"NOUN", "PROPN"}:
        return None
    if prep.lower_ == "of" and inner.ent_type_ != "PERSON":
        return None
    return inner, inner.i + 1


def _following(doc: Doc, start: int) -> tuple[list[Token], bool]:
    """What is taken up from `start` on: to the end of the clause that begins there."""
    at = start
    if at < len(doc) and doc[at].text in {",", ":"}:
        at += 1
    if at >= len(doc):
        return [], False
    opening = doc[at]
    if opening.lower_ not in words("leads_on") and opening.text not in _QUOTES:
        return [], False
    is_clause = opening.lower_ == "that"
    inner = {t.i for t in opening.subtree}
    found: list[Token] = []
    depth = 0
    for token in doc[at : at + _LONGEST]:
        if token.text in _QUOTES:
            depth = 1 - depth
        elif not depth:
            away = _starts_anew(token) or not (is_clause or token.i in inner)
            if token.text in _STOPS or (found and away):
                break
        found.append(token)
    return found, is_clause


_QUOTES = frozenset({'"', "\u201c", "\u201d", "\u2018", "'"})


def _starts_anew(token: Token) -> bool:
    """Whether a verb of the main clause goes on here ('… was fair', 'and asked')."""
    if token.lower_ in {"but", "although", "though", "because", "while", "than"}:
        return True
    if token.lower_ == "and" and token.nbor(1).lower_ in {"that", "by"}:
        return True
    return token.dep_ == "ROOT"


def _by_verb(verb: Token) -> Iterator[TakenUp]:
    """'He noted that A maintained that …', 'as A had warned', 'of which A had warned'."""
    owner = subject_of(verb)
    if owner is None or owner.head != verb or owner.pos_ not in {"NOUN", "PROPN"}:
        return
    if verb.dep_ == "relcl" and owner.i < verb.i:
        noun = verb.head
        said = [t for t in noun.subtree if t.i < owner.i and t.pos_ not in {"PRON", "ADP"}]
        if noun.lemma_.lower() not in words("taken_up") and said:
            yield TakenUp(owner, verb, tuple(said), False)
        return
    if not _is_told_again(verb):
        return
    said = [
        t
        for c in verb.children
        if c.dep_ in {"ccomp", "dobj", "prep", "xcomp", "oprd", "attr", "acl"} and c.i > verb.i
        for t in c.subtree
    ]
    said = _first_of_all(said)
    if said:
        is_clause = any(c.dep_ == "ccomp" for c in verb.children)
        yield TakenUp(owner, verb, tuple(said), is_clause)
        return
    if any(c.lower_ == "as" and c.dep_ in {"mark", "advmod"} for c in verb.children):
        away = {t.i for t in verb.subtree}
        whole = [t for t in verb.doc if t.i not in away and not t.is_punct]
        yield TakenUp(owner, verb, tuple(whole), False)


def _first_of_all(said: Sequence[Token]) -> list[Token]:
    """What is said without a second clause ('and that the mayors remembered otherwise')."""
    listed = sorted(said, key=lambda t: t.i)
    for at, token in enumerate(listed):
        if at and _starts_anew(token):
            return listed[:at]
    return listed


def _is_told_again(verb: Token) -> bool:
    """Whether somebody else speaks of what is said here ('they pointed out that A saw …')."""
    if any(c.lower_ in _TOLD_AGAIN and c.dep_ in {"mark", "advmod"} for c in verb.children):
        return True
    over = verb.head
    reports = over.lemma_.lower() in words("verbs") and over.i < verb.left_edge.i
    return verb.dep_ == "ccomp" and reports


def _by_agreement(preposition: Token) -> Iterator[TakenUp]:
    """'Several agreed with A that …'."""
    owner = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    if owner is None or owner.pos_ not in {"NOUN", "PROPN"}:
        return
    said, is_clause = _following(preposition.doc, owner.i + 1)
    if said:
        yield TakenUp(owner, preposition.head, tuple(said), is_clause)
