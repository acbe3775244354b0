"""Quotations that are broken in form, given to two people, or changed from their source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from factcheck.checks.base import Case, Marker
from factcheck.checks.endings import evident_end, is_requoting, outside, quoted_spans
from factcheck.checks.neighbours import find_rewritten
from factcheck.checks.phrases import find_misowned
from factcheck.checks.quotations import Quoted, find_quotations, words
from factcheck.checks.rewording import has_negator
from factcheck.checks.speech import Memory, Speaker, describe, differ, reports
from factcheck.checks.wording import Change, changes
from factcheck.records import Article, Evidence, Flag, Quotation, Span
from factcheck.text.folding import plain, squeeze
from factcheck.text.parsing import ParsedSentence

_CLOSING = {"\u201c": "\u201d", "\u2018": "\u2019", "\u201e": "\u201c", "\u00ab": "\u00bb"}
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_POSSESSIVE = re.compile(r"(?:['\u2019]s|s['\u2019]) $")
_BEFORE_TERM = re.compile(r"\b(?:the|its|their|this|so-called) $")
"""What stands before the name of a thing: 'the "right to disconnect"'."""
_FEWEST_SHARED = 3
"""Words in a quotation that can be recognised when somebody else is given it."""
_SUREST_VERBATIM = 0.9
_SUREST_REPORTED = 0.45
"""A reference in reported speech gives the sense, not always the words: below what is shown."""
_REPORTING = re.compile(
    r"\b(?:said|says|told|tells|stressed|stated|spoke|according to"
    r"|(?:add|argu|claim|complain|confirm|explain|insist|maintain|not|recall|submitt|testifi|warn"
    r"|admitt|accept|contend|observ|remark|repli)ed that)\b"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A quotation with its words and its speaker."""

    quoted: Quoted
    words: tuple[str, ...]
    speaker: Speaker
    sentence: str
    paragraph: int


_MARK = Marker("quotes", "quote")


