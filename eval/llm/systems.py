"""The baseline of the comparison: a chat model with a plain prompt, as a verifier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from factcheck.assistance import Assistant
from factcheck.evaluation.asking import require_finished
from factcheck.evaluation.chatmodels import OPEN, as_entailment
from factcheck.evaluation.systems import digest_of_parts, llm_digest
from factcheck.llm.answers import Percent
from factcheck.llm.prompts import read_prompt
from factcheck.llm.questions import Question
from factcheck.verdicts.verifier import Entailment


class Verdict(BaseModel):
    """Answer to the plain prompt."""

    model_config = ConfigDict(extra="forbid")

    verdict: Literal["supported", "refuted", "not_enough_evidence"]
    probability: Percent


@dataclass
class Plain:
    """The model alone, with a plain prompt: no rules, no quotations asked for or checked."""

    assistant: Assistant
    """The model."""

    def __post_init__(self) -> None:
        """Read the prompt."""
        self._prompt = read_prompt(Path(__file__).with_name("plain.v1.yaml"))
        self.name = f"{self.assistant.name} plain"
        self.digest = digest_of_parts(llm_digest(self.assistant), self._prompt.digest)

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """See `Verifier.score`.

        Raises:
            Unfinished: a question has no answer for a reason that is not the model's.
        """
        answers = self.assistant.caller.ask(
            [
                Question(self._prompt, {"evidence": evidence, "claim": claim}, Verdict)
                for evidence, claim in pairs
            ]
        )
        require_finished(self.assistant)
        return [
            as_entailment(a.data.verdict, a.data.probability / 100) if a.data else OPEN
            for a in answers
        ]
