"""Hands the cases in cases/*.toml to the tests that ask for them."""

from __future__ import annotations

import pytest

from tests.checks import casebook


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "golden" in metafunc.fixturenames:
        listed = [golden for path in casebook.case_files() for golden in casebook.read_cases(path)]
        metafunc.parametrize("golden", listed, ids=str)
    if "case_file" in metafunc.fixturenames:
        metafunc.parametrize("case_file", casebook.case_files(), ids=lambda path: path.stem)
