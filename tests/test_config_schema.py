"""The schema that editors have of newsfeed.toml says what newsfeed reads, and the docs show."""

from __future__ import annotations

import re
import tomllib

import jsonschema
import pytest

from command import ROOT
from newsfeed import config
from newsfeed.config import schema
from newsfeed.config.sections import keys

LEAST = '[site]\ntitle = "T"\nurl = "https://www.example.org"\n'


def test_a_schema_takes_what_is_read_and_refuses_what_is_not() -> None:
    """An editor that knows it marks the kinds of mistakes that one value alone shows."""
    checker = jsonschema.Draft202012Validator(schema.site_schema())

    def wrong(text: str) -> list[str]:
        return [
            ".".join(map(str, each.absolute_path))
            for each in checker.iter_errors(tomllib.loads(text))
        ]

    full = """
        author = { name = "A", email = "a@b.example", url = "https://a.example/" }
        rights = "R"
        [feeds]
        limit = 3
        archive = true
        formats = "atom"
        per = ["tag", "category"]
        tag = { atom = "{slug}.xml" }
        [newsletter]
        from = "A <a@b.example>"
        subscribe = { action = "https://a.example/", email = "E", fields = { u = "1" } }
        esp = [{ unsubscribe = "x" }, "ses"]
        [podcast]
        hosts = ["A", { name = "B" }]
        explicit = true
        [check]
        per-file-ignores = { "a" = "b", "c" = ["d"] }
        [pages]
        picture_widths = [1, 2]
    """
    assert wrong(LEAST + full) == []
    assert (
        wrong(
            LEAST + '[newsletter]\nesp = { unsubscribe = "x" }\nsubscribe = "https://a.example/"\n'
        )
        == []
    )
    for text, where in (
        ("", ""),
        ("[site]\n", "site"),
        ('[site]\ntitle = "T"\n', "site"),
        (LEAST + "x = 1\n", "site"),
        (LEAST + "[x]\n", ""),
        (LEAST + "[feeds]\nlimit = 'x'\n", "feeds.limit"),
        (LEAST + "[feeds]\narchive = 1\n", "feeds.archive"),
        (LEAST + "[feeds]\natom = 1\n", "feeds.atom"),
        (LEAST + "[feeds]\nper = ['x']\n", "feeds.per"),
        (LEAST + "[feeds]\ntag = { atom = 1 }\n", "feeds.tag.atom"),
        (LEAST + "[newsletter]\nfrom = { email = 'x' }\n", "newsletter.from"),
        (LEAST + "[newsletter]\nfrom = { name = 'x', nick = 'y' }\n", "newsletter.from"),
        (LEAST + "[newsletter]\nfrom = { name = 1 }\n", "newsletter.from"),
        (LEAST + "[newsletter]\nsubscribe = { email = 'x' }\n", "newsletter.subscribe"),
        (LEAST + "[newsletter]\nsubscribe = { action = 'x', y = 1 }\n", "newsletter.subscribe"),
        (
            LEAST + "[newsletter]\nsubscribe = { action = 'x', fields = { a = 1 } }\n",
            "newsletter.subscribe",
        ),
        (LEAST + "[newsletter]\nesp = 1\n", "newsletter.esp"),
        (LEAST + "[newsletter]\nesp = [1]\n", "newsletter.esp"),
        (LEAST + "[check]\nignore = { a = 'b' }\n", "check.ignore"),
        (LEAST + "[newsletter]\nesp = { unsubscribe = 1 }\n", "newsletter.esp"),
        (LEAST + "[newsletter]\nfrom = 3\n", "newsletter.from"),
        (LEAST + "[newsletter]\nsubscribe = 3\n", "newsletter.subscribe"),
        (LEAST + "[newsletter]\nsubscribe = { action = 3 }\n", "newsletter.subscribe"),
        (LEAST + "[newsletter]\nsubscribe = { action = 'x', email = 3 }\n", "newsletter.subscribe"),
        (
            LEAST + "[newsletter]\nsubscribe = { action = 'x', fields = 3 }\n",
            "newsletter.subscribe",
        ),
        (LEAST + "[podcast]\nhosts = [3]\n", "podcast.hosts"),
        (LEAST + "[feeds]\ntag = 3\n", "feeds.tag"),
        (LEAST + "[check]\nper-file-ignores = 3\n", "check.per-file-ignores"),
        (f"feeds = 3\n{LEAST}", "feeds"),
    ):
        assert where in wrong(text), text
    whole = schema.site_schema()
    assert list(whole) == [
        "$schema", "title", "type", "additionalProperties", "required", "properties",
    ]  # fmt: skip
    assert whole["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert (whole["title"], whole["type"]) == ("newsfeed.toml", "object")
    described = whole["properties"]
    assert isinstance(described, dict)
    for name, _, default, doc in keys():
        section, key = name.split(".")
        said = described[section]["properties"][key]
        assert said["description"] == doc
        required = key in described[section].get("required", ())
        assert required == (name in ("site.title", "site.url"))
        shown = list(default) if isinstance(default, tuple) else default
        assert said.get("default", None if shown in (None, "", [], {}) else "?") == (
            None if required or shown in (None, "", [], {}) else shown
        )  # fmt: skip


DOCUMENTED = [
    (path.name, block)
    for path in sorted([*(ROOT / "docs").glob("*.md"), ROOT / "README.md"])
    for block in re.findall(r"(?ms)^```toml\n(.*?)^```", path.read_text("utf-8"))
    if tomllib.loads(block).keys() & set(config.SECTIONS)
]


def test_the_docs_show_settings() -> None:
    assert len(DOCUMENTED) > 10


@pytest.mark.parametrize(("name", "block"), DOCUMENTED)
def test_every_documented_example_is_what_the_schema_says(name: str, block: str) -> None:
    """Of settings that the docs show, and what newsfeed reads itself."""
    table = tomllib.loads(block)
    table["site"] = {"title": "T", "url": "https://www.example.org/", **table.get("site", {})}
    checker = jsonschema.Draft202012Validator(schema.site_schema())
    assert [each.message for each in checker.iter_errors(table)] == []
