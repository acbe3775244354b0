"""How quiet the checks are on real texts: `python -m eval.real_texts --public FOLDER`.

Nobody planted anything in these documents, so that a flag on one that is read against itself is
false, but for a slip of its makers; and so is each flag on a claim that annotators found supported,
read beside its document. Claims that they found unsupported show what the checks find there. The
folder holds public sets in the common form (docs/evaluation.md); no verifier is asked.

Prints for each set the flags of each check for 10,000 words of its documents, and how many claims
of each label a check flags. `--details` lists the flags.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from factcheck.evaluation.checking import each
from factcheck.evaluation.claimchecks import as_passage, check_flags
from factcheck.evaluation.items import Item
from factcheck.evaluation.sets.registry import load_set
from factcheck.records import Flag

SETS = ("summedits_dev", "qasem_dev_sent", "wice_dev_chunks")
"""Sets of long evidence: whole texts in the first two, clipped web pages in the last."""
_NO_ERROR = "furniture"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the checks made of one document and of its claims."""

    words: int
    """Words of the document."""
    own: tuple[Flag, ...]
    """Flags on the document, read against itself."""
    claims: tuple[tuple[Item, tuple[Flag, ...]], ...]
    """Its claims, each with the flags on it beside the document."""


def see(items: Sequence[Item]) -> Seen:
    """What the checks make of the items of one document."""
    document = items[0].evidence
    passage = as_passage(document)
    return Seen(
        words=len(document.split()),
        own=_errors(check_flags(document)),
        claims=tuple((item, _errors(check_flags(item.claim, [passage]))) for item in items),
    )


def lines(name: str, seen: Sequence[Seen], *, details: bool) -> Iterator[str]:
    """The figures of one set, a line each."""
    words = sum(one.words for one in seen)
    yield f"{name}: {len(seen)} documents, {words:,} words"
    own = Counter(flag.check for one in seen for flag in one.own)
    for check, count in own.most_common():
        yield f"  {check:12} {count:4} flags, {count / words * 10_000:.1f} in 10,000 words"
    claims = [pair for one in seen for pair in one.claims]
    for label in sorted({item.label for item, _ in claims}):
        flagged = [flags for item, flags in claims if item.label == label]
        kinds = Counter(kind for flags in flagged for kind in {flag.check for flag in flags})
        shown = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
        yield f"  {label}: {sum(map(bool, flagged))} of {len(flagged)} claims flagged: {shown}"
    if details:
        yield from (f"  {_told(flag)}" for one in seen for flag in one.own)
        yield from (f"  {item.label}: {_told(flag)}" for item, flags in claims for flag in flags)


def _errors(flags: Sequence[Flag]) -> tuple[Flag, ...]:
    return tuple(flag for flag in flags if flag.type != _NO_ERROR)


def _told(flag: Flag) -> str:
    words = " ".join(flag.quotation.text.split())
    return f"{flag.check} {flag.confidence:.2f} {words} | {flag.explanation}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Flags of the checks on real texts.")
    parser.add_argument("--public", type=Path, required=True, help="folder of public sets")
    parser.add_argument("--jobs", type=int, default=2, help="how many to work on at once")
    parser.add_argument("--details", action="store_true", help="list the flags")
    args = parser.parse_args()
    for name in SETS:
        groups: dict[str, list[Item]] = {}
        for item in load_set("common", args.public / f"{name}.jsonl"):
            groups.setdefault(item.evidence, []).append(item)
        seen = [one for _, one in each(see, list(groups.values()), args.jobs)]
        print("\n".join(lines(name, seen, details=args.details)), flush=True)


if __name__ == "__main__":
    main()
