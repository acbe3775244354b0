"""How fast the reference store is: indexing, and asking among 1,000 and 50,000 passages.

    python -m eval.bench_store

Indexing takes the shipped embedder over passages of the shipped corpus. The questions are asked of
stores with random unit vectors and texts of drawn words, since the time to search depends on how
many there are and not on what they say; the question's own embedding is timed by itself. Memory
is the peak resident set of a process of its own for each size. Prints a table, then JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.evidence import Document, Embedder, Retriever, Store, load_embedder, read_corpus
from factcheck.records import Claim, Span

if TYPE_CHECKING:
    from factcheck.evidence.embedding import Vectors

ROOT = Path(__file__).parents[1]
SIZES = (1_000, 50_000)
QUESTIONS = 30
INDEXED_DOCUMENTS = 80
_VOCABULARY = 20_000
_WORDS_A_PASSAGE = 80
_PASSAGES_A_DOCUMENT = 10


class RandomEmbedder:
    """Unit vectors drawn by the text's hash, as long as the shipped model's."""

    name = "random"
    digest = "random"
    dimension = 384

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.embed`."""
        import numpy as np

        seeds = (hashlib.sha256(text.encode()).digest()[:8] for text in texts)
        drawn = (np.random.default_rng(int.from_bytes(seed)) for seed in seeds)
        rows = np.stack([one.standard_normal(self.dimension, dtype=np.float32) for one in drawn])
        vectors: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return vectors


def main() -> None:
    """Measure each part in a process of its own, and print."""
    parts = {"index": ["index"], **{f"ask {size}": ["ask", str(size)] for size in SIZES}}
    figures = {name: _alone(arguments) for name, arguments in parts.items()}
    for name, found in figures.items():
        for what, value in found.items():
            print(f"{name:10}  {what:32}  {value:10,.1f}")
    load = round(os.getloadavg()[0], 1)
    print(json.dumps({"figures": figures, "cpus": os.cpu_count(), "load": load}, indent=1))


def _alone(arguments: list[str]) -> dict[str, float]:
    command = [sys.executable, "-m", "eval.bench_store", *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _indexing(place: Path) -> dict[str, float]:
    """Passages a second with the shipped embedder, its loading apart."""
    documents = read_corpus(ROOT / "corpus")[:INDEXED_DOCUMENTS]
    embedder = load_embedder()
    loading = _timed(lambda: embedder.embed(["A first text loads the model."]))
    with Store.open(place, embedder, create=True) as store:
        began = time.perf_counter()
        changes = store.sync(documents)
        took = time.perf_counter() - began
    return {
        "model loading, s": loading,
        "passages": changes.passages,
        "passages/s": changes.passages / took,
    }


def _asking(place: Path, size: int) -> dict[str, float]:
    """Time of one claim's search, and of what a process does before its first."""
    embedder = RandomEmbedder()
    writing = _timed(lambda: _fill(place, size, embedder))
    with Store.open(place, embedder) as store:
        retriever = Retriever(store, embedder)
        questions = [_claim(number) for number in range(QUESTIONS + 1)]
        first = _timed(lambda: retriever.references(questions[:1]))
        times = [_timed(partial(retriever.references, [one])) for one in questions[1:]]
        dated = [
            _timed(partial(retriever.references, [one], as_of="2021-06-30"))
            for one in questions[1:]
        ]
        passages = len(store.passages())
    return {
        "passages": passages,
        "written, passages/s": passages / writing,
        "first question, s": first,
        "next questions, median ms": 1_000 * statistics.median(times),
        "with --as-of, median ms": 1_000 * statistics.median(dated),
    }


def _fill(place: Path, size: int, embedder: Embedder) -> None:
    import numpy as np

    draw = np.random.default_rng(7)
    # words as common as in a language: the n-th comes up in proportion to 1/n
    shares = 1 / np.arange(1, _VOCABULARY + 1)
    shares /= shares.sum()
    with Store.open(place, embedder, create=True) as store:
        documents = []
        for number in range(size // _PASSAGES_A_DOCUMENT):
            words = draw.choice(_VOCABULARY, _PASSAGES_A_DOCUMENT * _WORDS_A_PASSAGE, p=shares)
            text = " ".join(f"w{word}" for word in words)
            date = f"2021-{1 + number % 12:02}-01"
            documents.append(Document(f"d{number}", _in_sentences(text), "T", date=date))
        store.sync(documents)


def _in_sentences(text: str) -> str:
    """One sentence of a passage's length after another, so that none is shared."""
    words = text.split()
    starts = range(0, len(words), _WORDS_A_PASSAGE)
    sentences = (words[start : start + _WORDS_A_PASSAGE] for start in starts)
    return " ".join(" ".join(sentence).capitalize() + "." for sentence in sentences)


def _claim(number: int) -> Claim:
    words = " ".join(f"w{(number * 37 + step * step * 11) % _VOCABULARY}" for step in range(12))
    return Claim(f"c{number}", 0, Span(0, len(words)), words, "fact", None)


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _child(arguments: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "store"
        found = _indexing(place) if arguments[0] == "index" else _asking(place, int(arguments[1]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    print(json.dumps({**found, "peak memory, MB": peak}))


if __name__ == "__main__":
    if sys.argv[1:]:
        _child(sys.argv[1:])
    else:
        main()
