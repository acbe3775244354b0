"""The seam, the fake, the thresholds, and the embedded verifier over a tiny exported network."""

from __future__ import annotations

import itertools
import json
import math
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck.errors import ModelError
from factcheck.verdicts import verifier as seam
from factcheck.verdicts.embedded import EmbeddedVerifier
from factcheck.verdicts.verifier import (
    EMBEDDED,
    Entailment,
    FakeVerifier,
    Verifier,
    load_thresholds,
    load_verifier,
    prepare_beside,
)
from factcheck.verdicts.windows import WindowedVerifier

TINY = Path(__file__).parent / "data" / "tiny-verifier"
PAIRS = [
    ("The red train left the north bridge on Monday.", "The red train left."),
    ("Three people said that the bridge was closed.", "The mayor opened the bridge."),
    ("The minister arrived.", "Seven people arrived at the south bridge in three blue trains ."),
    ("", "The bridge was closed."),
    ("The bridge was closed on Tuesday, the mayor said. " * 20, "The bridge was closed."),
]


def total(e: Entailment) -> float:
    return e.supported + e.refuted + e.not_enough


@pytest.fixture
def tiny() -> EmbeddedVerifier:
    return EmbeddedVerifier(TINY, "tiny", threads=2)


def test_probabilities_add_up(tiny: EmbeddedVerifier) -> None:
    scores = tiny.score(PAIRS)
    assert len(scores) == len(PAIRS)
    assert all(math.isclose(total(e), 1.0) for e in scores)


def test_no_pairs_no_scores_and_no_model_read(tmp_path: Path) -> None:
    shutil.copy(TINY / "verifier.json", tmp_path)
    assert EmbeddedVerifier(tmp_path, "tiny").score([]) == []


def test_an_answer_does_not_depend_on_its_neighbours(tiny: EmbeddedVerifier) -> None:
    together = dict(zip(PAIRS, tiny.score(PAIRS), strict=True))
    alone = {pair: tiny.score([pair])[0] for pair in PAIRS}
    assert together == alone


@pytest.mark.parametrize("seed", range(3))
def test_order_in_is_order_out(tiny: EmbeddedVerifier, seed: int) -> None:
    mixed = random.Random(seed).sample(PAIRS, len(PAIRS))
    known = dict(zip(PAIRS, tiny.score(PAIRS), strict=True))
    assert tiny.score(mixed) == [known[pair] for pair in mixed]


def test_the_number_of_threads_changes_nothing() -> None:
    one, four = (EmbeddedVerifier(TINY, "tiny", threads=n).score(PAIRS) for n in (1, 4))
    assert one == four


def test_different_pairs_get_different_answers(tiny: EmbeddedVerifier) -> None:
    assert len(set(tiny.score(PAIRS))) == len(PAIRS)


def test_the_evidence_is_cut_and_not_the_claim(tiny: EmbeddedVerifier) -> None:
    evidence = "The red train left. " * 30
    claims = ["The train arrived.", "The mayor arrived."]
    first, second = tiny.score([(evidence, c) for c in claims])
    assert first != second
    assert tiny.score([(evidence + "Blue bridge.", claims[0])]) == [first]


@pytest.mark.parametrize(
    "text",
    ["</s></s> the mayor", "\ud800 broken", "\x00", "\u202e reversed", "x" * 100_000, "é" * 500],
)
def test_hostile_text_is_only_text(tiny: EmbeddedVerifier, text: str) -> None:
    for pair in ((text, "The bridge was closed."), ("The bridge was closed.", text)):
        assert math.isclose(total(tiny.score([pair])[0]), 1.0)


def test_markers_spelt_out_in_a_text_are_dropped(tiny: EmbeddedVerifier) -> None:
    plain, marked = ("the red train left", "the red </s> train <pad> left")
    assert tiny.score([(plain, "the train")]) == tiny.score([(marked, "the train")])


def test_a_changed_model_is_refused_by_its_digest(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(TINY, tmp_path / "model"))
    with (folder / "model.onnx").open("ab") as model:
        model.write(b"\0")
    with pytest.raises(ModelError, match="SHA-256"):
        EmbeddedVerifier(folder, "changed").score(PAIRS)


def test_a_model_prepared_beside_answers_without_reading_its_files_again(tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path / "m")
    verifier = EmbeddedVerifier(tmp_path / "m", "tiny")
    prepare_beside(WindowedVerifier(verifier))
    verifier.prepare()
    (tmp_path / "m" / "model.onnx").unlink()
    assert len(verifier.score(PAIRS)) == len(PAIRS)


def test_what_fails_beside_is_told_at_the_first_question(tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path / "m")
    (tmp_path / "m" / "model.onnx").unlink()
    verifier = EmbeddedVerifier(tmp_path / "m", "tiny")
    prepare_beside(verifier)
    with pytest.raises(ModelError, match=r"model\.onnx"):
        verifier.score(PAIRS)


def test_a_model_that_cannot_tell_opposites_apart_is_not_asked() -> None:
    with pytest.raises(ModelError, match="plain statement from its opposite") as caught:
        EmbeddedVerifier(TINY, "tiny", tried=True).score(PAIRS)
    assert "--verifier none" in str(caught.value.hint)


def test_the_shipped_model_works_on_this_machine() -> None:
    shipped = load_verifier(EMBEDDED)
    assert shipped is not None, "this checkout has no verifier: make verifier"
    known = "The company cut 300 jobs at its plant in May."
    same, other, unlike = shipped.score(
        [
            (known, "The company cut jobs at its plant."),
            (known, "The company cut no jobs at its plant."),
            (known, "The plant makes tyres."),
        ]
    )
    in_fp32 = [0.706, 0.914, 0.779]
    answers = [same.supported, other.refuted, unlike.not_enough]
    assert answers == pytest.approx(in_fp32, abs=0.1)


