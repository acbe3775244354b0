"""What every form of the report shows, put together once: excerpts, findings, sources, counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from factcheck.records import (
    SEVERITIES,
    Article,
    CheckedClaim,
    Evidence,
    Flag,
    Quotation,
    Report,
    Sentence,
    Severity,
    Span,
)
from factcheck.reports.context import NOTHING, Context
from factcheck.reports.cutting import head, shorten, tail
from factcheck.reports.grounds import deciding
from factcheck.reports.wording import (
    FLAG_WORDS,
    OUTCOME_WORDS,
    counted,
    listed,
    outcome,
    plain_date,
)

_SOURCE = "Source: "
"""What the line begins with that says where a document is from."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Quoted words with what stands around them."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where quoted words are from."""

    own: bool
    """Whether it is the article itself."""
    title: str
    publisher: str
    date: str
    """In words; empty where it is not known."""
    url: str | None
    """Only an http or https address."""

    @property
    def line(self) -> str:
        """The source in one line: title, publisher, date."""
        return ", ".join(part for part in (self.title, self.publisher, self.date) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """A flag with all that stands around it."""

    number: int
    """Position in the report, counted from 1."""
    flag: Flag
    said: Excerpt
    against: Excerpt | None
    source: Source | None
    claim: int | None
    """Number of the claim the words belong to, counted from 1."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A passage that looks false, as a summary names it."""

    target: str
    """Id of the flag or claim."""
    words: Quotation
    """What the article says."""
    kind: str
    """Words for what is wrong."""
    because: str
    """Id of the claim whose refutation puts it here; empty where it is the flag itself."""
    mark: Severity | Literal["refuted"]
    """How the article marks the words: by the flag's severity, or as a refuted claim."""


def findings(report: Report) -> Iterator[Finding]:
    """The flags in order, with excerpts."""
    passages = passages_of(report)
    numbers = {item.claim.id: number for number, item in enumerate(report.claims, 1)}
    for number, flag in enumerate(report.flags, 1):
        conflict = flag.conflict
        yield Finding(
            number,
            flag,
            excerpt(report.article, flag.quotation, passages),
            excerpt(report.article, conflict, passages) if conflict else None,
            source_of(report.article, conflict, passages) if conflict else None,
            numbers.get(flag.claim_id or ""),
        )


def passages_of(report: Report) -> dict[str, Evidence]:
    """Every passage of the report by id, in order of first use."""
    return {item.id: item for checked in report.claims for item in checked.evidence}


def telling(report: Report, checked: CheckedClaim, evidence: Evidence) -> Excerpt:
    """The passage around the words that a flag on this claim rests on; no words where none does."""
    for flag in report.flags:
        words = flag.conflict
        if words and flag.claim_id == checked.claim.id and evidence.quotation.covers(words):
            return _within(words, evidence)
    return Excerpt(evidence.quotation.text[_end_of_head(evidence) :], "", "")


def excerpt(article: Article, words: Quotation, passages: dict[str, Evidence]) -> Excerpt:
    """The words within their sentence (article) or their passage (reference)."""
    if words.source_id == article.id:
        around = _sentences_around(article, words.span)
        text, start = article.text, around.start
        return Excerpt(
            text[start : words.span.start], shorten(words.text), text[words.span.end : around.end]
        )
    holder = _holder(words, passages)
    if holder is None:
        return Excerpt("", shorten(words.text), "")
    return _within(words, holder)


def source_of(article: Article, words: Quotation, passages: dict[str, Evidence]) -> Source:
    """Where the words are from."""
    if words.source_id == article.id:
        where = place(article, words.span)
        return Source(True, f"the article itself, {where}", "", "", None)
    holder = _holder(words, passages)
    return source(holder) if holder else Source(False, words.source_id, "", "", None)


def source(evidence: Evidence) -> Source:
    """Where a passage is from."""
    if evidence.quotation.origin == "context":
        return Source(True, "the article itself", "", "", None)
    return Source(
        False,
        evidence.title or evidence.quotation.source_id,
        evidence.publisher,
        plain_date(evidence.date),
        safe_url(evidence.url),
    )


