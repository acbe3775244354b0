"""Where a chat model takes part in a check, as the policy says; nowhere without one.

    policy   extract           restate                 judge             consistency   review
    flags    -                 -                       -                 -             every flag
    auto     -                 claims that lack one    unsettled claims  the article   every flag
    all      every sentence    claims that lack one    every claim       the article   every flag

The chains are in `factcheck.llm` and know neither checks nor verdicts; this module hands them what
they need and turns what they find into flags, opinions and verdicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version

from factcheck.checks.base import Case
from factcheck.llm.calling import Caller
from factcheck.llm.combination import Beliefs, Combination
from factcheck.llm.consistency import Contradiction, find_contradictions
from factcheck.llm.extracting import extract
from factcheck.llm.judging import Judgement, judge
from factcheck.llm.prices import Price
from factcheck.llm.prompts import CURRENT, Prompt, load_prompt
from factcheck.llm.restating import Restated, restate
from factcheck.llm.reviewing import review
from factcheck.llm.windows import Readable
from factcheck.records import Article, Claim, Evidence, Flag, Verdict, content_id
from factcheck.verdicts.combine import Opinion, combine

CHECK = "llm"
"""Name of the check that contradictions found by the model are flagged under."""
_SAME = 0.6
"""Share of their joint words from which two claims of a kind are one."""
_PACKAGES = (
    "langchain-core",
    "langchain-openai",
    "langchain-anthropic",
    "langchain-google-genai",
    "langchain-ollama",
    "xllamacpp",
)


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
            for claim in (one for group in added.values() for one in group):
                if not any(_is_same(claim, known) for known in found):
                    found.append(claim)
        lacking = [claim for claim in found if claim.checkable and claim.restated is None]
        restated = restate(self.caller, self.prompts["restate"], readable, lacking)
        whole = [_with_restatement(claim, restated.get(claim.id)) for claim in found]
        return sorted(whole, key=lambda claim: (claim.span, claim.kind))

    def contradictions(self, article: Article) -> FoundFlags:
        """Where the article contradicts itself, as a check that has been run.

        Raises:
            ModelError: the model cannot be asked at all.
        """
        if self.policy == "flags":
            return FoundFlags(())
        found = find_contradictions(
            self.caller, self.prompts["consistency"], self.prompts["confirm"], Readable(article)
        )
        return FoundFlags(tuple(self._flag(article, one) for one in found))

    def _flag(self, article: Article, found: Contradiction) -> Flag:
        conflict = article.quote(found.against)
        sure = self.combination.calibrated(found.probability)
        return Flag(
            id=content_id("flag", found.type, article.id, found.questioned, conflict, found.why),
            type=found.type,
            severity="medium",
            quotation=article.quote(found.questioned),
            conflict=conflict,
            explanation=found.why,
            confidence=round(min(sure, self.combination.contradiction_cap), 4),
            check=CHECK,
        )

    def review(
        self,
        article: Article,
        flags: Sequence[Flag],
        references: Mapping[str, Sequence[Evidence]],
    ) -> tuple[Flag, ...]:
        """The flags with their confidence as it is after the model's second opinion.

        Those that only the model raised have had theirs.

        Raises:
            ModelError: the model cannot be asked at all.
        """
        passages = {item.id: item for held in references.values() for item in held}
        asked = [flag for flag in flags if flag.check != CHECK]
        prompt = self.prompts["review"]
        reviews = review(self.caller, prompt, Readable(article), asked, passages)
        return tuple(
            self._reviewed(flag, found.verdict, found.reason)
            if (found := reviews.get(flag.id))
            else flag
            for flag in flags
        )

    def _reviewed(self, flag: Flag, verdict: str, reason: str) -> Flag:
        said = {"real": "agrees", "mistaken": "disagrees"}.get(verdict, "cannot tell")
        return replace(
            flag,
            confidence=self.combination.reviewed(flag.confidence, verdict),
            explanation=f"{flag.explanation} (The model {said}: {reason})",
        )

    def decide(
        self,
        article: Article,
        claims: Sequence[Claim],
        references: Mapping[str, Sequence[Evidence]],
        evidence: Mapping[str, Sequence[Evidence]],
        against: Mapping[str, Sequence[Opinion]],
        opinions: Mapping[str, Sequence[Opinion]],
    ) -> dict[str, Verdict]:
        """The verdicts, by claim id, from flags, the verifier's opinions and the model's judgement.

        The claims most worth checking are judged first, should the budget not reach for all.

        Args:
            article: the article.
            claims: its claims.
            references: reference passages by claim id; the model judges by these.
            evidence: all passages by claim id, those of the article among them.
            against: what flags say, by claim id.
            opinions: what the verifier says, by claim id.

        Raises:
            ModelError: the model cannot be asked at all.
        """
        asked = [
            claim
            for claim in sorted(claims, key=lambda claim: -claim.worth)
            if self._is_asked(claim, [*against[claim.id], *opinions.get(claim.id, ())])
        ]
        prompt, readable = self.prompts["judge"], Readable(article)
        judged = judge(self.caller, prompt, readable, asked, references)
        return {
            claim.id: self._verdict(
                claim,
                evidence[claim.id],
                against[claim.id],
                opinions.get(claim.id, ()),
                judged.get(claim.id),
            )
            for claim in claims
        }

    def _is_asked(self, claim: Claim, opinions: Iterable[Opinion]) -> bool:
        """Whether the policy takes the claim to the model."""
        if not claim.checkable or self.policy == "flags":
            return False
        settled = any(o.probability >= self.combination.settled for o in opinions)
        return self.policy == "all" or not settled

    def _verdict(
        self,
        claim: Claim,
        evidence: Sequence[Evidence],
        against: Sequence[Opinion],
        opinions: Sequence[Opinion],
        judgement: Judgement | None,
    ) -> Verdict:
        if judgement is None:
            return combine(claim, evidence, [*against, *opinions])
        if judgement.label is None:
            why = f"The model gave no answer: {judgement.failed_in_words}."
            return Verdict(claim.id, "error", None, None, self.name, explanation=why)
        verdict = combine(claim, evidence, [*against, *self._together(opinions, judgement)])
        if verdict.label != "not_enough_evidence":
            return verdict
        own = judgement.label == "not_enough_evidence"
        return replace(
            verdict,
            probability=self.combination.calibrated(judgement.probability) if own else None,
            decided_by=self.name,
            explanation=judgement.explanation if own else "The model and the verifier disagree.",
            missing=judgement.missing or verdict.missing,
        )

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
        sure = self.combination.calibrated(judgement.probability)
        why = judgement.explanation
        return [
            *(Opinion("supports", sure, one, self.name, why) for one in judgement.supports),
            *(Opinion("refutes", sure, one, self.name, why) for one in judgement.refutes),
        ]

    def _believed(self, judgement: Judgement) -> Beliefs:
        sure = self.combination.calibrated(judgement.probability)
        rest = (1 - sure) / 2
        return {
            "supported": (sure, rest, rest),
            "refuted": (rest, sure, rest),
        }.get(judgement.label or "", (rest, rest, sure))

    @property
    def model(self) -> str:
        """Name of the model, with the digest of a local one, for the report."""
        model = self.caller.model
        return f"{model.name} sha256:{model.digest}" if model.digest else str(model.name)

    def digests(self) -> dict[str, str]:
        """Name and digest of each prompt that may be used, for the report."""
        return {prompt.name: prompt.digest for prompt in self.prompts.values()}

    def packages(self) -> dict[str, str]:
        """Versions of the libraries that asked, for the report."""
        return {name: found for name in _PACKAGES if (found := _version(name))}

    def usage(self) -> dict[str, str | int | float | None]:
        """What the asking came to so far, for the report."""
        cost = self.price.of(self.caller.ledger.tokens) if self.price else None
        return {
            **self.caller.ledger.as_data(),
            "cost": None if cost is None else round(cost, 6),
            "price": self.price.origin if self.price else None,
            "combination": self.combination.origin,
        }

    def warnings(self, article: Article) -> list[str]:
        """What a reader of the report should know, one sentence each."""
        ledger = self.caller.ledger
        said = []
        hostile = Readable(article).hostile
        if hostile:
            places = ", ".join(str(number) for number in hostile[:5])
            said.append(
                "The article has text that is addressed to a language model, in "
                f"{len(hostile)} sentences (number {places}); it was shown beside no other claim."
            )
        if ledger.dropped:
            parts = ", ".join(f"{n} × {what}" for what, n in sorted(ledger.dropped.items()))
            said.append(f"Parts of the model's answers were left out: {parts}.")
        if ledger.failed:
            parts = ", ".join(f"{n} × {what}" for what, n in sorted(ledger.failed.items()))
            said.append(f"Questions without an answer that could be used: {parts}.")
        return said


@dataclass(slots=True)
class FoundFlags:
    """Flags that were found before, in the form of a check."""

    flags: tuple[Flag, ...]
    """The flags."""
    name: str = CHECK
    """Name of the check."""

    def run(self, case: Case) -> Iterable[Flag]:
        """The flags."""
        return self.flags


def _is_same(one: Claim, other: Claim) -> bool:
    if one.sentence != other.sentence or one.kind != other.kind:
        return False
    shared = min(one.span.end, other.span.end) - max(one.span.start, other.span.start)
    joint = max(one.span.end, other.span.end) - min(one.span.start, other.span.start)
    return shared >= _SAME * joint


def _with_restatement(claim: Claim, restated: Restated | None) -> Claim:
    if restated is None:
        return claim
    open_points = claim.ambiguous or restated.ambiguous
    return replace(claim, restated=restated.text, ambiguous=() if restated.text else open_points)


def _beliefs(opinions: Sequence[Opinion]) -> Beliefs:
    """The verifier's probabilities as far as its opinions tell them."""
    supported = max((o.probability for o in opinions if o.stance == "supports"), default=0.0)
    refuted = max((o.probability for o in opinions if o.stance == "refutes"), default=0.0)
    whole = max(1.0, supported + refuted)
    supported, refuted = supported / whole, refuted / whole
    return supported, refuted, 1.0 - supported - refuted


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
