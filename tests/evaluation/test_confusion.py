"""Figures of a matrix computed by hand, and against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import balanced_accuracy_score, f1_score, precision_recall_fscore_support

from factcheck.evaluation import confusion

# gold down: 4 refuted (3 found, 1 called open), 2 supported (1 found, 1 called refuted), 4 open
MATRIX = np.array([[3.0, 0, 1], [1, 1, 0], [2, 0, 2]])


def test_by_hand() -> None:
    assert confusion.accuracy(MATRIX) == pytest.approx(6 / 10)
    assert confusion.recall(MATRIX) == pytest.approx([3 / 4, 1 / 2, 2 / 4])
    assert confusion.precision(MATRIX) == pytest.approx([3 / 6, 1, 2 / 3])
    assert confusion.f1(MATRIX) == pytest.approx([6 / 10, 2 / 3, 4 / 7])
    assert confusion.balanced_accuracy(MATRIX) == pytest.approx((3 / 4 + 1 / 2 + 1 / 2) / 3)


def test_a_label_without_items_has_no_recall_and_is_left_out_of_the_mean() -> None:
    matrix = np.array([[1.0, 1, 0], [0, 2, 0], [0, 0, 0]])
    assert np.isnan(confusion.recall(matrix)[2])
    assert confusion.balanced_accuracy(matrix) == pytest.approx(0.75)
    assert confusion.macro_f1(matrix) == pytest.approx((2 / 3 + 4 / 5) / 2)


def test_a_label_never_given_has_no_precision_but_an_f1_of_nought() -> None:
    matrix = np.array([[2.0, 0], [3, 0]])
    assert np.isnan(confusion.precision(matrix)[1])
    assert confusion.f1(matrix)[1] == 0


def test_as_scikit_learn_has_it() -> None:
    chance = np.random.default_rng(3)
    gold, answers = chance.integers(0, 3, 200), chance.integers(0, 3, 200)
    matrix = confusion.indicators(gold, answers, 3).sum(0).reshape(3, 3)
    precision, recall, f1, _ = precision_recall_fscore_support(gold, answers)
    assert confusion.precision(matrix) == pytest.approx(precision)
    assert confusion.recall(matrix) == pytest.approx(recall)
    assert confusion.f1(matrix) == pytest.approx(f1)
    assert confusion.macro_f1(matrix) == pytest.approx(f1_score(gold, answers, average="macro"))
    assert confusion.balanced_accuracy(matrix) == pytest.approx(
        balanced_accuracy_score(gold, answers)
    )
