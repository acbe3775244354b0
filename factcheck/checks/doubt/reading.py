"""What a check asks of a model that reads a passage for a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Reading(Protocol):
    """What one passage does for one sentence."""

    @property
    def supported(self) -> float:
        """Probability that the passage says so."""
        ...

    @property
    def refuted(self) -> float:
        """Probability that the passage makes some of it false."""
        ...


class Reader(Protocol):
    """A model that reads a passage for a sentence."""

    def score(self, pairs: Sequence[tuple[str, str]]) -> Sequence[Reading]:
        """One reading for each (passage, sentence), in order."""
        ...
