"""What an entailment model's answer hangs on, found by leaving things out (occlusion).

Words of a claim are weighed as Li, Monroe and Jurafsky (2016, 'Understanding Neural Networks
through Representation Erasure') weigh them: by what becomes of the answer without them. A sentence
of the evidence is weighed by what it decides alone.

It works with any `Verifier`, on demand, at a bounded cost: at most `MOST_PAIRS` pairs a claim, none
longer than a window (`factcheck.verdicts.windows`), however long the evidence is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from factcheck.records import Label, LeftOut, Occlusion, Quotation, Span
from factcheck.verdicts.verifier import Entailment, Verifier
from factcheck.verdicts.windows import units, windows

WINDOWS = 4
"""Windows of the evidence that are read; of longer evidence, those nearest to the claim."""
SENTENCES = 12
"""Sentences of the most telling window that are read alone; of more, those nearest to the claim."""
WORDS = 24
"""Words of the claim that are left out, one at a time; of a longer claim, the first ones."""
MOST_PAIRS = WINDOWS + SENTENCES + WORDS
"""Pairs of evidence and claim that the explanation of one claim takes, at most."""
NAMED = 3
"""Words that are named, at most."""
LEAST = 0.05
"""A word is named when the explained probability changes by so much without it,"""
SHARE = 1 / 3
"""and by at least so much of what the heaviest word changes: beside 'who', 'what' is noise."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019.,-][^\W_]+)*")
_LITTLE = frozenset(
    "a an and are as at be been but by did do does for from had has have he her his in is it its "
    "of on or she that the their they this to was were which who will with would".split()
)

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """An answer to be explained."""

    claim: str
    """The claim as it was read."""
    passages: tuple[Quotation, ...]
    """The evidence it was read against."""
    label: Label
    """What was decided."""

    @property
    def stance(self) -> Literal["supported", "refuted"]:
        """The probability that is explained."""
        return "refuted" if self.label in {"refuted", "conflicting"} else "supported"

    def chance(self, found: Entailment) -> float:
        """The explained probability in a judgement."""
        return found.refuted if self.stance == "refuted" else found.supported

    def weight(self, found: Entailment) -> float:
        """How much a stretch of evidence tells: of an open claim, how far it decides it at all."""
        open_ = self.label == "not_enough_evidence"
        return found.supported + found.refuted if open_ else self.chance(found)


@dataclass(frozen=True, slots=True)
class _Trial:
    """A question, its most telling window, and the pairs that show what tells in them."""

    question: Question
    window: Quotation
    whole: Entailment
    sentences: tuple[Quotation, ...]
    words: tuple[Span, ...]
    spent: int

    @property
    def pairs(self) -> list[Pair]:
        claim = self.question.claim
        # A single sentence is the window, whose judgement is known.
        alone = self.sentences if len(self.sentences) > 1 else ()
        return [
            *((sentence.text, claim) for sentence in alone),
            *((self.window.text, _left_out(claim, word)) for word in self.words),
        ]


def occlude(verifier: Verifier, questions: Sequence[Question]) -> list[Occlusion | None]:
    """What each answer hangs on, in order; None where the evidence is blank.

    All questions share two batches.

    Raises:
        ModelError: the verifier cannot be run.
    """
    read = [_windows_of(question) for question in questions]
    judged = _scored(
        verifier, [[(w.text, q.claim) for w in r] for q, r in zip(questions, read, strict=True)]
    )
    trials = [_trial(*each) for each in zip(questions, read, judged, strict=True)]
    answers = _scored(verifier, [trial.pairs if trial else [] for trial in trials])
    model = f"{verifier.name} sha256:{verifier.digest}"
    return [
        _explained(trial, found, model) if trial else None
        for trial, found in zip(trials, answers, strict=True)
    ]


def _scored(verifier: Verifier, groups: Sequence[Sequence[Pair]]) -> list[list[Entailment]]:
    """The answers to groups of pairs, asked as one batch."""
    answers = iter(verifier.score([pair for group in groups for pair in group]))
    return [list(islice(answers, len(group))) for group in groups]


def _windows_of(question: Question) -> list[Quotation]:
    found = [p.part(span) for p in question.passages for span in windows(p.text)]
    return _nearest(found, question.claim, WINDOWS)


def _trial(
    question: Question, read: Sequence[Quotation], judged: Sequence[Entailment]
) -> _Trial | None:
    if not read:
        return None
    at = _best(judged, question.weight)
    sentences = [read[at].part(span) for span in units(read[at].text)]
    return _Trial(
        question,
        read[at],
        judged[at],
        tuple(_nearest(sentences, question.claim, SENTENCES)),
        tuple(_content_words(question.claim)),
        len(read),
    )


def _explained(trial: _Trial, answers: Sequence[Entailment], model: str) -> Occlusion:
    question, cut = trial.question, len(answers) - len(trial.words)
    heaviest = _best(answers[:cut], question.weight) if cut else 0
    return Occlusion(
        model,
        trial.sentences[heaviest],
        question.stance,
        question.chance(trial.whole),
        _moving(trial, [question.chance(found) for found in answers[cut:]]),
        trial.spent + len(answers),
    )


def _moving(trial: _Trial, without: Sequence[float]) -> tuple[LeftOut, ...]:
    whole, claim = trial.question.chance(trial.whole), trial.question.claim
    least = max(LEAST, SHARE * max((abs(chance - whole) for chance in without), default=0.0))
    found = [
        LeftOut(word, word.of(claim), chance)
        for word, chance in zip(trial.words, without, strict=True)
        if abs(chance - whole) >= least
    ]
    return tuple(sorted(found, key=lambda w: (-abs(w.probability - whole), w.span))[:NAMED])


def _best(judged: Sequence[Entailment], weight: Callable[[Entailment], float]) -> int:
    """Place of the weightiest, the first of equals."""
    return max(range(len(judged)), key=lambda n: (weight(judged[n]), -n))


def _nearest(parts: Sequence[Quotation], claim: str, most: int) -> list[Quotation]:
    """The parts that share most words with the claim, in the order given."""
    want = _folded(claim)
    ranked = sorted(range(len(parts)), key=lambda n: (-len(want & _folded(parts[n].text)), n))
    return [parts[n] for n in sorted(ranked[:most])]


def _content_words(claim: str) -> list[Span]:
    found = (Span(m.start(), m.end()) for m in _WORD.finditer(claim))
    return list(islice((w for w in found if w.of(claim).casefold() not in _LITTLE), WORDS))


def _left_out(claim: str, word: Span) -> str:
    return " ".join((claim[: word.start] + claim[word.end :]).split())


def _folded(text: str) -> set[str]:
    return {m.group().casefold() for m in _WORD.finditer(text)} - _LITTLE
