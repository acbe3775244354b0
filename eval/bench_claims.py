"""How long `factcheck claims` takes on the example article, and how much memory.

    python -m eval.bench_claims

First use: a new process and no index yet (it is built). Cold: a new process, the index there, and
nothing kept of earlier runs; first findings: when a terminal shows what the comparisons flag, while
the verifier still reads. Again: a new process and the article as it was; corrected: with its errors
mended, for the first time.
Warm: a further article in a process that has everything loaded (the median over some twins; no
article is checked twice, since parses and vectors are remembered). Memory is the peak resident
set of the process. Times depend on the machine; the README says on which they were taken.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "eval" / "articles" / "example.txt"
CORRECTED = EXAMPLE.with_suffix(".clean.txt")
COLD_RUNS = 3
NOTHING_KEPT = {"FACTCHECK_LOCAL_CACHE": "none"}
FURTHER = sorted((ROOT / "eval" / "articles" / "twins").glob("1??.txt"))[:7]

_CHILD = """
import resource, sys, time
from factcheck.cli.main import main
try:
    main([*sys.argv[1:]], standalone_mode=True)
except SystemExit:
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""

_WARM = """
import sys, time
from factcheck.articles import read_article
from factcheck.checker import Checker, References
from factcheck.cli.setup import open_retriever
from factcheck.settings import Settings
from factcheck.text.parsing import load_parser
from factcheck.verdicts.verifier import load_verifier

settings = Settings()
store, retriever, embedder = open_retriever(settings)
references = References(store, retriever, embedder.name, embedder.digest)
checker = Checker(load_parser(), references, load_verifier(), settings)
checker.check(read_article(sys.argv[1]))
for path in sys.argv[2:]:
    article = read_article(path)
    began = time.perf_counter()
    checker.check(article)
    print(time.perf_counter() - began)
"""


def timed(
    cache: str, article: Path = EXAMPLE, settings: Mapping[str, str] | None = None
) -> tuple[float, float]:
    """Seconds and peak MiB of one run in a new process, with its cache folder at `cache`."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, "claims", str(article), "-f", "json"],
        env=os.environ | {"XDG_CACHE_HOME": cache} | dict(settings or {}),
        capture_output=True,
        text=True,
        check=True,
    )
    seconds = time.perf_counter() - began
    return seconds, int(done.stderr.split()[-1]) / 1024


def first_findings(cache: str) -> float:
    """Seconds until a new process shows flags on a terminal; nan where it shows none."""
    screen, terminal = os.openpty()
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, "claims", str(EXAMPLE), "-f", "json"],
        env=os.environ | {"XDG_CACHE_HOME": cache, "TERM": "xterm"} | NOTHING_KEPT,
        stdout=subprocess.DEVNULL,
        stderr=terminal,
    )
    os.close(terminal)
    seen, shown = b"", math.nan
    with contextlib.suppress(OSError):  # which is how the end of a terminal reads
        while part := os.read(screen, 1 << 16):
            seen += part
            if math.isnan(shown) and b"Found so far" in seen:
                shown = time.perf_counter() - began
    child.wait()
    os.close(screen)
    return shown


def warm(cache: str) -> float:
    """Median seconds of a further article in a process that has everything loaded."""
    done = subprocess.run(
        [sys.executable, "-c", _WARM, str(EXAMPLE), *map(str, FURTHER)],
        env=os.environ | {"XDG_CACHE_HOME": cache},
        capture_output=True,
        text=True,
        check=True,
    )
    return statistics.median(map(float, done.stdout.split()))


def main() -> None:
    """Measure, and print a table and a line of JSON."""
    with tempfile.TemporaryDirectory() as cache:
        first, first_memory = timed(cache)
        again = [timed(cache) for _ in range(COLD_RUNS)]
        corrected, _ = timed(cache, CORRECTED)
        cold = [timed(cache, settings=NOTHING_KEPT) for _ in range(COLD_RUNS)]
        figures = {
            "words": len(EXAMPLE.read_text("utf-8").split()),
            "first_use_seconds": round(first, 1),
            "cold_seconds": round(statistics.median(seconds for seconds, _ in cold), 1),
            "first_findings_seconds": round(
                statistics.median(first_findings(cache) for _ in range(COLD_RUNS)), 1
            ),
            "again_seconds": round(statistics.median(seconds for seconds, _ in again), 1),
            "corrected_seconds": round(corrected, 1),
            "warm_seconds": round(warm(cache), 2),
            "first_use_peak_mib": round(first_memory),
            "cold_peak_mib": round(statistics.median(memory for _, memory in cold)),
        }
    for name, figure in figures.items():
        print(f"{name:22} {figure}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
