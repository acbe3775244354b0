"""A clause as the stages of this package hand it on, and what the parse says about its soundness.

A clause is a run of tokens of one sentence plus the words that state it on its own: its own
tokens, with the subject supplied where it stands elsewhere in the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from factcheck.records import ClaimKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Form: TypeAlias = Literal["main", "content", "adverbial", "relative", "apposition"]
Piece: TypeAlias = "Token | str"

FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
AUXILIARIES = frozenset({"aux", "auxpass"})
_BAD_START = frozenset({"CC", ",", ":", "."})
_BAD_END = frozenset({"CC", "DT", "PRP$", "WDT", "WP", "WP$", "TO", ","})
_CORRELATIVES = frozenset({"nor", "neither", "either", "both"})
_SHORTEST = 2


@dataclass(frozen=True)
class Clause:
    """One statement made within a sentence."""

    doc: Doc
    """The parse of the sentence."""
    start: int
    """First token of its span."""
    end: int
    """One past the last token of its span."""
    head: Token
    """Its main verb, or the head of what stands for one."""
    pieces: tuple[Piece, ...]
    """The words that state it on its own, in order: tokens, and any word that is supplied."""
    form: Form = "main"
    """How it stands in the sentence."""
    kind: ClaimKind = "fact"
    """What is so, or that somebody said it."""
    speaker: tuple[Token, ...] = ()
    """The words that name who says it."""
    cues: tuple[Token, ...] = ()
    """Words outside the clause that hedge it, such as the verb that reports it."""

    @property
    def tokens(self) -> Sequence[Token]:
        """The tokens of its span."""
        return list(self.doc[self.start : self.end])

    @property
    def stated(self) -> list[Token]:
        """The tokens among its pieces."""
        return [piece for piece in self.pieces if not isinstance(piece, str)]

    @property
    def completed(self) -> bool:
        """Whether its pieces are more than, or other than, the words of its span."""
        return [*self.pieces] != [*self.tokens]


def plain_clause(doc: Doc, start: int, end: int, head: Token, form: Form = "main") -> Clause:
    """A clause that is stated by exactly the tokens of its span."""
    return Clause(doc, start, end, head, tuple(doc[start:end]), form)


def is_finite(token: Token) -> bool:
    """Whether a token is a verb that carries tense, by itself or through an auxiliary."""
    if token.pos_ not in {"VERB", "AUX"} or token.dep_ in AUXILIARIES:
        return False
    if token.tag_ in FINITE_TAGS:
        return True
    return any(
        child.dep_ in AUXILIARIES and child.tag_ in FINITE_TAGS | {"MD"} for child in token.children
    )


def is_numbering(token: Token) -> bool:
    """Whether a 'no' is the 'No.' of a number, as in 'No. 1', 'No 10' or 'no. 8,121'."""
    after = (word.text for word in token.doc[token.i + 1 : token.i + 3] if word.text != ".")
    return token.lower_ in {"no", "no."} and next(after, "").replace(",", "").isdigit()


def subject_of(token: Token) -> Token | None:
    """The subject of a verb, where it has one of its own."""
    return next((child for child in token.children if child.dep_ in SUBJECTS), None)


def phrase_of(token: Token) -> tuple[Token, ...]:
    """The contiguous noun phrase headed by `token`, without relative clauses and asides."""
    last = _last_joined(token)
    end = last.i + 1
    while end <= last.right_edge.i and not _closes_phrase(token.doc[end]):
        end += 1
    while end > last.i + 1 and token.doc[end - 1].tag_ in _BAD_END | {"IN"}:
        end -= 1
    return tuple(token.doc[token.left_edge.i : end])


def _last_joined(token: Token) -> Token:
    """The last noun of a list such as 'Britain, Canada and Australia'."""
    for child in token.children:
        if child.dep_ == "conj" and child.i > token.i and child.pos_ in {"NOUN", "PROPN"}:
            return _last_joined(child)
    return token


def trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The token range without stray marks at either end, and without quotation marks around it.

    A lone quotation mark at either end belongs to a quotation that is longer than the range.
    """
    while start < end and _is_edge(doc[start]):
        start += 1
    while start < end and _is_edge(doc[end - 1]):
        end -= 1
    if end - start > 2 and doc[start].text == '"' and doc[end - 1].text == '"':
        inner = [token.text for token in doc[start + 1 : end - 1]]
        if '"' not in inner:
            return trimmed(doc, start + 1, end - 1)
    if sum(token.text == '"' for token in doc[start:end]) == 1:
        opens, closes = doc[start].text == '"', doc[end - 1].text == '"'
        if opens or closes:
            return trimmed(doc, start + opens, end - (closes and not opens))
    return start, end


def opened(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A trimmed range without the conjunction, or the 'that', that opens it."""
    start, end = trimmed(doc, start, end)
    while start < end and (_joins(doc[start]) or _is_edge(doc[start]) or _is_that(doc[start])):
        start += 1
    return start, end


def is_sound(tokens: Sequence[Token]) -> bool:
    """Whether tokens can stand as a clause: no stray conjunction, no dangling end, marks paired."""
    worded = [token for token in tokens if any(char.isalnum() for char in token.text)]
    if len(worded) < _SHORTEST or not balanced(tokens):
        return False
    stray = tokens[0].tag_ in _BAD_START and tokens[0].lower_ not in _CORRELATIVES
    return not stray and not _dangles(worded[-1])


def balanced(tokens: Iterable[Token]) -> bool:
    """Whether quotation marks and brackets come in pairs."""
    text = [token.text for token in tokens]
    closed = text.count(")") + text.count("):")
    return text.count('"') % 2 == 0 and text.count("(") == closed


def _joins(token: Token) -> bool:
    """Whether a word only joins clauses; 'nor' and 'either' are part of what they open."""
    return token.tag_ == "CC" and token.lower_ not in _CORRELATIVES


def _is_that(token: Token) -> bool:
    verb = token.head
    needed = verb.i <= verb.head.i  # 'That it loses money is plain'
    return token.lower_ == "that" and token.dep_ == "mark" and not needed


def _dangles(token: Token) -> bool:
    if token.tag_ in _BAD_END:
        return True
    return token.tag_ == "IN" and token.dep_ in {"prep", "mark"} and token.lower_ != "ago"


def _is_edge(token: Token) -> bool:
    return token.is_space or token.text in {",", ";", ":", "-", "--", "\u2013", "\u2014", ".", "'"}


def _closes_phrase(token: Token) -> bool:
    return token.text in {",", ";", ":", "(", "\u2014", "\u2013", '"'} or token.tag_ in {
        "WDT",
        "WP",
        "WP$",
        "WRB",
    }
