"""The chain *extract*: the claims of each sentence, in the sentence's own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factcheck.llm.answers import ExtractedClaim, Extraction
from factcheck.llm.calling import Caller
from factcheck.llm.prompts import Prompt
from factcheck.llm.questions import Question
from factcheck.llm.shown import Shown
from factcheck.llm.windows import NOTHING, Readable, tidy
from factcheck.records import Article, Claim, Hedge, Quotation, Sentence, content_id

MAX_PER_SENTENCE = 6
"""A sentence yields no more claims than this."""
_WORTH = 0.6
"""Check-worthiness of a claim that only the model found; it gives no figure of its own."""


def extract(
    caller: Caller, prompt: Prompt, article: Readable, sentences: Sequence[Sentence]
) -> dict[int, list[Claim]]:
    """The claims of each sentence, by its index; sentences whose question failed are not in it.

    Raises:
        ModelError: the model cannot be asked at all.
    """
    answers = caller.ask([_question(prompt, article, sentence) for sentence in sentences])
    return {
        sentence.index: list(_claims(caller, article, sentence, answer.data))
        for sentence, answer in zip(sentences, answers, strict=True)
        if answer.data is not None
    }


def _question(prompt: Prompt, article: Readable, sentence: Sentence) -> Question[Extraction]:
    around = article.around(sentence.index, before=2, after=1)
    before = [s for s in around if s.index < sentence.index]
    after = [s for s in around if s.index > sentence.index]
    own = article.sentence(sentence.index)
    values = {
        "before": article.lines(before),
        "sentence": own.text if own else NOTHING,
        "after": article.lines(after),
    }
    return Question(prompt, values, Extraction)


def _claims(
    caller: Caller, article: Readable, sentence: Sentence, said: Extraction
) -> Iterator[Claim]:
    shown = article.sentence(sentence.index)
    if shown is None:
        return
    for _ in said.claims[MAX_PER_SENTENCE:]:
        caller.ledger.drop("claim beyond six of one sentence")
    seen: set[str] = set()
    for found in said.claims[:MAX_PER_SENTENCE]:
        claim = _claim(caller, article.article, sentence, shown, found)
        if claim and claim.id not in seen:
            seen.add(claim.id)
            yield claim


def _claim(
    caller: Caller, article: Article, sentence: Sentence, shown: Shown, found: ExtractedClaim
) -> Claim | None:
    span = shown.find(found.words)
    if span is None:
        caller.ledger.drop("claim whose words do not stand in its sentence")
        return None
    for quotation in found.quotations:
        if shown.find(quotation.words) is None:
            caller.ledger.drop("quotation that does not stand in its sentence")
        elif not _named(article, quotation.source):
            caller.ledger.drop("source of a quotation whom the article does not name")
    return Claim(
        id=content_id("claim", article.id, span.start, span.end, found.kind),
        sentence=sentence.index,
        span=span,
        text=span.of(article.text),
        kind=found.kind,
        restated=None,
        speaker=_speaker(caller, article, found),
        hedges=_hedges(caller, article, shown, found),
        time=_quoted(caller, article, shown, found.time, "time"),
        place=_quoted(caller, article, shown, found.place, "place"),
        reason="The model names it as a claim that can be checked.",
        worth=_WORTH,
    )


def _speaker(caller: Caller, article: Article, found: ExtractedClaim) -> str | None:
    """The speaker, if the article names them so."""
    named = tidy(found.speaker, 100)
    if not named:
        return None
    if not _named(article, named):
        caller.ledger.drop("speaker whom the article does not name")
        return None
    return named


def _named(article: Article, name: str) -> bool:
    return " ".join(name.split()).casefold() in " ".join(article.text.split()).casefold()


def _hedges(
    caller: Caller, article: Article, shown: Shown, found: ExtractedClaim
) -> tuple[Hedge, ...]:
    if found.hedge_kind == "none":
        return ()
    cue = _quoted(caller, article, shown, found.hedge, "hedge")
    return (Hedge(found.hedge_kind, cue),) if cue else ()


def _quoted(
    caller: Caller, article: Article, shown: Shown, words: str, what: str
) -> Quotation | None:
    """The words where they stand in the sentence; None, and counted, where they do not."""
    if not words.strip():
        return None
    span = shown.find(words)
    if span is None:
        caller.ledger.drop(f"{what} that does not stand in its sentence")
        return None
    return article.quote(span)
