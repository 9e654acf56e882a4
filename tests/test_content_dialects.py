"""Folders as the tools people come from write them, and the table that reads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import folders
from newsfeed.config import Config, Items, Site
from newsfeed.content import aliases, keys
from newsfeed.model import Item

DATA = Path(__file__).parent / "data" / "dialects"
TOOLS = sorted(each.name for each in DATA.iterdir())


def _read(tool: str) -> tuple[folders.Found, dict[str, Any]]:
    expected = json.loads((DATA / tool / "expected.json").read_text("utf-8"))
    config = Config(
        site=Site(title="Un site", url="https://www.example.org/"),
        items=Items(path=expected["items"]),
    )
    return folders.read(folders.InMemory(_texts(DATA / tool)), config), expected


def _texts(root: Path) -> dict[str, bytes]:
    """Return every file below ``root``, hidden ones too."""
    files = (file for file in root.rglob("*") if file.is_file())
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}


@pytest.mark.parametrize("tool", TOOLS)
def test_folder(tool: str) -> None:
    """Every article of a folder is read as its tool reads it, with the site's address alone."""
    found, expected = _read(tool)
    items = {item.path: item for item in found.items}
    assert set(items) == set(expected["articles"])
    left_out = {left.path: left.reason for left in found.left_out}
    left_out.pop("expected.json", None)  # the answers of this test
    assert left_out == expected["left_out"]
    assert len(expected["articles"]) >= 12
    for path, answers in expected["articles"].items():
        answers.setdefault("updated", None)
        answers.setdefault("tags", [])
        answers.setdefault("draft", False)
        answers.setdefault("summary", None)
        answers.pop("codes", None)
        assert {name: _answer(items[path], name) for name in answers} == answers, path


@pytest.mark.parametrize("tool", TOOLS)
def test_folder_problems(tool: str) -> None:
    """What a tool writes on purpose is no problem; what is one is named."""
    found, expected = _read(tool)
    wanted = {
        (path, code)
        for path, answers in expected["articles"].items()
        for code in answers.get("codes", [])
    }
    wanted |= {(p, "date-missing") for p, why in expected["left_out"].items() if why == "no-date"}
    assert {(problem.path, problem.code) for problem in found.problems} == wanted


def _answer(item: Item, name: str) -> Any:
    match name:
        case "date":
            return item.published.isoformat()
        case "updated" | "expires":
            when = getattr(item, name)
            return when.isoformat() if when else None
        case "tags" | "categories" | "redirects":
            return list(getattr(item, name))
        case "authors":
            return [person.name for person in item.authors]
        case "image":
            return item.image.src if item.image else None
        case "enclosures":
            return [enclosure.url for enclosure in item.enclosures]
        case _:
            return getattr(item, name)


def test_first_key_with_a_value_wins() -> None:
    """Of several keys the first in the table that has a value gives the field, whatever its case."""
    table = keys.table(())
    values = {"DATE": "2026-01-01", "pubdate": "2026-01-02", "publishDate": ""}
    assert _given(table, "published", values) == ("pubdate", "2026-01-02")


def test_a_map_of_dates_gives_two_fields() -> None:
    """As Material for MkDocs has it; a day that is missing there stays so."""
    table = keys.table(())
    values: dict[str, keys.Value] = {"date": {"created": "2026-01-01", "updated": "2026-01-02"}}
    assert _given(table, "published", values) == ("date.created", "2026-01-01")
    assert _given(table, "updated", values) == ("date.updated", "2026-01-02")
    assert "published" not in table.resolve({"date": {"updated": "2026-01-02"}}).fields


def test_configuration_puts_keys_first() -> None:
    """The configuration's keys come first; those of the table still serve."""
    table = keys.table((("published", ("jour",)), ("summary", ("accroche", "summary"))))
    assert _given(table, "published", {"date": "le 1", "jour": "le 2"}) == ("jour", "le 2")
    assert _given(table, "published", {"date": "le 1"}) == ("date", "le 1")
    assert _given(table, "summary", {"description": "1", "summary": "2"}) == ("summary", "2")


def _given(table: keys.Table, field: str, values: dict[str, keys.Value]) -> tuple[str, object]:
    given = table.resolve(values).fields[field]
    return given.key, given.value


def test_table_is_its_documentation() -> None:
    """The page about dialects names every field and every key."""
    page = aliases.as_markdown()
    for field in aliases.FIELDS:
        assert f"| {field.name} |" in page
        for key, whose in field.keys:
            assert f"`{key}`" in page and whose in page
