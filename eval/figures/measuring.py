"""What docs/evaluation.md reports on, measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from factcheck.evaluation.measuring import (
    ArticleSet,
    ClaimSet,
    How,
    Measured,
    measure_articles,
    measure_claims,
    measure_extraction,
    measure_retrieval,
)
from factcheck.evaluation.systems import BASELINES
from factcheck.settings import Settings
from factcheck.verdicts.verifier import EMBEDDED, load_verifier

PUBLIC = (
    "fever_symmetric_dev",
    "fm2_dev",
    "summedits_dev",
    "wice_dev_chunks",
    "qasem_dev_sent",
)
"""Sets in the common form that nothing was trained on, by the names of their files."""
HALVES = ("odd", "even")


@dataclass
class Found:
    """All measurements."""

    claims: dict[str, Measured] = field(default_factory=dict)
    """Our own test claims, by system."""
    public: dict[str, dict[str, Measured]] = field(default_factory=dict)
    """Public sets, by set and system."""
    articles: dict[str, Measured] = field(default_factory=dict)
    """Articles in twins, by half."""
    retrieval: Measured | None = None
    """Evidence for the gold claims of all articles."""
    extraction: Measured | None = None
    """Claims extracted from all articles."""

    @property
    def best(self) -> str:
        """The system that pages are about: the shipped verifier, else the last one measured."""
        return EMBEDDED if EMBEDDED in self.claims else list(self.claims)[-1]


def everything(verifiers: Sequence[str], public: Path | None, most: int, how: How) -> Found:
    """Measure it all; what has been measured already is read.

    Args:
        verifiers: further models, by path or hub name.
        public: folder of public sets in the common form; None leaves them out.
        most: about how many items of each public set.
        how: how to go about it.
    """
    shipped = [EMBEDDED] if load_verifier(EMBEDDED) else []
    systems = [*BASELINES, *shipped, *verifiers]
    found = Found()
    for system in systems:
        found.claims[Path(system).name] = _claims(ClaimSet(), system, how)
    for name in PUBLIC if public else ():
        place = ClaimSet("common", public / f"{name}.jsonl" if public else None)
        some = replace(how, limit=most)
        found.public[name] = {Path(system).name: _claims(place, system, some) for system in systems}
    settings = Settings(threads=how.jobs)
    for half in HALVES:
        found.articles[half] = _told(
            f"articles, {half}",
            measure_articles(ArticleSet(which=half), settings, how),  # type: ignore[arg-type]
        )
    found.retrieval = _told("retrieval", measure_retrieval(ArticleSet(), settings, how))
    found.extraction = _told("extraction", measure_extraction(ArticleSet(), how))
    return found


def _claims(asked: ClaimSet, system: str, how: How) -> Measured:
    name = asked.path.stem if asked.path else asked.name
    return _told(f"{system} on {name}", measure_claims(asked, system, how))


def _told(what: str, found: Measured) -> Measured:
    print(f"{what}: {found.run.folder}", flush=True)
    return found
