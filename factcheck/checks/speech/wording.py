"""Quotations whose words are nearly, but not quite, those of a reference document.

The words of a quotation are aligned with the likeliest stretch of each reference passage. Cuts
marked by an ellipsis and words put in square brackets are honest and are left out of the
comparison, as are changes of spelling, capitals, contractions and fillers.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from factcheck.checks.speech.rewording import same_numbers, same_words, stands_for
from factcheck.records import Evidence, Quotation, Span
from factcheck.text.folding import readable

_WORD = re.compile(r"[^\W_]+(?:['.,-][^\W_]+)*")
_HONEST = re.compile(r"\.\.\.|\u2026|\[[^\]]*\]")
_FEWEST = 6
"""Words in a quotation that is compared; shorter ones are like others by chance."""
_ALIKE = 0.72
"""Share of words in common from which two stretches are the same utterance."""
_APART = 1
"""Words that two parts of one change may have between them."""
_SEED = 2
"""Length of the runs of words that find the stretch to compare with."""
_SPELLING = (("isation", "ization"), ("ise", "ize"), ("our", "or"), ("ll", "l"), ("re", "er"))


_Step: TypeAlias = tuple[str, int, int, int, int]
"""One step of difflib: its kind, start and end in the one stretch, start and end in the other."""


@dataclass(frozen=True, slots=True)
class Change:
    """How a quotation differs from its source."""

    quotation: Span
    """The stretch of the article that was compared."""
    source: Quotation
    """The stretch of the reference."""
    wrong: str
    """The words of the article that the source has not; empty for an omission."""
    right: str
    """The words of the source in their place; empty for an addition."""
    corrected: str
    """The quotation as the source has it."""
    likeness: float
    """Share of words in common, 0 to 1."""


@dataclass(frozen=True, slots=True)
class _Word:
    key: str
    span: Span


def changes(text: str, inner: Span, passages: Sequence[Evidence]) -> Iterator[Change]:
    """The best change for each stretch of a quotation that no passage has word for word.

    Args:
        text: the article's text.
        inner: the quotation without its marks.
        passages: reference passages to compare with.
    """
    for stretch in _stretches(text, inner):
        said = _words(text, stretch)
        if len(said) < _FEWEST:
            continue
        found: list[Change] = []
        for passage in passages:
            change = _compare(text, said, passage)
            if change is _SAME:
                found = []
                break
            if change is not None:
                found.append(change)
        if found:
            yield max(found, key=lambda change: change.likeness)


_SAME = Change(Span(0, 0), Quotation("corpus", "", Span(0, 0), ""), "", "", "", 1.0)


def _stretches(text: str, inner: Span) -> Iterator[Span]:
    """The parts of a quotation between its ellipses and brackets."""
    start = inner.start
    for cut in _HONEST.finditer(text, inner.start, inner.end):
        yield Span(start, cut.start())
        start = cut.end()
    yield Span(start, inner.end)


def _words(text: str, span: Span) -> list[_Word]:
    shown = readable(span.of(text))
    return [
        _Word(_folded(m.group()), Span(*m.span()).shifted(span.start))
        for m in _WORD.finditer(shown)
    ]


def _folded(word: str) -> str:
    """A word as it is compared: lower case, one spelling."""
    key = word.lower()
    stem = key.removesuffix("s")
    for british, american in _SPELLING:
        if len(stem) > 4 and stem.endswith(british):
            return stem.removesuffix(british) + american + key[len(stem) :]
    return key.replace("-", "")


def _compare(text: str, said: list[_Word], passage: Evidence) -> Change | None:
    source = passage.quotation
    there = _words(source.text, Span(0, len(source.text)))
    window = _window([w.key for w in said], [w.key for w in there])
    if window is None:
        return None
    part = there[window[0] : window[1]]
    matcher = difflib.SequenceMatcher(
        None, [w.key for w in said], [w.key for w in part], autojunk=False
    )
    steps = _within_quotation([*matcher.get_opcodes()])
    part_used = part[steps[0][3] : steps[-1][4]]
    sides = [(s, said[s[1] : s[2]], part[s[3] : s[4]]) for s in steps if s[0] != "equal"]
    unlike = [s for s in sides if not _is_slight(text, s[1], source.text, s[2])]
    if not unlike:
        return _SAME
    changed = [step for step, one, other in unlike if not stands_for(_keys(one), _keys(other))]
    matched = sum(block.size for block in matcher.get_matching_blocks())
    likeness = 2 * matched / (len(said) + len(part_used))
    if likeness < _ALIKE or not changed or not _is_one_place(changed):
        return None
    if len(unlike) - len(changed) > 1 or not _is_bounded(
        source.text, there, window[0], changed, len(said)
    ):
        return None
    return _change(text, said, part, changed, source, likeness)


def _is_bounded(
    source: str, there: Sequence[_Word], start: int, steps: Sequence[_Step], length: int
) -> bool:
    """Whether a change at the edge of a quotation is at the edge of a clause of the source too.

    Elsewhere nothing tells which words of the source stand in the place of the changed ones.
    """
    first, last = steps[0], steps[-1]
    opens = first[1] > 0 or _is_edge(source, there, start + first[3])
    return opens and (last[2] < length or _is_edge(source, there, start + last[4]))


def _is_edge(source: str, there: Sequence[_Word], at: int) -> bool:
    """Whether no word stands before the one at a place, or punctuation between the two."""
    if at in {0, len(there)}:
        return True
    return bool(source[there[at - 1].span.end : there[at].span.start].strip())


def _keys(listed: Sequence[_Word]) -> list[str]:
    return [word.key for word in listed]


def _is_one_place(steps: Sequence[_Step]) -> bool:
    """Whether changes are neighbours; a wording that differs here and there is a paraphrase."""
    return all(later[1] - earlier[2] <= _APART for earlier, later in itertools.pairwise(steps))


def _within_quotation(steps: list[_Step]) -> list[_Step]:
    """The steps without what the source has before and after the quoted stretch."""
    while steps and steps[0][0] == "insert":
        steps = steps[1:]
    while steps and steps[-1][0] == "insert":
        steps = steps[:-1]
    if steps and steps[0][0] == "replace":
        kind, start, end, low, high = steps[0]
        steps = [(kind, start, end, max(low, high - (end - start)), high), *steps[1:]]
    if steps and steps[-1][0] == "replace":
        kind, start, end, low, high = steps[-1]
        steps = [*steps[:-1], (kind, start, end, low, min(high, low + (end - start)))]
    return steps


def _change(
    text: str,
    said: list[_Word],
    part: list[_Word],
    steps: Sequence[_Step],
    source: Quotation,
    likeness: float,
) -> Change:
    whole = Span(said[0].span.start, said[-1].span.end)
    first, last = steps[0], steps[-1]
    low, high = max(0, first[3] - 4), min(len(part), last[4] + (3 if last[2] < len(said) else 0))
    local = Span(part[low].span.start, part[high - 1].span.end)
    return Change(
        quotation=whole,
        source=Quotation(
            "corpus", source.source_id, local.shifted(source.span.start), local.of(source.text)
        ),
        wrong=" / ".join(_between(text, said[s[1] : s[2]]) for s in steps).strip(" /"),
        right=" / ".join(_between(source.text, part[s[3] : s[4]]) for s in steps).strip(" /"),
        corrected=_corrected(text, said, part, steps, source.text),
        likeness=likeness,
    )


def _between(text: str, listed: Sequence[_Word]) -> str:
    return text[listed[0].span.start : listed[-1].span.end] if listed else ""


def _corrected(
    text: str, said: list[_Word], part: list[_Word], steps: Sequence[_Step], source: str
) -> str:
    """The article's stretch with each change undone."""
    done, at = "", said[0].span.start
    for _, start, end, low, high in steps:
        right = _between(source, part[low:high])
        if start == end:
            place = said[start].span.start if start < len(said) else said[-1].span.end
            done += text[at:place] + right + " "
            at = place
        else:
            done += text[at : said[start].span.start] + right
            at = said[end - 1].span.end
            if not right:
                at += text[at : at + 1] == " "
    return (done + text[at : said[-1].span.end]).strip()


def _is_slight(text: str, one: Sequence[_Word], source: str, other: Sequence[_Word]) -> bool:
    """Whether a change is of spelling, contraction, figures or fillers only."""
    if same_words(_keys(one), _keys(other)):
        return True
    return same_numbers(_between(text, one), _between(source, other))


def _window(said: Sequence[str], there: Sequence[str]) -> tuple[int, int] | None:
    """Where in `there` the words of `said` may lie, by the runs they share; None if nowhere."""
    seeds: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(said) - _SEED + 1):
        seeds.setdefault(tuple(said[at : at + _SEED]), []).append(at)
    starts: Counter[int] = Counter()
    for at in range(len(there) - _SEED + 1):
        for place in seeds.get(tuple(there[at : at + _SEED]), ()):
            starts[at - place] += 1
    if not starts:
        return None
    start, _ = max(
        ((s, sum(starts[s + d] for d in (-2, -1, 0, 1, 2))) for s in starts),
        key=lambda pair: (pair[1], -abs(pair[0])),
    )
    return max(0, start - 3), min(len(there), start + len(said) + 4)
