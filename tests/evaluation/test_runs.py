"""A run's folder: named by its settings, gone on with, robust against being cut off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from factcheck.errors import UsageProblem
from factcheck.evaluation.items import Item
from factcheck.evaluation.judging import judge, read_predictions
from factcheck.evaluation.outcomes import results_of
from factcheck.evaluation.runs import METRICS, PREDICTIONS, Run
from factcheck.evaluation.runs import SETTINGS as SETTINGS_FILE
from factcheck.evaluation.systems import System
from factcheck.verdicts.verifier import Entailment, FakeVerifier

SETTINGS: dict[str, Any] = {"kind": "claims", "set": "own", "system": "models/mine v2", "items": 3}


class Counting:
    """A verifier that remembers what it was asked, and may break off."""

    name = digest = "counting"

    def __init__(self, breaks_at: int = 1_000) -> None:
        self.asked: list[str] = []
        self._left = breaks_at

    def score(self, pairs: object) -> list[Entailment]:
        found = list(pairs)  # type: ignore[call-overload]
        self._left -= 1
        if self._left < 0:
            raise KeyboardInterrupt
        self.asked += [claim for _, claim in found]
        return [Entailment(0.6, 0.3, 0.1)] * len(found)


def items(count: int) -> list[Item]:
    return [Item(str(n), f"claim {n}", "evidence", "supported", f"g{n}") for n in range(count)]


def test_the_same_settings_lead_to_the_same_folder(tmp_path: Path) -> None:
    one, same = Run.open(tmp_path, SETTINGS), Run.open(tmp_path, dict(SETTINGS))
    other = Run.open(tmp_path, {**SETTINGS, "items": 4})
    assert one.folder == same.folder != other.folder
    assert one.folder.name.startswith("claims-own-mine-v2-")
    assert Run.read(one.folder).settings == SETTINGS


def test_a_line_that_was_cut_off_is_dropped_and_the_rest_kept(tmp_path: Path) -> None:
    run = Run.open(tmp_path, SETTINGS)
    run.append([{"id": "1"}, {"id": "2"}])
    with (run.folder / PREDICTIONS).open("a") as file:
        file.write('{"id": "3", "cla')
    before = (run.folder / PREDICTIONS).read_bytes()
    assert [row["id"] for row in run.rows()] == ["1", "2"]
    assert (run.folder / PREDICTIONS).read_bytes() == before  # another process may be writing it
    run.append([{"id": "3"}])
    assert [row["id"] for row in run.rows()] == ["1", "2", "3"]


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\x0c", "\r\n"])
def test_an_answer_may_hold_any_separator_of_lines(tmp_path: Path, separator: str) -> None:
    run = Run.open(tmp_path, SETTINGS)
    rows = [{"id": "1", "claim": f"one{separator}two"}, {"id": "2"}]
    run.append(rows)
    assert run.rows() == rows


def test_empty_lines_of_a_run_are_passed_over(tmp_path: Path) -> None:
    run = Run.open(tmp_path, SETTINGS)
    (run.folder / PREDICTIONS).write_bytes(b'{"id": "1"}\r\n\n{"id": "2"}\n')
    assert [row["id"] for row in run.rows()] == ["1", "2"]


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    run = Run.open(tmp_path, SETTINGS)
    breaking, whole = Counting(breaks_at=1), Counting()
    with pytest.raises(KeyboardInterrupt):
        judge(run, System("c", "d", breaking, None), items(70))
    steps: list[tuple[int, int]] = []
    found = judge(
        Run.open(tmp_path, SETTINGS),
        System("c", "d", whole, None),
        items(70),
        lambda done, total: steps.append((done, total)),
    )
    assert len(breaking.asked) == 32
    assert whole.asked == [f"claim {n}" for n in range(32, 70)]
    assert [prediction.item.id for prediction in found] == [str(n) for n in range(70)]
    assert steps == [(32, 70), (64, 70)]


def test_fresh_forgets(tmp_path: Path) -> None:
    Run.open(tmp_path, SETTINGS).append([{"id": "1"}])
    assert Run.open(tmp_path, SETTINGS).rows() == [{"id": "1"}]
    assert Run.open(tmp_path, SETTINGS, fresh=True).rows() == []


def test_predictions_are_read_as_they_were_written(tmp_path: Path) -> None:
    run = Run.open(tmp_path, SETTINGS)
    item = Item("1", "Kyïv said “no”.", "It did not.", "refuted", "g", "negation", "geo", "2", "u")
    written = judge(run, System("fake", "fake", FakeVerifier(), None), [item])
    assert read_predictions(run)[0].item == written[0].item == item


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Expecting value"),
        ("[]", "is no object"),
        ("{}", "names no 'kind'"),
        ('{"kind": "claims", "set": "own"}', "names no 'system'"),
        ('{"kind": ["claims"], "set": "own", "system": "a"}', "names no 'kind'"),
    ],
)
def test_settings_that_are_none_of_a_run_are_refused(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / SETTINGS_FILE).write_text(text)
    with pytest.raises(UsageProblem, match=f"is no folder of a run: .*{says}") as problem:
        Run.read(tmp_path)
    assert problem.value.hint


@pytest.mark.parametrize("answers", ["[]\n", "{}\n", "{\n", "3\n"])
@pytest.mark.parametrize("kind", ["claims", "articles", "retrieval", "extraction"])
def test_answers_that_cannot_be_read_are_refused(tmp_path: Path, kind: str, answers: str) -> None:
    run = Run.open(tmp_path, {**SETTINGS, "kind": kind})
    (run.folder / PREDICTIONS).write_text(answers)
    with pytest.raises(UsageProblem, match=r"the answers in .* cannot be read") as problem:
        results_of(run)
    assert problem.value.hint


@pytest.mark.parametrize("line", ["{", "3", "{}", '{"id": []}', "\0\0", "[" * 100_000])
def test_a_broken_answer_ends_a_measurement_with_the_way_out(tmp_path: Path, line: str) -> None:
    run = Run.open(tmp_path, SETTINGS)
    run.append([{"id": "1"}])
    with (run.folder / PREDICTIONS).open("a") as file:
        file.write(f"{line}\n")
    with pytest.raises(UsageProblem, match=r"line 2 of predictions\.jsonl is no answer") as problem:
        judge(run, System("c", "d", Counting(), None), items(2))
    assert "--fresh" in problem.value.hint


@pytest.mark.parametrize("row", [{"id": "1"}, {"id": "1", "p": 3, "seconds": 0.1}])
def test_an_answer_without_its_parts_ends_a_measurement_too(
    tmp_path: Path, row: dict[str, Any]
) -> None:
    run = Run.open(tmp_path, SETTINGS)
    run.append([row])
    with pytest.raises(UsageProblem, match=r"the answers in .* cannot be read") as problem:
        judge(run, System("c", "d", Counting(), None), items(2))
    assert "--fresh" in problem.value.hint


def test_of_answers_that_two_processes_gave_one_counts(tmp_path: Path) -> None:
    run = Run.open(tmp_path, SETTINGS)
    run.append([{"id": "1", "n": 1}, {"id": "2", "n": 1}])
    Run.open(tmp_path, SETTINGS).append([{"id": "1", "n": 2}])
    assert run.rows() == [{"id": "1", "n": 2}, {"id": "2", "n": 1}]


@pytest.mark.parametrize("text", ["{", "[]"])
def test_figures_that_cannot_be_read_are_refused(tmp_path: Path, text: str) -> None:
    run = Run.open(tmp_path, SETTINGS)
    (run.folder / METRICS).write_text(text)
    with pytest.raises(UsageProblem, match="cannot be read"):
        run.metrics()


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="is no folder of a run"):
        Run.read(tmp_path)
    with pytest.raises(UsageProblem, match="has no figures yet"):
        Run.open(tmp_path, SETTINGS).metrics()
