"""A pair is asked once on a machine, and its answer is the same to the last bit."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from factcheck.errors import ModelError
from factcheck.verdicts.kept import KeptVerifier
from factcheck.verdicts.verifier import Entailment, FakeVerifier, load_verifier

TINY = Path(__file__).parent / "data" / "tiny-verifier"
PAIRS = [
    ("The bridge was closed on Monday.", "The bridge was closed."),
    ("The mayor opened it.", "The bridge was closed."),
    ("The bridge was closed on Monday.", "The bridge was closed."),
]


@dataclass
class Counting:
    """A verifier that counts what it is asked."""

    digest: str = "one"
    name: str = "counting"
    asked: list[tuple[str, str]] = field(default_factory=list)

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        self.asked += pairs
        return FakeVerifier().score(pairs)


def test_only_what_is_new_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    first, second, other = Counting(), Counting(), Counting("two")
    wanted = FakeVerifier().score(PAIRS)
    assert KeptVerifier(first, path).score(PAIRS) == wanted
    assert first.asked == PAIRS[:2]
    new = ("The mayor closed it.", "It was closed.")
    assert KeptVerifier(second, path).score([*PAIRS, new])[:3] == wanted
    assert second.asked == [new]
    KeptVerifier(other, path).score(PAIRS)
    assert other.asked == PAIRS[:2]


def test_without_a_file_to_keep_them_in_all_is_asked(tmp_path: Path) -> None:
    inner = Counting()
    kept = KeptVerifier(inner, tmp_path)
    assert kept.score(PAIRS) == kept.score(PAIRS) == FakeVerifier().score(PAIRS)
    assert len(inner.asked) == 4
    assert kept.score([]) == []


def test_an_exported_verifier_is_kept_to_the_last_bit(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    plain = load_verifier(str(TINY), threads=1)
    before, after = (load_verifier(str(TINY), threads=1, kept=path) for _ in range(2))
    assert plain and before and after
    pairs = [*PAIRS, ("The bridge was closed on Tuesday, the mayor said. " * 60, "It was closed.")]
    assert plain.score(pairs) == before.score(pairs) == after.score(pairs)
    assert (after.name, after.digest) == (plain.name, plain.digest)


def test_a_damaged_answer_is_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    KeptVerifier(Counting(), path).score(PAIRS)
    for damaged in (b"", b"x" * 23, None, 5, "text"):
        with contextlib.closing(sqlite3.connect(path)) as database, database:
            database.execute("UPDATE answers SET value = ?", (damaged,))
        inner = Counting()
        assert KeptVerifier(inner, path).score(PAIRS) == FakeVerifier().score(PAIRS)
        assert len(inner.asked) == 2
    inner = Counting()
    assert KeptVerifier(inner, path).score(PAIRS) == FakeVerifier().score(PAIRS)
    assert not inner.asked


def test_what_it_cannot_answer_is_not_kept(tmp_path: Path) -> None:
    class Broken(Counting):
        def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
            raise ModelError("the model is gone")

    with pytest.raises(ModelError):
        KeptVerifier(Broken(), tmp_path / "kept").score(PAIRS)
    assert KeptVerifier(Counting(), tmp_path / "kept").score(PAIRS) == FakeVerifier().score(PAIRS)
