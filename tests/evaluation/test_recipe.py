"""The order of a whole training, and that it can be stopped anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import torch

from eval.verifier import recipe
from eval.verifier.recipe import STABLE, STRETCHES, Stretch, begin, run


def save(path: Path, weight: float, step: int = 0) -> None:
    state = {
        "network": {"w": torch.tensor([weight])},
        "optimiser": {"of": step},
        "shape": {"layers": 2},
        "counts": (step, 0, 0.0),
    }
    torch.save(state, path)


def weight(path: Path) -> float:
    return float(torch.load(path, weights_only=True)["network"]["w"].item())


class Trainer:
    """Stands in for a training: a network whose only weight is its number of steps."""

    def __init__(self, folder: Path, stops: Sequence[str] = ()) -> None:
        self.folder, self.stops = folder, list(stops)
        self.resumed: list[str] = []

    def __call__(self, words: Sequence[str]) -> bool:
        given = dict(zip(words[::2], words[1::2], strict=True))
        self.resumed.append(given.get("--resume", ""))
        steps, mix = float(given["--steps"]), given["--mix"]
        if mix in self.stops:
            self.stops.remove(mix)
            save(self.folder / "last.pt", steps / 2)
            return False
        late = ["late-1.pt", "late-2.pt"] if float(given["--fall"]) > 2 else []
        for name in ("stable.pt", *late, "final.pt"):
            save(self.folder / name, steps, int(steps))
        return True


SHORT = (
    Stretch("one", "broad", 10, 1),
    Stretch("two", "hard", 40, 5, STABLE),
    Stretch("three", "newest", 70, 5, {"one": 1, "two": 2}),
)


def go(trainer: Trainer, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    monkeypatch.setattr(recipe, "train", trainer)
    ended = []
    for stretch in SHORT:
        ended.append(run(stretch, Path("base"), Path("public"), trainer.folder, 1.0))
        if not ended[-1]:
            break
    return ended


def test_each_stretch_goes_on_from_its_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer = Trainer(tmp_path)
    assert go(trainer, monkeypatch) == [True, True, True]
    assert trainer.resumed == ["", STABLE, "three-start.pt"]
    assert weight(tmp_path / "three-start.pt") == pytest.approx((10 + 2 * 40) / 3)
    assert [weight(tmp_path / f"{s.name}.pt") for s in SHORT] == pytest.approx([10, 40, 70])


def test_a_mean_keeps_the_optimiser_of_the_stretch_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(Trainer(tmp_path), monkeypatch)
    state = torch.load(tmp_path / "three-start.pt", weights_only=True)
    assert (state["optimiser"], state["counts"][0]) == ({"of": 40}, 40)


def test_a_stopped_stretch_goes_on_and_done_ones_are_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer = Trainer(tmp_path, stops=["newest"])
    assert go(trainer, monkeypatch) == [True, True, False]
    assert not (tmp_path / "three.pt").exists()
    assert go(trainer, monkeypatch) == [True, True, True]
    assert trainer.resumed == ["", STABLE, "three-start.pt", "last.pt"]


def test_a_stretch_that_died_before_it_saved_starts_again(tmp_path: Path) -> None:
    save(tmp_path / "one.pt", 1)
    save(tmp_path / "two.pt", 4)
    save(tmp_path / "final.pt", 4, 40)
    save(tmp_path / "last.pt", 3, 30)
    assert begin(tmp_path, SHORT[2]) == "three-start.pt"
    assert begin(tmp_path, SHORT[2]) == "three-start.pt"
    assert weight(tmp_path / "three-start.pt") == pytest.approx(3)


def test_the_recipe_uses_only_what_it_has_made() -> None:
    made: set[str] = set()
    for stretch in STRETCHES:
        if not isinstance(stretch.start, str):
            assert set(stretch.start) <= made
            made.add(f"{stretch.name}-start")
        made.add(stretch.name)
    assert set(recipe.SHIPPED) <= made | {Path(STABLE).stem}
    assert [s.until for s in STRETCHES] == sorted({s.until for s in STRETCHES})
