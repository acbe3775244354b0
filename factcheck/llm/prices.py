"""What tokens cost: from the user's settings, or from a maintained list; never a guess."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from factcheck.errors import UsageProblem
from factcheck.llm.providers import LOCAL, ModelName
from factcheck.llm.usage import Tokens

_MILLION = 1_000_000
_LISTED = {"openai": "openai", "anthropic": "anthropic", "google_genai": "google"}
"""Our providers by their names in genai-prices."""


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars a million tokens."""

    read: float
    """For prompts."""
    written: float
    """For answers."""
    origin: str
    """Where it is from, one phrase."""

    def of(self, tokens: Tokens) -> float:
        """What these tokens cost, in US dollars."""
        return (tokens.read * self.read + tokens.written * self.written) / _MILLION


def find_price(name: ModelName, own: str | None = None) -> Price | None:
    """The price of a model; None where nobody says what it is.

    Args:
        name: the model. A local one costs nothing; one on a server of the user's own has no listed
            price, whatever it is called.
        own: `READ,WRITTEN` in US dollars a million tokens, from the settings; it comes first.

    Raises:
        UsageProblem: `own` is no such pair.
    """
    if own:
        return parse_price(own)
    if name.provider == LOCAL:
        return Price(0.0, 0.0, "it runs on this machine")
    if name.base_url or name.provider not in _LISTED:
        return None
    return _listed(name)


def parse_price(text: str) -> Price:
    """The price that `READ,WRITTEN` names.

    Raises:
        UsageProblem: it is no pair of numbers that are not negative.
    """
    try:
        read, written = (float(part) for part in text.split(","))
        if not all(math.isfinite(one) and one >= 0 for one in (read, written)):
            raise ValueError
    except ValueError:
        raise UsageProblem(
            f"llm_price cannot be '{text}'",
            hint='llm_price = "0.40,1.60": US dollars a million tokens read, and written',
        ) from None
    return Price(read, written, "the settings")


def _listed(name: ModelName) -> Price | None:
    try:
        from genai_prices import Usage, __version__, calc_price
    except ImportError:
        return None
    try:
        # Asked for separately: a price that depends on the length of the prompt is the usual one.
        provider = _LISTED[name.provider]
        read = calc_price(Usage(input_tokens=1000), name.model, provider_id=provider)
        written = calc_price(Usage(output_tokens=1000), name.model, provider_id=provider)
    except LookupError:
        return None
    return Price(
        float(read.total_price * Decimal(1000)),
        float(written.total_price * Decimal(1000)),
        f"genai-prices {__version__}",
    )
