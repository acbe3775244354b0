"""Where an article tells what one of its parties is to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from factcheck.checks.parties.cast import Cast, Member
from factcheck.checks.parties.relationlists import Frame, Relation, lists
from factcheck.checks.passages import Passage
from factcheck.records import Span
from factcheck.text.slots import (
    Slots,
    is_passive,
    noun_slots,
    surface_subjects,
    verb_slots,
    verb_word,
)
from factcheck.text.stances import telling

if TYPE_CHECKING:
    from spacy.tokens import Token

Parties: TypeAlias = "list[tuple[Token, Member]]"

_SAID = frozenset({"fact", "planned"})
"""Stances in which a text commits itself to what it tells."""
_SUPPOSING = frozenset({"if", "unless", "whether", "could", "might", "should", "were", "not"})
_SUFFERING = frozenset(
    "suffer face reject accept receive withstand survive fear avoid deny get welcome see".split()
)
"""Verbs whose subject is not the one who does what their object tells."""
_NO_SIGN = frozenset({"arrest", "giving", "marrying", "composing", "paying", "visit"})
"""Relations of which a telling with one party only tells nothing: anybody may pay somebody."""
_SAYING = frozenset("say tell claim allege maintain insist write argue complain state".split())
_AFTER = frozenset({"after", "with", "by", "in", "following", "through", "thanks"})
_CUE = 6
"""Words of a cue."""


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of a relation between two parties."""

    relation: Relation
    agent: Member
    patient: Member
    sentence: int
    span: Span
    """From the first to the last of its words and parties."""
    token: Token | None
    """The verb or noun; None for a result in figures."""
    implied: bool = False
    """Whether it only follows from another relation."""

    @property
    def sure(self) -> bool:
        """Whether both parties are named."""
        return self.agent.sure and self.patient.sure

    @property
    def nominal(self) -> bool:
        """Whether a noun tells it."""
        return self.token is not None and self.token.pos_ in {"NOUN", "PROPN"}


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that only one of the two parties does or is called."""

    relation: Relation
    side: str
    """`agent` or `patient`."""
    member: Member
    sentence: int
    span: Span
    token: Token | None = None
    """The word that tells it; None where it is what the party is called."""
    half: bool = False
    """Whether it is a telling of the relation that names one party only."""


def read_relations(passage: Passage, cast: Cast) -> Iterator[Told | Sign]:
    """Every telling of a relation between two parties, and what only one of them does or is."""
    for index, sentence in enumerate(passage.sentences):
        for token in sentence.doc:
            for frame, slots in _frames(token):
                yield from _told(token, frame, slots, passage, cast, index)
    yield from _signs(passage, cast)


def joined(signs: Sequence[Sign]) -> Iterator[Told]:
    """'A will write off what B owes': one word tells of the one party, another of the other."""
    by_sentence: dict[int, list[Sign]] = defaultdict(list)
    for sign in signs:
        if sign.token is not None:
            by_sentence[sign.sentence].append(sign)
    for index, near in by_sentence.items():
        agents, patients = ([s for s in near if s.side == side] for side in ("agent", "patient"))
        if len(agents) == len(patients) == 1 and not (
            agents[0].member.words & patients[0].member.words
        ):
            one, two = agents[0], patients[0]
            yield Told(one.relation, one.member, two.member, index, one.span, one.token)


def _told(
    token: Token, frame: Frame, slots: Slots, passage: Passage, cast: Cast, index: int
) -> Iterator[Told | Sign]:
    agents = _members(frame.agent or ("self",), slots, cast, index, token)
    patients = _members(frame.patient or ("self",), slots, cast, index, token)
    if not (agents or patients) or not _commits(token):
        return
    if not agents or not patients:
        yield from _half_told(token, frame, slots, agents, patients, passage, index)
    for (one, agent), (two, patient) in product(agents[:2], patients[:2]):
        if agent.words & patient.words or one == two:
            continue
        inside = [t.i for t in (token, one, two) if t.doc is token.doc]
        whole = token.doc[min(inside) : max(inside) + 1]
        span = passage.sentences[index].span_of(list(whole))
        yield Told(frame.relation, agent, patient, index, span, token)
        if frame.relation.implies:
            name = frame.relation.implies
            other = lists().relations[name.removeprefix("-")]
            turned = (patient, agent) if name.startswith("-") else (agent, patient)
            yield Told(other, *turned, index, span, token, True)


def _half_told(
    token: Token,
    frame: Frame,
    slots: Slots,
    agents: Parties,
    patients: Parties,
    passage: Passage,
    index: int,
) -> Iterator[Sign]:
    """'deliveries from Elmar' tells who supplies, though not whom."""
    missing = frame.patient if agents else frame.agent
    if any(slots.get(place) for place in missing) or verb_word(token) in lists().whole:
        return
    if frame.relation.name in _NO_SIGN:
        return
    side = "agent" if agents else "patient"
    for _, member in (agents or patients)[:1]:
        span = passage.sentences[index].span
        yield Sign(frame.relation, side, member, index, span, token, half=True)


def _members(
    places: tuple[str, ...], slots: Slots, cast: Cast, index: int, token: Token
) -> Parties:
    for place in places:
        found = [(h, cast.who(h, index)) for h in slots.get(place, []) if h.i != token.i]
        known = [(head, member) for head, member in found if member]
        if known:
            return known
    return []


def _commits(token: Token) -> bool:
    """Whether the text says it is so: nothing denied, feared or supposed, and by no accuser.

    'It was known that Brito would succeed Aldous' is no supposition.
    """
    how = telling(token)
    stance = how.stance
    if stance == "hypothetical" and any(child.lower_ == "would" for child in token.children):
        stance = "fact" if not {t.lower_ for t in token.doc} & _SUPPOSING else stance
    return stance in _SAID and not how.accusing


def _frames(token: Token) -> Iterator[tuple[Frame, Slots]]:
    if token.pos_ in {"VERB", "AUX"}:
        listed = [*lists().verbs.get(verb_word(token), ())]
        if not listed:
            listed = [f for f in lists().verbs.get(str(token.lemma_).casefold(), ()) if f.extra]
        slots: Slots | None = None
        for frame in listed:
            extra = _hanging(token, frame.extra) if frame.extra else None
            if frame.extra and extra is None:
                continue
            slots = slots or verb_slots(token)
            yield frame, _with_extra(slots, extra)
    elif token.pos_ in {"NOUN", "PROPN"}:
        listed = [*lists().nouns.get(str(token.lemma_).casefold(), ())]
        if listed:
            slots = noun_slots(token)
            if slots.get("poss") and slots.get("by"):
                slots["of"] = slots.get("of") or slots.pop("poss")
            for frame in listed:
                yield frame, _carried(token, frame, slots)


def _hanging(verb: Token, word: str) -> Token | None:
    near = [*verb.children, *(t for c in verb.children for t in c.children)]
    return next((t for t in near if word in {t.lemma_.casefold(), t.lower_}), None)


def _with_extra(slots: Slots, extra: Token | None) -> Slots:
    if extra is None:
        return slots
    merged: Slots = defaultdict(list, {place: list(heads) for place, heads in slots.items()})
    for place, heads in noun_slots(extra).items():
        if place != "adj" and not merged.get(place):
            merged[place] = heads
    merged["obj"] = [head for head in merged["obj"] if head.i != extra.i]
    return merged


def _carried(noun: Token, frame: Frame, slots: Slots) -> Slots:
    """The one who does what a noun tells, from the verb that carries it."""
    if "by" not in frame.agent or any(slots.get(place) for place in frame.agent):
        return _role_of(noun, frame, slots)
    verb = noun.head
    if noun.dep_ == "pobj" and noun.head.lower_ in _AFTER:
        verb = noun.head.head
        while verb.dep_ in {"attr", "dobj", "pobj", "prep"}:
            verb = verb.head
    elif noun.dep_ != "dobj":
        return slots
    if verb.pos_ not in {"VERB", "AUX"} or verb.lemma_ in _SUFFERING or is_passive(verb):
        return slots
    filled: Slots = defaultdict(list, {place: list(heads) for place, heads in slots.items()})
    filled["by"] = [t for t in surface_subjects(verb) if t.i != noun.i]
    return filled


def _role_of(noun: Token, frame: Frame, slots: Slots) -> Slots:
    """'X, owner of Y', 'X is the successor to Y': who bears the noun stands in the empty place."""
    if frame.agent and frame.patient:
        return slots
    bearer: list[Token] = []
    if noun.dep_ == "appos":
        bearer = [noun.head]
    elif noun.dep_ == "attr":
        bearer = surface_subjects(noun.head)
    else:
        bearer = [child for child in noun.children if child.dep_ == "appos"]
        if not bearer and noun.i + 1 < len(noun.doc) and noun.dep_ == "compound":
            bearer = [noun.head]
    filled: Slots = defaultdict(list, {place: list(heads) for place, heads in slots.items()})
    filled["self"] = bearer
    return filled


def _signs(passage: Passage, cast: Cast) -> Iterator[Told | Sign]:
    """What the article says of a party that only one side of a relation does or is."""
    for role, member, index in cast.roles():
        for relation, side in lists().roles.get(role, ()):
            yield Sign(relation, side, member, index, passage.sentences[index].span)
    for index, sentence in enumerate(passage.sentences):
        for token in sentence.doc:
            if token.pos_ not in {"VERB", "AUX"} or token.dep_ == "aux":
                continue
            yield from _charges(token, cast, index, sentence.span)
            if any(child.lower_ == "had" for child in token.children):
                continue  # of an earlier time
            words = _cue_words(token)
            for cue, relation, side in lists().cues.get(words[0], ()):
                if " ".join(words[: len(cue.split())]) != cue:
                    continue
                doers = (cast.who(head, index) for head in surface_subjects(token)[:2])
                for doer in filter(None, doers):
                    yield Sign(relation, side, doer, index, sentence.span, token)


def _charges(verb: Token, cast: Cast, index: int, span: Span) -> Iterator[Told | Sign]:
    """'X said that Y had hidden the cost' accuses; 'X said that the work was careless' blames."""
    governor = verb.head
    if verb.dep_ != "ccomp" or governor.lemma_ not in _SAYING or not _commits_saying(governor):
        return
    sayers = [member for t in surface_subjects(governor)[:1] if (member := cast.who(t, index))]
    if not sayers:
        return
    relations = lists().relations
    if verb.lemma_ in lists().wrongs:
        for head in surface_subjects(verb)[:1]:
            member = cast.who(head, index)
            if member and not member.words & sayers[0].words:
                yield Told(relations["accusation"], sayers[0], member, index, span, verb)
            if member is None or any(word.startswith("the ") for word in member.words):
                yield Sign(relations["accusation"], "agent", sayers[0], index, span, verb)
    elif any(c.dep_ == "acomp" and c.lower_ in lists().faults for c in verb.children):
        yield Sign(relations["criticism"], "agent", sayers[0], index, span, verb)


def _commits_saying(verb: Token) -> bool:
    return not any(child.dep_ == "neg" for child in verb.children)


def _cue_words(verb: Token) -> list[str]:
    """The lemmas of a verb and of what follows it; '=' before a passive, 'not' before a denial."""
    doc = verb.doc
    lead = "=" if is_passive(verb) else ""
    after = [
        t.lower_ if t.tag_ == "PRP$" else t.lemma_.casefold()
        for t in doc[verb.i + 1 : verb.i + 3 * _CUE]
        if t.pos_ not in {"DET", "PUNCT"} and t.tag_ != "RB"
    ]
    words = [lead + verb.lemma_.casefold(), *after[:_CUE]]
    negated = any(child.dep_ == "neg" for child in verb.children)
    return ["not", *words] if negated else words
