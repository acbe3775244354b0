"""What the verifier makes of planted errors when it is given just the sentences that prove them.

`python -m eval.verifier.proofs`: each planted error of an odd-numbered pair in eval/articles/twins
that the article itself proves is read twice, as it was planted and as corrected, against the
sentences that its gold file quotes as proof. No search and no choice of evidence comes between, so
this bounds what `factcheck.checks.consistency` can reach with the same model. The short articles of
eval/claims/articles that were not trained on are read too, each error against the rest of its
article; the texts of eval/claims/switched, each sentence beside a rest that contradicts it and one
that does not; and the claims of eval/claims/referenced.jsonl beside the passage that disproves
them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score

from eval.verifier.consistency import TWINS
from eval.verifier.data import REFERENCED_ITEMS, Item, split_of
from eval.verifier.planted import marked_articles, planted_items
from eval.verifier.switched import switched_items, switched_texts
from factcheck.articles import parse_article
from factcheck.checks.doubt.suspicion import log_odds
from factcheck.evaluation.twinfiles import load_twins
from factcheck.evaluation.twins import Planted, Twins, half
from factcheck.records import Span
from factcheck.verdicts.verifier import Entailment, load_verifier


@dataclass(frozen=True)
class Proof:
    """An error with what proves it, and the same without the error."""

    type: str
    """Type of the error; `headline` stands apart in the report."""
    wrong: tuple[str, str]
    """The evidence, and the sentence that it proves wrong."""
    right: tuple[str, str]
    """The evidence, and the sentence beside which it is right."""


def proofs(pairs: Sequence[Twins]) -> Iterator[Proof]:
    """The errors that other sentences of the article prove and that lie within one sentence."""
    for twins in pairs:
        spans = [sentence.span for sentence in parse_article(twins.flawed, twins.id).prose]
        for planted in twins.planted_against(["article"]).planted:
            own = [span for span in spans if span.contains(planted.span)]
            quoted = [
                span.of(twins.flawed)
                for span in spans
                if span not in own and any(p in span.of(twins.flawed) for p in planted.proof)
            ]
            if own and quoted:
                yield _proof(twins.flawed, own[0], planted, " ".join(quoted))


def _proof(text: str, sentence: Span, planted: Planted, evidence: str) -> Proof:
    before = text[sentence.start : planted.span.start]
    corrected = before + planted.fix + text[planted.span.end : sentence.end]
    return Proof(planted.type, (evidence, sentence.of(text)), (evidence, corrected))


def unread(split: str) -> list[Proof]:
    """The errors of the short articles of a split, with the rest of the article as evidence."""
    return _twins(planted_items(marked_articles()), split)


def switched(split: str) -> list[Proof]:
    """The sentences of the switched texts of a split, beside the rest in both its readings."""
    return _twins(switched_items(switched_texts()), split)


def _twins(items: Sequence[Item], split: str) -> list[Proof]:
    known = {item.id: item for item in items if split_of(item) == split}
    wrong = [item for item in known.values() if item.label == "REFUTED"]
    twins = [known[item.twin or ""] for item in wrong]
    return [
        Proof(i.kind, (i.evidence, i.claim), (twin.evidence, twin.claim))
        for i, twin in zip(wrong, twins, strict=True)
    ]


def beside_references() -> list[Proof]:
    """Claims of articles with an error in each, beside the reference passage that disproves it."""
    rows = [json.loads(line) for line in REFERENCED_ITEMS.open(encoding="utf-8")]
    claims = {row["id"]: row["claim"] for row in rows}
    wrong = [row for row in rows if row["label"] == "REFUTED"]
    return [
        Proof(r["kind"], (r["evidence"], r["claim"]), (r["evidence"], claims[r["twin"]]))
        for r in wrong
    ]


def report(name: str, readings: Sequence[Entailment]) -> str:
    """One line over the readings of each error and, after it, of the same without it."""
    refuted = np.array([one.refuted for one in readings]).reshape(-1, 2)
    against = np.array([log_odds(o.refuted) - log_odds(o.supported) for o in readings])
    gap = np.subtract(*against.reshape(-1, 2).T)
    area = roc_auc_score(np.tile([1, 0], len(refuted)), refuted.ravel())
    return (
        f"{name}: area under the ROC curve of P(refuted) {area:.2f}; wrong above "
        f"right {(refuted[:, 0] > refuted[:, 1]).sum()} of {len(refuted)}, by refuted less "
        f"supported {(gap > 0).sum()}, by more than 2 of log-odds {(gap > 2).sum()}, below by "
        f"as much {(gap < -2).sum()}"
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Read planted errors against their proof.")
    parser.add_argument("--model", default="embedded", help="name or folder of the verifier")
    args = parser.parse_args()
    verifier = load_verifier(args.model)
    if verifier is None:
        raise SystemExit("no embedded verifier is shipped; name one with --model")
    sets = {
        "articles in twins, proof": list(proofs(half(load_twins(TWINS), "odd"))),
        "short articles, the rest": unread("test"),
        "switched texts, the rest": switched("test"),
        "claims beside a reference": beside_references(),
    }
    for name, found in sets.items():
        read = verifier.score([pair for p in found for pair in (p.wrong, p.right)])
        kinds = sorted({proof.type for proof in found})
        for kind in ["all", *kinds]:
            pairs = zip(read[::2], read[1::2], found, strict=True)
            chosen = [one for *pair, p in pairs if kind in {"all", p.type} for one in pair]
            print(report(f"{name}, {kind}", chosen))


if __name__ == "__main__":
    main()
