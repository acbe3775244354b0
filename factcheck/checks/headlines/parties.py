"""Who did what to whom in a headline, where the text has it the other way round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from factcheck.checks.headlines.parts import Read

if TYPE_CHECKING:
    from spacy.tokens import Token


_CROWDS = frozenset("man woman men women boy girl police people player team officer".split())
"""Of these an article may tell of two."""

Exchange: TypeAlias = "tuple[list[Token], Read, Sequence[Token]]"
"""Words of the headline; the sentence that has it otherwise, and its words."""


def find_turned(headline: Read, body: Sequence[Read]) -> Iterator[Exchange]:
    """Two parties of the headline whom the body has the other way round."""
    for subject, verb, patient in _events(headline):
        same = [e for s in body for e in _named(s, verb)]
        straight = [e for _, e in same if (_key(e[0]), _key(e[2])) == (subject, patient)]
        turned = [(s, e) for s, e in same if (_key(e[0]), _key(e[2])) == (patient, subject)]
        if turned and not straight:
            sentence, event = turned[0]
            yield (
                [t for t in headline.parsed.doc if _key(t) in {subject, patient}],
                sentence,
                event,
            )


def find_done_to(headline: Read, body: Sequence[Read]) -> Iterator[Exchange]:
    """'Mayor sues newspaper' where the body only has somebody suing the mayor."""
    for verb in headline.parsed.doc:
        parties = _parties(verb) if verb.pos_ == "VERB" and headline.free[verb.i] else None
        doer = parties[0] if parties else None
        if doer is None or doer.pos_ not in {"NOUN", "PROPN"} or _key(doer) in _CROWDS:
            continue
        told = list(_told(body, verb.lemma_.lower()))
        acts = any(_key(doer) in _called(who) for _, _, (who, _) in told)
        turned = [
            (sentence, parties)
            for sentence, other, parties in told
            if sentence.free[other.i] and _key(doer) in _called(parties[1])
        ]
        if turned and not acts:
            sentence, ends = turned[0]
            first, last = sorted(token.i for token in ends)
            yield [doer, verb], sentence, list(sentence.parsed.doc[first : last + 1])


def _told(body: Sequence[Read], lemma: str) -> Iterator[tuple[Read, Token, tuple[Token, Token]]]:
    """Each clause of the body with that verb and both its parties."""
    for sentence in body:
        for verb in sentence.parsed.doc:
            if verb.pos_ == "VERB" and verb.lemma_.lower() == lemma:
                parties = _parties(verb)
                if parties is not None:
                    yield sentence, verb, parties


def _called(token: Token) -> frozenset[str]:
    """A party by its noun and by what stands in apposition to it."""
    beside = [c for c in token.children if c.dep_ in {"appos", "compound"}]
    return frozenset(_key(t) for t in (token, *beside))


def _events(sentence: Read) -> Iterator[tuple[str, str, str]]:
    """Who did what to whom, of named parties, in the headline."""
    for token in sentence.parsed.doc:
        for _, (one, verb, other) in _named(sentence, token.lemma_.lower()):
            if verb.i == token.i and _key(one) != _key(other):
                yield _key(one), token.lemma_.lower(), _key(other)


def _named(sentence: Read, lemma: str) -> Iterator[tuple[Read, tuple[Token, Token, Token]]]:
    for verb in sentence.parsed.doc:
        if verb.pos_ != "VERB" or verb.lemma_.lower() != lemma or not sentence.free[verb.i]:
            continue
        parties = _parties(verb)
        if parties is not None and all(t.pos_ == "PROPN" for t in parties):
            yield sentence, (parties[0], verb, parties[1])


def _parties(verb: Token) -> tuple[Token, Token] | None:
    """The doer and the one it is done to, of an active or passive verb."""
    child = {c.dep_: c for c in verb.children}
    beside = (c for c in verb.children if c.dep_ == "npadvmod" and c.pos_ == "PROPN")
    done_to = child.get("dobj") or next(beside, None)  # 'Chile beat Brazil 2-1'
    if "nsubj" in child and done_to is not None:
        return child["nsubj"], done_to
    by = next((c for c in child.get("agent", verb).children if c.dep_ == "pobj"), None)
    if "nsubjpass" in child and "agent" in child and by is not None:
        return by, child["nsubjpass"]
    return None


def _key(token: Token) -> str:
    return str(token.lower_).removesuffix("'s")
