"""Claims that a reference contradicts, as the verifier reads the two.

The verifier has read each claim beside the reference passages nearest to it, for the verdicts.
Where it holds one of them against the claim, though not firmly enough for a verdict, an editor
should still see the two side by side: a flag is a question, a verdict an answer. What makes a doubt
a flag: `factcheck.checks.doubt.doubts`. A claim that comparing words has flagged already is not
looked at again: of two flags on one place the comparison's would stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from factcheck.checks.base import Case, Marker, severity_of_doubt
from factcheck.checks.doubt.doubts import BORNE_OUT, WORD, Doubt, Read, Weights, doubts
from factcheck.checks.doubt.reading import Reader
from factcheck.checks.merging import same_place
from factcheck.records import Article, Claim, Flag, Quotation, Span
from factcheck.text.clauses import stem
from factcheck.text.sentences import sentences

NAME = "sources"
"""Name of this check, which needs a model and is therefore made by the caller."""

_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
_DENIAL = re.compile(
    r"\b(?:not|no|never|nor|neither|without|none|nobody|nothing|cannot|denie[sd]|refused|declined)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_HEADING = re.compile(r"(?:[^\n]*\n){0,2}?Source:[^\n]*\n")
"""Title and source of a reference, in its first lines (docs/references.md)."""


class SourcesCheck:
    """Flags claims that a reference contradicts, as a model reads it."""

    name = NAME

    def __init__(self, reader: Reader, read: Read, weights: Weights, shown: Sequence[Flag] = ()):
        """Look at what was read.

        Args:
            reader: the model that read it, to be asked about contraries of the claims and for
                the sentence that decided.
            read: what it made of the claims' passages.
            weights: what makes a doubt a flag.
            shown: flags that comparing has found and that will be shown.
        """
        self._reader, self._read, self._weights, self._shown = reader, read, weights, shown

    def run(self, case: Case) -> Iterable[Flag]:
        """At most one flag a sentence."""
        claims = [claim for claim in case.claims if not self._is_shown(case.article, claim)]
        doubted = doubts(claims, self._read, self._reader, case.parser)
        found = [(self._weights.confidence(doubt), doubt) for doubt in doubted]
        due = [(sure, d) for sure, d in found if sure >= self._weights.least]
        best: dict[int, tuple[float, Doubt]] = {}
        for sure, doubt in sorted(due, key=lambda pair: (-pair[0], pair[1].claim.span.start)):
            best.setdefault(doubt.claim.sentence, (sure, doubt))
        for sure, doubt, quotation in self._upheld(list(best.values())):
            yield self._flag(case, doubt, sure, quotation)

    def _is_shown(self, article: Article, claim: Claim) -> bool:
        quotation = article.quote(claim.span)
        return any(same_place(flag.quotation, quotation) for flag in self._shown)

    def _upheld(
        self, chosen: Sequence[tuple[float, Doubt]]
    ) -> Iterator[tuple[float, Doubt, Quotation]]:
        """The doubts that no single sentence of the passage allays, with the loudest sentence."""
        parts = [_sentences(doubt.passage.quotation) for _, doubt in chosen]
        asked = [
            (part.text, doubt.claim.standalone)
            for (_, doubt), found in zip(chosen, parts, strict=True)
            for part in found
        ]
        readings = iter(self._reader.score(asked))
        for (sure, doubt), found in zip(chosen, parts, strict=True):
            heard = [(next(readings), part) for part in found]
            allayed = any(reading.supported >= BORNE_OUT for reading, _ in heard)
            if not allayed and not any(_repeats(part.text, doubt.claim) for part in found):
                yield sure, doubt, max(heard, key=lambda one: one[0].refuted)[1]

    def _flag(self, case: Case, doubt: Doubt, sure: float, quotation: Quotation) -> Flag:
        return Marker(self.name, doubt.turned).flag(
            case.article,
            doubt.claim.span,
            severity_of_doubt(sure),
            round(sure, 4),
            _why(doubt),
            conflict=quotation,
        )


def _sentences(quotation: Quotation) -> list[Quotation]:
    """The sentences of a passage, without its document's heading."""
    text = quotation.text
    heading = _HEADING.match(text)
    spans = sentences(text, Span(heading.end() if heading else 0, len(text)))
    return [quotation.part(span) for span in spans] or [quotation]


def _repeats(sentence: str, claim: Claim) -> bool:
    """Whether a sentence has the claim's numbers, half of its other words, and as few denials."""
    ours, theirs = claim.standalone, sentence
    figures = set(_NUMBER.findall(ours))
    if not figures or not figures <= set(_NUMBER.findall(theirs)):
        return False
    wanted = {stem(word) for word in WORD.findall(ours)} - figures
    shared = wanted & {stem(word) for word in WORD.findall(theirs)}
    denied = [bool(_DENIAL.search(text)) for text in (ours, theirs)]
    return len(shared) >= len(wanted) / 2 and denied[0] == denied[1]


def _why(doubt: Doubt) -> str:
    """Whose words speak against the claim, and the contrary that they bear out, if they do one."""
    source, best = doubt.passage.publisher or doubt.passage.title, doubt.best
    if best is None or best.reading.supported < BORNE_OUT:
        return f"According to {source} it seems to be otherwise."
    return f"According to {source} it seems to be otherwise: '{best.claim.rstrip('.')}'."
