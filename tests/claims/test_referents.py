"""What holds for the candidates of pronouns, however long the article."""

from __future__ import annotations

from factcheck.claims.referents import Referents, is_personal
from factcheck.text.parsing import load_parser, split

LETTERS = "abcdefghij"


def test_unclear_pronouns_do_not_pile_up_candidates() -> None:
    names = [(f"Karl B{letter}n", f"Adam C{letter}k") for letter in LETTERS]
    text = " ".join(f"{one} met {other}. He told him that he liked him." for one, other in names)
    docs = [sentence.doc for sentence in load_parser().parse(text, list(split(text)))]
    referents = Referents(docs, [False] * len(docs))
    owners = [referents.owner(at, t) for at, doc in enumerate(docs) for t in doc if is_personal(t)]
    assert max(len(owner.candidates) for owner in owners if owner) <= 6
