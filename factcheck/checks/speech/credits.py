"""Words taken up again and credited to another: 'Mr Low's warning that', where Ms Hay warned.

A place that takes up what was said ('the remark by A about', 'as A had warned', 'she agreed with
A that') is looked up among all that the article lets people say. Where one speaker has said it and
the one named here has not, nor anything like it, it is given to the wrong one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.base import Case
from factcheck.checks.speech.cast import Cast, apart, is_person, is_vague
from factcheck.checks.speech.endings import all_quoted, outside
from factcheck.checks.speech.speakers import words
from factcheck.checks.speech.takenup import TakenUp, taken_up
from factcheck.checks.speech.tellings import Telling, acts_of, items_of, tellings_of
from factcheck.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_COVERED = 0.55
"""Share of what is taken up that the one who said it must have said."""
_FEWEST = 2
"""Items that the two places must share."""
_COMMONEST = 4
"""Sentences in which an item may stand and still tell one saying from another."""
_NEW = 0.5
"""Weight of an item that the article has nowhere else: who takes words up rewords them."""
_PART = 0.3
"""Share of the common items from which the owner's own words may be meant as well."""


@dataclass(frozen=True, slots=True)
class Miscredited:
    """Words that are taken up as one speaker's and were another's."""

    span: Span
    """The owner with the noun or verb, and what is taken up."""
    source: Span
    """The sentence where it was said."""
    names: tuple[str, str]
    """Who is given it here; whose it is."""
    quoted: bool
    """Whether it was said within quotation marks."""


def find_miscredited(case: Case) -> Iterator[Miscredited]:
    """The places of an article that take up another's words as somebody's, in order."""
    quoted = all_quoted(case.article)
    cast = Cast(case.sentences)
    told = tellings_of(case, cast, quoted)
    ledger = _Ledger(case, told, cast, quoted)
    for place, sentence in enumerate(case.sentences):
        for found in taken_up(sentence):
            owner = cast.names_of(found.owner)
            if is_vague(owner) or not ledger.is_known(owner, place):
                continue
            source = ledger.source_of(found, owner, place)
            if source is not None:
                span = sentence.span_of(found.shown)
                shared = found_items(found) & source.items
                yield Miscredited(
                    span,
                    source.span,
                    (found.called, source.called),
                    len(shared & source.quoted) * 2 > len(shared),
                )


def found_items(found: TakenUp) -> frozenset[str]:
    """What is taken up, as items, without the owner's own name."""
    return items_of(found.said) - items_of([found.owner])


class _Ledger:
    """All that is said in an article, found by its items, and who stands in which sentence."""

    def __init__(
        self, case: Case, told: Sequence[Telling], cast: Cast, quoted: Sequence[Span]
    ) -> None:
        self._told: dict[str, list[Telling]] = defaultdict(list)
        for telling in told:
            for item in telling.items:
                self._told[item].append(telling)
        self._items = [items_of(s.doc) for s in case.sentences]
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, items in enumerate(self._items):
            for item in items:
                self._places[item].append(place)
        tellers = {t.place for t in told if t.names and not is_vague(t.names)}
        self._present = list(_present(case, cast, quoted, tellers))

    def is_known(self, owner: frozenset[str], place: int) -> bool:
        """Whether the owner was in the article before, so that other words may have been his."""
        telling = owner - words("many_are") or owner
        return any(telling & present for present in self._present[:place])

    def source_of(self, found: TakenUp, owner: frozenset[str], place: int) -> Telling | None:
        """Who else said it, where the owner did not; None where that cannot be told."""
        wanted = found_items(found)
        acts = acts_of([found.cue])
        if not wanted or not any(len(self._places[w]) <= _COMMONEST for w in wanted):
            return None
        near: dict[int, Telling] = {}
        for item in wanted:
            if len(self._places[item]) <= 3 * _COMMONEST:
                near.update({id(t): t for t in self._told[item] if t.place < place})
        likely = [t for t in near.values() if self._is_source(found, wanted, acts, t)]
        if not likely:
            return None
        best = max(likely, key=lambda t: (len(wanted & t.items), len(acts & t.items), t.place))
        if not best.names or is_vague(best.names) or not apart(owner, best.names):
            return None
        if self._may_be_owners(wanted, owner, best, place):
            return None
        return best

    def _is_source(
        self, found: TakenUp, wanted: frozenset[str], acts: frozenset[str], told: Telling
    ) -> bool:
        shared = wanted & told.items
        weight = sum(1 if len(self._places[w]) > 1 else _NEW for w in wanted)
        if len(shared) < _COVERED * weight:
            return False
        rare = any(len(self._places[w]) <= _COMMONEST for w in shared)
        is_figure = found.cue.lemma_.lower() in words("of_figures") and any(map(_is_figure, shared))
        enough = is_figure or len(shared) + (1 if acts & told.items else 0) >= _FEWEST
        return rare and enough and not (found.is_clause and found.denied != told.denied)

    def _may_be_owners(
        self, wanted: frozenset[str], owner: frozenset[str], best: Telling, place: int
    ) -> bool:
        """Whether some other place lets the owner say it, or does not let us tell who says it."""
        telling = owner - words("many_are") or owner
        shared = wanted & best.items
        for other in {p for w in shared for p in self._places[w]} - {place}:
            common = shared & self._items[other]
            near = other == best.place or len(common) >= _PART * len(shared)
            if any(map(_is_figure, shared - common)) and any(map(_is_figure, self._items[other])):
                near = False
            if near and telling & self._present[other] and not self._is_both(best, other):
                return True
        return False

    def _is_both(self, best: Telling, other: int) -> bool:
        """Whether another sentence has the one who said it as well, and lets nobody speak."""
        teller = best.names - words("many_are")
        spoken = any(t.place == other for w in self._items[other] for t in self._told[w])
        return other != best.place and not spoken and bool(teller & self._present[other])


def _is_figure(item: str) -> bool:
    return item.startswith("#")


def _leads_back(subject: Token) -> bool:
    """Whether a subject is a pronoun that nobody named before it in the sentence can mean."""
    if subject.lower_ not in {"he", "she", "it", "they"}:
        return False
    human = subject.lower_ in {"he", "she"}
    earlier = subject.doc[: subject.i]
    return not any(is_person(t) or (not human and t.dep_ == "nsubj") for t in earlier)


def _present(
    case: Case, cast: Cast, quoted: Sequence[Span], tellers: Set[int]
) -> Iterator[frozenset[str]]:
    """For each sentence the words by which those in it may be meant, in pronouns as well."""
    before: frozenset[str] = frozenset()
    paragraph = -1
    for place, (sentence, known) in enumerate(zip(case.sentences, case.article.prose, strict=True)):
        free = outside(sentence, quoted)
        found = {
            w for t in sentence.doc if t.text[:1].isalpha() for w in (t.lower_, t.lemma_.lower())
        }
        for token in sentence.doc:
            if is_person(token):
                found |= cast.names_of(token)
        subjects = [t for t in sentence.doc if t.dep_ in {"nsubj", "nsubjpass"}]
        opens = any(_leads_back(t) for t in subjects if free[t.i])
        goes_on = known.paragraph == paragraph and place not in tellers
        here = frozenset(found)
        if opens or goes_on:
            here |= before
        yield here
        before, paragraph = here, known.paragraph
