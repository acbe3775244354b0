"""How fast reports are: written, in a browser, and listed for review.

    python -m eval.bench_reports

Writing is measured on a made-up article of a thousand words, the browser on a report of 500
claims, the start of `factcheck review` on a thousand reports, from the start of the process to the
first page answered. Figures are medians.
"""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page

from factcheck.records import Label, Report
from factcheck.reports.formats import FORMATS, write
from factcheck.reports.html import to_html
from factcheck.reports.json import to_json
from tests.browsing import launched, opened
from tests.reports import factory

_TIMES = 9
_CLAIMS = 500
_REPORTS = 1000
_LABELS: tuple[Label, ...] = ("supported", "not_enough_evidence", "refuted")
# From the deed to the frame after the next, when what it changed is on the screen.
_UNTIL_SHOWN = """() => new Promise((done) => {
    const began = performance.now();
    %s
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
})"""
_SCROLL = """() => new Promise((done) => {
    const frames = [];
    let before = performance.now();
    const turn = () => {
        const now = performance.now();
        frames.push(now - before);
        before = now;
        scrollBy(0, 400);
        if (frames.length < 120) requestAnimationFrame(turn);
        else done(frames.slice(5).sort((a, b) => a - b));
    };
    requestAnimationFrame(turn);
})"""


def main() -> None:
    """Print the figures, one a line."""
    writing()
    with launched() as browser:
        in_browser(browser)
    starting()


def writing() -> None:
    """How long each format takes on a thousand words, and how large the HTML is."""
    report = thousand_words()
    words = len(report.article.text.split())
    print(f"an article of {words} words, {len(report.claims)} claims, {len(report.flags)} flags")
    for form, how in FORMATS.items():
        if not how.after_review:
            taken = _median(lambda form=form: write(report, form))  # type: ignore[misc]
            print(f"  {form:20} {1000 * taken:6.0f} ms")
    print(f"  HTML file            {len(to_html(report).encode()) / 1000:6.0f} KB")


def thousand_words() -> Report:
    """The example of the tests three times over, each with flags and claims of its own."""
    text = "\n\n".join(f"{factory.DAM.strip()}\n\nPart {part}." for part in (1, 2, 3))
    draft = factory.Draft(text, "thousand.txt")
    reference = draft.evidence(factory.VOTE, "Minutes", url="https://example.org/minutes")
    for number, sentence in enumerate(draft.sentences):
        if sentence.role != "body":
            continue
        label = _LABELS[number % len(_LABELS)]
        claim = draft.claim(
            sentence.text, label, reference, probability=0.8, why="As said.", missing="A record."
        )
        if label == "refuted":
            draft.flag(
                "number", "high", sentence.text[:40], reference.quotation, "Not so.", 0.8, "so",
                claim=claim,
            )  # fmt: skip
    return draft.report()


def in_browser(browser: Browser) -> None:
    """How long a person waits in a report of many claims."""
    report = factory.long(_CLAIMS)
    with tempfile.TemporaryDirectory() as folder, opened(browser) as page:
        path = Path(folder) / "report.html"
        path.write_text(to_html(report), "utf-8")
        print(f"a report of {_CLAIMS} claims ({path.stat().st_size / 1000:.0f} KB) in Chromium")
        began = time.perf_counter()
        page.goto(path.as_uri())
        print(f"  opened               {1000 * (time.perf_counter() - began):6.0f} ms")
        for name, deed in (
            ("filter by verdict", _choosing("verdict", "refuted")),
            ("filter cleared", _choosing("verdict", "")),
            ("search, one letter", _choosing("text", "gate 49")),
            ("search cleared", _choosing("text", "")),
            ("next (j)", "document.dispatchEvent(new KeyboardEvent('keydown', { key: 'j' }))"),
        ):
            print(f"  {name:20} {_shown(page, deed):6.0f} ms to the next frame shown")
        frames = page.evaluate(_SCROLL)
        at = int(0.95 * (len(frames) - 1))
        print(f"  frame while scrolling {median(frames):5.1f} ms, 95th percentile {frames[at]:.1f}")


def starting() -> None:
    """How long `factcheck review` takes to answer with many reports."""
    one = to_json(factory.realistic())
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "reports"
        folder.mkdir()
        for number in range(_REPORTS):
            (folder / f"{number:04}.json").write_text(one, "utf-8")
        runs = [_start(folder, Path(place) / f"{number}.sqlite") for number in range(5)]
        size = _REPORTS * len(one.encode()) / 1e6
    print(f"factcheck review with {_REPORTS:,} reports ({size:.0f} MB)")
    print(
        f"  first page           {1000 * median(first for first, _ in runs):6.0f} ms"
        " after the start of the process"
    )
    print(f"  all of them listed   {1000 * median(whole for _, whole in runs):6.0f} ms")


def _start(folder: Path, store: Path) -> tuple[float, float]:
    start = "from factcheck.cli.main import main; main()"
    command = [sys.executable, "-c", start, "review", str(folder), "--reviews", str(store)]
    began = time.perf_counter()
    with subprocess.Popen(
        [*command, "--no-browser"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        address = process.stdout.readline().strip() if process.stdout else ""
        _ask(address)
        first = time.perf_counter() - began
        while "Reading reports" in _ask(f"{address}rows"):
            time.sleep(0.02)
        whole = time.perf_counter() - began
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=10)
    return first, whole


def _ask(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        text: str = answer.read().decode()
        return text


def _choosing(name: str, value: str) -> str:
    return (
        f"const one = document.querySelector(\"[name='{name}']\"); one.value = '{value}';"
        "one.dispatchEvent(new Event('input', { bubbles: true }));"
    )


def _shown(page: Page, deed: str) -> float:
    return median(float(page.evaluate(_UNTIL_SHOWN % deed)) for _ in range(_TIMES))


def _median(work: Callable[[], object]) -> float:
    work()
    taken = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return median(taken)


if __name__ == "__main__":
    main()
