"""The seam between a claim and a model that reads evidence for it.

A verifier is given (evidence, claim) pairs and returns three calibrated probabilities for each.
`load_verifier` finds the one that ships with the package, or any cross-encoder by path or hub
name; `FakeVerifier` answers by word overlap, for tests.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Protocol, runtime_checkable

from factcheck.errors import ModelError

EMBEDDED = "embedded"
"""Name of the verifier that ships with the package."""


@dataclass(frozen=True, slots=True)
class Entailment:
    """What one passage does for one claim: three probabilities that add up to 1."""

    supported: float
    """The passage states or plainly implies all of the claim."""
    refuted: float
    """The passage makes at least one part of the claim false."""
    not_enough: float
    """The passage leaves the claim open."""


class Verifier(Protocol):
    """A model that judges claims against evidence."""

    @property
    def name(self) -> str:
        """`embedded`, `fake`, or the path or hub name it was loaded from."""
        ...

    @property
    def digest(self) -> str:
        """SHA-256 of what decides its answers; empty where that cannot be told."""
        ...

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """One `Entailment` for each (evidence, claim), in order; `[]` for no pairs.

        Evidence may be of any length. The answer for a pair does not depend on the others.

        Raises:
            ModelError: the model cannot be loaded or run.
        """
        ...


@runtime_checkable
class Preparable(Protocol):
    """A verifier whose model can be loaded before the first question."""

    def prepare(self) -> None:
        """Load it; harmless when it is loaded, and from several threads at once.

        Raises:
            ModelError: it cannot be loaded.
        """
        ...


def prepare_beside(verifier: Verifier | None) -> None:
    """Load the model in a thread of its own, beside what the caller does next.

    What goes wrong is left for the first question to say.
    """
    if isinstance(verifier, Preparable):
        # No daemon: onnxruntime aborts the process if it ends while a session is being made.
        threading.Thread(target=_quietly, args=(verifier,)).start()


def _quietly(verifier: Preparable) -> None:
    with suppress(ModelError):
        verifier.prepare()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From what probability on a verdict is given; below both, the verifier abstains."""

    supported: float
    """Least P(supported) for `supported`."""
    refuted: float
    """Least P(refuted) for `refuted`."""
    origin: str
    """On what data and for what precision they were chosen."""


def load_thresholds(verifier: str = EMBEDDED) -> Thresholds:
    """Thresholds of a verifier by name, those of `default` where it has none of its own.

    Raises:
        ModelError: the data file of the package is missing or damaged.
    """
    path = models_folder() / "thresholds.json"
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        entry = entries.get(verifier, entries["default"])
        return Thresholds(float(entry["supported"]), float(entry["refuted"]), entry["origin"])
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise ModelError(
            f"Cannot read the thresholds in {path}: {error}", hint=_REINSTALL
        ) from error


def load_verifier(
    name_or_path: str = EMBEDDED, threads: int | None = None, kept: Path | None = None
) -> Verifier | None:
    """The verifier of that name, ready to be asked; its files are read at the first question.

    Args:
        name_or_path: `embedded`, `fake`, a folder with an exported verifier (verifier.json in
            it), or a sentence-transformers cross-encoder by folder or hub name.
        threads: how many threads it may use; None for one a core.
        kept: a file for the answers of an exported verifier; None keeps none.

    Returns:
        The verifier; None when `embedded` is asked for and the package was built without it.

    Raises:
        ModelError: the name or path leads to nothing that can be used.
    """
    if name_or_path == "fake":
        return FakeVerifier()
    folder = models_folder() / "verifier" if name_or_path == EMBEDDED else Path(name_or_path)
    if (folder / "verifier.json").is_file():
        from factcheck.verdicts.embedded import EmbeddedVerifier
        from factcheck.verdicts.kept import KeptVerifier
        from factcheck.verdicts.windows import WindowedVerifier

        shipped = name_or_path == EMBEDDED
        exported = EmbeddedVerifier(folder, name_or_path, threads, tried=shipped)
        return WindowedVerifier(KeptVerifier(exported, kept) if kept else exported)
    if name_or_path == EMBEDDED:
        return None
    from factcheck.verdicts.crossencoder import CrossEncoderVerifier
    from factcheck.verdicts.windows import WindowedVerifier

    return WindowedVerifier(CrossEncoderVerifier(name_or_path, threads))


@cache
def models_folder() -> Path:
    """Where the model files lie that ship with the package."""
    return Path(str(resources.files("factcheck"))) / "models"


_REINSTALL = "pip install --force-reinstall factcheck-assistant"
_WORD = re.compile(r"[^\W_]+")
_NEGATION = frozenset("not no never none nobody nothing neither nor denied denies deny".split())
_LITTLE = frozenset(
    "a an and are as at be by for from has have in is it of on or the to was".split()
)


@dataclass(frozen=True)
class FakeVerifier:
    """A deterministic stand-in for tests: word overlap, negation and numbers, no model."""

    answers: Mapping[tuple[str, str], Entailment] = field(default_factory=dict)
    """Fixed answers for certain (evidence, claim) pairs."""
    name: str = "fake"
    digest: str = "fake"

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """Supported where the evidence has the claim's words, refuted where polarity differs."""
        return [self.answers.get(pair) or _overlap(*pair) for pair in pairs]


def _overlap(evidence: str, claim: str) -> Entailment:
    have, want = set(_words(evidence)), set(_words(claim))
    content = want - _NEGATION - _LITTLE
    share = len(content & have) / len(content) if content else 0.0
    numbers = {w for w in content if w.isdigit()}
    if share < 0.5:
        return Entailment(0.1, 0.1, 0.8)
    if bool(have & _NEGATION) != bool(want & _NEGATION) or not numbers <= have:
        return Entailment(0.1, 0.8, 0.1)
    return Entailment(0.8, 0.1, 0.1) if share > 0.8 else Entailment(0.2, 0.2, 0.6)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
