"""How long `factcheck claims` takes on the example article, and how much memory.

    python -m eval.bench_claims

First use: a new process and no index yet (it is built). Cold: a new process, the index there.
Warm: the same article again in a process that has everything loaded. Memory is the peak resident
set of the process. Times depend on the machine; the README says on which they were taken.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "eval" / "articles" / "example.txt"
COLD_RUNS = 3
WARM_RUNS = 5

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
article = read_article(sys.argv[1])
checker.check(article)
for _ in range(int(sys.argv[2])):
    began = time.perf_counter()
    report = checker.check(article)
    print(time.perf_counter() - began)
print(report.run.timings, file=sys.stderr)
"""


def timed(cache: str) -> tuple[float, float]:
    """Seconds and peak MiB of one run in a new process, with its cache folder at `cache`."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, "claims", str(EXAMPLE), "-f", "json"],
        env=os.environ | {"XDG_CACHE_HOME": cache},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds = time.perf_counter() - began
    return seconds, int(done.stderr.split()[-1]) / 1024


def warm(cache: str) -> float:
    """Median seconds of a check in a process that has everything loaded."""
    done = subprocess.run(
        [sys.executable, "-c", _WARM, str(EXAMPLE), str(WARM_RUNS)],
        env=os.environ | {"XDG_CACHE_HOME": cache},
        capture_output=True,
        text=True,
        check=True,
    )
    print(done.stderr.splitlines()[-1], file=sys.stderr)
    return statistics.median(map(float, done.stdout.split()))


def main() -> None:
    """Measure, and print a table and a line of JSON."""
    with tempfile.TemporaryDirectory() as cache:
        first, first_memory = timed(cache)
        cold = [timed(cache) for _ in range(COLD_RUNS)]
        figures = {
            "words": len(EXAMPLE.read_text("utf-8").split()),
            "first_use_seconds": round(first, 1),
            "cold_seconds": round(statistics.median(seconds for seconds, _ in cold), 1),
            "warm_seconds": round(warm(cache), 2),
            "first_use_peak_mib": round(first_memory),
            "cold_peak_mib": round(statistics.median(memory for _, memory in cold)),
        }
    for name, figure in figures.items():
        print(f"{name:22} {figure}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
