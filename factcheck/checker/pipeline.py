"""The stages in their order, each handing its records to the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from factcheck import __version__
from factcheck.checker.linking import on_claim, with_conflicts
from factcheck.checker.record import cautions, run_of, summary_of, waited_since
from factcheck.checker.watching import Clock, Watch
from factcheck.records import (
    SCHEMA_VERSION,
    Article,
    CheckedClaim,
    Claim,
    Evidence,
    Flag,
    Report,
    Tool,
    order_flags,
)
from factcheck.settings import Settings

if TYPE_CHECKING:
    from factcheck.assistance import Assistant
    from factcheck.checks.base import Case, Check
    from factcheck.checks.doubt.suspicion import Reach
    from factcheck.checks.registry import Findings
    from factcheck.evidence import Retriever, Store
    from factcheck.text.parsing import ParsedSentence, Parser
    from factcheck.verdicts.judging import Reading
    from factcheck.verdicts.verifier import Verifier

STAGES = ("reading", "claims", "evidence", "checks", "entailment", "verdicts")
"""Names of the stages, in order, as they stand in the report's timings. Checks that need a model
come after `entailment`, when `checks` is taken up again; `explaining` follows where explanations
are asked for."""
COMPARED = 2
"""Reference passages of a claim that the checks compare the article with, nearest first: each must
be parsed, and what disproves a claim is hardly ever further down (docs/decisions.md). The others
only tell which figures, dates and names are not to be asked about (`Case.further`)."""


@dataclass(frozen=True)
class References:
    """An opened reference store and the way to search it."""

    store: Store
    retriever: Retriever
    embedder: str
    embedder_digest: str


@dataclass(frozen=True)
class Checker:
    """Checks articles with parts that are loaded once."""

    parser: Parser
    """The dependency parser."""
    references: References | None = None
    """The reference store; without it only the article itself is read."""
    verifier: Verifier | None = None
    """The entailment model; without it only checks decide."""
    settings: Settings = field(default_factory=Settings)
    """How to go about it."""
    assistant: Assistant | None = None
    """A chat model; without one nothing is asked of any."""

    def check(self, article: Article, watch: Watch | None = None) -> Report:
        """Everything that can be said about the article.

        Args:
            article: the article.
            watch: told how it goes on.

        Raises:
            StoreError: the reference store cannot be searched.
            ModelError: a model cannot be loaded or run.
        """
        started = dt.datetime.now(dt.UTC)
        watch = watch or Watch()
        clock = Clock(watch)
        waited = self.assistant.account.seconds() if self.assistant else {}
        with clock.stage("reading"):
            sentences = self._parse(article)
        with clock.stage("claims"):
            claims = self._claims(article, sentences)
        with clock.stage("evidence"):
            references, context = self._evidence(article, claims)
        with clock.stage("checks"):
            case = self._case(article, sentences, claims, references)
            compared = self._compared(case)
        watch.found(compared.flags(self.settings.min_confidence))
        with clock.stage("entailment"):
            readings = self._readings(claims, references, watch)
        with clock.stage("checks"):
            flags, warnings, spent = self._flags(case, compared, readings)
        clock.timings |= spent
        with clock.stage("verdicts"):
            checked = self._verdicts(article, claims, references, context, readings, flags)
        if self.settings.explain:
            with clock.stage("explaining"):
                checked, notes = self._explained(checked, flags)
            warnings = (*warnings, *notes)
        return Report(
            schema_version=SCHEMA_VERSION,
            tool=Tool("factcheck", __version__),
            run=run_of(self, started, clock.timings | waited_since(self, waited)),
            article=article,
            claims=checked,
            flags=flags,
            summary=summary_of(self, checked, flags),
            warnings=(*cautions(self, article, claims, references), *warnings),
        )

    def _parse(self, article: Article) -> tuple[ParsedSentence, ...]:
        return tuple(self.parser.parse(article.text, [s.span for s in article.prose]))

    def _claims(self, article: Article, sentences: Sequence[ParsedSentence]) -> list[Claim]:
        from factcheck.claims import extract_claims

        found = extract_claims(article, sentences)
        return self.assistant.claims(article, found) if self.assistant else found

    def _evidence(
        self, article: Article, claims: Sequence[Claim]
    ) -> tuple[dict[str, tuple[Evidence, ...]], dict[str, tuple[Evidence, ...]]]:
        """Reference passages and passages of the article itself, by claim id."""
        checkable = [claim for claim in claims if claim.checkable]
        if self.references is None or not checkable:
            return {}, {}
        retriever = self.references.retriever
        return (
            retriever.references(checkable, self.settings.top_k, self.settings.as_of, article),
            retriever.context(article, checkable),
        )

    def _readings(
        self, claims: Sequence[Claim], references: Mapping[str, tuple[Evidence, ...]], watch: Watch
    ) -> dict[str, Reading]:
        """What the verifier makes of the claims' reference passages, by claim id."""
        from factcheck.verdicts.judging import ask_verifier
        from factcheck.verdicts.verifier import load_thresholds

        if self.verifier is None:
            return {}
        thresholds = load_thresholds(self.verifier.name)
        return ask_verifier(self.verifier, thresholds, claims, references, watch.read)

    def _case(
        self,
        article: Article,
        sentences: tuple[ParsedSentence, ...],
        claims: Sequence[Claim],
        references: Mapping[str, tuple[Evidence, ...]],
    ) -> Case:
        from factcheck.checks.base import Case

        related = dict(enumerate(self._related(article)))
        return Case(article, sentences, tuple(claims), self.parser, references, related)

    def _compared(self, case: Case) -> Findings:
        """What the checks find that need no model."""
        from factcheck.checks.registry import CHECKS, run_checks

        nearest = {claim: found[:COMPARED] for claim, found in case.references.items()}
        wanted = [name for name in CHECKS if name not in self.settings.silence]
        compared = {e.id: e for listed in nearest.values() for e in listed}
        found = {e.id: e for listed in case.references.values() for e in listed}
        further = tuple(e for name, e in found.items() if name not in compared)
        # All at once, before each check takes its turn.
        self.parser.parse_texts([e.quotation.text for e in compared.values()])
        return run_checks(replace(case, references=nearest, further=further), wanted)

    def _flags(
        self, case: Case, compared: Findings, readings: Mapping[str, Reading]
    ) -> tuple[tuple[Flag, ...], tuple[str, ...], dict[str, float]]:
        """Flags, warnings, and what the verifier's checks took of the stage's time."""
        from factcheck.checks.registry import run_checks

        article, least = case.article, self.settings.min_confidence
        shown = compared.flags(least)
        reading = [*self._self_reading(), *self._source_reading(readings, shown)]
        asked: list[Check] = [self.assistant.contradictions(article)] if self.assistant else []
        found = compared + run_checks(case, (), [*reading, *asked])
        flags = before = found.flags(least)
        if self.assistant:
            reviewed = self.assistant.review(article, before, case.references)
            flags = order_flags(flag for flag in reviewed if flag.confidence >= least)
        withdrawn = len(before) - len(flags)
        notes = [f"Flags withdrawn after the model's review: {withdrawn}."] if withdrawn else []
        spent = {f"checks.{one.name}": round(found.timings[one.name], 3) for one in reading}
        flags = tuple(on_claim(flag, case.claims) for flag in flags)
        return flags, (*found.warnings, *notes), spent

    def _related(self, article: Article) -> list[list[int]]:
        """For each sentence the places of those that it is to be read against."""
        from factcheck.evidence.related import related

        if not self._reads_whole():
            return []
        if self.references:
            return self.references.retriever.related(article)
        return related([sentence.text for sentence in article.prose])

    def _self_reading(self) -> list[Check]:
        """The check for which the verifier reads the article against itself, if it is to."""
        from factcheck.checks.consistency import NAME, ConsistencyCheck

        if self.verifier is None or NAME in self.settings.silence:
            return []
        reach: Reach = "whole" if self._reads_whole() else "headline"
        return [ConsistencyCheck(self.verifier, reach, shown=self.settings.min_confidence)]

    def _source_reading(
        self, readings: Mapping[str, Reading], shown: Sequence[Flag]
    ) -> list[Check]:
        """The check that shows where the verifier holds a reference against a claim."""
        from factcheck.checks.doubt.doubts import shipped_weights
        from factcheck.checks.sources import NAME, SourcesCheck
        from factcheck.verdicts.verifier import EMBEDDED

        if self.verifier is None or NAME in self.settings.silence:
            return []
        weights = shipped_weights("embedded" if self.verifier.name == EMBEDDED else "other")
        read = {claim: reading.read for claim, reading in readings.items()}
        return [SourcesCheck(self.verifier, read, weights, shown)]

    def _reads_whole(self) -> bool:
        """Whether the verifier reads more of the article against itself than its headline.

        The shipped one does not: in the body it is no better than chance (docs/evaluation.md).
        """
        from factcheck.checks.consistency import NAME
        from factcheck.verdicts.verifier import EMBEDDED

        if self.verifier is None or NAME in self.settings.silence:
            return False
        return self.verifier.name != EMBEDDED

    def _verdicts(
        self,
        article: Article,
        claims: Sequence[Claim],
        references: dict[str, tuple[Evidence, ...]],
        context: dict[str, tuple[Evidence, ...]],
        readings: dict[str, Reading],
        flags: Sequence[Flag],
    ) -> tuple[CheckedClaim, ...]:
        from factcheck.checks.sources import NAME as SOURCES
        from factcheck.verdicts.combine import combine
        from factcheck.verdicts.judging import Reading, from_flag

        evidence, against = {}, {}
        for claim in claims:
            own = [flag for flag in flags if flag.claim_id == claim.id]
            found = (*references.get(claim.id, ()), *context.get(claim.id, ()))
            evidence[claim.id] = with_conflicts(article, found, own, references)
            # what the verifier holds of the references is in its readings
            held = (from_flag(f, evidence[claim.id]) for f in own if f.check != SOURCES)
            against[claim.id] = [opinion for opinion in held if opinion]
        if self.assistant:
            verdicts = self.assistant.decide(
                article, claims, references, evidence, against, readings
            )
        else:
            verdicts = {
                claim.id: combine(
                    claim,
                    evidence[claim.id],
                    [*against[claim.id], *readings.get(claim.id, Reading()).opinions],
                )
                for claim in claims
            }
        return tuple(CheckedClaim(c, evidence[c.id], verdicts[c.id]) for c in claims)

    def _explained(
        self, checked: tuple[CheckedClaim, ...], flags: Sequence[Flag]
    ) -> tuple[tuple[CheckedClaim, ...], tuple[str, ...]]:
        """The claims with what the verifier's answers hang on, and warnings."""
        from factcheck.verdicts.explaining import explain_article

        if self.verifier is None:
            return checked, ("Nothing is explained: that takes an entailment model.",)
        return explain_article(self.verifier, checked, flags)
