"""What a report says of the chat model: which one, with what prompts, at what cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from factcheck.llm.calling import Caller
from factcheck.llm.combination import Combination
from factcheck.llm.prices import Price
from factcheck.llm.prompts import Prompt
from factcheck.llm.windows import Readable
from factcheck.records import Article
from factcheck.reports.wording import counted

_PACKAGES = (
    "langchain-core",
    "langchain-openai",
    "langchain-anthropic",
    "langchain-google-genai",
    "langchain-ollama",
    "xllamacpp",
)
_PLACES_NAMED = 5
"""Sentences addressed to a model that a warning names by number, counted from 1."""


@dataclass(frozen=True, slots=True)
class Account:
    """What one model's part in a run was and came to."""

    caller: Caller
    """Who asked it."""
    prompts: tuple[Prompt, ...]
    """All that may have been used."""
    combination: Combination
    """How its word weighed."""
    price: Price | None
    """What tokens cost, where somebody knows."""

    @property
    def model(self) -> str:
        """Name of the model, with the digest of a local one."""
        model = self.caller.model
        return f"{model.name} sha256:{model.digest}" if model.digest else str(model.name)

    def digests(self) -> dict[str, str]:
        """Digest of each prompt, by its name."""
        return {prompt.name: prompt.digest for prompt in self.prompts}

    def packages(self) -> dict[str, str]:
        """Versions of the libraries that asked."""
        return {name: found for name in _PACKAGES if (found := _version(name))}

    def usage(self) -> dict[str, str | int | float | None]:
        """What the asking came to so far."""
        cost = self.price.of(self.caller.ledger.tokens) if self.price else None
        return {
            **self.caller.ledger.as_data(),
            "cost": None if cost is None else round(cost, 6),
            "price": self.price.origin if self.price else None,
            "combination": self.combination.origin,
        }

    def seconds(self) -> dict[str, float]:
        """Wall time that was waited for answers so far, by chain (`judge`)."""
        spent = self.caller.ledger.seconds
        return {prompt.job: spent[prompt.name] for prompt in self.prompts if prompt.name in spent}

    def warnings(self, article: Article) -> list[str]:
        """What a reader of the report on the article should know, one sentence each."""
        ledger = self.caller.ledger
        said = []
        hostile = Readable(article).hostile
        if hostile:
            places = ", ".join(str(index + 1) for index in hostile[:_PLACES_NAMED])
            said.append(
                "The article has text that is addressed to a language model, in "
                f"{counted(len(hostile), 'sentence')} (number {places}); it was shown beside no "
                "other claim."
            )
        if ledger.dropped:
            parts = _counted(ledger.dropped.items())
            said.append(f"Parts of the model's answers were left out: {parts}.")
        if ledger.failed:
            parts = _counted(ledger.failed.items())
            said.append(f"Questions without an answer that could be used: {parts}.")
        return said


def _counted(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{number} × {what}" for what, number in sorted(counts))


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
