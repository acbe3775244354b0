"""The gate: what fails, what noise may do, and that floors only rise."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.gate import __main__ as gate
from eval.gate.floors import FLOORS, Figure, judged, raised, read, table, write
from eval.gate.measuring import ARTICLES, PASSAGES, ROOT, fixed_items
from factcheck.evaluation.twinfiles import load_twins


def test_a_loss_within_noise_passes_and_a_greater_one_fails() -> None:
    rows = judged(
        {"a": Figure(0.79, 100), "b": Figure(0.78, 100), "c": Figure(0.77, 100, flips=3)},
        {"a": 0.8, "b": 0.8, "c": 0.8},
    )
    assert [row.fails for row in rows] == [False, True, False]
    assert "FALLEN" in table(rows).splitlines()[1]


def test_what_has_a_floor_must_be_measured() -> None:
    (row,) = judged({}, {"claims: accuracy": 0.6})
    assert row.fails
    assert "not measured" in table([row])


def test_a_new_figure_has_no_floor_and_passes() -> None:
    (row,) = judged({"new": Figure(0.1, 10)}, {})
    assert not row.fails


def test_floors_rise_and_never_sink(tmp_path: Path) -> None:
    lifted = raised({"a": Figure(0.9, 10), "b": Figure(0.5, 10)}, {"a": 0.8, "b": 0.6, "c": 0.7})
    assert lifted == {"a": 0.9, "b": 0.6, "c": 0.7}
    write(tmp_path / "floors.json", lifted)
    assert read(tmp_path / "floors.json") == lifted
    assert read(tmp_path / "none.json") == {}


def test_what_is_measured_is_there_and_is_not_what_results_are_reported_on() -> None:
    passages = PASSAGES.read_text().split()
    items = fixed_items()
    assert {item.group for item in items} == set(passages)
    assert len({item.label for item in items}) == 3
    numbers = {pair.number for pair in load_twins(ROOT / "eval/articles/twins")}
    assert set(ARTICLES) <= numbers
    assert all(number % 2 for number in ARTICLES)
    assert read(FLOORS)


@pytest.mark.parametrize(("value", "code"), [(0.7, 0), (0.4, 1)])
def test_raising_floors_hides_no_fall(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: float, code: int
) -> None:
    floors = tmp_path / "floors.json"
    write(floors, {"a": 0.6, "b": 0.5})
    monkeypatch.setattr(gate, "FLOORS", floors)
    found = {"a": Figure(value, 100), "b": Figure(0.9, 100)}
    monkeypatch.setattr(gate, "measured", lambda jobs: found)
    monkeypatch.setattr("sys.argv", ["gate", "--raise"])
    assert gate.main() == code
    assert read(floors) == {"a": max(0.6, value), "b": 0.9}
