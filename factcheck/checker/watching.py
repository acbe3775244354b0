"""How a check of an article goes on: what each stage took, and word of it to whoever waits."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from factcheck.records import Flag


class Watch:
    """Told how a check goes on. This one does nothing with it; others show it."""

    def stage(self, name: str) -> None:
        """A stage begins, or is taken up again."""

    def read(self, done: int, total: int) -> None:
        """The verifier has read so many of the reference passages that it is to read."""

    def found(self, flags: Sequence[Flag]) -> None:
        """What the comparisons flag, before any model was asked; it may still be put otherwise."""


@dataclass
class Clock:
    """Wall time of each stage."""

    watch: Watch
    """Told of each stage."""
    timings: dict[str, float] = field(default_factory=dict)
    """Seconds by stage, rounded to milliseconds."""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what is done within the block, beside what the stage has taken already."""
        self.watch.stage(name)
        began = time.perf_counter()
        yield
        taken = self.timings.get(name, 0.0) + time.perf_counter() - began
        self.timings[name] = round(taken, 3)
