"""External cross-encoders, with tiny random models of each shape."""

from __future__ import annotations

import math
import warnings
from pathlib import Path

import pytest

from factcheck.errors import ModelError
from factcheck.verdicts.crossencoder import CrossEncoderVerifier, kind_of, reader
from factcheck.verdicts.verifier import load_verifier

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"the bridge was closed opened".split()]
PAIRS = [
    ("The bridge was closed.", "The bridge was opened."),
    ("The bridge.", "Closed."),
    ("The bridge was closed, was closed, was closed.", "The bridge was closed."),
]
NLI = {0: "contradiction", 1: "entailment", 2: "neutral"}


def make_model(folder: Path, labels: dict[int, str] | int) -> Path:
    """A BERT of one layer and width 8 with random weights."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    torch.manual_seed(5)
    names = {"id2label": labels} if isinstance(labels, dict) else {"num_labels": labels}
    config = BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        **names,
    )
    folder.mkdir(exist_ok=True)
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY), encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = BertForSequenceClassification(config)
        torch.nn.init.normal_(model.classifier.weight)
        model.save_pretrained(folder)
        BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("labels", [NLI, {0: "unsupported", 1: "supported"}, 2, 1])
def test_every_shape_gives_probabilities(tmp_path: Path, labels: dict[int, str] | int) -> None:
    loaded = load_verifier(str(make_model(tmp_path / "m", labels)), threads=1)
    assert loaded is not None
    scores = loaded.score(PAIRS)
    assert len(set(scores)) == len(PAIRS)
    for e in scores:
        assert math.isclose(e.supported + e.refuted + e.not_enough, 1.0, abs_tol=1e-6)
        assert labels == NLI or e.refuted == 0.0


@pytest.mark.slow
def test_label_order_comes_from_the_config(tmp_path: Path) -> None:
    one = CrossEncoderVerifier(str(make_model(tmp_path / "a", NLI)), 1).score(PAIRS)
    turned = {0: "ENTAILMENT", 1: "NEUTRAL", 2: "CONTRADICTION"}
    two = CrossEncoderVerifier(str(make_model(tmp_path / "b", turned)), 1).score(PAIRS)
    for a, b in zip(one, two, strict=True):
        assert (a.refuted, a.supported, a.not_enough) == pytest.approx(
            (b.supported, b.not_enough, b.refuted), abs=1e-6
        )


@pytest.mark.slow
def test_batches_change_nothing(tmp_path: Path) -> None:
    loaded = CrossEncoderVerifier(str(make_model(tmp_path / "m", NLI)), 1)
    together = loaded.score(PAIRS)
    alone = [loaded.score([pair])[0] for pair in PAIRS]
    assert [e.supported for e in together] == pytest.approx([e.supported for e in alone], abs=1e-6)


def test_a_path_that_leads_nowhere_is_a_model_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match="Cannot load the cross-encoder"):
        CrossEncoderVerifier(str(tmp_path / "nothing")).score(PAIRS)


def test_the_digest_of_a_folder_follows_its_content(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    before = CrossEncoderVerifier(str(tmp_path)).digest
    (tmp_path / "config.json").write_text("[]")
    changed = CrossEncoderVerifier(str(tmp_path)).digest
    assert before and before != changed
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    one = CrossEncoderVerifier(str(tmp_path)).digest
    (tmp_path / "model.safetensors").write_bytes(b"retrain")
    assert len({before, changed, one, CrossEncoderVerifier(str(tmp_path)).digest}) == 4
    assert CrossEncoderVerifier("some/hub-name").digest == ""


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("entailment", "supported"),
        ("ENTAILMENT", "supported"),
        ("not_entailment", "unsupported"),
        ("Supported", "supported"),
        ("UNSUPPORTED", "unsupported"),
        ("not supported", "unsupported"),
        ("inconsistent", "unsupported"),
        ("consistent", "supported"),
        ("hallucinated", "unsupported"),
        ("unfaithful", "unsupported"),
        ("contradiction", "refuted"),
        ("REFUTES", "refuted"),
        ("neutral", "not_enough"),
        ("NOT ENOUGH INFO", "not_enough"),
        ("LABEL_1", None),
    ],
)
def test_label_names(label: str, kind: str | None) -> None:
    assert kind_of(label) == kind


@pytest.mark.parametrize(
    "labels",
    [
        {0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"},
        {0: "entailment", 1: "entailment", 2: "neutral"},
        {0: "a", 1: "b", 2: "c", 3: "d"},
        {0: "supported", 1: "consistent"},
    ],
)
def test_outputs_that_cannot_be_read_are_named(labels: dict[int, str]) -> None:
    with pytest.raises(ModelError) as caught:
        reader(labels)
    assert "id2label" in caught.value.hint


@pytest.mark.parametrize(
    ("labels", "row", "supported"),
    [
        ({0: "LABEL_0", 1: "LABEL_1"}, [0.0, math.log(3)], 0.75),
        ({0: "supported", 1: "unsupported"}, [math.log(3), 0.0], 0.75),
        ({0: "entailment", 1: "not_entailment"}, [math.log(3), 0.0], 0.75),
        ({0: "LABEL_0"}, [math.log(3)], 0.75),
        ({0: "LABEL_0"}, [-800.0], 0.0),
    ],
)
def test_two_way_models_never_refute(
    labels: dict[int, str], row: list[float], supported: float
) -> None:
    e = reader(labels)(row)
    assert e.supported == pytest.approx(supported)
    assert e.refuted == 0.0
    assert e.not_enough == pytest.approx(1 - supported)
