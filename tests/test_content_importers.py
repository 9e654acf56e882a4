"""Exports of other tools: each post becomes an article, by the real command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command import SETTINGS, article, newsfeed, site
from newsfeed.content.importers import NotAnExportError, lexical, mobiledoc, read

SITE = "__GHOST_URL__"


def post(number: int, title: str, **keys: Any) -> dict[str, Any]:
    """Return a row of Ghost's table of posts."""
    row = {
        "id": f"{number:024x}",
        "title": title,
        "slug": title.lower().replace(" ", "-"),
        "html": f"<p>{title}.</p>",
        "status": "published",
        "visibility": "public",
        "type": "post",
        "created_at": "2024-01-01T00:00:00.000Z",
        "updated_at": "2024-01-03T08:30:00.000Z",
        "published_at": "2024-01-03T08:30:00.000Z",
    }
    return row | keys


def text(words: str, form: int = 0) -> dict[str, Any]:
    return {"type": "extended-text", "text": words, "format": form}


LEXICAL = {
    "root": {
        "children": [
            {"type": "paragraph", "children": [text("Un mot "), text("gras", 1), text(" < deux")]},
            {"type": "extended-heading", "tag": "h3", "children": [text("Une partie")]},
            {
                "type": "list",
                "listType": "number",
                "children": [{"type": "listitem", "children": [text("point")]}],
            },
            {
                "type": "paragraph",
                "children": [
                    {"type": "link", "url": f"{SITE}/premier/", "children": [text("lien")]},
                    {"type": "linebreak"},
                    text("fin", 2),
                ],
            },
            {
                "type": "image",
                "src": f"{SITE}/a.png",
                "alt": "Un plan",
                "caption": "<b>Le</b> plan",
            },
            {"type": "extended-quote", "children": [text("cité")]},
            {"type": "codeblock", "code": "a < b", "language": "c"},
            {"type": "callout", "calloutText": "<p>Attention</p>"},
            {"type": "toggle", "heading": "Plus", "content": "<p>dedans</p>"},
            {"type": "bookmark", "url": "https://a.example/", "metadata": {"title": "Un site"}},
            {"type": "button", "buttonUrl": "https://b.example/", "buttonText": "Aller"},
            {"type": "markdown", "markdown": "du **Markdown**"},
            {"type": "html", "html": "<p>du HTML</p>"},
            {"type": "horizontalrule"},
            {"type": "product", "productTitle": "Une chose"},
        ]
    }
}
MOBILEDOC = {
    "version": "0.3.1",
    "atoms": [["soft-return", "", {}]],
    "cards": [["markdown", {"markdown": "Du *Markdown*"}], ["hr", {}], ["sondage", {}]],
    "markups": [["strong"], ["a", ["href", f"{SITE}/premier/"]]],
    "sections": [
        [1, "p", [[0, [], 0, "Un "], [0, [0, 1], 2, "lien"], [1, [], 0, 0], [0, [], 0, "fin"]]],
        [1, "h2", [[0, [], 0, "Titre"]]],
        [3, "ul", [[[0, [], 0, "point"]]]],
        [10, 0],
        [10, 1],
        [10, 2],
        [10, 99],
    ],
}
POSTS = [
    post(
        1,
        "Premier",
        html=f'<p>Voir <a href="{SITE}/deux-mots/">le suivant</a>.</p>'
        f'<figure class="kg-card kg-image-card"><img src="{SITE}/content/images/p.png" alt="Un plan">'
        "<figcaption>Le plan</figcaption></figure>",
        custom_excerpt='Un résumé : "bref"',
        feature_image=f"{SITE}/content/images/p.png",
        updated_at="2024-02-01T00:00:00.000Z",
        featured=1,
        locale="fr",
    ),
    post(2, "Deux mots", html=None, lexical=json.dumps(LEXICAL)),
    post(3, "Trois", html="", mobiledoc=json.dumps(MOBILEDOC)),
    post(4, "Ancien", html=None, markdown="Du *Markdown* de 2014.", published_at=1388534400000),
    post(5, "Brouillon", status="draft", published_at=None, html="<p>SECRET</p>"),
    post(6, "Demain", status="scheduled", published_at="2090-01-01T00:00:00.000Z"),
    post(7, "Membres", visibility="paid", html="<p>SECRET</p>"),
    post(8, "Courriel", status="sent", html="<p>SECRET</p>"),
    post(9, "Une page", type="page", html="<p>SECRET</p>"),
    post(10, "Vieille page", page=1, html="<p>SECRET</p>"),
]
TABLES = {
    "posts": POSTS,
    "posts_meta": [{"post_id": POSTS[0]["id"], "feature_image_alt": "Un plan de la ville"}],
    "tags": [
        {"id": "t1", "name": "Dépistage", "visibility": "public"},
        {"id": "t2", "name": "Sein"},
        {"id": "t3", "name": "#interne", "visibility": "internal"},
    ],
    "posts_tags": [
        {"post_id": POSTS[0]["id"], "tag_id": "t2", "sort_order": 1},
        {"post_id": POSTS[0]["id"], "tag_id": "t1", "sort_order": 0},
        {"post_id": POSTS[0]["id"], "tag_id": "t3", "sort_order": 2},
        {"post_id": POSTS[0]["id"], "tag_id": "lost", "sort_order": 3},
    ],
    "users": [{"id": "u1", "name": "Anne"}, {"id": "u2", "name": "Bruno"}],
    "posts_authors": [
        {"post_id": POSTS[0]["id"], "author_id": "u2", "sort_order": 0},
        {"post_id": POSTS[0]["id"], "author_id": "u1", "sort_order": 1},
    ],
}
META = {"exported_on": 1700000000000, "version": "5.80.0"}
FORMS = {
    "db": {"db": [{"meta": META, "data": TABLES}]},
    "meta": {"meta": META, "data": TABLES},
    "data": {"data": TABLES},
}