def test_a_verifier_with_nothing_to_load_is_left_alone() -> None:
    prepare_beside(None)
    prepare_beside(FakeVerifier())


@pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    folder = Path(shutil.copytree(TINY, tmp_path / "model"))
    (folder / missing).unlink()
    with pytest.raises(ModelError, match=missing):
        EmbeddedVerifier(folder, "lame").score(PAIRS)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"files": {}, "longest": "x"}', "\ud800"])
def test_a_damaged_card_is_a_model_error(tmp_path: Path, content: str) -> None:
    (tmp_path / "verifier.json").write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(ModelError, match="card"):
        EmbeddedVerifier(tmp_path, "lame")


def test_a_model_that_is_no_model_is_a_model_error(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(TINY, tmp_path / "model"))
    (folder / "model.onnx").write_bytes(b"not a graph")
    card = json.loads((folder / "verifier.json").read_text())
    card["files"] = {}
    (folder / "verifier.json").write_text(json.dumps(card))
    with pytest.raises(ModelError, match="Cannot open"):
        EmbeddedVerifier(folder, "lame").score(PAIRS)


def test_the_digest_follows_the_card(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(TINY, tmp_path / "model"))
    before = EmbeddedVerifier(folder, "a").digest
    card = json.loads((folder / "verifier.json").read_text())
    card["calibration"]["temperature"] = 2.0
    (folder / "verifier.json").write_text(json.dumps(card))
    assert EmbeddedVerifier(folder, "a").digest != before


def test_temperature_flattens(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(TINY, tmp_path / "model"))
    card = json.loads((folder / "verifier.json").read_text())
    tops = []
    for temperature in (0.5, 1.0, 4.0):
        card["calibration"] = {"temperature": temperature, "shift": [0, 0, 0]}
        (folder / "verifier.json").write_text(json.dumps(card))
        e = EmbeddedVerifier(folder, "a").score(PAIRS[:1])[0]
        tops.append(max(e.supported, e.refuted, e.not_enough))
    assert tops == sorted(tops, reverse=True)


def test_loading_by_folder() -> None:
    loaded = load_verifier(str(TINY), threads=1)
    assert loaded is not None
    assert loaded.name == str(TINY)
    assert len(loaded.score(PAIRS)) == len(PAIRS)


def test_without_a_shipped_model_there_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(seam, "models_folder", lambda: tmp_path)
    assert load_verifier() is None


def test_the_seam_does_not_import_the_heavy_packages() -> None:
    program = (
        "import sys, factcheck.verdicts.verifier as v; v.load_verifier();"
        "print([m for m in ('onnxruntime', 'tokenizers', 'torch') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


shipped = pytest.mark.skipif(load_verifier() is None, reason="built without the model")


@shipped
def test_the_shipped_model_judges_plain_cases() -> None:
    loaded = load_verifier(threads=1)
    assert loaded is not None
    evidence = "The bridge over the Elbe was closed on Monday after a barge struck a pillar."
    supported, refuted, open_ = loaded.score(
        [
            (evidence, "A bridge over the Elbe was closed."),
            (evidence, "The bridge over the Elbe was not closed on Monday."),
            (evidence, "The barge was carrying forty tonnes of coal."),
        ]
    )
    assert max(supported.refuted, supported.not_enough) < supported.supported
    assert max(refuted.supported, refuted.not_enough) < refuted.refuted
    assert max(open_.supported, open_.refuted) < open_.not_enough


@shipped
def test_the_shipped_model_answers_alike_in_any_batch() -> None:
    loaded = load_verifier(threads=2)
    assert loaded is not None
    together = loaded.score(PAIRS)
    assert together == list(itertools.chain.from_iterable(loaded.score([p]) for p in PAIRS))


@pytest.mark.parametrize("name", ["embedded", "default", "some/hub-model"])
def test_thresholds_are_probabilities_with_an_origin(name: str) -> None:
    thresholds = load_thresholds(name)
    assert 0 < thresholds.supported < 1
    assert 0 < thresholds.refuted < 1
    assert thresholds.origin


def test_damaged_thresholds_are_a_model_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(seam, "models_folder", lambda: tmp_path)
    with pytest.raises(ModelError, match="thresholds"):
        load_thresholds()


class TestFake:
    evidence = "The minister denied on Monday that 9 ships had left the port."

    def test_it_is_a_verifier(self) -> None:
        fake: Verifier | None = load_verifier("fake")
        assert isinstance(fake, FakeVerifier)

    @pytest.mark.parametrize(
        ("claim", "most"),
        [
            ("The minister denied that 9 ships had left the port.", "supported"),
            ("The minister said that 9 ships had left the port.", "refuted"),
            ("The minister denied that 12 ships had left the port.", "refuted"),
            ("Rain is forecast for the weekend.", "not_enough"),
        ],
    )
    def test_it_goes_by_overlap_polarity_and_numbers(self, claim: str, most: str) -> None:
        e = FakeVerifier().score([(self.evidence, claim)])[0]
        assert getattr(e, most) == max(e.supported, e.refuted, e.not_enough)
        assert math.isclose(total(e), 1.0)

    def test_fixed_answers_win(self) -> None:
        fixed = Entailment(0.3, 0.3, 0.4)
        assert FakeVerifier({("a", "b"): fixed}).score([("a", "b")]) == [fixed]
