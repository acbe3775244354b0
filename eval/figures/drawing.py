"""The plots of docs/evaluation.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from eval.figures.measuring import Found
from factcheck.evaluation import plots
from factcheck.evaluation.articlepage import bars_by_type as article_bars
from factcheck.evaluation.articlerows import outcome_of
from factcheck.evaluation.claimspage import bars_by_type as claim_bars
from factcheck.evaluation.measuring import Measured
from factcheck.evaluation.twinfiles import load_twins

_LEFT_OUT = frozenset({"majority"})
"""It has one confidence for all items, and so no curve."""


def draw(found: Found, folder: Path) -> None:
    """Draw all plots into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    curves = {name: one for name, one in found.claims.items() if name not in _LEFT_OUT}
    best = found.claims[found.best]
    pictures = {
        "reliability": plots.reliability(
            _rows(curves, "reliability"), "Are the probabilities honest? Own test claims"
        ),
        "risk-coverage": plots.risk_coverage(
            _rows(curves, "risk_coverage"), "Accuracy when only the surest are answered"
        ),
        "recall-by-type": plots.bars(
            claim_bars(best.figures),
            f"{found.best}: claims judged rightly, by type (items)",
            "share judged rightly, own test claims",
        ),
        "accuracy-cost": plots.against_cost(
            [_place(name, one) for name, one in found.claims.items()],
            "Accuracy against cost, own test claims",
            "accuracy, three labels",
        ),
        "articles-by-type": plots.bars(
            {f"{half} half": _articles(one) for half, one in found.articles.items()},
            "Planted errors found in articles, by type (planted)",
            "share found with the right type",
        ),
    }
    for name, svg in pictures.items():
        (folder / f"{name}.svg").write_text(svg, encoding="utf-8")


def _rows(curves: Mapping[str, Measured], key: str) -> dict[str, list[dict[str, float]]]:
    return {name: one.figures[key] for name, one in curves.items()}


def _place(name: str, found: Measured) -> plots.Place:
    accuracy = found.figures["accuracy"]
    cost = found.figures["milliseconds_per_item"]
    return plots.Place(name, cost, accuracy["value"], accuracy["low"], accuracy["high"])


def _articles(found: Measured) -> list[plots.Bar]:
    pairs = {pair.id: pair for pair in load_twins(Path("eval/articles/twins"))}
    return article_bars([outcome_of(row, pairs[row["id"]]) for row in found.run.rows()])
