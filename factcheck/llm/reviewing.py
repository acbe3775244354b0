"""The chain *review*: a second opinion on each flag that the checks raised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from factcheck.llm.answers import Reviewed
from factcheck.llm.calling import Caller
from factcheck.llm.injection import addresses_model
from factcheck.llm.prompts import Prompt
from factcheck.llm.questions import Question
from factcheck.llm.shown import show
from factcheck.llm.windows import NOTHING, Readable, tidy
from factcheck.records import Evidence, Flag, Quotation


@dataclass(frozen=True, slots=True)
class Review:
    """What the model makes of one flag."""

    verdict: Literal["real", "mistaken", "unsure"]
    """Whether an editor should be shown it."""
    reason: str
    """One sentence, the model's."""


def review(
    caller: Caller,
    prompt: Prompt,
    article: Readable,
    flags: Sequence[Flag],
    passages: Mapping[str, Evidence],
) -> dict[str, Review]:
    """Reviews by flag id; flags whose question failed are not in it.

    Args:
        caller: who asks.
        prompt: the prompt.
        article: the article.
        flags: the flags.
        passages: reference passages by id, for flags whose conflict stands in one.

    Raises:
        ModelError: the model cannot be asked at all.
    """
    answers = caller.ask([_question(prompt, article, flag, passages) for flag in flags])
    return {
        flag.id: Review(answer.data.verdict, tidy(answer.data.reason))
        for flag, answer in zip(flags, answers, strict=True)
        if answer.data is not None
    }


def _question(
    prompt: Prompt, article: Readable, flag: Flag, passages: Mapping[str, Evidence]
) -> Question[Reviewed]:
    values = {
        "place": _around(article, flag.quotation, passages),
        "words": show(flag.quotation.text).text,
        "other": _around(article, flag.conflict, passages) if flag.conflict else NOTHING,
        "kind": flag.type,
        "note": show(flag.explanation).text,
    }
    return Question(prompt, values, Reviewed)


def _around(article: Readable, words: Quotation, passages: Mapping[str, Evidence]) -> str:
    """The words with the sentences or the passage that they stand in."""
    if words.origin == "corpus":
        holder = next((item for item in passages.values() if item.quotation.covers(words)), None)
        if holder is None or addresses_model(holder.quotation.text):
            return NOTHING if addresses_model(words.text) else show(words.text).text
        return show(holder.quotation.text).text
    held = [s for s in article.article.sentences if s.span.overlaps(words.span)]
    if not held:
        return show(words.text).text
    if held[0].role in {"headline", "body"}:
        return article.lines(article.around(held[0].index, before=1, after=1))
    return show(held[0].text).text
