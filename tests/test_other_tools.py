"""Folders of other tools through the real command line: what is published of them, and said."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from command import article, newsfeed, site
from photographs import photograph

NOW = ("--now", "2026-06-01")


def built(folder: Path, *options: str) -> str:
    """Build the site in ``folder`` without and with its cache; return what was said at last."""
    for _ in range(2):
        done = newsfeed("build", *NOW, *options, cwd=folder)
        assert "Traceback" not in done.stderr
    return done.stderr


def page(folder: Path, path: str) -> str:
    """Return the text of the article's part of a page."""
    html = (folder / "public" / path).read_text("utf-8")
    found = re.search(r"<article\b.*?</article>", html, re.S)
    assert found is not None
    return found[0]


def test_a_vault_is_linked_by_its_other_names(tmp_path):
    """Obsidian: an alias, a block's id, a heading's way, and a part that is not there."""
    folder = site(
        tmp_path,
        {
            "Réunion.md": article(
                "Réunion", aliases="[La réunion du lundi, RDL]", body="Le point. ^point\n\n## Suite"
            ),
            "a.md": article(
                body="[[rdl]], [[La réunion du lundi|lundi]], [[Réunion#^point]], [[Réunion#Suite]],"
                " [[#ici]], [[#là|ailleurs]].\n\n![[RDL]]"
            ),
        },
    )
    said = built(folder)
    html = page(folder, "items/2026/01/a.html")
    assert html.count("items/2026/01/reunion.html") == 5
    assert 'reunion.html#reunion-point"' in html
    assert "^" not in html
    assert "[anchor-dead]" not in said
    assert said.count("[anchor-missing]") == 2
    assert "[note-embedded]" in said
    assert "a.html#" not in html
    assert "ici, ailleurs." in html


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03\x08\x06\0\0\0"
# Where a tool keeps its articles and pictures, and how an article names one.
PICTURES = [
    ("_posts/2026-01-02-a.md", "assets/img/a.png", "/assets/img/a.png"),
    ("docs/_posts/2026-01-02-a.md", "docs/assets/a.png", "/assets/a.png"),
    ("source/_posts/a.md", "source/images/a.png", "/images/a.png"),
    ("source/_posts/a.md", "source/_posts/a/a.png", "a.png"),
    ("src/content/blog/a.md", "public/a.png", "/a.png"),
    ("src/content/blog/a.mdx", "src/assets/a.png", "../../assets/a.png"),
    ("src/content/blog/a.md", "src/assets/a.png", "@assets/a.png"),
    ("content/post/a.md", "assets/images/a.png", "/images/a.png"),
    ("content/post/a.md", "static/images/a.png", "/images/a.png"),
    ("website/blog/a.mdx", "website/static/img/a.png", "/img/a.png"),
]


@pytest.mark.parametrize(("path", "file", "named"), PICTURES)
def test_pictures_are_found_where_a_tool_keeps_them(tmp_path, path, file, named):
    """A folder is taken as it is, its pictures too: in its text and in its front matter."""
    for name, content in (
        (path, article(body=f"![Un plan]({named})", image=f'"{named}"').encode()),
        (file, PNG),
    ):
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    newsfeed("init", "--language", "fr", "--url", "https://www.example.org/", cwd=tmp_path)
    said = built(tmp_path)
    assert "file-missing" not in said
    assert 'width="2" height="3"' in page(tmp_path, "items/2026/01/a.html")
    assert (tmp_path / file).read_bytes() == PNG


def test_what_a_build_published_is_no_picture_of_the_site(tmp_path):
    """A second build finds what the first one found, whatever lies in the output folder by then."""
    folder = site(tmp_path, {"a.md": article(body="![Un plan](a.png)"), "a.png": PNG})
    built(folder)
    (folder / "items" / "a.md").write_text(article(body="![Un plan](/media/a.png)"), "utf-8")
    assert "[file-missing]" in built(folder)


