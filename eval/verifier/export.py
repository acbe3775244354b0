"""From a training checkpoint to the folder that ships: `python -m eval.verifier.export --help`.

Writes model.onnx (int8), tokenizer.json and verifier.json. Word pieces that English text does
not need (unused slots, other scripts, rare symbols) are dropped with their embeddings. Everything
large is int8: embeddings with a scale a row, the trained matrices as `eval.verifier.int8` says.
Needs torch and onnx; running needs neither.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
import warnings
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from eval.verifier.int8 import to_int8
from eval.verifier.network import Network, Shape

LONGEST = 416
"""Word pieces of claim and evidence together, as trained."""


SYMBOLS = frozenset("£€¥₹$°½¼¾–—‘’“”…•·×−′″™®©²³µ→")
"""Characters beyond the alphabet that English news and reference text does use."""


class ByteEmbedding(nn.Module):
    """An embedding kept as int8 with one scale for each row."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", torch.round(weight / scale).to(torch.int8))
        self.register_buffer("scale", scale.half())

    def forward(self, ids: Tensor) -> Tensor:
        """Rows of `ids`."""
        rows: Tensor = self.rows[ids]  # type: ignore[index]
        scale: Tensor = self.scale[ids]  # type: ignore[index]
        return rows.float() * scale.float()


def load_network(checkpoint: Path) -> Network:
    """The trained network, for inference."""
    state = torch.load(checkpoint, weights_only=True)
    network = Network(Shape(**state["shape"]))
    network.load_state_dict(state["network"])
    return network.eval()


def is_needed(token: str) -> bool:
    """Whether a word piece can stand in English text."""
    if token.startswith("[unused") or token == "<mask>":
        return False
    return all(c.isascii() or c in SYMBOLS for c in token)


def trimmed_tokenizer(source: Path) -> tuple[dict[str, Any], list[int]]:
    """The tokenizer's JSON with the needed pieces only, and their former ids in order."""
    data = json.loads(source.read_text(encoding="utf-8"))
    old = sorted(data["model"]["vocab"].items(), key=lambda entry: entry[1])
    kept = [(token, number) for token, number in old if is_needed(token)]
    data["model"]["vocab"] = {token: new for new, (token, _) in enumerate(kept)}
    vocabulary = data["model"]["vocab"]
    data["added_tokens"] = [
        entry | {"id": vocabulary[entry["content"]]}
        for entry in data["added_tokens"]
        if entry["content"] in vocabulary
    ]
    data["truncation"] = data["padding"] = None
    return data, [number for _, number in kept]


def shrink(network: Network, kept: list[int]) -> None:
    """Int8 embeddings of the kept pieces and of the places that can be reached."""
    network.words = ByteEmbedding(network.words.weight.detach()[kept])  # type: ignore[assignment]
    places = network.places.weight.detach()[: LONGEST + 2]
    network.places = ByteEmbedding(places)  # type: ignore[assignment]


def to_onnx(network: Network, path: Path) -> None:
    """Plain fp32 ONNX (int8 embeddings apart) with free batch and length."""
    sample = torch.randint(3, 20, (1, 40))
    sample[:, 12:14] = 2
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            (sample,),
            str(path),
            input_names=["ids"],
            output_names=["logits"],
            dynamic_axes={"ids": {0: "batch", 1: "length"}, "logits": {0: "batch"}},
            opset_version=17,
            dynamo=False,
        )


def digest(path: Path) -> str:
    """sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_card(folder: Path, checkpoint: Path) -> None:
    """verifier.json with no calibration yet; eval.verifier.calibrate adds it."""
    state = torch.load(checkpoint, weights_only=True)
    steps, pairs, minutes = state["counts"]
    card = {
        "name": "factcheck verifier",
        "base": "all-mpnet-base-v2 (Apache-2.0)",
        "shape": state["shape"],
        "labels": ["supported", "refuted", "not_enough"],
        "longest": LONGEST,
        "files": {name: digest(folder / name) for name in ("model.onnx", "tokenizer.json")},
        "training": {"steps": steps, "pairs": pairs, "minutes": round(minutes, 1)},
        "calibration": {"temperature": 1.0, "shift": [0.0, 0.0, 0.0], "fitted_on": "nothing"},
    }
    (folder / "verifier.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def export(checkpoint: Path, tokenizer: Path, folder: Path, quantised: bool = True) -> None:
    """Write the folder that ships (or its fp32 twin, for measuring what int8 costs)."""
    folder.mkdir(parents=True, exist_ok=True)
    network = load_network(checkpoint)
    data, kept = trimmed_tokenizer(tokenizer)
    shrink(network, kept)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    (folder / "tokenizer.json").write_text(text, encoding="utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx" if quantised else folder / "model.onnx"
        to_onnx(network, plain)
        if quantised:
            to_int8(plain, folder / "model.onnx")
    write_card(folder, checkpoint)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Export the trained verifier.")
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of all-mpnet-base-v2")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--plain", action="store_true", help="fp32 instead of int8")
    args = parser.parse_args()
    export(args.checkpoint, args.base / "tokenizer.json", args.out, not args.plain)


if __name__ == "__main__":
    main()
