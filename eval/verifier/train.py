"""Train the embedded verifier: `python -m eval.verifier.train --help`.

The learning rate warms up, stays, and falls to zero over the last stretch. What is saved just
before the fall (`stable.pt`) is what a later session resumes from; what comes out of the fall
(`final.pt`) is averaged with two states on the way (`late-1.pt`, `late-2.pt`; see average.py), and
that is what is measured and shipped. A run may be stopped at any time (SIGTERM or
Ctrl-C saves) and resumed with the same command.
"""

from __future__ import annotations

import argparse
import json
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from eval.verifier import batches as reading
from eval.verifier.batches import Example, Mix
from eval.verifier.data import Item, own_items, public_items, split_of
from eval.verifier.metrics import Floats, correct, softmax
from eval.verifier.network import PAD, Network, Shape, freeze, halve, load_base

TWIN_WEIGHT = 0.3
DUE = {"stable.pt": 0.0, "late-1.pt": 0.35, "late-2.pt": 0.7}
"""Checkpoints on the way, and the part of the fall of the rate after which each is saved."""


@dataclass(frozen=True)
class Schedule:
    """Warm-up in steps; the fall over the last `fall` of `total`, both in minutes or in steps."""

    warmup: int
    total: float
    fall: float

    def scale(self, step: int, spent: float) -> float:
        """Factor on the learning rate after `step` steps and `spent` minutes (or steps)."""
        left = max(0.0, self.total - spent)
        return min(1.0, (step + 1) / self.warmup, left / self.fall)

    def fallen(self, spent: float) -> float:
        """Which part of the fall is over; negative before it."""
        return 1 - (self.total - spent) / self.fall


def padded(examples: Sequence[Example]) -> Tensor:
    """Ids as one matrix."""
    longest = max(len(e.ids) for e in examples)
    return torch.tensor([e.ids + [PAD] * (longest - len(e.ids)) for e in examples])


def loss_of(logits: Tensor, examples: Sequence[Example]) -> Tensor:
    """Weighted cross-entropy over sets of allowed outputs, plus the order of twins."""
    logs = functional.log_softmax(logits, 1)
    rows = [torch.logsumexp(logs[n, list(e.allowed)], 0) for n, e in enumerate(examples)]
    weights = torch.tensor([e.weight for e in examples])
    loss = -(torch.stack(rows) * weights).sum() / weights.sum()
    twins = _twin_terms(logits, examples)
    return loss + TWIN_WEIGHT * torch.stack(twins).mean() if twins else loss


def _twin_terms(logits: Tensor, examples: Sequence[Example]) -> list[Tensor]:
    at = {e.item.id: n for n, e in enumerate(examples)}
    terms = []
    for n, example in enumerate(examples):
        m = at.get(example.item.twin or "")
        if m is None or m <= n or example.allowed == examples[m].allowed:
            continue
        a, b = example.allowed[0], examples[m].allowed[0]
        lead = (logits[n, a] - logits[n, b]) - (logits[m, a] - logits[m, b])
        terms.append(functional.softplus(-lead))
    return terms


def optimiser_for(network: Network, rate: float, decay: float = 0.93) -> torch.optim.AdamW:
    """AdamW with a smaller rate for lower layers and a larger one for what starts at random."""
    top = network.shape.layers - 1
    groups: list[dict[str, Any]] = [
        {"params": list(network.overlap.parameters()), "rate": 1e-3, "weight_decay": 0.0},
        {"params": [*network.hidden.parameters(), *network.logits.parameters()], "rate": 3e-4},
    ]
    for number in range(network.shape.frozen, network.shape.layers):
        layer = list(network.layers[number].parameters())
        groups.append({"params": layer, "rate": rate * decay ** (top - number)})
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), weight_decay=0.01)


