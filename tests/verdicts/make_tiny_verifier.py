"""Writes tests/verdicts/data/tiny-verifier: the shipped network's graph, tiny and untrained.

Run by hand (`python -m tests.verdicts.make_tiny_verifier`) when eval.verifier.network changes;
it needs torch and onnx.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from eval.verifier import export
from eval.verifier.network import Network, Shape

FOLDER = Path(__file__).parent / "data" / "tiny-verifier"
WORDS = """
    the a red blue train left arrived at in north south bridge was closed opened monday tuesday
    not mayor minister said that three seven people . ,
""".split()


def main() -> None:
    """Write model.onnx, tokenizer.json and verifier.json."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    vocabulary = {w: n for n, w in enumerate(["<s>", "<pad>", "</s>", "[UNK]", *WORDS])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>"])
    tokenizer.save(str(FOLDER / "tokenizer.json"))
    torch.manual_seed(3)
    shape = Shape(
        layers=2,
        frozen=1,
        vocabulary=len(vocabulary),
        width=16,
        heads=12 // 3,
        inner=32,
        head_width=8,
    )
    network = Network(shape).eval()
    torch.nn.init.normal_(network.overlap.weight)
    torch.nn.init.normal_(network.logits.weight)
    export.shrink(network, list(range(len(vocabulary))))
    export.to_onnx(network, FOLDER / "model.onnx")
    card = {
        "labels": ["supported", "refuted", "not_enough"],
        "longest": 60,
        "files": {n: export.digest(FOLDER / n) for n in ("model.onnx", "tokenizer.json")},
        "calibration": {"temperature": 1.5, "shift": [0.1, 0.0, 0.0]},
    }
    (FOLDER / "verifier.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
