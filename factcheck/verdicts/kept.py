"""Answers of the shipped verifier, kept between runs.

An article is checked again after each edit, and most of its claims and their passages are then what
they were. What is kept of a pair is a digest and three numbers, not its words.
"""

from __future__ import annotations

import platform
import struct
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from factcheck import __version__
from factcheck.keeping import Kept, key_of
from factcheck.verdicts.verifier import Entailment, Preparable, Verifier

_MOST = 200_000
"""Pairs; some 150 bytes each."""
_FORM = struct.Struct("<3d")


class KeptVerifier:
    """A verifier that is asked only what it has not been asked on this machine before."""

    def __init__(self, inner: Verifier, path: Path) -> None:
        """Keep the answers of `inner`.

        Args:
            inner: a verifier with a digest, whose answer for a pair is the same to the last bit
                whatever it is asked with.
            path: the file, which other kinds of results may share.
        """
        self.inner, self.name, self.digest = inner, inner.name, inner.digest
        self._kept = Kept(path, "answers", _MOST)
        runtime = f"onnxruntime {metadata.version('onnxruntime')} {platform.machine()}"
        self._maker = f"{self.digest} factcheck {__version__} {runtime}"

    def prepare(self) -> None:
        """Load the model within, where that can be done ahead."""
        if isinstance(self.inner, Preparable):
            self.inner.prepare()

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """See `Verifier.score`."""
        keys = [key_of(self._maker, *pair) for pair in pairs]
        kept = self._kept.read(keys)
        known = {
            key: Entailment(*_FORM.unpack(value))
            for key, value in kept.items()
            if len(value) == _FORM.size
        }
        new = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in known}
        answers = dict(zip(new, self.inner.score([*new.values()]), strict=True))
        self._kept.write(
            {
                key: _FORM.pack(one.supported, one.refuted, one.not_enough)
                for key, one in answers.items()
            }
        )
        every = known | answers
        return [every[key] for key in keys]
