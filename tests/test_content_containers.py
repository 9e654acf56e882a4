"""Front matter of every tool: `data/containers.toml` says what each means, where, and what mends it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from newsfeed.content import frontmatter

DATA = tomllib.loads((Path(__file__).parent / "data" / "containers.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", DATA["text"], ids=lambda case: case["text"][:24])
def test_what_a_text_begins_with(case: dict[str, Any]) -> None:
    """Its values as texts, the lines of its keys, its body; what is mended is read so from then on."""
    text, html = case["text"], case.get("html", False)
    block = frontmatter.read(text, html=html)
    assert block.container == case["container"]
    assert block.values == case.get("values", {})
    assert block.lines == case.get("lines", {})
    assert text[block.body_at :] == case["body"]
    assert block.broken == case.get("broken", False)
    if "inside" in case:
        assert text[block.start : block.end] == case["inside"]
    assert [_said(text, fault) for fault in block.faults] == case.get("said", [])
    mended = text
    for start, end, new in sorted({each for fault in block.faults for each in fault.edits})[::-1]:
        mended = mended[:start] + new + mended[end:]
    assert mended == case.get("mended", text)
    if "mended" in case:
        again = frontmatter.read(mended, html=html)
        assert again.values == block.values
        assert mended[again.body_at :].lstrip("\n") == case["body"].lstrip("\n")


def _said(text: str, fault: frontmatter.Fault) -> str:
    before = text[: fault.at]
    return f"{fault.code} {before.count(chr(10)) + 1}:{fault.at - before.rfind(chr(10))}"


def test_a_comment_without_end_in_sight_is_none() -> None:
    """Nor one of more than 64 KB: front matter is small."""
    head = "<!--\n.. title: A\n"
    assert frontmatter.read(f"{head}{'x' * 60_000}\n-->\nB").values == {"title": "A"}
    assert frontmatter.read(f"{head}{'x' * 70_000}\n-->\nB").container == ""
