"""Two figures for one thing in one article.

One thing means: the same noun or unit, in clauses that share their verb or most of their words,
with no other time, place, group or speaker named, and nothing that tells two things apart
(`factcheck.checks.numbers.particulars`). Anything else stays quiet.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import Figure, Line, for_one_thing
from factcheck.checks.numbers.particulars import (
    Particulars,
    is_further,
    is_one_of_several,
    particulars,
    set_apart,
)
from factcheck.checks.numbers.voices import Voice, differ, voice_of
from factcheck.text.clauses import clause, content, governor, names, stem, subject
from factcheck.text.quantities import TIME_UNITS, comparable, compatible

_OTHER = re.compile(
    r"\b(?:more|other|another|further|additional|extra|new|each|every|remaining|last|first|next"
    r"|average|only|least|total of|combined|between)\b",
    re.IGNORECASE,
)
_PART = re.compile(r"^ (?:of|in|out of)\b|^-", re.IGNORECASE)
_UNSURE = re.compile(
    r"\b(?:claim\w*|estimat\w+|puts?|maintain\w*|insist\w*|alleg\w+|rumou?r\w*|den(?:y|ies|ied)"
    r"|perhaps|possibly|maybe|reportedly|supposedly|apparently|propos\w+|demand\w*|want\w*|expect\w*|target\w*|plan\w*|forecast\w*|goal|offer\w*|if|could"
    r"|would|may|might|initial\w*|earlier|previous\w*|originally|instead|rather|not|never|disput\w+"
    r"|before|after|than|compar\w+|against|ago|last|record|average|respectively|each|every|another"
    r"|other|first|second|third|since|until|exclud\w+|adjust\w+)\b",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:from|to|by|up|down|rose|fell|grew|cut)(?: \w+)? $|\bbetween [^,.]*$", re.IGNORECASE
)
_TIMES = re.compile(
    r"\b(?:(?:1[4-9]|20)\d\d|january|february|march|april|june|july|august|september|october"
    r"|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day|week|month|year|day|night"
    r"|morning|today|yesterday|now|once|then)\b",
    re.IGNORECASE,
)
_PRESENT = frozenset({"VBZ", "VBP"})
_KEPT = 8
"""How many earlier figures for one noun are looked at: keeps the cost linear."""


@dataclass(frozen=True)
class Mention:
    """A figure with what surrounds it."""

    line: Line
    """The sentence."""
    figure: Figure
    """The figure."""
    verb: str
    """Stem of the verb that governs it."""
    words: frozenset[str]
    """Stems of the other words of its clause."""
    names: frozenset[str]
    """Proper names in its clause."""
    subject: str
    """Stem of the head of the clause's subject; empty for a pronoun or where there is none."""
    times: frozenset[str]
    """Words for times in its sentence, lower case."""
    particulars: Particulars
    """What its clause says of its things."""
    tense: str
    """Tag of the verb that governs it."""
    further: bool
    """Whether its clause tells of one more thing."""
    voice: Voice | None
    """Whose word it is; None for the writer's own."""

    @property
    def key(self) -> str:
        """What it measures: the noun counted, or the unit."""
        return self.figure.quantity.unit or stem(self.figure.noun)


def mentions(lines: Iterable[Line]) -> list[Mention]:
    """The figures that can be compared, in order: plain counts with a noun, and measures."""
    found = [_mention(line, figure) for line in lines for figure in line.figures]
    return [mention for mention in found if mention]


def rivals(found: Sequence[Mention], known: Sequence[Figure] = ()) -> Iterator[Finding]:
    """Figures of one article that give different values for one thing.

    Args:
        found: the article's mentions.
        known: figures of the references, by which the wrong one of two is told.
    """
    kept: dict[str, list[Mention]] = defaultdict(list)
    for mention in found:
        for earlier in kept[mention.key][-_KEPT:]:
            if _one_thing(earlier, mention) and not _agree(earlier, mention):
                yield _conflict(*_blamed(earlier, mention, found, known))
        kept[mention.key].append(mention)


