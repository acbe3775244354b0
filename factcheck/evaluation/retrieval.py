"""How well evidence is found, and whether a verdict rests on the right document.

All references of all twins lie in one store, so that a claim's own few documents must be found
among those of the others. A document ranks where its best passage does. Recall, MRR and nDCG are
those of ir-measures; a verdict counts as grounded where it is right and, unless the truth is 'not
enough evidence', cites a document that decides the claim, as FEVER scores it (Thorne et al. 2018).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck.articles import parse_article
from factcheck.errors import CorpusError
from factcheck.evaluation.checking import opened, verifier_of
from factcheck.evaluation.claimchecks import check_opinions
from factcheck.evaluation.intervals import Estimate, mean
from factcheck.evaluation.twins import GoldClaim, Twins
from factcheck.records import Claim, Evidence, Span
from factcheck.settings import Settings

if TYPE_CHECKING:
    from factcheck.verdicts.combine import Opinion

DEPTH = 20
"""Passages that documents are ranked by: enough for ten of them."""
MEASURES = ("R@1", "R@3", "R@5", "RR", "nDCG@10")
"""Names of ir-measures; recall is over the documents that decide a claim."""


def rows_of(
    twins: Sequence[Twins],
    settings: Settings,
    distractors: Sequence[Path] = (),
    known: Container[str] = frozenset(),
) -> Iterator[dict[str, Any]]:
    """One row for each gold claim: what was found, and what was made of it.

    Args:
        twins: pairs with references of their own.
        settings: how many passages decide, and which verifier.
        distractors: folders of further documents that decide nothing.
        known: ids of rows that are there already and are left out.

    Raises:
        CorpusError: references cannot be read, or lack a document that decides a claim.
        ModelError: a model cannot be loaded.
    """
    asked = [
        (f"{pair.id}:{number}", pair, item)
        for pair in twins
        if pair.references
        for number, item in enumerate(pair.claims)
    ]
    folders = [pair.references for pair in twins if pair.references] + list(distractors)
    unasked = [one for one in asked if one[0] not in known]
    if not unasked:
        return
    articles = {pair.id: parse_article(pair.flawed, pair.id) for _, pair, _ in unasked}
    with opened(settings, *folders) as references:
        stored = {document.id for document in references.store.documents()}
        for name, pair, item in unasked:
            gold = [
                _known_as(document, pair, alone=len(folders) == 1) for document in item.evidence
            ]
            if lacking := [document for document in gold if document not in stored]:
                raise CorpusError(
                    f"the claim {name} is decided by '{lacking[0]}', which is no reference",
                    hint=f"ls {pair.references}, for the names that its 'evidence' in "
                    f"{pair.id}.gold.json may have",
                )
            began = time.perf_counter()
            claim = _claim(item)
            most = max(DEPTH, settings.top_k)
            about = articles[pair.id]
            found = references.retriever.references([claim], most, article=about)[claim.id]
            ranked = [passage.quotation.source_id for passage in found[:DEPTH]]
            verdict = _verdict(claim, found[: settings.top_k], settings)
            yield {
                "id": name,
                "group": pair.id,
                "claim": item.claim,
                "label": item.label,
                "gold": gold,
                "ranked": list(dict.fromkeys(ranked)),
                **verdict,
                "seconds": round(time.perf_counter() - began, 4),
            }


def measure(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Figures over the rows, with intervals from redrawing articles."""
    found = ranking(rows)
    decided = [row for row in rows if row["gold"]]
    groups = [row["group"] for row in decided]
    return {
        "claims": len(rows),
        "with_gold_evidence": len(decided),
        "retrieval": {
            name: mean([found[row["id"]][name] for row in decided], groups).as_data()
            for name in MEASURES
        },
        "verdict_right": _over(rows, verdict_right).as_data(),
        "evidence_aware": _over(rows, is_grounded).as_data(),
        "by_label": {
            label: {
                "claims": len(some),
                "verdict_right": _over(some, verdict_right).as_data(),
                "evidence_aware": _over(some, is_grounded).as_data(),
            }
            for label in ("refuted", "supported", "not_enough_evidence")
            if (some := [row for row in rows if row["label"] == label])
        },
        "milliseconds_per_claim": round(1000 * sum(r["seconds"] for r in rows) / len(rows), 1),
    }


def ranking(rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Each measure for each claim that some document decides, by id."""
    import ir_measures

    qrels, run = [], []
    for row in rows:
        qrels += [ir_measures.Qrel(row["id"], name, 1) for name in row["gold"]]
        run += [
            ir_measures.ScoredDoc(row["id"], name, float(-place))
            for place, name in enumerate(row["ranked"])
        ]
    measures = [ir_measures.parse_measure(name) for name in MEASURES]
    found: dict[str, dict[str, float]] = {}
    for one in ir_measures.iter_calc(measures, qrels, run):
        found.setdefault(one.query_id, {})[str(one.measure)] = one.value
    nothing = dict.fromkeys(MEASURES, 0.0)
    return {row["id"]: found.get(row["id"], nothing) for row in rows if row["gold"]}


def verdict_right(row: Mapping[str, Any]) -> bool:
    """Whether the verdict is the gold one."""
    return bool(row["verdict"] == row["label"])


def is_grounded(row: Mapping[str, Any]) -> bool:
    """Whether the verdict is right and, where documents decide, cites one of them."""
    return verdict_right(row) and (not row["gold"] or bool({*row["cited"]} & {*row["gold"]}))


def _known_as(document: str, pair: Twins, *, alone: bool) -> str:
    """The id that `opened` gives a document."""
    return document if alone or pair.references is None else f"{pair.references.name}/{document}"


def _verdict(claim: Claim, passages: Sequence[Evidence], settings: Settings) -> dict[str, Any]:
    from factcheck.verdicts.combine import combine

    opinions = [*check_opinions(claim.standalone, passages), *_asked(claim, passages, settings)]
    verdict = combine(claim, passages, opinions)
    documents = {passage.id: passage.quotation.source_id for passage in passages}
    return {
        "verdict": verdict.label,
        "cited": list(dict.fromkeys(documents[name] for name in verdict.evidence)),
        "decided_by": verdict.decided_by,
    }


def _asked(claim: Claim, passages: Sequence[Evidence], settings: Settings) -> Sequence[Opinion]:
    from factcheck.verdicts.judging import ask_verifier
    from factcheck.verdicts.verifier import load_thresholds

    verifier = verifier_of(settings.verifier, settings.threads)
    if verifier is None:
        return []
    thresholds = load_thresholds(verifier.name)
    return ask_verifier(verifier, thresholds, [claim], {claim.id: passages})[claim.id].opinions


def _claim(item: GoldClaim) -> Claim:
    whole = Span(0, len(item.quote))
    return Claim("gold", 0, whole, item.quote, "fact", item.claim)


def _over(
    rows: Sequence[Mapping[str, Any]], figure: Callable[[Mapping[str, Any]], bool]
) -> Estimate:
    return mean([float(figure(row)) for row in rows], [row["group"] for row in rows])
