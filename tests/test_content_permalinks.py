"""Where a page lies: what a file's name says, and what its front matter asks for."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from newsfeed.config import Config, Pages, Site
from newsfeed.content.permalinks import name_of
from newsfeed.content.reading import read_article

SITE = "https://www.example.org/"
CONFIG = Config(site=Site(title="Site", url=SITE, language="fr", timezone="Europe/Paris"))
DAY = "2026-11-23"
# A path below the folder of articles: its short name, day, language, folder, path, folder of a language.
NAMES = [
    ("2026-11-23-title.md", ("title", DAY, "", "", "2026-11-23-title", "")),
    ("2026_11_23_title.md", ("title", DAY, "", "", "2026_11_23_title", "")),
    ("2026.11.23 Title.md", ("Title", DAY, "", "", "2026.11.23 Title", "")),
    ("2026-11-23-Titre.md", ("Titre", DAY, "", "", "2026-11-23-Titre", "")),
    ("2026-11-23 - T.md", ("T", DAY, "", "", "2026-11-23 - T", "")),
    ("2026-11-23T1030-title.md", ("1030-title", DAY, "", "", "2026-11-23T1030-title", "")),
    ("2026-11-23T title.md", ("title", DAY, "", "", "2026-11-23T title", "")),
    ("2026-11-23Title.md", ("2026-11-23Title", "", "", "", "2026-11-23Title", "")),
    ("2026-1-3-x.md", ("x", "2026-01-03", "", "", "2026-1-3-x", "")),
    ("2026-11-23.md", (DAY, DAY, "", "", DAY, "")),
    ("2026-11-23-index.md", ("index", DAY, "", "", "2026-11-23-index", "")),
    ("a/post/2026-11-23-index.md", ("post", DAY, "", "a", "a/post/2026-11-23-index", "")),
    ("a/post/index.md", ("post", "", "", "a", "a/post", "")),
    ("post/README.md", ("post", "", "", "", "post", "")),
    ("post/readme.md", ("post", "", "", "", "post", "")),
    ("post/Index.md", ("post", "", "", "", "post", "")),
    ("post/indexes.md", ("indexes", "", "", "post", "post/indexes", "")),
    ("index.md", ("index", "", "", "", "index", "")),
    ("2026/11/23/title.md", ("title", DAY, "", "2026/11/23", "2026/11/23/title", "")),
    ("a/2026/11/23-title.md", ("title", DAY, "", "a", "a/2026/11/23-title", "")),
    ("2026/11-23-title.md", ("title", DAY, "", "", "2026/11-23-title", "")),
    ("2026/11-3-title.md", ("title", "2026-11-03", "", "", "2026/11-3-title", "")),
    ("2026/13-3-title.md", ("13-3-title", "", "", "2026", "2026/13-3-title", "")),
    ("a/2026-11-23/title.md", ("title", DAY, "", "a/2026-11-23", "a/2026-11-23/title", "")),
    ("2026/11/title.md", ("title", "", "", "2026/11", "2026/11/title", "")),
    ("title.fr.md", ("title", "", "fr", "", "title", "")),
    ("title.fr-CA.md", ("title", "", "fr-CA", "", "title", "")),
    ("2026-11-23-a.en.md", ("a", DAY, "en", "", "2026-11-23-a", "")),
    ("post/index.en.md", ("post", "", "en", "", "post", "")),
    ("title.xx.md", ("title.xx", "", "", "", "title.xx", "")),
    ("v2.0.md", ("v2.0", "", "", "", "v2.0", "")),
    ("fr/2026-11-23-a.md", ("a", DAY, "fr", "", "2026-11-23-a", "fr")),
    ("docs/en_GB/a/b.md", ("b", "", "en-GB", "docs/a", "docs/a/b", "docs/en_GB")),
    ("fr/a.en.md", ("a", "", "en", "", "a", "fr")),
    ("french/a.md", ("a", "", "", "french", "french/a", "")),
]


def test_what_a_file_s_name_says() -> None:
    """Its day in any of the ways that tools write it, its language, and a name that is the title's own."""
    for path, expected in NAMES:
        name = name_of(path, ("fr", "docs/en_GB"))
        said = (name.stem, name.day, name.language, name.folder, name.path, name.spoken)
        assert said == expected, path


