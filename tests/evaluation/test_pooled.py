"""What is counted of articles beside one store for many matters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from eval.pooled import counted
from factcheck.checker import Checker, References
from factcheck.evaluation.twins import Planted, Twins
from factcheck.evidence import Document, HashingEmbedder, Retriever, Store
from factcheck.records import Span
from factcheck.text.parsing import load_parser

OWN = Document("1.refs/storm", "The storm sank 19 boats in the harbour of Port Ellery.", "Storm")
OTHER = Document("2.refs/bridge", "The bridge of Keld was painted green in 1998.", "Bridge")
RIGHT = "The storm sank 19 boats in the harbour of Port Ellery."
WRONG = RIGHT.replace("19", "91")
SPAN = Span(0, len(WRONG))
PAIR = Twins(
    "1",
    WRONG,
    RIGHT,
    (Planted("number", SPAN, WRONG, "corpus", RIGHT, ()),),
    (),
    Path("1.refs"),
)


def test_errors_flags_and_passages_are_counted(tmp_path: Path) -> None:
    embedder = HashingEmbedder(64)
    with Store.open(tmp_path / "s", embedder, create=True) as store:
        store.sync([OWN, OTHER])
        retriever = Retriever(store, embedder)
        references = References(store, retriever, embedder.name, embedder.digest)
        checker = Checker(load_parser(), references)
        found = counted(checker, [PAIR])
        swapped = counted(checker, [replace(PAIR, flawed=RIGHT, clean=WRONG, planted=())])
    assert (found["pairs"], found["errors"], found["found, right type"]) == (1, 1, 1)
    assert found["false flags on corrected twins"] == 0
    assert found["passages of its own"] == found["passages of others"] == 2
    assert swapped["false flags on corrected twins"] == 1
