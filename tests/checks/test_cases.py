"""Every case in cases/*.toml: what must be flagged is, and nothing else."""

from __future__ import annotations

from pathlib import Path

from tests.checks import casebook


def test_case(golden: casebook.Golden) -> None:
    casebook.judge(golden)


def test_enough_cases_of_each_kind(case_file: Path) -> None:
    cases = list(casebook.read_cases(case_file))
    assert sum(bool(case.expected) for case in cases) >= 12
    assert sum(not case.expected for case in cases) >= 12
    assert len({str(case) for case in cases}) == len(cases)
