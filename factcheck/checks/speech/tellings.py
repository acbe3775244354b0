"""What each speaker of an article has said, as sets of telling words that can be looked up.

Quoted or reported, as a clause, a phrase or a figure ('put growth at 1.4 per cent'): all that a
sentence says besides its speaker counts, and the sentences of a quotation that go on with it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.base import Case
from factcheck.checks.lexicon import check_table
from factcheck.checks.speech.cast import Cast, is_person
from factcheck.checks.speech.endings import outside
from factcheck.checks.speech.speakers import subject_of, words
from factcheck.records import Span
from factcheck.text.clauses import content, stem
from factcheck.text.numbers import numbers
from factcheck.text.parsing import ParsedSentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRONOUNS = frozenset({"he", "she", "it", "they"})
_NEGATORS = frozenset("not n't never no nor without nobody none neither hardly".split())
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class Telling:
    """What one speaker says in one sentence."""

    names: frozenset[str]
    """All words by which the speaker may be meant; empty where that cannot be told."""
    called: str
    """How the sentence names the speaker."""
    items: frozenset[str]
    """What is said, as items of `items_of`."""
    quoted: frozenset[str]
    """Those of them that stand within quotation marks."""
    denied: bool
    """Whether what is said has an odd number of negations."""
    span: Span
    """Where it stands."""
    place: int
    """Number of its sentence."""


def items_of(tokens: Iterable[Token]) -> frozenset[str]:
    """What tells of what is said: stems, one for words of one meaning, and figures."""
    listed = [t for t in tokens if not t.is_space]
    found: set[str] = set()
    for token in listed:
        for single in content([token]):
            found.add(_one_for_all().get(token.lemma_.lower()) or _by_stem().get(single) or single)
    return frozenset(found | figures_of(listed))


def acts_of(tokens: Iterable[Token]) -> frozenset[str]:
    """What is done by saying it ('act:warn'), by the words for it."""
    return frozenset(found for t in tokens if (found := _acts().get(t.lemma_.lower())) is not None)


def figures_of(tokens: Sequence[Token]) -> frozenset[str]:
    """The figures among words, as '#640'; a mere 'one' or 'first' is none."""
    text = " ".join(t.text for t in tokens)
    found = set()
    for number in numbers(text):
        if number.value != 1:
            found.add(f"#{number.value:g}")
    return frozenset(found)


def is_denied(tokens: Iterable[Token]) -> bool:
    """Whether words have an odd number of negations."""
    return sum(t.lower_ in _NEGATORS for t in tokens) % 2 == 1


def tellings_of(case: Case, cast: Cast, quoted: Sequence[Span]) -> list[Telling]:
    """All that is said in an article, in order of the text."""
    found: list[Telling] = []
    latest: Telling | None = None
    subject: Token | None = None
    paragraph = -1
    for place, (sentence, known) in enumerate(zip(case.sentences, case.article.prose, strict=True)):
        if known.paragraph != paragraph:
            latest, paragraph = None, known.paragraph
        free = outside(sentence, quoted)
        here = list(_told(sentence, place, free, cast, subject))
        if not here and latest is not None and sentence.doc and not free[0]:
            here = [_going_on(sentence, place, free, latest)]
        if here:
            latest = here[0]
        found += here
        subject = _main_subject(sentence, free) or subject
    return found


def _told(
    sentence: ParsedSentence,
    place: int,
    free: Sequence[bool],
    cast: Cast,
    before: Token | None,
) -> Iterator[Telling]:
    verbs = [t for t in sentence.doc if free[t.i] and _tells(t)]
    heads = [(v, s) for v in verbs if (s := _speaker(v)) is not None and free[s.i]]
    for verb, head in heads:
        meant = _meant(head, before)
        named = {t.i for t in head.subtree}
        apart = named if verb.i not in named else named - {t.i for t in verb.subtree}
        said = [t for t in _reach(sentence, verb, heads) if t.i not in apart and t != verb]
        inside = [t for t in said if not free[t.i]]
        yield Telling(
            names=cast.names_of(meant) if meant is not None else frozenset(),
            called=_called(meant if meant is not None else head),
            items=items_of(said) | acts_of([verb, *said]),
            quoted=items_of(inside),
            denied=is_denied(said),
            span=sentence.span,
            place=place,
        )


def _meant(head: Token, before: Token | None) -> Token | None:
    """The noun that a pronoun stands for, as far as can be told; a noun itself."""
    if head.lower_ not in _PRONOUNS:
        return head
    earlier = [t for t in head.doc[: head.i] if t.dep_ in _SUBJECTS and t.pos_ in {"NOUN", "PROPN"}]
    human = head.lower_ in {"he", "she"}
    likely = next((t for t in earlier if is_person(t) or not human), before)
    if likely is None or (not human and is_person(likely)):
        return None
    return likely


def _going_on(
    sentence: ParsedSentence, place: int, free: Sequence[bool], latest: Telling
) -> Telling:
    """A further sentence of the quotation that the last speaker of the paragraph began."""
    said = [t for t in sentence.doc if not free[t.i]]
    items = items_of(said)
    return Telling(latest.names, latest.called, items, items, is_denied(said), sentence.span, place)


def _tells(token: Token) -> bool:
    if token.lower_ == "according":
        return True
    return token.pos_ in {"VERB", "AUX"} and token.lemma_.lower() in words("verbs") | words(
        "telling"
    )


def _speaker(verb: Token) -> Token | None:
    if verb.lower_ == "according":
        return next((g for c in verb.children for g in c.children if g.dep_ == "pobj"), None)
    if any(c.dep_ == "auxpass" for c in verb.children):
        return None
    head = subject_of(verb)
    if head is not None and head.lower_ in {"who", "which", "that"}:
        clause = head.head
        return clause.head if clause.dep_ == "relcl" else None
    if head is None and verb.dep_ in {"acl", "advcl"} and verb.tag_ == "VBG":
        return verb.head if verb.dep_ == "acl" else subject_of(verb.head)
    return head


def _reach(
    sentence: ParsedSentence, verb: Token, heads: Sequence[tuple[Token, Token]]
) -> list[Token]:
    """The words that belong to one act of telling: all but what another speaker says beside it."""
    if len({head.i for _, head in heads}) == 1:
        return list(sentence.doc)
    if verb.lower_ == "according":
        away = {t.i for t in verb.subtree}
        return [t for t in sentence.doc if t.i not in away]
    others = {
        t.i
        for other, head in heads
        if other != verb and other.dep_ in {"conj", "advcl"} and verb.is_ancestor(other)
        if head.head == other
        for t in other.subtree
    }
    return [t for t in verb.subtree if t.i not in others]


def _main_subject(sentence: ParsedSentence, free: Sequence[bool]) -> Token | None:
    """Who or what a sentence is about, for a pronoun in the next one."""
    for token in sentence.doc:
        named = token.pos_ in {"PROPN", "NOUN"} and free[token.i]
        if named and token.dep_ in _SUBJECTS and _is_main(token.head):
            return token
    return None


def _is_main(verb: Token) -> bool:
    return verb.dep_ in {"ROOT", "conj"} or verb.lemma_.lower() in words("verbs")


def _called(head: Token) -> str:
    first = head
    for child in head.children:
        if child.i < first.i and child.dep_ in {"compound", "amod", "det", "poss", "flat", "nmod"}:
            first = child.left_edge
    return str(head.doc[first.i : head.i + 1].text)


@functools.cache
def _groups(name: str) -> Mapping[str, str]:
    return {
        word: line.split()[0] for line in check_table("speech.toml")[name] for word in line.split()
    }


def _acts() -> Mapping[str, str]:
    return {word: f"act:{first}" for word, first in _groups("acts").items()}


def _one_for_all() -> Mapping[str, str]:
    return _groups("alike")


@functools.cache
def _by_stem() -> Mapping[str, str]:
    return {stem(word): first for word, first in _groups("alike").items()}
