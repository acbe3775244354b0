"""Who is measured: baselines, the verifier, any cross-encoder, with or without the checks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from factcheck.errors import ModelError, UsageProblem
from factcheck.evaluation import baselines
from factcheck.evaluation.claimchecks import as_passage, check_opinions
from factcheck.evaluation.items import Item
from factcheck.verdicts.verifier import Entailment, Thresholds, Verifier, load_thresholds

if TYPE_CHECKING:
    from factcheck.assistance import Assistant

BASELINES = ("majority", "overlap", "similarity")
CHECKS_ONLY = "none"
"""Name of no verifier at all: then only the checks decide."""


@dataclass(frozen=True)
class System:
    """What is measured."""

    name: str
    """How tables call it."""
    digest: str
    """SHA-256 of what decides its answers; a run is resumed only under the same one."""
    verifier: Verifier
    """What is asked."""
    thresholds: Thresholds | None
    """From what probability on it decides in the product; None for baselines."""


def load_system(
    name: str, items: Sequence[Item], *, checks: bool = False, threads: int | None = None
) -> System:
    """The system of that name.

    Args:
        name: `majority`, `overlap`, `similarity`, `embedded`, `none`, or a cross-encoder by
            path or hub name.
        items: the whole set, from which `majority` takes its answer.
        checks: whether the checks have a say as well.
        threads: for the model.

    Raises:
        UsageProblem: neither verifier nor checks are asked for.
        ModelError: the model cannot be found or loaded.
    """
    if name == CHECKS_ONLY and not checks:
        raise UsageProblem(
            "nobody is left to judge the claims",
            hint="factcheck eval claims --verifier none --checks, or --llm PROVIDER:MODEL",
        )
    inner = _verifier(name, items, threads)
    thresholds = None if inner is None or name in BASELINES else load_thresholds(name)
    if checks:
        label = "checks" if inner is None else f"{name}+checks"
        with_checks = CheckedVerifier(inner)
        return System(label, with_checks.digest, with_checks, thresholds)
    if inner is None:
        raise ModelError(
            f"this installation holds no verifier '{name}'",
            hint="factcheck eval claims --verifier overlap, or the folder of a model",
        )
    return System(name, digest_of_parts(inner.digest, _code("verdicts", "text")), inner, thresholds)


def _verifier(name: str, items: Sequence[Item], threads: int | None) -> Verifier | None:
    if name == CHECKS_ONLY:
        return None
    if name == "majority":
        return baselines.Majority.of(items)
    if name == "overlap":
        return baselines.overlap()
    if name == "similarity":
        from factcheck.evidence import load_embedder

        return baselines.similarity(load_embedder())
    from factcheck.verdicts.verifier import load_verifier

    return load_verifier(name, threads)


class CheckedVerifier:
    """The checks as a verifier, alone or on top of another one.

    The claim is read as an article of one sentence and the evidence as its one reference. Where
    a check flags what the claim says, P(refuted) rises to the flag's confidence.
    """

    def __init__(self, inner: Verifier | None) -> None:
        """Let the checks correct `inner`; without one every unflagged claim is left open."""
        self.inner = inner
        self.name = "checks" if inner is None else f"{inner.name}+checks"
        self.digest = digest_of_parts(inner.digest if inner else "", program_digest())

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """See `Verifier.score`."""
        before = self.inner.score(pairs) if self.inner else [Entailment(0.0, 0.0, 1.0)] * len(pairs)
        return [
            _raised(entailment, _strongest(evidence, claim))
            for entailment, (evidence, claim) in zip(before, pairs, strict=True)
        ]


_SOURCES = (".py", ".toml")
"""Ends of the names of files that decide what is found: code, and word lists with weights."""


def program_digest() -> str:
    """SHA-256 over source and data of all that can change what a check or a stage finds."""
    stages = ("articles", "claims", "evidence", "checks", "verdicts", "checker", "text")
    return _code(*stages)


def llm_digest(assistant: Assistant) -> str:
    """SHA-256 over all that decides what a chat model that takes part finds."""
    return digest_of_parts(assistant.digest, _code("llm", "assistance"))


def _raised(entailment: Entailment, flagged: float) -> Entailment:
    if flagged <= entailment.refuted:
        return entailment
    rest = entailment.supported + entailment.not_enough
    share = (1 - flagged) / rest if rest else 0.0
    return Entailment(entailment.supported * share, flagged, entailment.not_enough * share)


def _strongest(evidence: str, claim: str) -> float:
    """How sure the surest check is that the evidence contradicts the claim; 0 if none says so."""
    opinions = check_opinions(claim, [as_passage(evidence)])
    return max((opinion.probability for opinion in opinions), default=0.0)


def _code(*packages: str) -> str:
    root = resources.files("factcheck")
    found = hashlib.sha256()
    for package in packages:
        for name, data in sorted(_sources(root / package)):
            found.update(name.encode() + b"\0" + data + b"\0")
    return found.hexdigest()


def _sources(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry)
        elif entry.name.endswith(_SOURCES):
            yield f"{folder.name}/{entry.name}", entry.read_bytes()


def digest_of_parts(*digests: str) -> str:
    """SHA-256 over several digests, in their order."""
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()
