"""What every test shares: tools of the machine are found, or the test says what is missing."""

from __future__ import annotations

import os
import shutil
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

import chromium

NODE_MODULES = Path(__file__).parent / "node" / "node_modules"
NEEDS = {
    "browser": lambda: None if chromium.program() else "Chromium (Debian: chromium)",
    "readers": lambda: _missing("newsboat", "sfeed"),
    "spam": lambda: _missing("spamassassin"),
    "ci": lambda: _missing("rsync") or _uninstalled("actionlint", "zizmor", "shellcheck", "prek"),
    "node": lambda: (
        _missing("node") or (None if NODE_MODULES.is_dir() else "npm install --prefix tests/node")
    ),
}

settings.register_profile("house", deadline=None, derandomize=True)
# `make fuzz` draws other examples at each run, and shows how to repeat the one that fails.
settings.register_profile("fuzz", deadline=None, print_blob=True)
# `make mutants` asks whether a test fails at all, not for the smallest example.
settings.register_profile(
    "mutants",
    deadline=None,
    derandomize=True,
    max_examples=30,
    phases=[Phase.explicit, Phase.generate],
    # A busy machine is no fault that a test has noticed.
    suppress_health_check=list(HealthCheck),
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))


def _missing(*programs: str) -> str | None:
    lacking = [program for program in programs if not shutil.which(program)]
    return ", ".join(lacking) + " (Debian packages)" if lacking else None


def _uninstalled(*programs: str) -> str | None:
    path = os.pathsep.join((sysconfig.get_path("scripts"), os.environ.get("PATH", "")))
    lacking = [program for program in programs if not shutil.which(program, path=path)]
    return ", ".join(lacking) + " (the extra “dev”)" if lacking else None


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, started once in a process."""
    with chromium.started() as started:
        yield started


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what the machine cannot run, and say why; in CI that is a failure, but for ``tools``.

    What only the whole of a matrix holds is left to ``-m whole``.
    """
    if "whole" not in config.option.markexpr:
        more = [item for item in items if item.get_closest_marker("whole")]
        config.hook.pytest_deselected(items=more)
        items[:] = [item for item in items if not item.get_closest_marker("whole")]
    for item in items:
        for marker, missing in NEEDS.items():
            if item.get_closest_marker(marker) and (what := missing()):
                item.add_marker(pytest.mark.skip(reason=f"this machine lacks {what}"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    spared = item.get_closest_marker("tools") is not None
    if report.skipped and os.environ.get("CI") == "true" and not spared:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} would be skipped in CI: {report.longrepr}"
    return report
