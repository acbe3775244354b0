"""A chat model among those that are measured: alone, or for what others leave open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from factcheck.articles import parse_article
from factcheck.assistance import Assistant
from factcheck.errors import UsageProblem
from factcheck.evaluation.asking import require_finished
from factcheck.evaluation.claimchecks import as_passage
from factcheck.evaluation.items import Item
from factcheck.evaluation.systems import (
    CHECKS_ONLY,
    System,
    digest_of_parts,
    llm_digest,
    load_system,
)
from factcheck.llm.combination import Beliefs, Combination
from factcheck.llm.judging import Judgement, cases_of, judgements_of, question_of
from factcheck.llm.windows import Readable
from factcheck.records import Claim, Span
from factcheck.verdicts.verifier import Entailment, Verifier

OPEN = Entailment(0.0, 0.0, 1.0)
"""What a question without a usable answer counts as; no answer amounts to exactly this."""


def load_assisted(
    assistant: Assistant,
    name: str,
    items: Sequence[Item],
    *,
    checks: bool = False,
    threads: int | None = None,
) -> System:
    """A chat model on top of the system of that name; alone where that is `none`, without checks.

    Args:
        assistant: the chat model; its policy says which claims it is asked about.
        name: as `load_system` takes it.
        items: the whole set.
        checks: whether the checks have a say as well.
        threads: for the other model.

    Raises:
        UsageProblem: the policy asks about no claim at all.
        ModelError: the other model cannot be found or loaded.
    """
    if assistant.policy == "flags":
        raise UsageProblem(
            "--llm-policy flags asks the chat model about flags, and these are claims without any",
            hint="--llm-policy auto, or all",
        )
    chain = Chain(assistant)
    digest = llm_digest(assistant)
    if name == CHECKS_ONLY and not checks:
        return System(assistant.name, digest, chain, None)
    inner = load_system(name, items, checks=checks, threads=threads)
    both = Assisted(inner.verifier, chain, asks_all=assistant.policy == "all")
    joined = digest_of_parts(inner.digest, digest)
    return System(f"{inner.name}+{assistant.name}", joined, both, inner.thresholds)


class Chain:
    """The chain *judge* as the product runs it, on one passage, with its quotations checked."""

    def __init__(self, assistant: Assistant) -> None:
        """Make it from a chat model that is ready to take part."""
        self.assistant = assistant
        self.name = assistant.name
        self.digest = llm_digest(assistant)
        # Failures are not in the cache, and a weak model's are slow: no pair is asked about twice.
        self._known: dict[tuple[str, str], Judgement | None] = {}

    @property
    def combination(self) -> Combination:
        """How the model's word weighs."""
        return self.assistant.combination

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """See `Verifier.score`.

        Raises:
            Unfinished: a question has no answer for a reason that is not the model's.
        """
        return [_calibrated(self.combination, one) for one in self.judged(pairs)]

    def judged(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement | None]:
        """The judgements themselves; None where the passage could not be shown.

        Each claim is asked about as an article of its own, all in one batch; pairs that were asked
        about before are not asked about again.

        Raises:
            Unfinished: a question has no answer for a reason that is not the model's.
        """
        unasked = [pair for pair in dict.fromkeys(pairs) if pair not in self._known]
        self._known |= zip(unasked, self._asked(unasked), strict=True)
        return [self._known[pair] for pair in pairs]

    def _asked(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement | None]:
        caller, prompt = self.assistant.caller, self.assistant.prompts["judge"]
        cases, questions = [], []
        for place, (evidence, text) in enumerate(pairs):
            article = Readable(parse_article(text, source="claim"))
            claim = _claim(article, str(place))
            of_one = cases_of(caller, [claim], {claim.id: [as_passage(evidence)]})
            cases += of_one
            questions += [question_of(prompt, article, case) for case in of_one]
        found = judgements_of(caller, cases, caller.ask(questions))
        require_finished(self.assistant)
        return [found.get(str(place)) for place in range(len(pairs))]


@dataclass
class Assisted:
    """Another verifier, and the chain for what it leaves unsettled."""

    verifier: Verifier
    """Who is asked first."""
    chain: Chain
    """The chat model."""
    asks_all: bool = False
    """Whether the chat model is asked about settled claims too."""

    def __post_init__(self) -> None:
        """Name them both."""
        self.name = f"{self.verifier.name}+{self.chain.name}"
        self.digest = digest_of_parts(self.verifier.digest, self.chain.digest)

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """See `Verifier.score`."""
        combination = self.chain.combination
        own = self.verifier.score(pairs)
        asked = [
            place
            for place, one in enumerate(own)
            if self.asks_all or max(one.supported, one.refuted) < combination.settled
        ]
        said = dict(zip(asked, self.chain.score([pairs[p] for p in asked]), strict=True))
        return [
            pooled(combination, one, said[place]) if said.get(place, OPEN) != OPEN else one
            for place, one in enumerate(own)
        ]


def pooled(combination: Combination, verifier: Entailment, model: Entailment) -> Entailment:
    """What both say together."""
    return Entailment(*combination.pooled(beliefs(verifier), beliefs(model)))


def beliefs(one: Entailment) -> Beliefs:
    """An entailment as `Combination` takes it."""
    return one.supported, one.refuted, one.not_enough


def as_entailment(label: str, probability: float) -> Entailment:
    """A verdict with its probability, what is left of it shared by the other two."""
    rest = (1 - probability) / 2
    at_rest = Entailment(rest, rest, rest)
    if label == "supported":
        return replace(at_rest, supported=probability)
    if label == "refuted":
        return replace(at_rest, refuted=probability)
    return replace(at_rest, not_enough=probability)


def _calibrated(combination: Combination, judgement: Judgement | None) -> Entailment:
    if judgement is None or judgement.label is None:
        return OPEN
    return as_entailment(judgement.label, combination.calibrated(judgement.probability))


def _claim(article: Readable, name: str) -> Claim:
    """The whole text as one claim."""
    text, prose = article.article.text, article.article.prose
    index = prose[0].index if prose else 0
    return Claim(name, index, Span(0, len(text)), text, "fact", None)
