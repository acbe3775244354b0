"""The measure of what unrelated references say counts what stands beside a reference, no more."""

from __future__ import annotations

from pathlib import Path

from eval.unrelated import counted
from factcheck.articles import parse_article
from factcheck.checker import Checker, References
from factcheck.evidence import Document, HashingEmbedder, Retriever, Store
from factcheck.evidence.relevance import EVERYTHING, Floors
from factcheck.text.parsing import load_parser
from factcheck.verdicts.verifier import FakeVerifier

WALL = Document("wall", "The harbour wall of Port Ellery was not rebuilt in 2021.", "Wall")
ARTICLE = parse_article(
    "Wall rebuilt\n\nThe harbour wall of Port Ellery was rebuilt in 2021. 0 820 Read more\n"
)


def test_passages_verdicts_and_flags_beside_a_reference_are_counted(tmp_path: Path) -> None:
    embedder = HashingEmbedder(64)
    counts = []
    with Store.open(tmp_path / "s", embedder, create=True) as store:
        store.sync([WALL])
        for floors in (EVERYTHING, Floors(subject=2.0, claim=2.0)):
            retriever = Retriever(store, embedder, floors)
            references = References(store, retriever, embedder.name, embedder.digest)
            report = Checker(load_parser(), references, FakeVerifier()).check(ARTICLE)
            counts.append(counted(report))
    all_read, none_read = counts
    assert all_read["articles"] == none_read["articles"] == 1
    assert all_read["passages"] and all_read["flags beside a reference"]
    assert all_read["verdicts: refuted"]
    names = ("passages", "flags beside a reference", "verdicts: refuted", "verdicts: supported")
    assert not any(none_read[name] for name in names)
