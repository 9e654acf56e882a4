"""The disk is looked at by processes of their own, and none is left behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsfeed import defaults, parallel, scanning
from newsfeed.surveying import Survey


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site whose listings are larger than what a pipe holds."""
    for folder in ("items", "public"):
        (tmp_path / folder).mkdir()
        for number in range(1500):
            (tmp_path / folder / f"{'long-name-' * 6}{number}.md").touch()
    return tmp_path


@pytest.mark.parametrize("forks", [True, False])
def test_it_sees_what_lies_there(
    site: Path,
    monkeypatch: pytest.MonkeyPatch,
    forks: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setattr(parallel, "FORKS", forks and parallel.FORKS)
    survey = Survey(site, ["items"], site / "public")
    assert survey.sources.listing == scanning.scan(site, ["items"]).listing
    assert survey.sources.templates == defaults.fingerprint(str(site / "templates"))
    assert survey.sources.sound
    assert survey.outputs == scanning.outputs(site / "public")
    survey.close()


def test_what_nobody_asks_for_ends_at_once(site: Path) -> None:
    """A process that waits to write what nobody reads would wait for ever."""
    Survey(site, ["items"], site / "public").close()
    asked = Survey(site, ["items"], site / "public")
    assert asked.sources.sound
    asked.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
