"""What a text asserts, one proposition a predicate: who, what, yes or no, and by whose word.

Read from the dependency parse. A predicate is a verb, or 'to be' with a state; words of one
meaning count as one predicate and opposites as its denial (data/propositions.toml).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.endings import all_quoted, outside
from factcheck.checks.generality import is_denied_by_noun, is_general
from factcheck.checks.lexicon import Sense, lexicon
from factcheck.checks.passages import Passage
from factcheck.records import Article, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
_PASSIVE = frozenset({"nsubjpass", "csubjpass"})
_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "relcl", "pcomp", "conj", "dep"})
_TIME = re.compile(
    r"\b(?:1[5-9]\d\d|20\d\d|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January"
    r"|February|March|April|May|June|July|August|September|October|November|December|ago"
    r"|last year|last month|last week|yesterday|tomorrow|spring|summer|autumn|winter"
    r"|morning|afternoon|evening)\b"
)
_OCCASION = frozenset({"when", "after", "before"})
_EVERY = frozenset({"no", "none", "nobody", "nothing", "no-one", "never", "time", "way", "neither"})
"""Negatives that leave no case out."""
_NEGATIVE = frozenset({"no", "none", "nobody", "neither", "nothing", "no-one", "nowhere"})


@dataclass(frozen=True, slots=True)
class Part:
    """A subject or an object."""

    head: str = ""
    """Its chief word by meaning; empty for a pronoun or where there is none."""
    is_noun: bool = False
    """Whether that is a noun."""
    words: frozenset[str] = frozenset()
    """Its telling words by meaning, the head among them."""
    names: frozenset[str] = frozenset()
    """Words of names among them."""
    present: bool = False
    """Whether anything stands there at all."""
    maybe: frozenset[str] = frozenset()
    """For a pronoun: telling words of what stands before it, any of which it may stand for."""


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
    """Words of time in the sentence."""
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
    settings: Mapping[str, frozenset[str]]
    """Where, when, on what: telling words by the preposition that brings them in."""
    span: Span
    """The words of predicate, negation and the nearest of its object."""
    sentence: int
    """Index among the sentences of its passage."""
    passage: Passage
    """Where it is from."""


def read_propositions(passage: Passage) -> Iterator[Proposition]:
    """The propositions of a passage that it asserts or has somebody assert, in order."""
    quoted = _quoted(passage)
    for index, sentence in enumerate(passage.sentences):
        doc, inside = sentence.doc, quoted[index]
        if doc and doc[-1].text == "?":
            continue
        times = frozenset(_TIME.findall(doc.text))
        for verb in doc:
            if _is_predicate(verb):
                found = _read(verb, passage, index, times, inside[verb.i])
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
    verb: Token, passage: Passage, index: int, times: frozenset[str], quoted: bool
) -> Proposition | None:
    sense, objects, implied = predicate(verb)
    flips = _attribution(verb)
    if flips is None or _is_unreal(verb):
        return None
    speaker, denied = flips
    negatives = _negatives(verb)
    negated = bool(negatives) != denied
    subject_head, passive = subject_of(verb)
    before = _before(passage, index)
    first = part(subject_head, before) if subject_head is not None else Part()
    second = implied or _joined([part(head, before) for head in objects])
    agents = [c for a in verb.children if a.dep_ == "agent" for c in a.children if c.dep_ == "pobj"]
    if passive:
        second, first = first, part(agents[0], before) if agents else Part()
    near = [*negatives, verb, *(c for c in verb.children if c.dep_ in {"prt", "neg", "acomp"})]
    near += [head for head in objects if abs(head.i - verb.i) < 12][:1] or _states(verb)
    if subject_head is not None and abs(subject_head.i - verb.i) < 6:
        near.append(subject_head)
    return Proposition(
        sense=sense,
        positive=(sense.sign > 0) != negated,
        negated=negated,
        subject=first,
        object=second,
        speaker=speaker or ("?" if quoted else None),
        tense=_tense(verb),
        times=times,
        numbers=frozenset(t.lower_ for t in verb.subtree if t.like_num),
        universal=any(word.lower_ in _EVERY for word in negatives),
        infinite=_is_infinite(verb),
        general=not is_denied_by_noun(verb, negatives)
        and (_is_infinite(verb) or is_general(verb, subject_head, objects)),
        shifting=_is_shifting(verb, negated),
        settings=_settings(verb, [*objects, subject_head] if passive and subject_head else objects),
        span=passage.sentences[index].span_of(near),
        sentence=index,
        passage=passage,
    )


def _is_infinite(verb: Token) -> bool:
    """'to support it', 'guns delivered', 'that it support': a purpose, an aside or a motion."""
    if verb.dep_ == "xcomp" and verb.head.lemma_ in lexicon().words["failing"]:
        return False
    helpers = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    finite = {"VBD", "VBP", "VBZ", "MD"}
    if verb.tag_ in finite or any(c.tag_ in finite for c in helpers):
        return False
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        return _is_infinite(verb.head)
    return verb.dep_ != "ROOT"


def _is_shifting(verb: Token, negated: bool) -> bool:
    """'no longer', 'again'; and 'has not won since 1990', after which it was won in 1990."""
    if negated and any(c.dep_ == "prep" and c.lower_ == "since" for c in verb.children):
        return True
    return any(c.lower_ in lexicon().words["changing"] for c in verb.children)


def _settings(verb: Token, objects: Sequence[Token]) -> dict[str, frozenset[str]]:
    """What hangs on a verb and its objects by each preposition, and by 'when' or 'after'.

    The parser does not tell 'won a medal' 'in the relay' from 'won' 'a medal in the relay'.
    """
    found: dict[str, frozenset[str]] = {}
    for child in (c for head in (verb, *objects) for c in head.children):
        if child.dep_ == "prep":
            key, inner = child.lower_, [t for c in child.children for t in (c, *c.children)]
        elif child.dep_ == "advcl" and any(c.lower_ in _OCCASION for c in child.children):
            key, inner = "when", list(_phrase(child))
        else:
            continue
        found[key] = found.get(key, frozenset()) | {meaning(t) for t in inner} - {""}
    return found


def _is_predicate(token: Token) -> bool:
    if token.pos_ in {"VERB", "AUX"}:
        return token.dep_ not in {"aux", "auxpass", "amod"}
    # The parser takes some verbs for nouns ('Our client contests every count').
    return token.dep_ == "ROOT" and lexicon().sense(token.lemma_.casefold()).lasting


def _before(passage: Passage, index: int) -> tuple[Doc, ...]:
    return tuple(s.doc for s in passage.sentences[max(0, index - 2) : index])


def predicate(verb: Token) -> tuple[Sense, list[Token], Part | None]:
    """What a verb stands for with its particle or state, its objects, and what it implies."""
    words = lexicon()
    lemma = verb.lemma_.casefold()
    particles = [c.lower_ for c in verb.children if c.dep_ == "prt"]
    objects = [c for c in verb.children if c.dep_ in {"dobj", "obj", "attr", "dative", "oprd"}]
    objects = [c for c in objects if c.pos_ != "ADP"]
    if particles:
        lemma = f"{lemma}_{particles[0]}"
    if verb.lemma_ in {"be", "stay", "remain"}:
        lemma = _state(verb) or lemma
        objects = [c for c in objects if c.dep_ != "attr"] if lemma != "be" else objects
    elif objects and f"{lemma}_{objects[0].lemma_.casefold()}" in words.senses:
        sense = words.sense(f"{lemma}_{objects[0].lemma_.casefold()}")
        implied = Part(sense.of, words=frozenset({sense.of}), present=True) if sense.of else None
        return sense, [], implied
    else:
        objects += [c for c in verb.children if c.dep_ == "ccomp"]
        for child in verb.children:
            if child.dep_ == "prep" and not objects:
                objects += [c for c in child.children if c.dep_ == "pobj"]
    if verb.pos_ == "NOUN":
        objects = [c for c in verb.children if c.dep_ == "appos"]
    return words.sense(lemma), objects, None


def _states(verb: Token) -> list[Token]:
    """The words right of a verb that complete it where it has no object that counts."""
    kept = {"dobj", "attr", "acomp", "prep"}
    found = [t for c in verb.children if c.dep_ in kept and c.i > verb.i for t in (c, *c.children)]
    return [token for token in found if token.i < verb.i + 6]


def _state(verb: Token) -> str:
    """'be_in_use', 'be_open': what somebody or something is."""
    for child in verb.children:
        if child.dep_ in {"acomp", "attr"} and child.pos_ in {"ADJ", "NOUN"}:
            return f"be_{child.lemma_.casefold()}"
        if child.dep_ == "prep" and child.i > verb.i:
            for inner in child.children:
                if inner.dep_ == "pobj" and not any(inner.children):
                    return f"be_{child.lower_}_{inner.lemma_.casefold()}"
    return ""


def subject_of(verb: Token, depth: int = 0) -> tuple[Token | None, bool]:
    """The head of a verb's subject and whether the verb is passive."""
    for child in verb.children:
        if child.dep_ in SUBJECTS | _PASSIVE:
            passive = child.dep_ in _PASSIVE
            if child.lower_ in {"who", "which", "that"} and verb.dep_ == "relcl":
                return verb.head, passive
            return child, passive
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    if verb.dep_ in {"conj", "xcomp"} and verb.head.pos_ in {"VERB", "AUX"} and depth < 5:
        return subject_of(verb.head, depth + 1)[0], passive
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return verb.head, True
    return None, passive


