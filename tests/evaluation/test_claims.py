"""All figures of a run on a handful of items, computed by hand."""

from __future__ import annotations

from collections import Counter

import pytest

from factcheck.evaluation.claims import Prediction, Scored, measure
from factcheck.evaluation.items import (
    CONTRADICTION,
    FOUR_WAY,
    GROUNDING,
    THREE_WAY,
    VERACITY,
    Gold,
    Item,
    limited,
    task_of,
)
from factcheck.verdicts.verifier import Entailment, Thresholds


def said(
    name: str, label: Gold, supported: float, refuted: float, **more: str | None
) -> Prediction:
    item = Item(name, "A claim.", "A passage.", label, more.pop("group", None) or name, **more)  # type: ignore[arg-type]
    return Prediction(item, Entailment(supported, refuted, 1 - supported - refuted), 0.25)


@pytest.mark.parametrize(
    ("labels", "task"),
    [
        (["refuted", "supported", "not_enough_evidence"], THREE_WAY),
        (["supported", "not_enough_evidence"], THREE_WAY),
        (["refuted", "supported"], VERACITY),
        (["supported", "unsupported"], GROUNDING),
        (["refuted", "not_refuted"], CONTRADICTION),
        (["refuted", "conflicting"], FOUR_WAY),
    ],
)
def test_labels_tell_the_task(labels: list[Gold], task: object) -> None:
    assert task_of(labels) is task


def test_what_three_probabilities_mean_for_each_task() -> None:
    found = [Entailment(0.3, 0.2, 0.5)]
    assert THREE_WAY.probabilities(found)[0] == pytest.approx([0.2, 0.3, 0.5])
    assert VERACITY.probabilities(found)[0] == pytest.approx([0.4, 0.6])
    assert GROUNDING.probabilities(found)[0] == pytest.approx([0.7, 0.3])
    assert CONTRADICTION.probabilities(found)[0] == pytest.approx([0.2, 0.8])
    assert FOUR_WAY.probabilities(found)[0] == pytest.approx([0.2, 0.3, 0, 0.5])
    assert VERACITY.probabilities([Entailment(0, 0, 1)])[0] == pytest.approx([0.5, 0.5])


def test_what_nothing_is_said_of_is_not_refuted() -> None:
    silent, tied = Entailment(0, 0, 1), Entailment(0.3, 0.3, 0.4)
    for task, label in (
        (VERACITY, "supported"),
        (GROUNDING, "unsupported"),
        (THREE_WAY, "not_enough_evidence"),
        (FOUR_WAY, "not_enough_evidence"),
        (CONTRADICTION, "not_refuted"),
    ):
        (answer,) = task.answers(task.probabilities([silent]))
        assert task.labels[answer] == label
    assert VERACITY.answers(VERACITY.probabilities([tied])).tolist() == [1]
    assert VERACITY.answers(VERACITY.probabilities([Entailment(0, 0.1, 0.9)])).tolist() == [0]


def test_three_way_figures() -> None:
    predictions = [
        said("r1", "refuted", 0.1, 0.8, type="number", twin="s1"),
        said("r2", "refuted", 0.6, 0.2, type="date"),
        said("s1", "supported", 0.7, 0.2, type="voice"),
        said("n1", "not_enough_evidence", 0.2, 0.1, type="future"),
    ]
    figures = measure(THREE_WAY, predictions, Thresholds(0.65, 0.75, ""))
    assert figures["accuracy"]["value"] == 0.75
    assert figures["balanced_accuracy"]["value"] == pytest.approx((0.5 + 1 + 1) / 3, abs=1e-4)
    assert figures["confusion"]["refuted"] == {
        "refuted": 1,
        "supported": 1,
        "not_enough_evidence": 0,
    }
    assert list(figures["by_label"]) == ["refuted", "supported", "not_enough_evidence"]
    assert figures["by_label"]["supported"]["precision"]["value"] == 0.5
    by_type = {row["type"]: row["accuracy"]["value"] for row in figures["by_type"]}
    assert by_type == {"number": 1, "date": 0, "voice": 1, "future": 1}
    assert figures["milliseconds_per_item"] == 250
    assert figures["decided"]["refuted"]["precision"]["value"] == 1
    assert figures["decided"]["refuted"]["recall"]["value"] == 0.5
    assert figures["decided"]["supported"]["items"] == 1
    assert figures["decided"]["coverage"] == 0.5
    assert "roc_auc" not in figures


def test_two_way_sets_have_areas() -> None:
    predictions = [
        said("a", "unsupported", 0.2, 0),
        said("b", "unsupported", 0.6, 0),
        said("c", "supported", 0.5, 0),
        said("d", "supported", 0.9, 0),
    ]
    figures = measure(GROUNDING, predictions)
    assert figures["roc_auc"]["value"] == 0.75  # 3 of 4 pairs in order
    assert figures["pr_auc"]["value"] == pytest.approx((1 + 2 / 3) / 2, abs=1e-4)
    assert figures["accuracy"]["value"] == 0.5  # b is called supported; c, at one half, is not
    assert "decided" not in figures


def test_twins_need_both_sides_right_and_enough_pairs() -> None:
    pairs = []
    for n in range(5):
        pairs.append(said(f"r{n}", "refuted", 0.1, 0.8, type="role_swap", twin=f"s{n}"))
        support = 0.8 if n < 3 else 0.05
        pairs.append(said(f"s{n}", "supported", support, 0.1, type="role_swap", twin=f"r{n}"))
    figures = measure(VERACITY, pairs)
    assert figures["twins_both_right"] == [{"type": "role_swap", "pairs": 5, "both_right": 3}]
    assert measure(VERACITY, pairs[:4])["twins_both_right"] == []


def test_of_several_passages_the_one_that_supports_most_speaks() -> None:
    scored = Scored(
        GROUNDING,
        [
            said("c1-a", "supported", 0.2, 0, unit="c1"),
            said("c1-b", "supported", 0.7, 0, unit="c1"),
            said("c2-a", "unsupported", 0.4, 0, unit="c2"),
        ],
    )
    assert [item.id for item in scored.items] == ["c1-b", "c2-a"]
    assert scored.right.tolist() == [1, 1]


def test_a_limit_keeps_groups_whole_and_order() -> None:
    items = [Item(f"{g}{n}", "c", "e", "supported", g) for n in range(3) for g in "abcdefgh"]
    some = limited(items, 7)
    assert len(some) == 9
    assert some == [item for item in items if item.group in {i.group for i in some}]
    assert some == limited(items, 7)
    assert limited(items, None) == items


def test_a_limit_keeps_a_claim_that_is_read_against_several_passages_whole() -> None:
    items = [
        Item(f"{unit}{n}", "c", "e", "supported", f"passage {unit}{n}", unit=unit)
        for unit in "abcdef"
        for n in range(3)
    ]
    for most in range(1, 18):
        kept = Counter(item.unit for item in limited(items, most))
        assert set(kept.values()) == {3}
        assert sum(kept.values()) < most + 3
