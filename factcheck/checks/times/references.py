"""Dates, times and lengths of time of the article for which the references give others.

Two mentions are paired by the words and numbers around them. A pair counts where the article's
date stands in no reference and the reference's nowhere in the article. Little context is needed
where one is a slip for the other ('12 June' for '12 January'); much where both dates occur on
both sides and only this place has the wrong one of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from factcheck.checks.alignment import total
from factcheck.checks.base import Case
from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import slip
from factcheck.checks.times.mentions import (
    Mention,
    further_parts,
    kin_of,
    lengths_between,
    mentions,
    reckoned_days,
    reference_mentions,
    weights,
    year_of,
)
from factcheck.checks.times.related import Related
from factcheck.records import Quotation
from factcheck.text.clauses import stem
from factcheck.text.parsing import ParsedSentence
from factcheck.text.timemarks import Parts, TimeMark

_BESIDE = 0.4
"""What a word counts that stands in the sentence before or after one of the two mentions."""
_SLIP = 0.2
"""Least context of a slip; the rarest word counts 1."""
_LIKE, _LIKE_SHARE = 2.2, 0.3
"""Least context of other pairs, and its share of the words near the one that has fewer."""
_BRIEF, _BRIEF_SHARE = 1.2, 0.4
"""The same where the sentences are so short that a single word may be most of them."""
_UNLIKE = 3.0
"""Least context where nothing but the kind agrees: another unit, another year, month and day."""
_AMPLE, _LITTLE_SHARE = 2.6, 0.2
"""Least context that makes up for a single word in common near by, and the share of that word."""
_UNIT = 1.3
"""Least context of two lengths in one unit."""
_LENGTH_SLIP = 0.3
"""Least context of two lengths with one number in two units or a digit changed in one unit."""
_RATIO = 5.0
"""Lengths further apart than this are about different things, unless one is a slip."""
_FEW = 12
"""So many dates with a day, free to be meant, that one with the same day hardly comes by chance."""
_CONTESTED, _CONTESTED_SHARE, _CONTESTED_WORDS = 2.1, 0.4, 3
"""Least context, its share and its words where the dates occur on both sides."""
_RIVAL = 0.5
"""Share of that context which a place that bears the article out must not reach."""
_ROUNDED = 0.08
"""Lengths of time that differ by a smaller share are one, only rounded."""
_ROUNDED_MINUTES = 30
"""Times of day that lie nearer are one, only rounded."""
_MEANS = frozenset(stem(word) for word in ("average", "median", "typical", "usual", "mean"))
"""Words of a length that is of many cases and refutes that of none."""
_TIES = 2
"""Words besides names that make one event of two with different names beside them."""
_SURE, _USUAL, _LESS = 0.7, 0.6, 0.55


@dataclass(frozen=True)
class _Likeness:
    context: float
    """Weight of what surrounds both mentions; the rarest word counts 1."""
    close: float
    """Weight of the words near both."""
    share: float
    """Share of the words near both in those near the one that has fewer."""
    shared: int
    """Number of words near both."""


def dates_against(case: Case, sentences: Sequence[ParsedSentence]) -> Iterator[Finding]:
    """Dates, times and lengths in `sentences` of the article that the references give otherwise."""
    theirs, read = reference_mentions(case)
    if not theirs:
        return
    year = year_of(case)
    ours = mentions(case.article.text, sentences, year, None)
    weight = weights([*sentences, *(one for many in read.values() for one in many)])
    kin = kin_of(sentences, read)
    reckoned = _told_of(
        {"year": day.year, "month": day.month, "day": day.day, "weekday": day.weekday()}
        for day in reckoned_days(case, theirs)
    )
    lasting = _told_of({"length": float(days)} for days in lengths_between(theirs))
    further = _told_of(further_parts(case))
    related = Related(case, sentences, kin)
    for kind in ("date", "clock", "length"):
        mine = [mention for mention in ours if mention.mark.kind == kind]
        others = [mention for mention in theirs if mention.mark.kind == kind]
        derived = reckoned if kind == "date" else lasting
        yield from _refuted_among(mine, others, weight, related, derived, further)


def _refuted_among(
    ours: Sequence[Mention],
    theirs: Sequence[Mention],
    weight: Mapping[str, float],
    related: Related,
    derived: set[frozenset[tuple[str, float]]],
    further: set[frozenset[tuple[str, float]]],
) -> Iterator[Finding]:
    told, known = _told(ours), _told(theirs)
    free = [other for other in theirs if related.is_kin(other)]
    their_index, our_index = _index(theirs), _index(ours)
    for mention in ours:
        if _is_told(mention.mark, mention.mark.parts, further):
            continue
        unknown = not _is_told(mention.mark, mention.mark.parts, known)
        if unknown and _is_told(mention.mark, mention.mark.parts, derived):
            continue
        alike = _alike(mention, theirs, their_index, weight)
        rivals = [(o, near) for o, near in alike if _may_refute(o, mention, related)]
        rivals.sort(key=lambda pair: pair[1].context + _slips(mention, pair[0]), reverse=True)
        support = _most(mention.mark.parts, alike)
        for other, likeness in rivals:
            if unknown and not _is_told(mention.mark, _common(mention, other), told):
                confidence = _confidence(mention, other, likeness)
            elif mention.mark.kind == "date" and support <= _RIVAL * likeness.context:
                back = _alike(other, ours, our_index, weight)
                taken = _most(_common(mention, other), back)
                confidence = _contested(likeness) if taken <= _RIVAL * likeness.context else 0.0
            else:
                continue
            if confidence:
                yield _refuted(mention, other, confidence)
                break
        else:
            if unknown and (slipped := _bare_slip(mention, free, told)):
                yield _refuted(mention, slipped, _LESS)


def _may_refute(theirs: Mention, ours: Mention, related: Related) -> bool:
    return (
        related.is_kin(theirs)
        and _conflict(ours, theirs)
        and _one_event(ours, theirs)
        and not related.is_of_namesake(ours, theirs)
    )


def _most(parts: Parts, alike: Iterable[tuple[Mention, _Likeness]]) -> float:
    """The most context of those that state all the parts."""
    contexts = (
        near.close if o.mark.is_code else near.context for o, near in alike if _states(o, parts)
    )
    return max(contexts, default=0.0)


def _bare_slip(
    mention: Mention, theirs: Sequence[Mention], told: set[frozenset[tuple[str, float]]]
) -> Mention | None:
    """The one day in another month that can be meant without a word in common, if it is one."""
    if not {"day", "month"} <= mention.mark.parts.keys():
        return None
    free = [
        other
        for other in theirs
        if {"day", "month"} <= other.mark.parts.keys()
        and not _is_told(mention.mark, _common(mention, other), told)
    ]
    slips = [o for o in free if _differing(mention, o) == ["month"]]
    return slips[0] if len(slips) == 1 and len(free) <= _FEW else None


def _index(mentions: Sequence[Mention]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for at, mention in enumerate(mentions):
        for word in mention.wide | mention.near:
            index[word].append(at)
    return index


def _alike(
    mention: Mention,
    others: Sequence[Mention],
    index: Mapping[str, list[int]],
    weight: Mapping[str, float],
) -> list[tuple[Mention, _Likeness]]:
    """The others that share words with a mention, with how much they share."""
    places = {at for word in mention.near | mention.wide for at in index.get(word, ())}
    return [(others[at], _likeness(mention, others[at], weight)) for at in sorted(places)]


def _likeness(one: Mention, other: Mention, weight: Mapping[str, float]) -> _Likeness:
    shared = one.near & other.near
    beside = ((one.near & other.wide) | (one.wide & other.near)) - shared
    fewer = min(total(one.near, weight), total(other.near, weight))
    close = total(shared, weight)
    context = close + _BESIDE * total(beside, weight)
    return _Likeness(context, close, close / fewer if fewer else 0.0, len(shared))


def _told(mentions: Sequence[Mention]) -> set[frozenset[tuple[str, float]]]:
    """Every set of parts that one of the mentions states, its year being understood."""
    return _told_of(
        {"year": mention.year, **mention.parts}
        if mention.source and mention.year and "month" in mention.parts
        else mention.parts
        for mention in mentions
    )


def _told_of(stated: Iterable[Parts]) -> set[frozenset[tuple[str, float]]]:
    return {
        frozenset(some)
        for parts in stated
        for size in range(1, len(parts) + 1)
        for some in combinations(parts.items(), size)
    }


def _is_told(mark: TimeMark, parts: Parts, told: set[frozenset[tuple[str, float]]]) -> bool:
    """Whether one of those states all the parts, or much the same length of time."""
    if mark.kind == "date":
        return frozenset(_essential(parts).items()) in told
    values = [(key, value) for some in told for key, value in some]
    return any(_same(key, value, parts[key]) for key, value in values if key in parts)


def _essential(parts: Parts) -> Parts:
    """The parts without a weekday that a day makes superfluous."""
    if "day" not in parts:
        return parts
    return {key: value for key, value in parts.items() if key != "weekday"}


def _same(key: str, one: float, other: float) -> bool:
    if key == "length":
        return abs(one - other) <= _ROUNDED * max(one, other)
    if key in {"minute", "twelfth"}:
        apart = abs(one - other) % 720
        return min(apart, 720 - apart) < _ROUNDED_MINUTES
    return one == other


def _common(mention: Mention, other: Mention) -> Parts:
    """What the reference gives of the parts that the article writes."""
    kept = mention.mark.parts.keys() & other.mark.parts.keys()
    return {key: other.mark.parts[key] for key in kept}


def _states(mention: Mention, parts: Parts) -> bool:
    """Whether a mention states all the parts."""
    wanted = _essential(parts)
    return all(
        key in mention.parts and _same(key, mention.parts[key], wanted[key]) for key in wanted
    )


def _conflict(mention: Mention, other: Mention) -> bool:
    """Whether both write a part, of one kind of date, and write it otherwise."""
    mine, theirs = mention.mark.parts, other.mark.parts
    if mention.mark.kind == "length" and bool(_MEANS & mention.near) != bool(_MEANS & other.near):
        return False
    if "month" in mine and "month" not in theirs and not ("day" in mine and "day" in theirs):
        return False
    return any(not _same(key, value, mine[key]) for key, value in _common(mention, other).items())


def _differing(mention: Mention, other: Mention) -> list[str]:
    """The parts, apart from the weekday, that both write and write otherwise."""
    mine = mention.mark.parts
    common = _essential(_common(mention, other))
    return [key for key, value in common.items() if not _same(key, value, mine[key])]


def _slips(mention: Mention, other: Mention) -> bool:
    """Whether one is a slip for the other: a single part of it, or a digit, is changed."""
    if mention.mark.kind == "length":
        return _length_slips(mention.mark, other.mark)
    common, differing = _common(mention, other), _differing(mention, other)
    if mention.mark.kind != "date" or len(differing) != 1:
        return False
    key = differing[0]
    wrong, right = mention.mark.parts[key], common[key]
    near = bool(mention.near & other.near)
    if key == "day":
        likely = max(wrong, right) > 9 and _mistyped(wrong, right)
        return near and likely and "month" in common
    if key == "year" and "month" not in common:
        return sorted(f"{wrong:g}") == sorted(f"{right:g}")
    if "day" not in common and ("day" in mention.mark.parts or (key == "month" and not near)):
        return False  # 'May 2023' and 'June 2023'
    return key in {"month", "year"} and len(common) > 1


def _length_slips(mark: TimeMark, other: TimeMark) -> bool:
    if mark.unit != other.unit:
        return mark.count == other.count
    return max(mark.count, other.count) > 9 and _mistyped(mark.count, other.count)


def _mistyped(wrong: float, right: float) -> bool:
    """Whether a digit that is no nought is changed, left out or added, but not by one only."""
    short, long = sorted((f"{wrong:g}", f"{right:g}"), key=len)
    dropped = len(short) < len(long) and short in long and long != f"{short}0"
    return abs(wrong - right) > 1 and (dropped or (len(short) == len(long) and slip(wrong, right)))


def _confidence(mention: Mention, other: Mention, likeness: _Likeness) -> float:
    """How sure it is that two mentions, each unknown to the other side, date the same; 0 if not."""
    is_length = mention.mark.kind == "length"
    if _slips(mention, other) and likeness.context >= (_LENGTH_SLIP if is_length else _SLIP):
        return _SURE if likeness.context >= _LIKE and likeness.shared > 1 else _USUAL
    if is_length and mention.mark.unit == other.mark.unit:
        return _USUAL if _same_measure(mention, other, likeness) else 0.0
    if is_length or len(_differing(mention, other)) > 2:
        full = likeness.shared > 1 and likeness.share >= _LIKE_SHARE
        return _USUAL if full and likeness.context >= _UNLIKE else 0.0
    full = likeness.shared > 1 and likeness.context >= _LIKE and likeness.share >= _LIKE_SHARE
    full = full and bool(_things(mention, other))
    brief = likeness.context >= _BRIEF and likeness.share >= _BRIEF_SHARE
    brief = brief and mention.mark.parts.keys() != {"weekday"}
    ample = likeness.context >= _AMPLE and likeness.share >= _LITTLE_SHARE
    return _USUAL if full or brief or ample else 0.0


def _same_measure(mention: Mention, other: Mention, likeness: _Likeness) -> bool:
    """Whether two lengths in one unit measure the same."""
    low, high = sorted((mention.mark.count, other.mark.count))
    named = f"#{other.mark.count:g}" in mention.near or f"#{mention.mark.count:g}" in other.near
    near = likeness.context >= _UNIT and likeness.share >= _LITTLE_SHARE
    return near and bool(_things(mention, other)) and not named and high <= _RATIO * low


def _one_event(mention: Mention, other: Mention) -> bool:
    """Whether more than who takes part ties the two: what is done, or what it is done to.

    Where each names somebody whom the other does not, a single such word ('beat') is of two events.
    """
    ours, theirs = _strangers(mention, other), _strangers(other, mention)
    return len(_things(mention, other)) >= (_TIES if ours and theirs else 1)


def _strangers(mention: Mention, other: Mention) -> frozenset[str]:
    """The names beside one date that do not stand beside the other."""
    return mention.near & {stem(name) for name in mention.names} - other.near


def _things(mention: Mention, other: Mention) -> frozenset[str]:
    """What stands near both and is more than who takes part."""
    return (mention.near & other.near) - {stem(name) for name in mention.names}


def _contested(likeness: _Likeness) -> float:
    """The same where both dates occur on both sides, but not with these words."""
    sure = (
        likeness.context >= _CONTESTED
        and likeness.share >= _CONTESTED_SHARE
        and likeness.shared >= _CONTESTED_WORDS
    )
    return _LESS if sure else 0.0


def _refuted(mention: Mention, other: Mention, confidence: float) -> Finding:
    assert other.source is not None
    place = Quotation(other.source.origin, other.source.source_id, other.span, other.words)
    return Finding(
        mention.span,
        place,
        f"The reference says {other.words}, the article {mention.words}.",
        confidence,
        other.words if mention.mark.parts.keys() == other.mark.parts.keys() else None,
    )
