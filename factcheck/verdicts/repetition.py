"""Claims that a reference makes in the same words.

Reading takes no model where a passage has the claim letter for letter: as a sentence, or as a
clause that nothing in its sentence denies, doubts or gives to somebody. The words must mean the
same there: no pronoun without its owner, no 'yesterday' of another day.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from importlib.resources import files

from factcheck.records import Claim, Evidence
from factcheck.text.details import NAMED_DAYS, NAMED_MONTHS
from factcheck.text.folding import squeeze
from factcheck.text.numbers import numbers
from factcheck.text.sentences import sentences

_REMEMBERED = 1_024
"""Passages whose sentences are kept: neighbouring claims have the same ones."""
_LEAST_WORDS = 3
"""Words of a claim; what is shorter says nothing by itself."""
_ENOUGH_NAMES, _ENOUGH_WITH_FIGURE = 3, 1
"""Words of names that passage and article must share where the claim has none; with a figure in it
fewer do."""
_YEAR_APART = 300
"""Days between two documents from which '3 May' is not the same day in both."""
_OUTSIDE = frozenset({"negated", "denied", "conditional"})
"""Hedges that make another claim of the words when they stand before them."""

_DASHES = str.maketrans("\u2013\u2014", "--")
_FINAL = re.compile(r"[.!][\"')\]]*$")
_DATELINE = re.compile(
    r"^[A-Z][A-Z.'-]+(?:[ ,]{1,2}[A-Z\d(][\w./()'-]{0,19}){0,8} ?[\u2013\u2014-] (?=\S)"
)
_LABEL = re.compile(r"^(?!Source:|Date:)[A-Z][\w.'\u2019-]*(?: [A-Z][\w.'\u2019-]*){0,3} ?:", re.M)
_OPENED = re.compile(r"(?:^|[;:] |, (?:and|but|while) )$")
_CLOSED = re.compile(r"(?:$|[;,] (?:and|but|while|which|who) |; | and (?!a |half|\d|so ))")
_JOINED = re.compile(r"(?:,? and| but) $")
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_NAME = re.compile(r"(?<=[\w,;'\"] )[A-Z][\w-]{2,}")
_YEAR = re.compile(r"\b(?:1[4-9]|20)\d\d\b")
_DAY_WORD = re.compile(r"\b(?:yesterday|today|tonight|tomorrow|ago)\b")
_UNIT = re.compile(r"\b(?:this|last|next) (\w+)")


def repeats(claim: Claim, evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    """The reference passages that say the claim in its own words, nearest first.

    Args:
        claim: the claim.
        evidence: its passages; those of the article tell its date and whom it is about.
    """
    if not _may_be_held_to_words(claim):
        return
    own = [item for item in evidence if item.quotation.origin == "context"]
    for passage in evidence:
        if passage.quotation.origin == "corpus" and _says(passage, claim, own):
            yield passage


def _may_be_held_to_words(claim: Claim) -> bool:
    before = (hedge for hedge in claim.hedges if hedge.cue.span.start < claim.span.start)
    return not (
        claim.ambiguous
        or len(claim.text.split()) < _LEAST_WORDS
        or any(hedge.kind in _OUTSIDE for hedge in before)
    )


def _says(passage: Evidence, claim: Claim, own: Sequence[Evidence]) -> bool:
    told = _told(passage.quotation.text)
    wanted = _folded(claim.text)
    led = _led(claim, wanted)
    for at, sentence in enumerate(told):
        if not (_is_clause(wanted, sentence) or (led and _is_second(led, wanted, sentence))):
            continue
        beside = told[max(0, at - 1) : at] + told[at + 1 : at + 2]
        if any(_lists()["retracting"] & _words(other) for other in beside):
            continue
        if _owners_agree(claim, told[at - 1] if at else "") and _same_matter(passage, claim, own):
            return True
    return False


@functools.lru_cache(_REMEMBERED)
def _told(text: str) -> tuple[str, ...]:
    """The sentences that a passage says itself, folded; empty words for those that it quotes."""
    marks = squeeze(text).count('"')
    if marks % 2 or _LABEL.search(text):
        return ()
    found, before = [], 0
    for span in sentences(text):
        sentence = _undated(span.of(text))
        quoted = before % 2
        before += squeeze(span.of(text)).count('"')
        own = not quoted and before % 2 == 0 and _FINAL.search(sentence.strip())
        found.append(_folded(sentence) if own else "")
    return tuple(found)


def _undated(sentence: str) -> str:
    """A sentence without the place and day that open a report."""
    return _DATELINE.sub("", sentence.strip())


def _folded(text: str) -> str:
    return _FINAL.sub("", squeeze(text.translate(_DASHES))).strip()


def _is_clause(wanted: str, sentence: str) -> bool:
    """Whether a sentence is these words, or has them as a clause that nothing governs."""
    if wanted == sentence:
        return True
    before, found, after = sentence.partition(wanted)
    return bool(
        found
        and _OPENED.search(before)
        and _CLOSED.match(after)
        and not _is_governed(f"{before} {after}")
    )


def _led(claim: Claim, wanted: str) -> str:
    """What a restatement puts before a claim's own words: 'the work will' before 'take a year'."""
    whole = _folded(claim.standalone)
    return whole.removesuffix(wanted) if whole.endswith(f" {wanted}") else ""


