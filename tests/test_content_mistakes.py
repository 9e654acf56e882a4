"""Mistakes that authors make, as data: each is named at its place, explained, and mostly mended."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsfeed.config import Config, Site
from newsfeed.content.charset import decode, mend
from newsfeed.content.reading import read_article
from newsfeed.model import Item
from newsfeed.text.characters import for_xml

DATA = Path(__file__).parent / "data" / "mistakes"
CONFIG = Config(
    site=Site(title="Site", url="https://www.example.org/", language="fr", timezone="Europe/Paris")
)
MISTAKES: list[dict[str, Any]] = [
    mistake
    for file in sorted(DATA.glob("*.toml"))
    for mistake in tomllib.loads(file.read_text("utf-8"))["mistake"]
]


def _name(mistake: dict[str, Any]) -> str:
    rows = mistake["text"].split("\n")
    return f"{mistake['code']}: {rows[min(mistake['line'], len(rows)) - 1][:30]}"


def _bytes(mistake: dict[str, Any]) -> bytes:
    text = mistake["text"]
    match mistake.get("encoding"):
        case "latin-1":
            return text.encode("latin-1")
        case "mixed":
            return text.encode("latin-1") + "Déjà vu.\n".encode()
    return text.encode()


def _said(item: Item, field: str) -> str:
    match field:
        case "date":
            return f"{item.published:%Y-%m-%d}"
        case "tags":
            return ",".join(item.tags)
        case "authors":
            return ",".join(person.name for person in item.authors)
        case "link":
            return item.links[0].text
        case "source":
            return item.source.text if item.source else ""
        case "image":
            return item.image.src if item.image else ""
        case "alt":
            return item.image.alt if item.image else ""
    return str(getattr(item, field))


@pytest.mark.parametrize("mistake", MISTAKES, ids=_name)
def test_mistake(mistake: dict[str, Any]) -> None:
    """A mistake is named at its line and column, with a cure; the value is read meanwhile."""
    data = _bytes(mistake)
    found = read_article("items/un-article.md", data, CONFIG)
    places = [(p.code, p.line, p.column) for p in found.problems]
    assert (mistake["code"], mistake["line"], mistake["column"]) in places
    problem = found.problems[places.index((mistake["code"], mistake["line"], mistake["column"]))]
    assert all(problem.words("fr"))
    assert " → ".join(problem.words("en")) == mistake["says"]
    for field, value in mistake.get("gives", {}).items():
        assert found.item is not None
        assert _said(found.item, field) == value
    mended = mend(data, [edit for p in found.problems for edit in p.fix])
    again = read_article("items/un-article.md", mended, CONFIG)
    assert (mistake["code"] not in [p.code for p in again.problems]) == mistake["mended"]
    if found.item is not None and mistake["mended"]:
        assert again.item is not None
        for field in ("title", "published", "tags", "draft", "summary", "categories", "authors"):
            assert getattr(again.item, field) == getattr(found.item, field)


def test_most_are_mended() -> None:
    """Of two hundred mistakes at least four in five are mended by ``check --fix``."""
    assert len(MISTAKES) >= 200
    assert sum(mistake["mended"] for mistake in MISTAKES) >= 0.8 * len(MISTAKES)


@pytest.mark.parametrize("mistake", [m for m in MISTAKES if m["mended"]], ids=_name)
def test_mending_settles(mistake: dict[str, Any]) -> None:
    """What was mended needs no second mending, and the text below keeps every character."""
    data = _bytes(mistake)
    for _ in range(2):
        found = read_article("items/un-article.md", data, CONFIG)
        data = mend(data, [edit for problem in found.problems for edit in problem.fix])
    again = read_article("items/un-article.md", data, CONFIG)
    assert mend(data, [edit for problem in again.problems for edit in problem.fix]) == data
    last = mistake["text"].rstrip().rpartition("\n")[2]
    assert last.startswith("date:") or decode(data).text.rstrip().endswith(last)


_PIECES = st.sampled_from(
    ["Café", " ", "a", "#tag", " # x", ": ", ":", '\\"', "\\\\", "\\u00e9", "\\ud83d\\ude80", "\\t",
     "\\x41", "C:\\", "\\q", "'", '"', "“", "”", "[", "]", "{", "}", "- ", ",", "%", "@", "&b", "*c", "!",
     "\\ud83d", "\\u12", "<i>", "🚀"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(["", '"', "'", "“"]),
    st.lists(_PIECES, min_size=1, max_size=6).map("".join),
    st.sampled_from(["", '"', "'", "”"]),
)
@example('"', "Launch \\ud83d\\ude80 of Caf\\u00e9", '"')
@example('"', "C:\\path of Caf\\u00e9", '"')
def test_what_was_mended_says_what_it_said(before: str, text: str, after: str) -> None:
    """``check --fix`` never makes another title of a line: what was read before is read after."""
    data = f"---\ntitle: {before}{text}{after}\ndate: 2026-01-02\n---\nText.\n".encode()
    found = read_article("items/a.md", data, CONFIG)
    mended = mend(data, [edit for problem in found.problems for edit in problem.fix])
    again = read_article("items/a.md", mended, CONFIG)
    assert (found.item and found.item.title) == (again.item and again.item.title), mended


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["", '"', "'"]), st.lists(_PIECES, min_size=1, max_size=6).map("".join))
@example('"', "Launch \\ud83d\\ude80 of Caf\\u00e9")
@example('"', "C:\\path of Caf\\u00e9 \\ud83d")
@example("'", "C:\\ud83d\\ude80")
def test_what_was_mended_in_toml_says_what_it_said(quote: str, text: str) -> None:
    data = f"+++\ntitle = {quote}{text}{quote}\ndate = 2026-01-02\n+++\nText.\n".encode()
    found = read_article("items/a.md", data, CONFIG)
    mended = mend(data, [edit for problem in found.problems for edit in problem.fix])
    again = read_article("items/a.md", mended, CONFIG)
    if found.item is not None:
        assert again.item is not None and again.item.title == found.item.title, mended


@pytest.mark.parametrize(
    ("written", "title", "mended"),
    [
        (r'"Launch \ud83d\ude80 of Caf\u00e9"', "Launch 🚀 of Café", r'"Launch 🚀 of Caf\u00e9"'),
        (r'"say \"\ud83d\ude80\" # it"', 'say "🚀" # it', r'"say \"🚀\" # it"'),
        (r"'C:\ud83d\ude80'", r"C:\ud83d\ude80", r"'C:\ud83d\ude80'"),
        (r'"C:\\ud83d\\ude80"', r"C:\ud83d\ude80", r'"C:\\ud83d\\ude80"'),
        (r'"C:\path of Caf\u00e9"', r"C:\path of Café", r'"C:\\path of Caf\u00e9"'),
        (r'"C:\path"', r"C:\path", r'"C:\\path"'),
        (r'"lone \ud83d of C:\path"', None, r'"lone \ud83d of C:\path"'),
    ],
)
def test_an_escape_in_toml_stays_what_it_is(written: str, title: str | None, mended: str) -> None:
    """A pair of surrogates is the character that JSON means; no other escape of the line changes."""
    data = f"+++\ntitle = {written}\ndate = 2026-01-02\n+++\nText.\n".encode()
    found = read_article("items/a.md", data, CONFIG)
    assert (found.item and found.item.title) == title
    edits = [edit for problem in found.problems for edit in problem.fix]
    assert mend(data, edits).decode() == data.decode().replace(written, mended)


@pytest.mark.parametrize("container", ["---\ntitle: {}\n---\n", '---\n{{"title": {}}}\n---\n'])
@given(
    text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Z"])).map(
        "T{}".format
    )
)
@example(text="🚀 é 𝒳 \\ud83d")
def test_escapes_of_json_mean_what_they_say(container: str, text: str) -> None:
    """JSON writes a character beyond U+FFFF as two escapes, and so do those who print it as YAML."""
    data = (container.format(json.dumps(text)) + "Text.\n").encode()
    found = read_article("items/2026-01-02-a.md", data, CONFIG)
    assert found.item is not None
    assert found.item.title == for_xml(text).strip()
    assert not any(problem.fix for problem in found.problems)
