"""One verdict from what flags, the verifier and a chat model say of a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from factcheck.llm.combination import Beliefs, Combination
from factcheck.llm.judging import Judgement
from factcheck.records import Claim, Evidence, Verdict
from factcheck.verdicts.combine import Opinion, combine
from factcheck.verdicts.judging import Reading
from factcheck.verdicts.verifier import Entailment

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
        read: Reading,
        judgement: Judgement | None,
    ) -> Verdict:
        """The verdict on a claim.

        Args:
            claim: the claim.
            evidence: all passages looked at.
            against: what flags say.
            read: what the verifier made of the reference passages.
            judgement: what the model says; None where it was not asked.
        """
        without = combine(claim, evidence, [*against, *read.opinions])
        if judgement is None:
            return without
        if judgement.label is None:
            return self._unanswered(without, judgement)
        verdict = combine(claim, evidence, [*against, *self._together(read, judgement)])
        if verdict.label != "not_enough_evidence":
            return verdict
        own = judgement.label == "not_enough_evidence"
        return replace(
            verdict,
            probability=self._sure(judgement) if own else None,
            decided_by=self.decider if own else "none",
            explanation=judgement.explanation if own else self._why_open(read, judgement),
            missing=judgement.missing or verdict.missing,
        )

    def _unanswered(self, without: Verdict, judgement: Judgement) -> Verdict:
        """The verdict where the model failed: the others' if they have one, else an error."""
        why = f"The model gave no answer: {judgement.failed_in_words}."
        if without.label == "not_enough_evidence":
            return Verdict(without.claim_id, "error", None, None, self.decider, explanation=why)
        return replace(without, explanation=f"{without.explanation} ({why})".strip())

    def _why_open(self, read: Reading, judgement: Judgement) -> str:
        """Why there is no verdict although the model gave one."""
        if self._sure(judgement) >= _EVEN and read.scores:
            return "The model and the verifier disagree."
        sure = f"{self._sure(judgement):.0%}"
        return f"The model answers '{judgement.label}', which is right in {sure} of such cases."

    def _together(self, read: Reading, judgement: Judgement) -> list[Opinion]:
        """The opinions that are left when the verifier's beliefs and the model's are pooled."""
        own = self._opinions(judgement)
        if judgement.label == "conflicting" or not read.scores:
            return [*read.opinions, *own]
        supported, refuted, open_ = self.combination.pooled(
            _beliefs(read.scores), self._believed(judgement)
        )
        stance = "supports" if supported >= refuted else "refutes"
        sure = max(supported, refuted)
        if sure < max(open_, _EVEN):
            return []
        leads = self.combination.llm_weight >= self.combination.verifier_weight
        both = (*own, *read.opinions) if leads else (*read.opinions, *own)
        return [replace(one, probability=sure) for one in both if one.stance == stance]

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


def _beliefs(scores: Sequence[Entailment]) -> Beliefs:
    """The verifier's probabilities over all passages: of each side the most that one gives it."""
    supported = max(score.supported for score in scores)
    refuted = max(score.refuted for score in scores)
    whole = max(1.0, supported + refuted)
    supported, refuted = supported / whole, refuted / whole
    return supported, refuted, 1.0 - supported - refuted
