"""A phrase that is quoted once and taken up again with one word changed, or two exchanged.

'A slow, patient and heartless betrayal' is not 'slow, careful and heartless' when the judge is
quoted again, nor are 'the hands of a bat and the ear of a smith' those 'of a smith' and 'of a bat'.
Only where the second place says whose words it repeats: others may play upon a phrase.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.checks.base import Case
from factcheck.checks.speech.endings import all_quoted, is_requoting, outside
from factcheck.checks.speech.quotations import Quoted
from factcheck.checks.speech.quotations import words as word_list
from factcheck.checks.speech.speakers import words
from factcheck.checks.speech.takenup import taken_up
from factcheck.records import Span
from factcheck.text.clauses import stem
from factcheck.text.folding import readable
from factcheck.text.parsing import ParsedSentence

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_HONEST = re.compile(r"\.\.\.|\u2026|\[|\]")
_SHARED = 2
"""Telling words to either side of a changed one that must agree."""
_OPENING = 3
"""Telling words that must agree before or after a changed end."""
_EXCHANGED = 3
"""Telling words of a phrase whose order may be held against another."""
_CHANGED = 2
"""Words that may stand in the place of one another."""
_WEIGHTY = 4
"""Letters of a word that counts where it is changed."""
_LONGEST = 30
"""Words of a phrase that is taken up, as far as they are compared."""
_COMMONEST = 6
"""Phrases with a word in common that are compared, so that cost stays linear."""


@dataclass(frozen=True, slots=True)
class Rephrased:
    """A phrase taken up in other words than those in which it was quoted."""

    span: Span
    """The changed words with those around them."""
    source: Span
    """The quotation."""
    ours: str
    """The changed words."""
    theirs: str
    """Those of the quotation in their place."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    span: Span
    words: tuple[str, ...]
    spans: tuple[Span, ...]
    is_quoted: bool


def find_rephrased(case: Case, passages: Sequence[Quoted]) -> Iterator[Rephrased]:
    """The phrases of an article that take up an earlier quotation in other words."""
    text = case.article.text
    counts = Counter(w for q in case.article.prose for w in _phrase(text, q.span, False).words)
    known: dict[str, list[_Phrase]] = defaultdict(list)
    at = 0
    done: Span | None = None
    sources = [q for q in passages if q.kind == "double" or q.state == "closed"]
    again = sorted(_again(case, passages), key=lambda p: p.span)
    for phrase in again:
        while at < len(sources) and sources[at].span.end <= phrase.span.start:
            source = _phrase(text, sources[at].span, True)
            for word in set(source.words):
                known[word].append(source)
            at += 1
        near = {id(p): p for w in phrase.words for p in known.get(w, [])[-_COMMONEST:]}
        for other in near.values():
            found = _change(text, phrase, other, counts)
            if found is not None and (done is None or not found.span.overlaps(done)):
                done = found.span
                yield found
                break


def _again(case: Case, passages: Sequence[Quoted]) -> Iterator[_Phrase]:
    """The places that say whose words they repeat: quoted, after a noun, or after 'called it'."""
    text = case.article.text
    quoted = all_quoted(case.article)
    for sentence in case.sentences:
        free = outside(sentence, quoted)
        taken = [sentence.span_of(list(found.said)) for found in taken_up(sentence) if found.said]
        taken += _called(sentence)
        for span in taken:
            yield _phrase(text, span, False)
        if taken or _repeats(sentence, free):
            for one in passages:
                if sentence.span.start <= one.span.start < sentence.span.end:
                    yield _phrase(text, one.span, True)


def _called(sentence: ParsedSentence) -> Iterator[Span]:
    """What comes after 'called it', 'described him as', within a quotation as well."""
    for token in sentence.doc:
        if token.lemma_.lower() in words("naming") and token.pos_ == "VERB":
            rest = list(sentence.doc[token.i + 1 : token.i + 1 + _LONGEST])
            if rest:
                yield sentence.span_of(rest)


