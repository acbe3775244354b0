"""What a model may answer to each prompt: strict forms, every field required, nothing besides."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from factcheck.records import ClaimKind, HedgeKind, Label

Certainty = Literal["certain", "very_likely", "likely", "unsure"]
PairType = Literal[
    "role_reversal",
    "number",
    "date",
    "negation",
    "entity",
    "quote",
    "attribution",
    "headline",
    "cause",
    "contradiction",
]
Percent = Annotated[int, Field(ge=0, le=100)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Quoted(_Form):
    """A quotation within a sentence."""

    words: str
    source: str


class ExtractedClaim(_Form):
    """One claim of a sentence."""

    words: str
    kind: ClaimKind
    speaker: str
    hedge: str
    hedge_kind: HedgeKind | Literal["none"]
    time: str
    place: str
    quotations: list[Quoted]


class Extraction(_Form):
    """Answer to `extract`."""

    claims: list[ExtractedClaim]


class Restatement(_Form):
    """Answer to `restate`."""

    sentence: str
    open: list[str]


class Cited(_Form):
    """Words of a numbered passage that decide a claim."""

    passage: int
    words: str
    bears: Literal["supports", "contradicts"]


class Judged(_Form):
    """Answer to `judge`."""

    reason: str
    verdict: Label
    certainty: Certainty
    probability: Percent
    quotations: list[Cited]
    missing: str


class Pair(_Form):
    """Two sentences that cannot both be true."""

    first: int
    first_words: str
    second: int
    second_words: str
    type: PairType
    why: str


class Contradictions(_Form):
    """Answer to `consistency`."""

    pairs: list[Pair]


class Confirmation(_Form):
    """Answer to `confirm`."""

    way: str
    both_can_be_true: bool
    probability: Percent


class Reviewed(_Form):
    """Answer to `review`."""

    reason: str
    verdict: Literal["real", "mistaken", "unsure"]
