"""Make the pictures of docs/images from a report on the example article.

    python docs/make_pictures.py [REPORT.json]

Without a report it checks the example article first. It needs the test dependencies and Chromium.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
EXAMPLE = Path("eval/articles/example.txt")
DESKTOP = (1200, 900)
PHONE = (390, 844)

sys.path.insert(0, str(ROOT))

from factcheck.reports.html import to_html  # noqa: E402
from factcheck.reviews.reading import read_report  # noqa: E402
from tests.browsing import launched, opened  # noqa: E402
from tests.reviews.serving import served  # noqa: E402


def main() -> None:
    """Write every picture anew."""
    with tempfile.TemporaryDirectory() as place:
        report = Path(sys.argv[1]) if len(sys.argv) > 1 else _checked(Path(place))
        pictures(report, Path(place))


def pictures(report: Path, place: Path) -> None:
    """The report on a desk and on a phone, and the page of the review."""
    page_file = place / "report.html"
    page_file.write_text(to_html(read_report(report)), "utf-8")
    with launched() as browser:
        with opened(browser, DESKTOP) as page:
            page.goto(page_file.as_uri())
            _keep(page, "report")
        with opened(browser, PHONE, color_scheme="dark") as page:
            page.goto(page_file.as_uri())
            _keep(page, "report-phone")
        with (
            served([report], place / "reviews.sqlite") as reviewing,
            opened(browser, DESKTOP, reduced_motion="reduce") as page,
        ):
            page.goto(f"{reviewing.address}report/{reviewing.queue.entries()[0].key}")
            expect(page.locator(".finding.chosen")).to_have_count(1)
            page.keyboard.press("a")
            expect(page.locator(".deck .count")).to_contain_text("1 of")
            page.keyboard.press("n")
            page.keyboard.type("The readout says Wednesday; ask the desk.")
            page.keyboard.press("Control+Enter")
            expect(page.locator(".standing", has_text="ask the desk")).to_have_count(1)
            _keep(page, "review")


def _checked(place: Path) -> Path:
    report = place / "report.json"
    command = [sys.executable, "-c", "from factcheck.cli.main import main; main()"]
    subprocess.run(
        [*command, "claims", str(EXAMPLE), "-f", "json", "-o", str(report)], cwd=ROOT, check=True
    )
    return report


def _keep(page: Page, name: str) -> None:
    IMAGES.mkdir(exist_ok=True)
    page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
