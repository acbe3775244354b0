"""Finding the cues that keep a claim short of plain fact. Cues: `data/hedges.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.claims.clauses import FINITE_TAGS, Clause, is_numbering
from factcheck.claims.impersonal import is_impersonal
from factcheck.claims.wordlists import HedgeCues, hedge_cues, reporting_verbs, words
from factcheck.records import HedgeKind

if TYPE_CHECKING:
    from spacy.tokens import Token


_SUBJECT_POS = frozenset({"DET", "PRON", "PROPN", "NOUN"})


@dataclass(frozen=True, order=True)
class Cue:
    """A hedge by its tokens."""

    start: int
    """First token."""
    end: int
    """One past the last token."""
    kind: HedgeKind
    """What it does."""


def find_hedges(clause: Clause) -> list[Cue]:
    """The hedges that hold for a clause, in order of the text, one a place and kind."""
    tokens = sorted(clause.stated, key=lambda token: token.i)
    found = {cue for cues in hedge_cues() for cue in _matches(cues, tokens)}
    found |= {*_headline_plan(clause), *_inverted_condition(clause)}
    found |= {cue for token in clause.cues for cue in _reporting_hedge(token)}
    return sorted(_without_inner(found))


def _headline_plan(clause: Clause) -> Iterator[Cue]:
    """'Plant to open in May': an infinitive as the main verb, as headlines write a plan."""
    if any(token.tag_ in FINITE_TAGS | {"MD"} for token in clause.stated):
        return
    first = next((token for token in clause.stated if token.tag_ == "TO"), None)
    if first is not None and first.i > clause.start:
        yield Cue(first.i, first.i + 1, "planned")


def _inverted_condition(clause: Clause) -> Iterator[Cue]:
    """'Had the city wished to pay, …': a condition without 'if'."""
    first, second = clause.doc[clause.start], clause.doc[min(clause.start + 1, clause.end - 1)]
    inverted = first.lower_ in {"had", "were", "should"} and second.pos_ in _SUBJECT_POS
    if inverted and any(token.text == "," for token in clause.tokens):
        yield Cue(first.i, first.i + 1, "conditional")


def _matches(cues: HedgeCues, tokens: Sequence[Token]) -> Iterator[Cue]:
    lowered = [_normal(token) for token in tokens]
    for at, token in enumerate(tokens):
        excepted = any(_stands_at(lowered, at, phrase, tokens) for phrase in cues.exceptions)
        if excepted or is_numbering(token) or (cues.kind == "planned" and _is_denied(token)):
            continue
        modal = token.tag_ == "MD" and lowered[at] in cues.modals
        if modal or lowered[at] in cues.words or _lemma(token) in cues.words:
            yield Cue(token.i, token.i + 1, cues.kind)
        for phrase in cues.phrases:
            if _stands_at(lowered, at, phrase, tokens):
                yield Cue(token.i, token.i + len(phrase), cues.kind)
        for phrase in cues.before_verbs:
            after = at + len(phrase)
            verb = after < len(tokens) and tokens[after].pos_ in {"VERB", "AUX"}
            if verb and _stands_at(lowered, at, phrase, tokens):
                yield Cue(token.i, token.i + len(phrase), cues.kind)


def _is_denied(token: Token) -> bool:
    """'It has no plan': what there is not hedges nothing."""
    return token.pos_ == "NOUN" and any(child.lower_ == "no" for child in token.lefts)


def _normal(token: Token) -> str:
    """The word in lower case; a contracted 'n't' counts as 'not'."""
    return "not" if token.lower_ == "n't" else str(token.lower_)


def _lemma(token: Token) -> str:
    return str(token.lemma_.casefold()) if token.pos_ in {"VERB", "NOUN"} else ""


def _stands_at(
    lowered: Sequence[str], at: int, phrase: tuple[str, ...], tokens: Sequence[Token]
) -> bool:
    end = at + len(phrase)
    if tuple(lowered[at:end]) != phrase:
        return False
    return tokens[end - 1].i - tokens[at].i == len(phrase) - 1


def _reporting_hedge(token: Token) -> Iterator[Cue]:
    verb = reporting_verbs().get(token.lemma_.casefold())
    if verb is not None and verb.hedge is not None:
        yield Cue(token.i, token.i + 1, verb.hedge)
    elif token.lemma_.casefold() in words("clauses", "hearsay") and is_impersonal(token):
        yield Cue(token.i, token.i + 1, "alleged")


def _without_inner(found: set[Cue]) -> Iterator[Cue]:
    """The cues that do not lie within a longer cue of the same kind."""
    for cue in found:
        if not any(
            other != cue
            and other.kind == cue.kind
            and other.start <= cue.start
            and cue.end <= other.end
            for other in found
        ):
            yield cue