def _is_second(led: str, wanted: str, sentence: str) -> bool:
    """Whether a sentence ends with these words as a second predicate of the same subject."""
    before = sentence.removesuffix(wanted)
    if before == sentence or not before.startswith(led) or not _JOINED.search(before):
        return False
    return not _is_governed(before)


def _is_governed(rest: str) -> bool:
    return '"' in rest or "n't" in rest or bool(_lists()["governing"] & _words(rest))


def _owners_agree(claim: Claim, before: str) -> bool:
    """Whether what the claim's pronouns point to is the same in the reference.

    One that opens the claim must have been given its name, and the sentence before must name it.
    """
    written = _WORD.findall(claim.text)
    low = [word.casefold() for word in written]
    if _lists()["speaking"].intersection(low) or "us" in written:
        return False
    if not low or low[0] not in _lists()["pointing"]:
        return True
    added = _words(claim.standalone.casefold()) - set(low) - {"the", "a", "an"}
    return bool(added) and {word.removesuffix("'s") for word in added} <= _words(before)


def _same_matter(passage: Evidence, claim: Claim, own: Sequence[Evidence]) -> bool:
    """Whether the words tell of the same day, and of the same matter where they name nobody."""
    written = next((item.date for item in own if item.date), None)
    if not _same_time(claim.text, _day(written), _day(passage.date)):
        return False
    if _names([claim.text]):
        return True
    known = {passage.title, passage.quotation.text}
    shared = _names(known) & _names(text for item in own for text in _read_of(item))
    figure = bool(list(numbers(claim.text)))
    return len(shared) >= (_ENOUGH_WITH_FIGURE if figure else _ENOUGH_NAMES)


def _read_of(item: Evidence) -> tuple[str, str]:
    return item.title, item.quotation.text


def _same_time(text: str, ours: dt.date | None, theirs: dt.date | None) -> bool:
    """Whether words for a time mean the same in documents of these days."""
    low = text.casefold()
    both = (ours, theirs) if ours and theirs else None
    unit = _UNIT.search(low)
    if _DAY_WORD.search(low) or (unit and unit[1] != "year"):
        return both is not None and both[0] == both[1]
    if unit:
        return both is not None and both[0].year == both[1].year
    words = _words(low)
    dated = bool(words & NAMED_MONTHS) and bool(_YEAR.search(low))
    if words & NAMED_DAYS and not words & NAMED_MONTHS:
        return both is not None and len({_week_of(day, words) for day in both}) == 1
    if dated or both is None or not words & NAMED_MONTHS:
        return True
    return abs((both[0] - both[1]).days) < _YEAR_APART


def _week_of(written: dt.date, words: frozenset[str]) -> frozenset[dt.date]:
    """The last days of these names up to the day of writing."""
    past = (written - dt.timedelta(days) for days in range(7))
    return frozenset(day for day in past if day.strftime("%A").casefold() in words)


def _day(date: str | None) -> dt.date | None:
    with suppress(ValueError):
        return dt.date.fromisoformat(date) if date else None
    return None


def _names(texts: Iterable[str]) -> frozenset[str]:
    found = {word.casefold() for text in texts for word in _NAME.findall(text)}
    return frozenset(found) - NAMED_MONTHS - NAMED_DAYS


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


@functools.cache
def _lists() -> dict[str, frozenset[str]]:
    source = files("factcheck.verdicts").joinpath("data", "repetition.toml")
    listed: dict[str, str] = tomllib.loads(source.read_text("utf-8"))
    return {name: frozenset(words.split()) for name, words in listed.items()}
