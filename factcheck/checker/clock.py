"""How long each stage took, in seconds of wall time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Clock:
    """Wall time of each stage, and word of its beginning to whoever shows progress."""

    announce: Callable[[str], None]
    """Told the name of each stage as it begins."""
    timings: dict[str, float] = field(default_factory=dict)
    """Seconds by stage, rounded to milliseconds."""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what is done within the block."""
        self.announce(name)
        began = time.perf_counter()
        yield
        self.timings[name] = round(time.perf_counter() - began, 3)
