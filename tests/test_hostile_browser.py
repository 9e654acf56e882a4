"""Hostile articles and issues in a real browser: some of the pairs that ``make attack`` tries."""

from __future__ import annotations

import pytest

from attack import attack


@pytest.mark.browser
def test_no_alarm_rings(browser, tmp_path):
    """No script, request, dialog or way out, in pages, letters and feeds; the alarms themselves ring."""
    counts, alarms = attack(browser, tmp_path, 151)
    assert alarms == []
    assert counts["payloads that ring where nothing holds them"] > 8
    assert counts["articles"] >= 12 and counts["entries of feeds"] >= 3 * counts["articles"]
