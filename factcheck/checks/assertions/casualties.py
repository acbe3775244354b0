"""'No one was hurt' here, 'three firefighters were hurt' there.

Told by the narrator both times, of one event as far as the text goes: where any sentence of the
two speaks of another time, place or round, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.checks.passages import Passage
from factcheck.records import Span
from factcheck.text.numbers import UP_TO_TWELVE

_HARM = (
    r"(?P<harm>(?:seriously |badly |slightly )?(?:hurt|injured|wounded|harmed|burned|burnt)"
    r"|killed|arrested|detained|charged)"
)
_WERE = r"(?:(?:was|were|has been|have been|had been) )"
_NOBODY = re.compile(
    rf"\b(?:[Nn]o one|[Nn]o-one|[Nn]obody|[Nn]one(?: of the \w+)?|[Nn]o \w+(?: \w+)?) {_WERE}"
    rf"{_HARM}\b"
)
_COUNT = rf"(?i:{UP_TO_TWELVE}|\d[\d,]*)"
_SOMEBODY = re.compile(rf"(?<![\w.,-]){_COUNT}(?: (?!of\b)[a-z-]+){{1,3}} {_WERE}{_HARM}\b")
_GROUPS = (
    frozenset({"hurt", "injured", "wounded", "harmed", "burned", "burnt"}),
    frozenset({"killed"}),
    frozenset({"arrested", "detained"}),
    frozenset({"charged"}),
)
_ANOTHER = re.compile(
    r"\b(?:first|second|third|other|another|earlier|later|previous\w*|last|since|before|after|until"
    r"|then|again|else|yet|initial\w*|at first|more|seriously|so far|said|says|told|according"
    r"|reported\w*|claim\w*|deni\w+|in \d{4}|years?|months?|weeks?|if|would|could|may|might)\b",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"[\u201c\u201d\"]")


@dataclass(frozen=True)
class Harm:
    """Two places of the article of which one denies what the other tells."""

    ours: Span
    """The later place."""
    theirs: Span
    """The earlier one."""


def denied_harm(article: Passage) -> Iterator[Harm]:
    """Harm to people that the narrator denies in one sentence and counts in another."""
    told: list[tuple[bool, frozenset[str], Span]] = []
    for sentence in article.sentences:
        text = sentence.doc.text
        if _ANOTHER.search(text) or _QUOTES.search(text):
            continue
        for denied, pattern in ((True, _NOBODY), (False, _SOMEBODY)):
            for match in pattern.finditer(text):
                group = _group(match["harm"].split()[-1])
                place = Span(match.start(), match.end()).shifted(sentence.span.start)
                earlier = [s for d, g, s in told if d != denied and g == group]
                if earlier:
                    yield Harm(place, earlier[0])
                told.append((denied, group, place))


def _group(harm: str) -> frozenset[str]:
    return next(group for group in _GROUPS if harm in group)
