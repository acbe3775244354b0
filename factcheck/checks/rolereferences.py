"""Deeds of the article that a reference tells with the two parties the other way round.

A clause of the article is held against the clauses of the references that tell a deed of the same
kind (text/data/deeds.toml): its agent must be the patient there and its patient the agent, and no
reference may tell it the article's way.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from factcheck.checks.alignment import weights
from factcheck.checks.figures import Finding
from factcheck.checks.passages import Passage
from factcheck.records import Evidence, Span
from factcheck.text.clauses import content, stem
from factcheck.text.eventwords import Frame, event_words
from factcheck.text.gazetteer import bare, gazetteer, table
from factcheck.text.names import is_name_word, name_of, run_of
from factcheck.text.slots import Slots, noun_slots, verb_slots, verb_word

if TYPE_CHECKING:
    from spacy.tokens import Token

_SURE, _MAYBE = 2.0, 1.0
"""What a party counts that is surely, or only possibly, the one of the other telling."""
_LEAST = 3.0
"""Least sum for the two parties: one sure and one possible."""
_CONTEXT = 4.0
"""Weight of the words in common that makes surer."""
_SURER, _LESS_SURE = 0.65, 0.55
"""Confidence with and without both parties sure or much in common."""
_BY_TURNS = frozenset({"accusation"})
"""Kinds of events of data/events.toml that go both ways between two parties."""
_NUMBER = 4.0
"""Weight of a figure in common."""
_REACH = 16
"""Words to either side of a deed that are its surroundings."""
_COMMONEST = 200
"""A kind of deed that the references tell more often tells nothing: keeps the cost linear."""
_WRITERS = frozenset("i we us me my our myself ourselves mine ours".split())
_OTHERS = frozenset("he she him her his hers they them their it its who whom himself".split())
_GENDERS = {
    **dict.fromkeys(("he", "him", "his"), "he"),
    **dict.fromkeys(("she", "her", "hers"), "she"),
    **dict.fromkeys(_WRITERS, "i"),
}
_GETTING = frozenset({"get", "receive", "have"})
_COURTS = frozenset({"court", "tribunal", "law", "commission", "arbitration"})
_MODIFIERS = frozenset({"compound", "poss", "amod", "nmod", "appos"})
_LABEL = re.compile(r"^\s*(?:[A-Z][\w.'’-]*\s?){1,4}:")
_VERSUS = re.compile(r"(?:^|: )([^:]+?) vs?\.? ([^:]+)")
_PEOPLE = re.compile(r"(?:i?ans?|eans?|ese|ia|[iae])$")
_WORD = re.compile(r"[^\W\d_]{3,}")

Words = frozenset[str]
_NONE: Words = frozenset()


@dataclass(frozen=True, slots=True)
class _Who:
    """A party of a deed: what it is called, and what it may be called."""

    token: Token | None
    """The head of its phrase; None in the name of a lawsuit."""
    names: Words
    """Words of its name, and the state it is of."""
    nouns: Words
    """What it is, with the groups of like nouns."""
    maybe: Words
    """What it may be called besides: by a pronoun, an alias, the title of the reference."""

    @property
    def writes(self) -> bool:
        """Whether it is 'I' or 'we'."""
        return self.gender == "i"

    @property
    def called(self) -> str:
        """Its name or noun as written."""
        if self.token is None:
            return " ".join(sorted(self.names))
        words = run_of(self.token) if is_name_word(self.token) else [self.token]
        return " ".join(token.text for token in words)

    @property
    def gender(self) -> str:
        """Equal for pronouns that may stand for one person; empty for other words."""
        return _GENDERS.get(self.token.lower_, "") if self.token else ""

    def without(self, other: _Who) -> _Who:
        """Without what it has in common with the other party."""
        shared = other.names | other.nouns
        return _Who(
            self.token, self.names - other.names, self.nouns - other.nouns, self.maybe - shared
        )


@dataclass(frozen=True, slots=True)
class _Deed:
    """One telling of a deed."""

    kind: str
    """Equal for words that tell deeds alike."""
    agent: _Who
    """Who does it."""
    patient: _Who
    """Whom it is done to."""
    near: Words
    """Stems and figures around it."""
    span: Span
    """From the first to the last word of the deed and its parties."""
    passage: Passage
    """Where it is told."""


@dataclass(frozen=True)
class _Lists:
    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]
    parties: Mapping[str, Words]
    mutual: Words
    holdings: Words


@functools.cache
def _lists() -> _Lists:
    """Frames by verb and by noun, nouns by the party they may stand for."""
    raw = table("deeds.toml")
    words: dict[str, list[Frame]] = defaultdict(list)
    for kind, entries in raw["deeds"].items():
        for entry in entries.replace("\n", ";").split(";"):
            if entry.strip():
                word, agent, patient = entry.split()
                frame = Frame(kind, word, tuple(agent.split("|")), tuple(patient.split("|")), False)
                words[word].append(frame)
    nominal = {w for w, frames in words.items() if any("by" in f.agent for f in frames)}
    verbs = {w: tuple(f for f in fs if "by" not in f.agent) for w, fs in words.items()}
    nouns = {w: tuple(f for f in words[w] if "by" in f.agent) for w in nominal}
    parties: dict[str, set[str]] = defaultdict(set)
    for group, listed in raw["parties"].items():
        for word in listed.split():
            parties[word].add(f"a {group}")
    return _Lists(
        verbs,
        nouns,
        {word: frozenset(groups) for word, groups in parties.items()},
        frozenset(raw["verbs"]["mutual"].split()),
        frozenset(raw["holdings"]["words"].split()),
    )


def turned_deeds(article: Passage, references: Sequence[Passage]) -> Iterator[Finding]:
    """Deeds of the article whose parties the references have the other way round."""
    aliases = _aliases([article, *references])
    known: dict[str, list[_Deed]] = defaultdict(list)
    for passage in references:
        for deed in (*_deeds(passage, aliases), *_lawsuit(passage)):
            known[deed.kind].append(deed)
    weight = weights(s for passage in (article, *references) for s in passage.sentences)
    for deed in _deeds(article, aliases):
        listed = known[deed.kind]
        found = _turned(deed, listed, weight) if len(listed) <= _COMMONEST else None
        if found:
            yield _finding(deed, *found)


def _turned(
    ours: _Deed, known: Sequence[_Deed], weight: Mapping[str, float]
) -> tuple[_Deed, float] | None:
    """The reference's deed that is likest to the article's turned round, and how sure that is.

    None where none is turned round, or where another is told the article's way.
    """
    best: tuple[float, _Deed, float] | None = None
    for theirs in known:
        crossed = _both(_link(ours.agent, theirs.patient), _link(ours.patient, theirs.agent))
        straight = _both(_link(ours.agent, theirs.agent), _link(ours.patient, theirs.patient))
        if straight >= max(crossed, _SURE):
            return None
        if crossed >= _LEAST and crossed > straight:
            common = sum(weight.get(word, _NUMBER) for word in _context(ours, theirs))
            sure = _SURER if crossed > _LEAST or common >= _CONTEXT else _LESS_SURE
            if best is None or crossed + common > best[0]:
                best = crossed + common, theirs, sure
    return best[1:] if best else None


def _both(one: float, other: float) -> float:
    """What two links count together: nothing unless both hold."""
    return one + other if one and other else 0.0


def _context(ours: _Deed, theirs: _Deed) -> Words:
    parties = {
        stem(word)
        for who in (ours.agent, ours.patient, theirs.agent, theirs.patient)
        for word in who.names | who.nouns
    }
    return (ours.near & theirs.near) - parties


def _link(one: _Who, other: _Who) -> float:
    if one.names & other.names:
        return _SURE
    if one.nouns & other.nouns and not (one.names and other.names):
        return _SURE
    if one.gender and one.gender == other.gender:
        return _MAYBE
    possible = (one.names | one.nouns) & other.maybe or (other.names | other.nouns) & one.maybe
    return _MAYBE if possible else 0.0


def _deeds(passage: Passage, aliases: Mapping[str, Words]) -> Iterator[_Deed]:
    for index, sentence in enumerate(passage.sentences):
        for token in sentence.doc:
            for frame, slots in _frames(token):
                agents = list(_parties(frame.agent, slots, passage, index, aliases))
                patients = list(_parties(frame.patient, slots, passage, index, aliases))
                for agent, patient in product(agents[:2], patients[:2]):
                    if agent.token != patient.token:
                        yield _deed(token, frame, agent, patient, passage, index)


def _lawsuit(passage: Passage) -> Iterator[_Deed]:
    """'Alder Mills v Borrow Council' in the title of a reference: who sues first, then whom."""
    source = passage.source
    named = _VERSUS.search(source.title) if isinstance(source, Evidence) else None
    if named and passage.sentences:
        claimant, defendant = (_titled(words) for words in named.groups())
        span = passage.sentences[0].span
        agent, patient = claimant.without(defendant), defendant.without(claimant)
        yield _Deed("suing", agent, patient, _NONE, span, passage)


def _titled(words: str) -> _Who:
    listed = {word.casefold() for word in _WORD.findall(words)}
    names = {_name_key(w) for w in listed - gazetteer().words["bodies"] - _lists().parties.keys()}
    nouns = {group for word in listed for group in _groups(word)}
    return _Who(None, frozenset(names), frozenset(nouns), _NONE)


def _deed(
    token: Token, frame: Frame, agent: _Who, patient: _Who, passage: Passage, index: int
) -> _Deed:
    doc = token.doc
    window = doc[max(0, token.i - _REACH) : token.i + _REACH + 1]
    near = content(window) - {stem(token.lemma_)} | {t.lower_ for t in window if t.like_num}
    inside = [t for t in (token, agent.token, patient.token) if t and t.doc is doc]
    whole = doc[min(t.i for t in inside) : max(t.i for t in inside) + 1]
    span = passage.sentences[index].span_of(whole)
    return _Deed(frame.kind, agent.without(patient), patient.without(agent), near, span, passage)


def _frames(token: Token) -> Iterator[tuple[Frame, Slots]]:
    """Each way in which a word tells a deed, with what stands in the places about it."""
    if token.pos_ == "VERB" and not any(child.dep_ == "neg" for child in token.children):
        word = "take_to_court" if _goes_to_court(token) else verb_word(token)
        frames = [*_lists().verbs.get(word, ()), *_events(event_words().verbs, word)]
        if not frames and word not in _lists().mutual:
            frames.append(Frame(f"to {word}", word, ("subj",), ("obj", "dative"), False))
        slots = verb_slots(token) if frames else {}
        yield from ((frame, slots) for frame in frames)
    elif token.pos_ == "NOUN":
        lemma = str(token.lemma_).casefold()
        frames = [*_lists().nouns.get(lemma, ()), *_events(event_words().nouns, lemma)]
        slots = _noun_slots(token) if frames else {}
        yield from ((frame, slots) for frame in frames)


def _events(frames: Mapping[str, Sequence[Frame]], word: str) -> list[Frame]:
    """The frames of an event word, without accusations: two parties accuse each other."""
    return [frame for frame in frames.get(word, ()) if frame.kind not in _BY_TURNS]


def _noun_slots(noun: Token) -> Slots:
    """The places about a noun of a deed; who gets an order is the one it is given to."""
    slots = noun_slots(noun)
    if noun.dep_ == "dobj" and noun.head.lemma_ in _GETTING:
        about = verb_slots(noun.head)
        slots["to"], slots["from"] = about["subj"], slots["from"] or about["from"]
    return slots


def _goes_to_court(verb: Token) -> bool:
    if verb.lemma_ != "take":
        return False
    places = [*verb_slots(verb).get("to", ()), *(c for c in verb.children if c.dep_ == "xcomp")]
    return any(_low(place) in _COURTS for place in places)


def _parties(
    places: Iterable[str],
    slots: Slots,
    passage: Passage,
    index: int,
    aliases: Mapping[str, Words],
) -> Iterator[_Who]:
    for place in places:
        found = [_who(head, passage, index, aliases) for head in slots.get(place, [])]
        known = [who for who in found if who.names or who.nouns or who.maybe or who.writes]
        if known:
            yield from known
            return


def _who(head: Token, passage: Passage, index: int, aliases: Mapping[str, Words]) -> _Who:
    if head.lower_ in _WRITERS:
        return _Who(head, _NONE, _NONE, _voices(passage, index))
    if head.lower_ in _OTHERS:
        return _Who(head, _NONE, _NONE, _antecedents(head, passage, index, aliases))
    names, nouns = _called(head)
    maybe = {alias for word in names | nouns for alias in aliases.get(word, ())}
    held = head.lemma_.casefold() in _lists().holdings
    for owner in _owners(head):
        its_names, its_nouns = _called(owner)
        maybe |= its_names | its_nouns
        if held:
            names, nouns = names | its_names, nouns | its_nouns
    if head.lower_ in _voices(passage, index):
        maybe |= _voices(passage, index)
    return _Who(head, names, nouns, frozenset(maybe) - names - nouns)


def _owners(head: Token) -> Iterator[Token]:
    """'the Front' of 'the camp of the Front' and 'the Front's camp'."""
    for child in head.children:
        if child.dep_ == "poss":
            yield child
        elif child.dep_ == "prep" and child.lower_ in {"of", "from", "to", "for"}:
            yield from (inner for inner in child.children if inner.dep_ == "pobj")


