"""How far reviewers agree with the machine, and with one another.

Agreement is the share of equal answers; kappa (Cohen 1960, 'A coefficient of agreement for nominal
scales') takes off what chance would give. Both are over the latest ruling of each reviewer on each
claim; the interval redraws articles, because claims of one article are not independent.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import mean

from factcheck.decisions import Decision, standings
from factcheck.evaluation.intervals import Estimate, bootstrap


@dataclass(frozen=True, slots=True)
class Pair:
    """Two answers to one question."""

    article_id: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How alike two raters answer."""

    items: int
    """Questions that both answered."""
    articles: int
    """Articles that they are from."""
    agreement: Estimate
    """Share of equal answers, 0 to 1."""
    kappa: Estimate
    """-1 to 1; no value where both always give one and the same answer: chance explains all."""
    confusion: Mapping[str, Mapping[str, int]]
    """How often each answer of the first met each answer of the second."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The machine measured by its reviewers."""

    reviewers: tuple[str, ...]
    decisions: int
    """All that is in the store, undone ones included."""
    claims: Agreement | None
    """Machine against the reviewers' verdicts; None where no claim was given one."""
    rejected_claims: int
    """Rulings that a verdict is wrong, without saying which is right; not part of `claims`."""
    flags: Mapping[str, tuple[int, int]]
    """By severity: flags accepted, and flags ruled on."""
    pairs: Mapping[tuple[str, str], Agreement]
    """Reviewers against each other, over claims and flags that both ruled on."""


def measure(decisions: Sequence[Decision]) -> Measured:
    """Measure the machine by these decisions, given in order of time."""
    rulings = [ruling for standing in standings(decisions).values() for ruling in standing.rulings]
    claims = [ruling for ruling in rulings if ruling.target.startswith("claim-")]
    flags = [ruling for ruling in rulings if ruling.target.startswith("flag-")]
    answered = [Pair(r.article_id, r.machine, _answer(r)) for r in claims if r.action != "reject"]
    return Measured(
        reviewers=tuple(sorted({decision.reviewer for decision in decisions})),
        decisions=len(decisions),
        claims=agreement(answered) if answered else None,
        rejected_claims=sum(ruling.action == "reject" for ruling in claims),
        flags=_by_severity(flags),
        pairs={names: agreement(pairs) for names, pairs in _between(rulings)},
    )


def agreement(pairs: Sequence[Pair]) -> Agreement:
    """How alike the first and second answers of the pairs are; there is at least one pair."""
    confusion: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for pair in pairs:
        confusion[pair.first][pair.second] += 1
    return Agreement(
        items=len(pairs),
        articles=len({pair.article_id for pair in pairs}),
        agreement=_estimate(pairs, _observed),
        kappa=_estimate(pairs, cohen),
        confusion={first: dict(row) for first, row in sorted(confusion.items())},
    )


def cohen(pairs: Sequence[Pair]) -> float | None:
    """Cohen's kappa; None where chance alone would always agree."""
    first = Counter(pair.first for pair in pairs)
    second = Counter(pair.second for pair in pairs)
    by_chance = sum(first[answer] * second[answer] for answer in first) / len(pairs) ** 2
    return None if by_chance == 1 else (_observed(pairs) - by_chance) / (1 - by_chance)


def _observed(pairs: Sequence[Pair]) -> float:
    return mean(pair.first == pair.second for pair in pairs)


def _estimate(pairs: Sequence[Pair], figure: Callable[[Sequence[Pair]], float | None]) -> Estimate:
    """The figure over all pairs; articles are redrawn, with all the pairs they have."""
    by_article: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_article[pair.article_id].append(pair)
    return bootstrap(
        list(by_article.values()),
        lambda articles: figure([pair for article in articles for pair in article]),
    )


def _answer(ruling: Decision) -> str:
    return ruling.answer if ruling.action == "change" and ruling.answer else ruling.machine


def _by_severity(flags: Iterable[Decision]) -> dict[str, tuple[int, int]]:
    found: dict[str, list[bool]] = defaultdict(list)
    for ruling in flags:
        found[ruling.machine].append(ruling.action == "accept")
    return {severity: (sum(marks), len(marks)) for severity, marks in found.items()}


def _between(rulings: Iterable[Decision]) -> Iterator[tuple[tuple[str, str], list[Pair]]]:
    """For each two reviewers, their answers to what both ruled on."""
    by_target: dict[str, dict[str, Decision]] = defaultdict(dict)
    for ruling in rulings:
        by_target[ruling.target][ruling.reviewer] = ruling
    pairs: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for by_reviewer in by_target.values():
        for one, other in combinations(sorted(by_reviewer), 2):
            first, second = by_reviewer[one], by_reviewer[other]
            pair = Pair(first.article_id, _said(first), _said(second))
            pairs[one, other].append(pair)
    yield from sorted(pairs.items())


def _said(ruling: Decision) -> str:
    return "reject" if ruling.action == "reject" else _answer(ruling)
