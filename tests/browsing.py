"""A real browser for tests: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Error, Page, expect, sync_playwright

SCREENSHOTS = Path(
    os.environ.get("FACTCHECK_SCREENSHOTS", Path(__file__).parents[1] / "build" / "screenshots")
)
"""Where pictures of the pages are kept, for people to look at."""
_PATIENCE = 20_000
"""Milliseconds that a page may take on a busy machine; tests are not a measure of speed."""
DESKTOP = (1280, 900)
PHONE = (390, 844)

_QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Watch:
    """What a page did besides showing itself."""

    requests: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    """Dialogs, errors of scripts and messages of the console, refused scripts among them."""

    def follow(self, page: Page) -> None:
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.troubles.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.on("dialog", self._dialog)

    def _dialog(self, dialog: Dialog) -> None:
        self.troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@contextmanager
def launched() -> Iterator[Browser]:
    """A Chromium without a window."""
    found = os.environ.get("FACTCHECK_CHROMIUM") or shutil.which("chromium")
    if not found:
        pytest.fail(
            "these tests need Chromium: run `make test`, which installs it, "
            "or name one with FACTCHECK_CHROMIUM"
        )
    expect.set_options(timeout=_PATIENCE)
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*_QUIET, *root])
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser, size: tuple[int, int] = DESKTOP, watch: Watch | None = None, **options: Any
) -> Iterator[Page]:
    """A page in a profile of its own."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    page = context.new_page()
    if watch:
        watch.follow(page)
    yield page
    context.close()


def keep(page: Page, name: str, *, whole: bool = False) -> None:
    """Keep a picture of the page."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for left in (2, 1, 0):
        try:
            page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=whole)
            return
        except Error:  # Chromium on a busy machine now and then has no picture ready
            if not left:
                raise
            page.wait_for_timeout(1_000)


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong: WCAG 2.2 A and AA, and its best practices."""
    options = {"rules": {"target-size": {"enabled": True}}}  # of WCAG 2.2, off unless asked for
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{item['id']}: {node['target']} {node.get('failureSummary', '')}"
        for item in found
        for node in item["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    wide: int = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    return max(0, wide)
