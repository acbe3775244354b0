"""The values that pass from stage to stage: frozen, typed, and free of behaviour of their own.

Offsets are Unicode code points into the text as read, start inclusive, end exclusive. For every
span that anything prints, `text[start:end] == quote` holds; `Article.quote` makes a quotation for
which it does.

Ids are content hashes (`content_id`), so a second run over the same input has the same ids.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar, Literal, TypeAlias, get_args

SCHEMA_VERSION = "1.1"

SentenceRole: TypeAlias = Literal["headline", "byline", "dateline", "body", "furniture"]
HedgeKind: TypeAlias = Literal[
    "denied", "feared", "possible", "planned", "alleged", "suggested", "conditional", "negated"
]
ClaimKind: TypeAlias = Literal["fact", "statement"]
Origin: TypeAlias = Literal["context", "corpus"]
Label: TypeAlias = Literal["supported", "refuted", "conflicting", "not_enough_evidence"]
Status: TypeAlias = Literal["checked", "not_checkable", "error"]
Severity: TypeAlias = Literal["high", "medium", "low", "note"]
FlagType: TypeAlias = Literal[
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
    "unsupported",
    "furniture",
]

LABELS: tuple[Label, ...] = get_args(Label)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
FLAG_TYPES: tuple[FlagType, ...] = get_args(FlagType)


def content_id(prefix: str, *parts: object) -> str:
    """A short id that depends on nothing but its parts: `prefix-` and 12 hex digits of SHA-256."""
    joined = "\x1f".join(str(part) for part in parts)
    return f"{prefix}-{hashlib.sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


class Documented:
    """Base of the records, for pydantic: finite numbers only, docstrings as descriptions."""

    __slots__ = ()
    __pydantic_config__: ClassVar = {"use_attribute_docstrings": True, "allow_inf_nan": False}


@dataclass(frozen=True, slots=True, order=True)
class Span(Documented):
    """A stretch of a text, in Unicode code points."""

    start: int
    """First code point, counted from 0."""
    end: int
    """One past the last code point."""

    def of(self, text: str) -> str:
        """The words of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> Span:
        """The same span, `by` code points further on."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Quotation(Documented):
    """Exact words and where they stand."""

    origin: Origin
    """`context`: the article itself; `corpus`: a reference document."""
    source_id: str
    """The article's id, or the reference document's."""
    span: Span
    """Where the words stand in the text of that source."""
    text: str
    """The words, exactly as they stand there."""

    def part(self, span: Span) -> Quotation:
        """Some of these words: those at `span`, which is counted within them."""
        shifted = span.shifted(self.span.start)
        return Quotation(self.origin, self.source_id, shifted, span.of(self.text))

    def covers(self, other: Quotation) -> bool:
        """Whether `other` quotes the same source from within these words."""
        return self.source_id == other.source_id and self.span.contains(other.span)


@dataclass(frozen=True, slots=True)
class Sentence(Documented):
    """One sentence of the article, or one line of page furniture."""

    index: int
    """Position among the article's sentences, counted from 0."""
    paragraph: int
    """Number of its paragraph (a block between blank lines, or a line where there are none)."""
    span: Span
    """Where it stands in the article's text."""
    text: str
    """Its words, exactly."""
    role: SentenceRole
    """What part of the page it is; only `headline` and `body` yield claims."""


@dataclass(frozen=True, slots=True)
class Article(Documented):
    """A text as it was read, with its parts recognised and nothing that shows taken out of it."""

    id: str
    """Content hash of the text."""
    source: str
    """Where it was read from: a path, or `-` for standard input."""
    text: str
    """The whole text as read, line ends included, without a byte order mark and the `unseen`."""
    sentences: tuple[Sentence, ...]
    """In order of the text; furniture, byline and dateline are among them, marked by role."""
    headline: Span | None = None
    """The headline, where one is recognised."""
    byline: Span | None = None
    """The line that names the writer, where there is one."""
    place: str | None = None
    """Place of the dateline ('MOSCOW, Dec 15' gives 'MOSCOW')."""
    date: str | None = None
    """The article's own date, ISO 8601 (YYYY-MM-DD), from its dateline or from the caller."""
    language: str = "en"
    """Language as recognised, ISO 639-1; `und` where it could not be told."""
    encoding: str = "utf-8"
    """How the bytes were decoded."""
    unseen: int = 0
    """Characters that show nothing and were left out of the text: soft hyphens, zero-width spaces,
    direction marks, tags."""

    @property
    def furniture(self) -> tuple[Span, ...]:
        """Spans of page furniture, in order."""
        return tuple(s.span for s in self.sentences if s.role == "furniture")

    @property
    def prose(self) -> tuple[Sentence, ...]:
        """The sentences that can make claims: headline and body."""
        return tuple(s for s in self.sentences if s.role in {"headline", "body"})

    def quote(self, span: Span) -> Quotation:
        """The article's own words at `span`."""
        return Quotation("context", self.id, span, span.of(self.text))


