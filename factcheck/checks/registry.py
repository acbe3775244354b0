"""All checks, in order, and running them over one article.

To add a check: write its module, add one line to `CHECKS`, and write its cases in
tests/checks/cases/NAME.toml.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from factcheck.checks.base import Case, Check
from factcheck.checks.merging import MODEL_CHECKS, merge_flags
from factcheck.errors import UsageProblem
from factcheck.records import Flag

CHECKS = MappingProxyType(
    {
        "roles": "factcheck.checks.roles:RolesCheck",
        "quotes": "factcheck.checks.quotes:QuotesCheck",
        "attribution": "factcheck.checks.attribution:AttributionCheck",
        "polarity": "factcheck.checks.polarity:PolarityCheck",
        "names": "factcheck.checks.names:NamesCheck",
        "cause": "factcheck.checks.cause:CauseCheck",
        "headline": "factcheck.checks.headline:HeadlineCheck",
        "furniture": "factcheck.checks.furniture:FurnitureCheck",
        "quantities": "factcheck.checks.quantities:QuantitiesCheck",
        "dates": "factcheck.checks.dates:DatesCheck",
    }
)
"""Name of each check and where its class is, `module:Class`; imported when it is first made."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a run of the checks found."""

    raised: tuple[Flag, ...]
    """All flags, as the checks raised them."""
    warnings: tuple[str, ...]
    """One sentence for each check that failed; its flags are missing, those of the others not."""
    timings: dict[str, float]
    """Wall time of each check in seconds, by name."""

    def __add__(self, other: Findings) -> Findings:
        """What both runs found; they ran different checks."""
        return Findings(
            self.raised + other.raised,
            self.warnings + other.warnings,
            self.timings | other.timings,
        )

    def flags(self, min_confidence: float = 0.0) -> tuple[Flag, ...]:
        """One a problem, most severe first, then most confident, then in order of the text.

        Args:
            min_confidence: merged flags below this are left out, 0 to 1.
        """
        merged = merge_flags(self.raised, min_confidence)
        return tuple(flag for flag in merged if flag.confidence >= min_confidence)


def make_check(name: str) -> Check:
    """A new check of that name.

    Raises:
        UsageProblem: there is no check of that name.
    """
    _require(name, CHECKS)
    check: Check = _class_of(name)()
    return check


def load_checks() -> None:
    """Import every check, so that the first article does not wait for it."""
    for name in CHECKS:
        _class_of(name)


def _class_of(name: str) -> type[Check]:
    module, _, class_name = CHECKS[name].partition(":")
    found: type[Check] = getattr(importlib.import_module(module), class_name)
    return found


def run_checks(
    case: Case, names: Sequence[str] | None = None, extra: Sequence[Check] = ()
) -> Findings:
    """What several checks find in one article.

    Args:
        case: the article and what its checks may look at.
        names: the checks to run; all where None.
        extra: checks that the caller made, such as one that needs a model; run last.

    Raises:
        UsageProblem: a name that is no check's.
    """
    for name in names or ():
        _require(name, CHECKS)
    wanted = CHECKS if names is None else dict.fromkeys(names)
    makers: list[tuple[str, Callable[[], Check]]]
    makers = [(name, partial(make_check, name)) for name in wanted]
    makers += [(check.name, partial(_itself, check)) for check in extra]
    found: list[Flag] = []
    warnings: list[str] = []
    timings: dict[str, float] = {}
    for name, make in makers:
        began = time.perf_counter()
        try:
            found += make().run(case)
        except Exception as error:  # one broken check must not cost the editor the others' flags
            warnings.append(_failure(name, error))
        timings[name] = time.perf_counter() - began
    return Findings(tuple(found), tuple(warnings), timings)


def _itself(check: Check) -> Check:
    return check


def require_check(name: str) -> None:
    """Nothing, if there is a check of that name, with a model or without.

    Raises:
        UsageProblem: there is none.
    """
    _require(name, (*CHECKS, *MODEL_CHECKS))


def _require(name: str, known: Collection[str]) -> None:
    if name not in known:
        raise UsageProblem(f"there is no check '{name}'", hint=f"one of: {', '.join(known)}")


def _failure(name: str, error: Exception) -> str:
    kind = type(error).__name__
    return f"The check '{name}' failed ({kind}: {error}); what it would have found is missing."
