"""The mean of checkpoints, which is what ships."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from eval.verifier.average import averaged


def saved(path: Path, weight: float, step: int, layers: int = 2) -> Path:
    state = {
        "network": {"w": torch.tensor([weight])},
        "optimiser": {"of": step},
        "shape": {"layers": layers},
        "counts": (step, 0, 0.0),
    }
    torch.save(state, path)
    return path


def test_one_that_is_named_twice_counts_twice(tmp_path: Path) -> None:
    one, two = saved(tmp_path / "one.pt", 1.0, 10), saved(tmp_path / "two.pt", 4.0, 20)
    mean = averaged([one, one, two])
    assert mean["network"]["w"].item() == pytest.approx(2.0)
    assert mean["counts"] == (10, 0, 0.0)
    assert "optimiser" not in mean


def test_training_can_go_on_from_a_mean(tmp_path: Path) -> None:
    one, two = saved(tmp_path / "one.pt", 1.0, 10), saved(tmp_path / "two.pt", 4.0, 20)
    mean = averaged([one, two], going_on=two)
    assert mean["network"]["w"].item() == pytest.approx(2.5)
    assert (mean["optimiser"], mean["counts"]) == ({"of": 20}, (20, 0, 0.0))


def test_networks_of_two_shapes_have_no_mean(tmp_path: Path) -> None:
    one, two = saved(tmp_path / "one.pt", 1.0, 10), saved(tmp_path / "two.pt", 4.0, 20, layers=3)
    with pytest.raises(ValueError, match="one shape"):
        averaged([one, two])
