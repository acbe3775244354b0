"""Training pairs of whole articles and their references: what the verifier reads in the product.

`python -m eval.verifier.referenced` writes eval/claims/referenced.jsonl. Each case of
eval/claims/referenced is a right article, errors that can be put into it, each with the words of a
reference that disprove it, and its references (eval/claims/FORMAT.md). The product extracts the
claims of both forms of the article and finds the reference passages nearest to each. A claim of
the right article is refuted by none of them: NOT_REFUTED. A claim with an error in it is REFUTED
by the passage that disproves it, and is the twin of the same claim put right; beside other
passages it is left out, for nobody has judged that. With `--twins FOLDER` the cases are written as
articles in twins instead, for `factcheck eval articles FOLDER`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.verifier.data import REFERENCED, REFERENCED_ITEMS, Item
from factcheck.articles import parse_article
from factcheck.claims import extract_claims
from factcheck.evaluation.checking import opened
from factcheck.evidence import Retriever
from factcheck.records import Claim, Evidence, Span
from factcheck.settings import Settings
from factcheck.text.parsing import load_parser
from factcheck.verdicts.judging import passages_read

CASES = REFERENCED_ITEMS.with_suffix("")


@dataclass(frozen=True)
class Error:
    """Words that make an article wrong, with what disproves them."""

    type: str
    """Type of the flag that it calls for."""
    right: Span
    """The right words, in the right article."""
    wrong: Span
    """The wrong ones, in the article with this and all other errors."""
    document: str
    """Id of the reference that disproves it."""
    proof: str
    """The words there that do."""


@dataclass(frozen=True)
class Case:
    """An article, right and with errors, and its references."""

    id: str
    clean: str
    flawed: str
    errors: tuple[Error, ...]
    references: dict[str, str]
    """Text by document id; title and source are its first lines."""


def load_case(path: Path) -> Case:
    """One file of CASES.

    Raises:
        ValueError: words to be replaced do not stand just once, or a proof nowhere.
    """
    row = json.loads(path.read_text(encoding="utf-8"))
    clean = row["clean"].strip() + "\n"
    flawed, at, errors = "", 0, []
    for planted in sorted(row["planted"], key=lambda one: clean.find(one["fix"])):
        start = clean.find(planted["fix"])
        if clean.count(planted["fix"]) != 1 or start < at:
            raise ValueError(f"{path}: {planted['fix']!r} does not stand there just once")
        if planted["proof"] not in row["refs"][planted["doc"]]:
            raise ValueError(f"{path}: {planted['proof']!r} is not in {planted['doc']}")
        flawed += clean[at:start]
        wrong = Span(len(flawed), len(flawed) + len(planted["quote"]))
        flawed += planted["quote"]
        at = start + len(planted["fix"])
        right = Span(start, at)
        errors.append(Error(planted["type"], right, wrong, planted["doc"], planted["proof"]))
    return Case(row["id"], clean, flawed + clean[at:], tuple(errors), row["refs"])


def case_items(case: Case) -> Iterator[Item]:
    """All pairs of a case; of one passage, so that no split parts them."""
    with tempfile.TemporaryDirectory() as place:
        for name, text in case.references.items():
            (Path(place) / f"{name}.txt").write_text(text, encoding="utf-8")
        with opened(Settings(), Path(place)) as references:
            right = _read(case.clean, case.id, references.retriever)
            wrong = _read(case.flawed, case.id, references.retriever)
    kept = [(claim, passages) for claim, passages in right if not _hit(case, claim, "right")]
    for n, (claim, passages) in enumerate(kept):
        for k, passage in enumerate(passages[:2]):
            yield _item(f"ref-{case.id}-{n}-{k}", passage, claim, "NOT_REFUTED", "", case)
    for n, (claim, passages) in enumerate(wrong):
        error = _hit(case, claim, "wrong")
        proof = error and _holding(error, passages)
        twin = error and _counterpart(case, error, claim, [one for one, _ in right])
        if error and proof and twin:
            ids = f"ref-{case.id}-e{n}-wrong", f"ref-{case.id}-e{n}-right"
            yield _item(ids[0], proof, claim, "REFUTED", error.type, case, ids[1])
            yield _item(ids[1], proof, twin, "NOT_REFUTED", error.type, case, ids[0])


def _read(text: str, name: str, retriever: Retriever) -> list[tuple[Claim, tuple[Evidence, ...]]]:
    """The claims that the verifier would read, each with its reference passages, nearest first."""
    article = parse_article(text, name)
    parsed = tuple(load_parser().parse(text, [sentence.span for sentence in article.prose]))
    claims = [claim for claim in extract_claims(article, parsed) if claim.checkable]
    found = retriever.references(claims, top_k=20)
    return [(claim, found[claim.id]) for claim in claims if passages_read(claim, found[claim.id])]


def _hit(case: Case, claim: Claim, form: str) -> Error | None:
    """The first error that the claim's words have, or would have."""
    spans = ((error, error.wrong if form == "wrong" else error.right) for error in case.errors)
    return next((error for error, span in spans if span.overlaps(claim.span)), None)