def part(head: Token, before: tuple[Doc, ...] = ()) -> Part:
    """The telling words of the phrase or clause that `head` heads.

    Args:
        head: its head.
        before: the sentences before, in which a pronoun may have its noun.
    """
    if head.pos_ == "PRON" or head.lower_ in {"both", "neither", "none"}:
        if head.lower_ not in {"it", "they", "them", "this", "that"}:
            return Part(present=True)
        earlier = [t for doc in before for t in doc] + list(head.doc[: head.i])
        nouns = {meaning(t) for t in earlier if t.pos_ in {"NOUN", "PROPN"}} - {""}
        return Part(present=True, maybe=frozenset(nouns))
    words: set[str] = set()
    names: set[str] = set()
    for token in _phrase(head):
        key = meaning(token)
        if key:
            words.add(key)
            if token.pos_ == "PROPN":
                names.add(key)
    chief = meaning(head) if head.pos_ in {"NOUN", "PROPN", "VERB", "ADJ"} else ""
    return Part(chief, head.pos_ == "NOUN", frozenset(words), frozenset(names), True)


def meaning(token: Token) -> str:
    """The meaning of a telling word; empty for one that tells nothing."""
    if token.pos_ not in {"NOUN", "PROPN", "VERB", "ADJ"} or not token.text[:1].isalpha():
        return ""
    lemma = token.lemma_.casefold()
    if token.pos_ == "VERB" and any(c.dep_ == "prt" for c in token.children):
        lemma += "_" + next(c.lower_ for c in token.children if c.dep_ == "prt")
    if lemma in lexicon().words["vague"] or (token.pos_ == "VERB" and lemma in _general()):
        return ""
    return lexicon().sense(lemma).side