def _called(head: Token) -> tuple[Words, Words]:
    """The words of the name, and the group of the noun, that a phrase calls its party by."""
    names: set[str] = set()
    nouns: set[str] = set()
    if is_name_word(head):
        names |= _name_words(head)
        if gazetteer().state(name_of(run_of(head))):
            nouns.add("a government")
        nouns |= {group for word in run_of(head) for group in _lists().parties.get(_low(word), ())}
    elif head.pos_ in {"NOUN", "PROPN"} and head.lower_ not in gazetteer().words["nobody"]:
        nouns |= _groups(head.lemma_)
    for child in head.children:
        if child.dep_ not in _MODIFIERS:
            continue
        state = gazetteer().demonym(child.text)
        if state:
            names.add(_name_key(state.key))
        elif is_name_word(child):
            names |= _name_words(child)
        elif child.dep_ == "appos" and child.pos_ == "NOUN":
            names, nouns = names | _called(child)[0], nouns | _called(child)[1]
        elif child.dep_ == "compound" and child.pos_ == "NOUN":
            nouns |= _groups(child.lemma_)
        elif child.dep_ == "amod":
            capitals = [word for word in (child, *child.children) if word.text[:1].isupper()]
            names |= {_name_key(word.text) for word in capitals}
    return frozenset(names), frozenset(nouns)


