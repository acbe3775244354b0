"""Quotations rewritten in several places, known by the quotation next to them.

A writer who takes a sentence over word for word takes the next one over so, too. Where one
quotation stands in a reference as it is and its neighbour in the same paragraph does not, but a
sentence close by begins or goes on like it, that sentence is what was said.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from factcheck.checks.speech.quotations import Quoted
from factcheck.checks.speech.rewording import same_words, stands_for
from factcheck.records import Evidence, Quotation, Span
from factcheck.text.folding import readable

_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_END = re.compile(r"(?<=[.?!])[\"'\u201d\u2019]?\s+")
_HONEST = re.compile(r"\.\.\.|\u2026|\[|\]")
_CLOSE = 4
"""Sentences between the two in the reference at most."""
_VERBATIM = 5
"""Words of the neighbour that must stand in the reference in a row."""
_RUN = 3
"""Words in a row that the two wordings must have in common."""
_PART = 0.5
"""Share of the shorter wording's words that must be common and in order."""


@dataclass(frozen=True)
class Rewritten:
    """A quotation and the sentence of the reference that it was made from."""

    span: Span
    """The quotation's words."""
    source: Quotation
    """The sentence of the reference."""


@dataclass(frozen=True)
class _Sentence:
    source: Quotation
    words: tuple[str, ...]


def find_rewritten(
    text: str, passages: Sequence[Quoted], references: Sequence[Evidence]
) -> Iterator[Rewritten]:
    """The quotations that a reference has otherwise, close to a neighbour that it has as it is."""
    documents = list(_documents(references))
    whole = [_words(e.quotation.text) for e in references]
    for quoted, beside in _neighbours(passages):
        known = _words(beside.inner.of(text))
        if len(known) < _VERBATIM or _HONEST.search(quoted.inner.of(text)):
            continue
        near = [s for document in documents for s in _close(document, known)]
        for span in _sentences(quoted.inner.of(text)):
            at = span.shifted(quoted.inner.start)
            said = _words(at.of(text))
            if len(said) <= _RUN or any(_holds(there, said) for there in whole):
                continue
            source = next((s.source for s in near if _is_rewritten(said, s.words)), None)
            if source is not None:
                yield Rewritten(at, source)


def _documents(references: Iterable[Evidence]) -> Iterator[list[_Sentence]]:
    """The sentences of each reference in order, each once."""
    found: dict[str, dict[int, _Sentence]] = defaultdict(dict)
    for evidence in references:
        whole = evidence.quotation
        for span in _sentences(whole.text):
            words = span.of(whole.text)
            at = span.shifted(whole.span.start)
            source = Quotation(whole.origin, whole.source_id, at, words)
            found[whole.source_id].setdefault(at.start, _Sentence(source, _words(words)))
    for known in found.values():
        yield [known[start] for start in sorted(known)]


def _close(document: Sequence[_Sentence], known: Sequence[str]) -> Iterator[_Sentence]:
    """The sentences around one that has the words, nearest first."""
    for place in [at for at, s in enumerate(document) if _holds(s.words, known)]:
        reach = range(max(0, place - _CLOSE), min(len(document), place + _CLOSE + 1))
        for at in sorted(reach, key=lambda at: abs(at - place)):
            yield document[at]


def _neighbours(passages: Sequence[Quoted]) -> Iterator[tuple[Quoted, Quoted]]:
    """Closed quotations of one paragraph that follow each other, each first once."""
    closed = [q for q in passages if q.state == "closed"]
    for one, other in itertools.pairwise(sorted(closed, key=lambda q: q.span)):
        if one.paragraph == other.paragraph and one.span.end <= other.span.start:
            yield one, other
            yield other, one


def _sentences(text: str) -> list[Span]:
    cuts = [0, *(m.end() for m in _END.finditer(text)), len(text)]
    return [Span(start, end) for start, end in itertools.pairwise(cuts) if start < end]


def _words(text: str) -> tuple[str, ...]:
    return tuple(w.lower() for w in _WORD.findall(readable(text)))


def _holds(there: Sequence[str], said: Sequence[str]) -> bool:
    """Whether words stand somewhere in a row."""
    size = len(said)
    return any(tuple(there[at : at + size]) == tuple(said) for at in range(len(there) - size + 1))


def _is_rewritten(said: Sequence[str], there: Sequence[str]) -> bool:
    """Whether the words go together for a stretch, and elsewhere say something else."""
    matcher = difflib.SequenceMatcher(None, said, there, autojunk=False)
    steps = matcher.get_opcodes()
    runs = [end - start for kind, start, end, _, _ in steps if kind == "equal"]
    if max(runs, default=0) < _RUN or sum(runs) < _PART * min(len(said), len(there)):
        return False
    pairs = [(said[s[1] : s[2]], there[s[3] : s[4]]) for s in steps if s[0] != "equal"]
    changed = [p for p in pairs if not same_words(*p) and not stands_for(*p)]
    return any(one for one, _ in changed) and any(other for _, other in changed)
