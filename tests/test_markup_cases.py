"""Each file in ``tests/data/bodies`` becomes what it says."""

from __future__ import annotations

import os

import pytest

from bodies import FOLDER, read, write

CASES = sorted(FOLDER.glob("*.case"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_body_becomes_what_its_case_says(path):
    """HTML, excerpt, text part and problems with their places are as read and agreed upon."""
    case = read(path)
    if os.environ.get("REWRITE") == "1":
        write(case)
        return
    outcome = case.outcome()
    for part, text in outcome.items():
        assert text.strip("\n") == case.parts[part].strip("\n"), part


def test_there_are_cases():
    """An empty folder would pass in silence."""
    assert len(CASES) >= 18
