"""What a store says about articles of which it knows nothing: `python -m eval.unrelated`.

The corrected articles of eval/articles/twins are about other matters than the shipped references,
most of them invented; so each verdict that such a reference decides is wrong, and so is each
flag beside one. Counted with the floors of `factcheck.evidence.relevance` and without them. The
time is that of reading the claims' passages (wall time, to be compared with each other only).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from factcheck.articles import parse_article
from factcheck.checker import Checker, References
from factcheck.cli.setup import open_retriever
from factcheck.evaluation.twinfiles import load_twins
from factcheck.evaluation.twins import half
from factcheck.evidence import Retriever
from factcheck.evidence.relevance import EVERYTHING
from factcheck.records import Report
from factcheck.settings import Settings
from factcheck.text.parsing import load_parser
from factcheck.verdicts.verifier import load_verifier

TWINS = Path(__file__).parent / "articles" / "twins"


def counted(report: Report) -> Counter[str]:
    """What came of one article: claims, passages, verdicts, flags and time."""
    found = Counter({"articles": 1, "claims": len(report.claims)})
    for checked in report.claims:
        found["passages"] += sum(e.quotation.origin == "corpus" for e in checked.evidence)
        if checked.verdict.decided_by == "verifier":
            found[f"verdicts: {checked.verdict.label}"] += 1
    for flag in report.flags:
        if flag.conflict is not None and flag.conflict.origin == "corpus":
            found["flags beside a reference"] += 1
    found["milliseconds of reading"] = round(1000 * report.run.timings["entailment"])
    return found


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Check articles beside an unrelated store.")
    parser.add_argument("--half", choices=["odd", "even"], default="odd")
    args = parser.parse_args()
    settings = Settings()
    store, shipped, embedder = open_retriever(settings)
    verifier = load_verifier(settings.verifier)
    totals = {"without floors": Counter[str](), "with floors": Counter[str]()}
    for twins in half(load_twins(TWINS), args.half):
        article = parse_article(twins.clean, twins.id)
        everything = Retriever(store, embedder, EVERYTHING)
        for name, retriever in zip(totals, (everything, shipped), strict=True):
            references = References(store, retriever, embedder.name, embedder.digest)
            checker = Checker(load_parser(), references, verifier, settings)
            totals[name] += counted(checker.check(article))
    print(json.dumps(totals, indent=1))


if __name__ == "__main__":
    main()
