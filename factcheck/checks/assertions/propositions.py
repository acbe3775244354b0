"""What a text asserts, one proposition a predicate: who, what, yes or no, and by whose word.

Read from the dependency parse: `predicates` knows the verbs, `parts` what stands beside them,
`modality` whether they are told as so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.assertions.generality import is_denied_by_noun, is_general
from factcheck.checks.assertions.limits import Terms, limits_of, terms_of
from factcheck.checks.assertions.modality import attribution_of, is_unreal, negatives_of
from factcheck.checks.assertions.parts import Part, joined, meaning, part, phrase
from factcheck.checks.assertions.predicates import (
    complements,
    is_infinite,
    is_predicate,
    predicate,
    states_of,
    subject_of,
    tense_of,
)
from factcheck.checks.lexicon import Sense, lexicon
from factcheck.checks.passages import Passage
from factcheck.checks.speech.endings import all_quoted, outside
from factcheck.records import Article, Span
from factcheck.text.clauses import verb_over

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TIME = re.compile(
    r"\b(?:1[5-9]\d\d|20\d\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|weekdays?|January"
    r"|February|March|April|May|June|July|August|September|October|November|December|ago"
    r"|last year|last month|last week|yesterday|tomorrow|spring|summer|autumn|winter"
    r"|morning|afternoon|evening)\b"
)
_OCCASION = frozenset({"when", "after", "before"})
_EVERY = frozenset({"no", "none", "nobody", "nothing", "no-one", "never", "time", "way", "neither"})
"""Negatives that leave no case out."""


@dataclass(frozen=True, slots=True)
class Proposition:
    """One thing that a text says is so, or is not so."""

    sense: Sense
    """The predicate."""
    positive: bool
    """Whether it is affirmed, an opposite counting as a denial of its positive side."""
    negated: bool
    """Whether a negative word does that."""
    subject: Part
    """Who or what."""
    object: Part
    """To whom or what."""
    speaker: str | None
    """Who says so; None for the narrator, `?` for somebody who cannot be told."""
    tense: str
    """`past`, `present`, `future`, or `perfect` for what holds of past and present."""
    times: frozenset[str]
    """Words of time in the sentence, but for those that tell when somebody said it."""
    numbers: frozenset[str]
    """Numbers that belong to the predicate."""
    universal: bool
    """Whether it denies every case: 'no parcel', 'never', 'at no time'."""
    infinite: bool
    """Whether it is no clause of its own: 'to support it', 'guns delivered'."""
    general: bool
    """Whether it tells of no case in particular: a rule, a group picked out, an instruction."""
    shifting: bool
    """Whether the clause speaks of a change or of another occasion."""
    ongoing: bool
    """Whether it is said to be so still."""
    terms: Terms | None
    """On what condition it is so, where there is one."""
    limits: frozenset[str]
    """Words that narrow it: when, where, how, in what regard."""
    settings: Mapping[str, frozenset[str]]
    """Where, when, on what: telling words by the preposition that brings them in."""
    span: Span
    """The words of predicate, negation and the nearest of its object."""
    sentence: int
    """Index among the sentences of its passage."""
    passage: Passage
    """Where it is from."""


def read_propositions(
    passage: Passage, keys: Collection[str] | None = None
) -> Iterator[Proposition]:
    """The propositions of a passage that it asserts or has somebody assert, in order.

    Args:
        passage: the text.
        keys: those of the senses that are wanted; all where None.
    """
    quoted = _quoted(passage)
    for index, sentence in enumerate(passage.sentences):
        doc, inside = sentence.doc, quoted[index]
        if doc and doc[-1].text == "?":
            continue
        for verb in doc:
            if not is_predicate(verb):
                continue
            told = predicate(verb)
            if keys is None or told[0].key in keys:
                found = _read(verb, told, passage, index, inside[verb.i])
                if found:
                    yield found


def _quoted(passage: Passage) -> list[list[bool]]:
    """For each token of each sentence, whether it stands in quotation marks."""
    if isinstance(passage.source, Article):
        spans = all_quoted(passage.source)
        return [[not free for free in outside(s, spans)] for s in passage.sentences]
    inside = False
    found: list[list[bool]] = []
    for sentence in passage.sentences:
        found.append([])
        for token in sentence.doc:
            inside = inside != (token.text == '"')
            found[-1].append(inside)
    return found


def _read(
    verb: Token,
    told: tuple[Sense, list[Token], Part | None],
    passage: Passage,
    index: int,
    quoted: bool,
) -> Proposition | None:
    sense, objects, implied = told
    flips = attribution_of(verb)
    if flips is None or is_unreal(verb):
        return None
    speaker, denied = flips
    negatives = negatives_of(verb)
    negated = bool(negatives) != denied
    subject_head, passive = subject_of(verb)
    before = _before(passage, index)
    first = part(subject_head, before) if subject_head is not None else Part()
    second = implied or joined([part(head, before) for head in objects])
    agents = [c for a in verb.children if a.dep_ == "agent" for c in a.children if c.dep_ == "pobj"]
    if passive:
        second, first = first, part(agents[0], before) if agents else Part()
    near = [*negatives, verb, *(c for c in verb.children if c.dep_ in {"prt", "neg", "acomp"})]
    near += [head for head in objects if abs(head.i - verb.i) < 12][:1] or complements(verb)
    if subject_head is not None and abs(subject_head.i - verb.i) < 6:
        near.append(subject_head)
    return Proposition(
        sense=sense,
        positive=(sense.sign > 0) != negated,
        negated=negated,
        subject=first,
        object=second,
        speaker=speaker or ("?" if quoted else None),
        tense=tense_of(verb),
        times=_times(verb),
        numbers=frozenset(t.lower_ for t in verb.subtree if t.like_num),
        universal=any(word.lower_ in _EVERY for word in negatives),
        infinite=is_infinite(verb),
        general=not is_denied_by_noun(verb, negatives)
        and (is_infinite(verb) or is_general(verb, subject_head, objects)),
        shifting=_is_shifting(verb, negated),
        ongoing=any(c.lower_ == "still" for c in verb.children),
        terms=terms_of(verb),
        limits=limits_of(verb, objects),
        settings=_settings(verb, [*objects, subject_head] if passive and subject_head else objects),
        span=passage.sentences[index].span_of(near),
        sentence=index,
        passage=passage,
    )


def _times(verb: Token) -> frozenset[str]:
    """The words of time in the sentence of a verb, without those of another verb that reports."""
    doc = verb.doc
    found = set()
    for match in _TIME.finditer(doc.text):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        over = verb_over(span.root) if span is not None else verb
        if over == verb or over.lemma_ not in lexicon().words["reporting"]:
            found.add(match.group())
    return frozenset(found)


def _is_shifting(verb: Token, negated: bool) -> bool:
    """'no longer', 'again'; and 'has not won since 1990', after which it was won in 1990.

    What 'is still' so is so now; what 'was still' so is so no more.
    """
    if negated and any(c.dep_ == "prep" and c.lower_ == "since" for c in verb.children):
        return True
    changing = lexicon().words["changing"]
    if tense_of(verb) == "present":
        changing -= {"still"}
    return any(c.lower_ in changing for c in verb.children)


def _settings(verb: Token, objects: Sequence[Token]) -> dict[str, frozenset[str]]:
    """What hangs on a verb and its objects by each preposition, by 'when', or as a clause.

    The parser does not tell 'won a medal' 'in the relay' from 'won' 'a medal in the relay'.
    """
    found: dict[str, frozenset[str]] = {}
    for child in (c for head in (verb, *states_of(verb), *objects) for c in head.children):
        if child.dep_ == "prep":
            key, inner = child.lower_, [t for c in child.children for t in (c, *c.children)]
        elif child.dep_ == "advcl" and any(c.lower_ in _OCCASION for c in child.children):
            key, inner = "when", list(phrase(child))
        elif child.dep_ in {"ccomp", "xcomp"} and child.head == verb:
            key, inner = "what", list(phrase(child))
        else:
            continue
        found[key] = found.get(key, frozenset()) | {meaning(t) for t in inner} - {""}
    return found


def _before(passage: Passage, index: int) -> tuple[Doc, ...]:
    return tuple(s.doc for s in passage.sentences[max(0, index - 2) : index])
