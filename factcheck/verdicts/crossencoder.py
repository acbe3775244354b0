"""Any other cross-encoder as a verifier, through sentence-transformers.

Three shapes are understood, told apart by the number of outputs and their names in the model's
config:

- three outputs named after entailment, contradiction and neutral: an NLI model;
- two outputs: a grounding model (MiniCheck). Which of them means supported is read from the
  names; unnamed ones follow MiniCheck, whose second output means supported;
- one output: a grounding model with a consistency score (HHEM), read through a sigmoid.

A grounding model cannot tell refuted from open: what it does not give to `supported` goes to
`not_enough`. Models that come with code of their own to run are refused.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from factcheck.errors import ModelError
from factcheck.verdicts.verifier import Entailment

BATCH = 16
_STEMS = {
    "supported": ("entail", "support", "consistent", "faithful", "grounded", "factual"),
    "refuted": ("contradict", "refute"),
    "not_enough": ("neutral", "not enough", "nei", "unknown"),
}
_NEGATED = ("not", "non", "un", "in", "hallucinat")


def kind_of(label: str) -> str | None:
    """`supported`, `refuted`, `not_enough`, `unsupported`, or None for a name that says nothing."""
    plain = label.casefold().replace("_", " ").replace("-", " ").strip()
    for kind in ("not_enough", "refuted"):
        if any(stem in plain for stem in _STEMS[kind]):
            return kind
    if plain.startswith(_NEGATED):
        return "unsupported"
    return "supported" if any(stem in plain for stem in _STEMS["supported"]) else None


def reader(labels: Mapping[int, str]) -> Callable[[Any], Entailment]:
    """What turns one row of raw outputs into an `Entailment`, for a model with these labels.

    Raises:
        ModelError: the labels do not say which output means what.
    """
    kinds = [kind_of(labels[n]) for n in sorted(labels)]
    if len(kinds) == 1:
        return lambda row: _two_way(1 / (1 + _exp(-float(row[0]))))
    if len(kinds) == 2:
        at = _supported_of_two(kinds)
        return lambda row: _two_way(float(_softmax(row)[at]))
    if len(kinds) == 3 and set(kinds) == {"supported", "refuted", "not_enough"}:
        s, r, n = (kinds.index(k) for k in ("supported", "refuted", "not_enough"))
        return lambda row: _three_way(_softmax(row), s, r, n)
    raise ModelError(
        f"Cannot tell what the model's outputs mean: {', '.join(labels.values())}",
        hint="Name them in id2label of the model's config.json: entailment, neutral, contradiction",
    )


def _supported_of_two(kinds: Sequence[str | None]) -> int:
    if kinds.count("supported") == 1:
        return kinds.index("supported")
    if kinds.count(None) == 2:
        return 1
    others = [n for n, kind in enumerate(kinds) if kind is None]
    if len(others) == 1:
        return others[0]
    raise ModelError(
        "Cannot tell which of the model's two outputs means supported",
        hint="Name them in id2label of the model's config.json: supported, not supported",
    )


def _two_way(supported: float) -> Entailment:
    return Entailment(supported, 0.0, 1.0 - supported)


def _three_way(p: Any, s: int, r: int, n: int) -> Entailment:
    return Entailment(float(p[s]), float(p[r]), float(p[n]))


def _exp(x: float) -> float:
    import math

    return math.exp(min(x, 700.0))


def _softmax(row: Any) -> Any:
    import numpy as np

    weights = np.exp(np.asarray(row, dtype=np.float64) - np.max(row))
    return weights / weights.sum()


class CrossEncoderVerifier:
    """Runs a sentence-transformers `CrossEncoder`; loads it at the first question."""

    def __init__(self, name_or_path: str, threads: int | None = None) -> None:
        """Remember what to load.

        Args:
            name_or_path: a folder, or the name of a model on the hub.
            threads: for torch, process-wide; None leaves torch's own choice.
        """
        self.name = name_or_path
        self._threads = threads
        self._lock = threading.Lock()
        self._digest: str | None = None
        self._loaded: tuple[Any, Callable[[Any], Entailment]] | None = None

    @property
    def digest(self) -> str:
        """See `Verifier.digest`; '' for a model of the hub that is not on this machine yet."""
        if self._digest is None:
            self._digest = _digest(self.name)
        return self._digest or ""

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """See `Verifier.score`; batches are sorted by length, longest first."""
        if not pairs:
            return []
        model, read = self._load()
        import torch

        rows = model.predict(
            list(pairs),
            batch_size=BATCH,
            activation_fn=torch.nn.Identity(),
            show_progress_bar=False,
        )
        return [read(row if getattr(row, "ndim", 0) else [row]) for row in rows]

    def _load(self) -> tuple[Any, Callable[[Any], Entailment]]:
        with self._lock:
            if self._loaded is None:
                self._loaded = _open(self.name, self._threads)
            return self._loaded


def _open(name: str, threads: int | None) -> tuple[Any, Callable[[Any], Entailment]]:
    import torch
    from sentence_transformers import CrossEncoder

    if threads:
        torch.set_num_threads(threads)
    try:
        model = CrossEncoder(name, trust_remote_code=False)
    except Exception as error:
        raise ModelError(
            f"Cannot load the cross-encoder {name}: {error}",
            hint="--verifier FOLDER, one that holds the model; or --verifier none",
        ) from error
    return model, reader({int(n): str(label) for n, label in model.config.id2label.items()})


def _digest(name: str) -> str | None:
    """SHA-256 over names and contents of a folder's files, or over the hub's name and commit."""
    folder = Path(name)
    if not folder.is_dir():
        from huggingface_hub import try_to_load_from_cache
        from huggingface_hub.errors import HFValidationError

        try:
            held = try_to_load_from_cache(name, "config.json")
        except HFValidationError:
            return None
        if not isinstance(held, str):
            return None
        return hashlib.sha256(f"{name}@{Path(held).parent.name}".encode()).hexdigest()
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    found = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        found.update(f"{path.relative_to(folder)}\0{content}\n".encode())
    return found.hexdigest()
