"""The parties of an event as a sentence names them: names, pronouns, 'its neighbor', roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.records import Span
from factcheck.text.actors import Actor, Actors
from factcheck.text.eventwords import event_words
from factcheck.text.gazetteer import gazetteer
from factcheck.text.names import is_name_word, run_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from factcheck.text.parsing import ParsedSentence

_PEOPLE = frozenset({"he", "she", "him", "her", "his", "hers", "who"})
_THINGS = frozenset({"it", "its"})
_WRITERS = frozenset({"we", "us", "our"})
_MANY = frozenset({"they", "them", "their"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part in an event, and the words that name him there."""

    actor: Actor | None
    """Who it is; None for a pronoun that cannot be resolved."""
    span: Span
    """The words, in the text that the sentences' spans are of."""
    sentence: int
    """Which sentence the words stand in."""
    sure: bool
    """False where a pronoun or a bare description had to be resolved."""
    words: frozenset[str]
    """The words, casefolded."""


@dataclass(frozen=True)
class Reading:
    """One sentence among its neighbours, with the names of the text."""

    sentences: Sequence[ParsedSentence]
    """Consecutive sentences of one text."""
    index: int
    """Which of them is read."""
    actors: Actors
    """The names of the text."""
    voice: Actor | None = None
    """Who wrote the text, where known."""

    @property
    def sentence(self) -> ParsedSentence:
        """The sentence that is read."""
        return self.sentences[self.index]

    def party(self, head: Token, territory: bool, adjective: bool) -> Party | None:
        """The party that the phrase headed by `head` names; None where it names nobody.

        Args:
            head: head of the phrase.
            territory: whether a place of a state stands for it.
            adjective: whether the word is a state's adjective before an event ('Russian attack').
        """
        if adjective:
            return self._made(self.actors.demonym(head.text), [head], True)
        if self._is_voice(head):
            return self._made(self.voice, _words_of(head), True)
        if head.pos_ == "PRON" or head.tag_ == "PRP$":
            return self._pronoun(head)
        other = self._other(head)
        if other:
            return self._made(other, _words_of(head), True)
        actor = self.actors.at(head, territory)
        return self._made(actor, _words_of(head), True) if actor else None

    def _is_voice(self, head: Token) -> bool:
        """'we' and 'the company' in a statement of its own."""
        if self.voice is None:
            return False
        definite = any(child.lower_ == "the" for child in head.children)
        by_noun = definite and head.lemma_.casefold() in gazetteer().words["writers"]
        if not by_noun:
            return head.lower_ in _WRITERS
        actor = self.actors.at(head)
        return actor is None or actor.kind == "described"

    def _made(self, actor: Actor | None, words: list[Token], sure: bool) -> Party:
        return Party(
            actor,
            self.sentence.span_of(words),
            self.index,
            sure and actor is not None and actor.kind != "described",
            frozenset(word.text.casefold() for word in words),
        )

    def _pronoun(self, token: Token) -> Party | None:
        if token.lower_ not in _PEOPLE | _THINGS | _MANY:
            return None
        return self._made(self._antecedent(token), [token], False)

    def _antecedent(self, pronoun: Token) -> Actor | None:
        """The subject before it, in its sentence or the one before, if it can be that one."""
        for subject in self._subjects_before(pronoun):
            actor = self.actors.at(subject)
            if actor and _fits(pronoun, actor):
                return actor
            if subject.pos_ != "PRON":
                return None
        return None

    def _subjects_before(self, pronoun: Token) -> Iterator[Token]:
        doc = pronoun.doc
        yield from (t for t in reversed(doc[: pronoun.i]) if t.dep_ in _SUBJECTS)
        if self.index:
            before = self.sentences[self.index - 1].doc
            yield from (t for t in before if t.dep_ in _SUBJECTS and t.head.dep_ == "ROOT")

    def _other(self, head: Token) -> Actor | None:
        """'its neighbor': somebody else than the one that 'its' stands for."""
        if head.lemma_.casefold() not in gazetteer().words["others"]:
            return None
        for child in head.children:
            if child.dep_ != "poss":
                continue
            owner = self._antecedent(child) if child.pos_ == "PRON" else self.actors.at(child)
            if owner:
                return Actor(owner.side, f"{child.text} {head.text}", "other")
        return None


def _fits(pronoun: Token, actor: Actor) -> bool:
    if pronoun.lower_ in _MANY:
        return actor.kind == "described"
    if actor.kind == "described":
        return pronoun.lower_ in _THINGS
    bodies = gazetteer().words["bodies"]
    is_body = actor.kind == "state" or bool(bodies & set(actor.key.split()))
    if pronoun.lower_ in _THINGS:
        return is_body or len(actor.key.split()) != 2
    return not is_body


def _words_of(head: Token) -> list[Token]:
    """The words that name a party: the name, or the noun with what goes before it."""
    if is_name_word(head):
        return run_of(head)
    before = [
        child
        for child in head.children
        if child.i < head.i and child.dep_ in {"det", "amod", "compound", "poss", "nmod"}
    ]
    after = [child for child in head.children if child.dep_ == "appos" and is_name_word(child)]
    return [*before, head, *(word for name in after for word in run_of(name))]


def party_pairs(
    sentences: Sequence[ParsedSentence], actors: Actors
) -> Iterator[tuple[str, Party, Party]]:
    """Kind, agent and patient where a text names both by what they are: 'the lender', 'Defendant:'.

    Only where it names exactly one of each.
    """
    found: dict[tuple[str, str], dict[str, Party]] = {}
    for index, sentence in enumerate(sentences):
        reading = Reading(sentences, index, actors)
        for token in sentence.doc:
            role = event_words().parties.get(_singular(token))
            party = _role_bearer(token, reading) if role else None
            if role and party and party.actor:
                found.setdefault(role, {}).setdefault(party.actor.key, party)
    for (kind, side), agents in found.items():
        patients = found.get((kind, "patient"), {})
        if side == "agent" and len(agents) == len(patients) == 1 and set(agents) != set(patients):
            yield kind, next(iter(agents.values())), next(iter(patients.values()))


def _singular(token: Token) -> str:
    return str(token.text).casefold().removesuffix("s")


def _role_bearer(token: Token, reading: Reading) -> Party | None:
    """Who is named as the party: 'the lender, X', 'X, as lender', 'Defendant: X', 'the buyer X'."""
    doc = token.doc
    names = [child for child in token.children if child.dep_ == "appos" and is_name_word(child)]
    if token.dep_ == "appos" and is_name_word(token.head):
        names.append(token.head)
    following = doc[token.i + 1 : token.i + 3]
    if len(following) == 2 and _introduces(following[0], following[1]):
        names.append(following[1])
    elif len(following) and is_name_word(following[0]) and token.pos_ == "NOUN":
        names.append(following[0])
    before = doc[max(0, token.i - 3) : token.i]
    if any(word.lower_ == "as" for word in before):
        names += [_outermost(t) for t in reversed(doc[: token.i]) if is_name_word(t)][:1]
    if not names:
        return None
    head = run_of(names[0])[-1] if is_name_word(names[0]) else names[0]
    return reading.party(head, False, False)


def _introduces(mark: Token, word: Token) -> bool:
    """'Plaintiffs: Parents for Crane', 'the lender, Tamsin Bank'."""
    return (mark.text == ":" and word.text[:1].isupper()) or (
        mark.text == "," and is_name_word(word)
    )


def _outermost(name: Token) -> Token:
    """'National Museum' of 'the National Museum in Accra'."""
    while name.dep_ == "pobj" and is_name_word(name.head.head) and name.head.head.i < name.i:
        name = name.head.head
    return name
