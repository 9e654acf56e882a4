"""newsfeed.toml: every key is read, every mistake is named with its line."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from msgspec.structs import replace

from newsfeed import config
from newsfeed.cli.session import Session
from newsfeed.config.kinds import KINDS
from newsfeed.config.sections import Config, SignUp, Site, keys
from newsfeed.diagnostics import ConfigError, diagnostic
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


def test_what_is_not_written_is_as_documented() -> None:
    """A file of title and address alone, and settings made without one, are alike."""
    read = config.parse(LEAST)
    made = Config(site=Site(title="T", url="https://www.example.org/"))
    assert replace(read, written=frozenset()) == made
    assert read.written == {"site.title", "site.url"}


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
        ('title = "T"\n', [("config-required", 1, "site.url"), ("config-unknown-key", 1, "title")]),
        ('[Site]\ntitle = "T"\n', [("config-unknown-key", 1, "Site")]),
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
        ("https://example.org/v1.0", "https://example.org/v1.0/"),
    ],
)
def test_the_address_is_ascii(written: str, read: str) -> None:
    """Feeds must bear URIs, not IRIs: the address is the same wherever it is written."""
    assert config.parse(f'[site]\ntitle = "T"\nurl = "{written}"\n').site.url == read


@pytest.mark.parametrize(
    ("row", "column", "better"),
    [
        ("title = “Le réseau”", 9, 'title = "Le réseau"'),
        ("title = «\u202fLe réseau\xa0»", 9, 'title = "Le réseau"'),
        ("title = Le réseau", 9, 'title = "Le réseau"'),
        ("title = 'L'été'", 12, 'title = "L\'été"'),
        ("title = \"L'été", 15, 'title = "L\'été"'),
        ('title = "Le "grand" réseau"', 14, "title = 'Le \"grand\" réseau'"),
        ('title = "L\'"été" ici"', 13, 'title = "L\'”été” ici"'),
        ("title: Le réseau", 6, 'title = "Le réseau"'),
        ('title : "Le réseau"', 7, 'title = "Le réseau"'),
        ('"title" => "A"', 10, '"title" = "A"'),
        ('path = "C:\\Users\\me"', 13, 'path = "C:/Users/me"'),
        ("enabled = Oui", 11, "enabled = true"),
        ("enabled = 'non", 11, "enabled = false"),
        *(
            (f"enabled = {word}", 11, "enabled = true")
            for word in ("yes", "on", "oui", "VRAI", "True")
        ),
        *(
            (f"enabled = {word}", 11, "enabled = false")
            for word in ("no", "off", "non", "FAUX", "False")
        ),
        ("per = [category, “tag”]", 8, 'per = ["category", "tag"]'),
        ('per = ["a", “tag”]', 13, 'per = ["a", "tag"]'),
        ("from = { name = “A” }", 17, 'from = { name = "A" }'),
        ("[feeds", 7, "[feeds]"),
        ("[[feeds]", 8, "[feeds]"),
        ("(feeds)", 1, "[feeds]"),
    ],
)
def test_a_line_that_is_no_toml_is_shown_as_it_has_to_be(
    row: str, column: int, better: str
) -> None:
    """In the words of nobody's parser: what to write in its place."""
    with pytest.raises(ConfigError) as caught:
        config.parse(f"{LEAST}{row}\nother = 1\n")
    (problem,) = caught.value.problems
    assert (problem.code, problem.line, problem.column) == ("config-line", 4, column)
    assert dict(problem.values) == {"row": row, "better": better}


@pytest.mark.parametrize(
    ("rows", "line", "column"), [("per = [[a]\n", 5, 9), ('per = ["a",\n "b"\n\n', 6, 5)]
)
def test_what_has_no_right_answer_is_said_at_its_place(rows: str, line: int, column: int) -> None:
    """A list in a list is no list of texts; what is never closed is said where the text ends."""
    with pytest.raises(ConfigError) as caught:
        config.parse(f"{LEAST}[feeds]\n{rows}")
    (problem,) = caught.value.problems
    assert (problem.code, problem.line, problem.column) == ("config-syntax", line, column)


