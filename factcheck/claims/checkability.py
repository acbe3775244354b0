"""What cannot be checked, and why: questions, commands, opinions, predictions, mere fragments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from factcheck.claims.clauses import Clause, subject_of
from factcheck.claims.verbless import lacks_verb, why_heading_says_nothing
from factcheck.claims.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_FUTURE = frozenset({"will", "'ll", "wo", "shall"})


def why_not_checkable(clause: Clause, headline: bool = False) -> str:
    """Why a claim cannot be checked, in one sentence; empty where it can be.

    Args:
        clause: the claim. That somebody said something can always be checked.
        headline: whether it stands in the headline, which may do without a verb.
    """
    if _asks(clause):
        return "It is a question, which asserts nothing."
    if clause.kind == "statement":
        return ""
    if not headline and _commands(clause):
        return "It is a command or a wish, which is neither true nor false."
    without = why_heading_says_nothing if headline else _fragment
    return _judgement(clause) or _prediction(clause) or without(clause)


def _asks(clause: Clause) -> bool:
    last = clause.doc[min(clause.end, len(clause.doc) - 1)]
    inner = [token for token in clause.tokens[-1:] if token.text == "?"]
    return bool(inner) or (last.text == "?" and clause.end >= len(clause.doc) - 1)


def _commands(clause: Clause) -> bool:
    first = next((token for token in clause.tokens if token.is_alpha), None)
    verb = clause.head
    if first is None or verb.tag_ != "VB" or subject_of(verb) is not None:
        return False
    helped = any(child.dep_ in {"aux", "auxpass"} for child in verb.children)
    polite = first.lower_ in {"please", "let", "do", "never", "always"}
    return not clause.completed and (polite or (first == verb and not helped))


def _judgement(clause: Clause) -> str:
    lowered = " ".join(token.lower_ for token in clause.stated)
    for phrase in words("opinions", "phrases"):
        if f" {lowered} ".find(f" {phrase} ") >= 0:
            return f"It is an opinion ('{phrase}'), which evidence cannot settle."
    for child in (clause.head, *clause.head.children):
        if child.tag_ == "MD" and child.lower_ in words("opinions", "duties"):
            return f"It says what '{child.lower_}' be done, not what is."
    judged = next((token for token in clause.stated if _judges(token, clause.head)), None)
    measured = any(f" {measure} " in f" {lowered} " for measure in words("opinions", "measures"))
    if judged is None or measured or any(token.pos_ == "NUM" for token in clause.stated):
        return ""
    return f"It is a judgement ('{judged.lower_}'), which evidence cannot settle."


def _judges(token: Token, verb: Token) -> bool:
    """Whether a word is the judgement in 'X is WORD' or 'X is a WORD thing'."""
    if token.lower_ not in words("opinions", "judgements") or verb.lemma_ not in {"be", "seem"}:
        return False
    predicate = token.dep_ in {"acomp", "attr"} and token.head == verb
    noun = token.dep_ == "amod" and token.head.dep_ == "attr" and token.head.head == verb
    return predicate or noun


def _prediction(clause: Clause) -> str:
    for word, verb in _futures(clause):
        if not _is_arranged(clause, verb):
            return f"It is a prediction ('{word}'), which cannot be checked yet."
    return ""


def _futures(clause: Clause) -> Iterator[tuple[str, Token]]:
    """What puts the main verb in the future, 'will' or 'going to', and the verb that it governs."""
    head = clause.head
    for token in clause.stated:
        if token.tag_ == "MD" and token.lower_ in _FUTURE and token.head == head:
            yield _written(token), head
    now = any(child.dep_ == "aux" and child.tag_ in {"VBZ", "VBP"} for child in head.children)
    if head.lower_ == "going" and now:
        yield from (("going to", child) for child in head.children if child.dep_ == "xcomp")


def _is_arranged(clause: Clause, verb: Token) -> bool:
    """Whether what will be done is a plan that can be looked up: an act, with a figure or a name.

    'Holm will pay 85 million' can be checked against what Holm has announced; 'prices will rise'
    cannot be checked against anything.
    """
    if verb.lemma_ in words("clauses", "outcomes"):
        return False
    described = any(child.dep_ in {"acomp", "advmod"} for child in verb.children)
    named = any(token.ent_type_ for token in clause.stated)
    return named and not (verb.lemma_ == "be" and described)


def _written(modal: Token) -> str:
    return {"'ll": "will", "wo": "won't"}.get(modal.lower_, str(modal.lower_))


def _fragment(clause: Clause) -> str:
    if not lacks_verb(clause.stated):
        return ""
    quoted = clause.start > 0 and clause.doc[clause.start - 1].text == '"'
    if clause.form in {"apposition", "relative"} or (clause.form == "content" and not quoted):
        return ""
    return "It has no verb that says something is so."
