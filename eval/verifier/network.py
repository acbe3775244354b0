"""The network that is trained: a shortened MPNet encoder that reads claim and evidence together.

Own code rather than the transformers class for three reasons: query, key and value are one
matrix product; an embedding tells each word whether the other text has it too (see `overlap`);
and the whole exports to ONNX as it stands. `load_base` fills it from all-mpnet-base-v2.

MPNet: Song et al. 2020, "MPNet: Masked and Permuted Pre-training for Language Understanding".
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

PAD, SEP = 1, 2


@dataclass(frozen=True)
class Shape:
    """Sizes of the encoder; the defaults are all-mpnet-base-v2's, shortened."""

    layers: int = 10
    frozen: int = 4
    """Lower layers (and the embeddings) that are not trained; the overlap embedding enters
    above them, so that no gradient has to pass through them."""
    vocabulary: int = 30527
    width: int = 768
    heads: int = 12
    inner: int = 3072
    positions: int = 514
    head_width: int = 256

    def as_dict(self) -> dict[str, int]:
        """For the checkpoint and the model card."""
        return asdict(self)


class _HalfProduct(torch.autograd.Function):
    """x W' + b with the three products of a training step in bfloat16, all else in fp32."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        x, weight = x.bfloat16(), weight.bfloat16()
        ctx.save_for_backward(x, weight)
        return functional.linear(x, weight).float() + bias

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        x, weight = ctx.saved_tensors
        flat = grads[0].flatten(0, -2)
        half = flat.bfloat16()
        for_x, for_weight, for_bias = ctx.needs_input_grad
        return (
            (half @ weight).float().view(x.shape) if for_x else None,
            (half.t() @ x.flatten(0, -2)).float() if for_weight else None,
            flat.sum(0) if for_bias else None,
        )


class Product(nn.Linear):
    """A linear layer that can be trained in bfloat16: 1.8 times as fast where the processor has it.

    Autocast is slower than fp32 here, because it takes everything around the products along.
    """

    in_half = False

    def forward(self, input: Tensor) -> Tensor:
        """(..., in) to (..., out), fp32 in and out."""
        if self.in_half:
            return _HalfProduct.apply(input, self.weight, self.bias)  # type: ignore[no-any-return, no-untyped-call]
        return super().forward(input)


def halve(network: nn.Module, half: bool) -> None:
    """Let all products of the network run in bfloat16, or in fp32 again."""
    for module in network.modules():
        if isinstance(module, Product):
            module.in_half = half


class Layer(nn.Module):
    """One post-norm transformer layer with an additive attention bias."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = Product(shape.width, 3 * shape.width)
        self.out = Product(shape.width, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-5)
        self.up = Product(shape.width, shape.inner)
        self.down = Product(shape.inner, shape.width)
        self.norm2 = nn.LayerNorm(shape.width, eps=1e-5)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """(batch, length, width) to the same."""
        batch, length, width = x.shape
        qkv = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        context = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        x = self.norm(x + self.out(context.transpose(1, 2).reshape(batch, length, width)))
        changed: Tensor = self.norm2(x + self.down(functional.gelu(self.up(x))))
        return changed


