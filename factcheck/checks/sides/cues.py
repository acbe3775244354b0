"""What a sentence says or implies of a matter, a negative reckoned with, and how firmly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.passages import Passage
from factcheck.checks.sides.matters import Found, Matter, find_phrases, word_list
from factcheck.checks.sides.tallies import find_tallies
from factcheck.checks.speech.endings import all_quoted, outside
from factcheck.records import Article
from factcheck.text.clauses import verb_over

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_REACH = 5
"""Words before a phrase in which a negative bears on it."""
_FARTHER = 9
"""Words before it in which a plan or a condition does."""
_STEM = 5
_BREAKS = frozenset({",", ";", ":", "but", "and", "that", "\u2013", "\u2014"})
_PARTS_OF_SPEECH = frozenset({"NOUN", "PROPN", "ADJ", "VERB"})
_NOBODY = frozenset({"no", "none", "nobody", "neither"})
_INVERTED = frozenset({"were", "had", "should"})
"""A sentence that begins with one of these is a condition without 'if', or a question."""
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Cue:
    """A place that says or implies which side of a matter is so."""

    matter: Matter
    side: int
    """0 or 1, a negative reckoned with."""
    sign: bool
    """Whether it only implies it."""
    tokens: tuple[Token, ...]
    """Its words, with the negative where there is one."""
    sentence: int
    """Index of the sentence in its passage."""
    free: bool
    """Whether it stands outside quotation marks."""
    open: bool
    """Whether it is not told as so: a wish, a plan, a condition."""
    apart: bool
    """Whether its sentence tells of another time or another thing of the kind."""
    stems: frozenset[str]
    """What its sentence names, its own words left out."""


def read_cues(passage: Passage) -> list[Cue]:
    """All cues of a passage, in order."""
    quoted = all_quoted(passage.source) if isinstance(passage.source, Article) else ()
    headline = passage.source.headline if isinstance(passage.source, Article) else None
    found: list[Cue] = []
    for index, sentence in enumerate(passage.sentences):
        free = outside(sentence, quoted)
        matches = list(find_phrases(sentence.doc, sentence.span == headline))
        tallies = list(find_tallies(sentence.doc))
        counted = {token for tally in tallies for token in tally.tokens}
        matches = [m for m in matches if m.phrase.sign or counted.isdisjoint(m.tokens)]
        own = [_cue(match, index, free) for match in (*matches, *tallies)]
        found += sorted(own, key=lambda cue: cue.tokens[0].i)
    return found


def _cue(found: Found, index: int, free: Sequence[bool]) -> Cue:
    phrase, first = found.phrase, found.tokens[0]
    doc = first.doc
    negative = _negatives(found.tokens)
    denied_sign = phrase.sign and bool(negative) and not any(_denies(t) for t in found.tokens)
    negative = [] if phrase.sign else negative
    plan = None if phrase.sign else _undone_plan(first)
    flips = len(negative[:1]) + (plan is not None)
    own = {token.i for token in found.tokens}
    return Cue(
        matter=phrase.matter,
        side=phrase.side if flips % 2 == 0 else 1 - phrase.side,
        sign=phrase.sign,
        tokens=(*negative[:1], *found.tokens),
        sentence=index,
        free=all(free[token.i] for token in found.tokens),
        open=denied_sign or (plan is None and _is_open(first, phrase.sign)),
        apart=is_apart(doc, own) or _is_background(found.tokens),
        stems=frozenset(stems(t for t in doc if t.i not in own)),
    )


def stems(tokens: Iterable[Token]) -> Iterator[str]:
    """What telling words are compared by."""
    for token in tokens:
        telling = token.pos_ in _PARTS_OF_SPEECH and len(token.text) > 2
        if telling and token.lemma_.lower() not in word_list("frame") and not token.is_stop:
            yield token.lower_[:_STEM].rstrip("s")


def _before(first: Token, reach: int) -> list[Token]:
    """The words before a phrase, back to where its clause begins."""
    kept: list[Token] = []
    for token in reversed(first.doc[max(0, first.i - reach) : first.i]):
        if token.lower_ in _BREAKS:
            break
        kept.append(token)
    return kept[::-1]


def _negatives(tokens: Sequence[Token]) -> list[Token]:
    """The words that deny a phrase: before it, on its verb, or in its subject."""
    first = tokens[0]
    found = [t for t in _before(first, _REACH) if _denies(t)]
    verb = verb_over(first)
    near = {child for child in verb.children if child.dep_ == "neg"}
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubjpass"} and child.i < first.i and first.i - child.i < 12:
            near |= {t for t in (child, *child.children) if t.lower_ in _NOBODY}
    if verb.i in {t.i for t in tokens} or verb.i < first.i:
        found += [
            t for t in near if t not in found and t.i not in {k.i for k in tokens} and _denies(t)
        ]
    return found


def _denies(token: Token) -> bool:
    after = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    if token.lower_ in {"not", "n't", "no"} and after in {
        "only",
        "until",
        "least",
        "longer",
        "doubt",
        "wonder",
        "just",
    }:
        return after == "longer"
    denying = word_list("negators") | word_list("refusing")
    return token.lower_ in denying or token.lemma_.lower() in denying


def _undone_plan(first: Token) -> Token | None:
    """The verb of 'threw out a plan to shut it', where it bears on a phrase."""
    before = first.doc[max(0, first.i - _FARTHER) : first.i]
    plan = next((t for t in reversed(before) if t.lemma_.lower() in word_list("plans")), None)
    if plan is None or not any(
        t.lower_ in {"to", "for", "of"} for t in first.doc[plan.i : first.i]
    ):
        return None
    for token in reversed(first.doc[max(0, plan.i - 5) : plan.i]):
        words = (token.lemma_.lower(), token.lower_)
        joined = token.lemma_.lower() + "|" + first.doc[token.i + 1].lower_
        if joined in word_list("undoing") or any(word in word_list("undoing") for word in words):
            return token
    return None


def _is_open(first: Token, sign: bool) -> bool:
    """Whether a wish, a plan or a condition stands before a phrase in its clause."""
    opening = word_list("open_signs" if sign else "open")
    if any({t.lower_, t.lemma_.lower()} & opening for t in _before(first, _FARTHER)):
        return True
    if first.doc[0].lower_ in _INVERTED:
        return True
    helpers = {c.lower_ for c in verb_over(first).children if c.dep_ == "aux"}
    return not sign and bool(helpers & {"could", "would", "might", "may", "should"})


def _is_background(tokens: Sequence[Token]) -> bool:
    """Whether it was so before: 'had been held', 'a tunnel shut since May'."""
    verb = verb_over(tokens[-1])
    if any(c.lower_ == "had" for c in verb_over(tokens[0]).children) and verb.dep_ == "xcomp":
        return True
    helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    if "had" in helpers:
        told = verb.dep_ == "ccomp" and verb.head.tag_ == "VBD"
        return not told
    if verb.tag_ == "VBG" and verb.dep_ in {"csubj", "nsubj", "ccomp"} and not helpers:
        return True
    bare = verb.tag_ == "VBN" and not helpers and verb in tokens
    after = verb.doc[verb.i + 1 : verb.i + 2].text.lower()
    others = any(t.tag_ in {"VBZ", "VBP", "VBD", "MD"} for t in verb.doc)
    return bare and (after == "since" or (verb.dep_ == "acl" and others))


def is_apart(doc: Doc, own: set[int]) -> bool:
    """Whether a sentence tells of another time or thing, or of a year."""
    for token in doc:
        if token.i in own:
            continue
        if token.lower_ in word_list("another") or _YEAR.fullmatch(token.text):
            return True
        if token.lower_ == "first" and token.dep_ == "advmod":
            return True
        after = token.nbor().lower_ if token.i + 1 < len(doc) else ""
        if token.lower_ in word_list("before") and after in word_list("times"):
            return True
    return False