def safe_url(url: str | None) -> str | None:
    """The address where it is http or https with a host; None for anything else."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def trimmed(found: Excerpt, around: int) -> Excerpt:
    """The excerpt with at most `around` code points kept on each side of the words."""
    return Excerpt(tail(found.before, around), found.words, head(found.after, around))


def outcomes(report: Report) -> dict[str, int]:
    """Number of claims by outcome, worst first, none that is zero."""
    found = [outcome(item.verdict) for item in report.claims]
    return {key: found.count(key) for key in OUTCOME_WORDS if key in found}


def severities(report: Report) -> dict[str, int]:
    """Number of flags by severity, worst first, none that is zero."""
    found = [flag.severity for flag in report.flags]
    return {key: found.count(key) for key in SEVERITIES if key in found}


def leads(report: Report) -> list[Lead]:
    """What looks false, worst first: high flags, others on refuted claims, other such claims."""
    refuted = {item.claim.id for item in report.claims if item.verdict.label == "refuted"}
    named = {flag.claim_id for flag in report.flags if flag.severity == "high"}
    flags = []
    for flag in report.flags:
        if flag.severity == "high" or flag.claim_id in refuted - named:
            because = "" if flag.severity == "high" else flag.claim_id or ""
            kind = FLAG_WORDS[flag.type] + (", on a refuted claim" if because else "")
            flags.append(Lead(flag.id, flag.quotation, kind, because, flag.severity))
            named.add(flag.claim_id)
    claims = [
        Lead(
            item.claim.id,
            _own(report.article, item.claim.span),
            OUTCOME_WORDS["refuted"],
            item.claim.id,
            "refuted",
        )
        for item in unflagged(report)
    ]
    return [*flags, *claims]


def unflagged(report: Report) -> list[CheckedClaim]:
    """Refuted claims that no flag is about."""
    flagged = {flag.claim_id for flag in report.flags}
    return [
        item
        for item in report.claims
        if item.verdict.label == "refuted" and item.claim.id not in flagged
    ]


def headline(report: Report, context: Context = NOTHING) -> str:
    """What an editor reads first: one sentence on how bad it is, after what reviewers decided."""
    flags = [flag for flag in report.flags if context.standing(flag.id).state != "rejected"]
    high = [flag for flag in flags if flag.severity == "high"]
    refuted = _refuted_besides(report, context, {flag.claim_id for flag in high})
    shown = {item.claim.id for item in refuted}
    other = sum(flag.severity != "high" and flag.claim_id not in shown for flag in flags)
    failed = outcomes(report).get("error", 0)
    rejected = len(report.flags) - len(flags)
    false = counted(len(high) + len(refuted), "passage looks", "passages look")
    worst = f"{false} false" if high else _worst(report, context, refuted)
    unchecked = f"{counted(failed, 'claim')} could not be checked" if failed else ""
    taken = f"{counted(rejected, 'finding was', 'findings were')} rejected" if rejected else ""
    if not worst and not other:
        nothing = "Nothing is left" if rejected else "Nothing was found"
        nothing = (
            "nothing else was found" if failed else f"{nothing} that speaks against this article"
        )
        return "; ".join(part for part in (unchecked, nothing, taken) if part) + "."
    kind = "other place" if worst else "place"
    places = f"{counted(other, f'{kind} needs', f'{kind}s need')} a look" if other else ""
    parts = (worst or "Nothing looks false", places, unchecked, taken)
    return "; ".join(part for part in parts if part) + "."


def notes(report: Report) -> list[str]:
    """What a reader should know about the run, one sentence each."""
    withheld = report.summary.withheld_references
    later = f"{counted(withheld, 'later reference was', 'later references were')} not used."
    return [*([later] if withheld else []), *report.warnings]


def tally(report: Report) -> str:
    """The counts in one line: flags by severity, claims by outcome."""
    kinds = [
        counted(number, "note") if key == "note" else f"{number} {key}"
        for key, number in severities(report).items()
    ]
    ends = [f"{number} {OUTCOME_WORDS[key].lower()}" for key, number in outcomes(report).items()]
    flags = counted(len(report.flags), "flag") + (f" ({listed(kinds)})" if kinds else "")
    claims = counted(len(report.claims), "claim") + (f": {listed(ends)}" if ends else "")
    return f"{flags}. {claims}."


def place(article: Article, span: Span) -> str:
    """Where in the article a span begins, for people: 'headline', 'paragraph 3'."""
    holder = next((s for s in article.sentences if s.span.end > span.start), None)
    if holder is None:
        return "end"
    if holder.role == "furniture":
        return _among_paragraphs(article, holder)
    if holder.role != "body":
        return holder.role
    numbers = sorted({s.paragraph for s in article.sentences if s.role == "body"})
    return f"paragraph {numbers.index(holder.paragraph) + 1}"


def _among_paragraphs(article: Article, furniture: Sentence) -> str:
    """Where page furniture stands, which is part of no paragraph."""
    body = [s.index for s in article.sentences if s.role == "body"]
    if not body:
        return "outside the text"
    if furniture.index < body[0]:
        return "before the first paragraph"
    return "between the paragraphs" if furniture.index < body[-1] else "after the last paragraph"


def _own(article: Article, span: Span) -> Quotation:
    return Quotation("context", article.id, span, span.of(article.text))


def _label(item: CheckedClaim, context: Context) -> str:
    """The verdict's label as reviewers left it; empty where they rejected it."""
    standing = context.standing(item.claim.id)
    return (standing.answer if standing.ruling else item.verdict.label) or ""