class QuotesCheck:
    """Flags quotations never closed, marked wrongly, given to two speakers, or misquoted."""

    name = "quotes"

    def run(self, case: Case) -> Iterable[Flag]:
        """One flag a defect; the same words are flagged where they stand the second time."""
        article = case.article
        found = find_quotations(article)
        for quoted in found.passages:
            if quoted.state == "open":
                yield self._unclosed(article, quoted)
            elif quoted.mixed:
                yield self._mixed(article, quoted)
        if not any(q.state == "open" and q.kind == "double" for q in found.passages):
            for stray in found.strays:
                yield self._stray(article, stray)
        yield from self._given_twice(case, found.passages)
        yield from self._misowned(case, found.passages)
        misquoted = list(self._misquoted(case, found.passages))
        yield from misquoted
        yield from self._rewritten(case, found.passages, [f.quotation.span for f in misquoted])

    def _unclosed(self, article: Article, quoted: Quoted) -> Flag:
        span = Span(quoted.span.start, evident_end(article, quoted))
        curly = quoted.opening in _CLOSING
        closing = _CLOSING.get(quoted.opening, quoted.opening)
        double = quoted.kind == "double"
        return _MARK.flag(
            article,
            span,
            "medium" if double else "low",
            (0.9 if curly else 0.85) if double else (0.65 if curly else 0.5),
            "A quotation is opened here and never closed, so the reader cannot tell where the "
            "quoted words end.",
            correction=span.of(article.text) + closing,
        )

    def _mixed(self, article: Article, quoted: Quoted) -> Flag:
        closing = _CLOSING.get(quoted.opening, quoted.opening)
        words_ = quoted.span.of(article.text)
        return _MARK.flag(
            article,
            quoted.span,
            "note",
            0.6,
            f"The quotation opens with {quoted.opening} and closes with {quoted.closing}: the two "
            "marks do not belong together.",
            correction=words_[:-1] + closing,
        )

    def _stray(self, article: Article, mark: int) -> Flag:
        start = max(article.text.rfind(" ", 0, mark), article.text.rfind("\n", 0, mark)) + 1
        return _MARK.flag(
            article,
            Span(start, mark + 1),
            "low",
            0.6,
            "A quotation is closed here that was never opened, so the reader cannot tell where "
            "the quoted words begin.",
        )

    def _given_twice(self, case: Case, passages: Iterable[Quoted]) -> Iterator[Flag]:
        """The same words given to two speakers; the second place is flagged."""
        earlier: dict[tuple[str, ...], list[_Said]] = {}
        for said in _speakers(case, list(passages)):
            other = next((e for e in _repeats(said, earlier) if _is_conflict(e, said)), None)
            if other is not None:
                yield self._two_speakers(case.article, said, other)
            for at in range(len(said.words) - _FEWEST_SHARED + 1):
                earlier.setdefault(said.words[at : at + _FEWEST_SHARED], []).append(said)

    def _two_speakers(self, article: Article, said: _Said, other: _Said) -> Flag:
        guessed = said.speaker.guessed or other.speaker.guessed
        return _MARK.flag(
            article,
            said.quoted.span,
            "medium",
            0.6 if guessed else 0.75,
            f"The same words are given to {said.speaker.name} here and to {other.speaker.name} "
            "elsewhere in the article.",
            conflict=article.quote(other.quoted.span),
        )

    def _misquoted(self, case: Case, passages: Iterable[Quoted]) -> Iterator[Flag]:
        references = _references(case)
        if not references:
            return
        text = case.article.text
        for quoted in passages:
            span = quoted.inner
            if quoted.state == "open":
                span = Span(span.start, evident_end(case.article, quoted))
            for change in changes(text, span, references):
                reported = _is_reported(change.source, references)
                if reported and not _is_replaced(change):
                    continue
                surest = _SUREST_REPORTED if reported else _SUREST_VERBATIM
                told = "as the reference reports them" if reported else "of the reference"
                yield _MARK.flag(
                    case.article,
                    change.quotation,
                    "medium" if reported else "high",
                    round(min(surest, change.likeness - 0.05), 2),
                    f"The words differ from those {told}: {_difference(change)}.",
                    conflict=change.source,
                    correction=change.corrected,
                )

    def _misowned(self, case: Case, passages: Iterable[Quoted]) -> Iterator[Flag]:
        """'Mr Low's crack about gravy', where the crack was quoted as another's."""
        speakers = {s.quoted.span: s.speaker for s in _speakers(case, list(passages))}
        for found in find_misowned(case, speakers):
            here, owner = found.names
            yield _MARK.flag(
                case.article,
                found.span,
                "medium",
                0.6,
                f"The saying is given to {here} here and to {owner} where it is quoted.",
                conflict=case.article.quote(found.source),
            )

    def _rewritten(
        self, case: Case, passages: Sequence[Quoted], known: Sequence[Span]
    ) -> Iterator[Flag]:
        """Quotations changed in several places, next to one that is as the reference has it."""
        for found in find_rewritten(case.article.text, passages, _references(case)):
            if not any(span.overlaps(found.span) for span in known):
                yield _MARK.flag(
                    case.article,
                    found.span,
                    "medium",
                    0.6,
                    "The words next to these are those of the reference; these are not.",
                    conflict=found.source,
                )


def _is_replaced(change: Change) -> bool:
    """Whether one word stands for another or denies; else a reporter left out or put in a word."""
    denied = has_negator(change.wrong.lower().split()) != has_negator(change.right.lower().split())
    return bool(change.wrong and change.right) or denied


def _difference(change: Change) -> str:
    if not change.wrong:
        return f"'{change.right}' is missing here"
    if not change.right:
        return f"'{change.wrong}' is not there"
    return f"it has '{change.right}' where the article has '{change.wrong}'"


def _references(case: Case) -> list[Evidence]:
    """Every reference passage once."""
    listed = {e.quotation: e for found in case.references.values() for e in found}
    return list(listed.values())


