"""What the pages of retrieval and extraction runs show, and their lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from factcheck.evaluation.extraction import COVERED, is_atomic
from factcheck.evaluation.report import Case, Section, Table, estimate, render, settings_table
from factcheck.evaluation.retrieval import is_grounded, ranking, verdict_right

_MOST_CASES = 60
_RECALL = "recall of deciding documents among the first"
_RANKING = {
    "R@1": f"{_RECALL} 1",
    "R@3": f"{_RECALL} 3",
    "R@5": f"{_RECALL} 5",
    "RR": "mean reciprocal rank",
    "nDCG@10": "nDCG@10",
}
_EXTRACTION = {
    "coverage": "gold claims covered",
    "words_covered": "content words of gold claims covered",
    "atomic": "extracted claims that say one thing",
    "restated": "claims with a restatement",
    "adds_nothing": "restatements that add no word to the article",
    "checkable": "claims called checkable",
}


def retrieval_lines(figures: Mapping[str, Any]) -> Iterator[str]:
    """A retrieval run for the terminal."""
    decided = figures["with_gold_evidence"]
    yield f"{figures['claims']} claims, {decided} of them decided by documents"
    for name, value in _retrieval(figures):
        yield f"{name:48} {value}"


def retrieval_page(
    settings: Mapping[str, Any], figures: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]
) -> str:
    """A retrieval run as HTML."""
    found = ranking(rows)
    late = [row for row in rows if row["gold"] and found[row["id"]]["RR"] < 1]
    wrong = [row for row in rows if not is_grounded(row)]
    by_label = tuple(
        (
            label,
            str(one["claims"]),
            estimate(one["verdict_right"]),
            estimate(one["evidence_aware"]),
        )
        for label, one in figures["by_label"].items()
    )
    head = ("truth", "claims", "verdict right", "and a deciding document cited")
    return render(
        f"Evidence for the claims of {settings['set']}, {settings['half']}",
        f"The first document decides the claim in {estimate(figures['retrieval']['R@1'])}; "
        f"verdicts are right and well cited in {estimate(figures['evidence_aware'])}.",
        [
            Section(
                "Figures",
                "In brackets: 95% intervals by redrawing articles.",
                tables=(Table(("figure", "value"), tuple(_retrieval(figures))),),
            ),
            Section("By truth", tables=(Table(head, by_label),)),
            Section("Deciding document not first", cases=tuple(map(_ranked, late[:_MOST_CASES]))),
            Section("Verdict wrong or badly cited", cases=tuple(map(_judged, wrong[:_MOST_CASES]))),
            settings_table(settings),
        ],
    )


def extraction_lines(figures: Mapping[str, Any]) -> Iterator[str]:
    """An extraction run for the terminal."""
    yield (
        f"{figures['articles']} articles, {figures['gold_claims']} gold claims, "
        f"{figures['claims_extracted']} extracted"
    )
    for name, shown in _EXTRACTION.items():
        yield f"{shown:48} {estimate(figures[name])}"


def extraction_page(
    settings: Mapping[str, Any], figures: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]
) -> str:
    """An extraction run as HTML."""
    gold = [(row["id"], item) for row in rows for item in row["gold"] if item["share"] < COVERED]
    claims = [(row["id"], claim) for row in rows for claim in row["claims"]]
    values = tuple((shown, estimate(figures[name])) for name, shown in _EXTRACTION.items())
    return render(
        f"Claims extracted from {settings['set']}, {settings['half']}",
        f"Covers {estimate(figures['coverage'])} of {figures['gold_claims']} gold claims with "
        f"{figures['claims_extracted']} extracted ones.",
        [
            Section(
                "Figures",
                "In brackets: 95% intervals by redrawing articles.",
                tables=(Table(("figure", "value"), values),),
            ),
            Section("Gold claims not covered", cases=tuple(_uncovered(*one) for one in gold)),
            Section(
                "Claims that say more than one thing",
                cases=tuple(_claim(*one) for one in claims if not is_atomic(one[1]))[:_MOST_CASES],
            ),
            Section(
                "Restatements with words that the article lacks",
                cases=tuple(_claim(*one) for one in claims if one[1]["added"]),
            ),
            settings_table(settings),
        ],
    )


def _retrieval(figures: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, shown in _RANKING.items():
        yield shown, estimate(figures["retrieval"][name])
    yield "verdict right", estimate(figures["verdict_right"])
    yield "verdict right and a deciding document cited", estimate(figures["evidence_aware"])
    yield "milliseconds a claim", f"{figures['milliseconds_per_claim']:g}"


def _ranked(row: Mapping[str, Any]) -> Case:
    found = ", ".join(row["ranked"][:5])
    return Case(
        f"{row['id']}: {row['claim']}",
        (("deciding", ", ".join(row["gold"])), ("found, nearest first", found)),
    )


def _judged(row: Mapping[str, Any]) -> Case:
    why = "badly cited" if verdict_right(row) else f"called {row['verdict']}"
    return Case(
        f"{row['id']}, {row['label']}, {why}: {row['claim']}",
        (
            ("deciding", ", ".join(row["gold"]) or "none"),
            ("cited", ", ".join(row["cited"]) or "none"),
            ("decided by", row["decided_by"]),
        ),
    )


def _uncovered(name: str, item: Mapping[str, Any]) -> Case:
    return Case(
        f"{name}: {item['claim']}",
        (("in the article", item["quote"]), ("nearest extracted claim", item["by"] or "none")),
    )


def _claim(name: str, claim: Mapping[str, Any]) -> Case:
    return Case(
        f"{name}: {claim['text']}",
        (
            ("restated", claim["restated"] or "not"),
            ("finite clauses", str(claim["clauses"])),
            ("words added", ", ".join(claim["added"]) or "none"),
        ),
    )
