from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.reports.csv import COLUMNS, defused, to_csv
from tests.reports import factory


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_row_for_each_flag_and_claim_with_every_column() -> None:
    report = factory.realistic()
    read = rows(to_csv(report))
    assert len(read) == len(report.flags) + len(report.claims)
    assert all(tuple(row) == COLUMNS for row in read)
    first = read[0]
    assert first["words"] == "nine to two"
    assert report.article.text[int(first["start"]) : int(first["end"])] == "nine to two"
    assert first["source"] == "Minutes of the council"
    assert first["source_url"] == "https://example.org/minutes"
    assert first["place"] == "paragraph 1"


def test_lines_end_as_rfc_4180_asks() -> None:
    text = to_csv(factory.small())
    assert text.endswith("\r\n")
    assert text.count("\r\n") == text.count("\n") == 4


def test_decisions_go_along() -> None:
    report = factory.small()
    read = rows(to_csv(report, factory.reviewed(report)))
    assert [row["review"] for row in read] == ["rejected", "accepted", "changed"]
    assert [row["review_verdict"] for row in read] == ["", "supported", "conflicting"]
    assert read[0]["reviewer"] == "Ana"
    assert read[1]["review_note"] == "'=Seen."


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "|calc", '"=1"', "\n=cmd"],
)
def test_a_formula_is_only_text(text: str) -> None:
    assert defused(text).startswith("'")


@given(st.text(st.characters()))
def test_no_cell_begins_as_a_formula_and_words_stay(text: str) -> None:
    shown = defused(text)
    assert shown.lstrip()[:1] not in set("=+-@＝＋－＠")
    if text.isascii() and text.isalnum():
        assert shown == text


def test_nothing_from_outside_is_a_formula_or_moves_a_cursor() -> None:
    draft = factory.Draft("=HYPERLINK(0) said so.", source="x.txt")
    bad = draft.evidence("@evil words", "=cmd|' /C calc'!A0", url="https://example.org/")
    draft.claim("=HYPERLINK(0) said so.", "refuted", bad, probability=0.9, why="-1\x1b[2J")
    (row,) = rows(to_csv(draft.report()))
    for name in ("words", "evidence", "source", "explanation"):
        assert row[name].startswith("'"), name
    assert "\x1b" not in row["explanation"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a;=1+1", "a;'=1+1"),
        ("a\t+1", "a\t'+1"),
        ("a; -1", "a; '-1"),
        ("a\n@x", "a\n'@x"),
        ("a;\t;=1;b", "a;\t;'=1;b"),
        ("a; b-c", "a; b-c"),
    ],
)
def test_no_formula_opens_where_a_spreadsheet_parts_cells(text: str, cell: str) -> None:
    assert defused(text) == cell


def test_a_claim_says_whether_only_the_saying_was_checked() -> None:
    draft = factory.Draft("Hale said that it leaks. It leaks.")
    draft.claim("Hale said that it leaks.", "supported", speaker="Hale")
    draft.claim("It leaks.", "supported")
    draft.flag("quote", "note", "leaks", None, "Why.", 0.9)
    kinds = [row["claim_kind"] for row in rows(to_csv(draft.report()))]
    assert kinds == ["", "statement", "fact"]
