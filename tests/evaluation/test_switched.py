"""Texts in which two places must agree become pairs of a sentence and the rest of its text."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from eval.verifier.data import Item, split_of
from eval.verifier.switched import switched_items, switched_texts

TEXT = """=== 6001
Mill changes hands

{{Vey sold the mill to Anders||Anders sold the mill to Vey||role_reversal}} on Monday. It ran on
the river until 1960. "I have my evenings back," [[Vey||Anders]] said.
# the seller has free evenings
"""


def items_of(folder: Path, text: str = TEXT) -> list[Item]:
    (folder / "a.txt").write_text(text, encoding="utf-8")
    return switched_items(switched_texts(folder))


def test_each_of_the_two_sentences_is_read_beside_the_rest_in_all_four_ways(tmp_path: Path) -> None:
    wrong = [item for item in items_of(tmp_path) if item.label == "REFUTED"]
    assert [(item.kind, item.claim, item.evidence) for item in wrong] == [
        (
            "role_reversal",
            "Vey sold the mill to Anders on Monday.",
            "Mill changes hands It ran on the river until 1960."
            ' "I have my evenings back," Anders said.',
        ),
        (
            "role_reversal",
            '"I have my evenings back," Anders said.',
            "Mill changes hands Vey sold the mill to Anders on Monday."
            " It ran on the river until 1960.",
        ),
        (
            "role_reversal",
            "Anders sold the mill to Vey on Monday.",
            "Mill changes hands It ran on the river until 1960."
            ' "I have my evenings back," Vey said.',
        ),
        (
            "role_reversal",
            '"I have my evenings back," Vey said.',
            "Mill changes hands Anders sold the mill to Vey on Monday."
            " It ran on the river until 1960.",
        ),
    ]


def test_the_same_sentence_is_right_beside_one_rest_and_wrong_beside_another(
    tmp_path: Path,
) -> None:
    items = {item.id: item for item in items_of(tmp_path)}
    assert len(items) == 8
    for item in items.values():
        twin = items[item.twin or ""]
        assert (twin.twin, twin.claim) == (item.id, item.claim)
        assert {twin.label, item.label} == {"REFUTED", "NOT_REFUTED"}
        assert twin.evidence != item.evidence
    labels = Counter((item.claim, item.label) for item in items.values())
    assert set(labels.values()) == {1}


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("=== 6001\nOne {{a||b||negation}} two.\n\nThree.\n", "text 6001 has not one statement"),
        ("=== 6001\nOne {{a||b}} two. [[c||d]].\n", "text 6001 has not one statement"),
        ("=== 6001\nA {{a||b||cause}}. [[c||d]]. [[e||f]].\n", "text 6001 has not one statement"),
        ("=== 6001\nA {{a||b||mistake}} ran. B [[c||d]] ran.\n", "'mistake' is none of"),
        ("=== 6001\nHe {{ran||sat||negation}} and [[hurried||rested]].\n", "in one sentence"),
    ],
)
def test_a_text_out_of_form_is_an_error(tmp_path: Path, broken: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        items_of(tmp_path, broken)


def test_the_texts_of_the_repository_are_in_form_and_split_whole() -> None:
    items = switched_items(switched_texts())
    sides: dict[str, set[str]] = {}
    for item in items:
        sides.setdefault(item.passage, set()).add(split_of(item))
    assert all(len(found) == 1 for found in sides.values())
    assert {"test", "train"} <= {side for found in sides.values() for side in found}
    assert len({item.id for item in items}) == len(items) == 8 * len(sides)
