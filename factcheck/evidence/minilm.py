"""The shipped embedding model, run by torch without sentence-transformers.

Importing sentence-transformers takes a new process longer than any other library, and running a
BERT of six layers (Devlin et al. 2019; Wang et al. 2020, MiniLM) is a page. The vectors are bit for
bit those of sentence-transformers, which a test holds it to.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from torch import Tensor

BATCH = 32
_EMBEDDINGS = "embeddings"


class MiniLM:
    """A BERT encoder whose word vectors are averaged to one of unit length."""

    def __init__(self, folder: Path) -> None:
        """Load what lies in a sentence-transformers folder: weights, tokenizer and settings."""
        from safetensors.torch import load_file
        from tokenizers import Tokenizer

        settings = json.loads((folder / "config.json").read_text("utf-8"))
        limits = json.loads((folder / "sentence_bert_config.json").read_text("utf-8"))
        self._layers = int(settings["num_hidden_layers"])
        self._heads = int(settings["num_attention_heads"])
        self._epsilon = float(settings["layer_norm_eps"])
        self._weights = load_file(folder / "model.safetensors")
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(int(limits["max_seq_length"]))
        self._tokenizer.enable_padding(pad_id=int(settings["pad_token_id"]))

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of unit length for each text, at least one; shape (len(texts), hidden size)."""
        import numpy as np
        import torch

        order = np.argsort([-len(text) for text in texts])
        with torch.inference_mode():
            rows = [
                self._batch([texts[place] for place in order[start : start + BATCH]])
                for start in range(0, len(order), BATCH)
            ]
            found: NDArray[np.float32] = torch.cat(rows)[np.argsort(order)].numpy()
        return found

    def _batch(self, texts: Sequence[str]) -> Tensor:
        import torch
        from torch.nn.functional import normalize

        encoded = self._tokenizer.encode_batch(list(texts))
        ids = torch.tensor([one.ids for one in encoded])
        there = torch.tensor([one.attention_mask for one in encoded])
        read = self._read(ids, there)
        mask = there.unsqueeze(-1).to(read.dtype)
        mean = (read * mask).sum(dim=1) / torch.clamp(mask.sum(dim=1), min=1e-9)
        return normalize(normalize(mean))

    def _read(self, ids: Tensor, there: Tensor) -> Tensor:
        """A vector for each word piece."""
        from torch.nn.functional import embedding

        words = embedding(ids, self._weights[f"{_EMBEDDINGS}.word_embeddings.weight"])
        kinds = self._weights[f"{_EMBEDDINGS}.token_type_embeddings.weight"]
        places = self._weights[f"{_EMBEDDINGS}.position_embeddings.weight"]
        state = words + kinds[0] + places[: ids.shape[1]]
        state = self._normal(_EMBEDDINGS, state)
        seen = None
        if not there.all():
            size = (len(ids), 1, ids.shape[1], ids.shape[1])
            seen = there[:, None, None, :].bool().expand(size)
        for number in range(self._layers):
            state = self._layer(f"encoder.layer.{number}", state, seen)
        return state

    def _layer(self, name: str, state: Tensor, seen: Tensor | None) -> Tensor:
        from torch.nn.functional import gelu, scaled_dot_product_attention

        size = (*state.shape[:2], self._heads, -1)
        query, key, value = (
            self._linear(f"{name}.attention.self.{part}", state).view(size).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        met = scaled_dot_product_attention(query, key, value, attn_mask=seen)
        met = met.transpose(1, 2).reshape(state.shape)
        met = self._linear(f"{name}.attention.output.dense", met) + state
        state = self._normal(f"{name}.attention.output", met)
        wide = gelu(self._linear(f"{name}.intermediate.dense", state))
        return self._normal(f"{name}.output", self._linear(f"{name}.output.dense", wide) + state)

    def _linear(self, name: str, state: Tensor) -> Tensor:
        from torch.nn.functional import linear

        return linear(state, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _normal(self, name: str, state: Tensor) -> Tensor:
        from torch.nn.functional import layer_norm

        weight, bias = (self._weights[f"{name}.LayerNorm.{part}"] for part in ("weight", "bias"))
        return layer_norm(state, bias.shape, weight, bias, self._epsilon)
