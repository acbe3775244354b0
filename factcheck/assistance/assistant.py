"""The chat model at work: who is asked what, by policy."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from factcheck.assistance.account import Account
from factcheck.assistance.additions import joined, with_restatement
from factcheck.assistance.flags import CHECK, FoundFlags, as_flag, reviewed
from factcheck.assistance.weighing import Scales
from factcheck.llm.calling import Caller
from factcheck.llm.combination import Combination
from factcheck.llm.consistency import find_contradictions
from factcheck.llm.extracting import extract
from factcheck.llm.judging import judge
from factcheck.llm.prices import Price
from factcheck.llm.prompts import CURRENT, Prompt, load_prompt
from factcheck.llm.restating import restate
from factcheck.llm.reviewing import review
from factcheck.llm.windows import Readable
from factcheck.records import Article, Claim, Evidence, Flag, Verdict
from factcheck.verdicts.combine import Opinion
from factcheck.verdicts.judging import Reading


@dataclass(frozen=True)
class Assistant:
    """A chat model at work on articles."""

    caller: Caller
    """Who asks it."""
    combination: Combination
    """How its word weighs."""
    policy: str = "auto"
    """`auto`, `all` or `flags`."""
    prompts_folder: str | None = None
    """Folder with prompts of the user's own."""
    price: Price | None = None
    """What tokens cost, where somebody knows."""

    @cached_property
    def prompts(self) -> dict[str, Prompt]:
        """All prompts, by job."""
        return {job: load_prompt(job, self.prompts_folder) for job in CURRENT}

    @property
    def name(self) -> str:
        """As deciders are named in verdicts: `llm:provider:model`."""
        return f"llm:{self.caller.model.name}"

    @property
    def digest(self) -> str:
        """SHA-256 of all that decides its answers: model, options, prompts, policy, weights."""
        model, prompts = self.caller.model, self.prompts.values()
        parts = [
            str(model.name),
            repr(sorted(model.options.items())),
            *(prompt.digest for prompt in prompts),
            self.policy,
            repr(self.combination),
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    @property
    def account(self) -> Account:
        """What a report says of it."""
        return Account(self.caller, tuple(self.prompts.values()), self.combination, self.price)

    def claims(self, article: Article, claims: Sequence[Claim]) -> list[Claim]:
        """The claims, with those that only the model found, and restated where it can.

        Nothing that the rules found is left out. The order is that of the text.

        Raises:
            ModelError: the model cannot be asked at all.
        """
        if self.policy == "flags":
            return list(claims)
        readable = Readable(article)
        found = list(claims)
        if self.policy == "all":
            added = extract(self.caller, self.prompts["extract"], readable, article.prose)
            found = joined(claims, [one for group in added.values() for one in group])
        lacking = [claim for claim in found if claim.checkable and claim.restated is None]
        restated = restate(self.caller, self.prompts["restate"], readable, lacking)
        whole = [with_restatement(claim, restated.get(claim.id)) for claim in found]
        return sorted(whole, key=lambda claim: (claim.span, claim.kind))

    def contradictions(self, article: Article) -> FoundFlags:
        """Where the article contradicts itself, as a check that has been run.

        A model whose word weighs nothing is not asked.

        Raises:
            ModelError: the model cannot be asked at all.
        """
        if self.policy == "flags" or not self.combination.llm_weight:
            return FoundFlags(())
        found = find_contradictions(
            self.caller, self.prompts["consistency"], self.prompts["confirm"], Readable(article)
        )
        return FoundFlags(tuple(as_flag(self.combination, article, one) for one in found))

    def review(
        self,
        article: Article,
        flags: Sequence[Flag],
        references: Mapping[str, Sequence[Evidence]],
    ) -> tuple[Flag, ...]:
        """The flags with their confidence as it is after the model's second opinion.

        Those that only the model raised have had theirs. A model whose word weighs nothing is not
        asked.

        Raises:
            ModelError: the model cannot be asked at all.
        """
        if not self.combination.llm_weight:
            return tuple(flags)
        passages = {item.id: item for held in references.values() for item in held}
        asked = [flag for flag in flags if flag.check != CHECK]
        prompt = self.prompts["review"]
        reviews = review(self.caller, prompt, Readable(article), asked, passages)
        return tuple(reviewed(self.combination, flag, reviews.get(flag.id)) for flag in flags)

    def decide(
        self,
        article: Article,
        claims: Sequence[Claim],
        references: Mapping[str, Sequence[Evidence]],
        evidence: Mapping[str, Sequence[Evidence]],
        against: Mapping[str, Sequence[Opinion]],
        readings: Mapping[str, Reading],
    ) -> dict[str, Verdict]:
        """The verdicts, by claim id, from flags, the verifier's reading and the model's judgement.

        The claims most worth checking are judged first, should the budget not reach for all.

        Args:
            article: the article.
            claims: its claims.
            references: reference passages by claim id; the model judges by these.
            evidence: all passages by claim id, those of the article among them.
            against: what flags say, by claim id.
            readings: what the verifier made of the reference passages, by claim id.

        Raises:
            ModelError: the model cannot be asked at all.
        """
        read = {claim.id: readings.get(claim.id, Reading()) for claim in claims}
        asked = [
            claim
            for claim in sorted(claims, key=lambda claim: -claim.worth)
            if self._is_asked(claim, [*against[claim.id], *read[claim.id].opinions])
        ]
        judged = judge(self.caller, self.prompts["judge"], Readable(article), asked, references)
        scales = Scales(self.combination, self.name)
        return {
            claim.id: scales.verdict(
                claim,
                evidence[claim.id],
                against[claim.id],
                read[claim.id],
                judged.get(claim.id),
            )
            for claim in claims
        }

    def _is_asked(self, claim: Claim, opinions: Iterable[Opinion]) -> bool:
        """Whether the policy takes the claim to the model."""
        if not claim.checkable or self.policy == "flags" or not self.combination.llm_weight:
            return False
        settled = any(o.probability >= self.combination.settled for o in opinions)
        return self.policy == "all" or not settled