USUAL = "items/2026/10/mon-article.html"
# What an article asks for, and where its page lies; None where that is refused, and said.
ASKED: list[tuple[str, str | None]] = [
    ("date", "vie-du-reseau/soins/2026/10/01/mon-article.html"),
    ("pretty", "vie-du-reseau/soins/2026/10/01/mon-article/index.html"),
    ("ordinal", "vie-du-reseau/soins/2026/274/mon-article.html"), ("none", "vie-du-reseau/soins/mon-article.html"),
    (" /x/ ", "x/index.html"), ("/x", "x/index.html"), ("x/y/", "x/y/index.html"), ("/x.html", "x.html"),
    ("/x.htm", "x.htm"), ("/x.xhtml", "x.xhtml"), ("/x.HTML", "x.HTML"), ("/x.php", "x.php/index.html"), ("/x?y#z", "x/index.html"),
    ("/a//b/", "a/b/index.html"), ("/./a/", "a/index.html"), ("/a b/", "a b/index.html"), ("/a:b/", "a:b/index.html"),
    ("/cafe\u0301/", "café/index.html"), ("/caf%C3%A9/", "café/index.html"),
    ("/:slug/:year/", "mon-article/2026/index.html"), ("/x/:title", "x/mon-article/index.html"),
    ("/:year/:month/:day/", "2026/10/01/index.html"), ("/:category/:section/:path/:lang/", "vie-du-reseau/dossier/dossier/fr/index.html"),
    ("/:name/:filename/:basename/", "mon-article/mon-article/mon-article/index.html"), ("/:categories//", "vie-du-reseau/soins/index.html"),
    ("/{{ page.fileSlug | slugify }}/", "mon-article/index.html"), ("/{{- title -}}/", "mon-article/index.html"),
    ("/{slug}.html", "mon-article.html"), (f"{SITE}ici", "ici/index.html"), (f"{SITE}a/../b", None),
    ("/" + f"{'a' * 99}/" * 3, f"{'a' * 99}/" * 3 + "index.html"), ("/" + f"{'a' * 99}/" * 4 + "b", None), ("/" + "é/" * 134, None), ("/" + "%61" * 401, None),
    ("/:unknown/", None), ("/{ slug }/", None), ("{{ site.secret }}", None), ("{{ title", None), ("/a/../b", None),
    ("/a\\..\\..\\b", None), ("ftp://autre.example/", None), ("mailto:a@b.example", None), ("https://[", None),
    ("https://autre.example/<a>", None), (SITE, None), ("?x", None), ("#y", None), ("/", None), ("/x.html/y", None),
    ("/con", None), ("/.newsfeed-x", None), ("/a/.NEWSFEED-files", None), ("/%00", None), ("/\u007f", None),
]  # fmt: skip


def _asked(url: str, config: Config = CONFIG) -> tuple[str, str, list[str], list[str]]:
    """Return the page, the address, the problems and the cure of an article that asks for ``url``."""
    head = "title: Le titre\ndate: 2026-10-01\ncategories: [Vie du réseau, Soins]"
    text = f"---\n{head}\nurl: {json.dumps(url)}\n---\nx\n"
    found = read_article("items/dossier/2026-10-02-mon-article.md", text.encode(), config)
    assert found.item is not None
    cures = [edit.text for each in found.problems for edit in each.fix]
    return found.item.page, found.item.url, [each.code for each in found.problems], cures


def test_an_article_has_the_address_that_it_asks_for() -> None:
    """As the tools that people come from understand it; what leads out of the site is refused."""
    for url, page in ASKED:
        found, address, codes, _ = _asked(url)
        assert found == (page or USUAL), url
        assert codes == ([] if page else ["path-unsafe"]), url
        assert address.startswith(SITE) and not address.endswith("index.html"), url
    assert _asked("/cafe\u0301/")[1] == f"{SITE}caf%C3%A9/"
    assert _asked("/!$&'()*+,;=:@/")[1] == f"{SITE}%21%24%26%27%28%29%2A%2B%2C%3B%3D%3A%40/"
    bare = "---\ntitle: T\ndate: 2026-10-01\nurl: '/{{ category }}/{{ section }}/x/'\n---\nx\n"
    placed = read_article("items/a.md", bare.encode(), CONFIG).item
    assert placed is not None and placed.page == "x/index.html"
    # A backslash is a slash to browsers: it is meant, and said.
    meant = _asked("\\blog\\mon-article\\")
    assert meant == (
        "blog/mon-article/index.html",
        f"{SITE}blog/mon-article/",
        ["path-unsafe"],
        ['"/blog/mon-article/"'],
    )


def test_an_article_that_lives_elsewhere_has_no_page() -> None:
    for url, address in (
        ("https://autre.example/é?a=b", "https://autre.example/%C3%A9?a=b"),
        ("HTTP://autre.example/x", "HTTP://autre.example/x"),
        ("//autre.example/x", "https://autre.example/x"),
        ("false", SITE),
        ("False", SITE),
    ):
        assert _asked(url) == ("", address, [], []), url
    below = replace(CONFIG, site=replace(CONFIG.site, url=f"{SITE}news/"))
    assert _asked(f"{SITE}ici/", below)[:2] == ("", f"{SITE}ici/")
    assert _asked(f"{SITE}news/ici/", below)[:2] == ("ici/index.html", f"{SITE}news/ici/")


@pytest.mark.parametrize(
    ("slugs", "bare", "signs"),
    [
        ("jekyll", True, "a!b"), ("docusaurus", True, "a!b"), ("hexo", True, "a!b"),
        ("eleventy", False, "a!b"), ("", False, "a%21b"),
    ],
)  # fmt: skip
def test_what_another_tool_publishes_has_that_tool_s_address(
    slugs: str, signs: str, *, bare: bool
) -> None:
    """Some serve /a/b as it is asked for; signs that a path may hold are written as they are."""
    theirs = replace(CONFIG, pages=Pages(enabled=False, slugs=slugs, item="x/{slug}/"))  # type: ignore[arg-type]
    assert _asked("/a/b", theirs)[1] == f"{SITE}a/b" + "/" * (not bare)
    assert _asked("/a!b/", theirs)[1] == f"{SITE}{signs}/"
    ours = replace(theirs, pages=replace(theirs.pages, enabled=True))
    assert _asked("/a/b", ours)[1] == f"{SITE}a/b/"
