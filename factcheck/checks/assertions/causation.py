"""What a text says made what happen, came before what, or depends on what.

Read from the dependency parse with the cues of data/causes.toml.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from factcheck.checks.assertions.modality import voice_of
from factcheck.checks.assertions.parts import meaning
from factcheck.checks.assertions.predicates import subject_of
from factcheck.checks.lexicon import check_table
from factcheck.checks.passages import Passage
from factcheck.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Kind: TypeAlias = Literal["cause", "order", "condition", "exception"]

_HANGING = frozenset({"advcl", "relcl", "parataxis", "punct", "conj"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})


@dataclass(frozen=True, slots=True)
class Side:
    """A cause or an effect."""

    heads: frozenset[str]
    """Its chief word by meaning; the verb and its subject and object where it is a clause."""
    verb: str | None
    """The chief word where it is a clause, empty where that verb is too general to tell."""
    words: frozenset[str]
    """All its telling words by meaning."""
    span: Span
    """Where it stands."""
    whole: bool
    """Whether the span holds all its words but an opening article or conjunction, and no others."""


@dataclass(frozen=True, slots=True)
class Link:
    """One thing said to make, precede or condition another."""

    kind: Kind
    """How they hang together."""
    cause: Side
    """What causes, comes first or is the condition."""
    effect: Side
    """What is caused, comes after or is the outcome."""
    denied: bool
    """Whether the text says that it is not so, or the outcome is a denial."""
    speaker: str | None
    """Who says so; None for the narrator, `?` for somebody who cannot be told."""
    renewed: bool
    """Whether it is said of another round ('in turn', 'again')."""
    sentence: int
    """Index of the sentence."""
    passage: Passage
    """Where it is from."""

    @property
    def span(self) -> Span:
        """From the first word of the two sides to the last."""
        first = min(self.cause.span.start, self.effect.span.start)
        return Span(first, max(self.cause.span.end, self.effect.span.end))


@functools.cache
def _cues() -> dict[str, frozenset[str]]:
    raw = check_table("causes.toml")
    return {name: frozenset(words.split()) for name, words in raw.items()}


def read_links(passage: Passage) -> Iterator[Link]:
    """The links that a passage states, in order."""
    for index, sentence in enumerate(passage.sentences):
        if sentence.doc and sentence.doc[-1].text == "?":
            continue
        renewed = any(token.lower_ in _cues()["renewed"] for token in sentence.doc)
        for token in sentence.doc:
            for kind, cause, effect, denied in _links(token):
                one, two = _side(passage, index, cause), _side(passage, index, effect)
                if one.words and two.words:
                    speaker = voice_of(token)
                    yield Link(kind, one, two, denied, speaker, renewed, index, passage)


_Found: TypeAlias = "tuple[Kind, list[Token], list[Token], bool]"


def _links(token: Token) -> Iterator[_Found]:
    if token.pos_ in {"VERB", "AUX"}:
        yield from _by_verb(token)
        yield from _by_clause(token)
    elif token.lower_ in {"because", "due", "owing", "thanks", "as", "in", "on"} | _order():
        yield from _by_phrase(token)


def _order() -> frozenset[str]:
    return _cues()["order_after"] | _cues()["order_before"]


def _by_verb(verb: Token) -> Iterator[_Found]:
    cues = _cues()
    denied = _denied(verb)
    subject, passive = _subject(verb)
    for name, objects in _forms(verb):
        if name in cues["verbs_of_cause"] and objects:
            # The parser takes 'The departure set off the ban' for a noun with a participle.
            if passive and verb.dep_ != "acl":
                agents = _agents(verb)
                if agents and subject:
                    yield "cause", agents, subject, denied
            elif subject:
                yield "cause", subject, objects, denied
            return
        if name in cues["verbs_of_effect"] and objects and subject and not passive:
            yield "cause", objects, subject, denied
            return
    if passive:
        forms = {name for name, _ in _forms(verb, any_object=True)}
        if forms & cues["verbs_of_cause"] and subject and _agents(verb):
            yield "cause", _agents(verb), subject, denied
    elif verb.lemma_ in cues["verbs_of_making"] and subject:
        made = [c for c in verb.children if c.dep_ in {"ccomp", "xcomp"} and c.i > verb.i]
        if made:
            yield "cause", subject, _whole(made[0]), denied
    elif verb.lemma_ == "be" and subject:
        yield from _by_noun(verb, subject, denied)


def _denied(verb: Token) -> bool:
    """'did not cause', 'no sign that it caused'."""
    if any(c.dep_ == "neg" for c in verb.children):
        return True
    head = verb.head
    if verb.dep_ not in {"acl", "ccomp", "relcl"} or head.pos_ != "NOUN":
        return False
    return any(c.lower_ == "no" for c in head.children)


def _subject(verb: Token) -> tuple[list[Token], bool]:
    """The words of the subject; in 'It was A that led to B', those of A."""
    head, passive = subject_of(verb)
    if head is None and verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.head.i < verb.i:
        return _whole(verb.head, verb), passive
    if head is None:
        return [], passive
    if verb.dep_ == "acl" and (root := _only_noun(verb)) is not None:
        return _whole(root, verb), passive
    if verb.dep_ == "relcl" or head.lower_ == "that":
        for word in verb.doc[: verb.i]:
            if word.lemma_ == "be" and any(c.lower_ == "it" for c in word.children):
                cleft = [c for c in word.children if c.dep_ == "attr" and c.i < verb.i]
                if cleft:
                    return _whole(cleft[0], verb), passive
    return _whole(head, verb), passive


def _only_noun(verb: Token) -> Token | None:
    """The noun on which a whole sentence hangs where the parser found no main verb."""
    token = verb
    while token.head != token:
        if token.head.pos_ in {"VERB", "AUX"}:
            return None
        token = token.head
    return token


def _agents(verb: Token) -> list[Token]:
    for child in verb.children:
        if child.lower_ == "by":
            for inner in child.children:
                if inner.dep_ in {"pobj", "pcomp"}:
                    return _whole(inner)
    return []


def _forms(verb: Token, any_object: bool = False) -> Iterator[tuple[str, list[Token]]]:
    """The verb alone, with particle, with preposition, each with the words of its object."""
    lemma = verb.lemma_.casefold()
    particles = [c.lower_ for c in verb.children if c.dep_ == "prt"]
    base = f"{lemma}_{particles[0]}" if particles else lemma
    objects = [c for c in verb.children if c.dep_ in {"dobj", "obj"}]
    yield base, _whole(objects[0]) if objects else []
    # The parser now and then takes a particle for a preposition ('set off the ban').
    for child in verb.children:
        if child.dep_ == "prep":
            inner = [c for c in child.children if c.dep_ in {"pobj", "pcomp"}]
            if not inner and objects:
                yield f"{lemma}_{child.lower_}", _whole(objects[0])
            elif inner or any_object:
                yield f"{lemma}_{child.lower_}", _whole(inner[0]) if inner else []
        if child.dep_ in {"acomp", "amod"} and child.lower_ == "due":
            for prep in child.children:
                inner = [c for c in prep.children if c.dep_ in {"pobj", "pcomp"}]
                if inner:
                    yield f"{lemma}_due_to", _whole(inner[0])


def _by_noun(verb: Token, subject: list[Token], denied: bool) -> Iterator[_Found]:
    """'B was the work of A', 'A was the cause of B'."""
    cues = _cues()
    for noun in (c for c in verb.children if c.dep_ == "attr"):
        for prep in (c for c in noun.children if c.dep_ == "prep" and c.lower_ in {"of", "for"}):
            inner = [w for c in prep.children if c.dep_ == "pobj" for w in _whole(c)]
            if inner and noun.lemma_ in cues["nouns_of_effect"]:
                yield "cause", inner, subject, denied
            elif inner and noun.lemma_ in cues["nouns_of_cause"]:
                yield "cause", subject, inner, denied


def _by_clause(verb: Token) -> Iterator[_Found]:
    """'B because A', 'B after A did', 'B if A', 'B unless A'; `verb` is that of A."""
    cues = _cues()
    if verb.dep_ != "advcl" or verb.head.pos_ not in {"VERB", "AUX"}:
        return
    marks = [c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"} and c.i < verb.i]
    one, two = _whole(verb), _whole(verb.head, verb)
    denied = any(c.dep_ == "neg" for c in verb.head.children)
    for mark in marks[:1]:
        if mark in cues["clause_of_cause"]:
            yield "cause", one, two, denied
        elif mark in cues["conditions"] | cues["exceptions"]:
            # 'if they do not agree' is 'unless they agree'
            excepted = mark in cues["exceptions"]
            turned = excepted != any(c.dep_ == "neg" for c in verb.children)
            yield "exception" if turned else "condition", one, two, denied
        elif mark in cues["order_after"]:
            yield "order", one, two, denied
        elif mark in cues["order_before"]:
            yield "order", two, one, denied


def _by_phrase(token: Token) -> Iterator[_Found]:
    """'B because of A', 'as a result of A', 'B after A'; `token` is the first word of the cue."""
    cues = _cues()
    governor = token.head
    if token.dep_ not in {"prep", "mark", "advmod", "amod", "acomp"}:
        return
    found = _object_after(token)
    if found is None:
        return
    cue, inner = found
    while governor.pos_ not in {"VERB", "AUX"} and governor.head != governor:
        governor = governor.head
    if governor.pos_ not in {"VERB", "AUX"} or not inner:
        return
    one, two = inner, _whole(governor, token)
    denied = any(c.dep_ == "neg" for c in governor.children)
    if cue in cues["phrases_of_cause"]:
        yield "cause", one, two, denied
    elif cue in cues["order_after"]:
        yield "order", one, two, denied
    elif cue in cues["order_before"]:
        yield "order", two, one, denied


def _object_after(token: Token) -> tuple[str, list[Token]] | None:
    """The cue that starts at `token`, and the words of what it governs."""
    doc: Doc = token.doc
    for length in (4, 3, 2, 1):
        words = doc[token.i : token.i + length]
        cue = "_".join(w.lower_ for w in words)
        if cue in _cues()["phrases_of_cause"] or (length == 1 and cue in _order()):
            for word in words:
                for child in word.children:
                    if child.dep_ in {"pobj", "pcomp"} and child.i > words[-1].i:
                        return cue, _whole(child)
    return None


def _whole(head: Token, without: Token | None = None) -> list[Token]:
    """A phrase or clause, without what hangs loosely on it or is `without`; head first."""
    found = [head]
    for child in head.children:
        if child == without or child.dep_ in _HANGING:
            continue
        if child.dep_ == "prep" and child.lower_ in {"because", "as", "after", "before"}:
            continue
        if child.dep_ == "ccomp" and child.i < head.i:
            continue
        found += _whole(child, without)
    return found


def _side(passage: Passage, index: int, tokens: list[Token]) -> Side:
    chief = tokens[0]
    heads = {meaning(chief)}
    is_clause = chief.pos_ in {"VERB", "AUX"}
    if is_clause:
        kept = _SUBJECTS | {"dobj", "attr", "acomp", "xcomp", "ccomp", "oprd"}
        heads |= {meaning(c) for c in tokens if c.head == chief and c.dep_ in kept}
    telling = [t for t in tokens if meaning(t)]
    shown = telling or tokens
    span = passage.sentences[index].span_of(shown)
    places = range(min(t.i for t in shown), max(t.i for t in shown) + 1)
    opening = {"mark", "cc"} if is_clause else {"det"}
    whole = {t.i for t in tokens if t.dep_ not in opening or t.i in places} == set(places)
    return Side(
        heads=frozenset(heads - {""}),
        verb=meaning(chief) if is_clause else None,
        words=frozenset(meaning(t) for t in telling),
        span=span,
        whole=whole,
    )
