"""Articles beside the references of all of them: `python -m eval.pooled`.

A desk's store holds documents on many matters, some of them much alike: strikes, trials, elections.
Here each article of eval/articles/{twins,second,third} is checked beside its own references, those
of all other articles of that half and the shipped ones, in one store; `factcheck eval articles`
gives it only its own. Counted with the words in common that a document must have
(`factcheck.evidence.kinship`) and without.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from factcheck.articles import parse_article
from factcheck.checker import Checker, References
from factcheck.evaluation.articles import outcome
from factcheck.evaluation.checking import embedder_of, opened
from factcheck.evaluation.twinfiles import load_twins
from factcheck.evaluation.twins import Twins, half
from factcheck.evidence import Retriever
from factcheck.evidence.relevance import floors_for
from factcheck.records import Report
from factcheck.resources import shipped
from factcheck.settings import Settings
from factcheck.text.parsing import load_parser
from factcheck.verdicts.verifier import load_verifier

ARTICLES = Path(__file__).parent / "articles"
SETS = ("twins", "second", "third")


def counted(checker: Checker, pairs: Sequence[Twins]) -> Counter[str]:
    """What came of the pairs: errors planted and found, false flags, passages, seconds."""
    found: Counter[str] = Counter()

    def check(text: str, twins: Twins) -> Report:
        report = checker.check(parse_article(text, twins.id))
        evidence = [e for item in report.claims for e in item.evidence]
        corpus = [e for e in evidence if e.quotation.origin == "corpus"]
        own = f"{twins.references.name}/" if twins.references else "none"
        found["passages of its own"] += sum(e.quotation.source_id.startswith(own) for e in corpus)
        found["passages of others"] += sum(
            not e.quotation.source_id.startswith(own) for e in corpus
        )
        return report

    began = time.perf_counter()
    for twins in pairs:
        done = outcome(twins, check)
        found["pairs"] += 1
        found["errors"] += len(done.errors)
        found["found, right type"] += sum(done.hit(one, strict=True) for one in done.errors)
        found["false flags on corrected twins"] += len(done.clean)
        found["look-alikes flagged"] += done.look_alikes_flagged()
    found["seconds"] = round(time.perf_counter() - began)
    return found


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Check articles beside all references at once.")
    parser.add_argument("--half", choices=["odd", "even"], default="odd")
    parser.add_argument("--verifier", default="embedded", help="embedded, none, a path or hub name")
    args = parser.parse_args()
    settings = Settings(verifier=args.verifier)
    verifier = None if args.verifier == "none" else load_verifier(args.verifier)
    pairs = [twins for name in SETS for twins in half(load_twins(ARTICLES / name), args.half)]
    folders = [twins.references for twins in pairs if twins.references]
    embedder = embedder_of(settings.embedder)
    floors = floors_for(embedder)
    totals = {}
    with opened(settings, *folders, shipped("corpus")) as found:
        for name, shared in (("whatever is near", 0), ("what shares words too", floors.shared)):
            retriever = Retriever(found.store, embedder, replace(floors, shared=shared))
            references = References(found.store, retriever, embedder.name, embedder.digest)
            checker = Checker(load_parser(), references, verifier, settings)
            totals[name] = counted(checker, pairs)
    print(json.dumps(totals, indent=1))


if __name__ == "__main__":
    main()
