"""Sentences that a model, reading the rest of the article, holds to be contradicted by it.

Catches what no symbolic check covers. The headline is read against the beginning of the body, and
every other sentence, where the reader is good enough for that, against those beside it and those
on the same things: once each, so the cost grows linearly with the article. Only the few suspects
are read again, to find the words that contradict them and the change that would mend them
(`factcheck.checks.doubt.repairs`). How sure a suspect is an error:
`factcheck.checks.doubt.suspicion`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from factcheck.checks.base import Case, Marker, severity_of_doubt
from factcheck.checks.doubt.contraries import Repair
from factcheck.checks.doubt.reading import Reader, Reading
from factcheck.checks.doubt.repairs import repairs
from factcheck.checks.doubt.suspicion import Reach, Suspect, Weights, shipped_weights
from factcheck.records import Flag, FlagType
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
_NEAR = 3
"""Sentences of its context from which words are taken to mend a suspect."""
_SHORTEST = 4


class ConsistencyCheck:
    """Flags sentences that the rest of the article contradicts, as a model reads it."""

    name = NAME

    def __init__(
        self,
        reader: Reader,
        reach: Reach = "whole",
        weights: Weights | None = None,
        shown: float = 0.0,
    ):
        """Read with `reader`.

        Args:
            reader: a model that reads a passage for a sentence.
            reach: what it reads.
            weights: what makes a suspect a flag; the shipped ones for the reach by default.
            shown: confidence from which flags are shown. Below it one can only make another check's
                flag surer, so neither the words that contradict the sentence nor a change that
                would mend it are looked for.
        """
        self._reader, self._reach, self._shown = reader, reach, shown
        self._weights = weights or shipped_weights(reach)

    def run(self, case: Case) -> Iterable[Flag]:
        """At most one flag a sentence, of the kind that a change confirms, else `contradiction`."""
        suspects = self.suspects(case)
        most = max(_FEW_SUSPECTS, round(_MOST_SUSPECTS * len(suspects)))
        due = [one for one in suspects[:most] if self._sure(one) >= self._weights.least]
        shown = [one for one in due if self._sure(one) >= self._shown]
        rivals = self._rivals(case, shown)
        kept = list(_one_side(due, rivals))
        mended = self._mended(case, [one for one in kept if one.place in rivals], rivals)
        for one in kept:
            yield self._flag(case, one, rivals.get(one.place), mended.get(one.place))

    def suspects(self, case: Case) -> list[Suspect]:
        """All sentences that the reader was asked about, the most doubtful first."""
        contexts = {
            place: around
            for place, around in _contexts(case)
            if self._reach == "whole" or _is_headline(case, place)
        }
        asked = [
            (_joined(case, around), case.sentences[place].doc.text)
            for place, around in contexts.items()
        ]
        found = [
            Suspect(place, contexts[place], reading.refuted)
            for place, reading in zip(contexts, self._reader.score(asked), strict=True)
        ]
        return sorted(found, key=lambda one: (-one.refuted, one.place))

    def _sure(self, suspect: Suspect) -> float:
        return self._weights.confidence(suspect.refuted)

    def _rivals(self, case: Case, suspects: Iterable[Suspect]) -> dict[int, int]:
        """For the place of each suspect, that of the sentence that alone speaks loudest against."""
        asked = [(one.place, other) for one in suspects for other in one.context]
        texts = [(case.sentences[o].doc.text, case.sentences[p].doc.text) for p, o in asked]
        best: dict[int, tuple[int, float]] = {}
        for (place, other), reading in zip(asked, self._reader.score(texts), strict=True):
            if place not in best or reading.refuted > best[place][1]:
                best[place] = (other, reading.refuted)
        return {place: other for place, (other, _) in best.items()}

    def _mended(
        self, case: Case, suspects: Iterable[Suspect], rivals: Mapping[int, int]
    ) -> dict[int, Repair]:
        """For a suspect's place the change that pleases most, if P(refuted) falls by enough."""
        tried: list[tuple[Suspect, Repair]] = []
        for one in suspects:
            places = [rivals[one.place], *(o for o in one.context if o != rivals[one.place])]
            near = [case.sentences[place].doc for place in places[:_NEAR]]
            tried += [(one, change) for change in repairs(case.sentences[one.place].doc, near)]
        asked = [
            (_joined(case, one.context), change.applied(case.sentences[one.place].doc.text))
            for one, change in tried
        ]
        best: dict[int, tuple[Repair, Reading]] = {}
        for (one, change), after in zip(tried, self._reader.score(asked), strict=True):
            if one.place not in best or _pleasure(after) > _pleasure(best[one.place][1]):
                best[one.place] = (change, after)
        return {
            one.place: best[one.place][0]
            for one in suspects
            if one.place in best
            and one.refuted - best[one.place][1].refuted >= self._weights.mending
        }

    def _flag(self, case: Case, suspect: Suspect, rival: int | None, repair: Repair | None) -> Flag:
        sentence, sure = case.sentences[suspect.place], self._sure(suspect)
        against = None if rival is None else case.article.quote(case.sentences[rival].span)
        kind: FlagType = repair.type if repair else "contradiction"
        if _is_headline(case, suspect.place):
            kind = "headline"
        return Marker(self.name, kind).flag(
            case.article,
            sentence.span,
            severity_of_doubt(sure),
            round(sure, 4),
            _why(sentence.doc, repair),
            conflict=against,
            correction=_correction(case, sentence, repair),
        )


def _contexts(case: Case) -> Iterator[tuple[int, tuple[int, ...]]]:
    """For each sentence worth reading, the places of those that it is read against."""
    for place, sentence in enumerate(case.sentences):
        around = _chosen(case, place)
        if around and len(sentence.doc) >= _SHORTEST and not sentence.doc.text.endswith("?"):
            yield place, around


def _chosen(case: Case, place: int) -> tuple[int, ...]:
    """As many sentences as the bounds allow, in order of the text.

    The two beside it first, which say who 'he' is, then those on the same things: of 148 errors of
    meaning in the bodies of articles, what proves 130 is among these, and without the two, 106.
    For the headline, which is to say what the body begins with, the body's first ones.
    """
    near = _beside(case, place)
    near += [other for other in case.related.get(place, ()) if other not in near]
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


def _beside(case: Case, place: int) -> list[int]:
    return [other for other in (place - 1, place + 1) if 0 <= other < len(case.sentences)]


def _joined(case: Case, places: Iterable[int]) -> str:
    return " ".join(case.sentences[place].doc.text for place in places)


def _pleasure(reading: Reading) -> tuple[float, float]:
    return reading.supported, -reading.refuted


def _is_headline(case: Case, place: int) -> bool:
    return case.sentences[place].span == case.article.headline


def _one_side(suspects: Iterable[Suspect], rivals: Mapping[int, int]) -> Iterator[Suspect]:
    """Those whose rival is not flagged itself, in order; the most doubtful are to come first."""
    taken: set[int] = set()
    for one in suspects:
        if one.place not in taken and rivals.get(one.place) not in taken:
            taken.add(one.place)
            yield one


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