@pytest.mark.parametrize("named", ["/.env/a.png", "/_private/a.png", "/../a.png", "../../a.png"])
def test_hidden_pictures_and_those_outside_stay_where_they_are(tmp_path, named):
    """What is hidden, or leads out of the site's folder, is never published."""
    folder = site(tmp_path / "site", {"a.md": article(body=f"![Un plan]({named})")})
    for place in (folder / ".env", folder / "_private", tmp_path):
        place.mkdir(exist_ok=True)
        (place / "a.png").write_bytes(PNG)
    assert "[file-missing]" in built(folder)
    assert not list((folder / "public").rglob("a.png"))


FOLDERS = {
    "_posts": "_posts/2026-01-02-a.md",
    "src/content/posts": "src/content/posts/a.mdx",
    "website/blog": "website/blog/2026/01-02-a.mdx",
    "content/articles": "content/articles/a.markdown",
    "emails": "emails/a.md",
    "src/carnets": "src/carnets/2026/01/02/a.md",
    "src/pages/fr/journal": "src/pages/fr/journal/a.md",
    ".": "2026-01-02 Une note.md",
    "items": "README.md",
}


@pytest.mark.parametrize("found", sorted(FOLDERS))
def test_init_finds_the_articles(tmp_path, found):
    """The folder that holds articles already becomes the site's; a read-me alone is none."""
    place = tmp_path / FOLDERS[found]
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(article(), "utf-8")
    (tmp_path / "node_modules" / "x").mkdir(parents=True)
    (tmp_path / "node_modules" / "x" / "README.md").write_text("x", "utf-8")
    newsfeed("init", cwd=tmp_path)
    assert f'path = "{found}"' in (tmp_path / "newsfeed.toml").read_text("utf-8")


UNDATED = {"docs/guide.md": "# Le guide\n", "posts/a.md": "---\ntitle: A\npublished: true\n---\n"}


@pytest.mark.parametrize(
    ("articles", "found"),
    [
        (("apps/site/blog/a.md", "apps/site/blog/b.md"), "apps/site/blog"),
        (("apps/site/blog/a.md", "apps/notes/a.md"), "apps"),
        (("_posts/2026-01-02-a.md", "apps/site/blog/a.md"), "_posts"),
        (("_tools/shots/a.md",), "posts"),
        (("2026-01-02.md",), "."),
        (("items/a.md",), "items"),
        ((), "posts"),
    ],
)
def test_init_takes_what_bears_a_date_before_documentation(tmp_path, articles, found):
    """A project's guide beside its news is no news; where nothing bears a date, names tell."""
    for name, text in UNDATED.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, "utf-8")
    for name in articles:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("---\ntitle: A\npublishedAt: 2026-01-02\n---\n", "utf-8")
    newsfeed("init", cwd=tmp_path)
    assert f'path = "{found}"' in (tmp_path / "newsfeed.toml").read_text("utf-8")


DAYS = {
    "zola.md": '+++\npath = "2026/01/02/Un.html"\ntitle = "Un"\n+++\nTexte\n',
    "inside.md": '+++\npath = "dedans/2026/01/02/un"\ntitle = "Un"\n+++\nTexte\n',
    "jekyll.md": "---\ntitle: Un\npermalink: /2026/1/2/un/\n---\nTexte\n",
    "2026/01/02-un.mdx": "---\ntitle: Un\n---\nTexte\n",
    "2026/01-02-un/index.md": "---\ntitle: Un\n---\nTexte\n",
    "2026/01/02/un/2026-01-02-index.md": "---\ntitle: Un\n---\nTexte\n",
    "hugo.md": "---\ntitle: Un\nlastmod: 2026-01-02\n---\nTexte\n",
    "hashnode.md": "---\ntitle: Un\n"
    "datePublished: Fri Jan 02 2026 10:11:12 GMT+0000 (Coordinated Universal Time)\n---\nTexte\n",
    "wordpress.md": "---\ntitle: Un\npost_date: 2026-01-02 10:11:12\ndate: 2026-03-04\n---\nTexte\n",
    "eleventy.md": "---\ntitle: Un\ndatePosted: 2026-01-02\nposted: true\n---\nTexte\n",
    "sanity.md": "---\ntitle: Un\nPublication Date: 2026-01-02\n---\nTexte\n",
    "parution.md": "---\ntitle: Un\ndate_de_parution: 2026-01-02\n---\nTexte\n",
    "astro.md": '---\ntitle: Un\npublishDate: "January 2, 2026"\n---\nTexte\n',
}


