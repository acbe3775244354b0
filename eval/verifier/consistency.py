"""Fit what a sentence must reach to be flagged: `python -m eval.verifier.consistency --help`.

Runs the verifier over both twins of every odd-numbered pair in eval/articles/twins, fits the
logistic model of `factcheck.checks.suspicion.Weights` on its suspects (a suspect is right where
it overlaps a planted error that the article itself proves), chooses the least confidence that
keeps false flags in bounds when each pair is judged by a model fitted on the others, and writes
factcheck/checks/data/consistency.toml. What each factor brings is printed too.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from factcheck.articles import parse_article
from factcheck.checks.base import Case
from factcheck.checks.consistency import ConsistencyCheck
from factcheck.checks.suspicion import factors, shipped_weights
from factcheck.evaluation.twins import Twins, half, load_twins
from factcheck.evidence import load_embedder
from factcheck.evidence.related import related
from factcheck.settings import Settings
from factcheck.text.parsing import load_parser
from factcheck.verdicts.verifier import Verifier, load_verifier

ROOT = Path(__file__).parents[2]
TWINS = ROOT / "eval" / "articles" / "twins"
DATA = ROOT / "factcheck" / "checks" / "data" / "consistency.toml"
FACTORS = ("refuted", "supported", "headline", "headline_refuted")
FALSE_FLAGS = 0.4
"""False flags a corrected twin that the odd half may have when each pair is held out."""


@dataclass(frozen=True)
class Row:
    """One suspect."""

    pair: str
    is_clean: bool
    is_right: bool
    factors: Mapping[str, float]


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


def rows(pairs: Sequence[Twins], verifier: Verifier) -> Iterator[Row]:
    """The suspects of both twins of every pair."""
    check = ConsistencyCheck(verifier, replace(shipped_weights(), suspect=0.2))
    for twins in pairs:
        for text, is_clean in ((twins.flawed, False), (twins.clean, True)):
            case = case_of(text)
            for suspect in check.suspects(case):
                span = case.sentences[suspect.place].span
                hit = [p for p in twins.planted if p.span.overlaps(span) and p.against == "article"]
                yield Row(twins.id, is_clean, bool(hit) and not is_clean, factors(suspect))


def matrix(listed: Sequence[Row], names: Sequence[str]) -> list[list[float]]:
    """A row of the named factors for each suspect."""
    return [[row.factors[name] for name in names] for row in listed]


def fitted(listed: Sequence[Row], names: Sequence[str]) -> LogisticRegression:
    """The model over some rows; a light penalty, for there are few."""
    return LogisticRegression(C=5.0).fit(matrix(listed, names), [row.is_right for row in listed])


def held_out(listed: Sequence[Row], names: Sequence[str]) -> np.ndarray:
    """Each row's confidence by a model that saw none of its pair."""
    groups = [row.pair for row in listed]
    confidences = np.zeros(len(listed))
    for train, test in GroupKFold(min(9, len(set(groups)))).split(listed, groups=groups):
        model = fitted([listed[n] for n in train], names)
        held = [listed[n] for n in test]
        confidences[test] = model.predict_proba(matrix(held, names))[:, 1]
    return confidences


def ablation(listed: Sequence[Row], names: Sequence[str]) -> list[str]:
    """Area under the ROC curve over suspects, held out, with all factors and without each."""
    lines = []
    for left in (None, *names):
        kept = [name for name in names if name != left]
        area = roc_auc_score([row.is_right for row in listed], held_out(listed, kept))
        lines.append(f"{f'without {left}' if left else 'all factors'}: {area:.3f}")
    return lines


def least(listed: Sequence[Row], confidences: np.ndarray, bound: float) -> float:
    """The lowest confidence at which corrected twins keep to the bound."""
    pairs = len({row.pair for row in listed})
    for step in range(10, 96):
        flagged = [r for r, c in zip(listed, confidences, strict=True) if c >= step / 100]
        if sum(row.is_clean for row in flagged) <= bound * pairs:
            return step / 100
    return 0.95


def report(listed: Sequence[Row], confidences: np.ndarray, planted: int) -> list[str]:
    """Recall and false flags at several thresholds, held out."""
    pairs = len({row.pair for row in listed})
    lines = []
    for step in range(15, 90, 5):
        flagged = [r for r, c in zip(listed, confidences, strict=True) if c >= step / 100]
        right = sum(r.is_right for r in flagged)
        false = sum(r.is_clean for r in flagged)
        wrong = sum(not r.is_right and not r.is_clean for r in flagged)
        lines.append(
            f"{step / 100:.2f}: {right} of {planted} errors; {false / pairs:.2f} false flags a "
            f"clean twin; {wrong / pairs:.2f} beside an error a flawed one"
        )
    return lines


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Fit the verifier's reading of whole articles.")
    parser.add_argument("--model", default="embedded", help="name or folder of the verifier")
    parser.add_argument("--bound", type=float, default=FALSE_FLAGS)
    parser.add_argument("--factors", default=",".join(FACTORS), help="those that are fitted")
    parser.add_argument("--dry", action="store_true", help="only print")
    args = parser.parse_args()
    verifier = load_verifier(args.model)
    if verifier is None:
        raise SystemExit("no embedded verifier is shipped; name one with --model")
    pairs = half(load_twins(TWINS), "odd")
    listed = list(rows(pairs, verifier))
    planted = sum(p.against == "article" for twins in pairs for p in twins.planted)
    names = [name for name in args.factors.split(",") if name in listed[0].factors]
    confidences = held_out(listed, names)
    threshold = least(listed, confidences, args.bound)
    lines = [*ablation(listed, names), *report(listed, confidences, planted)]
    print("\n".join(lines), f"\nchosen: {threshold}")
    if not args.dry:
        body = [row.factors["headline"] == 0 for row in listed]
        surest = float(confidences[body].max())
        write(fitted(listed, names), names, threshold, surest, len(pairs), verifier.digest)


def write(
    model: LogisticRegression,
    names: Sequence[str],
    threshold: float,
    surest: float,
    pairs: int,
    digest: str,
) -> None:
    """Put the numbers into the data file, with their origin."""
    weights = tomllib.loads(DATA.read_text(encoding="utf-8"))["weights"]
    weights |= {"constant": float(model.intercept_[0]), "least": threshold, "surest": surest}
    found = dict(zip(names, map(float, model.coef_[0]), strict=True))
    head = [
        "# What the verifier's reading of an article against itself must amount to before a",
        "# sentence is flagged; `factcheck.checks.suspicion` says what each number is.",
        f"# Origin: eval.verifier.consistency over {pairs} odd-numbered pairs of articles, with",
        f"# the verifier {digest[:16]}.",
    ]
    lines = [*head, "[weights]", *_pairs(weights), "", "[factors]", *_pairs(found)]
    DATA.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _pairs(values: Mapping[str, float]) -> list[str]:
    return [f"{name} = {round(value, 4)}" for name, value in values.items()]


if __name__ == "__main__":
    main()