def test_an_apostrophe_in_a_comment_opens_no_quotation() -> None:
    with pytest.raises(ConfigError) as caught:
        config.parse(f"{LEAST}# L'adresse\n  # l'autre\nnotice = 'L'été\n")
    (problem,) = caught.value.problems
    assert (problem.code, problem.line) == ("config-line", 6)


def test_what_stands_twice_is_named_with_its_first_place() -> None:
    for text, key, line, first in (
        (f"{LEAST}[feeds]\nlimit = 3\n[site]\n", "site", 6, 1),
        (f'{LEAST}title = "U"\n', "title", 4, 2),
        (f'{LEAST}[newsletter]\ntitle = "U"\ntitle = "V"\n', "title", 6, 5),
        (f"{LEAST}[feeds]\n[pages]\n[feeds]\n[feeds]\n", "feeds", 6, 4),
    ):
        with pytest.raises(ConfigError) as caught:
            config.parse(text)
        (problem,) = caught.value.problems
        assert (problem.code, problem.line) == ("config-twice", line)
        assert dict(problem.values) == {"key": key, "first": str(first)}


def test_what_has_no_one_answer_is_said_as_the_parser_says_it() -> None:
    """Its first place is not guessed, nor what a key without a value was to have."""
    for row in ("description =", "description : ", '"title" = "U"', "'url' = \"U\""):
        with pytest.raises(ConfigError) as caught:
            config.parse(f"{LEAST}{row}\n")
        (problem,) = caught.value.problems
        assert (problem.code, problem.line) == ("config-syntax", 4)


def test_a_value_that_is_nearly_right_is_shown_whole() -> None:
    """An address without its beginning, a place for its time zone, a key outside of its section."""
    text = '[site]\ntitle = "T"\nurl = "a.example"\ntimezone = "new york"\n'
    with pytest.raises(ConfigError) as caught:
        config.parse(f"Limit = 3\n{text}")
    said = [dict(each.values) for each in caught.value.problems]
    assert [each.get("expected", each.get("suggestion")) for each in said] == [
        "[feeds] limit = …",
        '"https://a.example"',
        '"America/New_York"',
    ]


def test_of_several_places_of_a_name_one_is_shown() -> None:
    """The first by the alphabet, whatever order the system has."""
    with pytest.raises(ConfigError) as caught:
        config.parse(LEAST + 'timezone = "indianapolis"\n')
    assert dict(caught.value.problems[0].values)["expected"] == '"America/Indiana/Indianapolis"'


def test_broken_toml_is_placed() -> None:
    with pytest.raises(ConfigError) as caught:
        config.parse("[site]\nRéseau\n", file="my.toml")
    (problem,) = caught.value.problems
    assert (problem.code, problem.path, problem.line, problem.column) == (
        "config-syntax", "my.toml", 2, 2,
    )  # fmt: skip
    reason = dict(problem.values)["reason"]
    assert reason == "Expected '=' after a key in a key/value pair"
    for text, place in (('[site]\ntitle = "x\n\n', (2, 11)), ('title = "x', (1, 11))):
        with pytest.raises(ConfigError) as caught:
            config.parse(text)
        # What has no end ends with the file.
        assert (caught.value.problems[0].line, caught.value.problems[0].column) == place


UUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
LONGEST = "https://h.example/" + "é" * 441
VALUES: list[tuple[str, str, object]] = [
    ("site.output", '""', "public"),
    ("site.rights", '""', None),
    ("site.timezone", '"Asia/Tokyo"', "Asia/Tokyo"),
    ("site.timezone", '"../Tokyo"', None),
    ("site.language", '"pt-BR"', "pt-BR"),
    ("site.language", '"a"', None),
    ("site.language", '"fr_FR"', None),
    ("site.language", '"French"', None),
    ("feeds.hub", '"https://h.example/a?b#c"', "https://h.example/a?b#c"),
    ("feeds.hub", '"http://h.example"', "http://h.example"),
    ("feeds.hub", f'"{LONGEST}"', LONGEST),
    ("feeds.hub", f'"{LONGEST}a"', None),
    *(
        ("feeds.hub", f'"{each}"', None)
        for each in (
            "ftp://h.example/",
            "https://a..b/",
            "https://.a.b/",
            "https://",
            "https:///a",
            "//h.example/",
            "https://a b/",
            "https://h.example/<",
            "https://h.example:99999/",
            "https://[h/",
            "https://h.example/\\u0001",
            'https://h.example/\\"',
        )
    ),
    ("feeds.limit", "1", 1),
    ("feeds.limit", "true", None),
    ("feeds.limit", "-1", None),
    ("feeds.limit", "1.0", None),
    ("feeds.removed_days", "0", 0),
    ("feeds.archive", "true", True),
    ("feeds.archive", "1", None),
    ("feeds.archive", '"true"', None),
    ("feeds.formats", '"rss"', ("rss",)),
    ("feeds.formats", '["json", "rss", "json"]', ("json", "rss")),
    ("feeds.per", "[]", ()),
    ("feeds.main_language", '"all"', "all"),
    ("feeds.main_language", '"x y"', None),
    ("feeds.atom", '"blog/feed.xml"', "blog/feed.xml"),
    *(
        ("feeds.atom", f'"{each}"', None)
        for each in (
            "/feed.xml",
            "feed/",
            "a//b.xml",
            ".feed.xml",
            "a/.b.xml",
            "../a.xml",
            "a b.xml",
            "{slug}.xml",
            "a?.xml",
            "a#b.xml",
            "a%20b.xml",
            "a\\\\b.xml",
            "c:a.xml",
            "a\\u0000.xml",
        )
    ),
    ("feeds.tag", '{ atom = "t/{slug}.xml" }', {"atom": "t/{slug}.xml"}),
    ("feeds.tag", '{ atom = "t/tag.xml" }', None),
    ("feeds.tag", '{ rdf = "t/{slug}.xml" }', None),
    ("feeds.tag", '{ atom = "t/.{slug}.xml" }', None),
    ("feeds.tag", '{ atom = "t/{slug}", rss = "t/{slug}" }', None),
    ("feeds.tag", '"t/{slug}.xml"', None),
    (
        "pages.item",
        '"{lang}/{category}/{i_month}-{y_day}/{slug|title}/"',
        "{lang}/{category}/{i_month}-{y_day}/{slug|title}/",
    ),
    *(
        ("pages.item", f'"{each}"', each)
        for each in (
            "{slug}",
            "{title}",
            "{name}",
            "{file}",
            "{path}.html",
            "{year}{month}{day}{short_year}{i_day}{hour}{minute}{second}{categories}{folder}/{name}.html",
        )
    ),
    *(
        ("pages.item", f'"{each}"', None)
        for each in (
            "/{slug}",
            "{year}",
            "{slug}/{nope}",
            "a b/{slug}",
            "a/../{slug}",
            "{slug",
            "{slug}?a",
            "{slug}#a",
        )
    ),
    ("pages.picture_widths", "[]", ()),
    ("pages.picture_widths", "[1, 640]", (1, 640)),
    ("pages.picture_widths", "[0]", None),
    ("newsletter.title", '"a\\tb"', None),
    ("newsletter.title", '"a\\u2028b"', None),
    ("newsletter.title", '"a\\u007fb"', None),
    ("newsletter.titles", '{ en = "Letter", pt-BR = "Carta" }', {"en": "Letter", "pt-BR": "Carta"}),
    ("newsletter.titles", '{ "e n" = "Letter" }', None),
    ("newsletter.titles", '{ en = "a\\nb" }', None),
    ("newsletter.reply_to", '"a.b+c@d.example"', "a.b+c@d.example"),
    ("newsletter.reply_to", '"a.b+c@é.example"', "a.b+c@é.example"),
    ("newsletter.address", '"1 rue\\nParis"', "1 rue\nParis"),
    ("newsletter.reply_to", f'"{"a" * 244}@b.example"', "a" * 244 + "@b.example"),
    ("newsletter.reply_to", f'"{"a" * 245}@b.example"', None),
    *(
        ("newsletter.reply_to", f'"{each}"', None)
        for each in (
            "a",
            "@b.example",
            "a@",
            "é@b.example",
            "a@b.example,c@b.example",
            "a <a@b.example>",
            "a@b c",
            "a;b@c.d",
        )
    ),
    ("newsletter.esp", "[]", None),
    ("newsletter.esp", '["ses", "brevo", "ses"]', ("ses", "brevo")),
    ("newsletter.esp", '["ses", "sess"]', None),
    ("newsletter.utm", '{ utm_source = "a" }', {"utm_source": "a"}),
    ("newsletter.utm", "{ utm_source = 1 }", None),
    (
        "podcast.categories",
        '"society & culture > documentary"',
        ("Society & Culture > Documentary",),
    ),
    ("podcast.categories", '["Technology", "technology"]', ("Technology",)),
    ("podcast.categories", '["Technology", "Tecnology"]', None),
    ("podcast.explicit", "false", False),
    ("podcast.type", '"serial"', "serial"),
    ("podcast.type", '"weekly"', None),
    ("podcast.medium", '"Music"', "music"),
    ("podcast.medium", '"vinyl"', None),
    ("podcast.guid", f'" URN:UUID:{UUID.upper()} "', UUID),
    ("podcast.guid", f'"{UUID}0"', None),
    ("podcast.funding", '{ "Give" = "https://g.example/" }', {"Give": "https://g.example/"}),
    ("podcast.funding", '{ "Give" = "https://g.example/", "Mail" = "mailto:a@b.example" }', None),
    ("podcast.geo", '"geo:43.8,4.3"', "geo:43.8,4.3"),
    ("podcast.geo", '"43.8,4.3"', None),
    ("brand.accent", '"#ABCdef"', "#abcdef"),
    ("brand.accent", '"#aBc"', "#aabbcc"),
    ("brand.accent", '"abcdef"', "#abcdef"),
    ("brand.accent", '"#abcd"', None),
    ("newsletter.layout", '"Magazine"', "magazine"),
    ("newsletter.esp", '"Mailchimp"', ("mailchimp",)),
    ("check.ignore", '"summary-long"', ("summary-long",)),
    (
        "check.per-file-ignores",
        '{ "a/*" = "html-look", b = ["c", "d"] }',
        {"a/*": ("html-look",), "b": ("c", "d")},
    ),
    ("check.per_file_ignores", "{ a = 1 }", None),
    ("check.per-file-ignores", "3", None),
    (
        "site.author",
        '{ name = "A", url = "https://a.example/" }',
        Person(name="A", url="https://a.example/"),
    ),
    ("podcast.hosts", '["A", { name = "B" }]', (Person(name="A"), Person(name="B"))),
    ("items.shortcodes", '{ a = "picture" }', {"a": "picture"}),
    ("items.shortcodes", '{ a = "nothing", b = "image" }', None),
    *(
        ("items.shortcodes", f'{{ a = "{each}" }}', {"a": each})
        for each in ("link", "quotation", "note", "details", "recording", "text")
    ),
    *(
        ("newsletter.esp", f'"{each}"', (each,))
        for each in (
            "mailchimp",
            "brevo",
            "listmonk",
            "buttondown",
            "ghost",
            "keila",
            "mailerlite",
            "mailjet",
            "mautic",
            "phplist",
            "postmark",
            "sendy",
            "ses",
            "none",
        )
    ),
]