def _name_words(token: Token) -> set[str]:
    words = {word.lower_ for word in run_of(token) if len(word.text) > 2}
    state = gazetteer().state(name_of(run_of(token)))
    if state:
        words |= set(bare(state.key).split())
    words -= gazetteer().titles | gazetteer().words["bodies"] | {"the", "and", "for"}
    return {_name_key(word) for word in words if word not in _lists().parties}


def _name_key(word: str) -> str:
    """A name without the ending by which a people differs from its country."""
    low = word.casefold()
    cut = _PEOPLE.sub("", low)
    return cut if len(cut) > 3 else low


def _low(token: Token) -> str:
    low = str(token.lower_)
    return low if low in _lists().parties else low.removesuffix("s")


def _groups(lemma: str) -> Words:
    """A noun with the groups of nouns like it."""
    low = lemma.casefold()
    return _lists().parties.get(low, _NONE) | {low}


def _voices(passage: Passage, index: int) -> Words:
    """What the writer or speaker of a reference may be called."""
    source = passage.source
    if not isinstance(source, Evidence):
        return _NONE
    text = f"{source.title} {source.publisher}"
    for sentence in reversed(passage.sentences[: index + 1]):
        label = _LABEL.match(sentence.doc.text)
        if label:
            text = label.group()
            break
    return frozenset(key for w in _WORD.findall(text) for key in {*_groups(w), _name_key(w)})


