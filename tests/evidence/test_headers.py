from __future__ import annotations

import time

import pytest

from factcheck.evidence.headers import header_of, iso_date


@pytest.mark.parametrize(
    ("line", "publisher", "date"),
    [
        ("Source: Halden Gazette, 2021-12-04", "Halden Gazette", "2021-12-04"),
        ("Source: Halden Gazette, 4 December 2021", "Halden Gazette", "2021-12-04"),
        ("Source: Halden Gazette, December 4, 2021", "Halden Gazette", "2021-12-04"),
        ("Source: Halden Gazette, 2021-12-04.", "Halden Gazette", "2021-12-04"),
        ("source: Halden Gazette, 2021-12-04", "Halden Gazette", "2021-12-04"),
        ("**Source:** Halden Gazette, 2021-12-04", "Halden Gazette", "2021-12-04"),
        ("Source: Halden Gazette", "Halden Gazette", None),
        ("Source: Halden Gazette (2021-12-04)", "Halden Gazette", "2021-12-04"),
    ],
)
def test_usual_forms_of_a_source_line(line: str, publisher: str, date: str | None) -> None:
    header = header_of(f"Bridge reopens\n{line}\n\nThe bridge reopened.")
    assert (header.title, header.publisher, header.date) == ("Bridge reopens", publisher, date)
    assert not header.misread


def test_front_matter() -> None:
    head = '---\ntitle: "Bridge"\ndate: 2021-12-04\nsource: Gazette\nurl: https://x.example\n---\n'
    header = header_of(f"{head}\nThe bridge reopened.")
    assert (header.title, header.publisher, header.date) == ("Bridge", "Gazette", "2021-12-04")
    assert header.url == "https://x.example"
    assert header.first == "The bridge reopened."


@pytest.mark.parametrize(
    "line", ["Source: Gazette, 2021-02-30", "Source: Gazette, 4/12/2021", "Date: last Tuesday"]
)
def test_what_looks_like_a_source_and_is_not_understood_is_told(line: str) -> None:
    header = header_of(f"Bridge reopens\n{line}\n\nThe bridge reopened.")
    assert header.misread == (line,)
    assert header.date is None


def test_a_text_without_a_head_is_all_text() -> None:
    header = header_of("The bridge reopened.\nThe source: a spring. It was clear.")
    assert (header.publisher, header.date, header.title) == ("", None, "")
    assert header_of("").first == ""


@pytest.mark.parametrize("text", ["30 February 2021", "4 Smarch 2021", "2021-13-01", "soon"])
def test_no_date(text: str) -> None:
    assert iso_date(text) is None


def test_hostile_lines_take_no_longer() -> None:
    started = time.perf_counter()
    header_of("A\nSource: " + " ," * 100_000)
    header_of("A\nSource: " + "4 may " * 40)
    assert time.perf_counter() - started < 1
