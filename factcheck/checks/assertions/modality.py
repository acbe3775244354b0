"""Whether a clause is told as so: what denies it, who says it, whether it is only thought of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.checks.assertions.predicates import PASSIVE_SUBJECTS, SUBJECTS, subject_of
from factcheck.checks.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "relcl", "pcomp", "conj", "dep"})
_NEGATIVE = frozenset({"no", "none", "nobody", "neither", "nothing", "no-one", "nowhere"})


def negatives_of(verb: Token) -> list[Token]:
    """The words that deny a verb."""
    found = [c for c in verb.children if c.dep_ == "neg" or c.lower_ in {"never", "hardly"}]
    for child in verb.children:
        if child.lower_ == "longer" and child.i and child.nbor(-1).lower_ == "no":
            found.append(child.nbor(-1))
        if child.dep_ in SUBJECTS | PASSIVE_SUBJECTS | {"dobj", "attr"}:
            if child.lower_ in _NEGATIVE:
                found.append(child)
            found += [c for c in child.children if c.dep_ == "det" and c.lower_ in _NEGATIVE]
        if child.dep_ == "prep" and any(_has(c, "no") for c in child.children):
            found += [c for c in child.children if c.lemma_ in {"time", "way", "point"}]
        if child.dep_ in {"oprd", "ccomp"} and child.pos_ == "ADJ":
            found += [c for c in child.children if c.dep_ == "neg"]
    head = verb.head
    if verb.dep_ == "xcomp" and head.lemma_ in lexicon().words["failing"]:
        found.append(head)
    if verb.dep_ == "xcomp" and head.lemma_ == "have" and _has(head, "yet"):
        found.append(head)
    if verb.dep_ == "pcomp" and head.lower_ == "without":
        found.append(head)
    if verb.dep_ in {"acl", "relcl"} and head.lemma_ in {"reason", "need"} and _has(head, "no"):
        found.append(next(c for c in head.children if c.lower_ == "no"))
    return found


def _has(token: Token, word: str) -> bool:
    return any(c.lower_ == word for c in token.children)


def voice_of(token: Token) -> str | None:
    """Who says what `token` is part of; None for the narrator, `?` where it cannot be told."""
    told = attribution_of(token)
    return told[0] if told else "?"


def attribution_of(verb: Token) -> tuple[str | None, bool] | None:
    """Who says it and whether he denies it; None where nobody is said to say that it is so."""
    words = lexicon().words
    token, speaker, denied = verb, None, False
    for _ in range(12):
        for child in token.children:
            if child.dep_ in {"parataxis", "ccomp"} and _reports(child) and child.i > token.i:
                speaker = speaker or _voice(child)
            if child.dep_ == "prep" and child.lower_ == "according":
                speaker = speaker or "?"
        head = token.head
        if head == token or any(t.text == ";" for t in _between(token, head)):
            break
        stated = token.dep_ in {"acl", "ccomp"} or (
            token.dep_ == "relcl" and not _has_subject(token)
        )
        if stated and head.lemma_ in words["statement_nouns"]:
            return None
        if token.dep_ in {"ccomp", "xcomp"} and _reports(head):
            if any(c.dep_ == "neg" for c in head.children):
                return None
            denied = denied != (head.lemma_ in {"deny", "dispute", "doubt"})
            speaker = speaker or _voice(head)
        token = head
    return speaker, denied


def _between(one: Token, other: Token) -> list[Token]:
    first, last = sorted((one.i, other.i))
    return list(one.doc[first:last])


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in SUBJECTS | PASSIVE_SUBJECTS for c in verb.children)


def _reports(token: Token) -> bool:
    return token.lemma_ in lexicon().words["reporting"] and token.pos_ in {"VERB", "AUX"}


def _voice(verb: Token) -> str:
    subject = subject_of(verb)[0]
    if subject is None or subject.pos_ == "PRON":
        return "?"
    return str(subject.lemma_.casefold())


def is_unreal(verb: Token) -> bool:
    """Whether it is only possible, wished, planned, asked or a condition."""
    token = verb
    for _ in range(8):
        if _is_open(token) or _is_wished(token):
            return True
        head = token.head
        if head == token or token.dep_ not in _CLAUSES:
            return False
        if token.dep_ == "advcl" and any(c.dep_ == "mark" for c in token.children):
            return False
        if token.dep_ == "conj" and not any(c.dep_ == "mark" for c in head.children):
            return False
        token = head
    return False


def _is_open(verb: Token) -> bool:
    """'could close', 'if it closed', 'were it to close'."""
    for child in verb.children:
        if child.dep_ == "aux" and child.lower_ in lexicon().words["modals"]:
            return True
        if child.dep_ in {"mark", "advmod"} and child.lower_ in lexicon().words["conditions"]:
            return True
        if child.dep_ == "advmod" and child.lower_ in lexicon().words["nearly"]:
            return True
    return _inverted(verb)


def _is_wished(verb: Token) -> bool:
    """'plans to close', 'the plan to close'."""
    if verb.head.lemma_ not in lexicon().words["unreal"]:
        return False
    return verb.dep_ == "xcomp" or (verb.dep_ in {"acl", "ccomp"} and _has(verb, "to"))


def _inverted(verb: Token) -> bool:
    """'Were it to lose', 'Had the school stayed': a condition without 'if'."""
    doc: Doc = verb.doc
    first = doc[verb.left_edge.i]
    return first.lower_ in {"were", "had", "should"} and any(
        c.dep_ in SUBJECTS | PASSIVE_SUBJECTS and c.i > first.i for c in verb.children
    )
