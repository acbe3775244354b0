"""What happens in each clause of an article, in the order in which it is told to have happened.

A clause with 'because', 'after' or 'when' comes before the one that it hangs on, one in the
pluperfect before those in the simple past; else what is told first happened first.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.lexicon import table
from factcheck.text.clauses import stem
from factcheck.text.parsing import ParsedSentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_PARTICLES = frozenset("out off down up back away in over through under".split())
_MODALS = frozenset("would could may might should must can will shall 'll 'd".split())
_EARLIER = frozenset("because since after when once as".split())
_LATER = frozenset({"before", "until", "till"})
_DOUBLED = re.compile(r"(.)\1$")
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "obj", "pobj", "dative"})


@dataclass(frozen=True, slots=True)
class Happening:
    """One clause."""

    keys: frozenset[str]
    """What tells of it, one key for words of one meaning."""
    subject: frozenset[str]
    """Keys of its subject."""
    objects: frozenset[str]
    """Keys of what it is done to."""
    verb: str
    """Its verb, with a particle written together."""
    past: bool
    """Whether it is told in the pluperfect: it came before what is told beside it."""
    mark: str
    """The word that makes it hang on another clause; empty where there is none."""
    head: int
    """Place of the verb that it hangs on, in its sentence."""
    place: int
    """Place of its verb in its sentence."""
    sentence: int
    """Number of the sentence."""


def keys_of(tokens: Iterable[Token]) -> frozenset[str]:
    """What tells of a happening, one key for words of one meaning."""
    return frozenset(key for t in tokens for key in _keys(t))


def happenings_of(sentence: ParsedSentence, number: int) -> Iterator[Happening]:
    """The clauses of a sentence that tell what happened, in order of the text."""
    for verb in sentence.doc:
        if not _is_clause(verb) or _is_unreal(verb) or _is_defining(verb):
            continue
        own = [t for t in verb.subtree if _governing(t) == verb]
        subject = _subject(verb)
        about = [t for t in subject.subtree] if subject is not None else []
        objects = [t for t in own if any(a.dep_ in _OBJECTS for a in _up_to(t, verb))]
        if _is_participle_after_with(verb):
            about = [t for t in own if t.i < verb.i]
        passive = any(c.dep_ == "auxpass" for c in verb.children)
        yield Happening(
            keys=keys_of([*own, *about]),
            subject=frozenset() if passive else keys_of(about),
            objects=keys_of(objects),
            verb=_verb_of(verb),
            past=_is_pluperfect(verb),
            mark=_mark(verb),
            head=verb.head.i,
            place=verb.i,
            sentence=number,
        )


def order(one: Happening, other: Happening) -> int:
    """-1 where `one` came before `other`, 1 where after it, 0 where it cannot be told."""
    if one.sentence == other.sentence:
        for this, that, sign in ((one, other, 1), (other, one, -1)):
            if this.head == that.place and this.mark:
                if this.mark in _EARLIER:
                    return -sign
                if this.mark in _LATER:
                    return sign
                return 0
    if one.past != other.past:
        return -1 if one.past else 1
    if (one.sentence, one.place) == (other.sentence, other.place):
        return 0
    return -1 if (one.sentence, one.place) < (other.sentence, other.place) else 1


def _keys(token: Token) -> Iterator[str]:
    if token.pos_ not in _TELLING or not token.text[:1].isalpha() or token.is_stop:
        return
    lemma = token.lemma_.lower()
    both = _verb_of(token)
    if both != lemma and both in _groups():
        yield _groups()[both]
        return
    group = _groups().get(lemma) or _groups().get(token.lower_)
    yield group or _DOUBLED.sub(r"\1", stem(both if both != lemma else lemma))


def _verb_of(token: Token) -> str:
    """'walkout' of 'walked out' and of 'walkout', 'sendoff' of 'sending-off'."""
    lemma = token.lemma_.lower()
    after = token.doc[token.i + 1 : token.i + 3]
    if len(after) and lemma + str(after[0].lower_) in _groups():
        return lemma + str(after[0].lower_)
    if len(after) and after[0].dep_ == "prt" and token.pos_ == "VERB":
        return lemma + str(after[0].lower_)
    if len(after) == 2 and after[0].text == "-" and after[1].lower_ in _PARTICLES:
        base = lemma.removesuffix("ing") if lemma.endswith("ing") else lemma
        return base + str(after[1].lower_)
    return lemma


def _is_clause(verb: Token) -> bool:
    if verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"aux", "auxpass", "amod", "compound"}:
        return _is_participle_after_with(verb)
    bare = verb.tag_ in {"VBG", "VB"}
    return not bare or any(c.dep_ in {"aux", "nsubj"} for c in verb.children)


def _is_participle_after_with(verb: Token) -> bool:
    """'With the trees dead'."""
    return verb.dep_ in {"pcomp", "ccomp", "amod"} and verb.head.lower_ == "with"


def _is_unreal(verb: Token) -> bool:
    return any(
        c.dep_ in _SUBJECTS and c.lower_ in {"nothing", "nobody", "none"} for c in verb.children
    ) or any(
        c.lower_ in _MODALS or c.dep_ == "neg" or (c.dep_ == "mark" and c.lower_ == "if")
        for c in verb.children
    )


def _is_defining(verb: Token) -> bool:
    """'shops that had given up': it says which shops, not what they did next."""
    before = verb.left_edge.i - 1
    return verb.dep_ == "relcl" and before >= 0 and verb.doc[before].text != ","


def _is_pluperfect(verb: Token) -> bool:
    """'had crossed', unless the sentence says by when ('within an hour the fire had crossed')."""
    before = verb.doc[: verb.i]
    by_then = any(
        t.lower_ in {"by", "within"} and any(x.ent_type_ in {"DATE", "TIME"} for x in t.subtree)
        for t in before
    )
    return not by_then and any(c.lower_ in {"had", "'d"} and c.dep_ == "aux" for c in verb.children)


def _governing(token: Token) -> Token:
    here = token
    while here.head != here and not _is_clause(here):
        here = here.head
    return here


def _up_to(token: Token, verb: Token) -> Sequence[Token]:
    found = [token]
    while found[-1].head != verb and found[-1].head != found[-1]:
        found.append(found[-1].head)
    return found


def _subject(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ in _SUBJECTS:
            if child.lower_ in {"which", "that", "who"} and verb.dep_ == "relcl":
                return verb.head
            return child
    if verb.dep_ in {"conj", "xcomp", "relcl"} and verb.head != verb:
        return _subject(verb.head) if verb.dep_ != "relcl" else verb.head
    return None


def _mark(verb: Token) -> str:
    return next(
        (
            str(c.lower_)
            for c in verb.children
            if c.dep_ in {"mark", "advmod"} and c.i < verb.i and c.lower_ in _EARLIER | _LATER
        ),
        "",
    )


@functools.cache
def _groups() -> Mapping[str, str]:
    lines: Sequence[str] = table("causes.toml")["happenings"]
    found: dict[str, str] = {}
    for line in lines:
        for word in line.split():
            found.setdefault(word, f"={line.split()[0]}")
    return found
