"""What is asked of a model, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic

from factcheck.llm.forms import Form
from factcheck.llm.prompts import Prompt
from factcheck.llm.usage import IN_WORDS, Failure


@dataclass(frozen=True)
class Question(Generic[Form]):
    """One thing to ask."""

    prompt: Prompt
    """The prompt."""
    values: Mapping[str, Any]
    """What its template is filled with."""
    form: type[Form]
    """What an answer must be."""


@dataclass(frozen=True)
class Answer(Generic[Form]):
    """What came of a question."""

    data: Form | None
    """The answer, valid by its form; None where there is none."""
    failure: Failure | None = None
    """Why there is none."""

    @property
    def in_words(self) -> str:
        """Why there is no answer, to follow 'The model gave no answer: '."""
        return IN_WORDS[self.failure] if self.failure else ""
