"""Whatever a file holds, what reads it answers or says what is wrong: `make fuzz` draws more of it."""

from __future__ import annotations

import json
import string

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsfeed import config
from newsfeed.build.cache import Cache
from newsfeed.content.importers import looks_like_export
from newsfeed.content.permalinks import name_of
from newsfeed.diagnostics import ConfigError
from newsfeed.newsletter.issues.records import RecordProblem, dump, load
from newsfeed.text.iri import absolute, is_absolute, to_uri
from newsfeed.text.output_paths import LONGEST_PART, folded, is_fit

TEXT = st.text() | st.text(string.printable) | st.binary().map(lambda data: data.decode("latin-1"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
SETTINGS = """[site]
title = "T"
url = "https://www.example.org/"
[feeds]
limit = 3
[newsletter]
esp = ["brevo"]
[items.fields]
title = ["a"]
[[podcast.persons]]
name = "A"
"""
VALUES = {
    "site": ("url", "title", "language", "timezone", "base", "logo", "output", "author"),
    "feeds": ("limit", "per", "formats", "atom", "category", "archive_size", "copyright"),
    "items": ("folder", "fields", "shortcodes", "date_order", "attachments", "typography"),
    "pages": ("item", "lists", "slugs", "elsewhere", "picture_widths", "per_page"),
    "newsletter": ("from", "esp", "tags", "subscribe", "unsubscribe", "layout", "address"),
    "podcast": ("category", "owner", "persons", "medium", "guid", "type"),
    "check": ("ignore", "per-file-ignores"),
    "brand": ("accent", "font"),
}
RECORD = {
    "format": 1, "closed": False, "editorial": ["<p>A</p>"], "editorial_of": ["A"], "files": [],
    "items": [{
        "id": "urn:x", "title": "T", "item_title": "T", "path": "items/a.md", "slug": "a",
        "url": "https://www.example.org/a", "page": "a.html", "published": "2026-01-02T00:00:00+01:00",
        "summary": "S", "content": ["<p>A</p>"], "excerpt": ["<p>A</p>"],
    }],
}  # fmt: skip


class Result(msgspec.Struct, frozen=True):
    """What a step of a build gave."""

    name: str
    value: int


def toml(value: object) -> str:
    """Return a value of JSON as TOML has it, as far as that can be."""
    if isinstance(value, dict):
        inner = ", ".join(f"{json.dumps(key)} = {toml(each)}" for key, each in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return (
        json.dumps(str(value)) if value is None or isinstance(value, float) else json.dumps(value)
    )


@settings(max_examples=300)
@given(TEXT, st.integers(0, len(SETTINGS)))
def test_any_settings_are_read_or_refused(text: str, at: int) -> None:
    """Alone, and in the middle of good settings; a problem has a line of the file."""
    for each in (text, SETTINGS[:at] + text + SETTINGS[at:]):
        try:
            config.parse(each)
        except ConfigError as error:
            rows = each.count("\n") + each.count("\r") + 2
            assert all(1 <= problem.line <= rows for problem in error.problems)


@settings(max_examples=400)
@given(st.sampled_from([(s, key) for s, keys in VALUES.items() for key in keys]), JSON)
@example(("site", "url"), "https://[")
@example(("pages", "item"), "{slug}{")
def test_any_value_of_a_setting_is_read_or_refused(key: tuple[str, str], value: object) -> None:
    """Of any type, in any place."""
    section, name = key
    base = "" if section == "site" else '[site]\ntitle = "T"\nurl = "https://www.example.org/"\n'
    try:
        config.parse(f"{base}[{section}]\n{name} = {toml(value)}\n")
    except ConfigError as error:
        assert error.problems


@settings(max_examples=300)
@given(TEXT | JSON.map(json.dumps), JSON, st.data())
def test_any_record_is_read_or_refused(text: str, value: object, data: st.DataObject) -> None:
    """A text, a table, and a good record in which one value is another."""
    row = json.loads(json.dumps(RECORD))
    place = row["items"][0] if data.draw(st.booleans()) else row
    place[data.draw(st.sampled_from(sorted(place)))] = value
    for each in (text, json.dumps(row)):
        try:
            record = load(each)
        except RecordProblem:
            continue
        assert load(dump(record)) == record


@settings(max_examples=150)
@given(st.binary(), st.integers(0, 400), st.binary(max_size=4))
def test_any_cache_is_read_or_forgotten(
    tmp_path_factory: pytest.TempPathFactory, text: bytes, at: int, other: bytes
) -> None:
    """Bytes that are no cache, and a cache of which some were changed: a result is whole, or none."""

    place = tmp_path_factory.mktemp("cache") / "cache"
    first = Cache(place, "f", 1)
    first.step("s", Result).put(Result("a", 1))
    first.save()
    written = place.read_bytes()
    for damaged in (text, written[:at] + other + written[at + len(other) :], written[:at]):
        place.write_bytes(damaged)
        assert Cache(place, "f", 1).step("s", Result).get("a") in (None, Result("a", 1))


@settings(max_examples=400)
@given(TEXT, TEXT)
def test_any_path_and_address(one: str, other: str) -> None:
    """What is fit for a path holds no part that leads elsewhere; an address stays one line of ASCII."""
    if is_fit(one):
        parts = one.split("/")
        assert not {"", ".", ".."} & set(parts) and "\\" not in one
        assert max(len(part.encode()) for part in parts) <= LONGEST_PART
    assert folded(folded(one)) == folded(one)
    assert name_of(f"{one}/{other}.md").path is not None
    for address in (to_uri(one), absolute(one, f"https://www.example.org/{other}")):
        assert address.isascii() and not set(address) & set(' \n\r\t"<>')
    assert is_absolute(one) in (True, False)
    assert looks_like_export(one.encode("utf-8", "replace")) in (True, False)
