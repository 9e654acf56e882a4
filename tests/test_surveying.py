"""The disk is looked at by processes of their own, and none is left behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsfeed.build import cache, pool
from newsfeed.build.memory import Memory
from newsfeed.build.surveying import Survey
from newsfeed.config import parse
from newsfeed.content import scan as scanning
from newsfeed.theme import defaults

CONFIG = parse('[site]\ntitle = "T"\nurl = "https://www.example.org/"\n')


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site whose listings are larger than what a pipe holds."""
    for folder in ("items", "public"):
        (tmp_path / folder).mkdir()
        for number in range(1500):
            (tmp_path / folder / f"{'long-name-' * 6}{number}.md").touch()
    return tmp_path


def surveyed(site: Path) -> Survey:
    with cache.opened(site, "settings") as opened:
        assert opened is not None
        scan = pool.Begun(scanning.listed, (str(site), ["items"]))
        return Survey(Memory(opened, site / "public"), scan, site, lambda: CONFIG)


@pytest.mark.parametrize("forks", [True, False])
def test_it_sees_what_lies_there(
    site: Path,
    monkeypatch: pytest.MonkeyPatch,
    forks: bool,  # noqa: FBT001
) -> None:
    """Of a site that nobody knows everything may have changed, and nothing is lost."""
    monkeypatch.setattr(pool, "FORKS", forks and pool.FORKS)
    survey = surveyed(site)
    assert survey.sources.listing == scanning.scan(site, ["items"]).listing
    assert survey.templates == defaults.fingerprint(str(site / "templates"))
    assert survey.sources.sound
    assert survey.sources.few is None
    assert survey.lost == frozenset()
    survey.close()


def test_what_nobody_asks_for_ends_at_once(site: Path) -> None:
    """A process that waits to write what nobody reads would wait for ever."""
    survey = surveyed(site)
    child = survey._looks._child
    survey.close()
    if child is not None:
        with pytest.raises(ChildProcessError):
            os.waitpid(child.pid, os.WNOHANG)
