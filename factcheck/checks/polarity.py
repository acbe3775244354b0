"""The same thing affirmed and denied: 'is still in use' and 'no longer in use', rose and fell.

Two propositions are held against each other when they share their predicate (or its opposite) and
who and what it is about. Only the narrator's own words are held against the narrator's, and a
speaker's against the same speaker's: a denial by one party contradicts no accusation by another.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator

from factcheck.checks.assertions.casualties import Harm, denied_harm
from factcheck.checks.assertions.opposition import contradict
from factcheck.checks.assertions.propositions import Proposition, read_propositions
from factcheck.checks.assertions.sameness import sameness
from factcheck.checks.assertions.turned import Turn, turned_sentences
from factcheck.checks.base import Case, Marker
from factcheck.checks.lexicon import lexicon
from factcheck.checks.passages import Passage, article_of, references_of
from factcheck.checks.sides.clashes import headline_of
from factcheck.checks.sides.directions import TurnedDirection, find_turned_directions
from factcheck.records import Flag, Span

_LATEST = 12
"""How many propositions of one predicate are looked back on: keeps the cost linear."""


_MARK = Marker("polarity", "negation")


class PolarityCheck:
    """Flags what the article affirms in one place and denies in another, or a reference denies."""

    name = "polarity"

    def run(self, case: Case) -> Iterable[Flag]:
        """One flag for each proposition that has its opposite elsewhere."""
        article = article_of(case)
        references = list(references_of(case))
        flagged: set[Span] = set()
        for ours, theirs in _opposed(article, references):
            if ours.span not in flagged and theirs.span not in flagged:
                flagged.add(ours.span)
                yield self._flag(case, ours, theirs)
        for turn in turned_sentences(article, references):
            if not any(turn.quotation.span.overlaps(span) for span in flagged):
                yield self._turn_flag(case, turn)
        for harm in denied_harm(article):
            yield self._harm_flag(case, harm)
        for turned in find_turned_directions(article, headline_of(article)):
            if turned.sentence != headline_of(article):
                yield self._direction_flag(case, article, turned)

    def _flag(self, case: Case, ours: Proposition, theirs: Proposition) -> Flag:
        quotation = ours.passage.quote(ours.span)
        conflict = theirs.passage.quote(theirs.span)
        where = "elsewhere" if theirs.passage.is_article else theirs.passage.name
        what = f" ({ours.sense.about})" if ours.sense.sign != theirs.sense.sign else ""
        return _MARK.flag(
            case.article,
            quotation.span,
            "high",
            min(0.9, 0.4 + 0.12 * sameness(ours, theirs)),
            f"'{_line(quotation.text)}' says the opposite{what} of '{_line(conflict.text)}', "
            f"{where}, about the same matter.",
            conflict=conflict,
        )

    def _harm_flag(self, case: Case, harm: Harm) -> Flag:
        ours, theirs = case.article.quote(harm.ours), case.article.quote(harm.theirs)
        return _MARK.flag(
            case.article,
            harm.ours,
            "high",
            0.7,
            f"'{_line(ours.text)}' here, '{_line(theirs.text)}' elsewhere.",
            conflict=theirs,
        )

    def _direction_flag(self, case: Case, article: Passage, turned: TurnedDirection) -> Flag:
        span = article.sentences[turned.sentence].span_of([turned.token])
        conflict = case.article.quote(turned.move.span)
        return _MARK.flag(
            case.article,
            span,
            "high",
            0.8 if turned.move.sentence == turned.sentence else 0.6,
            f"'{_line(conflict.text)}' goes the other way than '{turned.token.text}'.",
            conflict=conflict,
        )

    def _turn_flag(self, case: Case, turn: Turn) -> Flag:
        return _MARK.flag(
            case.article,
            turn.quotation.span,
            "high",
            turn.confidence,
            f"'{turn.ours}' here, '{turn.theirs}' in {turn.where}, in sentences that otherwise "
            "say the same.",
            conflict=turn.conflict,
        )


def _line(words: str) -> str:
    return " ".join(words.split())


def _opposed(
    article: Passage, references: Iterable[Passage]
) -> Iterator[tuple[Proposition, Proposition]]:
    """Pairs that contradict each other, the suspect side first; those with references first."""
    stated = [p for p in read_propositions(article) if _telling(p)]
    keys = {p.sense.key for p in stated}
    known: dict[str, deque[Proposition]] = defaultdict(lambda: deque(maxlen=_LATEST))
    for theirs in (p for passage in references for p in read_propositions(passage, keys)):
        if _telling(theirs):
            known[theirs.sense.key].append(theirs)
    for ours in stated:
        yield from ((ours, other) for other in known[ours.sense.key] if contradict(ours, other))
    seen: dict[str, deque[Proposition]] = defaultdict(lambda: deque(maxlen=_LATEST))
    for ours in stated:
        for other in seen[ours.sense.key]:
            if contradict(ours, other):
                yield (other, ours) if _suspect(other) > _suspect(ours) else (ours, other)
        seen[ours.sense.key].append(ours)


def _suspect(proposition: Proposition) -> tuple[bool, bool, bool]:
    """The likelier slip: a full statement with a negative, in the narrator's voice."""
    full = bool(proposition.subject.words)
    return full and proposition.negated, full, proposition.speaker is None


def _telling(proposition: Proposition) -> bool:
    return proposition.sense.key not in lexicon().words["general"] and bool(
        proposition.subject.present or proposition.object.present
    )
