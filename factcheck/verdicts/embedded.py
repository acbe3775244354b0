"""The verifier that ships with the package: an int8 ONNX cross-encoder run by onnxruntime.

Each pair is run by itself, without padding, on one of `threads` workers: int8 activations are
scaled by what is in a batch, so only this makes an answer independent of its neighbours. It
is also the faster way on a CPU, where long and short pairs need not wait for each other.

Int8 products overflow on processors without instructions made for them (x86 before VNNI)
unless onnxruntime is told to be exact there; with overflow the model answers at random. So it is
told, and the shipped model is tried on a plain statement and its opposite before it is asked.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factcheck.errors import ModelError
from factcheck.verdicts.verifier import Entailment

CARD = "verifier.json"
CLAIM_TOKENS = 160
"""A claim is cut after so many word pieces."""
_START, _END, _MIDDLE = [0], [2], [2, 2]
_LAST_MARKER = 2
_HINT = "Install factcheck again, or choose another model with --verifier NAME|PATH"
_EXACT = "session.x64quantprecision"
"""Setting of onnxruntime (kOrtSessionOptionsAvx2PrecisionMode) under which int8 products do not
overflow without VNNI; it took 10.1 s for 9.6 in one measurement, 8.3 for 8.6 in another."""
_KNOWN = "The council rejected the plan by nine votes to four."
_TRUE, _FALSE = "The council rejected the plan.", "The council approved the plan."
_PLAIN = 0.5
"""Probability that a model gives at least to what is plainly so."""


@dataclass(frozen=True)
class Card:
    """What verifier.json says about the model beside it."""

    files: dict[str, str]
    """File name to SHA-256."""
    longest: int
    """Word pieces that the model reads at most, claim and evidence together."""
    temperature: float
    """By which the logits are divided."""
    shift: tuple[float, float, float]
    """What is added to them afterwards, in the order supported, refuted, not enough."""
    digest: str
    """SHA-256 of verifier.json itself, and so of everything that decides an answer."""


def read_card(folder: Path) -> Card:
    """The card in a model's folder.

    Raises:
        ModelError: it is missing or not a card.
    """
    try:
        raw = (folder / CARD).read_bytes()
        data = json.loads(raw)
        scaling = data["calibration"]
        a, b, c = (float(x) for x in scaling["shift"])
        return Card(
            {str(name): str(sha) for name, sha in data["files"].items()},
            int(data["longest"]),
            float(scaling["temperature"]),
            (a, b, c),
            hashlib.sha256(raw).hexdigest(),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"Cannot read the card {folder / CARD}: {error}", hint=_HINT) from error


class EmbeddedVerifier:
    """Runs the exported model; loads it, digest checked, at the first question."""

    def __init__(
        self, folder: Path, name: str, threads: int | None = None, *, tried: bool = False
    ) -> None:
        """Read the card; the model itself is left alone until it is needed.

        Args:
            folder: holds verifier.json, model.onnx and tokenizer.json.
            name: what reports call it.
            threads: workers; None for one a core.
            tried: whether it must first tell a plain statement from its opposite.

        Raises:
            ModelError: the card is missing or damaged.
        """
        self.name = name
        self._folder, self._card = folder, read_card(folder)
        self.digest = self._card.digest
        self._threads = max(1, threads or os.cpu_count() or 1)
        self._tried = tried
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None

    def prepare(self) -> None:
        """Load the model now, rather than at the first question.

        Raises:
            ModelError: a file is missing, or not the one that the card names, or the model does
                not work on this machine.
        """
        self._load()

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """See `Verifier.score`; what goes beyond the model's length is cut off the evidence."""
        if not pairs:
            return []
        session, tokenizer = self._load()
        inputs = self._encode(tokenizer, pairs)
        order = sorted(range(len(pairs)), key=lambda n: -len(inputs[n]))
        found: list[Entailment | None] = [None] * len(pairs)

        def run(n: int) -> None:
            found[n] = self._one(session, inputs[n])

        with ThreadPoolExecutor(self._threads) as workers:
            list(workers.map(run, order))
        return [e for e in found if e is not None]

    def _one(self, session: Any, ids: list[int]) -> Entailment:
        import numpy as np

        logits = session.run(None, {"ids": np.array([ids], dtype=np.int64)})[0][0]
        scaled = logits.astype(np.float64) / self._card.temperature + np.array(self._card.shift)
        weights = np.exp(scaled - scaled.max())
        supported, refuted, not_enough = (float(w) for w in weights / weights.sum())
        return Entailment(supported, refuted, not_enough)

    def _encode(self, tokenizer: Any, pairs: Sequence[tuple[str, str]]) -> list[list[int]]:
        texts = sorted({text for pair in pairs for text in pair})
        encoded = tokenizer.encode_batch([_bounded(t) for t in texts], add_special_tokens=False)
        ids = {text: _plain(e.ids) for text, e in zip(texts, encoded, strict=True)}
        return [self._joined(ids[evidence], ids[claim]) for evidence, claim in pairs]

    def _joined(self, evidence: list[int], claim: list[int]) -> list[int]:
        start = _START + claim[:CLAIM_TOKENS] + _MIDDLE
        return start + evidence[: self._card.longest - len(start) - 1] + _END

    def _load(self) -> tuple[Any, Any]:
        with self._lock:
            if self._loaded is None:
                for name, expected in self._card.files.items():
                    _check(self._folder / name, expected)
                loaded = _open(self._folder)
                if self._tried:
                    self._try(*loaded)
                self._loaded = loaded
            return self._loaded

    def _try(self, session: Any, tokenizer: Any) -> None:
        pairs = [(_KNOWN, _TRUE), (_KNOWN, _FALSE)]
        true, false = (self._one(session, ids) for ids in self._encode(tokenizer, pairs))
        if not (true.supported >= _PLAIN and false.refuted >= _PLAIN):  # so that NaN fails, too
            raise ModelError(
                "The verifier cannot tell a plain statement from its opposite on this machine "
                f"(P {true.supported:.2f} and {false.refuted:.2f}, at least {_PLAIN} is asked)",
                hint="Try another release of onnxruntime, or go without: --verifier none",
            )


def _bounded(text: str) -> str:
    """A text cut where nothing behind can reach the model, without lone surrogates."""
    return text[:20000].encode("utf-8", "replace").decode("utf-8")


def _plain(ids: Sequence[int]) -> list[int]:
    """Ids without those of markers such as `</s>`, which a hostile text may spell out."""
    return [n for n in ids if n > _LAST_MARKER]


def _check(path: Path, expected: str) -> None:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"Cannot read the verifier's {path}: {error}", hint=_HINT) from error
    if found != expected:
        raise ModelError(
            f"{path} is not the file that {CARD} describes: its SHA-256 is {found}, not {expected}",
            hint=_HINT,
        )


def _open(folder: Path) -> tuple[Any, Any]:
    import onnxruntime  # type: ignore[import-untyped]
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry(_EXACT, "1")
    try:
        session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        return session, Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:
        raise ModelError(f"Cannot open the verifier in {folder}: {error}", hint=_HINT) from error
