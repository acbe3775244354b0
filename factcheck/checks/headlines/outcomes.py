"""Finding outcomes in sentences: 'throws out' against 'refused to strike out'.

An outcome is a short phrase by lemma; it may be negated ('would not resign'), tentative ('may
resign') or plain. The pairs that exclude each other are in data/headlines.toml.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from factcheck.checks.headlines.occasions import dating_words
from factcheck.checks.lexicon import check_table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_REMEMBERED = 1_024
"""Sentences whose words are kept: each pair of outcomes is looked for in all of them."""
_GAP = 3
"""Words that may stand between those of a phrase."""
_REACH = 4
"""Words before a phrase in which a negation or a 'may' bears on it."""
_REACH_OF_REST = 12
"""Words in which the second of a verb and what goes before it far off is looked for."""
_FAR = frozenset({("cost", "more"), ("talks", "resumed"), ("talks", "continued")})

_BREAKS = frozenset({"and", "but", "that", ";"})
"""Words after which a verb before them governs nothing."""

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """Two outcomes that exclude each other."""

    name: str
    """What it is about, for people."""
    sides: tuple[tuple[Phrase, ...], tuple[Phrase, ...]]
    """The phrases of each side."""
    beaten: tuple[Phrase, ...]
    """Verbs whose object suffers the second outcome ('defeated the Greens')."""
    direction: bool
    """Whether it is a movement, of which a text may tell several."""


@dataclass(frozen=True)
class Outcome:
    """One outcome in a sentence."""

    pair: Pair
    """The pair that it belongs to."""
    side: int
    """0 or 1: which of the two the words say, a negation reckoned with."""
    tokens: tuple[Token, ...]
    """The words, with the negator where there is one."""
    negated: bool
    """Whether a negator turned it round."""
    tentative: bool
    """Whether it is only possible, wished for, or told to have been so before."""
    earlier: bool
    """Whether its clause dates it back at all: 'fell last year'."""
    of_object: bool = False
    """Whether it befalls the object of the verb."""


@functools.cache
def pairs() -> tuple[Pair, ...]:
    """All pairs of data/headlines.toml."""
    return tuple(
        Pair(
            name=raw["name"],
            sides=(_phrases(raw["one"]), _phrases(raw["other"])),
            beaten=_phrases(raw.get("beaten", [])),
            direction=raw.get("direction", False),
        )
        for raw in _data()["outcomes"]
    )


@functools.cache
def words(name: str) -> frozenset[str]:
    """One word list of data/headlines.toml."""
    return frozenset(str(_data()[name]).split())


@functools.cache
def groups(name: str) -> tuple[frozenset[str], ...]:
    """The groups of words of one meaning in a list of data/headlines.toml."""
    return tuple(frozenset(line.split()) for line in _data()[name])


@functools.cache
def _data() -> dict[str, Any]:
    return check_table("headlines.toml")


def _phrases(listed: Sequence[str]) -> tuple[Phrase, ...]:
    return tuple(sorted((tuple(p.split()) for p in listed), key=len, reverse=True))


def outcomes(doc: Doc, free: Sequence[bool], pair: Pair) -> Iterator[Outcome]:
    """The outcomes of one pair that a sentence tells outside quotation marks."""
    used: set[int] = set()
    for side in (0, 1):
        for tokens in _matches(doc, free, pair.sides[side], used):
            yield _outcome(pair, side, tokens)
    for tokens in _matches(doc, free, pair.beaten, used):
        yield _outcome(pair, 1, tokens, of_object=True)


def _matches(
    doc: Doc, free: Sequence[bool], phrases: Sequence[Phrase], used: set[int]
) -> Iterator[tuple[Token, ...]]:
    forms = _all_forms(doc)
    for phrase in phrases:
        for place, said in enumerate(forms):
            if phrase[0] not in said or place in used or not free[place]:
                continue
            found = _rest(doc[place], phrase)
            if found and not (len(phrase) == 1 and _is_no_verb(doc[place])):
                used.update(t.i for t in found)
                yield found


def _is_no_verb(token: Token) -> bool:
    """Whether a word is a name, or a noun or adverb where only the verb tells ('at jail')."""
    if token.pos_ in {"NOUN", "ADJ", "ADV"}:
        return token.lower_ in words("only_verbs")
    return token.pos_ == "PROPN"


def _lemma(token: Token) -> str:
    return str(token.lemma_.lower())


@functools.lru_cache(_REMEMBERED)
def _all_forms(doc: Doc) -> tuple[tuple[str, str], ...]:
    return tuple(_forms(token) for token in doc)


def _forms(token: Token) -> tuple[str, str]:
    """The lemma, and the word itself for the lemmas that the parser makes up ('cle' of 'cling')."""
    return _lemma(token), str(token.lower_)


def _rest(first: Token, phrase: Phrase) -> tuple[Token, ...]:
    """The tokens of a phrase from its first on; none where it does not go on."""
    found = [first]
    for word in phrase[1:]:
        low = found[-1].i + 1
        reach = _REACH_OF_REST if phrase in _FAR else _GAP + 1
        objects = [c for c in found[-1].children if c.dep_ == "dobj" and c.i >= low]
        following = [t for t in (*first.doc[low : low + reach], *objects) if word in _forms(t)]
        if not following:
            return ()
        found.append(following[0])
    return tuple(found)


def _negates(token: Token, outcome: Token) -> bool:
    """Whether a word before an outcome turns it round: 'refused to go', not 'failed and went'."""
    if not {token.lower_, _lemma(token)} & words("negators"):
        return False
    between = {t.lower_ for t in token.doc[token.i + 1 : outcome.i]}
    return token.pos_ != "VERB" or not between & _BREAKS


def _is_threatened_with(token: Token) -> bool:
    """'A school threatened with closure will stay open' tells more than a threat."""
    after = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    return token.lower_ == "threatened" and after in {"with", "by"}


def _is_supposed(verb: Token) -> bool:
    """'Closing the station would save £1.9 million': whether a deed is the subject of a 'would'."""
    if verb.dep_ not in {"csubj", "nsubj"} or verb.tag_ not in {"VBG", "NN"}:
        return False
    return any(child.lower_ in {"would", "could", "might"} for child in verb.head.children)


def _outcome(
    pair: Pair, side: int, tokens: tuple[Token, ...], *, of_object: bool = False
) -> Outcome:
    doc, first = tokens[0].doc, tokens[0].i
    near = doc[max(0, first - _REACH) : first]
    negators = [t for t in near if _negates(t, tokens[0])]
    turned = len(negators) % 2 == 1
    told = [t for t in doc[:first] if not _is_threatened_with(t)]
    sentence = {_lemma(t) for t in told} | {t.lower_ for t in told}
    tentative = bool(sentence & words("tentative")) and not (turned and "if" not in sentence)
    dating = dating_words(tokens, words("earlier"))
    told_before = any(t.i < first for t in dating)
    return Outcome(
        pair=pair,
        side=1 - side if turned else side,
        tokens=(*negators, *tokens),
        negated=turned,
        tentative=tentative or told_before or _is_supposed(tokens[0]),
        earlier=bool(dating),
        of_object=of_object,
    )
