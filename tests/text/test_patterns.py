from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.text.hostile_patterns import is_led_astray

PATIENCE = 600
"""Seconds, many times what it takes."""


@pytest.mark.slow
def test_no_pattern_is_led_astray_by_a_hostile_line() -> None:
    tried = subprocess.run(
        [sys.executable, "-m", "tests.text.hostile_patterns"],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    count, *astray = tried.stdout.splitlines()
    assert int(count) > 200
    assert astray == []


@pytest.mark.slow
def test_a_pattern_of_three_runs_of_blanks_is_found_out() -> None:
    mistaken = r"<\s*\|?\s*/?\s*system>"
    assert is_led_astray(mistaken, re.compile(mistaken, re.IGNORECASE))
