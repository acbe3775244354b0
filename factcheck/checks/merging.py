"""One flag for one problem: flags on the same words are put together, the most telling stays.

Two flags are about one problem when their words overlap, in either direction (A against B, or B
against A). Those of types that do not go together stay apart where each has a correction of its
own, for a sentence can be wrong twice; where both corrections come to the same it is wrong once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from factcheck.records import Flag, Quotation, order_flags

_UNSPECIFIC = frozenset({"contradiction", "unsupported"})
MODEL_CHECKS = ("verifier", "sources")
"""Checks that need a model and are made by the caller; they can be silenced like the others."""
_BY_READING = (*MODEL_CHECKS, "llm")
"""How the names of checks begin that rest on what a model makes of the text."""
_IN_THE_VERDICT = frozenset({"sources"})
"""Checks that make no other's flag surer and stand for none: what the verifier made of a reference
goes into the verdict by itself and would count twice, and their flags decide none."""
_MUCH = 0.5
"""Share of the shorter words that two flags must share to be on the same place."""
_CELL = 200
"""Code points in a stretch; keeps the cost of merging linear in the number of flags."""
_SURE = 0.99
"""Combined confidence stops here: checks that agree may still share one mistake."""


def merge_flags(flags: Iterable[Flag], least: float = 0.0) -> tuple[Flag, ...]:
    """The flags with those of one problem made one, in the order of `order_flags`.

    The most explanatory of a group stays (a comparison of words over a model's judgement, then one
    that a verdict may rest on, with a conflicting place, with a correction, a specific type, the
    higher confidence). Its confidence becomes the noisy-or of the best of each check:
    1 - (1 - a)(1 - b), as if the checks erred independently; said so in the explanation. Two that
    compare the same words with the same words err together and count once.

    Args:
        flags: what the checks raised.
        least: confidence from which flags are shown. Where the most explanatory of a group is not
            to be shown even so, the most explanatory of those that are stays.
    """
    groups: list[list[Flag]] = []
    near: dict[tuple[str, int], list[int]] = {}
    for flag in sorted(flags, key=_telling, reverse=True):
        places = sorted(
            {number for cell in _cells(flag.quotation) for number in near.get(cell, [])}
        )
        home = next((n for n in places if _same_problem(groups[n][0], flag)), None)
        if home is not None:
            groups[home].append(flag)
            continue
        for quotation in filter(None, (flag.quotation, flag.conflict)):
            for cell in _cells(quotation):
                near.setdefault(cell, []).append(len(groups))
        groups.append([flag])
    return order_flags(_one(group, least) for group in groups)


def same_place(one: Quotation, other: Quotation) -> bool:
    """Whether two quotations share half of the shorter one's words: then flags on them are one."""
    if one.source_id != other.source_id:
        return False
    shared = min(one.span.end, other.span.end) - max(one.span.start, other.span.start)
    shorter = min(one.span.end - one.span.start, other.span.end - other.span.start)
    return shared > 0 and shared >= _MUCH * shorter


def _cells(quotation: Quotation) -> list[tuple[str, int]]:
    """The stretches of the text that a quotation touches, so that only neighbours are compared."""
    first, last = quotation.span.start // _CELL, quotation.span.end // _CELL
    return [(quotation.source_id, cell) for cell in range(first, last + 1)]


def _telling(flag: Flag) -> tuple[bool, bool, bool, bool, bool, float, str, str]:
    return (
        _compares(flag),
        flag.check not in _IN_THE_VERDICT,
        flag.type not in _UNSPECIFIC,
        flag.conflict is not None,
        flag.correction is not None,
        flag.confidence,
        flag.type,
        flag.id,
    )


def _compares(flag: Flag) -> bool:
    return not flag.check.startswith(_BY_READING)


def _same_problem(one: Flag, other: Flag) -> bool:
    if _one_repair(one, other):
        return True
    if _two_repairs(one, other):
        return False
    one_place = same_place(one.quotation, other.quotation) or _mirrored(one, other)
    return one_place and (_types_agree(one, other) or not (one.correction and other.correction))


def _one_repair(one: Flag, other: Flag) -> bool:
    """Whether both corrections turn the article's words into the same words."""
    outer, inner = (one, other) if one.quotation.covers(other.quotation) else (other, one)
    if not outer.correction or not inner.correction or not outer.quotation.covers(inner.quotation):
        return False
    words, at = outer.quotation.text, inner.quotation.span.start - outer.quotation.span.start
    after = words[at + len(inner.quotation.text) :]
    return f"{words[:at]}{inner.correction}{after}" == outer.correction


def _two_repairs(one: Flag, other: Flag) -> bool:
    """Whether one check proposes two different repairs: then it sees two problems."""
    if one.check != other.check or not one.correction or not other.correction:
        return False
    return one.correction != other.correction


def _types_agree(one: Flag, other: Flag) -> bool:
    return one.type == other.type or bool({one.type, other.type} & _UNSPECIFIC)


def _mirrored(one: Flag, other: Flag) -> bool:
    """Whether one says that A conflicts with B and the other that B conflicts with A."""
    if one.conflict is None or other.conflict is None:
        return False
    return same_place(one.quotation, other.conflict) and same_place(one.conflict, other.quotation)


def _one(group: list[Flag], least: float) -> Flag:
    """The first of the group that is to be shown, or else simply the first."""
    merged = _led_by(group[0], group)
    if merged.confidence >= least:
        return merged
    shown = (_led_by(flag, group) for flag in group if flag.confidence >= least)
    return next(shown, merged)


def _led_by(best: Flag, group: list[Flag]) -> Flag:
    """One of the group, with the confidence that its checks have together."""
    by_check: dict[str, float] = {}
    for flag in group:
        check = best.check if _one_comparison(best, flag) else flag.check
        by_check[check] = max(by_check.get(check, 0.0), flag.confidence)
    others = sorted({flag.check for flag in group} - {best.check})
    if not others:
        return replace(best, confidence=max(flag.confidence for flag in group))
    doubt = 1.0
    for check, confidence in by_check.items():
        doubt *= 1.0 if check in _IN_THE_VERDICT else 1.0 - confidence
    together = max(best.confidence, min(_SURE, round(1.0 - doubt, 4)))
    combined = "; confidences combined" if together > best.confidence else ""
    said = f"{best.explanation} (Also found by: {', '.join(others)}{combined}.)"
    return replace(best, confidence=together, explanation=said)


def _one_comparison(one: Flag, other: Flag) -> bool:
    """Whether two comparisons of words come to the same repair against the same place."""
    if not (_compares(one) and _compares(other) and one.conflict and other.conflict):
        return False
    return same_place(one.conflict, other.conflict) and _one_repair(one, other)
