"""Every row of ``tests/data/tables`` becomes what it says."""

from __future__ import annotations

import os

import pytest

import tables

_SHOWN = 5


@pytest.mark.parametrize("name", tables.TABLES)
def test_each_input_becomes_what_its_row_says(name: str) -> None:
    """HTML, fields, settings and problems with their places are as read and agreed upon."""
    if os.environ.get("REWRITE") == "1":
        tables.write(name)
        return
    written = tables.rows(name)
    assert len(written) >= 80
    other = [(each, now) for each in written if (now := tables.row(name, each[0])) != each]
    assert other[:_SHOWN] == []