@pytest.mark.parametrize("path", sorted(DAYS))
def test_days_are_found_where_tools_write_them(tmp_path, path):
    """In an address, in folders, in a name, in words: no article is lost for want of a date."""
    folder = site(tmp_path, {path: DAYS[path]})
    built(folder)
    feed = json.loads((folder / "public" / "feed.json").read_text("utf-8"))
    assert [item["date_published"][:10] for item in feed["items"]] == ["2026-01-02"]
    assert "index" not in feed["items"][0]["url"].removesuffix("/index.html")


def test_a_component_that_shows_an_imported_picture_shows_it(tmp_path):
    """Astro: the component is one's own, its picture is everybody's; a comment of code is none."""
    text = (
        "---\ntitle: Un\npubDate: 2026-01-02\n---\nimport Photo from '../Photo.astro'\n"
        "import plan from '/src/content/blog/_images/un plan.png'\n// import old from './old.png'\n\n"
        'Texte\n\n<Photo src={plan} alt="Un plan" />\n'
    )
    place = tmp_path / "src" / "content" / "blog"
    (place / "_images").mkdir(parents=True)
    (place / "_images" / "un plan.png").write_bytes(PNG)
    (place / "a.mdx").write_text(text, "utf-8")
    newsfeed("init", "--language", "fr", cwd=tmp_path)
    said = built(tmp_path)
    html = page(tmp_path, "items/2026/01/a.html")
    assert 'un%20plan.png" alt="Un plan"' in html
    assert "import" not in html
    assert "foreign-removed" not in said


def test_notes_at_the_root_of_a_vault(tmp_path):
    """Obsidian keeps notes beside its settings: all are read, but what is no article is not."""
    notes = {
        ".obsidian/app.json": "{}",
        "2026-01-02 Un.md": "Bonjour [[Deux]].\n",
        "Notes/Deux.md": "---\ndate: 2026-01-03\n---\nSalut\n",
        "issues/_left-out.md": "Rien.\n",
        "templates/note.md": "---\ndate: '{{date}}'\n---\n",
        "README.md": "# Lisez-moi\n",
    }
    for path, text in notes.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    newsfeed("init", "--language", "fr", cwd=tmp_path)
    said = built(tmp_path)
    assert "2 articles" in said
    assert 'items/2026/01/deux.html">Deux</a>' in page(tmp_path, "items/2026/01/un.html")


def test_what_themes_write_is_read_for_what_it_means(tmp_path):
    """Valid front matter of other tools raises no alarm, and says what it says there."""
    folder = site(
        tmp_path,
        {
            "hugo.md": '+++\ntitle = "Un"\nlastmod = 2026-01-02\nfeatured = "un.jpg"\ndraft = "false"\n+++\nTexte\n',
            "hexo.md": article("Deux", cover="false", toc="true\ntoc: false"),
            "ghost.md": article("Trois", tags='"[]"', feature_image='"__GHOST_URL__/trois.png"'),
            "list.md": article("Quatre", tags="\"['un', 'deux']\""),
            "2026/01-05-docusaurus.mdx": "---\ntitle: Cinq\n---\nTexte {/* vu */}\n\n{/* truncate */}\n\n"
            "## Le titre {/* #partie */}\n\n[a](#partie) {'un { texte'}\n",
            "kramdown.md": article(
                "Six", body="Texte\n{: .lead}\n\n### Trois\n\n[b](#t){: .button}"
            ),
        },
    )
    (folder / "static").mkdir()
    (folder / "static" / "trois.png").write_bytes(photograph(80, 60, "PNG"))
    said = built(folder)
    alarms = [line for line in said.splitlines() if ": warning [" in line or "attention [" in line]
    assert "erreur [" not in said
    codes = [line.partition("[")[2].partition("]")[0] for line in alarms]
    assert codes == ["anchor-missing"], said
    cinq = page(folder, "items/2026/01/docusaurus.html")
    assert 'id="docusaurus-partie"' in cinq
    assert "un { texte" in cinq
    assert "trois.png" in page(folder, "items/2026/01/ghost.html")
