"""The dates of an article sentence by sentence, and what happened on them.

A `Moment` is a date with the clause it dates, so that two dates given to one event can meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.records import Span
from factcheck.text.clauses import clause, content, governor, names, stem, subject
from factcheck.text.dates import Anchor, When, dates
from factcheck.text.durations import Duration, durations
from factcheck.text.folding import readable
from factcheck.text.parsing import ParsedSentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_LIGHT = frozenset(
    "be have do say tell come go take make hold get see give begin start meet put become".split()
)
_JOINT = re.compile(r",? ?(?:and|or|to|until|till|through|-|\u2013) ?(?:in |on )?", re.IGNORECASE)
_BASE = re.compile(r"\b(?:from|than|versus|since) $", re.IGNORECASE)
_OTHER_YEAR = re.compile(
    r"\b(?:last|next|the (?:previous|following)) year\b(?!'s)"
    r"|\byears? (?:ago|earlier|before|later)\b",
    re.IGNORECASE,
)

MOST_DATES = 16
"""A sentence with more dates and lengths is a calendar; not reading it keeps the cost linear."""


@dataclass(frozen=True)
class DatedLine:
    """A sentence with its dates and durations."""

    number: int
    """Position among the sentences read."""
    parsed: ParsedSentence
    """The parse, with the place of the sentence in its text."""
    text: str
    """Its words, folded to plain characters."""
    whens: tuple[When, ...]
    """Its dates, spans counted within the sentence."""
    durations: tuple[Duration, ...]
    """Its durations, spans counted within the sentence."""

    @property
    def is_calendar(self) -> bool:
        """Whether it has more dates and lengths than prose has."""
        return len(self.whens) + len(self.durations) > MOST_DATES

    def word_at(self, place: int) -> Token:
        """The token that stands or ends at `place`, counted within the sentence."""
        doc = self.parsed.doc
        return next((word for word in doc if word.idx + len(word) > place), doc[-1])

    def span(self, first: Span, last: Span | None = None) -> Span:
        """The span in the whole text from `first` to `last`, given within the sentence."""
        end = max(first.end, last.end if last else 0)
        start = min(first.start, last.start if last else first.start)
        return Span(start, end).shifted(self.parsed.span.start)


@dataclass(frozen=True)
class Moment:
    """A date and the event it dates."""

    line: DatedLine
    """The sentence."""
    when: When
    """The date."""
    verb: str
    """Stem of the verb; empty for verbs that say little."""
    words: frozenset[str]
    """Stems of the other words of the clause."""
    names: frozenset[str]
    """Proper names in the clause."""
    subject: str
    """Stem of the head of the subject; empty for a pronoun or where there is none."""
    past: bool
    """Whether the clause tells of what has happened."""


def read_timeline(
    text: str, sentences: Iterable[ParsedSentence], anchor: Anchor | None
) -> list[DatedLine]:
    """The sentences of `text` with their dates and durations."""
    lines = []
    for number, sentence in enumerate(sentences):
        shown = readable(sentence.span.of(text))
        found = tuple(dates(shown, anchor))
        lines.append(DatedLine(number, sentence, shown, found, tuple(durations(shown))))
    return lines


def moments(lines: Iterable[DatedLine]) -> list[Moment]:
    """What is dated, in order of the text."""
    return [moment for line in lines for when in line.whens for moment in _moment(line, when)]


def _moment(line: DatedLine, when: When) -> Iterator[Moment]:
    token = line.word_at(when.span.start)
    verb = governor(token)
    words = clause(token)
    lemma = verb.lemma_.casefold()
    modal = any(word.tag_ == "MD" and governor(word).i == verb.i for word in words)
    yield Moment(
        line=line,
        when=when,
        verb="" if lemma in _LIGHT or verb.pos_ != "VERB" else stem(lemma),
        words=content(word for word in words if word.i != verb.i),
        names=names(words),
        subject=subject(verb),
        past=not modal and verb.tag_ in {"VBD", "VBN"},
    )


_ITERATED = re.compile(
    r"\b(?:again|another|second|third|each|every|previous\w*|earlier|also|repeated\w*|twice"
    r"|anniversary|next|not|never|no|denied|last (?:year|month|week))\b",
    re.IGNORECASE,
)


def told_once(moment: Moment) -> bool:
    """Whether nothing in the sentence speaks of a repetition, a denial or another occasion."""
    return not _ITERATED.search(moment.line.text)


def is_an_end(moment: Moment) -> bool:
    """Whether a date is one of two that belong together, or what something is measured from.

    'from 2010 to 2019', 'in May and June', 'up 16% from 2019 levels'.
    """
    text, span = moment.line.text, moment.when.span
    joined = any(
        _JOINT.fullmatch(text[min(span.end, other.span.end) : max(span.start, other.span.start)])
        for other in moment.line.whens
    )
    return joined or bool(_BASE.search(text[: span.start]))


def is_of_another_year(line: DatedLine, when: When) -> bool:
    """Whether its clause tells the year of a date: 'in 2024 it opened on 14 June'."""
    verb = governor(line.word_at(when.span.start))
    years = [other.span.start for other in line.whens if other.precision == "year"]
    years += [match.start() for match in _OTHER_YEAR.finditer(line.text)]
    return when.assumed and any(governor(line.word_at(year)).i == verb.i for year in years)