@pytest.mark.parametrize(("key", "written", "read"), VALUES)
def test_a_value_is_read_or_refused_at_its_line(key: str, written: str, read: object) -> None:
    """What each kind of value may be, and how it is written whole; None is what is refused."""
    section, name = key.split(".")
    lines = LEAST + ("" if section == "site" else f"[{section}]\n") + f"{name} = {written}\n"
    dotted = key.replace("-", "_")
    if read is None and written != '""':
        assert problems(lines) == [("config-value", lines.count("\n"), dotted)]
        return
    found = config.parse(lines)
    assert dict(config.settings(found))[dotted] == read
    assert (dotted in found.written) == (written != '""')


# What no key of a group may be, and each key of the table in one group.
REFUSED = {
    '"not a web address"': "site.url feeds.hub newsletter.unsubscribe podcast.media podcast.new_feed_url "
    "podcast.license_url",
    r'"two\nlines"': "site.title newsletter.title podcast.author podcast.location podcast.license",
    '"not an address"': "newsletter.reply_to newsletter.unsubscribe_email",
    "0": "feeds.limit feeds.archive_size pages.per_page newsletter.max_kb newsletter.limit",
    "-1": "items.max_attachment_mb feeds.removed_days",
    '"a\\\\b.xml"': "feeds.atom feeds.rss feeds.json",
    '{ atom = "one-for-all.xml" }': "feeds.category feeds.tag feeds.author feeds.language",
    '{ "no language" = "x" }': "newsletter.titles newsletter.notices",
    '"petrol"': "brand.accent brand.highlight site.timezone podcast.guid podcast.medium podcast.geo "
    "podcast.categories newsletter.esp pages.item",
    '{ a = "petrol" }': "items.shortcodes newsletter.tags podcast.funding",
    "[0]": "pages.picture_widths",
    '"a b"': "site.language feeds.main_language",
    '"another"': "items.date_order feeds.formats feeds.content feeds.per pages.slugs pages.lists pages.host "
    "newsletter.layout podcast.type items.typography feeds.archive feeds.opml pages.enabled pages.search "
    "newsletter.enabled newsletter.one_click newsletter.embed_images newsletter.draft podcast.explicit "
    "podcast.block podcast.complete podcast.locked items.fields newsletter.utm check.per_file_ignores",
    "3": "site.description site.author site.notice site.rights site.logo site.output site.logo_dark site.icon "
    "items.path items.attachments pages.elsewhere newsletter.from newsletter.address newsletter.subscribe "
    "podcast.image podcast.owner podcast.hosts check.ignore check.baseline brand.font brand.heading_font",
}


