"""The page of a run, and the tables that go into the documentation."""

from __future__ import annotations

import pytest

from eval.figures.writing import fill
from factcheck.evaluation.report import Case, Picture, Section, Table, estimate, number, render


def test_numbers_as_they_are_printed() -> None:
    assert [number(x) for x in (0.5, 1.0, 0.0, -0.25, None)] == [
        ".500",
        "1.000",
        ".000",
        "-0.250",
        "–",
    ]
    assert estimate({"value": 0.5654, "low": 0.5, "high": 0.6}) == ".565 [.500, .600]"
    assert estimate({"value": 0.5654, "low": None, "high": None}) == ".565"
    assert estimate({"value": None, "low": None, "high": None}) == "–"
    assert estimate(None) == "–"


def test_what_comes_from_data_is_escaped_and_plots_are_not() -> None:
    page = render(
        "<i>title",
        "lead",
        [
            Section("One", tables=(Table(("a", "b"), (("<script>", "1"),)),)),
            Section("Two", cases=(Case("case <b>", (("evidence", "</dd><script>"),)),)),
            Section("Three", pictures=(Picture('<?xml?>\n<svg id="x"></svg>', 'says "so"'),)),
            Section("Empty", "nothing under it"),
        ],
    )
    assert "<script>" not in page
    assert "&lt;i&gt;title" in page
    assert '<svg id="x"></svg>' in page
    assert "<?xml" not in page
    assert "Empty" not in page
    assert "says &#34;so&#34;" in page


def test_blocks_are_filled_between_their_marks() -> None:
    page = "a\n<!-- figures: one -->\nold\n<!-- end -->\nb\n<!-- figures: two -->\n<!-- end -->"
    filled = fill(page, {"one": "new", "two": "more"})
    assert filled.split("\n") == [
        "a",
        "<!-- figures: one -->",
        "new",
        "<!-- end -->",
        "b",
        "<!-- figures: two -->",
        "more",
        "<!-- end -->",
    ]
    assert fill(filled, {"one": "new", "two": "more"}) == filled
    with pytest.raises(SystemExit, match="no block 'figures: three'"):
        fill(page, {"three": "x"})
