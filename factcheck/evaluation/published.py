"""Figures that others published for named systems: for orientation, apart from what is measured.

They rest on test splits, on thresholds and prompts of their makers' choosing, and on machines we
have not seen. Nothing here was measured by this project.
"""

from __future__ import annotations

from dataclasses import dataclass

_SUMMEDITS = "README of github.com/salesforce/factualNLG, table of 14 December 2023"
_AGGREFACT = "github.com/llm-aggrefact/llm-aggrefact.github.io, scores_data.json"
_ANLI = "README of github.com/facebookresearch/anli"


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One figure as its source gives it."""

    set: str
    """Name of the set, as in the registry of sets."""
    system: str
    """The system, as its source calls it."""
    measure: str
    """What was measured, in percent."""
    value: float
    """The figure, 0 to 100."""
    on: str
    """On which part of the set."""
    source: str
    """Where it is published."""


def _all_of(
    name: str, measure: str, on: str, source: str, values: dict[str, float]
) -> tuple[PublishedFigure, ...]:
    return tuple(
        PublishedFigure(name, system, measure, value, on, source)
        for system, value in values.items()
    )


PUBLISHED: tuple[PublishedFigure, ...] = (
    *_all_of(
        "summedits",
        "balanced accuracy",
        "mean of ten domains",
        _SUMMEDITS,
        {
            "human": 90.9,
            "GPT-4": 82.1,
            "Gemini-pro": 75.5,
            "ChatGPT (CGPT)": 71.2,
            "QAFactEval": 65.5,
            "SummaC-Conv": 57.1,
            "DAE": 55.2,
        },
    ),
    *_all_of(
        "llm-aggrefact",
        "balanced accuracy",
        "test, mean of its eleven columns there",
        _AGGREFACT,
        {
            "GPT-4o-0513": 75.9,
            "MiniCheck-Flan-T5-L (0.8B)": 75.0,
            "MiniCheck-RoBERTa-L (0.4B)": 73.5,
            "AlignScore (0.4B)": 70.5,
            "SummaC-ZS (0.1B)": 67.7,
        },
    ),
    *_all_of(
        "wice",
        "balanced accuracy",
        "test, as part of LLM-AggreFact",
        _AGGREFACT,
        {
            "GPT-4o-0513": 78.5,
            "MiniCheck-Flan-T5-L (0.8B)": 72.2,
            "MiniCheck-RoBERTa-L (0.4B)": 67.6,
            "AlignScore (0.4B)": 66.0,
            "SummaC-ZS (0.1B)": 62.8,
        },
    ),
    *_all_of(
        "anli",
        "accuracy",
        "test, round 3",
        _ANLI,
        {"XLNet Large": 49.4, "RoBERTa Large": 44.4, "GPT-3": 40.2},
    ),
)
"""All of them, set by set, best first."""
