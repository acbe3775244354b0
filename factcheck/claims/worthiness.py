"""How much a fact-checker would want a claim checked, and why.

The factors follow Hassan et al. (2017), "Toward Automated Fact-Checking: Detecting Check-worthy
Factual Claims by ClaimBuster": numbers, dates, named actors and what they did make a claim worth
checking; vague words make it less so. The weights are set by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.claims.clauses import Clause
from factcheck.claims.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

UNCHECKABLE_WORTH = 0.05
"""What a claim that cannot be checked is worth checking."""
_BASE = 0.3
_NAMED = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT"})
_TIMES = frozenset({"DATE", "TIME"})
_STATES = frozenset({"be", "have", "seem", "remain", "appear", "feel", "stay", "become"})


@dataclass(frozen=True)
class _Factor:
    """One thing that makes a claim more or less worth checking."""

    weight: float
    says: str


def worth_of(clause: Clause) -> tuple[float, str]:
    """Check-worthiness, 0 to 1, and the reason in one sentence."""
    tokens = sorted(clause.stated, key=lambda token: token.i)
    factors = [*_raising(clause, tokens), *_lowering(clause, tokens)]
    score = _BASE + sum(factor.weight for factor in factors)
    return round(min(1.0, max(0.1, score)), 2), _reason(factors)


def _raising(clause: Clause, tokens: list[Token]) -> Iterator[_Factor]:
    times = [token for token in tokens if token.ent_type_ in _TIMES]
    numbers = [token for token in tokens if _counts(token) and token not in times]
    named = _names(tokens)
    if numbers:
        shown = " ".join(number.text for number in numbers[:1])
        yield _Factor(0.25, f"gives a number ({shown})")
    if times:
        yield _Factor(0.1, f"gives a date or time ({_entity_text(times)})")
    if named:
        yield _Factor(min(0.2, 0.1 * len(named)), f"names {_listed(named)}")
    if clause.head.pos_ == "VERB" and clause.head.lemma_ not in _STATES:
        yield _Factor(0.15, f"tells of an action ('{clause.head.text}')")


def _counts(token: Token) -> bool:
    """Whether a word is a figure; the 'one' of 'no one' or 'the first one' is none."""
    return token.tag_ == "CD" and (token.text[:1].isdigit() or token.dep_ in {"nummod", "compound"})


def _lowering(clause: Clause, tokens: list[Token]) -> Iterator[_Factor]:
    vague = [token.lower_ for token in tokens if token.lower_ in words("clauses", "vague")]
    if vague:
        yield _Factor(-0.08 * min(len(vague), 2), f"is vague ('{vague[0]}')")
    if len(tokens) < 5:
        yield _Factor(-0.1, "is very short")
    if clause.kind == "statement":
        yield _Factor(-0.05, "is about what was said")


def _names(tokens: list[Token]) -> list[str]:
    """The names among the tokens, each once."""
    found: list[str] = []
    for token in tokens:
        if token.ent_type_ in _NAMED and token.ent_iob_ == "B":
            whole = next(ent for ent in token.doc.ents if ent.start <= token.i < ent.end)
            found.append(whole.text.removesuffix("'s"))
    return list(dict.fromkeys(found))


def _entity_text(times: list[Token]) -> str:
    first = times[0]
    whole = next(ent for ent in first.doc.ents if ent.start <= first.i < ent.end)
    return whole.text


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return names[0]
    return f"{', '.join(names[:2])} and others" if len(names) > 2 else " and ".join(names)


def _reason(factors: list[_Factor]) -> str:
    for_it = [factor.says for factor in factors if factor.weight > 0]
    against = [factor.says for factor in factors if factor.weight < 0]
    if not for_it and not against:
        return "It states a fact in general terms."
    if not for_it:
        return f"It {_and(against)}."
    return f"It {_and(for_it)}" + (f", but {_and(against)}." if against else ".")


def _and(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
