"""A side of a matter that the rest of the text speaks against, and nothing speaks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.passages import Passage
from factcheck.checks.sides.cues import Cue
from factcheck.records import Article, Span
from factcheck.text.clauses import verb_over

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEAD = 2
"""Sentences of the body that tell what the headline does, whatever they call it."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A place that says one thing and the plainest that says the other."""

    cue: Cue
    against: Cue

    def span(self, article: Passage) -> Span:
        """The words that say it, with the helpers of their verb."""
        return article.sentences[self.cue.sentence].span_of(_whole(self.cue))

    def against_span(self, article: Passage) -> Span:
        """The words that say the other."""
        return article.sentences[self.against.sentence].span_of(_whole(self.against))


def headline_of(article: Passage) -> int:
    """Index of the headline among the sentences of an article; -1 where it has none."""
    source = article.source
    headline = source.headline if isinstance(source, Article) else None
    places = (i for i, sentence in enumerate(article.sentences) if sentence.span == headline)
    return next(places, -1)


def _whole(cue: Cue) -> list[Token]:
    verb = verb_over(cue.tokens[0])
    if verb.i not in {t.i for t in cue.tokens}:
        return list(cue.tokens)
    return [*cue.tokens, *(c for c in verb.children if c.dep_ in {"aux", "auxpass", "neg"})]


def headline_clashes(cues: Sequence[Cue], headline: int) -> Iterator[Clash]:
    """What a headline says that the body speaks against and nowhere bears out.

    Args:
        cues: those of the article.
        headline: index of the headline among its sentences; the body follows.
    """
    for own in _by_matter(cues).values():
        told = [c for c in own if headline >= 0 and c.sentence == headline and not c.sign]
        if len(told) != 1 or not _is_firm(told[0]) or _is_twofold(told[0]):
            continue
        claim = told[0]
        body = [c for c in own if c.sentence > headline and _on_same(c, claim, headline)]
        against = [c for c in body if c.side != claim.side and _is_firm(c)]
        if against and not any(c.side == claim.side and _counts(c) for c in body):
            yield Clash(claim, against[0])


def _by_matter(cues: Iterable[Cue]) -> dict[str, list[Cue]]:
    found: dict[str, list[Cue]] = defaultdict(list)
    for cue in cues:
        found[cue.matter.name].append(cue)
    return found


def _on_same(cue: Cue, claim: Cue, headline: int) -> bool:
    if cue.sentence <= headline + _LEAD and not cue.matter.named:
        return True
    return bool(cue.stems & claim.stems)


def _is_twofold(cue: Cue) -> bool:
    """Whether its sentence tells of two who fared differently, or of what was so before."""
    words = [t.lower_ for t in cue.tokens[0].doc]
    before = words[: cue.tokens[0].i]
    return bool({"but", "while", ";"} & set(words)) or "after" in before or "did" in words


def _is_firm(cue: Cue) -> bool:
    """Whether it is told as so, by the narrator, of this time and thing."""
    return cue.free and not cue.open and not cue.apart


def _counts(cue: Cue) -> bool:
    """Whether it may bear a claim out."""
    return not cue.apart