@dataclass(frozen=True, slots=True)
class Hedge(Documented):
    """A cue that keeps a statement short of plain fact; kept as data, never dropped."""

    kind: HedgeKind
    """What it does: a denial, a fear, a possibility, a plan, an allegation and so on."""
    cue: Quotation
    """The word or words that do it."""


@dataclass(frozen=True, slots=True)
class Claim(Documented):
    """One checkable (or explicitly not checkable) statement of the article."""

    id: str
    """Content hash of the article's id, the span and the kind."""
    sentence: int
    """Index of the sentence it stands in."""
    span: Span
    """Where it stands in the article."""
    text: str
    """Its words there, exactly."""
    kind: ClaimKind
    """`fact`: what is so; `statement`: that somebody said it (both are made of 'A said that B')."""
    restated: str | None
    """The claim as a sentence that stands alone; None where no safe restatement is to be had."""
    speaker: str | None = None
    """Who is reported as saying it; None for the article's own voice."""
    hedges: tuple[Hedge, ...] = ()
    """Denials, fears, possibilities and the like that hold for it, in order of the text."""
    time: Quotation | None = None
    """Words of its sentence that say when; None where nobody picked them out."""
    place: Quotation | None = None
    """Words of its sentence that say where; None where nobody picked them out."""
    ambiguous: tuple[str, ...] = ()
    """What keeps it from standing alone, one plain sentence each ('He' may be Xi or Putin)."""
    checkable: bool = True
    """Whether it can be checked against evidence at all."""
    reason: str = ""
    """Why it is worth checking, or why it cannot be checked, in one sentence."""
    worth: float = 0.5
    """Check-worthiness, 0 to 1: how much a fact-checker would want it checked."""

    @property
    def standalone(self) -> str:
        """The restatement where there is one, else the raw words."""
        return self.restated or self.text


@dataclass(frozen=True, slots=True)
class Evidence(Documented):
    """A quoted passage that may bear on a claim, and where it is from."""

    id: str
    """Content hash of its origin, document and span."""
    quotation: Quotation
    """The passage: an exact slice of its document."""
    title: str
    """Title of the document, or the article's headline."""
    publisher: str = ""
    """Who stands behind the document; empty for the article itself."""
    date: str | None = None
    """Date of the document, ISO 8601."""
    url: str | None = None
    """Where it can be read, if anywhere."""
    score: float = 0.0
    """Reciprocal rank fusion score; higher is nearer. Comparable within one claim only."""


@dataclass(frozen=True, slots=True)
class Verdict(Documented):
    """What was decided about one claim, by whom and on what grounds."""

    claim_id: str
    """The claim decided on."""
    status: Status
    """`checked`; `not_checkable` (opinion, question, prediction); `error` (a decider failed)."""
    label: Label | None
    """One of AVeriTeC's four; None unless `status` is `checked`."""
    probability: float | None
    """0 to 1, of the label; None where nobody could give one.

    Calibrated where a model decided, an order of kinds of findings where a check did.
    """
    decided_by: str
    """`verifier`, `check:roles`, `llm:…`, or `none` where nothing could decide."""
    evidence: tuple[str, ...] = ()
    """Ids of the passages that decided, most telling first."""
    explanation: str = ""
    """One plain sentence of why; empty where nothing decided and `missing` says it all."""
    missing: str = ""
    """For `not_enough_evidence`: what evidence would settle it."""


@dataclass(frozen=True, slots=True)
class Flag(Documented):
    """One inconsistency that a reviewer should look at."""

    id: str
    """Content hash of the type and both spans."""
    type: FlagType
    """What kind of thing is wrong."""
    severity: Severity
    """`high`: says something false; `medium`: probably wrong; `low`: unclear; `note`: form."""
    quotation: Quotation
    """The words of the article that are in question."""
    conflict: Quotation | None
    """The words that they conflict with; None for a defect of form that needs no second place."""
    explanation: str
    """One plain sentence of why."""
    confidence: float
    """0 to 1: how sure the check is that this is a real defect."""
    check: str
    """Name of the check that raised it."""
    correction: str | None = None
    """Words to put in place of `quotation.text`, where there is an evident fix."""
    claim_id: str | None = None
    """The claim that the words belong to, where there is one."""


