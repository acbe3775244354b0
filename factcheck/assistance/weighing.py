"""One verdict from what flags, the verifier and a chat model say of a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from factcheck.llm.combination import Beliefs, Combination
from factcheck.llm.judging import Judgement
from factcheck.records import Claim, Evidence, Verdict
from factcheck.verdicts.combine import Opinion, combine

_EVEN = 0.5
"""A verdict that is, for all we know of the model, more likely wrong than right is none."""


@dataclass(frozen=True, slots=True)
class Scales:
    """Weighs one model's word against the others'."""

    combination: Combination
    """How it weighs."""
    decider: str
    """The model, as deciders are named in verdicts."""

    def verdict(
        self,
        claim: Claim,
        evidence: Sequence[Evidence],
        against: Sequence[Opinion],
        opinions: Sequence[Opinion],
        judgement: Judgement | None,
    ) -> Verdict:
        """The verdict on a claim.

        Args:
            claim: the claim.
            evidence: all passages looked at.
            against: what flags say.
            opinions: what the verifier says.
            judgement: what the model says; None where it was not asked.
        """
        if judgement is None:
            return combine(claim, evidence, [*against, *opinions])
        if judgement.label is None:
            why = f"The model gave no answer: {judgement.failed_in_words}."
            return Verdict(claim.id, "error", None, None, self.decider, explanation=why)
        verdict = combine(claim, evidence, [*against, *self._together(opinions, judgement)])
        if verdict.label != "not_enough_evidence":
            return verdict
        own = judgement.label == "not_enough_evidence"
        return replace(
            verdict,
            probability=self._sure(judgement) if own else None,
            decided_by=self.decider,
            explanation=judgement.explanation if own else self._why_open(opinions, judgement),
            missing=judgement.missing or verdict.missing,
        )

    def _why_open(self, opinions: Sequence[Opinion], judgement: Judgement) -> str:
        """Why there is no verdict although the model gave one."""
        if opinions:
            return "The model and the verifier disagree."
        sure = f"{self._sure(judgement):.0%}"
        return f"The model answers '{judgement.label}', which is right in {sure} of such cases."

    def _together(self, opinions: Sequence[Opinion], judgement: Judgement) -> list[Opinion]:
        """The opinions that are left when the verifier's and the model's are pooled."""
        own = self._opinions(judgement)
        if judgement.label == "conflicting" or not opinions:
            return [*opinions, *own]
        supported, refuted, open_ = self.combination.pooled(
            _beliefs(opinions), self._believed(judgement)
        )
        if open_ >= max(supported, refuted):
            return []
        stance = "supports" if supported >= refuted else "refutes"
        agreed = [one for one in (*own, *opinions) if one.stance == stance]
        return [replace(one, probability=max(supported, refuted)) for one in agreed]

    def _opinions(self, judgement: Judgement) -> list[Opinion]:
        sure, why = self._sure(judgement), judgement.explanation
        if sure < _EVEN:
            return []
        return [
            *(Opinion("supports", sure, one, self.decider, why) for one in judgement.supports),
            *(Opinion("refutes", sure, one, self.decider, why) for one in judgement.refutes),
        ]

    def _believed(self, judgement: Judgement) -> Beliefs:
        sure = self._sure(judgement)
        rest = (1 - sure) / 2
        return {
            "supported": (sure, rest, rest),
            "refuted": (rest, sure, rest),
        }.get(judgement.label or "", (rest, rest, sure))

    def _sure(self, judgement: Judgement) -> float:
        return self.combination.calibrated(judgement.probability)


def _beliefs(opinions: Sequence[Opinion]) -> Beliefs:
    """The verifier's probabilities as far as its opinions tell them."""
    supported = max((o.probability for o in opinions if o.stance == "supports"), default=0.0)
    refuted = max((o.probability for o in opinions if o.stance == "refutes"), default=0.0)
    whole = max(1.0, supported + refuted)
    supported, refuted = supported / whole, refuted / whole
    return supported, refuted, 1.0 - supported - refuted