def test_every_key_has_a_value_that_it_refuses() -> None:
    assert sorted(" ".join(REFUSED.values()).split()) == sorted(name for name, *_ in keys())


@pytest.mark.parametrize(
    ("written", "key"), [(value, key) for value, names in REFUSED.items() for key in names.split()]
)
def test_every_key_refuses_what_it_cannot_be(written: str, key: str) -> None:
    """No setting is taken unseen: what it cannot be is said at its line."""
    section, name = key.split(".")
    least = {"title": '"T"', "url": '"https://www.example.org"'}
    lines = {**(least if section == "site" else {}), name: written}
    text = f"[{section}]\n" + "".join(f"{each} = {value}\n" for each, value in lines.items())
    found = problems(text if section == "site" else LEAST + text)
    line = 1 + list(lines).index(name) + (1 if section == "site" else LEAST.count("\n") + 1)
    assert found == [("config-value", line, key)]


@pytest.mark.parametrize(
    ("lines", "column", "shown", "cure"),
    [
        ("[feeds]\n  limit = true", 3, "true", "20"),
        ('[feeds]\nper = ["tag", "word"]', 1, "“word”", '"category" / "tag" / "author" / "language"'),
        ("[feeds]\narchive = 3", 1, "3", "true / false"),
        ("[feeds]\nlimit = false", 1, "false", "20"),
        ('[newsletter]\nsubscribe = { email = "E" }', 1, "“”", '"https://…"'),
        ('[items]\ndate_order = "ymd"', 1, "“ymd”", '"dmy" / "mdy"'),
        ("[feeds]\natom = 3", 1, "3", '"…"'),
        ("[feeds]\ntag = 3", 1, "3", "{ … }"),
        ('[feeds]\ntag = { atom = "x", rss = "y" }', 1, "“x, y”", '{ atom = "feed/{slug}.xml", rss = "rss/{slug}.xml" }'),
        ('[feeds]\nrss = "atom.xml"', 1, "“atom.xml”", '"rss.xml", feeds.atom = "atom.xml"'),
        ("[pages]\npicture_widths = [9, 0]", 1, "0", "[480, 960, 1600]"),
        ("[pages]\npicture_widths = [1, 0]", 1, "0", "[480, 960, 1600]"),
        ('[podcast]\ncategories = ["Technology", "Tecnology"]', 1, "“Tecnology”", '"Technology"'),
        ('[podcast]\nfunding = { A = "https://a.example/", B = "b" }', 1, "“b”", '{ "…" = "https://www.example.org/" }'),
        ('[items]\nshortcodes = { a = "link", b = "c" }', 1, "“c”", '"picture" / "link" / "quotation" / "note" / "details" / "recording" / "text" / "nothing"'),
        ('[newsletter]\nesp = ["ses", "x"]', 1, "“x”", '"mailchimp" / "brevo" / "listmonk" / "buttondown" / "ghost" / "keila" / "mailerlite" / "mailjet" / "mautic" / "phplist" / "postmark" / "sendy" / "ses" / "own" / "none"'),
        ('[newsletter]\nesp = []', 1, "[]", '"mailchimp" / "brevo" / "listmonk" / "buttondown" / "ghost" / "keila" / "mailerlite" / "mailjet" / "mautic" / "phplist" / "postmark" / "sendy" / "ses" / "own" / "none"'),
        ('[site.author]\nurl = "b"\nname = "A"', 1, "“b”", "https://www.example.org/"),
        ('[newsletter]\nreply_to = "a@-é.example"', 1, "“a@-é.example”", '"news@example.org" (ASCII)'),
        ('[newsletter]\nfrom = { name = "A", email = "b" }', 22, "“b”", '"news@example.org" (ASCII)'),
        ('[newsletter]\nunsubscribe = "mailto:out@a.example?subject=bye"', 1, "“mailto:out@a.example?subject=bye”", 'unsubscribe_email = "out@a.example"'),
        ('[newsletter]\nunsubscribe = "out@a.example"', 1, "“out@a.example”", 'unsubscribe_email = "out@a.example"'),
        ('[newsletter]\nunsubscribe = "{{ leave }}"', 1, "“{{ leave }}”", 'esp = { unsubscribe = "{{ leave }}" }'),
        ("[newsletter]\nunsubscribe = '{{ \"a\" | out }}'", 1, '“{{ "a" | out }}”', 'esp = { unsubscribe = "{{ \\"a\\" | out }}" }'),
        ('[feeds]\nmain_language = "x y"', 1, "“x y”", '"fr" / "all"'),
        ('[newsletter]\nunsubscribe = "*|LEAVE|*"', 1, "“*|LEAVE|*”", 'esp = { unsubscribe = "*|LEAVE|*" }'),
        ('[newsletter]\nunsubscribe = "a.example/out"', 1, "“a.example/out”", '"https://a.example/out"'),
        ('[newsletter]\nunsubscribe = "/out"', 1, "“/out”", "https://www.example.org/"),
        ('[newsletter]\nunsubscribe_email = "mailto:out@a.example"', 1, "“mailto:out@a.example”", '"out@a.example"'),
        ('[newsletter]\nreply_to = "A <a@b.example>"', 1, "“A <a@b.example>”", '"a@b.example"'),
        ('[newsletter]\nreply_to = "a..b@c.example"', 1, "“a..b@c.example”", '"news@example.org" (ASCII)'),
        ('[newsletter]\nreply_to = "a:b@c.example"', 1, "“a:b@c.example”", '"news@example.org" (ASCII)'),
        ('[newsletter]\nreply_to = "a@c.example."', 1, "“a@c.example.”", '"news@example.org" (ASCII)'),
        ("[newsletter]\nfrom = 3", 1, "3", '{ name = "…", email = "…" }'),
        ("[newsletter]\nsubscribe = 3", 1, "3", '"https://…"'),
        ('[newsletter]\nsubscribe = { action = "a" }', 15, "“a”", '"https://…"'),
        ('[newsletter.subscribe]\naction = "a"', 1, "“a”", '"https://…"'),
        ('[ "newsletter" ]\n"title" = "a\\tb"', 1, "“a\tb”", '"…"'),
    ],
)  # fmt: skip
def test_a_wrong_value_is_shown_with_what_to_write(
    lines: str, column: int, shown: str, cure: str
) -> None:
    """Where it stands, what it was, and what may stand there."""
    with pytest.raises(ConfigError) as caught:
        config.parse(f"{LEAST}{lines}\n", file="other.toml")
    (problem,) = caught.value.problems
    values = dict(problem.values)
    assert (problem.path, problem.line, problem.column) == ("other.toml", 5, column)
    assert (values["value"], values["expected"]) == (shown, cure)


