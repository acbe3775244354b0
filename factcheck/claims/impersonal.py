"""What nobody in particular says: 'it is feared that 40 people died', 'it was known that …'.

The 'it' means nothing, so the only claim is what follows; the verb hedges it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from factcheck.claims.clauses import Clause, is_finite, is_sound, trimmed
from factcheck.claims.segmentation import segments
from factcheck.claims.wordlists import reporting_verbs, words

if TYPE_CHECKING:
    from spacy.tokens import Token


def without_nobody(clause: Clause) -> Iterator[Clause]:
    """The claims that a clause makes once 'it is feared that' is taken off; else the clause."""
    content = _content_of(clause.head, clause) if is_impersonal(clause.head) else None
    if content is None:
        yield clause
        return
    form = clause.form if clause.form != "main" else "content"
    for part in segments(clause.doc, *content):
        yield replace(part, form=form, cues=(clause.head,))


def is_impersonal(verb: Token) -> bool:
    """Whether a verb reports in the passive, with an 'it' that means nothing: 'it was thought'."""
    entry = reporting_verbs().get(verb.lemma_.casefold())
    if entry is None or not (entry.content or entry.hedge == "feared"):
        return False
    before = {child.dep_: child for child in verb.lefts}
    subject = before.get("nsubjpass")
    asserted = "neg" not in before and not any(c.tag_ == "MD" for c in verb.lefts)
    denied = any(c.lower_ in words("clauses", "negators") for c in verb.lefts)
    return subject is not None and subject.lower_ == "it" and asserted and not denied


def _content_of(verb: Token, clause: Clause) -> tuple[int, int] | None:
    """The token range after 'that', where a sound clause ends the words of the whole."""
    for child in verb.rights:
        mark = child.left_edge
        opens = child.dep_ == "ccomp" and is_finite(child) and mark.lower_ == "that"
        if opens and clause.start <= mark.i and child.right_edge.i < clause.end:
            start, end = trimmed(clause.doc, mark.i + 1, clause.end)
            sound = start < child.i < end and is_sound(list(clause.doc[start:end]))
            return (start, end) if sound else None
    return None