def _antecedents(
    pronoun: Token, passage: Passage, index: int, aliases: Mapping[str, Words]
) -> Words:
    """What somebody named before a pronoun, in its sentence or the one before, is called."""
    found: set[str] = set()
    before = list(passage.sentences[index - 1].doc) if index else []
    for token in [*before, *pronoun.doc[: pronoun.i]]:
        if token.pos_ == "PROPN" and is_name_word(token):
            found |= _name_words(token)
        elif token.pos_ == "NOUN" and token.dep_ in {"nsubj", "nsubjpass"}:
            found |= _groups(token.lemma_)
    return frozenset(found)


def _aliases(passages: Iterable[Passage]) -> dict[str, Words]:
    """For each noun the names it is set beside ('the mayor, Lorraine Beech'), and back."""
    beside: dict[str, set[str]] = defaultdict(set)
    for passage in passages:
        for sentence in passage.sentences:
            for token in sentence.doc:
                if token.dep_ in {"appos", "compound"} and token.head.pos_ in {"NOUN", "PROPN"}:
                    _set_beside(token, token.head, beside)
                    _set_beside(token.head, token, beside)
    return {word: frozenset(others) for word, others in beside.items() if len(others) <= 4}


def _set_beside(noun: Token, name: Token, beside: dict[str, set[str]]) -> None:
    if is_name_word(noun) and noun.lower_ not in gazetteer().titles:
        return
    if noun.pos_ in {"NOUN", "PROPN"} and is_name_word(name):
        for word in _name_words(name):
            beside[noun.lemma_.casefold()].add(word)
            beside[word].add(noun.lemma_.casefold())


def _finding(ours: _Deed, theirs: _Deed, confidence: float) -> Finding:
    here, there = ours.passage.quote(ours.span), theirs.passage.quote(theirs.span)
    return Finding(
        ours.span,
        there,
        f"Here it is '{ours.agent.called}' that acts on '{ours.patient.called}' ('{here.text}'), "
        f"but {theirs.passage.name} has it the other way round: '{there.text}'.",
        confidence,
    )
