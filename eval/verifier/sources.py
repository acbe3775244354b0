"""Fit when a claim doubted beside a reference is flagged: `python -m eval.verifier.sources --help`.

The verifier reads the claims of both twins of every odd-numbered pair that has references
(eval/articles/twins, second, third and eval/claims/referenced) beside the passages of those. The
logistic model of `factcheck.checks.doubt.doubts.Weights` is fitted on them (a doubt is right where
the claim overlaps a planted error), its constant is set so that .50, the default least confidence,
keeps false flags in bounds when each pair is judged by a model fitted on the others, and
factcheck/checks/data/sources.toml is written.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from eval.verifier import fitting
from eval.verifier.referenced import CASES, load_case, write_twins
from factcheck.articles import parse_article
from factcheck.checks.doubt.doubts import doubts
from factcheck.claims import extract_claims
from factcheck.evaluation.checking import opened
from factcheck.evaluation.twinfiles import load_twins
from factcheck.evaluation.twins import Half, Twins, half
from factcheck.evidence import Retriever
from factcheck.settings import Settings
from factcheck.text.parsing import load_parser
from factcheck.verdicts.judging import ask_verifier
from factcheck.verdicts.verifier import EMBEDDED, Verifier, load_thresholds, load_verifier

ROOT = Path(__file__).parents[2]
SETS = tuple(ROOT / "eval" / "articles" / name for name in ("twins", "second", "third"))
DATA = ROOT / "factcheck" / "checks" / "data" / "sources.toml"
PENALTY = 1.0
FALSE_FLAGS = 0.05
"""False flags a corrected twin that the odd half may have when each pair is held out."""


@dataclass(frozen=True)
class Row:
    """One claim with the passage that speaks loudest against it."""

    pair: str
    sentence: int
    is_clean: bool
    errors: tuple[int, ...]
    """Where the planted errors start that it overlaps; none in a corrected twin."""
    features: dict[str, float]
    """Those of `factcheck.checks.doubt.doubts.Doubt`."""


def rows(pairs: Sequence[Twins], verifier: Verifier) -> Iterator[Row]:
    """The claims of both twins of every pair that were read beside a reference."""
    for twins in pairs:
        assert twins.references is not None
        with opened(Settings(), twins.references) as references:
            for text, is_clean in ((twins.flawed, False), (twins.clean, True)):
                yield from _rows(twins, text, is_clean, references.retriever, verifier)


def _rows(
    twins: Twins, text: str, is_clean: bool, retriever: Retriever, verifier: Verifier
) -> Iterator[Row]:
    article = parse_article(text, twins.id)
    parsed = tuple(load_parser().parse(text, [sentence.span for sentence in article.prose]))
    claims = extract_claims(article, parsed)
    checkable = [claim for claim in claims if claim.checkable]
    found = retriever.references(checkable, article=article)
    readings = ask_verifier(verifier, load_thresholds(EMBEDDED), claims, found)
    read = {claim: reading.read for claim, reading in readings.items()}
    planted = () if is_clean else twins.planted
    for doubt in doubts(claims, read, verifier, load_parser()):
        span = doubt.claim.span
        errors = tuple(one.span.start for one in planted if one.span.overlaps(span))
        yield Row(twins.id, doubt.claim.sentence, is_clean, errors, doubt.features)


def held_out(listed: Sequence[Row]) -> np.ndarray:
    """Each row's log-odds by a model that saw none of its pair."""
    pairs = [row.pair for row in listed]
    return fitting.held_out(_features(listed), _right(listed), pairs, 14, PENALTY)


def _features(listed: Sequence[Row]) -> list[list[float]]:
    return [list(row.features.values()) for row in listed]


def _right(listed: Sequence[Row]) -> list[bool]:
    return [bool(row.errors) for row in listed]


@dataclass(frozen=True)
class Outcome:
    """What flagging from some log-odds on would do."""

    found: int
    """Planted errors flagged."""
    false: int
    """Sentences flagged in corrected twins."""
    beside: int
    """Sentences flagged in flawed twins beside every error."""


def outcome(listed: Sequence[Row], odds: np.ndarray, least: float) -> Outcome:
    """The flags from `least` on; several on one sentence are one flag."""
    flagged = [row for row, value in zip(listed, odds, strict=True) if value >= least]
    return Outcome(
        len({(row.pair, error) for row in flagged for error in row.errors}),
        len({(row.pair, row.sentence) for row in flagged if row.is_clean}),
        len({(r.pair, r.sentence) for r in flagged if not r.is_clean and not r.errors}),
    )


def least_odds(listed: Sequence[Row], odds: np.ndarray, bound: float) -> float:
    """The lowest log-odds at which corrected twins keep to the bound."""
    pairs = len({row.pair for row in listed})
    within = [v for v in sorted(odds) if outcome(listed, odds, v).false <= bound * pairs]
    return float(within[0])


def _pairs(which: Half, place: Path) -> Iterator[Twins]:
    """The pairs of one half that have references; those of CASES are written to `place`."""
    for path in sorted(CASES.glob("*.json")):
        write_twins(load_case(path), place)
    for folder in (*SETS, place):
        yield from half(load_twins(folder), which)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Fit when a claim doubted by a source is flagged.")
    parser.add_argument("--model", default=EMBEDDED, help="name or folder of the verifier")
    parser.add_argument("--bound", type=float, default=FALSE_FLAGS)
    parser.add_argument("--half", choices=["odd", "even"], default="odd", help="even only prints")
    args = parser.parse_args()
    verifier = load_verifier(args.model)
    if verifier is None:
        raise SystemExit("no embedded verifier is shipped; name one with --model")
    which: Half = args.half
    with tempfile.TemporaryDirectory() as place:
        pairs = list(_pairs(which, Path(place)))
        listed = list(rows(pairs, verifier))
    odds = held_out(listed)
    errors = sum(len(twins.planted) for twins in pairs)
    area = roc_auc_score(_right(listed), odds)
    print(f"{len(listed)} claims of {len(pairs)} pairs, {errors} errors; area {area:.3f}")
    for bound in (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5):
        done = outcome(listed, odds, least_odds(listed, odds, bound))
        print(
            f"{bound:.2f} false flags a corrected twin: {done.found} errors found, {done.beside} "
            "sentences flagged beside an error"
        )
    if which == "odd":
        model = fitting.fitted(_features(listed), _right(listed), PENALTY)
        shift = least_odds(listed, odds, args.bound)
        found = {"constant": model.intercept_[0] - shift}
        found |= dict(zip(listed[0].features, model.coef_[0], strict=True))
        origin = (
            f"# Origin: eval.verifier.sources over {len(pairs)} odd-numbered pairs of\n"
            f"# articles, with the verifier {verifier.digest[:16]}.\n"
        )
        fitting.write(DATA, "embedded", found, origin)


if __name__ == "__main__":
    main()
