"""Commands that are ended, or that the disk refuses: a few faults of each; `make crash` tries them all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import crash_sites
from newsfeed.cli import COMMANDS

TOOL = Path(__file__).with_name("crash.py")


def test_every_command_is_known_to_write_or_not() -> None:
    """A command that writes has a row there, so that it is ended and refused at each of its calls."""
    writing = {
        each
        for scenario in crash_sites.SCENARIOS.values()
        for each in scenario.arguments
        if each in COMMANDS
    }
    assert writing | crash_sites.READING.keys() == COMMANDS.keys()
    assert not writing & crash_sites.READING.keys()
    assert {
        arguments for name in crash_sites.FEW for arguments in crash_sites.SCENARIOS[name].arguments
    } >= writing


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the tool forks")
def test_a_few_faults_of_each_command() -> None:
    """Nothing torn, lost, left or unsaid; commands that only read change nothing on the disk."""
    done = subprocess.run(
        [sys.executable, TOOL, "--few"], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "'kills'" in done.stdout
