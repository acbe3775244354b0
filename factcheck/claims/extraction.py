"""The stage: from an article and its parses to its claims.

Every statement is taken apart into what is so and who said it, hedges are noted, and what cannot
be checked says why. Where no sound piece can be cut, the whole sentence is one claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from factcheck.claims.attribution import Report, cites_source, find_addition, find_report
from factcheck.claims.checkability import why_not_checkable
from factcheck.claims.clauses import Clause, Form, is_sound, plain_clause, trimmed
from factcheck.claims.hedges import Cue, find_hedges
from factcheck.claims.impersonal import without_nobody
from factcheck.claims.quotations import has_lone_mark, in_quotation, long_quotations
from factcheck.claims.restating import Restater
from factcheck.claims.segmentation import head_of, segments
from factcheck.claims.subordinate import subordinates
from factcheck.claims.worthiness import UNCHECKABLE_WORTH, worth_of
from factcheck.records import Article, Claim, Hedge, Sentence, Span, content_id
from factcheck.text.parsing import MAX_SENTENCE, ParsedSentence

if TYPE_CHECKING:
    from spacy.tokens import Token

MAX_PER_SENTENCE = 6
"""A sentence yields no more claims than this; the least independent ones go first."""
_Voice: TypeAlias = "tuple[int, tuple[Token, ...]]"
"""The position of a sentence and the words there that name a speaker."""
_WHOLE = frozenset({"main", "content"})
_PRECEDENCE: tuple[Form, ...] = ("main", "content", "adverbial", "relative", "apposition")


def extract_claims(article: Article, sentences: Sequence[ParsedSentence]) -> list[Claim]:
    """All claims of an article, in order of the text.

    Args:
        article: the article.
        sentences: the parses of `article.prose`, in the same order.

    Returns:
        At most `MAX_PER_SENTENCE` claims a sentence, none twice, none from page furniture.
    """
    prose = article.prose
    headlines = [sentence.role == "headline" for sentence in prose]
    quotations = list(long_quotations(prose, sentences))
    within = {at for quotation in quotations for at in quotation[1:]}
    restater = Restater(article.text, sentences, headlines, within)
    maker = _Maker(article, restater, _voices(quotations, sentences))
    claims: list[Claim] = []
    for at, (sentence, parsed) in enumerate(zip(prose, sentences, strict=True)):
        claims.extend(maker.claims_of(at, sentence, parsed))
    return claims


def _voices(quotations: Iterable[range], sentences: Sequence[ParsedSentence]) -> dict[int, _Voice]:
    """For each sentence that a quotation over several runs through, who is its speaker."""
    voices: dict[int, _Voice] = {}
    for quotation in quotations:
        for source in (quotation[-1], quotation[0]):
            report = find_report(_entire(sentences[source]))
            outside = report and not in_quotation(report.cue, source != quotation[0])
            if report and report.speaker and outside:
                voices.update((at, (source, report.speaker)) for at in quotation if at != source)
                break
        if sentences[quotation[0]].doc[0].text != '"':
            voices.pop(quotation[0], None)
    return voices


class _Maker:
    """Turns clauses into claims of one article."""

    def __init__(self, article: Article, restater: Restater, voices: dict[int, _Voice]) -> None:
        self._article = article
        self._restater = restater
        self._voices = voices

    def claims_of(self, at: int, sentence: Sentence, parsed: ParsedSentence) -> list[Claim]:
        """The claims of one sentence, in order of the text."""
        if not any(char.isalnum() for char in sentence.text):
            return []
        if sentence.span.end - sentence.span.start > MAX_SENTENCE:
            return [self._unread(sentence)]
        english = self._article.language in {"en", "und"}
        headline = sentence.role == "headline"
        clauses = _limited(take_apart(parsed, headline)) if english else [_entire(parsed)]
        made = [self._claim(at, sentence, parsed, clause) for clause in clauses]
        unique = {claim.id: claim for claim in reversed(made)}
        return sorted(unique.values(), key=lambda claim: (claim.span, claim.kind))

    def _claim(self, at: int, sentence: Sentence, parsed: ParsedSentence, clause: Clause) -> Claim:
        span = parsed.span_of(clause.tokens)
        headline = sentence.role == "headline"
        why_not = why_not_checkable(clause, headline)
        worth, reason = (UNCHECKABLE_WORTH, why_not) if why_not else worth_of(clause)
        restated = self._restater.restate(at, clause)
        return Claim(
            id=content_id("claim", self._article.id, span.start, span.end, clause.kind),
            sentence=sentence.index,
            span=span,
            text=span.of(self._article.text),
            kind=clause.kind,
            restated=restated.text,
            speaker=self._speaker(at, clause),
            hedges=tuple(self._hedge(parsed, cue) for cue in find_hedges(clause)),
            ambiguous=restated.ambiguous,
            checkable=not why_not,
            reason=reason,
            worth=worth,
        )

    def _speaker(self, at: int, clause: Clause) -> str | None:
        """Who is reported as saying a clause, in its sentence or in one that it is quoted with."""
        voice = None if clause.speaker else self._voices.get(at)
        return self._restater.speaker(*(voice or (at, clause.speaker)))

    def _hedge(self, parsed: ParsedSentence, cue: Cue) -> Hedge:
        span = parsed.span_of(parsed.doc[cue.start : cue.end])
        return Hedge(cue.kind, self._article.quote(span))

    def _unread(self, sentence: Sentence) -> Claim:
        """The claim for a stretch that is too long to be a sentence: its beginning, unchecked."""
        start = sentence.span.start
        shown = sentence.text[:MAX_SENTENCE]
        end = start + (shown.rfind(" ") if " " in shown.strip() else len(shown))
        span = Span(start, end)
        return Claim(
            id=content_id("claim", self._article.id, start, end, "fact"),
            sentence=sentence.index,
            span=span,
            text=span.of(self._article.text),
            kind="fact",
            restated=None,
            checkable=False,
            reason=f"It runs on for {len(sentence.text):,} characters without a sentence end.",
            worth=UNCHECKABLE_WORTH,
        )


def take_apart(parsed: ParsedSentence, headline: bool = False) -> list[Clause]:
    """The clauses that one sentence states, before any limit on their number.

    Args:
        parsed: the sentence.
        headline: whether it is the headline, which is read whole: its grammar misleads the parser.

    A sentence that only opens or closes a quotation is read whole, too, if it says who speaks.
    """
    doc, whole = parsed.doc, _entire(parsed)
    if headline or cites_source(whole) or (has_lone_mark(doc) and find_report(whole)):
        told = _of_segment(whole)
        return told if not headline else [part for part in told if part.form in _WHOLE]
    found = [
        inner
        for segment in segments(doc, whole.start, whole.end)
        for inner in (_of_segment(segment) if is_sound(segment.tokens) else [whole])
    ]
    return found or [whole]


def _entire(parsed: ParsedSentence) -> Clause:
    """The whole sentence as one clause."""
    doc = parsed.doc
    start, end = trimmed(doc, 0, len(doc))
    start, end = (start, end) if start < end else (0, len(doc))
    return plain_clause(doc, start, end, head_of(doc, start, end))


def _of_segment(segment: Clause) -> list[Clause]:
    """A segment as a report with what was said, or as a fact, with the facts told in passing."""
    report = find_report(segment)
    if report is None:
        passing = [part for inner in subordinates(segment) for part in without_nobody(inner)]
        return list(dict.fromkeys([*without_nobody(segment), *passing]))
    statement = replace(segment, kind="statement", speaker=report.speaker)
    said = [part for each in _in_turn(segment, report) for part in _said(segment, each)]
    passing = [inner for part in said for inner in subordinates(part)]
    passing += [inner for inner in subordinates(segment) if inner not in passing]
    return [statement, *said, *(_voiced(inner, said) for inner in passing)]


def _in_turn(segment: Clause, report: Report) -> Iterator[Report]:
    """A report, cut short where its speaker goes on to say something else, and that addition."""
    addition = find_addition(segment, report)
    if addition is None:
        yield report
        return
    end = trimmed(segment.doc, report.start, min(report.end, addition.cue.i))[1]
    yield replace(report, end=end)
    yield addition


def _voiced(inner: Clause, said: Sequence[Clause]) -> Clause:
    """A fact told in passing, given to the speaker if it is part of what was said."""
    for part in said:
        if set(inner.tokens) <= set(part.stated):
            return replace(inner, speaker=part.speaker, cues=part.cues)
    return inner


def _said(segment: Clause, report: Report) -> Iterator[Clause]:
    """What was said, taken apart, each piece with its speaker."""
    if len([token for token in segment.doc[report.start : report.end] if token.is_alpha]) < 2:
        return  # 'He said: "No."' tells nothing by itself
    cues = (report.cue,) if report.verb else ()
    if report.pieces:
        head = head_of(segment.doc, report.start, report.end)
        parts = [Clause(segment.doc, report.start, report.end, head, report.pieces)]
    else:
        parts = segments(segment.doc, report.start, report.end)
    for part in parts:
        yield replace(part, form="content", speaker=report.speaker, cues=cues)


def _limited(clauses: Iterable[Clause]) -> list[Clause]:
    """The clauses that stand most on their own, as many as a sentence may have."""
    ranked = sorted(clauses, key=lambda clause: _PRECEDENCE.index(clause.form))
    return ranked[:MAX_PER_SENTENCE]