def _repeats(sentence: ParsedSentence, free: Sequence[bool]) -> bool:
    """Whether the narrator says that the words are repeated ('as the minister had put it')."""
    own = [t for t, is_free in zip(sentence.doc, free, strict=True) if is_free]
    if is_requoting(" ".join(t.text for t in own), word_list("requoting")):
        return True
    return any(
        t.lower_ == "as" and t.dep_ in {"mark", "advmod"} and t.head.lemma_ in words("verbs_as")
        for t in own
    )


def _phrase(text: str, span: Span, is_quoted: bool) -> _Phrase:
    listed = (
        [
            (m.group().lower(), Span(*m.span()).shifted(span.start))
            for m in _WORD.finditer(readable(span.of(text)).replace("-", " "))
        ][:_LONGEST]
        if not _HONEST.search(span.of(text))
        else []
    )
    light = word_list("fillers") | word_list("pronouns") | word_list("little")
    kept = [(w, s) for w, s in listed if w not in light and w.partition("'")[0] not in light]
    return _Phrase(span, tuple(stem(w) for w, _ in kept), tuple(s for _, s in kept), is_quoted)


def _change(text: str, phrase: _Phrase, source: _Phrase, counts: Counter[str]) -> Rephrased | None:
    if phrase.span.overlaps(source.span) or not set(phrase.words) & set(source.words):
        return None
    ours, theirs = phrase.words, source.words
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    steps = matcher.get_opcodes()
    for number, (kind, low, high, start, end) in enumerate(steps):
        if kind != "replace" or max(high - low, end - start) > _CHANGED:
            continue
        before = steps[number - 1][1:3] if number else (0, 0)
        after = steps[number + 1][1:3] if number + 1 < len(steps) else (high, high)
        left, right = ours[slice(*before)], ours[slice(*after)]
        if not (_is_weighty(ours[low:high]) and _is_weighty(theirs[start:end])):
            continue
        rare = [w for w in (*left, *right) if counts[w] <= _SHARED]
        inside = left and right and len(rare) >= _SHARED
        edge = phrase.is_quoted and len(rare) >= _SHARED and len(left or right) >= _OPENING
        ends = (high == len(ours) and end == len(theirs)) or (low == 0 and start == 0)
        if inside or (edge and ends):
            shown = Span(
                phrase.spans[before[0] if left else low].start,
                phrase.spans[(after[1] if right else high) - 1].end,
            )
            return Rephrased(
                shown,
                source.span,
                _between(text, phrase.spans[low:high]),
                _between(text, source.spans[start:end]),
            )
    return _exchange(text, phrase, source)


def _is_weighty(changed: Sequence[str]) -> bool:
    """Whether one of the words is more than 'to' or 'in'."""
    return any(len(word) >= _WEIGHTY for word in changed)


def _exchange(text: str, phrase: _Phrase, source: _Phrase) -> Rephrased | None:
    """The same words in another order."""
    shared = set(phrase.words) & set(source.words)
    ours = [(w, s) for w, s in zip(phrase.words, phrase.spans, strict=True) if w in shared]
    theirs = [(w, s) for w, s in zip(source.words, source.spans, strict=True) if w in shared]
    one, other = [w for w, _ in ours], [w for w, _ in theirs]
    if len(one) <= _EXCHANGED or sorted(one) != sorted(other) or len(set(one)) != len(one):
        return None
    moved = [at for at in range(len(one)) if one[at] != other[at]]
    if len(moved) != _CHANGED or moved[1] - moved[0] < _CHANGED:
        return None
    first, last = moved
    return Rephrased(
        Span(ours[first][1].start, ours[last][1].end),
        source.span,
        _between(text, [ours[first][1], ours[last][1]]),
        _between(text, [theirs[first][1], theirs[last][1]]),
    )


def _between(text: str, spans: Sequence[Span]) -> str:
    return text[spans[0].start : spans[-1].end] if spans else ""
