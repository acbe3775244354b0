"""Differences of two runs computed by hand, and the test's sense of groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from factcheck.errors import UsageProblem
from factcheck.evaluation import comparisonpage
from factcheck.evaluation.comparison import compare, uncommon
from factcheck.evaluation.outcomes import Result


def results(scores: Sequence[float], groups: str = "", kinds: str = "") -> list[Result]:
    return [
        Result(
            "accuracy",
            str(n),
            groups[n] if groups else str(n),
            kinds[n] if kinds else "k",
            score,
            "right" if score else "wrong",
            (("claim", f"Claim {n} <b>"),),
        )
        for n, score in enumerate(scores)
    ]


def test_means_difference_and_changes() -> None:
    (found,) = compare(results([1, 1, 0, 0]), results([1, 0, 1, 1]))
    assert (found.whole.first, found.whole.second) == (0.5, 0.75)
    assert found.whole.difference.value == 0.25
    assert (found.whole.gained, found.whole.lost) == (2, 1)
    assert [one.id for one, _ in found.changed] == ["1", "2", "3"]


def test_p_of_few_groups_is_exact_in_the_limit() -> None:
    """With all of n groups on one side, 2 of 2^n sign patterns are as great."""
    (found,) = compare(results([0] * 6), results([1] * 6))
    assert found.whole.p == pytest.approx(2 / 2**6, abs=0.006)
    (same,) = compare(results([1, 0, 1]), results([1, 0, 1]))
    assert same.whole.p == 1.0


def test_items_of_one_passage_do_not_count_as_independent() -> None:
    scores = ([0] * 12, [1] * 12)
    (alone,) = compare(results(scores[0]), results(scores[1]))
    (together,) = compare(*(results(s, groups="aaaabbbbcccc") for s in scores))
    assert alone.whole.p < 0.01
    assert together.whole.p == pytest.approx(2 / 2**3, abs=0.02)


def test_by_type_the_greatest_loss_first() -> None:
    (found,) = compare(
        results([1, 1, 0, 0], kinds="aabb"),
        results([0, 0, 1, 0], kinds="aabb"),
    )
    assert [(part.name, part.second - part.first) for part in found.by_type] == [
        ("a", -1.0),
        ("b", 0.5),
    ]


def test_one_group_has_a_difference_without_an_interval() -> None:
    found = compare(results([1, 0, 0], groups="aab", kinds="kkj"), results([0, 0, 1], "aab", "kkj"))
    text = "\n".join(comparisonpage.lines(("a", "b"), found))
    assert "A .500, B .000, -0.500, p 1.0000" in text
    assert "+0.000 [-0.500, +1.000], p" in text


def test_only_common_items_count_and_the_others_are_told() -> None:
    first, second = results([1, 1, 0]), results([0, 1])
    (found,) = compare(first, second)
    assert found.whole.items == 2
    assert uncommon(first, second) == 1
    with pytest.raises(UsageProblem, match="no item in common"):
        compare(first, [])


def test_results_of_one_id_but_of_other_words_are_of_two_items() -> None:
    first = results([1, 0])
    relabelled = [first[0], replace(first[1], about="another claim", score=1.0)]
    (found,) = compare(first, relabelled)
    assert (found.whole.items, found.whole.gained) == (1, 0)
    assert uncommon(first, relabelled) == 2


def test_the_page_escapes_what_it_shows() -> None:
    page = comparisonpage.page(("a", "b"), compare(results([1, 0]), results([0, 1])))
    assert "Claim 0 &lt;b&gt;" in page
    assert "<b>" not in page
    text = "\n".join(comparisonpage.lines(("a", "b"), compare(results([1, 0]), results([0, 1]))))
    assert "lost   0: Claim 0" in text
    assert "gained 1: Claim 1" in text


def test_what_a_run_holds_drives_no_terminal() -> None:
    def hostile(score: float) -> Result:
        words = "x\x1b[31m\ny"
        return Result(f"m{words}", f"i{words}", "g", f"k{words}", score, words, (("claim", words),))

    found = compare([hostile(1.0)], [hostile(0.0)])
    lines = list(comparisonpage.lines(("a\x1b[2J", "b\n"), found))
    assert not any(character in line for line in lines for character in "\x1b\n")
    assert "  lost   ix⟨ESC⟩[31m y: x⟨ESC⟩[31m y" in lines
