"""Quotations that are broken in form, given to two people, or changed from their source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from factcheck.checks.base import Case, Marker
from factcheck.checks.speech.credits import find_miscredited
from factcheck.checks.speech.endings import evident_end, is_requoting
from factcheck.checks.speech.neighbours import find_rewritten
from factcheck.checks.speech.phrases import find_misowned
from factcheck.checks.speech.quotations import Quoted, find_quotations, words
from factcheck.checks.speech.quotespeakers import Said, speakers_of
from factcheck.checks.speech.rephrased import find_rephrased
from factcheck.checks.speech.rewording import has_negator
from factcheck.checks.speech.speakers import Speaker, differ
from factcheck.checks.speech.wording import Change, changes
from factcheck.records import Article, Evidence, Flag, Quotation, Span
from factcheck.text.folding import plain

_CLOSING = {"\u201c": "\u201d", "\u2018": "\u2019", "\u201e": "\u201c", "\u00ab": "\u00bb"}
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
_POINTERS = frozenset("\u00ab\u00bb\u2039\u203a")
"""Guillemets: alone they point in menus ('« Previous') and quote nothing."""
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
                if quoted.opening not in _POINTERS:
                    yield self._unclosed(article, quoted)
            elif quoted.mixed:
                yield self._mixed(article, quoted)
        if not any(q.state == "open" and q.kind == "double" for q in found.passages):
            for stray in found.strays:
                if article.text[stray] not in _POINTERS:
                    yield self._stray(article, stray)
        taken_up = list(self._misowned(case, found.passages))
        taken_up += self._miscredited(case, [f.quotation.span for f in taken_up])
        yield from taken_up
        known = [f.quotation.span for f in taken_up]
        yield from self._rephrased(case, found.passages, known)
        yield from self._given_twice(case, found.passages, known)
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

    def _given_twice(
        self, case: Case, passages: Iterable[Quoted], known: Sequence[Span]
    ) -> Iterator[Flag]:
        """The same words given to two speakers; the second place is flagged."""
        listed = list(passages)
        cited = _within_others(listed)
        earlier: dict[tuple[str, ...], list[Said]] = {}
        for said in (s for s in speakers_of(case, listed) if s.quoted.span not in cited):
            other = next((e for e in _repeats(said, earlier) if _is_conflict(e, said)), None)
            if other is not None and not any(said.quoted.span.overlaps(span) for span in known):
                yield self._twospeakers_of(case.article, said, other)
            for at in range(len(said.words) - _FEWEST_SHARED + 1):
                earlier.setdefault(said.words[at : at + _FEWEST_SHARED], []).append(said)

    def _twospeakers_of(self, article: Article, said: Said, other: Said) -> Flag:
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
        references = case.passages
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
        speakers = {s.quoted.span: s.speaker for s in speakers_of(case, list(passages))}
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

    def _miscredited(self, case: Case, known: Sequence[Span]) -> Iterator[Flag]:
        """Words quoted of one speaker that are taken up as another's."""
        for found in find_miscredited(case):
            if found.quoted and not any(found.span.overlaps(span) for span in known):
                here, owner = found.names
                yield _MARK.flag(
                    case.article,
                    found.span,
                    "medium",
                    0.6,
                    f"The words are given to {here} here and to {owner} where they are quoted.",
                    conflict=case.article.quote(found.source),
                )

    def _rephrased(
        self, case: Case, passages: Sequence[Quoted], known: Sequence[Span]
    ) -> Iterator[Flag]:
        """Phrases quoted before that come again with a word changed."""
        for found in find_rephrased(case, passages):
            if any(found.span.overlaps(span) for span in known):
                continue
            yield _MARK.flag(
                case.article,
                found.span,
                "medium",
                0.6,
                f"The words taken up here were quoted otherwise: '{found.theirs}' there, "
                f"'{found.ours}' here.",
                conflict=case.article.quote(found.source),
            )

    def _rewritten(
        self, case: Case, passages: Sequence[Quoted], known: Sequence[Span]
    ) -> Iterator[Flag]:
        """Quotations changed in several places, next to one that is as the reference has it."""
        for found in find_rewritten(case.article.text, passages, case.passages):
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


def _repeats(said: Said, earlier: dict[tuple[str, ...], list[Said]]) -> Iterator[Said]:
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


def _within_others(passages: Sequence[Quoted]) -> frozenset[Span]:
    """Quotations that stand within another one, where its speaker cites what somebody said."""
    found, reach = set(), 0
    for quoted in sorted(passages, key=lambda q: (q.span.start, -q.span.end)):
        if quoted.span.end <= reach and quoted.state == "closed":
            found.add(quoted.span)
        reach = max(reach, quoted.span.end)
    return frozenset(found)


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def _is_conflict(one: Said, other: Said) -> bool:
    """Whether two people are given the words, and not side by side to show that both said them."""
    people = one.speaker.person and other.speaker.person and differ(one.speaker, other.speaker)
    known = people and one.paragraph != other.paragraph
    return known and not _names(other, one.speaker)


def _names(said: Said, speaker: Speaker) -> bool:
    """Whether the place takes up words knowingly, or names the one whose they are."""
    if is_requoting(said.sentence, words("requoting")):
        return True
    return speaker.key in re.findall(r"[^\W_]+", f"{said.sentence} {' '.join(said.words)}".lower())


def _is_reported(source: Quotation, references: Iterable[Evidence]) -> bool:
    """Whether the reference gives the words in reported speech, outside quotation marks."""
    holder = next((e.quotation for e in references if e.quotation.covers(source)), None)
    if holder is None:
        return False
    before = plain(holder.text[: source.span.start - holder.span.start])
    sentence = before[before.rfind(". ") + 1 :]
    inside = before.count('"') % 2 == 1
    return not inside and bool(_REPORTING.search(f"{sentence} {source.text}"))
