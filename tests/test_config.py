"""newsfeed.toml: every key is read, every mistake is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsfeed import config
from newsfeed.cli.session import Session
from newsfeed.diagnostics import ConfigError
from newsfeed.model import Person

LEAST = '[site]\ntitle = "T"\nurl = "https://www.example.org"\n'


def problems(text: str) -> list[tuple[str, int, str]]:
    with pytest.raises(ConfigError) as caught:
        config.parse(text)
    return [(p.code, p.line, dict(p.values).get("key", "")) for p in caught.value.problems]


def test_title_and_url_are_enough() -> None:
    """Only the site's title and address are required; the address ends in a slash."""
    read = config.parse(LEAST)
    assert read.site.url == "https://www.example.org/"
    assert read.feeds.formats == ("atom", "rss", "json")
    assert read.domain == "www.example.org"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("config-required", 1, "site.title"), ("config-required", 1, "site.url")]),
        ("[site]\ntitle = 3\n", [("config-required", 1, "site.url"), ("config-value", 2, "site.title")]),
        (LEAST + 'titel = "x"\n', [("config-unknown-key", 4, "site.titel")]),
        (LEAST + "[feed]\nlimit = 1\n", [("config-unknown-key", 4, "feed")]),
        (LEAST + "[feeds]\nlimit = 0\n", [("config-value", 5, "feeds.limit")]),
        (LEAST + '[feeds]\nlimit = "20"\n', [("config-value", 5, "feeds.limit")]),
        (LEAST + '[feeds]\nformats = ["atom", "rdf"]\n', [("config-value", 5, "feeds.formats")]),
        (LEAST + '[feeds]\nhub = "hub.example.org"\n', [("config-value", 5, "feeds.hub")]),
        (LEAST + 'timezone = "Europe/Marseille"\n', [("config-value", 4, "site.timezone")]),
        (LEAST + 'language = "français"\n', [("config-value", 4, "site.language")]),
        (LEAST + '[brand]\naccent = "petrol"\n', [("config-value", 5, "brand.accent")]),
        (LEAST + '[pages]\nitem = "../{slug}.html"\n', [("config-value", 5, "pages.item")]),
        (LEAST + '[pages]\nitem = "items/{year}.html"\n', [("config-value", 5, "pages.item")]),
        (LEAST + '[newsletter]\nesp = "mailchump"\n', [("config-value", 5, "newsletter.esp")]),
        (LEAST + "[newsletter]\nfrom = 3\n", [("config-value", 5, "newsletter.from")]),
        (LEAST + '[newsletter]\ntitle = "A\\r\\nBcc: x@y.example"\n', [("config-value", 5, "newsletter.title")]),
        (LEAST + '[newsletter]\nfrom = { name = "A\\nB", email = "a@b.example" }\n',
         [("config-value", 5, "newsletter.from.name")]),
        (LEAST + "[newsletter]\nfrom = { name = 3 }\n", [("config-value", 5, "newsletter.from.name")]),
        (LEAST + '[newsletter]\nfrom = { name = "A", email = "b.example" }\n',
         [("config-value", 5, "newsletter.from.email")]),
        (LEAST + '[newsletter]\nfrom = { name = "A", email = "a@b.example\\nc" }\n',
         [("config-value", 5, "newsletter.from.email")]),
        (LEAST + f'[newsletter]\nunsubscribe = "https://b.example/{"u" * 900}"\n',
         [("config-value", 5, "newsletter.unsubscribe")]),
        ('title = "T"\n', [("config-required", 1, "site.title"), ("config-required", 1, "site.url"),
                           ("config-unknown-key", 1, "title")]),
    ],
)  # fmt: skip
def test_every_mistake_is_named_with_its_line(
    text: str, expected: list[tuple[str, int, str]]
) -> None:
    assert problems(text) == expected


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org/actualités/?a#b", "https://example.org/actualit%C3%A9s/"),
        ("https://example.org/actualit%C3%A9s/", "https://example.org/actualit%C3%A9s/"),
        ("https://réseau.example/", "https://xn--rseau-bsa.example/"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a/"),
    ],
)
def test_the_address_is_ascii(written: str, read: str) -> None:
    """Feeds must bear URIs, not IRIs: the address is the same wherever it is written."""
    assert config.parse(f'[site]\ntitle = "T"\nurl = "{written}"\n').site.url == read


def test_broken_toml_is_placed() -> None:
    with pytest.raises(ConfigError) as caught:
        config.parse("[site]\ntitle = Réseau\n")
    (problem,) = caught.value.problems
    assert (problem.code, problem.line) == ("config-syntax", 2)


def test_a_near_key_is_proposed() -> None:
    with pytest.raises(ConfigError) as caught:
        config.parse(LEAST + "[feeds]\nlimt = 3\n")
    assert "limit" in caught.value.problems[0].words("fr")[1]


def test_a_name_alone_is_a_person_and_one_value_a_list() -> None:
    read = config.parse(LEAST + 'author = "Léa"\n[newsletter]\nesp = "ses"\n')
    assert read.site.author is not None
    assert read.site.author.name == "Léa"
    assert read.newsletter.esp == ("ses",)


@pytest.mark.parametrize(
    ("written", "name", "email"),
    [
        ("Léa", "Léa", None),
        ("Léa Bo <lea@example.org>", "Léa Bo", "lea@example.org"),
        ("<lea@example.org>", "lea@example.org", "lea@example.org"),
        ("Les < 40 ans", "Les < 40 ans", None),
    ],
)
def test_a_mailbox_is_a_name_and_an_address(written: str, name: str, email: str | None) -> None:
    """As mail programs show it (RFC 5322 §3.4), and as articles may name their authors."""
    read = config.parse(LEAST + f'author = "{written}"\n')
    assert read.site.author == Person(name=name, email=email)


def test_equal_settings_stand_for_the_same(tmp_path: Path) -> None:
    """What is remembered outlives a comment and a blank line, and no other value."""
    session = Session(root=tmp_path)
    assert session.settings() == ""
    found = []
    for text in (
        LEAST,
        f"# A comment.\n\n{LEAST}  # another\n",
        LEAST + 'language = "fr"\n',
        "= ?",
    ):
        (tmp_path / "newsfeed.toml").write_text(text, "utf-8")
        found.append(session.settings())
    assert found[0] == found[1] != ""
    assert found[2] not in ("", found[0])
    assert found[3] == ""
    (tmp_path / "newsfeed.toml").write_text(LEAST, "utf-8")
    assert session.settings(items="elsewhere") not in ("", found[0])
