"""How much a run may ask for: calls and money, never exceeded."""

from __future__ import annotations

import threading
from math import ceil

from factcheck.errors import UsageProblem
from factcheck.llm.prices import Price
from factcheck.llm.providers import ModelName
from factcheck.llm.usage import Tokens

_CHARACTERS = 4.0
"""Characters a token in English prose, roughly, for every tokenizer in use."""
_SAFE_CHARACTERS = 3.0
"""The same on the safe side, for what must not be exceeded."""


def estimate_tokens(characters: int, safe: bool = False) -> int:
    """About how many tokens a prompt of that length has; `safe` errs upwards."""
    return ceil(characters / (_SAFE_CHARACTERS if safe else _CHARACTERS))


class Budget:
    """What may still be asked for; many threads may draw on it.

    A call is admitted only if its dearest possible course fits in what is left, so that `max_cost`
    is never exceeded, whatever the model writes.
    """

    def __init__(
        self,
        max_calls: int = 0,
        max_cost: float = 0.0,
        price: Price | None = None,
        max_tokens: int = 0,
    ) -> None:
        """Set the limits; 0 means none.

        Args:
            max_calls: requests that may go out, repeated ones included.
            max_cost: US dollars that they may cost together.
            price: what tokens cost; needed for `max_cost`.
            max_tokens: longest answer.
        """
        self.price = price
        self._max_calls, self._max_cost, self._max_tokens = max_calls, max_cost, max_tokens
        self._calls, self._spent = 0, 0.0
        self._lock = threading.Lock()

    def admit(self, characters: int) -> float | None:
        """Draw one call for a prompt of that length; what to hand to `settle`, None if refused."""
        worst = self._worst(characters)
        with self._lock:
            if self._max_calls and self._calls >= self._max_calls:
                return None
            if self._max_cost and self._spent + worst > self._max_cost:
                return None
            self._calls += 1
            self._spent += worst
        return worst

    def settle(self, held: float, tokens: Tokens) -> None:
        """Give back what a call did not cost of what was drawn for it."""
        if self.price is None:
            return
        with self._lock:
            self._spent += self.price.of(tokens) - held

    def _worst(self, characters: int) -> float:
        if self.price is None:
            return 0.0
        return self.price.of(Tokens(estimate_tokens(characters, safe=True), self._max_tokens))


def require_price(name: ModelName, price: Price | None, max_cost: float) -> None:
    """Nothing, if costs can be held to `max_cost`.

    Raises:
        UsageProblem: a limit is set, but nobody knows what the model costs.
    """
    if max_cost and price is None:
        raise UsageProblem(
            f"--max-cost needs the price of {name}, which no list gives",
            hint='llm_price = "0.40,1.60" in factcheck.toml (US dollars a million tokens, read '
            "and written), or --max-calls",
        )
