"""Sentences that a model, reading the rest of the article, holds to be contradicted by it.

Catches what no symbolic check covers. The headline is read against the beginning of the body, and
every other sentence, where the reader is good enough for that, against those nearest to it: once
each, so the cost grows linearly with the article. Only the few suspects are read again, to find the
words that contradict them and the change that would mend them (`factcheck.checks.repairs`). How
sure a suspect is an error: `factcheck.checks.suspicion`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from factcheck.checks.base import Case, Marker
from factcheck.checks.contraries import Repair
from factcheck.checks.repairs import repairs
from factcheck.checks.suspicion import Reach, Suspect, Weights, shipped_weights
from factcheck.records import Flag, FlagType, Severity
from factcheck.text.parsing import ParsedSentence

if TYPE_CHECKING:
    from spacy.tokens import Doc

NAME = "verifier"
"""Name of this check, which needs a model and is therefore made by the caller."""
CONTEXT_SENTENCES = 6
"""Sentences of the article against which one is read at once."""
CONTEXT_WORDS = 150
"""Words of them together, unless a single sentence is longer."""
_MOST_SUSPECTS = 0.25
"""Share of the sentences that is looked at again at most; at least `_FEW_SUSPECTS`."""
_FEW_SUSPECTS = 4
_SHORTEST = 4


class Reading(Protocol):
    """What one passage does for one sentence."""

    @property
    def supported(self) -> float:
        """Probability that the passage says so."""
        ...

    @property
    def refuted(self) -> float:
        """Probability that the passage makes some of it false."""
        ...


class Reader(Protocol):
    """A model that reads a passage for a sentence."""

    def score(self, pairs: Sequence[tuple[str, str]]) -> Sequence[Reading]:
        """One reading for each (passage, sentence), in order."""
        ...


class ConsistencyCheck:
    """Flags sentences that the rest of the article contradicts, as a model reads it."""

    name = NAME

    def __init__(self, reader: Reader, reach: Reach = "whole", weights: Weights | None = None):
        """Read with `reader`.

        Args:
            reader: a model that reads a passage for a sentence.
            reach: what it reads.
            weights: what makes a suspect a flag; the shipped ones for the reach by default.
        """
        self._reader, self._reach = reader, reach
        self._weights = weights or shipped_weights(reach)

    def run(self, case: Case) -> Iterable[Flag]:
        """At most one flag a sentence, of the kind that a change confirms, else `contradiction`."""
        found = [(self._weights.confidence(one), one) for one in self.suspects(case)]
        for sure, one in _one_side(found):
            if sure >= self._weights.least:
                yield self._flag(case, one, sure)

    def suspects(self, case: Case) -> list[Suspect]:
        """The sentences that the reader doubts most, with why, most doubtful first."""
        contexts = dict(_contexts(case))
        if self._reach == "headline":
            contexts = {p: around for p, around in contexts.items() if _is_headline(case, p)}
        asked = [
            (_joined(case, around), case.sentences[place].doc.text)
            for place, around in contexts.items()
        ]
        readings = dict(zip(contexts, self._reader.score(asked), strict=True))
        most = max(_FEW_SUSPECTS, round(_MOST_SUSPECTS * len(readings)))
        doubted = sorted(readings, key=lambda place: (-readings[place].refuted, place))[:most]
        chosen = [p for p in doubted if readings[p].refuted >= self._weights.suspect]
        rivals = self._rivals(case, {place: contexts[place] for place in chosen})
        mended = self._mended(case, rivals, contexts)
        return [
            _suspect(case, place, readings[place], rivals[place], mended[place]) for place in chosen
        ]

    def _rivals(self, case: Case, contexts: Mapping[int, Sequence[int]]) -> dict[int, int]:
        """For each suspect the sentence that alone speaks loudest against it."""
        asked = [(place, other) for place, around in contexts.items() for other in around]
        texts = [(case.sentences[o].doc.text, case.sentences[p].doc.text) for p, o in asked]
        best: dict[int, tuple[int, float]] = {}
        for (place, other), reading in zip(asked, self._reader.score(texts), strict=True):
            if place not in best or reading.refuted > best[place][1]:
                best[place] = (other, reading.refuted)
        return {place: other for place, (other, _) in best.items()}

    def _mended(
        self, case: Case, rivals: Mapping[int, int], contexts: Mapping[int, Sequence[int]]
    ) -> dict[int, list[tuple[Repair, Reading]]]:
        """For each suspect the changes tried, and how the reader takes each."""
        tried: list[tuple[int, Repair]] = []
        for place, rival in rivals.items():
            near = [case.sentences[rival].doc]
            near += [case.sentences[o].doc for o in contexts[place] if o != rival]
            tried += [(place, repair) for repair in repairs(case.sentences[place].doc, near[:3])]
        asked = [
            (_joined(case, contexts[place]), repair.applied(case.sentences[place].doc.text))
            for place, repair in tried
        ]
        found: dict[int, list[tuple[Repair, Reading]]] = {place: [] for place in rivals}
        for (place, repair), reading in zip(tried, self._reader.score(asked), strict=True):
            found[place].append((repair, reading))
        return found

    def _flag(self, case: Case, suspect: Suspect, sure: float) -> Flag:
        sentence, rival = case.sentences[suspect.place], case.sentences[suspect.rival]
        repair = suspect.repair if suspect.relief >= self._weights.mending else None
        kind: FlagType = repair.type if repair else "contradiction"
        if suspect.is_headline:
            kind = "headline"
        return Marker(self.name, kind).flag(
            case.article,
            sentence.span,
            _severity(sure),
            round(sure, 4),
            _why(sentence.doc, repair),
            conflict=case.article.quote(rival.span),
            correction=_correction(case, sentence, repair),
        )


def _contexts(case: Case) -> Iterator[tuple[int, tuple[int, ...]]]:
    """For each sentence worth reading, the places of those that it is read against."""
    for place, sentence in enumerate(case.sentences):
        around = _chosen(case, place)
        if around and len(sentence.doc) >= _SHORTEST and not sentence.doc.text.endswith("?"):
            yield place, around


def _chosen(case: Case, place: int) -> tuple[int, ...]:
    """As many sentences as the bounds allow, in order of the text: the nearest ones.

    For the headline, which is to say what the body begins with, the body's first ones.
    """
    near = case.related.get(place, ())
    if _is_headline(case, place):
        near = [other for other in range(len(case.sentences)) if other != place]
    chosen: list[int] = []
    words = 0
    for other in near:
        length = len(case.sentences[other].doc)
        if len(chosen) < CONTEXT_SENTENCES and (not chosen or words + length <= CONTEXT_WORDS):
            chosen.append(other)
            words += length
    return tuple(sorted(chosen))


def _joined(case: Case, places: Iterable[int]) -> str:
    return " ".join(case.sentences[place].doc.text for place in places)


def _suspect(
    case: Case,
    place: int,
    before: Reading,
    rival: int,
    tried: Sequence[tuple[Repair, Reading]],
) -> Suspect:
    """What was found about a sentence; of the changes tried the one that pleases most."""
    repair, relief = None, 0.0
    if tried:
        repair, after = max(tried, key=lambda pair: (pair[1].supported, -pair[1].refuted))
        relief = before.refuted - after.refuted
    is_headline = _is_headline(case, place)
    return Suspect(place, is_headline, before.refuted, rival, repair, relief)


def _is_headline(case: Case, place: int) -> bool:
    return case.sentences[place].span == case.article.headline


def _one_side(found: Iterable[tuple[float, Suspect]]) -> Iterator[tuple[float, Suspect]]:
    """The surest first; of two that contradict each other only the surer."""
    taken: set[int] = set()
    for sure, one in sorted(found, key=lambda pair: (-pair[0], pair[1].place)):
        if one.place not in taken and one.rival not in taken:
            taken.add(one.place)
            yield sure, one


def _severity(sure: float) -> Severity:
    return "medium" if sure >= 0.6 else "low"


def _why(doc: Doc, repair: Repair | None) -> str:
    if repair is None or len(repair.span.of(doc.text)) > 60:
        return "Read beside the other place, this cannot be right as it stands."
    ours, theirs = repair.span.of(doc.text).strip(), repair.words.strip()
    if not ours:
        return f"The other place says otherwise; with '{theirs}' put in, the two would agree."
    if not theirs:
        return f"The other place says otherwise; without '{ours}' the two would agree."
    return f"The other place says otherwise; with '{theirs}' for '{ours}' the two would agree."


def _correction(case: Case, sentence: ParsedSentence, repair: Repair | None) -> str | None:
    """The sentence with the change, where its text and its parse are letter for letter the same."""
    words = sentence.span.of(case.article.text)
    if repair is None or words != sentence.doc.text:
        return None
    return repair.applied(words)
