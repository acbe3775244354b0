"""A chat model as a verifier: what `factcheck.evaluation` can ask about pairs of texts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from factcheck.articles import parse_article
from factcheck.evaluation.claimchecks import as_passage
from factcheck.llm.answers import Percent
from factcheck.llm.calling import Caller, Question
from factcheck.llm.combination import Beliefs, Combination
from factcheck.llm.judging import Judgement, cases_of, judgements_of, question_of
from factcheck.llm.prompts import load_prompt, read_prompt
from factcheck.llm.windows import Readable
from factcheck.records import Claim, Span
from factcheck.verdicts.verifier import Entailment, Verifier

OPEN = Entailment(0.0, 0.0, 1.0)
"""What a question without an answer counts as; how many there are stands beside the figures."""


class Verdict(BaseModel):
    """Answer to the plain prompt."""

    model_config = ConfigDict(extra="forbid")

    verdict: Literal["supported", "refuted", "not_enough_evidence"]
    probability: Percent


@dataclass
class Plain:
    """The model alone, with a plain prompt: no rules, no quotations asked for or checked."""

    caller: Caller
    name: str

    def __post_init__(self) -> None:
        """Read the prompt."""
        self._prompt = read_prompt(Path(__file__).with_name("plain.v1.yaml"))
        self.digest = _digest(self.caller, self._prompt.digest)

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """See `Verifier.score`."""
        answers = self.caller.ask(
            [
                Question(self._prompt, {"evidence": evidence, "claim": claim}, Verdict)
                for evidence, claim in pairs
            ]
        )
        return [
            _as_entailment(a.data.verdict, a.data.probability / 100) if a.data else OPEN
            for a in answers
        ]


@dataclass
class Chain:
    """The chain *judge* as the product runs it, on one passage, with its quotations checked."""

    caller: Caller
    name: str
    combination: Combination

    def __post_init__(self) -> None:
        """Read the prompt."""
        self._prompt = load_prompt("judge")
        # The parameters are applied afterwards, so that answers stay good when they are fitted.
        self.digest = _digest(self.caller, self._prompt.digest, repr(self.combination))

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """See `Verifier.score`."""
        return [_calibrated(self.combination, one) for one in self.judged(pairs)]

    def judged(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement | None]:
        """The judgements themselves; None where the passage could not be shown.

        Each claim is asked about as an article of its own, all in one batch.
        """
        cases, questions = [], []
        for place, (evidence, text) in enumerate(pairs):
            article = Readable(parse_article(text, source="claim"))
            claim = _claim(article, str(place))
            of_one = cases_of(self.caller, [claim], {claim.id: [as_passage(evidence)]})
            cases += of_one
            questions += [question_of(self._prompt, article, case) for case in of_one]
        found = judgements_of(self.caller, cases, self.caller.ask(questions))
        return [found.get(str(place)) for place in range(len(pairs))]


@dataclass
class Both:
    """The embedded verifier, and the chain for what it leaves unsettled."""

    verifier: Verifier
    chain: Chain
    name: str

    def __post_init__(self) -> None:
        """Join the digests."""
        self.digest = _joined(self.verifier.digest, self.chain.digest)

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """See `Verifier.score`."""
        combination = self.chain.combination
        own = self.verifier.score(pairs)
        asked = [
            place
            for place, one in enumerate(own)
            if max(one.supported, one.refuted) < combination.settled
        ]
        said = dict(zip(asked, self.chain.score([pairs[p] for p in asked]), strict=True))
        return [
            _pooled(combination, one, said[place]) if said.get(place, OPEN) != OPEN else one
            for place, one in enumerate(own)
        ]


def _claim(article: Readable, name: str) -> Claim:
    """The whole text as one claim."""
    text, prose = article.article.text, article.article.prose
    index = prose[0].index if prose else 0
    return Claim(name, index, Span(0, len(text)), text, "fact", None)


def _calibrated(combination: Combination, judgement: Judgement | None) -> Entailment:
    if judgement is None or judgement.label is None:
        return OPEN
    return _as_entailment(judgement.label, combination.calibrated(judgement.probability))


def _as_entailment(label: str, probability: float) -> Entailment:
    rest = (1 - probability) / 2
    at_rest = Entailment(rest, rest, rest)
    if label == "supported":
        return replace(at_rest, supported=probability)
    if label == "refuted":
        return replace(at_rest, refuted=probability)
    return replace(at_rest, not_enough=probability)


def _pooled(combination: Combination, one: Entailment, other: Entailment) -> Entailment:
    return Entailment(*combination.pooled(_beliefs(one), _beliefs(other)))


def _beliefs(one: Entailment) -> Beliefs:
    return one.supported, one.refuted, one.not_enough


def _digest(caller: Caller, *parts: str) -> str:
    return _joined(str(caller.model.name), repr(sorted(caller.model.options.items())), *parts)


def _joined(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