@torch.no_grad()
def predict(network: Network, examples: Sequence[Example], tokens: int = 4096) -> Floats:
    """Logits in the order of the examples, computed in batches of like length."""
    network.eval()
    order = sorted(range(len(examples)), key=lambda n: len(examples[n].ids))
    logits = np.zeros((len(examples), 3))
    while order:
        size = max(1, tokens // len(examples[order[-1]].ids))
        now, order = order[-size:], order[:-size]
        logits[now] = network(padded([examples[n] for n in now])).numpy()
    network.train()
    return logits


def curve_sets(public: Path, tokenizer: Any, each: int) -> dict[str, list[Example]]:
    """Small fixed samples of the development data, for the learning curve only."""
    own = [
        i for i in own_items() if split_of(i) == "dev" and i.source not in ("own-lng", "own-sum")
    ]
    sets: dict[str, list[Item]] = {"own": own}
    for name in ("fever_symmetric_dev", "fm2_dev", "hans_train_sample"):
        sets[name] = [i for i in public_items(public, name) if split_of(i) == "dev"]
    step = {name: max(1, len(items) // each) for name, items in sets.items()}
    return {
        name: reading.encode(tokenizer, items[:: step[name]][:each]) for name, items in sets.items()
    }


class Run:
    """One training run: network, optimiser, data position, log."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args, self.folder = args, Path(args.checkpoints)
        self.folder.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(args.seed)
        torch.set_num_threads(args.threads)
        tokenizer = reading.load_tokenizer(Path(args.base) / "tokenizer.json")
        items = reading.training_items(Path(args.public))
        self.mix: Mix = reading.training_mix(
            items,
            tokenizer,
            reading.SHARES[args.mix],
            args.seed,
            args.batch_tokens,
            args.batch_pairs,
            args.longest,
        )
        self.curve = curve_sets(Path(args.public), tokenizer, args.curve_items)
        self.network = Network(Shape(layers=args.layers, frozen=args.frozen))
        load_base(self.network, Path(args.base) / "model.safetensors")
        freeze(self.network)
        halve(self.network, args.products == "bf16")
        self.optimiser = optimiser_for(self.network, args.rate)
        self.step, self.seen, self.minutes = 0, 0, 0.0
        self.stopping = False

    def log(self, **entry: Any) -> None:
        """One line of the learning curve, to the log file and the terminal."""
        entry = {"step": self.step, "pairs": self.seen, "minutes": round(self.minutes, 2)} | entry
        with (self.folder / "curve.jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps(entry) + "\n")
        print(json.dumps(entry), flush=True)

    def save(self, name: str) -> None:
        """Write a checkpoint beside the old one, then put it in its place."""
        state = {
            "network": self.network.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "mix": self.mix.state(),
            "shares": self.mix.shares(),
            "shape": self.network.shape.as_dict(),
            "counts": (self.step, self.seen, self.minutes),
            "arguments": vars(self.args),
        }
        torch.save(state, self.folder / f"{name}.part")
        (self.folder / f"{name}.part").rename(self.folder / name)

    def resume(self, name: str) -> None:
        """Go on from a checkpoint of this run."""
        state = torch.load(self.folder / name, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.mix.restore(state["mix"])
        self.step, self.seen, self.minutes = state["counts"]
        if state.get("shares") != self.mix.shares():
            self.mix.use(reading.SHARES[self.args.mix])
        self.log(event=f"resumed from {name}")

    def measure(self) -> None:
        """Accuracy on the curve's samples."""
        scores = {}
        for name, examples in self.curve.items():
            right = correct([e.item for e in examples], softmax(predict(self.network, examples)))
            scores[name] = round(float(right.mean()), 3)
        self.log(accuracy=scores)

    def one_step(self, scale: float) -> tuple[str, float]:
        """Read a batch, learn from it."""
        name, examples = self.mix.next()
        for group in self.optimiser.param_groups:
            group["lr"] = group["rate"] * scale
        loss = loss_of(self.network(padded(examples)), examples)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.step, self.seen = self.step + 1, self.seen + len(examples)
        return name, loss.item()

    def go(self, schedule: Schedule) -> None:
        """Train until the schedule's end or a signal."""
        self.network.train()
        losses: dict[str, list[float]] = {}
        start, before = time.monotonic(), self.minutes
        measured = saved = start
        in_steps = bool(self.args.steps)
        over = schedule.fallen(float(self.step) if in_steps else 0.0)
        due = {name: part for name, part in DUE.items() if part >= over}
        while not self.stopping:
            now = time.monotonic()
            self.minutes = before + (now - start) / 60
            spent = float(self.step) if in_steps else self.minutes - before
            if spent >= schedule.total:
                break
            for name in [name for name, part in due.items() if schedule.fallen(spent) >= part]:
                self.save(name)
                self.log(event=f"saved {name}, {due.pop(name):.0%} of the fall of the rate over")
            name, loss = self.one_step(schedule.scale(self.step, spent))
            losses.setdefault(name, []).append(loss)
            if self.step % 25 == 0:
                means = {n: round(sum(v) / len(v), 3) for n, v in losses.items()}
                self.log(loss=means)
                losses = {}
            if now - saved > 600:
                self.save("last.pt")
                saved = now
            if now - measured > self.args.curve_minutes * 60:
                self.measure()
                measured = time.monotonic()
        self.save("last.pt" if self.stopping else "final.pt")
        self.measure()


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """The command line; `words` instead of those of the process."""
    parser = argparse.ArgumentParser(description="Train the embedded verifier.")
    parser.add_argument("--base", required=True, help="folder of all-mpnet-base-v2")
    parser.add_argument("--public", required=True, help="folder of the public sets")
    parser.add_argument("--checkpoints", required=True, help="folder outside the repository")
    parser.add_argument("--resume", help="checkpoint in that folder to go on from")
    parser.add_argument("--minutes", type=float, default=95.0, help="this run, wall clock")
    parser.add_argument("--fall", type=float, default=28.0, help="last stretch, same unit")
    parser.add_argument("--mix", choices=sorted(reading.SHARES), default="hard")
    parser.add_argument("--steps", type=int, default=0, help="count steps instead of minutes")
    parser.add_argument("--layers", type=int, default=10)
    parser.add_argument("--frozen", type=int, default=4)
    parser.add_argument("--rate", type=float, default=4e-5)
    parser.add_argument("--warmup", type=int, default=60)
    parser.add_argument("--products", choices=["bf16", "fp32"], default="bf16")
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batch-tokens", type=int, default=1280)
    parser.add_argument("--batch-pairs", type=int, default=32)
    parser.add_argument("--longest", type=int, default=416)
    parser.add_argument("--curve-items", type=int, default=120)
    parser.add_argument("--curve-minutes", type=float, default=15.0)
    return parser.parse_args(words)


def train(words: Sequence[str] | None = None) -> bool:
    """Run or resume a training; whether it came to its end, and was not stopped."""
    args = arguments(words)
    run = Run(args)
    if args.resume:
        run.resume(args.resume)

    def stop(*_: Any) -> None:
        run.stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    sizes = {n: [len(s.units), sum(map(len, s.units))] for n, s in run.mix.streams.items()}
    chosen = {n: v for n, v in vars(args).items() if n not in ("base", "public", "checkpoints")}
    run.log(event="start", arguments=chosen, units_and_examples=sizes)
    run.go(Schedule(args.warmup, float(args.steps or args.minutes), args.fall))
    return not run.stopping


if __name__ == "__main__":
    train()
