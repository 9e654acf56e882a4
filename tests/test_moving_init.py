"""`newsfeed init` beside another tool: its settings are read, never run, and its addresses kept."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command import newsfeed, tree_of
from newsfeed.content.naming import NAMINGS
from newsfeed.moving.formats import table
from newsfeed.moving.javascript import calls, literals

TITLES = [
    "Été à Nîmes: C++ & co.", "Release 3.0 is out", "Don't panic, again", "Under_score and CamelCase",
    "What a very long title that goes on for more than eighty characters, as some of them really do",
]  # fmt: skip


def post(number: int, key: str = "date", extra: str = "") -> str:
    title = json.dumps(TITLES[number], ensure_ascii=False)
    return f"---\ntitle: {title}\n{key}: 2024-0{number + 1}-15\n{extra}---\n\nText.\n"


def posts(folder: str, names: str = "2024-0{month}-15-{name}.md", **how: str) -> dict[str, str]:
    files = ["ete-a-nimes", "release-3.0", "Don't Panic", "under_score_CamelCase", "l" * 90]
    return {
        f"{folder}/{names.format(month=number + 1, name=name)}": post(number, **how)
        for number, name in enumerate(files)
    }


def written(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")


ASTRO = """// @ts-check
import { defineConfig } from 'astro/config';
import { other } from './other';
const SITE = 'https://www.example.org';
export default defineConfig({
  site: SITE, base: `/under`, trailingSlash: "ignore", integrations: [other({ site: 'no' })],
  i18n: { defaultLocale: "pt-br", locales: ["pt-br"] }, vite: { plugins: process.env.X ? [] : [1] },
});
"""
# The files of a site, and what newsfeed.toml says of it.
SITES: dict[str, tuple[dict[str, str], dict[str, object]]] = {
    "jekyll": (
        {"_config.yml": "name: Un blog\nurl: https://www.example.org\nbaseurl: /b\nlocale: fr_FR\n"
         "timezone: Europe/Paris\npermalink: pretty\nplugins: [jekyll-feed]\n"
         "author: {name: Ana, email: a@example.org}\nfeed: {posts_limit: 7, tags: true}\n",
         **posts("_posts")},
        {"site.title": "Un blog", "site.url": "https://www.example.org/b/", "site.language": "fr-FR",
         "site.timezone": "Europe/Paris", "site.author": {"name": "Ana", "email": "a@example.org"},
         "items.path": "_posts", "feeds.atom": "feed.xml", "feeds.limit": 7,
         "feeds.tag": {"atom": "feed/by_tag/{slug}.xml"}, "pages.slugs": "jekyll",
         "pages.item": "{categories}/{year}/{month}/{day}/{slug}/", "site.output": "_newsfeed"},
    ),
    "hugo in parts": (
        {"config/_default/hugo.toml": 'baseURL = "https://www.example.org/"\ntimeZone = "Asia/Tokyo"\n',
         "config/_default/params.yaml": "description: D\n",
         "config/_default/permalinks.toml": 'news = "/:year/:sections/:slugorcontentbasename/"\n',
         "config/_default/languages.toml": '[en]\ntitle = "In parts"\nlanguageCode = "en-GB"\n',
         **posts("content/news")},
        {"site.title": "In parts", "site.language": "en-GB", "site.timezone": "Asia/Tokyo",
         "site.description": "D", "items.path": "content/news", "feeds.rss": "index.xml",
         "pages.item": "{year}/news/{slug|file}/"},
    ),
    "hugo in parts, of several languages": (
        {"config/_default/hugo.toml": 'baseURL = "http://localhost/"\ndefaultContentLanguage = "fr"\n'
         '[uglyURLs]\npost = true\n[permalinks]\npost = "/:year/:month/:slug/"\n',
         "config/production/hugo.toml": 'title = "none"\n',
         "config/production/config.yaml": "x: y\n",
         "config/_default/languages.fr.toml": 'title = "En français"\ncontentDir = "content/fr"\n'
         'baseURL = "https://www.example.org/"\n',
         "config/_default/params.fr.toml": 'description = "D"\n',
         "config/_default/languages.de.toml": 'title = "Deutsch"\ncontentDir = "content/de"\n',
         **posts("content/fr/post"), **posts("content/de/post")},
        {"site.title": "En français", "site.url": "https://www.example.org/", "site.description": "D",
         "site.language": "fr", "items.path": "content/fr/post",
         "pages.item": "{year}/{month}/{slug|title}.html"},
    ),
    "hugo, its main language in a folder": (
        {"hugo.yaml": "baseURL: https://www.example.org/\ntitle: T\ndefaultContentLanguage: nl\n"
         "defaultContentLanguageInSubdir: true\npermalinks: {posts: '/:sections[1:]/:contentbasename'}\n",
         "content/posts/a/_index.md": "---\ntitle: A\n---\n", **posts("content/posts/a"),
         "archetypes/default.md": post(1)},
        {"pages.item": "nl/{folder}/{file}/", "feeds.rss": "nl/index.xml", "site.language": "nl"},
    ),
    "zola, articles beside a section": (
        {"config.toml": 'base_url = "https://www.example.org"\ngenerate_feeds = true\n'
         'feed_filenames = ["feed.xml", "releases.json"]\n[markdown]\n',
         "content/_index.md": '+++\ntitle = "Der Anfang"\n'
         'description = "Worum <a href=\\"/x\\">es</a> geht &amp; mehr"\n+++\n',
         **posts("content", "{name}.md"), **posts("content/inside", "{name}-x.md"),
         "content/inside/one-more.md": post(2)},
        {"site.title": "Der Anfang", "site.description": "Worum es geht & mehr", "items.path": "content",
         "pages.item": "{folder}/{slug}/", "feeds.atom": "feed.xml", "feeds.json": "releases.json"},
    ),
    "jekyll in several languages": (
        {"_config.yml": "title: T\nurl: https://www.example.org\nlang: ja\npermalink: pretty\n",
         **posts("en/news/_posts"), "en/news/_posts/2024-07-01-more.md": post(1),
         **posts("ja/news/_posts")},
        {"items.path": "ja/news/_posts",
         "pages.item": "ja/news/{categories}/{year}/{month}/{day}/{slug}/"},
    ),
    "zola": (
        {"config.toml": 'base_url = "https://www.example.org"\ntitle = "Z"\ngenerate_feeds = true\n'
         'feed_filenames = ["atom.xml", "rss.xml"]\n[markdown]\n', **posts("content/blog")},
        {"site.url": "https://www.example.org/", "feeds.atom": "atom.xml", "feeds.rss": "rss.xml",
         "pages.item": "blog/{folder}/{slug}/", "pages.slugs": "zola"},
    ),
    "astro": (
        {"astro.config.mjs": ASTRO, "src/consts.ts": "export const SITE_TITLE: string = 'As';\n",
         "src/pages/journal/[...slug].astro": "await getCollection('journal');", "src/pages/rss.xml.ts": "",
         **posts("src/content/journal", key="pubDate")},
        {"site.url": "https://www.example.org/under/", "site.title": "As", "site.language": "pt-br",
         "items.path": "src/content/journal", "pages.item": "journal/{slug|path}/",
         "feeds.rss": "rss.xml"},
    ),
    "astro, loaded from a folder": (
        {"astro.config.ts": "import { SITE } from './src/config';\n"
         "export default defineConfig({ site: SITE.website, trailingSlash: 'never' });\n",
         "src/config.ts": "export const SITE = {\n  website: 'https://www.example.org/', // here\n"
         "  author: 'Ana', title: 'Loaded', desc: `D`, lang: 'eo', timezone: 'Asia/Tokyo',\n} as const;\n",
         "src/content.config.ts": "export const PLACE = 'src/data';\n"
         "const pages = defineCollection({ loader: glob({ base: './src/pages' }) });\n"
         "const blog = defineCollection({\n  loader: glob({ pattern: '**/*.md', base: `./${PLACE}/blog` }),\n"
         "  schema: ({ image }) => z.object({ base: z.string() }) });\nexport const collections = { blog };\n",
         "src/pages/posts/[...slug].astro": "getCollection('blog')", "src/pages/rss.xml.ts": "",
         "src/pages/notes/rss.xml.ts": "", **posts("src/data/blog", "{name}.md", key="pubDatetime")},
        {"site.title": "Loaded", "site.url": "https://www.example.org/", "site.language": "eo",
         "site.description": "D", "site.timezone": "Asia/Tokyo", "items.path": "src/data/blog",
         "pages.item": "posts/{slug|path}", "feeds.rss": "rss.xml", "site.author": {"name": "Ana"}},
    ),
    "an address from CNAME, a folder that is mounted": (
        {"hugo.toml": 'title = "M"\ndisableKinds = []\n[[module.mounts]]\nsource = "text/en"\n'
         'target = "content"\n[[module.mounts]]\nsource = "static"\ntarget = "static"\n',
         "static/CNAME": "news.example.org\n", **posts("text/en/blog")},
        {"site.url": "https://news.example.org/", "items.path": "text/en/blog"},
    ),
    "docusaurus in a folder": (
        {"website/docusaurus.config.ts": "const config: Config = { title: 'Do', url: 'https://e.org',"
         " baseUrl: '/x/', tagline: \"T\", presets: [['classic', { blog: { routeBasePath: '/journal',"
         " feedOptions: { type: 'all', copyright: `© ${year}` } } } satisfies Options]] };",
         **posts("website/blog")},
        {"site.title": "Do", "site.url": "https://e.org/x/", "items.path": "website/blog",
         "pages.item": "journal/{slug|path}", "feeds.json": "journal/feed.json"},
    ),
    "eleventy": (
        {"eleventy.config.js": "export default function (config) {\n  config.addPlugin(feedPlugin, {"
         " type: 'atom', outputPath: '/feed/feed.xml', collection: { name: 'posts', limit: 3 },\n"
         "    metadata: { title: 'El', base: 'https://www.example.org/', author: { name: 'Ana' } } });\n"
         "  return { dir: { input: 'src', output: 'dist' } };\n}\n",
         "src/posts/posts.json": '{"permalink": "/b/{{ page.fileSlug }}/"}', **posts("src/posts")},
        {"site.title": "El", "site.url": "https://www.example.org/", "feeds.limit": 3,
         "feeds.atom": "feed/feed.xml", "items.path": "src/posts", "pages.item": "b/{name}/"},
    ),
    "pelican": (
        {"pelicanconf.py": "import os\nSITENAME = 'Pe'\nSITEURL = ''\nSECRET = os.environ['NONE']\n"
         "ARTICLE_URL = '{date:%Y}/{slug}/'\nos.mkdir('run')\nTIMEZONE = 'Europe/Rome'\n",
         "publishconf.py": "from pelicanconf import *\nSITEURL = 'https://www.example.org'\n"
         "FEED_ALL_ATOM = 'feeds/all.xml'\n", **posts("content", "{name}.md")},
        {"site.title": "Pe", "site.url": "https://www.example.org/", "site.timezone": "Europe/Rome",
         "feeds.atom": "feeds/all.xml", "pages.item": "{year}/{slug|title}/", "items.path": "content"},
    ),
    "mkdocs": (
        {"mkdocs.yml": "site_name: Mk\nsite_url: !ENV [URL, 'x']\nplugins:\n  - search\n  - blog:\n"
         "      blog_dir: news\n      post_url_date_format: yyyy/MM\n  - rss: {length: 5}\n"
         "markdown_extensions:\n  - x:\n      y: !!python/name:os.system\n", **posts("docs/news/posts")},
        {"site.title": "Mk", "items.path": "docs/news/posts", "feeds.limit": 5,
         "pages.item": "news/{year}/{month}/{slug|title}/", "feeds.rss": "feed_rss_created.xml"},
    ),
    "hexo": (
        {"_config.yml": "title: He\nurl: https://www.example.org/b\npermalink: :year/:title.html\n"
         "public_dir: docs\nnew_post_name: :title.md\nfeed: {type: atom, path: atom.xml}\n",
         **posts("source/_posts", "{name}.md")},
        {"site.url": "https://www.example.org/b/", "pages.item": "{year}/{path}.html",
         "items.path": "source/_posts", "feeds.atom": "atom.xml"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SITES)
def test_settings_become_newsfeed_toml(tmp_path, name):
    """Each value is taken from where it stands, and said with its place; nothing is run or changed."""
    files, expected = SITES[name]
    written(tmp_path, files)
    (tmp_path / ".gitignore").write_text("node_modules", "utf-8")
    before = {path: data for path, data in tree_of(tmp_path).items() if path != ".gitignore"}
    done = newsfeed("init", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    said = tomllib.loads((tmp_path / "newsfeed.toml").read_text("utf-8"))
    flat = {f"{part}.{key}": value for part, keys in said.items() for key, value in keys.items()}
    assert expected.items() <= flat.items()
    assert flat["pages.enabled"] is False
    for key, value in expected.items():
        if key not in ("pages.slugs", "site.output"):
            assert f"  {key} = " in done.stderr
            assert value is None or "←" in done.stderr
    after = tree_of(tmp_path)
    assert before.items() <= after.items()
    assert after[".gitignore"].splitlines() == [b"node_modules", b"_newsfeed/", b".newsfeed/"]
    assert newsfeed("build", "--now", "2026-01-01", cwd=tmp_path).returncode == 0
    assert before.items() <= tree_of(tmp_path).items()
    newsfeed("init", cwd=tmp_path)
    assert tree_of(tmp_path)[".gitignore"] == after[".gitignore"]


def test_what_is_not_literal_or_not_known_is_said(tmp_path):
    written(
        tmp_path,
        {
            "_config.yml": "title: T\nurl: http://\npermalink: /:nothing/:title\ntimezone: Mars\n",
            **posts("_posts"),
            **posts("_recipes"),
            "_site/2024/x.md": post(1),
        },
    )
    said = newsfeed("init", "--lang", "en", cwd=tmp_path).stderr
    assert "not understood: _config.yml: permalink = /:nothing/:title" in said
    assert "not understood: _config.yml: timezone = Mars" in said
    assert "not found, please check: site.timezone = " in said
    assert "not taken: _recipes/ (5 with front matter)" in said
    assert "not taken: _site" not in said


def test_texts_that_are_not_read_are_said(tmp_path):
    """A site of other texts is no site of one article: who moves in is told."""
    files, _ = SITES["pelican"]
    rest = {f"content/{number}.rst": "T\n=\n\n:date: 2024-01-01\n" for number in range(7)}
    written(tmp_path, files | rest)
    said = newsfeed("init", "--lang", "fr", cwd=tmp_path).stderr
    assert "pas lus : content/ (7 .rst) : newsfeed lit Markdown et HTML" in said


def test_newsfeed_may_write_the_pages_itself(tmp_path):
    """With --pages the tool's permalinks are left to it: pages get newsfeed's own pattern."""
    files, _ = SITES["jekyll"]
    written(tmp_path, files)
    newsfeed("init", "--pages", cwd=tmp_path)
    said = tomllib.loads((tmp_path / "newsfeed.toml").read_text("utf-8"))
    assert "pages" not in said
    assert said["site"]["title"] == "Un blog"
    newsfeed("build", "--now", "2026-01-01", cwd=tmp_path)
    assert (tmp_path / "public" / "items" / "2024" / "01" / "ete-a-nimes.html").is_file()


LITERALS = {
    "const S = { u: 'x', d: { e: 1 } }; y({ a: S.u, b: S.d.e, c: S.none, f: `${S}`, g: `${h}` })":
        {"a": "x", "b": 1, "u": "x", "d": {"e": 1}},
    "const P = 'x', Q = `${P}/y`; export default { base: `./${Q}/z` }": {"base": "./x/y/z"},
    "x({a: 1, 'b-c': 'd', e: [1, {f: `g`}], h: -1.5, i: true, j: null})":
        {"a": 1, "b-c": "d", "e": [1, {"f": "g"}], "h": -1.5, "i": True, "j": None},
    "const a = 'x', b = a; export default { a, site: b, c: a + b, d: f(a), e: `${a}` }":
        {"a": "x", "site": "x", "e": "x"},
    "module.exports = (c) => { if (c) { c.on({ x: 1 }); } return { dir: { y: 2 } } }":
        {"x": 1, "dir": {"y": 2}},
    "{ // { no: 1 }\n a: 1, /* b: 2 */ get c() { return { d: 3 } }, ...rest, e: 4 }": {"a": 1, "e": 4},
    "{ a: '\\'\\n', b: \"é\" as const, c: x ? 1 : 2 }": {"a": "'\n", "b": "é"},
    "{{{{": {},
}  # fmt: skip


@pytest.mark.parametrize("text", LITERALS)
def test_literals_of_javascript(text):
    assert literals(text) == LITERALS[text]


def test_arguments_of_calls():
    assert calls("a.add('x', { y: 1 }); add(z(), 2)", "add") == [["x", {"y": 1}], [None, 2]]


@given(st.text(st.sampled_from("{}[]():,'\"`\\/*$= \nabconstreturn0.1-")))
def test_any_javascript_is_read(text):
    literals(text)
    calls(text, "a")


@given(
    st.sampled_from(["a.yml", "a.toml", "a.json", "a.py", "a.js"]),
    st.text() | st.text(st.sampled_from("{}[]:,'\"&*!-#= \nab1")),
)
def test_any_settings_are_read(name, text):
    assert isinstance(table(name, text), dict)


@given(st.sampled_from(sorted(NAMINGS)), st.text())
def test_a_part_of_an_address_is_made_of_any_text(tool, text):
    assert isinstance(NAMINGS[tool](text), str)


# The commands of the tools, where this machine has them, and the folders that they write.
DOCUSAURUS = """module.exports = {
  title: 'Do', url: 'https://www.example.org', baseUrl: '/b/', onBrokenLinks: 'ignore',
  presets: [['classic', { docs: false, blog: { BLOG onInlineAuthors: 'ignore',
    onUntruncatedBlogPosts: 'ignore', feedOptions: { type: 'all' } } }]],
};
"""
BUILT: dict[str, tuple[str, str, dict[str, str]]] = {
    "docusaurus": ("docusaurus build", "build", {
        "docusaurus.config.js": DOCUSAURUS.replace("BLOG", ""), "package.json": "{}",
        **posts("blog", "{name}.md"),
        "blog/2024/09-09-a folder/index.md": post(1).replace("date: 2024-02-15\n", ""),
        "blog/2024-09-10-named.mdx": post(2, extra="slug: A Slug.x\n"),
        "blog/deep/er/2024-09-11.md": post(3, extra="slug: /one/more/\n")}),
    "docusaurus at the root": ("docusaurus build", "build", {
        "docusaurus.config.js": DOCUSAURUS.replace("BLOG", "routeBasePath: '/',")
        .replace("onBroken", "trailingSlash: true, onBroken"),
        "package.json": "{}", **posts("blog")}),
    "hugo": ("hugo", "public", {
        "hugo.toml": 'baseURL = "https://www.example.org/b/"\ntitle = "Hu"\n',
        "layouts/_default/single.html": "x", "layouts/_default/list.html": "x",
        "content/posts/Sub Dir/a b/index.md": post(1), **posts("content/posts", "{name}.md")}),
    "hugo by title": ("hugo", "public", {
        "hugo.yaml": "baseURL: https://www.example.org/\ntitle: Hu\npermalinks:\n  posts: /:year/:slug/\n",
        "layouts/_default/single.html": "x", "layouts/_default/list.html": "x",
        **posts("content/posts", "{name}.md", extra="tags: [a]\n")}),
    "hugo in several languages": ("hugo", "public", {
        "config/_default/hugo.toml": 'defaultContentLanguage = "fr"\n[uglyURLs]\nposts = true\n'
        '[permalinks]\nposts = "/:year/:sections[1:]/:contentbasename/"\n',
        "config/production/hugo.toml": 'baseURL = "https://www.example.org/b/"\n',
        "config/_default/languages.fr.toml": 'title = "F"\ncontentDir = "content/fr"\n',
        "config/_default/languages.de.toml": 'title = "D"\ncontentDir = "content/de"\n',
        "layouts/_default/single.html": "x", "layouts/_default/list.html": "x",
        "content/fr/posts/a/_index.md": "---\ntitle: A\n---\n",
        **posts("content/fr/posts", "{name}.md"), **posts("content/fr/posts/a", "{name}-a.md"),
        **posts("content/de/posts", "{name}.md")}),
    "hugo, its main language in a folder": ("hugo", "public", {
        "hugo.yaml": "baseURL: https://www.example.org/\ntitle: T\ndefaultContentLanguage: nl\n"
        "defaultContentLanguageInSubdir: true\npermalinks: {posts: '/:sections/:contentbasename'}\n",
        "layouts/_default/single.html": "x", "layouts/_default/list.html": "x",
        "content/posts/b/1.md": post(1), **posts("content/posts", "{name}.md")}),
    "jekyll in several languages": ("jekyll build", "_site", {
        "_config.yml": "title: J\nurl: https://www.example.org\nlang: ja\n",
        **posts("en/news/_posts"), **posts("ja/news/_posts"), "ja/news/_posts/2024-09-09-c.md":
        post(1, extra="categories: [c]\n")}),
    "jekyll": ("jekyll build", "_site", {
        "_config.yml": "title: J\nurl: https://www.example.org\n", **posts("_posts"),
        "_posts/2024-09-09-c.md": post(1, extra="categories: [A B, c]\nslug: My.Slug\n")}),
    "jekyll bare": ("jekyll build", "_site", {
        "_config.yml": "title: J\nurl: https://www.example.org\npermalink: /:short_year/:i_month/:title\n",
        **posts("_posts")}),
    "pelican": ("pelican", "output", {
        "pelicanconf.py": "SITENAME='P'\nAUTHOR='A'\nPATH='content'\nSITEURL='https://www.example.org'\n"
        "TIMEZONE='Europe/Paris'\nDEFAULT_LANG='en'\n",
        **{path: text.replace("---\n", "") for path, text in posts("content", "{name}.md").items()}}),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.tools
@pytest.mark.parametrize("name", BUILT)
def test_links_lead_to_the_pages_that_the_tool_wrote(tmp_path, name):
    """After `init` alone, every link of the feed is a file of the tool's own output."""
    command, output, files = BUILT[name]
    program = shutil.which(command.split()[0], path=tools_path())
    if program is None:
        pytest.skip(f"this machine lacks {command.split()[0]}")
    written(tmp_path, files)
    modules = Path(program).parent.parent
    if modules.name == "node_modules":  # where Node looks for what the settings import
        (tmp_path / "node_modules").symlink_to(modules)
    run = [program, *command.split()[1:]]
    env = {**os.environ, "LC_ALL": "C.UTF-8", "DOCUSAURUS_NO_PERSISTENT_CACHE": "true"}
    subprocess.run(run, cwd=tmp_path, env=env, check=True, capture_output=True, timeout=300)
    newsfeed("init", cwd=tmp_path)
    newsfeed("build", "--now", "2026-01-01", cwd=tmp_path)
    (place,) = (tmp_path / "_newsfeed").rglob("feed.json")
    feed = json.loads(place.read_text("utf-8"))
    taken = tomllib.loads((tmp_path / "newsfeed.toml").read_text("utf-8"))["items"]["path"]
    articles = [path for path in files if path.startswith(f"{taken}/") and "/_index." not in path]
    assert len(feed["items"]) == len(articles)
    base = urlsplit(feed["home_page_url"]).path
    for item in feed["items"]:
        path = unquote(urlsplit(item["url"]).path).removeprefix(base)
        places = [path, f"{path}.html", f"{path}index.html", f"{path}/index.html"]
        assert any((tmp_path / output / each).is_file() for each in places), path


def tools_path() -> str:
    """Return where programs are looked for: `NEWSFEED_TOOLS` names folders beside the usual ones."""
    own = str(Path(sys.executable).parent)
    named = os.environ.get("NEWSFEED_TOOLS")
    return os.pathsep.join(filter(None, [named, own, os.environ["PATH"]]))
