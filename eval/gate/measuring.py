"""What the gate measures: small, fixed, and apart from what is judged on.

Articles are the eight odd twins of 101 to 115, which the checks were written with; claims are
those of 36 passages of the development split. Neither is the half or the split that results are
reported on, so that nobody is tempted to tune on those.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from eval.gate.floors import Figure
from factcheck.evaluation import extraction, retrieval
from factcheck.evaluation.articlerows import outcome_of, row_of
from factcheck.evaluation.checking import each
from factcheck.evaluation.claims import Prediction, Scored
from factcheck.evaluation.items import THREE_WAY, Item
from factcheck.evaluation.sets import load_set
from factcheck.evaluation.systems import load_system
from factcheck.evaluation.twinfiles import load_twins
from factcheck.evaluation.twins import Twins
from factcheck.settings import Settings
from factcheck.verdicts.verifier import EMBEDDED, load_verifier

ROOT = Path(__file__).parents[2]
ARTICLES = range(101, 117, 2)
PASSAGES = Path(__file__).parent / "passages.txt"
"""The passages whose claims are judged, one a line, so that new items change nothing here."""
FLIPS_OF_A_MODEL = 4


def measured(jobs: int = 1) -> dict[str, Figure]:
    """All figures of the gate; those of the verifier only where it is shipped."""
    twins = [t for t in load_twins(ROOT / "eval/articles/twins") if t.number in ARTICLES]
    settings = Settings(verifier="none")
    return {
        **articles(twins, settings, jobs),
        **stages(twins, settings, jobs),
        **claims(jobs),
    }


def articles(twins: list[Twins], settings: Settings, jobs: int) -> dict[str, Figure]:
    """What the checks find in the articles alone, and what they leave in peace."""
    work = partial(row_of, settings=settings, references=False)
    outcomes = [outcome_of(row, pair, ("article", "form")) for pair, row in each(work, twins, jobs)]
    planted = [o.hit(item, strict=True) for o in outcomes for item in o.twins.planted]
    quiet = [not o.clean for o in outcomes]
    look_alikes = sum(len(o.twins.look_alikes) for o in outcomes)
    flagged = sum(o.look_alikes_flagged() for o in outcomes)
    flags = [o.is_true(flag) for o in outcomes for flag in o.flawed]
    return {
        "articles: planted errors found": _share(planted),
        "articles: corrected articles left unflagged": _share(quiet),
        "articles: look-alikes left unflagged": Figure(1 - flagged / look_alikes, look_alikes),
        "articles: flags that stand on an error": _share(flags),
    }


def stages(twins: list[Twins], settings: Settings, jobs: int) -> dict[str, Figure]:
    """Whether evidence is found first, and claims are covered by what is extracted."""
    rows = [row for _, row in each(extraction.row_of, twins, jobs)]
    gold = [item["share"] >= extraction.COVERED for row in rows for item in row["gold"]]
    said = [extraction.is_atomic(claim) for row in rows for claim in row["claims"]]
    found = retrieval.rows_of(twins, settings)
    ranks = [rank["RR"] for rank in retrieval.ranking(list(found)).values()]
    return {
        "extraction: gold claims covered": _share(gold),
        "extraction: claims that say one thing": _share(said),
        "retrieval: mean reciprocal rank": Figure(sum(ranks) / len(ranks), len(ranks)),
    }


def claims(jobs: int) -> dict[str, Figure]:
    """How well the shipped verifier judges; nothing where none is shipped."""
    if load_verifier(EMBEDDED) is None:
        return {}
    items = fixed_items()
    verifier = load_system(EMBEDDED, items, threads=jobs).verifier
    answers = verifier.score([(item.evidence, item.claim) for item in items])
    predictions = [Prediction(i, e, 0.0) for i, e in zip(items, answers, strict=True)]
    right = Scored(THREE_WAY, predictions).right
    figures = {"claims: accuracy": Figure(float(right.mean()), len(items), FLIPS_OF_A_MODEL)}
    for label in THREE_WAY.labels:
        own = [float(r) for r, item in zip(right, items, strict=True) if item.label == label]
        name = f"claims: recall of {label.replace('_', ' ')}"
        figures[name] = Figure(sum(own) / len(own), len(own), FLIPS_OF_A_MODEL)
    return figures


def fixed_items() -> list[Item]:
    """The claims of the listed passages."""
    wanted = set(PASSAGES.read_text("utf-8").split())
    return [i for i in load_set("own", ROOT / "eval/claims", "dev") if i.group in wanted]


def _share(hits: list[bool]) -> Figure:
    return Figure(sum(hits) / len(hits), len(hits))