def _holding(error: Error, passages: Sequence[Evidence]) -> Evidence | None:
    """The passage that has the proof."""
    proof = " ".join(error.proof.split())
    return next(
        (
            passage
            for passage in passages
            if passage.quotation.source_id == error.document
            and proof in " ".join(passage.quotation.text.split())
        ),
        None,
    )


def _counterpart(case: Case, error: Error, claim: Claim, right: Sequence[Claim]) -> Claim | None:
    """The claim of the right article that says the right thing in its place, if it says another."""
    ahead = claim.span.start - error.wrong.start + error.right.start
    alike = [
        one
        for one in right
        if (one.sentence, one.kind) == (claim.sentence, claim.kind)
        and error.right.overlaps(one.span)
        and one.standalone != claim.standalone
    ]
    return min(alike, key=lambda one: abs(one.span.start - ahead), default=None)


def _item(
    name: str,
    passage: Evidence,
    claim: Claim,
    label: str,
    kind: str,
    case: Case,
    twin: str | None = None,
) -> Item:
    words = passage.quotation.text, claim.standalone
    return Item(name, *words, label, REFERENCED, kind, f"ref-{case.id}", twin)


def write_twins(case: Case, folder: Path) -> None:
    """The case as `factcheck eval articles` reads it (eval/articles/twins/FORMAT.md)."""
    planted = [
        {
            "type": error.type,
            "quote": error.wrong.of(case.flawed),
            "start": error.wrong.start,
            "end": error.wrong.end,
            "fix": error.right.of(case.clean),
            "against": "corpus",
            "conflicts_with": [error.document],
        }
        for error in case.errors
    ]
    gold = {"id": case.id, "planted": planted, "distractors": [], "claims": []}
    (folder / f"{case.id}.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    (folder / f"{case.id}.txt").write_text(case.flawed, encoding="utf-8")
    (folder / f"{case.id}.clean.txt").write_text(case.clean, encoding="utf-8")
    references = folder / f"{case.id}.refs"
    references.mkdir(exist_ok=True)
    for name, text in case.references.items():
        (references / f"{name}.txt").write_text(text, encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Make pairs of articles with references.")
    parser.add_argument("--twins", type=Path, help="write articles in twins to this folder instead")
    args = parser.parse_args()
    cases = [load_case(path) for path in sorted(CASES.glob("*.json"))]
    if args.twins:
        args.twins.mkdir(parents=True, exist_ok=True)
        for case in cases:
            write_twins(case, args.twins)
        return
    with REFERENCED_ITEMS.open("w", encoding="utf-8") as out:
        for case in cases:
            for item in case_items(case):
                out.write(json.dumps(asdict(item), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