@functools.cache
def _general() -> frozenset[str]:
    return lexicon().words["general"] - {"leave"}


def _phrase(head: Token) -> Iterator[Token]:
    """A phrase without the clauses that hang on it."""
    yield head
    for child in head.children:
        if child.dep_ in {"relcl", "advcl", "appos", "acl", "parataxis", "punct"}:
            continue
        if child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"}:
            continue
        yield from _phrase(child)


def _joined(parts: list[Part]) -> Part:
    if not parts:
        return Part()
    headed = next((p for p in parts if p.head), Part())
    return Part(
        headed.head,
        headed.is_noun,
        frozenset(w for p in parts for w in p.words),
        frozenset(w for p in parts for w in p.names),
        True,
        frozenset(w for p in parts for w in p.maybe),
    )


def _negatives(verb: Token) -> list[Token]:
    """The words that deny a verb."""
    found = [c for c in verb.children if c.dep_ == "neg" or c.lower_ in {"never", "hardly"}]
    for child in verb.children:
        if child.lower_ == "longer" and child.i and child.nbor(-1).lower_ == "no":
            found.append(child.nbor(-1))
        if child.dep_ in SUBJECTS | _PASSIVE | {"dobj", "attr"}:
            if child.lower_ in _NEGATIVE:
                found.append(child)
            found += [c for c in child.children if c.dep_ == "det" and c.lower_ in _NEGATIVE]
        if child.dep_ == "prep" and any(_has(c, "no") for c in child.children):
            found += [c for c in child.children if c.lemma_ in {"time", "way", "point"}]
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
    told = _attribution(token)
    return told[0] if told else "?"


def _attribution(verb: Token) -> tuple[str | None, bool] | None:
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
    return any(c.dep_ in SUBJECTS | _PASSIVE for c in verb.children)


def _reports(token: Token) -> bool:
    return token.lemma_ in lexicon().words["reporting"] and token.pos_ in {"VERB", "AUX"}


def _voice(verb: Token) -> str:
    subject = subject_of(verb)[0]
    if subject is None or subject.pos_ == "PRON":
        return "?"
    return str(subject.lemma_.casefold())


def _is_unreal(verb: Token) -> bool:
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
        c.dep_ in SUBJECTS | _PASSIVE and c.i > first.i for c in verb.children
    )


def _tense(verb: Token) -> str:
    if verb.dep_ == "xcomp" and verb.head.lemma_ in lexicon().words["failing"]:
        return _tense(verb.head)
    helpers = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    if any(c.lower_ in {"will", "'ll", "wo", "shall"} for c in helpers):
        return "future"
    if any(c.lower_ in {"has", "have", "'ve"} for c in helpers):
        return "perfect"
    tags = {t.tag_ for t in (helpers or [verb])}
    return "past" if "VBD" in tags else "present"
