"""Training pairs of short texts in which two places must agree, each of which reads in two ways.

eval/claims/switched/*.txt hold texts with a statement, `{{first||second||type}}`, and in another
sentence its proof, `[[one||two]]` (see eval/claims/FORMAT.md). With the first reading of both, or
the second of both, nothing is wrong; with the first of one and the second of the other, the text
contradicts itself. All four ways of reading a text are read for each of the two sentences, beside
the rest of the text. So every sentence is as often right as wrong, and only the rest tells which,
as in FEVER Symmetric (Schuster et al. 2019, "Towards Debiasing Fact Verification Models").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from eval.verifier.data import Item
from eval.verifier.planted import joined
from factcheck.articles import parse_article
from factcheck.evaluation.twinfiles import numbered_texts
from factcheck.records import FLAG_TYPES, Span

FOLDER = Path(__file__).parents[1] / "claims" / "switched"
SWITCHED = "own-switched"
"""Source of these items."""

_STATEMENT = r"\{\{(?P<first>[^{}|]+)\|\|(?P<second>[^{}|]+)\|\|(?P<type>\w+)\}\}"
_PROOF = r"\[\[(?P<one>[^\[\]|]+)\|\|(?P<two>[^\[\]|]+)\]\]"
_MARK = re.compile(f"{_STATEMENT}|{_PROOF}")
_WAYS = (0, 1)


@dataclass(frozen=True)
class Version:
    """A text as it stands with one reading of each place."""

    text: str
    statement: Span
    """Where the statement stands in it."""
    proof: Span
    """Where the proof does."""


@dataclass(frozen=True)
class Switched:
    """A text with a statement and its proof."""

    id: str
    kind: str
    """Type of the flag that is due where the two do not agree."""
    marked: str
    """The text with its marks."""

    def read(self, statement: int, proof: int) -> Version:
        """With the first (0) or second (1) reading of each; right where the two are the same."""
        written, places, end = "", {}, 0
        for mark in _MARK.finditer(self.marked):
            written += self.marked[end : mark.start()]
            is_proof = mark["type"] is None
            names = (("first", "second"), ("one", "two"))[is_proof]
            words = mark[names[proof if is_proof else statement]]
            places[is_proof] = Span(len(written), len(written) + len(words))
            written, end = written + words, mark.end()
        return Version(written + self.marked[end:], places[False], places[True])


def switched_texts(folder: Path = FOLDER) -> list[Switched]:
    """The texts of all files, `sw-NNNN` by their numbers.

    Raises:
        OSError: a file cannot be read.
        ValueError: a text has not one statement and one proof, or its type is not one of flags.
    """
    return [
        _switched(path, number, body)
        for path in sorted(folder.glob("*.txt"))
        for number, body in numbered_texts(path)
    ]


def switched_items(texts: Sequence[Switched]) -> list[Item]:
    """Eight items a text, four right and four wrong; the twin of one has the same sentence.

    Raises:
        ValueError: statement and proof of a text stand in one sentence.
    """
    return [item for text in texts for item in _items(text)]


def _switched(path: Path, number: str, body: str) -> Switched:
    marks = list(_MARK.finditer(body))
    types = [mark["type"] for mark in marks if mark["type"]]
    if len(marks) != 2 or len(types) != 1 or re.search(r"\{\{|\[\[|\|\|", _MARK.sub("", body)):
        raise ValueError(f"{path}: text {number} has not one statement and one proof")
    if types[0] not in FLAG_TYPES:
        raise ValueError(f"{path}: text {number}: {types[0]!r} is none of {', '.join(FLAG_TYPES)}")
    return Switched(f"sw-{number}", types[0], body)


def _items(text: Switched) -> Iterator[Item]:
    for statement, proof in product(_WAYS, _WAYS):
        version = text.read(statement, proof)
        prose = parse_article(version.text, text.id, language="en").prose
        spans = [sentence.span for sentence in prose]
        labels = ("NOT_REFUTED", "REFUTED")
        label, opposite = labels if statement == proof else labels[::-1]
        places = {"statement": (version.statement, statement), "proof": (version.proof, proof)}
        sentences = {
            name: [span for span in spans if span.overlaps(place)]
            for name, (place, _) in places.items()
        }
        if set(sentences["statement"]) & set(sentences["proof"]):
            raise ValueError(f"{text.id}: statement and proof stand in one sentence")
        for name, (_, way) in places.items():
            here = sentences[name]
            yield Item(
                f"{text.id}-{name}-{way}-{label}",
                joined(version.text, [span for span in spans if span not in here]),
                joined(version.text, here),
                label,
                SWITCHED,
                text.kind,
                text.id,
                f"{text.id}-{name}-{way}-{opposite}",
            )