class Network(nn.Module):
    """Token ids of `<s> claim </s></s> evidence </s>`, padded with 1, to three logits."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(shape.positions, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-5)
        self.relative = nn.Embedding(32, shape.heads)
        self.layers = nn.ModuleList([Layer(shape) for _ in range(shape.layers)])
        self.overlap = nn.Embedding(6, shape.width)
        nn.init.zeros_(self.overlap.weight)
        self.hidden = nn.Linear(3 * shape.width, shape.head_width)
        self.logits = nn.Linear(shape.head_width, 3)

    def forward(self, ids: Tensor) -> Tensor:
        """(batch, length) of ids to (batch, 3) logits."""
        real = ids != PAD
        second = ((ids == SEP).long().cumsum(1) > 0) & real
        places = real.long().cumsum(1) * real.long() + PAD
        x = self.norm(self.words(ids) + self.places(places))
        bias = self._bias(real)
        for number, layer in enumerate(self.layers):
            if number == self.shape.frozen:
                x = x + self.overlap(overlap(ids, second, real))
            x = layer(x, bias)
        return self._head(x, real, second)

    def _bias(self, real: Tensor) -> Tensor:
        bias: Tensor = self.relative(relative_buckets(real.shape[1])).permute(2, 0, 1).unsqueeze(0)
        closed = (~real)[:, None, None, :]
        return bias.expand(real.shape[0], -1, -1, -1).masked_fill(closed, -1e4)

    def _head(self, x: Tensor, real: Tensor, second: Tensor) -> Tensor:
        claim = (real & ~second).unsqueeze(-1)
        everything = real.unsqueeze(-1).to(x.dtype)
        mean = (x * everything).sum(1) / everything.sum(1)
        peak = x.masked_fill(~claim, -1e4).amax(1)
        joined = torch.cat([x[:, 0], mean, peak], 1).unsqueeze(1)
        logits: Tensor = self.logits(functional.gelu(self.hidden(joined)))
        return logits.squeeze(1)


def overlap(ids: Tensor, second: Tensor, real: Tensor) -> Tensor:
    """For each token 0 to 2 (claim) or 3 to 5 (evidence).

    0: the other text lacks the token; 1: it has it; 2: it has it beside the same neighbour.
    """
    across = second.unsqueeze(1) != second.unsqueeze(2)
    across = across & real.unsqueeze(1) & real.unsqueeze(2)
    same = (ids.unsqueeze(1) == ids.unsqueeze(2)) & across & (ids > SEP).unsqueeze(1)
    both = same[:, 1:, 1:] & same[:, :-1, :-1]
    pair = functional.pad(both, (1, 0, 1, 0)) | functional.pad(both, (0, 1, 0, 1))
    return same.any(2).long() + pair.any(2).long() + 3 * second.long()


def relative_buckets(length: int) -> Tensor:
    """T5's bidirectional buckets (32, distance up to 128), as MPNet uses them."""
    at = torch.arange(length)
    apart = at.unsqueeze(1) - at.unsqueeze(0)
    later = (apart < 0).long() * 16
    far = apart.abs()
    scaled = 8 + (torch.log(far.clamp(min=1).float() / 8) / math.log(16) * 8).long()
    return later + torch.where(far < 8, far, scaled.clamp(max=15))


def load_base(network: Network, weights: Path) -> None:
    """Fill embeddings and the kept layers from all-mpnet-base-v2's model.safetensors."""
    from safetensors.torch import load_file

    base = load_file(str(weights))
    state: dict[str, Any] = {
        "words.weight": base["embeddings.word_embeddings.weight"],
        "places.weight": base["embeddings.position_embeddings.weight"],
        "norm.weight": base["embeddings.LayerNorm.weight"],
        "norm.bias": base["embeddings.LayerNorm.bias"],
        "relative.weight": base["encoder.relative_attention_bias.weight"],
    }
    for number in range(network.shape.layers):
        state |= _layer_state(base, f"encoder.layer.{number}.", f"layers.{number}.")
    missing = network.load_state_dict(state, strict=False).missing_keys
    strange = [k for k in missing if k.split(".")[0] not in ("overlap", "hidden", "logits")]
    if strange:
        raise ValueError(f"{weights} lacks {strange}")


def _layer_state(base: dict[str, Tensor], old: str, new: str) -> dict[str, Tensor]:
    state = {}
    for end in ("weight", "bias"):
        state[f"{new}qkv.{end}"] = torch.cat(
            [base[f"{old}attention.attn.{p}.{end}"] for p in "qkv"]
        )
        state[f"{new}out.{end}"] = base[f"{old}attention.attn.o.{end}"]
        state[f"{new}norm.{end}"] = base[f"{old}attention.LayerNorm.{end}"]
        state[f"{new}up.{end}"] = base[f"{old}intermediate.dense.{end}"]
        state[f"{new}down.{end}"] = base[f"{old}output.dense.{end}"]
        state[f"{new}norm2.{end}"] = base[f"{old}output.LayerNorm.{end}"]
    return state


def freeze(network: Network) -> None:
    """Take embeddings, position bias and the lower layers out of training."""
    below = [network.words, network.places, network.norm, network.relative]
    for module in [*below, *network.layers[: network.shape.frozen]]:
        module.requires_grad_(False)
