"""How well claims are taken out of articles.

- Coverage: gold claims on whose words an extracted claim stands that has at least 60% of the
  gold claim's content words. Gold claims are a choice, so there is no precision.
- Atomicity: claims with one finite clause, or two where the claim is that somebody said something.
- Faithfulness: restatements all of whose content words stand in the article: nothing is added.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from factcheck.evaluation.claimchecks import shared_parser
from factcheck.evaluation.intervals import mean
from factcheck.evaluation.twins import GoldClaim, Twins
from factcheck.records import Article, Claim

if TYPE_CHECKING:
    from spacy.tokens import Token

COVERED = 0.6
"""Share of a gold claim's content words that makes it covered."""
_CLAUSES = frozenset({"ROOT", "conj", "ccomp", "advcl", "relcl", "parataxis", "csubj"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def row_of(twins: Twins) -> dict[str, Any]:
    """What is extracted from the flawed article, beside its gold claims."""
    from factcheck.articles import parse_article
    from factcheck.claims import extract_claims

    began = time.perf_counter()
    article = parse_article(twins.flawed, source=twins.id)
    parsed = tuple(shared_parser().parse(article.text, [s.span for s in article.prose]))
    claims = extract_claims(article, parsed)
    return {
        "id": twins.id,
        "gold": [_covered(item, claims) for item in twins.claims],
        "claims": [_described(claim, article) for claim in claims],
        "seconds": round(time.perf_counter() - began, 3),
    }


def measure(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Figures over the rows, with intervals from redrawing articles."""
    gold = [(row["id"], item) for row in rows for item in row["gold"]]
    claims = [(row["id"], claim) for row in rows for claim in row["claims"]]
    restated = [(name, claim) for name, claim in claims if claim["restated"]]
    return {
        "articles": len(rows),
        "gold_claims": len(gold),
        "coverage": _mean([(name, item["share"] >= COVERED) for name, item in gold]),
        "words_covered": _mean([(name, item["share"]) for name, item in gold]),
        "claims_extracted": len(claims),
        "checkable": _mean([(name, claim["checkable"]) for name, claim in claims]),
        "atomic": _mean([(name, is_atomic(claim)) for name, claim in claims]),
        "restated": _mean([(name, bool(claim["restated"])) for name, claim in claims]),
        "adds_nothing": _mean([(name, not claim["added"]) for name, claim in restated]),
        "milliseconds_per_article": round(
            1000 * sum(row["seconds"] for row in rows) / len(rows), 1
        ),
    }


def is_atomic(claim: Mapping[str, Any]) -> bool:
    """Whether a described claim says one thing, or that somebody said one thing."""
    return bool(claim["clauses"] <= (2 if claim["kind"] == "statement" else 1))


def clauses(text: str) -> int:
    """Finite clauses in a text."""
    return sum(
        token.dep_ in _CLAUSES and _is_finite(token)
        for sentence in shared_parser().parse_text(text)
        for token in sentence.doc
    )


def _covered(item: GoldClaim, claims: Sequence[Claim]) -> dict[str, Any]:
    shares = [
        (_share(item.claim, claim.standalone), claim.standalone)
        for claim in claims
        if claim.span.overlaps(item.span)
    ]
    share, by = max(shares, default=(0.0, ""))
    return {"claim": item.claim, "quote": item.quote, "share": round(share, 3), "by": by}


def _share(gold: str, claim: str) -> float:
    from factcheck.evidence.lexical import tokens

    wanted, have = set(tokens(gold)), set(tokens(claim))
    return len(wanted & have) / len(wanted) if wanted else 0.0


def _described(claim: Claim, article: Article) -> dict[str, Any]:
    from factcheck.evidence.lexical import tokens

    known = set(tokens(article.text))
    added = [word for word in tokens(claim.restated or "") if word not in known]
    return {
        "text": claim.text,
        "restated": claim.restated,
        "kind": claim.kind,
        "checkable": claim.checkable,
        "clauses": clauses(claim.standalone),
        "added": list(dict.fromkeys(added)),
    }


def _is_finite(token: Token) -> bool:
    """Whether a verb is finite, by its own form or by an auxiliary's."""
    if token.pos_ not in {"VERB", "AUX"}:
        return False
    helpers = (child for child in token.children if child.dep_ in {"aux", "auxpass"})
    return token.tag_ in _FINITE or any(helper.tag_ in _FINITE for helper in helpers)


def _mean(values: Sequence[tuple[str, float]]) -> dict[str, float | None]:
    return mean([value for _, value in values], [name for name, _ in values]).as_data()
