"""What the asking came to: calls, tokens, money, and all that was dropped or failed, counted."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Failure: TypeAlias = Literal[
    "truncated",
    "refused",
    "malformed",
    "empty",
    "too_long",
    "unproven",
    "timed_out",
    "rate_limited",
    "unreachable",
    "rejected",
    "server_error",
    "budget",
    "estimate",
]
"""Why there is no answer; `estimate`: none was asked for, as in a dry run."""

IN_WORDS: dict[Failure, str] = {
    "truncated": "its answer was cut off at the length limit",
    "refused": "it refused to answer",
    "malformed": "its answer did not have the form asked for",
    "empty": "its answer was empty",
    "unproven": "its verdict quoted no words that stand in a passage",
    "too_long": "what it was shown is longer than it can read",
    "timed_out": "it did not answer in time",
    "rate_limited": "its rate limit was exceeded",
    "unreachable": "it could not be reached",
    "rejected": "it rejected the request",
    "server_error": "its server failed",
    "budget": "the limit of --max-calls or --max-cost was reached",
    "estimate": "this is an estimate",
}
"""Each failure, to follow 'The model gave no answer: '."""


PASSING: frozenset[Failure] = frozenset(
    {"timed_out", "rate_limited", "unreachable", "rejected", "server_error", "budget"}
)
"""Failures that say nothing of what the model can do: asked again, the question may be answered."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of one or many calls, as the provider counts them."""

    read: int = 0
    """Of prompts."""
    written: int = 0
    """Of answers, reasoning included."""

    def __add__(self, other: Tokens) -> Tokens:
        """Both together."""
        return Tokens(self.read + other.read, self.written + other.written)


@dataclass
class Estimate:
    """What questions would come to that were not asked (`--dry-run`)."""

    calls: int = 0
    """Requests."""
    tokens: Tokens = field(default_factory=Tokens)
    """Read: about as many; written: at most as many."""
    possible_calls: int = 0
    """Requests that the answers may lead to, at most."""
    possible_tokens: Tokens = field(default_factory=Tokens)
    """Of these, at most."""


class Ledger:
    """Counts of one run; many threads may write in it."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._dropped: Counter[str] = Counter()
        self._failed: Counter[Failure] = Counter()
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self.tokens = Tokens()
        """Of all calls that went out."""

    def called(self, tokens: Tokens) -> None:
        """A request was answered, however well."""
        with self._lock:
            self._counts["calls"] += 1
            self.tokens += tokens

    def count(self, what: Literal["cached", "retried", "repaired"]) -> None:
        """An answer came from the cache; a request was sent again; an answer was asked anew."""
        with self._lock:
            self._counts[what] += 1

    def drop(self, what: str) -> None:
        """Part of an answer was left out; `what` says why, as in 'quotation not in the text'."""
        with self._lock:
            self._dropped[what] += 1

    def fail(self, failure: Failure) -> None:
        """A question has no answer."""
        with self._lock:
            self._failed[failure] += 1

    def spend(self, prompt: str, seconds: float) -> None:
        """Questions of one prompt, asked at once, were waited for so long."""
        with self._lock:
            self._seconds[prompt] += seconds

    @property
    def seconds(self) -> Mapping[str, float]:
        """Wall time that was waited for answers, in seconds, by name of the prompt."""
        return dict(self._seconds)

    @property
    def dropped(self) -> Mapping[str, int]:
        """How often a part of an answer was left out, by reason."""
        return dict(self._dropped)

    @property
    def failed(self) -> Mapping[Failure, int]:
        """How many questions have no answer, by reason."""
        return dict(self._failed)

    def as_data(self) -> dict[str, int]:
        """All counts, for the report."""
        counts = {name: self._counts[name] for name in ("calls", "cached", "retried", "repaired")}
        return {
            **counts,
            "tokens_read": self.tokens.read,
            "tokens_written": self.tokens.written,
            **{f"failed_{name}": number for name, number in sorted(self._failed.items())},
            **{f"dropped: {name}": number for name, number in sorted(self._dropped.items())},
        }
