"""Who was born when, and whose an age is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.times.bearers import bearer, may_name_one, name_words, untitled
from factcheck.checks.times.timeline import DatedLine
from factcheck.text.dates import When
from factcheck.text.firstnames import borne_by

if TYPE_CHECKING:
    from spacy.tokens import Token

_BORN = re.compile(r"\bborn\b[^.;\d]{0,60}?\b(?:in|on)(?: \w+,)?(?: the \w+ of)? ?$", re.IGNORECASE)
_NEAR = 120
"""Characters before a date in which 'born' is looked for."""
_NAME = re.compile(r"[A-Z][\w'-]+")
_OPENS = re.compile(r"Born\b")
_NAMED_NEXT = re.compile(r"[^,.;:]{0,40}, (?P<name>(?:[A-Z][\w'-]+\.? ){0,3}[A-Z][\w'-]+)")
_KIN = (
    r"(?:(?:grand|step|great-)?(?:son|daughter|mother|father|child|children|brother|sister)s?"
    r"|grand(?:child|children|parents?)|wife|husband|widow|widower|twin|nephew|niece|cousin|uncle"
    r"|aunt|parents?|partner|fianc\u00e9e?|namesake)"
)
RELATIVES = re.compile(rf"\b{_KIN}\b", re.IGNORECASE)
"""Words for those who are somebody's: whose age it is, the name alone does not tell."""
_BESIDE = 40
"""Characters before a name within which such a word is of the one named."""
_SHE = re.compile(r"\b(?:Mrs|Ms|Miss|Lady|Dame)\b")
_HE = re.compile(r"\b(?:Mr|Sir|Lord)\b")


_Name = tuple[str, ...]


@dataclass(frozen=True)
class Birth:
    """A date of birth and the one who was born."""

    line: DatedLine
    """The sentence."""
    when: When
    """The date."""
    name: tuple[str, ...]
    """Words of the name of the one born, casefolded, without titles; empty where none is told."""
    around: frozenset[str]
    """Names before the date in its sentence, or all of them where there is none."""
    bearers: frozenset[tuple[str, ...]]
    """The full names in the article that end with the same surname."""
    is_relative: bool
    """Whether a relative of somebody was born: 'his mother, born in 1940'."""

    @property
    def told(self) -> str:
        """'Born in 1940', 'Born on 3 May 1940'."""
        link = "on" if self.when.precision == "day" else "in"
        return f"Born {link} {self.when.span.of(self.line.text)}"


def capitalised(text: str) -> frozenset[str]:
    """The words of a text that are written as names are."""
    return frozenset(_NAME.findall(text))


def births(lines: Sequence[DatedLine]) -> list[Birth]:
    """The births that are dated with a year, in order."""
    bearers = _bearers(lines)
    return [
        _birth(lines, at, when, bearers)
        for at, line in enumerate(lines)
        for when in line.whens
        if when.first and not when.assumed and _BORN.search(_before(line, when)[-_NEAR:])
    ]


def is_of(birth: Birth, line: DatedLine, start: int, written: str) -> bool:
    """Whether the name `written` at `start` of a sentence is that of the one who was born."""
    beside = re.split(r"[.;:]", line.text[max(0, start - _BESIDE) : start])[-1]
    name = untitled(written.split())
    if RELATIVES.search(beside) or not may_name_one(name, birth.name):
        return False
    alone = min(len(name), len(birth.name)) == 1
    return not (alone and len(birth.bearers) > 1) and _suits(written, birth)


def is_of_another(birth: Birth, line: DatedLine) -> bool:
    """Whether a sentence names somebody else of the surname of the one who was born."""
    alike = _bearers([line]).get(birth.name[-1], frozenset()) if birth.name else frozenset()
    return any(not may_name_one(name, birth.name) for name in alike)


def _birth(
    lines: Sequence[DatedLine], at: int, when: When, bearers: Mapping[str, frozenset[_Name]]
) -> Birth:
    line = lines[at]
    before = _before(line, when)
    who = _who(line, when)
    name = _name(who, lines[at - 1] if at else None) or _leading(line, when)
    around = capitalised(before.removeprefix("Born")) or capitalised(line.text)
    alike = bearers.get(name[-1], frozenset()) if name else frozenset()
    return Birth(line, when, name, around, alike, _is_relative(who))


def _before(line: DatedLine, when: When) -> str:
    return line.text[: when.span.start]


def _who(line: DatedLine, when: When) -> Token | None:
    """The one who was born: what the last 'born' before the date is said of."""
    born = [
        word for word in line.parsed.doc if word.lower_ == "born" and word.idx < when.span.start
    ]
    return _named(bearer(born[-1])) if born else None


def _named(who: Token | None) -> Token | None:
    """The name beside a word for somebody, else the word: 'Greta Holm, a painter born in'."""
    if who is None or who.pos_ != "NOUN":
        return who
    beside = [word for word in who.children if word.dep_ == "appos" and word.pos_ == "PROPN"]
    if who.dep_ == "appos":
        beside.append(who.head)
    elif who.dep_ == "attr":
        subject = bearer(who.head)
        beside += [subject] if subject is not None else []
    return beside[0] if beside else who


def _leading(line: DatedLine, when: When) -> tuple[str, ...]:
    """The name after a birth that begins its sentence: 'Born in 1960, Greta Holm'."""
    found = _NAMED_NEXT.match(line.text[when.span.end :]) if _OPENS.match(line.text) else None
    return untitled(found["name"].split()) if found else ()


def _name(who: Token | None, previous: DatedLine | None) -> tuple[str, ...]:
    """The name of the one born; of 'he' or 'she' that of the only person of the sentence before."""
    if who is not None and who.pos_ == "PROPN":
        return name_words(who)
    if who is None or previous is None or who.lower_ not in {"he", "she"}:
        return ()
    doc = previous.parsed.doc
    people = [word.text for word in doc.ents if word.label_ == "PERSON"]
    root = next((word for word in doc if word.dep_ == "ROOT"), None)
    known = bearer(root) if root is not None else None
    if len(people) != 1 or known is None or known.pos_ != "PROPN":
        return ()
    name = name_words(known)
    return name if name and borne_by(name[0]) in {"", who.lower_} else ()


def _is_relative(who: Token | None) -> bool:
    """Whether it is said of somebody's mother, and not of a mother of three."""
    if who is None or who.pos_ != "NOUN" or not RELATIVES.fullmatch(who.text):
        return False
    return any(word.dep_ == "poss" for word in who.children)


def _bearers(lines: Sequence[DatedLine]) -> dict[str, frozenset[_Name]]:
    """The names of more than one word, by their last one."""
    found: dict[str, set[_Name]] = defaultdict(set)
    for word in (word for line in lines for word in line.parsed.doc if word.pos_ == "PROPN"):
        name = name_words(word)
        if len(name) > 1:
            found[name[-1]].add(name)
    return {last: frozenset(names) for last, names in found.items()}


def _suits(written: str, birth: Birth) -> bool:
    """Whether a title, 'Mrs Low', suits the first name of the one who was born."""
    pronoun = "she" if _SHE.match(written) else "he" if _HE.match(written) else ""
    first = borne_by(birth.name[0]) if len(birth.name) > 1 else ""
    return not (pronoun and first) or pronoun == first
