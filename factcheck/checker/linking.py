"""What belongs together: a flag and its claim, a claim and the passages its flags rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from factcheck.records import Article, Claim, Evidence, Flag, Quotation, content_id


def on_claim(flag: Flag, claims: Sequence[Claim]) -> Flag:
    """The flag with the id of the claim it stands on: the tightest that holds its words."""
    if flag.claim_id is not None:
        return flag
    place = flag.quotation.span
    holders = [c for c in claims if c.checkable and c.span.overlaps(place)]
    if not holders:
        return flag
    tightest = min(
        holders,
        key=lambda c: (not c.span.contains(place), c.kind != "fact", c.span.end - c.span.start),
    )
    return replace(flag, claim_id=tightest.id)


def with_conflicts(
    article: Article,
    evidence: tuple[Evidence, ...],
    flags: Iterable[Flag],
    references: Mapping[str, Sequence[Evidence]],
) -> tuple[Evidence, ...]:
    """The passages, and for each flag whose conflicting words none of them holds, one that does."""
    held = list(evidence)
    for flag in flags:
        conflict = flag.conflict
        if conflict is None or any(item.quotation.covers(conflict) for item in held):
            continue
        if conflict.origin == "context":
            held.append(_own_sentence(article, conflict))
        else:
            everywhere = (item for passages in references.values() for item in passages)
            held += [item for item in everywhere if item.quotation.covers(conflict)][:1]
    return tuple(held)


def _own_sentence(article: Article, words: Quotation) -> Evidence:
    """The sentence of the article that holds `words`, as evidence."""
    span = next((s.span for s in article.sentences if s.span.contains(words.span)), words.span)
    return Evidence(
        id=content_id("evidence", "context", article.id, span),
        quotation=article.quote(span),
        title=article.headline.of(article.text) if article.headline else "",
        date=article.date,
    )