def _mention(line: Line, figure: Figure) -> Mention | None:
    quantity = figure.quantity
    if quantity.kind in {"fraction", "many"} or quantity.unit in TIME_UNITS:
        return None
    if not quantity.unit and (not figure.noun or len(figure.noun) < 3):
        return None
    if _PART.match(line.text[quantity.span.end :]) and quantity.unit != "percent":
        return None
    token = next((t for t in line.parsed.doc if t.idx + len(t) > quantity.number.start), None)
    if token is None:
        return None
    verb, words = governor(token), clause(token)
    return Mention(
        line=line,
        figure=figure,
        verb=stem(verb.lemma_) if verb.pos_ == "VERB" else "",
        words=content(word for word in words if word.i != verb.i) - {stem(figure.noun)},
        names=names(words),
        subject=subject(verb),
        times=frozenset(word.lower() for word in _TIMES.findall(line.text)),
        particulars=particulars(words, stem(figure.noun)),
        tense=verb.tag_,
        further=is_further(words),
        voice=voice_of((line.parsed, quantity.number.start)),
    )


def _agree(one: Mention, other: Mention) -> bool:
    first, second = one.figure.quantity, other.figure.quantity
    return not comparable(first, second) or compatible(first, second)


def _qualifiers(mention: Mention) -> frozenset[str]:
    quantity = mention.figure.quantity
    text = mention.line.text
    around = text[max(0, quantity.span.start - 18) : quantity.span.start]
    around += " | " + text[quantity.span.end : quantity.span.end + 14]
    return frozenset("more" if w.lower() in {"further", "additional", "more", "extra", "other"}
                     else w.lower() for w in _OTHER.findall(around))  # fmt: skip


def _one_thing(one: Mention, other: Mention) -> bool:
    """Whether two mentions of an article are surely of one thing."""
    if one.line is other.line or _kept_apart(one, other):
        return False
    shared = one.words & other.words
    fewer = min(len(one.words), len(other.words))
    if one.verb and one.verb == other.verb:
        return len(shared) >= 2
    return len(shared) >= 3 and len(shared) >= 0.6 * fewer


def _kept_apart(one: Mention, other: Mention) -> bool:
    """Whether something shows two things: another who, when, how often, or an unsure figure."""
    return (
        _qualifiers(one) != _qualifiers(other)
        or bool(one.names - other.names and other.names - one.names)
        or one.figure.quantity.rate != other.figure.quantity.rate
        or _times_differ(one, other)
        or differ(one.voice, other.voice)
        or _unsure(one)
        or _unsure(other)
        or bool(one.subject and other.subject and one.subject != other.subject)
        or _of_two_things(one, other)
    )


def _of_two_things(one: Mention, other: Mention) -> bool:
    """Whether their clauses tell two things apart; a headline need not say which one it means."""
    if other.further or set_apart(one.particulars, other.particulars):
        return True
    if one.line.headline:
        return False
    tenses = {one.tense, other.tense}
    return ("VBD" in tenses and bool(tenses & _PRESENT)) or is_one_of_several(
        one.particulars, other.particulars
    )


def _unsure(mention: Mention) -> bool:
    """Whether the figure is a claim, a plan, an earlier value, or one end of a change."""
    text, start = mention.line.text, mention.figure.quantity.span.start
    return bool(_UNSURE.search(text) or _MOVED.search(text[max(0, start - 24) : start]))


def _times_differ(one: Mention, other: Mention) -> bool:
    return bool(one.times and other.times and not one.times & other.times)


def _blamed(
    earlier: Mention, later: Mention, found: Sequence[Mention], known: Sequence[Figure]
) -> tuple[Mention, Mention]:
    """The mention more likely wrong, then the other: by the references, then by majority."""
    weight: Counter[int] = Counter()
    for place, mention in enumerate((earlier, later)):
        figure = mention.figure.quantity
        same = [other for other in found if other.key == mention.key and _agree(mention, other)]
        borne = any(compatible(figure, other.quantity) for other in known)
        weight[place] = len(same) + 10 * borne
    return (earlier, later) if weight[0] < weight[1] else (later, earlier)


def _conflict(wrong: Mention, right: Mention) -> Finding:
    one, other = _written(wrong), _written(right)
    sure = wrong.verb == right.verb and len(wrong.words & right.words) >= 2
    return Finding(
        wrong.line.span(wrong.figure),
        right.line.span(right.figure),
        for_one_thing(one, other),
        0.75 if sure else 0.6,
        right.line.words(right.figure),
    )


def _written(mention: Mention) -> str:
    noun = mention.figure.noun
    return f"{mention.line.words(mention.figure)}{f' ({noun})' if noun else ''}"
