"""What the cases in cases/quantities.toml cannot say; those run in test_cases.py."""

from __future__ import annotations

import pytest

from factcheck.checks.numbers.figures import as_written, slip


@pytest.mark.parametrize(
    ("wanted", "like", "right"),
    [
        (62_000, "72,000", "62,000"),
        (612, "622", "612"),
        (4.5, "4.3 percent", "4.5 percent"),
        (8, "eleven", None),
        (3.1e9, "3.1 million", None),
        (0.25, "3 percent", None),
    ],
)
def test_a_correction_has_the_form_of_the_figure(
    wanted: float, like: str, right: str | None
) -> None:
    assert as_written(wanted, like) == right


def test_slips_of_the_hand() -> None:
    assert slip(8_286, 8_826)
    assert slip(622, 612)
    assert slip(62_000, 620_000)
    assert not slip(1_207, 1_580)
