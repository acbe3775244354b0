"""Fit what a headline must reach to be flagged: `python -m eval.verifier.consistency --help`.

The verifier reads the headlines of both twins of every odd-numbered pair in eval/articles/twins.
The logistic model of `factcheck.checks.doubt.suspicion.Weights` is fitted on them (a suspicion is
right where it overlaps a planted error that the article itself proves), the least confidence is
chosen that keeps false flags in bounds when each pair is judged by a model fitted on the others,
and factcheck/checks/data/consistency.toml is written. `--reach whole` measures the suspects below
the headline instead, and writes nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from eval.verifier import fitting
from factcheck.articles import parse_article
from factcheck.checks.base import Case
from factcheck.checks.consistency import ConsistencyCheck
from factcheck.checks.doubt.suspicion import Reach, log_odds
from factcheck.evaluation.twinfiles import load_twins
from factcheck.evaluation.twins import Twins, half
from factcheck.evidence import load_embedder
from factcheck.evidence.related import related
from factcheck.settings import Settings
from factcheck.text.parsing import load_parser
from factcheck.verdicts.verifier import Verifier, load_verifier

ROOT = Path(__file__).parents[2]
TWINS = ROOT / "eval" / "articles" / "twins"
DATA = ROOT / "factcheck" / "checks" / "data" / "consistency.toml"
PENALTY = 5.0
"""A light one, for there are few headlines."""
FALSE_FLAGS = 0.4
"""False flags a corrected twin that the odd half may have when each pair is held out."""


@dataclass(frozen=True)
class Row:
    """One suspect."""

    pair: str
    is_clean: bool
    is_right: bool
    refuted: float
    """Log-odds of P(refuted)."""


def case_of(text: str) -> Case:
    """The article with all that the check looks at; sentences related by meaning and words."""
    article = parse_article(text, "twin")
    parser = load_parser()
    texts = [sentence.text for sentence in article.prose]
    vectors = load_embedder(Settings().embedder).embed(texts)
    return Case(
        article,
        tuple(parser.parse(text, [sentence.span for sentence in article.prose])),
        (),
        parser,
        related=dict(enumerate(related(texts, vectors))),
    )


def rows(pairs: Sequence[Twins], verifier: Verifier, reach: Reach) -> Iterator[Row]:
    """The headlines of both twins of every pair, or the doubted sentences below them."""
    bound = 0.2 if reach == "whole" else 0.0
    check = ConsistencyCheck(verifier, reach)
    for twins in pairs:
        for text, is_clean in ((twins.flawed, False), (twins.clean, True)):
            case = case_of(text)
            for suspect in check.suspects(case):
                span = case.sentences[suspect.place].span
                is_headline = span == case.article.headline
                if is_headline != (reach == "headline") or suspect.refuted < bound:
                    continue
                hit = [p for p in twins.planted if p.span.overlaps(span) and p.against == "article"]
                yield Row(twins.id, is_clean, bool(hit) and not is_clean, log_odds(suspect.refuted))


def held_out(listed: Sequence[Row]) -> np.ndarray:
    """Each row's confidence by a model that saw none of its pair."""
    pairs = [row.pair for row in listed]
    odds = fitting.held_out(_column(listed), _right(listed), pairs, 9, PENALTY)
    confidences: np.ndarray = 1 / (1 + np.exp(-odds))
    return confidences


def _column(listed: Sequence[Row]) -> list[list[float]]:
    return [[row.refuted] for row in listed]


def _right(listed: Sequence[Row]) -> list[bool]:
    return [row.is_right for row in listed]


def least(listed: Sequence[Row], confidences: np.ndarray, bound: float) -> float:
    """The lowest confidence at which corrected twins keep to the bound."""
    pairs = len({row.pair for row in listed})
    for step in range(10, 96):
        flagged = [r for r, c in zip(listed, confidences, strict=True) if c >= step / 100]
        if sum(row.is_clean for row in flagged) <= bound * pairs:
            return step / 100
    return 0.95


def report(listed: Sequence[Row], confidences: np.ndarray) -> list[str]:
    """Recall and false flags at several thresholds, held out."""
    pairs = len({row.pair for row in listed})
    errors = sum(row.is_right for row in listed)
    lines = []
    for step in range(15, 90, 5):
        flagged = [r for r, c in zip(listed, confidences, strict=True) if c >= step / 100]
        right = sum(r.is_right for r in flagged)
        false = sum(r.is_clean for r in flagged)
        wrong = sum(not r.is_right and not r.is_clean for r in flagged)
        lines.append(
            f"{step / 100:.2f}: {right} of {errors} errors read; {false / pairs:.2f} false flags a "
            f"clean twin; {wrong / pairs:.2f} beside an error a flawed one"
        )
    return lines


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Fit the verifier's reading of whole articles.")
    parser.add_argument("--model", default="embedded", help="name or folder of the verifier")
    parser.add_argument("--bound", type=float, default=FALSE_FLAGS)
    parser.add_argument("--reach", choices=["headline", "whole"], default="headline")
    parser.add_argument("--dry", action="store_true", help="only print")
    args = parser.parse_args()
    verifier = load_verifier(args.model)
    if verifier is None:
        raise SystemExit("no embedded verifier is shipped; name one with --model")
    pairs = half(load_twins(TWINS), "odd")
    listed = list(rows(pairs, verifier, args.reach))
    confidences = held_out(listed)
    threshold = least(listed, confidences, args.bound)
    area = roc_auc_score([row.is_right for row in listed], [row.refuted for row in listed])
    lines = [f"{len(listed)} read, area under the ROC curve of P(refuted): {area:.3f}"]
    print("\n".join([*lines, *report(listed, confidences)]), f"\nchosen: {threshold}")
    if args.reach == "headline" and not args.dry:
        model = fitting.fitted(_column(listed), _right(listed), PENALTY)
        found = {"constant": model.intercept_[0], "refuted": model.coef_[0][0], "least": threshold}
        origin = (
            f"# Origin: eval.verifier.consistency over {len(pairs)} odd-numbered pairs of\n"
            f"# articles, with the verifier {verifier.digest[:16]}.\n"
        )
        fitting.write(DATA, "headline", found, origin)


if __name__ == "__main__":
    main()