@dataclass(frozen=True, slots=True)
class LeftOut(Documented):
    """A word of a claim, and what the entailment model says of the claim without it."""

    span: Span
    """Where it stands in the claim as it was read: `Claim.restated`, or `Claim.text` where there
    is no restatement."""
    text: str
    """The word, exactly as it stands there."""
    probability: float
    """0 to 1: what `Occlusion.probability` becomes when the word is left out."""


@dataclass(frozen=True, slots=True)
class Occlusion(Documented):
    """What an entailment model's answer on a claim hangs on, found by leaving parts out."""

    verifier: str
    """The model that was asked: its name and digest, as in `Run.models`."""
    sentence: Quotation
    """The sentence of the evidence that weighs most: which, read alone, decides most."""
    stance: Literal["supported", "refuted"]
    """Which probability is explained: of the verdict where it is one of these, else `refuted` for
    `conflicting` and `supported` for `not_enough_evidence`."""
    probability: float
    """0 to 1: that probability, with the whole claim, read against the passage of the sentence."""
    words: tuple[LeftOut, ...]
    """Words of the claim that change it most when left out, the heaviest first; none where no
    single word does."""
    pairs: int
    """Pairs of evidence and claim that the model read for this."""


@dataclass(frozen=True, slots=True)
class CheckedClaim(Documented):
    """A claim with everything that was found about it."""

    claim: Claim
    """The claim."""
    evidence: tuple[Evidence, ...]
    """Passages looked at, nearest first."""
    verdict: Verdict
    """What was decided."""
    occlusion: Occlusion | None = None
    """Why an entailment model reads it so; only where an explanation was asked for."""


@dataclass(frozen=True, slots=True)
class Tool(Documented):
    """The program that wrote a report."""

    name: str
    """Always `factcheck`."""
    version: str
    """Its version."""


@dataclass(frozen=True, slots=True)
class Run(Documented):
    """All that is needed to get the same report again."""

    settings: dict[str, str | int | float | bool | None]
    """Effective settings of the run."""
    models: dict[str, str]
    """Name of each model used, with its digest."""
    prompts: dict[str, str]
    """Name of each prompt used, with its digest; empty without an LLM."""
    corpus: dict[str, str | int | None]
    """The reference store: name, digest, number of documents and passages."""
    packages: dict[str, str]
    """Versions of the libraries that can change a result."""
    started: str
    """Start of the run, ISO 8601 with offset."""
    timings: dict[str, float]
    """Wall time of each stage in seconds. Within the stages: `checks.NAME` is what a model's check
    took, `llm.CHAIN` what was waited for a chat model's answers to the questions of one chain."""
    usage: dict[str, str | int | float | None] = field(default_factory=dict)
    """What asking the chat model came to: calls, tokens, cost, answers dropped and failed. Like
    `timings` it differs between runs, for a second one is answered from the cache."""


@dataclass(frozen=True, slots=True)
class Summary(Documented):
    """The counts an editor reads first."""

    claims: int
    """All claims found."""
    checkable: int
    """Those that can be checked."""
    verdicts: dict[str, int]
    """Number of claims by label, and by status for those without one."""
    flags: dict[str, int]
    """Number of flags by severity."""
    withheld_references: int = 0
    """References not used because they are later than `--as-of`."""


@dataclass(frozen=True, slots=True)
class Report(Documented):
    """Everything one run found."""

    schema_version: str
    """Version of this form; the first number changes when a reader must change."""
    tool: Tool
    """What wrote it."""
    run: Run
    """How it came about."""
    article: Article
    """The article as read."""
    claims: tuple[CheckedClaim, ...]
    """One a claim, in order of the text."""
    flags: tuple[Flag, ...]
    """Most severe first, then most confident, then in order of the text."""
    summary: Summary
    """Counts."""
    warnings: tuple[str, ...] = field(default_factory=tuple)
    """What a reader should know about the run, one plain sentence each."""


def order_flags(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """The flags most severe first, then most confident, then in order of the text."""
    return tuple(
        sorted(
            flags,
            key=lambda flag: (
                SEVERITIES.index(flag.severity),
                -flag.confidence,
                flag.quotation.span,
                flag.id,
            ),
        )
    )
