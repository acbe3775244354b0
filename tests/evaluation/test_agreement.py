"""Figures computed by hand."""

from __future__ import annotations

import pytest

from factcheck.decisions import Action, Decision
from factcheck.evaluation.agreement import Pair, agreement, cohen, measure


def pairs(*counts: tuple[str, str, int]) -> list[Pair]:
    return [
        Pair(f"article-{number}", first, second)
        for first, second, many in counts
        for number in range(many)
    ]


def test_kappa_of_a_table_worked_out_by_hand() -> None:
    # Observed 35 of 50; by chance .5 * .6 + .5 * .4 = .5; kappa (.7 - .5) / (1 - .5) = .4.
    table = pairs(("yes", "yes", 20), ("yes", "no", 5), ("no", "yes", 10), ("no", "no", 15))
    found = agreement(table)
    assert found.agreement.value == pytest.approx(0.7)
    assert found.kappa.value == pytest.approx(0.4)
    assert found.confusion == {"no": {"yes": 10, "no": 15}, "yes": {"yes": 20, "no": 5}}
    assert found.kappa.low is not None and found.kappa.high is not None
    assert found.kappa.low < 0.4 < found.kappa.high


def test_kappa_is_nought_for_chance_and_one_for_always() -> None:
    assert cohen(
        pairs(("a", "a", 1), ("a", "b", 1), ("b", "a", 1), ("b", "b", 1))
    ) == pytest.approx(0)
    assert cohen(pairs(("a", "a", 3), ("b", "b", 2))) == pytest.approx(1)
    assert cohen(pairs(("a", "a", 3))) is None


def test_one_article_has_no_interval() -> None:
    found = agreement([Pair("a", "x", "x"), Pair("a", "y", "x")])
    assert (found.agreement.value, found.agreement.low) == (0.5, None)


def ruled(
    reviewer: str, target: str, action: Action, machine: str, answer: str | None = None
) -> Decision:
    identity = f"{reviewer}-{target}-{action}-{answer}"
    at = "2024-03-06T08:00:00.000+00:00"
    return Decision(identity, at, reviewer, "article", target, action, machine, answer)


def test_the_machine_is_measured_by_the_latest_ruling_of_each_reviewer() -> None:
    found = measure(
        [
            ruled("Ana", "claim-1", "reject", "refuted"),
            ruled("Ana", "claim-1", "accept", "refuted"),
            ruled("Ben", "claim-1", "change", "refuted", "supported"),
            ruled("Ana", "claim-2", "accept", "supported"),
            ruled("Ana", "claim-3", "reject", "supported"),
            ruled("Ana", "flag-1", "accept", "high"),
            ruled("Ben", "flag-1", "reject", "high"),
            ruled("Ana", "flag-2", "accept", "note"),
            ruled("Ana", "flag-2", "note", "note"),
        ]
    )
    assert found.reviewers == ("Ana", "Ben")
    assert found.decisions == 9
    assert found.claims is not None
    assert found.claims.items == 3
    assert found.claims.agreement.value == pytest.approx(2 / 3)
    assert found.rejected_claims == 1
    assert found.flags == {"high": (1, 2), "note": (1, 1)}
    between = found.pairs["Ana", "Ben"]
    assert (between.items, between.agreement.value) == (2, 0)


def test_an_undone_ruling_does_not_count() -> None:
    made = ruled("Ana", "claim-1", "accept", "refuted")
    undoing = Decision("u", made.at, "Ana", "article", "claim-1", "undo", "refuted", undoes=made.id)
    assert measure([made, undoing]).claims is None
