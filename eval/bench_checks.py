"""How the cost of all checks grows with the length of an article: `python -m eval.bench_checks`.

Articles of about 500, 5,000 and 50,000 words are put together from the texts of eval/articles/twins
(each paragraph once; for more, again with other names and numbers, so that nothing is remembered
from before). Everything is loaded and has read one article before the clock starts. Prints seconds
of each stage and of each check, and seconds per 1,000 words, whose ratio shows how cost grows.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

from factcheck.articles import parse_article
from factcheck.checker import Checker, References
from factcheck.cli.setup import open_retriever
from factcheck.records import Report
from factcheck.settings import Settings
from factcheck.text.parsing import load_parser
from factcheck.verdicts.verifier import load_verifier

TWINS = Path(__file__).parent / "articles" / "twins"
LENGTHS = (500, 5_000, 50_000)
_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_NUMBER = re.compile(r"\b\d{2,3}\b")


def paragraphs() -> Iterator[str]:
    """Paragraphs without end, later rounds with other names and numbers."""
    found = [
        paragraph
        for path in sorted(TWINS.glob("*.clean.txt"))
        for paragraph in path.read_text("utf-8").split("\n\n")[1:]
    ]
    yield from found
    for turn in itertools.count(1):
        for paragraph in found:
            yield _changed(paragraph, turn)


def _changed(paragraph: str, turn: int) -> str:
    """The paragraph with some of its names and all of its two- and three-digit numbers changed."""
    order = random.Random(f"{turn}:{paragraph}")

    def name(match: re.Match[str]) -> str:
        return match.group() + ("" if order.random() < 0.6 else "abcdefghij"[turn % 10])

    def number(match: re.Match[str]) -> str:
        return str(int(match.group()) + order.randint(1, 9))

    return _NAME.sub(name, _NUMBER.sub(number, paragraph))


def article(words: int) -> str:
    """An article of about so many words."""
    chosen: list[str] = []
    source = paragraphs()
    while sum(len(paragraph.split()) for paragraph in chosen) < words:
        chosen.append(next(source))
    return "Council weighs reports from many towns\n\n" + "\n\n".join(chosen)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Cost of the checks by length of the article.")
    parser.add_argument("--lengths", type=int, nargs="+", default=list(LENGTHS))
    parser.add_argument("--verifier", default="embedded", help="embedded, none, a path or hub name")
    args = parser.parse_args()
    settings = Settings(verifier=args.verifier)
    verifier = None if args.verifier == "none" else load_verifier(args.verifier)
    store, retriever, embedder = open_retriever(settings)
    with store:
        references = References(store, retriever, embedder.name, embedder.digest)
        checker = Checker(load_parser(), references, verifier, settings)
        checker.check(parse_article((TWINS / "101.txt").read_text("utf-8"), "warm-up"))
        for length in args.lengths:
            text = article(length)
            began = time.perf_counter()
            report = checker.check(parse_article(text, "bench"))
            print(json.dumps(_figures(report, len(text.split()), time.perf_counter() - began)))


def _figures(report: Report, words: int, seconds: float) -> dict[str, object]:
    return {
        "words": words,
        "claims": report.summary.claims,
        "seconds": round(seconds, 2),
        "per_1000_words": round(1000 * seconds / words, 2),
        "stages": report.run.timings,
    }


if __name__ == "__main__":
    main()
