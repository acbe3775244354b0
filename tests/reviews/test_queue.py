from __future__ import annotations

import json
from pathlib import Path

import pytest

from factcheck.decisions import standings
from factcheck.errors import ReportError
from factcheck.reviews.listing import listing_html
from factcheck.reviews.queue import Queue, progress_by_article, progress_of
from factcheck.reviews.reading import find_reports
from factcheck.reviews.store import Store
from tests.reports import factory
from tests.reviews.serving import saved


@pytest.fixture
def queue(tmp_path: Path) -> Queue:
    paths = saved(tmp_path, factory.small(), factory.realistic(), factory.quiet())
    bad = tmp_path / "bad.json"
    bad.write_text("[]")
    return Queue([*paths, bad, tmp_path / "gone.json"])


def test_reports_are_listed_before_they_are_read(queue: Queue) -> None:
    assert len(queue) == 5
    assert not [entry for entry in queue.entries() if entry.summary or entry.trouble]
    queue.read_in_background().join(10)
    assert all(entry.summary or entry.trouble for entry in queue.entries())


def test_the_list_knows_title_findings_and_what_is_to_decide(queue: Queue) -> None:
    queue.read_all()
    small, dam, quiet, bad, gone = queue.entries()
    assert dam.summary is not None and small.summary is not None and quiet.summary is not None
    assert dam.summary.title.startswith("Harlow Dam Repair")
    assert dam.summary.date == "4 March 2024"
    assert dam.summary.severities == {"high": 3, "medium": 2, "low": 1, "note": 2}
    assert len(dam.summary.needed) == 8 + 3 + 1 + 4
    assert quiet.summary.title == "article.txt"
    assert "not a factcheck report" in bad.trouble
    assert "cannot be read" in gone.trouble


MALFORMED = {
    ("article", "id"): ["a"],
    ("article", "source"): 5,
    ("article", "text"): ["a"],
    ("article", "date"): 5,
    ("article", "headline"): {"start": "a", "end": "b"},
    ("flags", 0, "id"): {},
    ("claims", 0, "claim", "id"): [1],
    ("claims", 0, "verdict", "label"): ["refuted"],
    ("claims",): 7,
}


@pytest.mark.parametrize("steps", MALFORMED, ids=lambda steps: ".".join(map(str, steps)))
def test_one_malformed_report_leaves_the_others_listed(
    tmp_path: Path, steps: tuple[str | int, ...]
) -> None:
    bad, good = saved(tmp_path, factory.small(), factory.realistic())
    data = place = json.loads(bad.read_text("utf-8"))
    for step in steps[:-1]:
        place = place[step]
    place[steps[-1]] = MALFORMED[steps]
    bad.write_text(json.dumps(data), "utf-8")
    store = tmp_path / "reviews.sqlite"
    Store.open(store, create=True).close()
    queue = Queue([bad, good])
    queue.read_all()
    page = listing_html(queue, store)
    assert "is not a factcheck report" in page
    assert "Harlow Dam Repair" in page


def test_keys_stay_and_lead_on(queue: Queue) -> None:
    first, second, *_ = queue.entries()
    assert Queue([first.path]).entries()[0].key == first.key
    assert queue.after(first.key) == second.key
    assert queue.after(queue.entries()[-1].key) is None
    assert queue.path("nonsense") is None


def test_progress_counts_rulings_on_what_asks_for_one(queue: Queue) -> None:
    queue.read_all()
    report = factory.small()
    decisions = [
        factory.decided(report, report.flags[0].id, "accept"),
        factory.decided(report, report.claims[0].claim.id, "note", note="Hm."),
    ]
    found = progress_by_article(queue.entries(), decisions)
    progress = found[queue.entries()[0].key]
    assert (progress.decided, progress.needed, progress.done) == (1, 3, False)
    assert progress.latest == decisions[-1]
    assert len(found) == 3


def test_a_report_with_nothing_to_decide_is_done() -> None:
    assert progress_of([], standings([]), None).done


def test_folders_stand_for_the_reports_in_them(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "2.json").touch()
    (tmp_path / "1.json").touch()
    (tmp_path / "notes.txt").touch()
    found = find_reports([tmp_path, tmp_path / "1.json"])
    assert [path.name for path in found] == ["1.json", "2.json"]
    with pytest.raises(ReportError, match="no file or folder"):
        find_reports([tmp_path / "none"])
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(ReportError, match="no report to review"):
        find_reports([empty])
