"""What the tests of the chains share: articles, evidence, and callers of scripted models."""

from __future__ import annotations

from collections.abc import Callable

from factcheck.articles import parse_article
from factcheck.llm.budget import Budget
from factcheck.llm.cache import Cache
from factcheck.llm.calling import Caller
from factcheck.llm.models import OpenModel, open_model
from factcheck.llm.prompts import Prompt, load_prompt
from factcheck.llm.providers import ModelName, parse_model
from factcheck.llm.scripted import Reply, ScriptedChat
from factcheck.llm.windows import Readable
from factcheck.records import Article, Claim, Evidence, Quotation, Span, content_id

TEXT = (
    "Harbour wall rebuilt\n\n"
    "The council of Port Ellery rebuilt its harbour wall in 2021. The work cost 4 million euros. "
    "Mayor Ada Finch said it had taken nine months. Nobody had rebuilt the wall before 2022."
)
PASSAGE = "The harbour wall of Port Ellery was not rebuilt in 2021, the council said."


def article(text: str = TEXT) -> Article:
    return parse_article(text)


def readable(text: str = TEXT) -> Readable:
    return Readable(article(text))


def claim_on(read: Article, words: str, restated: str | None = None) -> Claim:
    start = read.text.index(words)
    span = Span(start, start + len(words))
    sentence = next(s.index for s in read.sentences if s.span.contains(span))
    name = content_id("claim", read.id, span.start, span.end, "fact")
    return Claim(name, sentence, span, words, "fact", restated)


def passage(text: str = PASSAGE, name: str = "wall", start: int = 0) -> Evidence:
    quotation = Quotation("corpus", name, Span(start, start + len(text)), text)
    return Evidence(f"evidence-{name}", quotation, name, "Port Ellery council", "2022-01-01")


def scripted(
    reply: Callable[[str, str], Reply],
    *,
    budget: Budget | None = None,
    cache: Cache | None = None,
    retries: int = 2,
    concurrency: int = 4,
    dry: bool = False,
) -> tuple[Caller, ScriptedChat]:
    """A caller of a scripted model that waits for nothing, and the model."""
    chat = ScriptedChat(reply=reply)
    opened = OpenModel(ModelName("scripted", "script"), chat, "json_schema", {"max_tokens": 500})
    caller = Caller(
        opened,
        cache or Cache(None),
        budget,
        retries=retries,
        concurrency=concurrency,
        dry=dry,
        wait=lambda seconds: None,
    )
    return caller, chat


def over_http(
    base_url: str,
    *,
    max_tokens: int = 200,
    timeout: float = 120.0,
    cache: Cache | None = None,
    retries: int = 0,
    key: str = "",
) -> Caller:
    """A caller that asks a server through LangChain's OpenAI client."""
    environment = {"FACTCHECK_LLM_KEY": key} if key else {}
    name = parse_model("openai:smollm2", base_url)
    opened = open_model(name, environment, max_tokens=max_tokens, timeout=timeout)
    return Caller(opened, cache or Cache(None), retries=retries, wait=lambda seconds: None)


def prompt(job: str) -> Prompt:
    return load_prompt(job)