def imported(folder: Path, form: str = "db") -> Path:
    """Return a site into which the export was taken."""
    site(folder, {})
    (folder / "ghost.json").write_text(json.dumps(FORMS[form]), "utf-8")
    done = newsfeed("import", "ghost.json", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("form", sorted(FORMS))
def test_posts_become_articles(tmp_path, form):
    """Title, text, dates, tags, authors, picture and address are those of the post."""
    folder = imported(tmp_path, form)
    image = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03\x08\x06\0\0\0"
    pictures = folder / "static" / "content" / "images"
    pictures.mkdir(parents=True)
    (pictures / "p.png").write_bytes(image)
    (folder / "static" / "a.png").write_bytes(image)
    done = newsfeed("build", "--now", "2026-01-01", "--lang", "en", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "4 articles, 3 drafts, 1 scheduled" in done.stderr
    feed = json.loads((folder / "public" / "feed.json").read_text("utf-8"))
    items = {item["url"].rstrip("/").rpartition("/")[2]: item for item in feed["items"]}
    assert set(items) == {"premier", "deux-mots", "trois", "ancien"}
    first = items["premier"]
    assert first["url"] == "https://www.example.org/premier/"
    assert first["date_published"] == "2024-01-03T08:30:00+00:00"
    assert first["date_modified"] == "2024-02-01T00:00:00+00:00"
    assert first["tags"] == ["Dépistage", "Sein"]
    assert [each["name"] for each in first["authors"]] == ["Bruno", "Anne"]
    assert first["image"] == "https://www.example.org/static/content/images/p.png"
    assert 'href="https://www.example.org/deux-mots/"' in first["content_html"]
    assert "bref" in first["summary"]
    assert items["ancien"]["date_published"].startswith("2014-01-01")
    assert "<em>Markdown</em> de 2014" in items["ancien"]["content_html"]
    everything = "".join(
        path.read_text("utf-8")
        for path in (folder / "public").rglob("*")
        if path.suffix != ".png" and path.is_file()
    )
    assert "SECRET" not in everything
    assert SITE not in everything


def test_a_body_in_lexical(tmp_path):
    """Ghost 5 keeps a tree: what a reader sees of it is said, and a card of the shop is named."""
    html, ending, left_out = lexical.to_html(LEXICAL)
    assert ending == ".html"
    assert html.split("\n") == [
        "<p>Un mot <strong>gras</strong> &lt; deux</p>",
        "<h3>Une partie</h3>",
        "<ol><li>point</li></ol>",
        f'<p><a href="{SITE}/premier/">lien</a><br><em>fin</em></p>',
        f'<figure><img src="{SITE}/a.png" alt="Un plan">'
        "<figcaption><b>Le</b> plan</figcaption></figure>",
        "<blockquote><p>cité</p></blockquote>",
        '<pre><code class="language-c">a &lt; b</code></pre>',
        "<aside><p>Attention</p></aside>",
        "<details><summary>Plus</summary><p>dedans</p></details>",
        '<p><a href="https://a.example/">Un site</a></p>',
        '<p><a href="https://b.example/">Aller</a></p>',
        "<p>du <strong>Markdown</strong></p>",
        "",
        "<p>du HTML</p>",
        "<hr>",
    ]
    assert left_out == ("product",)
    done = newsfeed("import", "ghost.json", "--lang", "en", cwd=imported(tmp_path))
    assert "2024/deux-mots.html: left out of its text: product" in done.stderr


def test_a_body_in_mobiledoc():
    """Ghost 1 to 4 kept sections and cards; those in Markdown stay Markdown."""
    markdown, ending, left_out = mobiledoc.to_markdown(MOBILEDOC)
    assert ending == ".md"
    assert markdown.split("\n\n") == [
        f'<p>Un <strong><a href="{SITE}/premier/">lien</a></strong><br>fin</p>',
        "<h2>Titre</h2>",
        "<ul><li>point</li></ul>",
        "Du *Markdown*",
        "<hr>",
    ]
    assert left_out == ("sondage",)


def test_nothing_that_exists_is_changed(tmp_path):
    """A second import writes nothing; what was corrected since is kept, and said."""
    folder = imported(tmp_path)
    place = folder / "items" / "2024" / "premier.html"
    before = {path: path.read_bytes() for path in (folder / "items").rglob("*.*")}
    assert newsfeed("import", "ghost.json", cwd=folder).stdout == ""
    place.write_text(article("Corrigé"), "utf-8")
    done = newsfeed("import", "ghost.json", "--lang", "en", cwd=folder)
    assert done.returncode == 1
    assert "items/2024/premier.html: differs, kept" in done.stderr
    assert place.read_text("utf-8") == article("Corrigé")
    assert set((folder / "items").rglob("*.*")) == set(before)


def test_two_posts_of_one_slug_are_two_files():
    """Ghost forbids it, other tools that write its format do not: neither is lost."""
    export = read(json.dumps({"posts": [post(1, "Un"), post(2, "Un")]}).encode())
    assert [each.path for each in export.articles] == ["2024/un-2.html", "2024/un.html"]


def test_a_dry_run_writes_nothing(tmp_path):
    folder = site(tmp_path, {})
    (folder / "ghost.json").write_text(json.dumps(FORMS["db"]), "utf-8")
    done = newsfeed("import", "--dry-run", "ghost.json", cwd=folder)
    assert "items/2024/premier.html" in done.stdout.split()
    assert list((folder / "items").iterdir()) == []


def test_an_export_among_the_articles_is_named(tmp_path):
    """Nobody waits for posts that do not come: build says what to run; data is no export."""
    exports = {"export.json": json.dumps(FORMS["meta"], indent=2), "data.json": '{"db": 1}'}
    folder = site(tmp_path, {"a.md": article(), **exports})
    done = newsfeed("build", "--lang", "en", cwd=folder)
    assert "items/export.json:1:1: warning [export-found]" in done.stderr
    assert "newsfeed import items/export.json" in done.stderr
    assert done.stderr.count("[export-found]") == 1
    assert (
        "newsfeed import export.json"
        in newsfeed("init", "--lang", "en", cwd=folder / "items").stderr
    )


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"posts": 1}', '"x"', "é", '{"db": [1]}']
)
def test_what_is_no_export_is_refused(tmp_path, content):
    """A wrong file is wrong usage, in words."""
    folder = site(tmp_path, {}, SETTINGS)
    (folder / "x.json").write_text(content, "utf-8")
    done = newsfeed("--lang", "en", "import", "x.json", cwd=folder)
    assert done.returncode == 2
    assert "x.json is no export of Ghost" in done.stderr


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "posts",
                    "tags",
                    "users",
                    "posts_tags",
                    "posts_authors",
                    "posts_meta",
                    "id",
                    "post_id",
                    "tag_id",
                    "title",
                    "slug",
                    "html",
                    "lexical",
                    "mobiledoc",
                    "root",
                    "children",
                    "type",
                    "text",
                    "format",
                    "url",
                    "sections",
                    "markups",
                    "cards",
                    "db",
                    "data",
                    "published_at",
                    "status",
                    "page",
                    "sort_order",
                    "name",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@given(JSON)
def test_any_json_is_read_or_refused(value):
    """An export is anybody's file: it never raises anything else."""
    for found in (value, {"posts": value}, {"posts": [value, post(1, "Un")], "tags": value}):
        try:
            read(json.dumps(found).encode())
        except NotAnExportError:
            continue


@given(JSON)
def test_any_body_is_read(value):
    for found in (value, {"root": {"children": [value]}}, {"sections": [value, [1, "p", value]]}):
        lexical.to_html(found)
        mobiledoc.to_markdown(found)
