"""A 'we' that stands for everybody: 'the study says that we forget names faster than faces'.

Those who study people speak of all of them, and so do doctors who advise nobody in particular:
in the present, for what they find is always so. What they did themselves, or believe, is theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.checks.speech.speakers import Report, subject_of, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_ALWAYS = frozenset({"can", "could", "may", "might", "must", "ought", "should"})
"""Auxiliaries of what holds for everybody at any time; 'will' may be a plan."""


def is_mankind(token: Token, report: Report | None) -> bool:
    """Whether a first person in what somebody reports stands for all people.

    Args:
        token: the pronoun.
        report: the act of reporting that it belongs to.
    """
    if report is None or report.subject is None or not _speaks_of_mankind(report.subject):
        return False
    if token.lower_ == "our" and token.head.lemma_.lower() in words("of_every_body"):
        return True
    clauses = [a for a in token.ancestors if a.pos_ in {"VERB", "AUX"} and a != report.verb]
    if any(_has_we(verb) and _is_general(verb) for verb in clauses):
        return True
    return token.lower_ == "us" and any(_is_law(verb) for verb in clauses)


def _speaks_of_mankind(subject: Token) -> bool:
    """'the study', 'a sleep researcher'; 'doctors', but not 'the doctors' or 'doctors at Kelby'."""
    called = [subject, *(c for c in subject.children if c.dep_ == "appos")]
    if any(noun.lemma_.lower() in words("students_of_mankind") for noun in called):
        return True
    bare = subject.tag_ == "NNS" and not any(
        c.dep_ in {"det", "poss", "prep", "relcl", "nummod"} for c in subject.children
    )
    return bare and subject.lemma_.lower() in words("advisers")


def _has_we(verb: Token) -> bool:
    subject = subject_of(verb)
    return subject is not None and subject.lower_ == "we"


def _is_law(verb: Token) -> bool:
    """'coffee makes us happy': what a thing of no particular kind does at any time."""
    subject = subject_of(verb)
    if subject is None or subject.pos_ != "NOUN" or not _is_general(verb):
        return False
    # The parser takes the 'that' before the clause for an article.
    return not any(c.dep_ in {"det", "poss"} and c.tag_ != "IN" for c in subject.children)


def _is_general(verb: Token) -> bool:
    """Whether it is in the present of what is always so, and no finding of its speakers' own."""
    helpers = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    if any(c.dep_ == "ccomp" for c in verb.children) and verb.lemma_ in words("of_a_team"):
        return False
    if not helpers:
        return verb.tag_ in {"VBP", "VBZ"}
    if any(c.tag_ == "MD" for c in helpers):
        return any(c.lower_ in _ALWAYS for c in helpers)
    present = helpers[0].tag_ in {"VBP", "VBZ"}
    return present and helpers[0].lemma_ != "have" and verb.tag_ != "VBG"