def _repeats(said: _Said, earlier: dict[tuple[str, ...], list[_Said]]) -> Iterator[_Said]:
    """Earlier quotations one of which holds the other's words."""
    if len(said.words) < _FEWEST_SHARED:
        return
    for other in earlier.get(said.words[:_FEWEST_SHARED], []):
        if _within(said.words, other.words):
            yield other
    for at in range(1, len(said.words) - _FEWEST_SHARED + 1):
        for other in earlier.get(said.words[at : at + _FEWEST_SHARED], []):
            if other.words == said.words[at : at + len(other.words)]:
                yield other


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def _is_conflict(one: _Said, other: _Said) -> bool:
    """Whether two people are given the words, and not side by side to show that both said them."""
    people = one.speaker.person and other.speaker.person and differ(one.speaker, other.speaker)
    known = people and one.paragraph != other.paragraph
    return known and not is_requoting(other.sentence, words("requoting"))


def _speakers(case: Case, passages: list[Quoted]) -> Iterator[_Said]:
    """The quotations whose speaker can be told, in order of the text."""
    spans = quoted_spans(case.article, passages)
    memory = Memory()
    by_sentence = _by_sentence(case, passages)
    latest: dict[int, Speaker] = {}
    for sentence, known in zip(case.sentences, case.article.prose, strict=True):
        free = outside(sentence, spans)
        speakers = _named_speakers(sentence, free, memory)
        if speakers:
            latest[known.paragraph] = speakers[0]
        for quoted in by_sentence.get(known.index, []):
            owner = _owner(case.article.text, sentence, quoted) or latest.get(known.paragraph)
            if owner is None or _is_term(case.article.text, quoted):
                continue
            spoken = _words(quoted.inner.of(case.article.text))
            if owner.name and not _is_title(quoted.inner.of(case.article.text)):
                narrated = "".join(
                    t.text_with_ws for t, is_free in zip(sentence.doc, free, strict=True) if is_free
                )
                yield _Said(quoted, spoken, owner, narrated, known.paragraph)


def _is_term(text: str, quoted: Quoted) -> bool:
    """Whether quoted words are what a thing is called, and nobody's own."""
    return bool(_BEFORE_TERM.search(text[max(0, quoted.span.start - 12) : quoted.span.start]))


def _by_sentence(case: Case, passages: list[Quoted]) -> dict[int, list[Quoted]]:
    """Quotations by the index of the sentence in which each begins."""
    placed: dict[int, list[Quoted]] = {}
    prose = case.article.prose
    at = 0
    for quoted in sorted(passages, key=lambda q: q.span):
        while at < len(prose) and prose[at].span.end <= quoted.span.start:
            at += 1
        if at < len(prose):
            placed.setdefault(prose[at].index, []).append(quoted)
    return placed


def _named_speakers(sentence: ParsedSentence, free: list[bool], memory: Memory) -> list[Speaker]:
    """Speakers of a sentence, pronouns followed back; its subjects are remembered."""
    speakers = [r.speaker for r in reports(sentence, free) if r.speaker is not None]
    known = [memory.follow(speaker) for speaker in speakers]
    memory.read(sentence, free)
    return [speaker for speaker in known if speaker is not None]


def _owner(text: str, sentence: ParsedSentence, quoted: Quoted) -> Speaker | None:
    """'Mr. Haskell's "look at the enrollment"': whose words these are."""
    start = quoted.span.start - sentence.span.start
    if not _POSSESSIVE.search(text[max(0, quoted.span.start - 4) : quoted.span.start]):
        return None
    before = [t for t in sentence.doc if t.idx + len(t) <= start]
    if len(before) < 2 or before[-1].lower_ not in {"'s", "'"} or before[-2].pos_ != "PROPN":
        return None
    return describe(sentence, before[-2])


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(squeeze(text)))


def _is_title(text: str) -> bool:
    """Whether quoted words are a title ('The Salt Clock') and nobody's speech."""
    listed = [w for w in re.findall(r"[^\W_]+", text) if len(w) > 3]
    return bool(listed) and all(w[0].isupper() for w in listed)


def _is_reported(source: Quotation, references: Iterable[Evidence]) -> bool:
    """Whether the reference gives the words in reported speech, outside quotation marks."""
    holder = next((e.quotation for e in references if e.quotation.covers(source)), None)
    if holder is None:
        return False
    before = plain(holder.text[: source.span.start - holder.span.start])
    sentence = before[before.rfind(". ") + 1 :]
    inside = before.count('"') % 2 == 1
    return not inside and bool(_REPORTING.search(f"{sentence} {source.text}"))
