"""More than there were: 'the blast killed 14 workers', later 'the 17 local workers killed in it'.

A number with 'the' takes up a group that was told of. An adjective may pick out some of that
group, so that fewer prove nothing; more cannot be some of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import Line, counting_word, for_one_thing
from factcheck.checks.numbers.operands import Held
from factcheck.text.clauses import clause, names, stem

if TYPE_CHECKING:
    from spacy.tokens import Token

_FAR = 2.0
"""Groups so many times apart are more likely two."""
_PASSIVE = frozenset({"dobj", "nsubjpass"})
_APART = re.compile(
    r"\b(?:(?:1[4-9]|20)\d\d|since|later|earlier|previous\w*|ago|last|another|other|more|further"
    r"|total|in all|combined|both|feared|died|initial\w*|at first|rose|risen|toll|claim\w*"
    r"|estimat\w+|or|january|february|march|april|may|june|july|august|september|october|november"
    r"|december)\b",
    re.IGNORECASE,
)
"""Words of a sentence that may tell of another time or occasion, or of more to whom it was done."""


@dataclass(frozen=True)
class _Group:
    """So many to whom something was done."""

    held: Held
    """The figure."""
    done: tuple[str, str]
    """Stem of the verb and lemma of the noun."""
    words: frozenset[str]
    """Stems of the other nouns of the sentence."""
    names: frozenset[str]
    """Proper names of the clause."""
    definite: bool
    """Whether it is told of as a group that is known."""


def groups(lines: Sequence[Line]) -> Iterator[Finding]:
    """Groups taken up with a higher number than they were given."""
    values = {figure.quantity.value for line in lines for figure in line.figures}
    firsts: dict[tuple[str, str], _Group] = {}
    counts: dict[tuple[str, str], set[float]] = defaultdict(set)
    for later in (group for line in lines for group in _groups(line)):
        first = firsts.setdefault(later.done, later)
        told = len(counts[later.done])
        counts[later.done].add(later.held.value)
        if not later.definite or told != 1:
            continue
        more = later.held.value - first.held.value
        near = later.held.value <= _FAR * first.held.value
        if more > 1 and near and more not in values and _is_one_deed(first, later):
            yield Finding(
                later.held.span,
                first.held.span,
                for_one_thing(f"{later.held.words} ({later.done[1]})", first.held.words),
                0.65,
            )


def _is_one_deed(first: _Group, later: _Group) -> bool:
    """Whether they share what did it or where, and no word or name tells two deeds apart."""
    unlike = any(_APART.search(group.held.line.text) for group in (first, later))
    strange = first.names - later.names and later.names - first.names
    return bool(first.words & later.words) and not unlike and not strange


def _groups(line: Line) -> Iterator[_Group]:
    for figure in line.figures:
        quantity = figure.quantity
        number = counting_word(line, figure)
        if number is None or quantity.unit or quantity.bound != "exact":
            continue
        noun = number.head
        verb = _verb(noun) if number.dep_ == "nummod" and noun.pos_ == "NOUN" else None
        if verb is None or any(c.dep_ == "conj" for c in noun.children):
            continue
        before = line.parsed.doc[number.i - 1].lower_ if number.i else ""
        nouns = {stem(t.lemma_) for t in line.parsed.doc if t.pos_ == "NOUN"}
        yield _Group(
            Held(line, figure),
            (stem(verb.lemma_), noun.lemma_.lower()),
            frozenset(nouns - {stem(noun.lemma_)}),
            names(clause(verb)),
            before in {"the", "all", "those", "these"},
        )


def _verb(noun: Token) -> Token | None:
    """What was done to those counted: 'killed 14 workers', 'the 14 workers killed there'."""
    told = [c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN"]
    if told:
        return told[0]
    return noun.head if noun.dep_ in _PASSIVE and noun.head.pos_ == "VERB" else None
