"""The chain *consistency*: pairs of sentences that cannot both be true, each looked at twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.llm.answers import Confirmation, Contradictions, Pair, PairType
from factcheck.llm.calling import Caller
from factcheck.llm.prompts import Prompt
from factcheck.llm.questions import Question
from factcheck.llm.shown import show
from factcheck.llm.windows import Readable, tidy
from factcheck.records import Sentence, Span

_MOST = 12
"""Pairs of one window that are looked at; a model that lists more is guessing."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two places of the article that cannot both be right, confirmed by a second look."""

    type: PairType
    """What kind of clash it is."""
    questioned: Span
    """The words in question: those of the headline, else those that come later."""
    against: Span
    """The words they clash with."""
    why: str
    """One sentence, the model's."""
    probability: float
    """The second look's probability that both cannot be true, 0 to 1, not calibrated."""


def find_contradictions(
    caller: Caller, first: Prompt, second: Prompt, article: Readable
) -> list[Contradiction]:
    """What two independent looks agree on, in order of the text.

    In a dry run the second looks are foreseen: as many as each window can lead to.

    Raises:
        ModelError: the model cannot be asked at all.
    """
    windows = list(article.windows())
    questions = [
        Question(first, {"sentences": article.numbered(window)}, Contradictions)
        for window in windows
    ]
    found: dict[tuple[Span, Span], Pair] = {}
    for window, answer in zip(windows, caller.ask(questions), strict=True):
        if answer.failure == "estimate":
            caller.foresee(_longest_look(second, article, window), _MOST)
        numbers = {sentence.index for sentence in window}
        for pair in answer.data.pairs[:_MOST] if answer.data else ():
            places = _places(caller, article, numbers, pair)
            if places:
                found.setdefault(places, pair)
    return sorted(_confirmed(caller, second, article, found), key=lambda one: one.questioned)


def _places(
    caller: Caller, article: Readable, numbers: set[int], pair: Pair
) -> tuple[Span, Span] | None:
    """Where both words stand, the earlier first; None, and counted, where they do not."""
    if not {pair.first, pair.second} <= numbers:
        caller.ledger.drop("sentence number that was not shown")
        return None
    spans = [
        shown.find(words)
        for number, words in ((pair.first, pair.first_words), (pair.second, pair.second_words))
        if (shown := article.sentence(number))
    ]
    one, other = spans
    if one is None or other is None:
        caller.ledger.drop("words that do not stand in their sentence")
        return None
    if one.overlaps(other):
        caller.ledger.drop("pair of one place with itself")
        return None
    return min(one, other), max(one, other)


def _confirmed(
    caller: Caller,
    prompt: Prompt,
    article: Readable,
    found: dict[tuple[Span, Span], Pair],
) -> Iterator[Contradiction]:
    places = list(found)
    answers = caller.ask([_second_look(prompt, article, *pair) for pair in places])
    for (earlier, later), answer in zip(places, answers, strict=True):
        if answer.data is None:
            continue
        if answer.data.both_can_be_true:
            caller.ledger.drop("contradiction withdrawn at the second look")
            continue
        pair = found[earlier, later]
        headline = article.article.headline
        swap = headline is not None and headline.contains(earlier)
        questioned, against = (earlier, later) if swap else (later, earlier)
        yield Contradiction(
            pair.type, questioned, against, tidy(pair.why), answer.data.probability / 100
        )


def _second_look(
    prompt: Prompt, article: Readable, earlier: Span, later: Span
) -> Question[Confirmation]:
    text = article.article.text
    values = {
        "first": _surroundings(article, earlier),
        "first_words": show(earlier.of(text)).text,
        "second": _surroundings(article, later),
        "second_words": show(later.of(text)).text,
    }
    return Question(prompt, values, Confirmation)


def _longest_look(
    prompt: Prompt, article: Readable, window: Sequence[Sentence]
) -> Question[Confirmation]:
    """A second look that reads no less than any that the window can lead to."""
    text = article.article.text
    words = max((show(s.span.of(text)).text for s in window), key=len)
    around = max((_surroundings(article, s.span) for s in window), key=len)
    values = {"first": around, "first_words": words, "second": around, "second_words": words}
    return Question(prompt, values, Confirmation)


def _surroundings(article: Readable, span: Span) -> str:
    numbers: Sequence[int] = [
        s.index for s in article.article.prose if s.span.contains(span) or s.span.overlaps(span)
    ]
    return article.lines(article.around(numbers[0], before=1, after=0)) if numbers else ""
