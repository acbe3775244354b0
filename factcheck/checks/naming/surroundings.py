"""What stands around a word or name, and how alike two surroundings are.

For checks that ask whether a word of the article stands in the place of another one of the
references: rare words, figures and names in common count, the nearer to the two words the more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.lexicon import lexicon
from factcheck.checks.passages import Passage
from factcheck.records import Span
from factcheck.text.clauses import stem
from factcheck.text.gazetteer import gazetteer
from factcheck.text.names import is_name_word, shown_in_capitals
from factcheck.text.numbers import number_word

if TYPE_CHECKING:
    from spacy.tokens import Token

    from factcheck.text.parsing import ParsedSentence

_NEAR, _CLOSE = 10, 5
"""Tokens from the name within which a word counts by `_FADING` or in full."""
_FADING, _FAR = 0.8, 0.6
_NEXT_DOOR = 0.35
"""What a word counts that stands in the reference's sentence before or after."""
_SAME_PREPOSITION, _SAME_GOVERNOR, _SAME_HEAD = 0.2, 0.4, 0.5
"""What it counts that both names stand after one preposition, with one word, or are of one kind."""
_PLACES = frozenset({"GPE", "LOC", "FAC"})
"""The parser's labels of places."""
_SMALL = frozenset(f"#{number}" for number in range(13))
"""Small numbers, as keys."""


@dataclass(frozen=True, eq=False)
class Line:
    """A sentence as it is compared."""

    parsed: ParsedSentence
    passage: Passage
    tokens: tuple[Token, ...]
    """Its tokens, a heading before it left out."""
    keys: tuple[tuple[str, int], ...]
    """What its telling words stand for, each with its token's index."""


@dataclass(frozen=True, eq=False)
class Mention:
    """A name or noun with its surroundings."""

    run: tuple[Token, ...]
    words: tuple[str, ...]
    """Stems of its words."""
    line: Line
    around: Mapping[str, float]
    """How near each telling word of its sentence is: 1 for those beside it."""
    beyond: frozenset[str]
    """The telling words of the sentences before and after."""
    person: bool
    preposition: str
    governor: str

    @property
    def led_by_the(self) -> bool:
        """Whether the definite article stands before it."""
        return self.run[0].i > 0 and self.run[0].nbor(-1).lower_ == "the"

    @property
    def is_bare_role(self) -> bool:
        """Whether it is such as 'the Committee': what a text calls a party or body of its own."""
        return len(self.run) == 1 and self.led_by_the and not self.is_place

    @property
    def is_place(self) -> bool:
        """Whether the parser takes it for a place."""
        return any(token.ent_type_ in _PLACES for token in self.run)

    @property
    def text(self) -> str:
        """The name as written."""
        return str(self.run[0].doc[self.run[0].i : self.run[-1].i + 1].text)

    @property
    def span(self) -> Span:
        """Where it stands in its document."""
        return self.line.parsed.span_of(list(self.run))


def lines_of(passage: Passage) -> Iterator[Line]:
    """The sentences of a text as they are compared; headlines in capitals are left out."""
    for sentence in passage.sentences:
        if shown_in_capitals(sentence.doc):
            continue
        text = sentence.doc.text if passage.is_article else passage.quote(sentence.span).text
        start = text.rstrip().rfind("\n") + 1
        tokens = tuple(t for t in sentence.doc if t.idx >= start and not t.is_space)
        keys = tuple((key, t.i) for t in tokens if (key := _key(t)))
        yield Line(sentence, passage, tokens, keys)


def _key(token: Token) -> str:
    """What a word stands for; empty where it tells nothing."""
    low = bare(token.text)
    if low[:1].isdigit():
        return "#" + "".join(c for c in low if c.isdigit() or c == ".").rstrip(".")
    number = number_word(low)
    if number is not None:
        return f"#{number}"
    if token.is_stop or token.is_punct or len(low) < 3:
        return ""
    if is_name_word(token):
        return stem(low)
    return stem(lexicon().sense(token.lemma_.casefold()).side)


def bare(word: str) -> str:
    """A word in lower case without the possessive mark."""
    return word.casefold().replace("\u2019", "'").removesuffix("'s")


def mention_of(
    run: tuple[Token, ...], words: tuple[str, ...], line: Line, beyond: frozenset[str]
) -> Mention:
    """The words `run` of a line with what stands around them.

    Args:
        run: the tokens, in order.
        words: what they are called by; left out of the surroundings.
        line: the sentence.
        beyond: the telling words of the sentences before and after.
    """
    around: dict[str, float] = {}
    for key, index in line.keys:
        gap = max(run[0].i - index, index - run[-1].i)
        if gap > 0 and key not in words:
            near = 1.0 if gap <= _CLOSE else _FADING if gap <= _NEAR else _FAR
            around[key] = max(near, around.get(key, 0.0))
    before = [t for t in line.tokens if t.i < run[0].i and t.pos_ not in {"DET", "PRON"}][-1:]
    led = before[0] if before and before[0].pos_ == "ADP" else None
    above = led.head if led is not None else run[-1].head
    return Mention(
        run,
        words,
        line,
        around,
        beyond,
        _is_person(run, led is not None),
        led.lower_ if led is not None else "",
        stem(above.lemma_),
    )


def _is_person(run: tuple[Token, ...], led: bool) -> bool:
    before = run[0].doc[run[0].i - 1].lower_.strip(".") if run[0].i else ""
    if before in gazetteer().titles or any(_is_initial(t) for t in run):
        return True
    return not led and any(t.ent_type_ == "PERSON" for t in run)


def _is_initial(token: Token) -> bool:
    return bool(re.fullmatch(r"(?:[A-Z]\.?)+", token.text))


def share_neighbour(ours: Mention, theirs: Mention) -> bool:
    """Whether a word stands near both names; a small number stands in many sentences."""
    return any(
        near >= _FADING and (theirs.around.get(key, 0.0) >= _FADING or key in theirs.beyond)
        for key, near in ours.around.items()
        if key not in _SMALL
    )


def likeness_of(ours: Mention, theirs: Mention, weight: Mapping[str, float]) -> float:
    """How alike the surroundings of two mentions are; a rare word beside both counts 1."""
    names = {*ours.words, *theirs.words}
    total = 0.0
    for key, near in ours.around.items():
        if key in names:
            continue
        if key in theirs.around:
            total += weight[key] * min(near, theirs.around[key])
        elif key in theirs.beyond:
            total += weight[key] * near * _NEXT_DOOR
    if ours.preposition and ours.preposition == theirs.preposition:
        total += _SAME_PREPOSITION
    if ours.governor == theirs.governor:
        total += _SAME_GOVERNOR
    if ours.words[-1] in {theirs.words[-1], theirs.governor}:
        total += _SAME_HEAD
    return total