def test_a_table_of_a_key_is_found_by_either_spelling() -> None:
    """As people know it from other programs, with a hyphen; and in quotes, as TOML has it."""
    for header in (
        "check.per-file-ignores",
        'check."per_file_ignores"',
        "check . 'per-file-ignores'",
    ):
        found = problems(f"{LEAST}[feeds]\nlimit = 1\n[{header}]\na = 3\n")
        assert found == [("config-value", 6, "check.per_file_ignores")], header
    found = problems(
        f"{LEAST}[[podcast.hosts]]\nname = 'A'\n[newsletter.from]\nname = 'B'\nemail = 'b'\n"
    )
    assert found == [("config-value", 8, "newsletter.from.email")]


def test_every_section_is_a_table() -> None:
    """What is none is named, and the others are read nonetheless."""
    for section in ("items", "feeds", "pages", "newsletter", "podcast", "check", "brand"):
        found = problems(f"{section} = 3\n{LEAST}limt = 2\n")
        assert found == [("config-value", 1, section), ("config-unknown-key", 5, "site.limt")]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_to_be_written_may_be_written(kind: str) -> None:
    """The example of a value, which the cure of a mistake shows, is one that is taken."""
    normal, example = KINDS[kind]
    bare = {
        "url": f'"{example}"',
        "unsubscribe": f'"{example}"',
        "positive": f"[{example.removesuffix(' …')}]",
        "medium": f'"{example.split(" / ")[0]}"',
        "email": example.removesuffix(" (ASCII)"),
    }.get(kind, example.partition(" / ")[0])
    value = tomllib.loads(f"x = {bare}")["x"]
    several = {"esp": (value,), "podcast-categories": (value,), "shortcodes": {"a": value}}
    each = value if kind == "positive" else [several.get(kind, value)]
    assert all(normal(one) is not None for one in each)
    assert kind not in ("positive", "medium", "email") or example in (
        "1, 2, 3 …", "podcast / music / video / audiobook / …", '"news@example.org" (ASCII)',
    )  # fmt: skip


