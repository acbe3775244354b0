"""Which words date an outcome back to an earlier occasion: 'fell last year but rose this year'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factcheck.text.clauses import verb_over

if TYPE_CHECKING:
    from spacy.tokens import Token

_ABOVE = frozenset({"xcomp", "ccomp"})
"""How a clause hangs on one whose time is its own: 'voted last year to close it'."""
_COUNTED_ON = frozenset({"within", "after"})
"""Before a time that counts from another deed: 'within hours'."""
_BEHIND = frozenset({"last", "ago"})
"""What dates an outcome back where it stands after it, too."""
_NEWS = frozenset({"night"})
"""'Last night' is when the news happened."""
_COMPARED = frozenset({"than", "from", "on", "since"})
"""'More than last year', 'up on last year' date nothing back."""


def dating_words(outcome: Sequence[Token], earlier: frozenset[str]) -> list[Token]:
    """The words that date an outcome back, those of its own clause and of what it hangs on.

    Args:
        outcome: the words of the outcome.
        earlier: what dates back, before an outcome.
    """
    first = outcome[0]
    clauses = {verb.i: left_only for verb, left_only in _clauses(first)}
    found = []
    for token in first.doc:
        before = token.i < first.i and token.lower_ in earlier
        if not (before or token.lower_ in _BEHIND) or _names_no_past(token):
            continue
        verb = verb_over(token)
        left_only = clauses.get(verb.i)
        if left_only is not None and (token.i < verb.i or not left_only):
            found.append(token)
    return found


def _names_no_past(token: Token) -> bool:
    """Whether 'last' names the present occasion, or one that it is compared with."""
    compared = token.i > 0 and token.nbor(-1).lower_ in _COMPARED
    return compared or token.head.lower_ in _NEWS


def is_chief(outcome: Sequence[Token]) -> bool:
    """Whether an outcome is all that its sentence tells, but for who says so."""
    verb = verb_over(outcome[0])
    while verb.dep_ in _ABOVE and verb.head.pos_ in {"VERB", "AUX"}:
        verb = verb.head
    joined = any(c.dep_ == "conj" and c.pos_ in {"VERB", "AUX"} for c in verb.children)
    return verb.dep_ == "ROOT" and not joined


def _clauses(first: Token) -> Iterator[tuple[Token, bool]]:
    """The verbs whose time is that of an outcome, and whether only time told before them is.

    Of two verbs joined by 'and' the second shares what opens the sentence ('Last year it fell and
    closed') and has its own time after it ('It fell last year and rose').
    """
    verb, left_only = verb_over(first), False
    yield verb, left_only
    while verb.dep_ in _ABOVE or (verb.dep_ == "conj" and not _has_own_time(verb)):
        left_only = left_only or verb.dep_ == "conj"
        verb = verb_over(verb.head)
        yield verb, left_only


def _has_own_time(verb: Token) -> bool:
    """Whether a date or time hangs on a verb; 'within hours' counts from the verb before."""
    named = [ent.root for ent in verb.doc.ents if ent.label_ in {"DATE", "TIME"}]
    return any(verb_over(t) == verb and t.head.lower_ not in _COUNTED_ON for t in named)
