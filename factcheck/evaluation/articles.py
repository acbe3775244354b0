"""How well an article's flags fit what was planted in it.

A flag hits a planted error where their words overlap and its type is right (strict), or is right
or `contradiction` (lenient). On the corrected twin every flag is a false one; `furniture` notes
are counted apart, as they name no error of the writer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from factcheck.evaluation.intervals import Estimate, bootstrap
from factcheck.evaluation.twins import Planted, Twins
from factcheck.records import Flag, Report, Span

_UNSPECIFIC = "contradiction"
_NO_ERROR = "furniture"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the flags made of one pair of twins."""

    twins: Twins
    """The articles."""
    flawed: tuple[Flag, ...]
    """Flags on the flawed one."""
    clean: tuple[Flag, ...]
    """Flags on the clean one: all of them false."""
    unasked: tuple[Planted, ...] = ()
    """Planted errors that are not measured, but that flags on them are right about."""

    @property
    def errors(self) -> tuple[Planted, ...]:
        """The planted errors that are measured: all but furniture, which is none of the writer."""
        return tuple(item for item in self.twins.planted if item.type != _NO_ERROR)

    def hit(self, planted: Planted, *, strict: bool) -> bool:
        """Whether a flag found this error."""
        return any(_fits(flag, planted, strict=strict) for flag in self.flawed)

    def look_alikes_flagged(self) -> int:
        """Look-alikes that a flag stands on, unless that flag hits a planted error."""
        loose = [flag for flag in self.flawed if not self.is_true(flag)]
        return sum(
            any(flag.quotation.span.overlaps(item.span) for flag in loose)
            for item in self.twins.look_alikes
        )

    def is_true(self, flag: Flag) -> bool:
        """Whether a flag on the flawed article stands on a planted error, whatever its type."""
        errors = (*self.twins.planted, *self.unasked)
        return any(flag.quotation.span.overlaps(item.span) for item in errors)


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures over many twins, each with its 95% interval."""

    recall_strict: Estimate
    """Planted errors found with the right type."""
    recall_lenient: Estimate
    """Planted errors found with the right type or as `contradiction`."""
    by_type: dict[str, tuple[int, int, int]]
    """Type of error: found strictly, found leniently, planted."""
    by_against: dict[str, Estimate]
    """Strict recall by what proves the error: `article`, `corpus`, `form`."""
    false_per_clean: Estimate
    """Flags per corrected twin."""
    look_alikes: Estimate
    """Share of look-alikes flagged."""
    precision: Estimate
    """Share of the flags on flawed articles that stand on a planted error."""
    overlap: Estimate
    """Mean share of code points that a hit and its error have in common (Jaccard), 0 to 1."""


def outcome(twins: Twins, check: Callable[[str, Twins], Report]) -> Outcome:
    """Check both twins.

    Args:
        twins: the pair.
        check: makes the report of one text of the pair.
    """
    return Outcome(twins, _errors(check(twins.flawed, twins)), _errors(check(twins.clean, twins)))


def score(outcomes: Sequence[Outcome]) -> Scores:
    """Figures over all outcomes, with intervals from redrawing articles."""
    kinds = sorted({item.against for out in outcomes for item in out.errors})
    return Scores(
        recall_strict=bootstrap(outcomes, lambda some: _recall(some, strict=True)),
        recall_lenient=bootstrap(outcomes, lambda some: _recall(some, strict=False)),
        by_type=_by_type(outcomes),
        by_against={kind: _recall_against(outcomes, kind) for kind in kinds},
        false_per_clean=bootstrap(outcomes, _false_per_clean),
        look_alikes=bootstrap(outcomes, _look_alike_share),
        precision=bootstrap(outcomes, _precision),
        overlap=bootstrap(outcomes, _mean_overlap),
    )


def _errors(report: Report) -> tuple[Flag, ...]:
    return tuple(flag for flag in report.flags if flag.type != _NO_ERROR)


def _fits(flag: Flag, planted: Planted, *, strict: bool) -> bool:
    right = flag.type == planted.type or (not strict and flag.type == _UNSPECIFIC)
    return right and flag.quotation.span.overlaps(planted.span)


def _mean_overlap(outcomes: Sequence[Outcome]) -> float | None:
    """Of the errors hit, how well the best of the flags that hit it covers its very words."""
    best = [
        max(
            (_jaccard(flag.quotation.span, item.span) for flag in out.flawed
             if _fits(flag, item, strict=False)), default=0.0)
        for out in outcomes
        for item in out.errors
        if out.hit(item, strict=False)
    ]  # fmt: skip
    return sum(best) / len(best) if best else None


def _jaccard(one: Span, other: Span) -> float:
    shared = max(0, min(one.end, other.end) - max(one.start, other.start))
    return shared / (one.end - one.start + other.end - other.start - shared)


def _recall_against(outcomes: Sequence[Outcome], kind: str) -> Estimate:
    return bootstrap(outcomes, lambda some: _recall(some, strict=True, against=kind))


def _recall(outcomes: Sequence[Outcome], *, strict: bool, against: str = "") -> float | None:
    hits = [
        out.hit(item, strict=strict)
        for out in outcomes
        for item in out.errors
        if against in {"", item.against}
    ]
    return sum(hits) / len(hits) if hits else None


def _by_type(outcomes: Sequence[Outcome]) -> dict[str, tuple[int, int, int]]:
    counts: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for out in outcomes:
        for item in out.errors:
            counts[item.type].append((out.hit(item, strict=True), out.hit(item, strict=False)))
    return {
        kind: (sum(strict for strict, _ in hits), sum(lenient for _, lenient in hits), len(hits))
        for kind, hits in sorted(counts.items())
    }


def _false_per_clean(outcomes: Sequence[Outcome]) -> float | None:
    return sum(len(out.clean) for out in outcomes) / len(outcomes) if outcomes else None


def _look_alike_share(outcomes: Sequence[Outcome]) -> float | None:
    there = sum(len(out.twins.look_alikes) for out in outcomes)
    return sum(out.look_alikes_flagged() for out in outcomes) / there if there else None


def _precision(outcomes: Sequence[Outcome]) -> float | None:
    flags = [out.is_true(flag) for out in outcomes for flag in out.flawed]
    return sum(flags) / len(flags) if flags else None
