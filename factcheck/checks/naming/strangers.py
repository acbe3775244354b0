"""Somebody whom an article speaks of as known and has never brought in.

'Ted Denby started collecting' where the article is about Alf Denby.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from factcheck.checks.naming.clashes import Clash, speaks_of_relatives, unaccented
from factcheck.checks.naming.mentions import Name, offices
from factcheck.text.firstnames import borne_by, is_first_name

_CONFIDENCE = 0.55


def strangers(own: Sequence[Name]) -> Iterator[Clash]:
    """'Ted Denby' used as known, once, where only Alf Denby has been brought in."""
    full: dict[str, dict[str, list[Name]]] = defaultdict(lambda: defaultdict(list))
    alone = Counter(name.words[0].casefold() for name in own if len(name.words) == 1)
    for name in own:
        if len(name.words) == 2 and _is_person(name):
            full[name.surname][unaccented(name.words[0])].append(name)
    for by_first in full.values():
        ordered = sorted(by_first.items(), key=lambda item: item[1][0].span.start)
        known = ordered[0][1][0]
        for first, others in ordered[1:]:
            other = others[0]
            if len(others) > 1 or alone[first] or _is_brought_in(other):
                continue
            if known.sentence == other.sentence:
                continue
            if not _is_brought_in(known) and not _is_called_so(own, other):
                continue
            if _of_two_sexes(known, other) or speaks_of_relatives(other):
                continue
            if _kin_near(other):
                continue
            yield Clash(
                other.span,
                known.passage.quote(known.span),
                f"'{' '.join(other.words)}' is nobody named before; '{' '.join(known.words)}' is.",
                "medium",
                _CONFIDENCE,
                " ".join(known.words),
            )


def _is_called_so(own: Sequence[Name], other: Name) -> bool:
    """Whether the surname alone follows, as where only one person bears it."""
    return any(
        name.words == other.words[-1:] and name.span.start > other.span.start for name in own
    )


def _is_person(name: Name) -> bool:
    return any(t.ent_type_ == "PERSON" for t in name.tokens) or is_first_name(name.words[0])


def _is_brought_in(name: Name) -> bool:
    """Whether words beside a name say who that is: 'the broker Rita Vaz', 'X, 46, a farmer'."""
    doc = name.passage.sentences[name.sentence].doc
    before = doc[name.first - 1] if name.first else None
    after = doc[name.last + 1] if name.last + 1 < len(doc) else None
    if name.titles or (before is not None and before.pos_ in {"NOUN", "PROPN"}):
        return True
    if before is not None and (before.text in {",", ":", "and"} or before.pos_ == "ADJ"):
        return True
    if before is not None and before.text.endswith("."):
        return True
    return after is not None and after.text in {",", "(", "of", "and", "from"}


def _of_two_sexes(one: Name, other: Name) -> bool:
    genders = {borne_by(name.words[0]) for name in (one, other)} - {""}
    return len(genders) == 2


def _kin_near(name: Name) -> bool:
    """Whether kin is spoken of nearby whom that sentence does not name in full."""
    relatives = offices()["relatives"]
    for sentence in name.passage.sentences[max(0, name.sentence - 3) : name.sentence + 3]:
        for token in sentence.doc:
            named = [c for c in token.children if c.dep_ == "appos" and c.pos_ == "PROPN"]
            if token.lower_ in relatives and not named:
                return True
    return False