def test_a_service_of_one_s_own_is_a_table_of_tags() -> None:
    """Alone or beside a known one; a table without the tag to leave by is none."""
    tags = '{ unsubscribe = "[u]", web = "[w]", address = "[a]", address_text = "[t]" }'
    read = config.parse(LEAST + f"[newsletter]\nesp = {tags}\n").newsletter
    assert (read.esp, dict(read.tags)) == (
        ("own",), {"unsubscribe": "[u]", "web": "[w]", "address": "[a]", "address_text": "[t]"},
    )  # fmt: skip
    assert config.parse(LEAST + f'[newsletter]\nesp = ["ses", {tags}]\n').newsletter.esp == (
        "ses",
        "own",
    )
    for wrong in (
        '{ web = "[w]" }',
        '{ unsubscribe = " " }',
        '{ unsubscribe = "u", x = "y" }',
        '{ unsubscribe = "a\\nb" }',
    ):
        assert [each[0] for each in problems(LEAST + f"[newsletter]\nesp = {wrong}\n")] == [
            "config-value"
        ]
    two = f"[newsletter]\nesp = [{tags}, {tags}]\n"
    assert {each[2] for each in problems(LEAST + two)} == {"newsletter.esp"}


def test_where_one_subscribes_is_an_address_or_a_form() -> None:
    page = config.parse(LEAST + '[newsletter]\nsubscribe = "https://s.example/a"\n').newsletter
    assert page.subscribe == SignUp(action="https://s.example/a")
    mail = config.parse(LEAST + '[newsletter]\nsubscribe = "mailto:a@b.example"\n').newsletter
    assert mail.subscribe == SignUp(action="mailto:a@b.example")
    form = '{ action = "https://s.example/a", email = "EMAIL", fields = { u = "1" } }'
    read = config.parse(LEAST + f"[newsletter]\nsubscribe = {form}\n").newsletter
    assert read.subscribe == SignUp(action="https://s.example/a", email="EMAIL", fields={"u": "1"})
    for wrong in (
        '"mailto:a"', '{ action = "mailto:a@b.example", email = "EMAIL" }', '{ email = "EMAIL" }',
        '{ action = "https://s.example/", email = 3 }', '{ action = "https://s.example/", fields = 3 }',
        '{ action = "https://s.example/", fields = { u = 1 } }', '{ action = 3 }',
    ):  # fmt: skip
        found = problems(LEAST + f"[newsletter]\nsubscribe = {wrong}\n")
        assert [each[0] for each in found] == ["config-value"], wrong
    assert problems(
        LEAST + '[newsletter]\nsubscribe = { action = "https://s.example/", x = 1 }\n'
    ) == [("config-unknown-key", 5, "newsletter.subscribe.x")]


