"""A count against those listed by name or one by one in the sentences around it.

'Shops in seven towns … The new branches will be in Aalst, Dinant and Mons'; 'Councillors Abbot,
Denham and Rees voted against. The five councillors …'; 'Four people have appeared in court …
Daniel Orr, 34, Kaye Lumsden, 29, and Piotr Walas, 41'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.checks.findings import Finding
from factcheck.checks.numbers.figures import Line, counting_word
from factcheck.checks.numbers.kin import are_kin, is_person
from factcheck.checks.numbers.operands import Held
from factcheck.records import Span
from factcheck.text.numbers import number_word

_NAME = (
    r"[A-Z][\w'\u2019.-]*(?: (?:(?:of|the|de|von|van|le|la|al|upon|on) )?[A-Z][\w'\u2019.-]*){0,3}"
)
_LIST = re.compile(rf"(?<![\w.]){_NAME}(?:, {_NAME}){{1,14}},? and (?:the )?{_NAME}")
_BREAK = re.compile(r",? and (?:the )?|, ")
_AGED = re.compile(rf"{_NAME}, (?:aged )?\d{{1,2}}(?=,| and\b|[.;])")
_OPEN = re.compile(
    r"\b(?:among|includ\w+|such as|for example|for instance|notably|e\.g|like|as well as|also|other"
    r"|others|besides|apart from|most|some|plus|chiefly|mainly|one of|already)\b",
    re.IGNORECASE,
)
"""Words of a sentence whose list may leave some out or tell of more."""
_WHOLE = re.compile(
    r"\b(?:are|were|will be|is|was|being|namely|consists? of|comprises?|comprising|made up of"
    r"|consisting of)(?: to be)?(?: (?:in|at|from|for|called|named))?(?: the)? $",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"\b(?:the|these|those|they|all|its|their|his|her)\b", re.IGNORECASE)
_TITLED = re.compile(r"\b([A-Z]?[a-z]{3,})s $")
"""'Councillors' before a list of names."""
_SHOWN = re.compile(
    r"(?:: |\b(?:consists? of|comprises?|made up of|consisting of) )(?=an? |one |two )"
)
_ITEM = re.compile(
    r"(?:^|(?:, | and |; )(?:and )?)(?:with )?"
    r"(?P<many>an?|one|two|three|four|five|six|seven|eight|nine|ten|its|his|her|the)"
    r" (?P<pair>pair of |couple of |brace of |trio of |set of )?(?=[a-z])",
    re.IGNORECASE,
)
_GROUPS = {"pair of ": 2, "couple of ": 2, "brace of ": 2, "trio of ": 3, "set of ": 0}
_PLACES = frozenset(
    """
    town city village country state district county region parish port province place island nation
    municipality suburb community borough settlement capital
    """.split()
)
_COURT = re.compile(
    r"\b(?:charged|accused|appeared|arrested|convicted|jailed|sentenced|killed|died|dead|held"
    r"|named|identified|fined|remanded|drowned)\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:more|other|another|further|others|additional|remaining)\b", re.IGNORECASE)
_NEAR = 2
_BACK, _AGES_BACK = 3, 3
_FEWEST = 3


@dataclass(frozen=True)
class _Roll:
    """A list in a sentence."""

    line: Line
    start: int
    end: int
    size: int

    @property
    def span(self) -> Span:
        """Where it stands in the whole text."""
        return Span(self.start, self.end).shifted(self.line.parsed.span.start)


def rolls(lines: Sequence[Line]) -> Iterator[Finding]:
    """Counts that a list told with them, sentences away, does not have."""
    body = [line for line in lines if not line.headline]
    for at, line in enumerate(body):
        before, after = body[max(0, at - _BACK) : at], body[at + 1 : at + 1 + _NEAR]
        for roll in _names(line):
            yield from _told_whole(roll, before)
            yield from _titled(roll, [line, *after])
        yield from _aged(line, body[max(0, at - _AGES_BACK) : at])
        yield from _shown(line, before)


def _names(line: Line) -> Iterator[_Roll]:
    if _OPEN.search(line.text):
        return
    for match in _LIST.finditer(line.text):
        items = _BREAK.split(match[0])
        if len(items) >= _FEWEST and len(set(items)) == len(items):
            yield _Roll(line, match.start(), match.end(), len(items))


def _counts(line: Line) -> list[tuple[Held, str]]:
    """The plain counts of a sentence with the lemma of what is counted."""
    found = []
    for figure in line.figures:
        quantity, word = figure.quantity, counting_word(line, figure)
        plain = quantity.bound == "exact" and not quantity.unit and quantity.value >= 2
        if plain and word is not None and word.dep_ == "nummod" and word.head.pos_ == "NOUN":
            found.append((Held(line, figure), word.head.lemma_.casefold()))
    return found


def _told_whole(roll: _Roll, before: Sequence[Line]) -> Iterator[Finding]:
    """'In seven towns. … The new branches will be in Aalst, Dinant and Mons'."""
    lead = roll.line.text[: roll.start]
    subjects = {t.lemma_.casefold() for t in roll.line.parsed.doc if t.dep_.startswith("nsubj")}
    whole = _WHOLE.search(lead) and _DEFINITE.search(lead)
    located = re.search(r"\b(?:in|at|from|to) (?:the )?$", lead)
    if not (whole or located):
        return
    counts = [one for line in before for one in _counts(line)]
    if any(held.value == roll.size for held, _ in counts):
        return
    for held, noun in reversed(counts):
        near = 0 < abs(held.value - roll.size) <= _NEAR
        named = whole and any(are_kin(noun, word) for word in subjects)
        placed = noun in _PLACES and located and (whole or held.line is before[-1])
        if near and (named or placed) and not _MORE.search(held.line.text):
            yield _finding(held, roll.span, roll.size)
            return


def _titled(roll: _Roll, after: Sequence[Line]) -> Iterator[Finding]:
    """'Councillors Abbot, Denham and Rees … The five councillors'."""
    lead = roll.line.text[: roll.start]
    title = _TITLED.search(lead)
    first = roll.line.text[roll.start :].split(" ", 1)[0]
    noun = title[1].casefold() if title else ""
    if not noun and first.endswith("s") and is_person(first[:-1].casefold()):
        noun = first[:-1].casefold()
    located = re.search(r"\b(?:in|at|to|from|of|through|visit\w*|between) (?:the )?$", lead)
    for line in after if noun or located else ():
        for held, counted in _counts(line):
            ahead = line.text[: held.figure.quantity.span.start]
            definite = re.search(r"\b(?:the|all|these|those) $", ahead, re.IGNORECASE)
            near = 0 < abs(held.value - roll.size) <= _NEAR
            kin = are_kin(noun, counted) if noun else counted in _PLACES
            if definite and near and kin and held.span.start > roll.span.end:
                yield _finding(held, roll.span, roll.size)


def _aged(line: Line, before: Sequence[Line]) -> Iterator[Finding]:
    """'Four people have appeared … Daniel Orr, 34, Kaye Lumsden, 29, and Piotr Walas, 41'."""
    found = list(_AGED.finditer(line.text))
    if len(found) < 2 or _OPEN.search(line.text) or _MORE.search(line.text):
        return
    counts = [(h, n) for one in before for h, n in _counts(one) if is_person(n)]
    if len({held.value for held, _ in counts}) != 1:
        return
    held, _ = counts[0]
    near = 0 < abs(held.value - len(found)) <= _NEAR
    if near and _COURT.search(held.line.text) and not _AGED.search(held.line.text):
        place = Span(found[0].start(), found[-1].end()).shifted(line.parsed.span.start)
        yield _finding(held, place, len(found))


def _shown(line: Line, before: Sequence[Line]) -> Iterator[Finding]:
    """'Six antiquities … on show: a bronze lamp, a pair of heads and a small clay horse'."""
    lead = _SHOWN.search(line.text)
    if lead is None or _OPEN.search(line.text):
        return
    text = line.text[lead.end() :]
    sizes = [_size(match) for match in _ITEM.finditer(text)]
    if len(sizes) < 2 or 0 in sizes or " and " not in text or _MORE.search(text):
        return
    counts = [one for near in before for one in _counts(near)]
    counts = [(h, noun) for h, noun in counts if not is_person(noun) and h.value < 30]
    size = sum(sizes)
    if not counts or any(held.value == size for held, _ in counts):
        return
    place = Span(lead.end(), len(line.text)).shifted(line.parsed.span.start)
    near = [held for held, _ in counts if 0 < abs(held.value - size) <= 1]
    if len(near) == 1:
        yield _finding(near[0], place, size)


def _size(match: re.Match[str]) -> int:
    """How many an item of a list is; 0 where nobody can tell."""
    word, pair = match["many"].casefold(), match["pair"]
    many = number_word(word) or 1
    return many * _GROUPS[pair.casefold()] if pair else many


def _finding(held: Held, place: Span, size: int) -> Finding:
    return Finding(held.span, place, f"{size} are listed, not {held.words}.", 0.65)
