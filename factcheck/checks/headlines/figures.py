"""A share or sum in the headline that the lead gives otherwise: 'drop 12%' against 21 per cent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factcheck.checks.headlines.occasions import is_chief
from factcheck.checks.headlines.parts import Read, stems
from factcheck.checks.lexicon import lexicon
from factcheck.text.clauses import verb_over
from factcheck.text.numbers import numbers
from factcheck.text.quantities import Quantity, quantities

if TYPE_CHECKING:
    from spacy.tokens import Token

_MONEY = frozenset({"dollar", "pound", "euro", "yen", "crown", "franc", "rupee", "rouble"})
_PLACES = frozenset({"GPE", "LOC", "ORG", "NORP", "FAC"})
_ROUGH = 0.1
"""Share by which a headline's figure may be rounded."""
_SHARED = 2
"""Things of the headline that the lead must name as well."""


def find_other_figures(
    headline: Read, body: Sequence[Read]
) -> Iterator[tuple[list[Token], Read, list[Token]]]:
    """The headline's share or sum with that of the lead, where they differ.

    Quiet unless each has one such figure, of one verb, and the whole body has no second one and no
    number like the headline's.
    """
    mine = _figures(headline)
    if len(mine) != 1 or not body:
        return
    figure, lead = mine[0], body[0]
    text = " ".join(read.parsed.doc.text for read in body)
    rivals = [q for q in quantities(text) if q.unit == figure.unit]
    told = [q for q in _figures(lead) if q.unit == figure.unit]
    if len(told) != 1 or len(rivals) != 1 or _is_near(figure, told[0].value):
        return
    if any(_is_near(figure, number.value) for number in numbers(text)):
        return
    ours, theirs = _tokens(headline, figure), _tokens(lead, told[0])
    shared = len(headline.stems & lead.stems) >= _SHARED
    if ours and theirs and shared and _one_deed(ours, theirs) and not _is_of_part(theirs, headline):
        yield ours, lead, theirs


def _figures(read: Read) -> list[Quantity]:
    """The plain shares and sums of a sentence; none where a word makes one vague."""
    found = quantities(read.parsed.doc.text)
    wanted = [q for q in found if q.unit == "percent" or q.unit in _MONEY]
    plain = all(q.bound == "exact" and q.low == q.high and not q.rate for q in wanted)
    return wanted if plain else []


def _is_near(figure: Quantity, value: float) -> bool:
    slack = max(_ROUGH * max(figure.value, value), figure.step / 2)
    return abs(figure.value - value) <= slack


def _tokens(read: Read, figure: Quantity) -> list[Token]:
    span = read.parsed.doc.char_span(figure.span.start, figure.span.end, alignment_mode="expand")
    return [t for t in span if read.free[t.i]] if span is not None else []


def _one_deed(ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Whether one verb, or one of its meaning, has both figures and one subject, and no 'had'."""
    mine, other = verb_over(ours[0]), verb_over(theirs[0])
    if any(c.lower_ == "had" for c in other.children) or not is_chief(theirs):
        return False
    first, second = (lexicon().sense(verb.lemma_.casefold()).side for verb in (mine, other))
    same = bool(set(stems(_subjects(mine))) & set(stems(_subjects(other))))
    return same and mine.pos_ == "VERB" and first == second


def _subjects(verb: Token) -> list[Token]:
    """The subject of a verb, or of what it is told with: 'is to spend'."""
    found = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    return _subjects(verb.head) if not found and verb.dep_ == "xcomp" else found


def _is_of_part(figure: Sequence[Token], headline: Read) -> bool:
    """Whether the lead has it of some only: 'online sales', 'sales dropped by 21 % in Europe'."""
    verb = verb_over(figure[0])
    kinds = [c for t in _subjects(verb) for c in t.children if c.dep_ in {"amod", "compound"}]
    named = [ent.root for ent in verb.doc[verb.i :].ents if ent.label_ in _PLACES]
    return not set(stems([*kinds, *named])) <= headline.stems