def test_an_unknown_key_is_named_with_what_was_meant() -> None:
    """The nearest key, or all that there are."""

    def cure(lines: str) -> str:
        with pytest.raises(ConfigError) as caught:
            config.parse(LEAST + lines)
        return dict(caught.value.problems[0].values)["suggestion"]

    assert cure("[feeds]\nlimt = 3\n") == "limit ?"
    assert cure("[fedes]\n") == "feeds ?"
    assert cure("[brand]\nzzz = 3\n") == "accent, highlight, font, heading_font"
    assert cure('author = { name = "A", zzz = 1 }\n') == "name, email, url"
    assert (
        cure('[newsletter]\nsubscribe = { action = "https://a.example/", zzz = 1 }\n')
        == "action, email, fields"
    )


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("https://example.org/a/index.html", '"https://example.org/a/"'),
        ("https://ana:secret@example.org/", '"https://example.org/"'),
        ("example.org/a", '"https://example.org/a"'),
    ],
)
def test_a_site_is_at_no_page_and_tells_no_password(written: str, better: str) -> None:
    """All that it publishes begins with its address; the cure is that address without them."""
    with pytest.raises(ConfigError) as caught:
        config.parse(f'[site]\ntitle = "T"\nurl = "{written}"\n')
    [problem] = caught.value.problems
    assert (problem.code, dict(problem.values)["expected"]) == ("config-value", better)


def test_what_is_required_is_named_with_an_example() -> None:
    with pytest.raises(ConfigError) as caught:
        config.parse('[site]\ntitle = ""\nauthor = { email = "a@b.example" }\n')
    said = [(p.line, *dict(p.values).values()) for p in caught.value.problems]
    assert said == [
        (1, "site.title", 'title = "…"'),
        (1, "site.url", 'url = "https://www.example.org/"'),
        (3, "site.author.name", 'name = "…"'),
    ]  # fmt: skip


def test_a_problem_found_later_has_the_line_of_its_key() -> None:
    """What only building shows, such as a letter without a sender, is said where it is to be written."""
    text = (
        LEAST
        + '[pages]\nenabled = false\n[newsletter]\nunsubscribe = ""\nfrom = "A"\naddress = "B"\n[podcast]\nimage = "x"\n'
    )

    def place(code: str, **values: str) -> tuple[str, int]:
        found = config.placed(diagnostic(code, config.FILE, **values), text, "my.toml")
        return found.path, found.line

    assert place("letter-no-sender") == ("my.toml", 8)
    assert place("letter-no-address") == ("my.toml", 9)
    assert place("letter-no-unsubscribe") == ("my.toml", 7)
    assert place("pages-unwritten") == ("my.toml", 5)
    assert place("podcast-undeclared") == ("my.toml", 10)
    assert place("podcast-missing", key="podcast.image") == ("my.toml", 11)
    assert place("podcast-image", key="podcast.image") == ("my.toml", 11)
    assert place("config-file", key="podcast.image") == ("my.toml", 11)
    assert place("summary-long") == (config.FILE, 1)
    elsewhere = diagnostic("letter-no-sender", "issues/1.md")
    assert config.placed(elsewhere, text) == elsewhere
    known = diagnostic("letter-no-sender", config.FILE, 4, 2)
    assert config.placed(known, text, "my.toml") == known
    assert config.place_of("newsletter.reply_to", ['newsletter.reply_to = "x"']) == (1, 12)


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
        ("Max Roux <max@example.org>  ", "Max Roux", "max@example.org"),
        (r"\"Roux, Max\" < max@example.org >", "Roux, Max", "max@example.org"),
        ("Max <max@example.org", "Max <max@example.org", None),
        ("Max <max.example.org>", "Max <max.example.org>", None),
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
