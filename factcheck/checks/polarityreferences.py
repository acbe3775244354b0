"""What the article affirms and its references deny, or the other way round, in other words.

Clause is held against clause. Each telling word of a clause is affirmed or denied by the words
that govern it ('makes no vow', 'refused to discuss', 'ruled out a return'), and two clauses
conflict when rare words that make up most of the shorter one are affirmed in one and denied in
the other, and no other passage says what the article says.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.lexicon import lexicon
from factcheck.checks.passages import Passage
from factcheck.checks.propositions import SUBJECTS, subject_of
from factcheck.records import Quotation
from factcheck.text.clauses import content as stems
from factcheck.text.clauses import governor, stem

if TYPE_CHECKING:
    from spacy.tokens import Token

_COMMONEST = 10
"""A word in more clauses of the references than this leads to no pair: keeps the cost linear."""
_NEEDED = 3.0
"""Weight of all that two clauses share, times its part of the shorter one, that is needed."""
_PART = 0.45
"""Least share of the shorter clause's weight that both must have."""
_BESIDE = 3.0
"""Weight beside the turned words that is needed where the article is what denies: it may well
deny what nobody said."""
_LONGEST = 100
"""Tokens of a sentence that is still read: longer ones are headings run into the text."""

_REACH = 12
"""Tokens from its verb beyond which a word is no longer taken to be denied with it."""
PASSIVE = frozenset({"nsubjpass", "csubjpass"})
_NEGATIVE = frozenset({"not", "n't", "never", "no", "nor"})
_NOBODY = frozenset({"no", "none", "nobody", "neither", "nothing", "no-one", "nowhere", "nor"})
_LIMITS = frozenset(
    "only just merely later earlier more less fewer doubt wonder matter until least yet".split()
)
"""'not only', 'no later than', 'no doubt': these deny nothing."""
_BOUNDARIES = frozenset({"advcl", "relcl", "acl", "parataxis", "csubj"})
_CONDITIONS = frozenset({"if", "unless", "whether", "until", "before", "how", "once"})
_CARRYING = frozenset(
    """
    accept believe think find agree admit deny dispute doubt consider confirm prove show expect
    suggest reject
    """.split()
)
_REFUSING = frozenset(
    """
    refuse decline reject deny dispute oppose waive lack fail rule_out turn_down exclude forbid ban
    prohibit abandon contest give_up forgo renounce withdraw cancel scrap drop stop prevent avoid
    lose end advise
    """.split()
)
_LEADING = frozenset(
    """
    refuse decline fail manage begin start continue agree offer intend plan decide promise vow
    pledge threaten be seem
    """.split()
)
_DOERS = ("er", "or", "ing", "ist", "ant")
_LIGHT = frozenset(
    """
    look find call let ask fall use touch write work hear know need show want fly see run
    include begin start continue expect mean kind sort way thing anything something nothing
    """.split()
)
_ROLES = frozenset({"dobj", "attr", "nsubj", "nsubjpass"})
_DEFINITE = frozenset("the this that these those his her its their our my your".split())
_FURTHER = frozenset("other more further better single longer second else".split())
_BOUNDS = frozenset({"before", "since", "until", "till", "except", "instead", "unless"})
_WISHING = frozenset("want hope wish ask demand fear suppose imagine claim suggest".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that is said to be so, and which of its telling words it affirms."""

    signs: Mapping[str, bool]
    """By stem of a word that may turn, whether it is affirmed."""
    points: Mapping[str, Token]
    """Those words."""
    objects: frozenset[str]
    """Telling words of what the verb is done to."""
    words: frozenset[str]
    """Stems of all its telling words, names among them."""
    around: frozenset[str]
    """Those of its whole sentence, and its numbers."""
    subject: frozenset[str]
    """Telling words of its subject; empty for a pronoun or where there is none."""
    verb: Token
    """The verb that governs it."""
    sentence: int
    """Index among the sentences of its passage."""
    passage: Passage
    """Where it is from."""

    def quote(self) -> Quotation:
        """Its words, from the first to the last."""
        near = [t for t in self.verb.doc if governor(t).i == self.verb.i and not t.is_punct]
        return self.passage.quote(self.passage.sentences[self.sentence].span_of(near))


@dataclass(frozen=True, slots=True)
class Denial:
    """A clause of the article with the clause of a reference that denies it."""

    ours: Clause
    theirs: Clause
    turned: frozenset[str]
    """Stems of the words affirmed in one and denied in the other."""
    weight: float
    """How telling these are, and what else the two sentences share."""
    part: float
    """Share of the shorter clause that both have, 0 to 1."""

    @property
    def affirmed(self) -> bool:
        """Whether the article is what affirms."""
        return all(self.ours.signs[key] for key in self.turned)

    @property
    def confidence(self) -> float:
        """0 to 1: the more the two share, the surer."""
        return min(0.7, 0.5 + 0.02 * self.weight * self.part)


def read_clauses(passage: Passage) -> Iterator[Clause]:
    """The clauses of a passage that it says are so or are not so, in order."""
    for index, sentence in enumerate(passage.sentences):
        doc = sentence.doc
        if len(doc) > _LONGEST or any(t.text == "?" for t in doc):
            continue
        groups: dict[int, list[Token]] = defaultdict(list)
        for token in doc:
            if not token.is_space:
                groups[governor(token).i].append(token)
        around = content(doc) | {t.lower_ for t in doc if t.like_num}
        for at, tokens in groups.items():
            verb = doc[at]
            if not _is_asserted(verb):
                continue
            points = _points(verb, tokens)
            if points:
                signs = {key: sign for key, (_, sign) in points.items()}
                places = {key: token for key, (token, _) in points.items()}
                yield Clause(
                    signs,
                    places,
                    _objects(verb),
                    content(tokens),
                    around,
                    _subject(verb),
                    verb,
                    index,
                    passage,
                )


def content(tokens: Iterable[Token]) -> frozenset[str]:
    """Stems of the telling words, words for one thing by the stem of the first of them."""
    found: set[str] = set()
    for token in tokens:
        sense = lexicon().senses.get(token.lemma_.casefold())
        one = stems([token])
        found |= {stem(sense.key)} if one and sense and not sense.about else one
    return frozenset(found)


def _subject(verb: Token) -> frozenset[str]:
    head, _ = subject_of(verb)
    return content(head.subtree) if head is not None and head.pos_ != "PRON" else frozenset()


def _objects(verb: Token) -> frozenset[str]:
    """Telling words of the verb's object; in 'the road which they closed' it stands before."""
    found = {t for c in verb.children if c.dep_ in {"dobj", "nsubjpass"} for t in content([c])}
    if verb.dep_ == "relcl" and any(
        c.dep_ in {"dobj", "nsubjpass"} and c.lower_ in {"which", "that", "who", "whom"}
        for c in verb.children
    ):
        found |= content([verb.head])
    return frozenset(found)


def _points(verb: Token, tokens: list[Token]) -> dict[str, tuple[Token, bool]]:
    """By stem, the verb and the nouns that it says to be there or not, and whether it does."""
    found: dict[str, tuple[Token, bool]] = {}
    for token in tokens:
        if token.lemma_.casefold() in _LIGHT or (token.i != verb.i and not _is_core(token, verb)):
            continue
        sign = affirmed(token)
        for key in content([token]):
            if sign is None or (sign is False and token.i != verb.i and _is_known(token)):
                continue
            found[key] = (token, sign)
    return found


def _is_core(token: Token, verb: Token) -> bool:
    """Whether a noun is what the verb says to be there or not."""
    if token.pos_ != "NOUN" or abs(token.i - verb.i) > _REACH:
        return False
    if token.dep_ == "pobj":
        alone = not any(c.dep_ == "dobj" for c in verb.children)
        return alone and bool(token.head.head.i == verb.i)
    return token.dep_ in _ROLES and token.head.i == verb.i


def _is_known(noun: Token) -> bool:
    """Whether a denied noun is there all the same ('did not raise its outlook', 'no such snow')."""
    marks = {c.lower_ for c in noun.children}
    if noun.dep_ == "pobj" and not marks & {"any", "no"}:
        return True
    if any(c.dep_ == "poss" for c in noun.children) or marks & _DEFINITE:
        return True
    if noun.dep_ in SUBJECTS | PASSIVE and content([noun.head]):  # 'no branch would shut'
        return True
    return _refuses(noun.head) or bool(marks & _FURTHER)


def affirmed(token: Token) -> bool | None:
    """Whether the words that govern `token` affirm it; None where that cannot be told."""
    sign, here = True, token
    before: Token | None = None
    for _ in range(12):
        denied = _denies(here, before)
        if denied is None:
            return None
        sign = sign != denied
        head = here.head
        if head.i == here.i or here.dep_ in _BOUNDARIES:
            break
        if here.dep_ == "conj" and (here.pos_ in {"VERB", "AUX"} or _has(head, "but")):
            break
        if here.dep_ == "ccomp" and not _carries(head):
            break
        before, here = here, head
    return sign


def _carries(verb: Token) -> bool:
    """Whether to deny the verb is to deny what it introduces ('does not believe that')."""
    return verb.lemma_ in _CARRYING


def _denies(here: Token, below: Token | None) -> bool | None:
    """Whether `here` or a word on it denies what stands below it (`here` itself if None)."""
    from_subject = below is not None and below.dep_ in SUBJECTS | PASSIVE
    at = below.i if below is not None else -1
    denied = False
    for child in here.children:
        low = child.lower_
        if low in _NEGATIVE or child.dep_ == "neg":
            if _next(child) in _LIMITS or here.lower_ in _LIMITS:
                continue
            if child.i > here.i and here.lemma_ != "be":  # 'broken not by her'
                continue
            if from_subject:
                return None
            denied = not denied
        elif child.dep_ in SUBJECTS | PASSIVE | {"dobj", "attr"} and child.i != at:
            if low in _NOBODY or any(c.lower_ in _NOBODY for c in child.children):
                if from_subject or _has(child, "else"):
                    return None
                denied = not denied
        elif child.dep_ == "prep" and low not in {"with", "for", "after"} and child.i != at:
            if any(c.lower_ == "no" for p in child.children for c in p.children):
                denied = not denied
    if below is not None:
        if here.lower_ in {"without", "outside"}:
            denied = not denied
        if _refuses(here):
            if below.dep_ not in {"xcomp", "ccomp", "pcomp"}:
                return None
            denied = not denied
    return denied


def _next(token: Token) -> str:
    return str(token.nbor().lower_) if token.i + 1 < len(token.doc) else ""


def _has(token: Token, word: str) -> bool:
    return any(c.lower_ == word for c in token.children)


def _refuses(verb: Token) -> bool:
    if verb.pos_ not in {"VERB", "NOUN"}:
        return False
    particles = [c.lower_ for c in verb.children if c.dep_ == "prt"]
    return "_".join([verb.lemma_.casefold(), *particles]) in _REFUSING


def _is_asserted(verb: Token) -> bool:
    """Whether a clause has a finite verb and is no condition, possibility or wish."""
    here = verb
    if any(c.dep_ in {"prep", "advcl"} and _starts(c) in _BOUNDS for c in verb.children):
        return False
    if not _is_finite(verb):
        return False
    for _ in range(6):
        for child in here.children:
            if child.dep_ == "aux" and child.lower_ in {"could", "may", "might", "can", "should"}:
                return False
            if child.dep_ in {"mark", "advmod"} and child.lower_ in _CONDITIONS:
                return False
        if here.head.i == here.i or any(t.text == ";" for t in _between(here, here.head)):
            break
        if here.dep_ == "ccomp" and here.head.lemma_ in _WISHING:
            return False
        here = here.head
    return True


def _between(one: Token, other: Token) -> Iterable[Token]:
    first, last = sorted((one.i, other.i))
    return one.doc[first:last]


def _starts(token: Token) -> str:
    return str(token.doc[token.left_edge.i].lower_)


def _is_finite(verb: Token) -> bool:
    if verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"pcomp", "acl", "csubj", "amod"}:
        return False
    if verb.dep_ == "xcomp":
        return verb.head.lemma_ in _LEADING
    helped = any(c.dep_ == "aux" and c.lower_ != "to" for c in verb.children)
    if _has_aux_to(verb) or (verb.tag_ == "VB" and not helped):
        return False
    if any(c.dep_ in SUBJECTS | PASSIVE for c in verb.children):
        return True
    return verb.dep_ in {"ROOT", "conj", "relcl"}


