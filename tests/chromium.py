"""Chromium, as every test and tool here starts it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def program() -> str | None:
    """Return its path, None for none: that of the build without windows, which opens a page in a third
    of the time, where the machine has it."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


@contextmanager
def started() -> Iterator[Any]:
    """Yield a browser of Playwright's; a process can have one at a time."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program(), args=ARGUMENTS)
        yield browser
        browser.close()
