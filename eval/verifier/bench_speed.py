"""Pairs per second of the embedded verifier and of its peers' shapes, on the same cores.

`python -m eval.verifier.bench_speed --model FOLDER [--threads 2]`. The peers run under torch in
fp32 with random weights, since weights do not change the time: RoBERTa-large is AlignScore's
shape, Flan-T5-large MiniCheck's. Every pair has 128 tokens; the peers get batches of 8, which
is where they are fastest. Rounds alternate so that a busy machine harms all alike; the best
round counts. Run it when nothing else runs.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from factcheck.verdicts.embedded import EmbeddedVerifier

TOKENS = 128
BATCH = 8


def roberta_large() -> Callable[[], Any]:
    """One batch through RoBERTa-large with a classifier."""
    from transformers import RobertaConfig, RobertaForSequenceClassification

    config = RobertaConfig(
        vocab_size=50265,
        hidden_size=1024,
        num_hidden_layers=24,
        num_attention_heads=16,
        intermediate_size=4096,
        max_position_embeddings=514,
    )
    model = RobertaForSequenceClassification(config).train(False)
    ids = torch.randint(5, 50000, (BATCH, TOKENS))
    return lambda: model(input_ids=ids)


def flan_t5_large() -> Callable[[], Any]:
    """One batch through Flan-T5-large: the encoder, and one step of the decoder."""
    from transformers import T5Config, T5ForConditionalGeneration

    config = T5Config(
        vocab_size=32128,
        d_model=1024,
        d_kv=64,
        d_ff=2816,
        num_layers=24,
        num_heads=16,
        feed_forward_proj="gated-gelu",
    )
    model = T5ForConditionalGeneration(config).train(False)
    ids = torch.randint(5, 32000, (BATCH, TOKENS))
    start = torch.zeros((BATCH, 1), dtype=torch.long)
    return lambda: model(input_ids=ids, decoder_input_ids=start)


def embedded(folder: Path, threads: int) -> Callable[[], Any]:
    """Pairs of 128 tokens through the shipped path."""
    verifier = EmbeddedVerifier(folder, "bench", threads)
    words = (
        "the bridge over the river was closed on monday after a barge struck a pillar and".split()
    )
    claim = " ".join((words * 3)[:28])
    evidence = " ".join((words * 8)[: TOKENS - 28 - 4])
    pairs = [(evidence, claim)] * BATCH
    return lambda: verifier.score(pairs)


@torch.inference_mode()
def measure(candidates: dict[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """Pairs per second, best of `rounds` alternating rounds after one to warm up."""
    best = dict.fromkeys(candidates, 0.0)
    for number in range(rounds + 1):
        for name, run in candidates.items():
            start = time.perf_counter()
            run()
            if number:
                best[name] = max(best[name], BATCH / (time.perf_counter() - start))
    return best


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description="Pairs per second.")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    found = measure(
        {
            "embedded": embedded(args.model, args.threads),
            "roberta-large": roberta_large(),
            "flan-t5-large": flan_t5_large(),
        },
        args.rounds,
    )
    ratios = {f"times {n}": round(found["embedded"] / v, 2) for n, v in found.items()}
    print(json.dumps({n: round(v, 2) for n, v in found.items()} | ratios, indent=1))


if __name__ == "__main__":
    main()