def _refuted_besides(
    report: Report, context: Context, counted_already: set[str | None]
) -> list[CheckedClaim]:
    """Refuted claims but those, and but those of which every flag was rejected."""
    states: dict[str | None, set[str]] = {}
    for flag in report.flags:
        states.setdefault(flag.claim_id, set()).add(context.standing(flag.id).state)
    return [
        item
        for item in report.claims
        if _label(item, context) == "refuted"
        and item.claim.id not in counted_already
        and states.get(item.claim.id) != {"rejected"}
    ]


def _worst(report: Report, context: Context, refuted: list[CheckedClaim]) -> str:
    """Who speaks against the article's claims, in words; empty where nobody does."""
    own = sum(_only_itself(item) for item in refuted)
    others = len(refuted) - own
    disagree = sum(_label(item, context) == "conflicting" for item in report.claims)
    if others:
        more = f", and it contradicts itself in {counted(own, 'other')}"
        return f"The references contradict {_of_article(others)}{more if own else ''}"
    if own:
        return f"The article contradicts itself in {counted(own, 'claim')}"
    return f"Sources disagree on {_of_article(disagree)}" if disagree else ""


def _of_article(number: int) -> str:
    return f"{counted(number, 'claim')} of this article"


def _only_itself(checked: CheckedClaim) -> bool:
    """Whether it is the article alone that decided the claim."""
    against = deciding(checked)
    return bool(against) and all(item.quotation.origin == "context" for item in against)


def _within(words: Quotation, passage: Evidence) -> Excerpt:
    at = words.span.start - passage.quotation.span.start
    text = passage.quotation.text
    begin = min(_end_of_head(passage), at)
    return Excerpt(text[begin:at], shorten(words.text), text[at + len(words.text) :])


def _end_of_head(passage: Evidence) -> int:
    """Where a passage's own words begin: after its title and a source line, which captions have."""
    end = 0
    for line in passage.quotation.text.splitlines(keepends=True):
        words = line.strip()
        if words and words.lstrip("# ") != passage.title.strip() and not words.startswith(_SOURCE):
            return end
        end += len(line)
    return 0


def _sentences_around(article: Article, span: Span) -> Span:
    held = [s.span for s in article.sentences if s.span.overlaps(span)]
    return Span(min(s.start for s in [*held, span]), max(s.end for s in [*held, span]))


def _holder(words: Quotation, passages: dict[str, Evidence]) -> Evidence | None:
    holders = (item for item in passages.values() if item.quotation.covers(words))
    return next(holders, None)
