"""A browser for the journeys."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.pages.conftest import CHROMIUM_FLAGS


# Not for the session: one process cannot drive two of them, and other tests have their own.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One Chromium for the journeys."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or None, args=list(CHROMIUM_FLAGS)
        )
        yield browser
        browser.close()
