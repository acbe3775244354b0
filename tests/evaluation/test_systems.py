"""Who is measured: baselines that know next to nothing, and the checks as a verifier."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.errors import ModelError, UsageProblem
from factcheck.evaluation import baselines
from factcheck.evaluation.items import Gold, Item
from factcheck.evaluation.systems import CheckedVerifier, load_system, program_digest
from factcheck.evidence.embedding import HashingEmbedder
from factcheck.verdicts.verifier import Entailment, FakeVerifier

SAME = ("Nine men left the port on Monday.", "Nine men left the port on Monday.")
OTHER = ("The price of tin fell again.", "A bishop blessed the new organ in 1988.")
TWELVE = ("Nine men left the port on Monday.", "Twelve men left the port on Monday.")


def labelled(*labels: Gold) -> list[Item]:
    return [Item(str(n), "c", "e", label, str(n)) for n, label in enumerate(labels)]


@pytest.mark.parametrize(
    ("labels", "answer"),
    [
        (("refuted", "refuted", "supported"), Entailment(0, 1, 0)),
        (("supported", "supported", "refuted"), Entailment(1, 0, 0)),
        (("unsupported", "supported", "unsupported"), Entailment(0, 0, 1)),
    ],
)
def test_majority(labels: tuple[Gold, ...], answer: Entailment) -> None:
    system = load_system("majority", labelled(*labels))
    assert system.verifier.score([SAME, OTHER]) == [answer, answer]


def test_majority_is_the_same_in_any_order_and_known_by_its_answer() -> None:
    tied: list[tuple[Gold, ...]] = [("supported", "refuted"), ("refuted", "supported")]
    one, same = (load_system("majority", labelled(*labels)) for labels in tied)
    assert one.verifier.score([SAME]) == same.verifier.score([SAME]) == [Entailment(0, 1, 0)]
    other = load_system("majority", labelled("supported"))
    assert one.digest == same.digest != other.digest


def test_a_baseline_is_known_by_its_embedder() -> None:
    other = HashingEmbedder()
    other.digest = "other"
    one, same = (baselines.similarity(HashingEmbedder()).digest for _ in range(2))
    assert one == same != baselines.similarity(other).digest


def test_overlap_sees_words_and_numbers() -> None:
    assert baselines.overlap_features([SAME]).tolist() == [[1.0, 0.0, 7.0]]
    missing = baselines.overlap_features([("In 1990 it rained.", "In 1991 it rained.")])
    assert missing.tolist() == [[0.75, 1.0, 4.0]]
    same, other = load_system("overlap", []).verifier.score([SAME, OTHER])
    assert same.supported > other.supported
    assert other.not_enough > same.not_enough
    assert sum((same.supported, same.refuted, same.not_enough)) == pytest.approx(1)


def test_similarity_takes_the_nearest_window() -> None:
    system = baselines.similarity(HashingEmbedder())
    long = " ".join(["The price of tin fell again."] * 60) + " " + SAME[0]
    near, far = system.features([(long, SAME[1]), (OTHER[0], SAME[1])])
    assert near > far
    assert system.score([]) == []


def test_the_checks_raise_what_they_flag_and_nothing_else() -> None:
    inner = Entailment(0.6, 0.1, 0.3)
    fake = FakeVerifier({TWELVE: inner, SAME: inner})
    flagged, unflagged = CheckedVerifier(fake).score([TWELVE, SAME])
    assert unflagged == inner
    assert flagged.refuted > 0.5
    assert flagged.supported == pytest.approx(2 * flagged.not_enough)
    alone = load_system("none", [], checks=True)
    assert alone.name == "checks"
    assert alone.verifier.score([SAME]) == [Entailment(0, 0, 1)]


def test_nobody_to_judge_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageProblem, match="nobody is left"):
        load_system("none", [])
    monkeypatch.setattr("factcheck.verdicts.verifier.load_verifier", lambda *_: None)
    with pytest.raises(ModelError, match="no verifier 'embedded'"):
        load_system("embedded", [])


def test_the_programs_digest_follows_code_and_word_lists_but_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factcheck.evaluation.systems.resources.files", lambda name: tmp_path)
    for stage in ("articles", "claims", "evidence", "checks", "verdicts", "checker", "text"):
        (tmp_path / stage / "data").mkdir(parents=True)
    seen = {program_digest()}
    (tmp_path / "checks" / "data" / "notes.md").write_text("of no account")
    assert {program_digest()} == seen
    for name in ("checks/data/words.toml", "checker/pipeline.py"):
        (tmp_path / name).write_text("x = 1")
        seen.add(program_digest())
    assert len(seen) == 3
