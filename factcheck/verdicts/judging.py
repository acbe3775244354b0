"""Opinions: what the verifier, and flags already raised, say about passages and claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from factcheck.records import Claim, Evidence, Flag
from factcheck.verdicts.combine import Opinion
from factcheck.verdicts.subjects import tells_of_another
from factcheck.verdicts.verifier import Entailment, Thresholds, Verifier

_ABOUT_CONTENT = frozenset(
    {"role_reversal", "number", "date", "negation", "entity", "cause", "contradiction"}
)
"""Flag types that say a statement is false; the others are about form."""
_SURE_FLAG = 0.5
_SHORTEST = 5
"""Words of a claim; what is shorter is a fragment that a model reads anything into."""
_AT_ONCE = 16
"""Passages read between two words of how far it is."""
PASSAGES_READ = 2
"""Reference passages of a claim that the verifier reads, nearest first: reading is what takes time,
and the deciding document is the first for seven claims in eight, among the first three for nearly
all (docs/evaluation.md)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the verifier made of a claim's reference passages."""

    opinions: tuple[Opinion, ...] = ()
    """About the passages on which it is sure enough."""
    read: tuple[tuple[Evidence, Entailment], ...] = ()
    """All passages that it read, nearest first."""

    @property
    def scores(self) -> tuple[Entailment, ...]:
        """What it made of each."""
        return tuple(score for _, score in self.read)


def ask_verifier(
    verifier: Verifier,
    thresholds: Thresholds,
    claims: Sequence[Claim],
    evidence: Mapping[str, Sequence[Evidence]],
    watch: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Reading]:
    """What the verifier makes of each claim's nearest reference passages, by claim id.

    Only passages of the corpus are read: an article cannot vouch for itself, and its
    contradictions of itself are the checks' business. Claims that do not stand alone are not read.
    A passage on which the verifier is unsure yields no opinion.

    Args:
        verifier: the model that reads.
        thresholds: how sure it must be.
        claims: the article's claims.
        evidence: their passages, nearest first, by claim id.
        watch: told how many passages of how many are read.

    Raises:
        ModelError: the model cannot be loaded or run.
    """
    asked = [
        (claim, passage)
        for claim in claims
        for passage in passages_read(claim, evidence.get(claim.id, ()))
    ]
    scores: list[Entailment] = []
    while len(scores) < len(asked):
        watch(len(scores), len(asked))
        part = asked[len(scores) : len(scores) + _AT_ONCE]
        scores += verifier.score([(held.quotation.text, claim.standalone) for claim, held in part])
    watch(len(scores), len(asked))
    read: dict[str, list[tuple[Evidence, Entailment]]] = {claim.id: [] for claim in claims}
    for (claim, passage), score in zip(asked, scores, strict=True):
        read[claim.id].append((passage, score))
    return {
        name: Reading(
            tuple(o for passage, score in held for o in _opinion(score, thresholds, passage)),
            tuple(held),
        )
        for name, held in read.items()
    }


def passages_read(claim: Claim, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The passages that the verifier reads for a claim; none where it does not stand alone.

    One that says it of another thing is not read: 'the bridge café' is not 'the bridge'.
    """
    if not claim.checkable or not _stands_alone(claim):
        return ()
    corpus = (passage for passage in evidence if passage.quotation.origin == "corpus")
    nearest = islice(corpus, PASSAGES_READ)
    return tuple(p for p in nearest if not tells_of_another(p.quotation.text, claim.standalone))


def _stands_alone(claim: Claim) -> bool:
    """Whether it can be read without its article: a whole statement with nothing left ambiguous."""
    return not claim.ambiguous and len(claim.standalone.split()) >= _SHORTEST


def from_flag(flag: Flag, evidence: Sequence[Evidence]) -> Opinion | None:
    """A flag as an opinion against the claim it stands on; None where it is about form only.

    Args:
        flag: a flag on the claim's words.
        evidence: the claim's passages; one of them holds the words that the flag quotes.
    """
    if flag.type not in _ABOUT_CONTENT or flag.conflict is None or flag.confidence < _SURE_FLAG:
        return None
    conflict = flag.conflict
    holder = next((item for item in evidence if item.quotation.covers(conflict)), None)
    if holder is None:
        return None
    return Opinion("refutes", flag.confidence, holder.id, f"check:{flag.check}", flag.explanation)


def _opinion(score: Entailment, thresholds: Thresholds, passage: Evidence) -> Iterator[Opinion]:
    source = passage.publisher or passage.title
    if score.supported >= thresholds.supported:
        yield Opinion(
            "supports", score.supported, passage.id, "verifier", f"Said as well by {source}."
        )
    elif score.refuted >= thresholds.refuted:
        yield Opinion(
            "refutes", score.refuted, passage.id, "verifier", f"Contradicted by {source}."
        )
