from __future__ import annotations

from collections.abc import Iterable

import pytest

from factcheck.checks.base import Case
from factcheck.checks.registry import CHECKS, make_check, run_checks
from factcheck.errors import UsageProblem
from factcheck.records import Flag
from tests.checks import casebook


class Broken:
    name = "broken"

    def run(self, case: Case) -> Iterable[Flag]:
        raise RuntimeError("out of luck")


@pytest.fixture
def case() -> Case:
    text = "0\n\nThe ministers met in Rome. He called it “a disgrace and left."
    return casebook.make_case(casebook.Golden("none", {"name": "n", "why": "w", "text": text}))


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_can_be_made_and_knows_its_name(name: str) -> None:
    assert make_check(name).name == name


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_has_cases(name: str) -> None:
    assert (casebook.FOLDER / f"{name}.toml").exists()


def test_an_unknown_name_is_a_usage_problem_that_names_the_others(case: Case) -> None:
    with pytest.raises(UsageProblem) as caught:
        run_checks(case, ["quotes", "spelling"])
    assert "spelling" in caught.value.message
    assert "quotes" in caught.value.hint


def test_only_the_named_checks_run(case: Case) -> None:
    findings = run_checks(case, ["furniture"])
    assert {flag.check for flag in findings.raised} == {"furniture"}
    assert set(findings.timings) == {"furniture"}


def test_a_check_that_raises_becomes_a_warning_and_loses_no_flags(case: Case) -> None:
    findings = run_checks(case, ["quotes", "furniture"], extra=[Broken()])
    assert [flag.check for flag in findings.raised] == ["quotes", "furniture"]
    assert len(findings.warnings) == 1
    assert "broken" in findings.warnings[0]
    assert "out of luck" in findings.warnings[0]


def test_flags_below_the_least_confidence_are_left_out(case: Case) -> None:
    assert run_checks(case, ["quotes"]).flags(0.95) == ()


def test_what_two_runs_found_is_merged_as_if_it_were_one(case: Case) -> None:
    apart = run_checks(case, ["quotes"]) + run_checks(case, ["furniture"], extra=[Broken()])
    together = run_checks(case, ["quotes", "furniture"], extra=[Broken()])
    assert apart.flags() == together.flags() != ()
    assert apart.warnings == together.warnings
    assert list(apart.timings) == list(together.timings)


def test_no_names_means_none_and_not_all(case: Case) -> None:
    assert run_checks(case, []).raised == ()
