from __future__ import annotations

import subprocess
import sys

PATIENCE = 600
"""Seconds, many times what it takes; with a pattern that is led astray it would take hours."""


def test_no_pattern_is_led_astray_by_a_hostile_line() -> None:
    tried = subprocess.run(
        [sys.executable, "-m", "tests.text.hostile_patterns"],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    assert int(tried.stdout) > 200
