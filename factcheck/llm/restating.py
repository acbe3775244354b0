"""The chain *restate*: a claim as a sentence that stands alone, with nothing added to it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.llm.answers import Restatement
from factcheck.llm.calling import Caller
from factcheck.llm.injection import addresses_model
from factcheck.llm.prompts import Prompt
from factcheck.llm.questions import Question
from factcheck.llm.shown import show
from factcheck.llm.windows import NOTHING, Readable, tidy
from factcheck.records import Claim
from factcheck.text.dates import Anchor, dates

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DAYS_NEAR = 7
"""Days from an article's date to one that it can name by its weekday."""
_SPELLED = frozenset(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
    thousand million billion trillion dozen half quarter third first second once twice both
    """.split()
)
_OPENERS = frozenset(
    """
    a an the this that these those it he she they there in on at by for from of to with within
    under over after before during since when while as if although because according no not some
    many most all both each every several such its his her their
    """.split()
)
"""Words that may open a sentence with a capital and name nobody."""


@dataclass(frozen=True, slots=True)
class Restated:
    """What became of one claim."""

    text: str | None
    """The restatement; None where there is no safe one."""
    ambiguous: tuple[str, ...] = ()
    """What keeps it from standing alone, by the model's account."""


def restate(
    caller: Caller, prompt: Prompt, article: Readable, claims: Sequence[Claim]
) -> dict[str, Restated]:
    """Restatements by claim id; claims whose question failed are not in it.

    A restatement with a name or a number that the article does not have is rejected and counted.

    Raises:
        ModelError: the model cannot be asked at all.
    """
    answers = caller.ask([_question(prompt, article, claim) for claim in claims])
    known = frozenset(_words(article.article.text))
    date = article.article.date
    return {
        claim.id: _restated(caller, known, date, answer.data)
        for claim, answer in zip(claims, answers, strict=True)
        if answer.data is not None
    }


def _question(prompt: Prompt, article: Readable, claim: Claim) -> Question[Restatement]:
    text = article.article
    headline = text.headline.of(text.text) if text.headline else ""
    values = {
        "headline": NOTHING if addresses_model(headline) else show(headline).text or NOTHING,
        "date": text.date or NOTHING,
        "context": article.lines(article.around(claim.sentence, before=4, after=1)),
        "claim": show(claim.text).text,
    }
    return Question(prompt, values, Restatement)


def _restated(
    caller: Caller, known: frozenset[str], date: str | None, said: Restatement
) -> Restated:
    open_points = tuple(tidy(point, 200) for point in said.open if point.strip())
    sentence = tidy(said.sentence, 1_000)
    if not sentence:
        return Restated(None, open_points)
    if next(added(_without_days_near(date, sentence), known), None) is not None:
        caller.ledger.drop("restatement with a name or number that the article does not have")
        return Restated(None, open_points)
    return Restated(sentence, open_points)


def _without_days_near(date: str | None, sentence: str) -> str:
    """The sentence without dates that 'on Tuesday' in an article of that ISO date can stand for."""
    if date is None:
        return sentence
    of_article = dt.date.fromisoformat(date)
    for when in reversed(dates(sentence, Anchor(of_article))):
        if when.precision == "day" and when.first:
            apart = abs((when.first - of_article).days)
            if apart <= _DAYS_NEAR:
                sentence = sentence[: when.span.start] + sentence[when.span.end :]
    return sentence


def added(sentence: str, known: frozenset[str]) -> Iterator[str]:
    """Names and numbers of `sentence` that are not among the `known` words, folded to lower case.

    Numbers count in digits and in words. A capital at the beginning of the sentence makes a name
    only if the word is none that usually stands there.
    """
    for match in _TOKEN.finditer(sentence):
        word = match.group()
        folded = _folded(word)
        if folded in known:
            continue
        is_name = word[0].isupper() and not (match.start() == 0 and folded in _OPENERS)
        if word[0].isdigit() or is_name or folded in _SPELLED:
            yield word


def _words(text: str) -> Iterator[str]:
    for match in _TOKEN.finditer(show(text).text):
        yield _folded(match.group())


def _folded(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.casefold())