def _has_aux_to(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def denials(article: Passage, references: Iterable[Passage]) -> Iterator[Denial]:
    """For each clause of the article the clause of a reference that denies it, where one does."""
    stated = list(read_clauses(article))
    passages = list(references)
    known = [clause for passage in passages for clause in read_clauses(passage)]
    weight = _weights([*stated, *known])
    said, own = _tally(known), _tally(stated)
    mentions = Counter(
        key for p in passages for s in p.sentences for token in s.doc for key in content([token])
    )
    places: dict[str, list[Clause]] = defaultdict(list)
    for clause in known:
        for key in clause.signs:
            places[key].append(clause)
    for ours in stated:
        keys = [
            key
            for key, sign in ours.signs.items()
            if len(places[key]) <= _COMMONEST and not said[key, sign] and not own[key, not sign]
        ]
        found = {id(c): c for key in keys for c in places[key]}
        held = [d for c in found.values() if (d := _held_against(ours, c, weight))]
        best = max(held, key=lambda d: d.weight * d.part, default=None)
        if best and all(2 * said[k, not ours.signs[k]] >= mentions[k] for k in best.turned):
            yield best


def _tally(clauses: Iterable[Clause]) -> Counter[tuple[str, bool]]:
    return Counter((key, sign) for clause in clauses for key, sign in clause.signs.items())


def _held_against(ours: Clause, theirs: Clause, weight: Mapping[str, float]) -> Denial | None:
    shared = ours.signs.keys() & theirs.signs.keys()
    turned = frozenset(key for key in shared if ours.signs[key] != theirs.signs[key])
    if not turned or len(turned) < len(shared):
        return None
    if not all(_is_one_word(ours, theirs, key) for key in turned):
        return None
    denying, other = (theirs, ours) if all(ours.signs[key] for key in turned) else (ours, theirs)
    if denying.subject - other.around == denying.subject and not denying.subject & turned:
        if denying.subject:
            return None
    common = ours.words & theirs.words
    fewer = min(_sum(c.words, weight) for c in (ours, theirs))
    total = _sum(common, weight) + 0.5 * _sum(ours.around & theirs.around - common, weight)
    part = _sum(common, weight) / fewer if fewer else 0.0
    beside = total - _sum(turned, weight)
    if part < _PART or total * part < _NEEDED:
        return None
    if beside < _BESIDE and not all(ours.signs[key] for key in turned):
        return None
    return Denial(ours, theirs, turned, total, part)


def _is_one_word(ours: Clause, theirs: Clause, key: str) -> bool:
    """Whether a word with one stem in both clauses is used alike, of things that may be one."""
    one, other = ours.points[key], theirs.points[key]
    if one.pos_ == other.pos_ and one.lemma_.casefold() != other.lemma_.casefold():
        return False
    if one.pos_ != other.pos_ and _is_doer(one) != _is_doer(other):
        return False
    if [c.lower_ for c in one.children if c.dep_ == "prt"] != [
        c.lower_ for c in other.children if c.dep_ == "prt"
    ]:
        return False
    if one.i != ours.verb.i or other.i != theirs.verb.i:
        return True
    if bool(ours.objects) != bool(theirs.objects) and not ours.words & theirs.words - {key}:
        return False
    apart = ours.subject and theirs.subject and not ours.subject & theirs.subject
    return not apart and not (ours.objects and theirs.objects and not ours.objects & theirs.objects)


def _is_doer(token: Token) -> bool:
    return bool(token.lemma_.casefold().endswith(_DOERS))


def _sum(words: Iterable[str], weight: Mapping[str, float]) -> float:
    return sum(weight.get(word, 3.0) for word in words)


def _weights(clauses: list[Clause]) -> dict[str, float]:
    counts = Counter(key for clause in clauses for key in clause.words)
    return {key: math.log(1 + len(clauses) / (1 + n)) for key, n in counts.items()}
