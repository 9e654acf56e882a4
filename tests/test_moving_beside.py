"""docs/beside/: the commands of each page are run on a small site of that tool, where it is to be had."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from command import ROOT, tree_of
from test_feeds_reader_models import sfeed_update
from test_moving_init import TITLES, post, posts, tools_path, written

PAGES = sorted((ROOT / "docs" / "beside").glob("*.md"))
LAYOUTS = {"layouts/_default/single.html": "x", "layouts/_default/list.html": "x"}
JEKYLL_FEED = """---
---
<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x</id><title>J</title>
<updated>2024-01-01T00:00:00Z</updated>{% for post in site.posts %}<entry>
<title>{{ post.title | xml_escape }}</title><link href="{{ post.url | absolute_url }}"/>
<updated>{{ post.date | date_to_xmlschema }}</updated><id>{{ post.id | absolute_url }}</id>
</entry>{% endfor %}</feed>
"""
ASTRO_COLLECTION = """import { defineCollection, z } from 'astro:content';
import { glob } from 'astro/loaders';
const blog = defineCollection({
  loader: glob({ base: './src/content/blog', pattern: '**/*.md' }),
  schema: z.object({ title: z.string(), pubDate: z.coerce.date() }),
});
export const collections = { blog };
"""
ASTRO_PAGE = """---
import { getCollection, render } from 'astro:content';
export async function getStaticPaths() {
  const posts = await getCollection('blog');
  return posts.map((post) => ({ params: { slug: post.id }, props: post }));
}
const { Content } = await render(Astro.props);
---
<html lang="en"><body><Content /></body></html>
"""
ASTRO_FEED = """import { getCollection } from 'astro:content';
export async function GET({ site }) {
  const posts = await getCollection('blog');
  const items = posts.map((post) => {
    const link = new URL(`/blog/${post.id}/`, site);
    const title = post.data.title.replaceAll('&', '&amp;');
    const date = post.data.pubDate.toUTCString();
    return `<item><title>${title}</title><link>${link}</link><guid>${link}</guid><pubDate>${date}</pubDate></item>`;
  });
  return new Response(`<rss version="2.0"><channel><title>A</title>${items.join('')}</channel></rss>`);
}
"""
# Titles of which no two tools make the same slug, or write the same in a feed.
HARD = [
    "日本語の記事",
    "AT&amp;T, Tom & Jerry",
    "Привет, мир",
    "*Stars*, `code` and -- more",
    'a "quoted" one',
]
# What each page's commands need beside newsfeed, and the site on which they are run.
SITES: dict[str, tuple[str, dict[str, str]]] = {
    "jekyll": ("jekyll", {
        "_config.yml": "title: J\nurl: https://www.example.org\nfeed: {path: feed.xml}\n",
        "feed.xml": JEKYLL_FEED, **posts("_posts")}),
    "hugo": ("hugo", {
        "hugo.toml": 'baseURL = "https://www.example.org/"\ntitle = "Hu"\n', **LAYOUTS,
        **posts("content/posts", "{name}.md")}),
    "zola": ("zola", {
        "config.toml": 'base_url = "https://www.example.org"\ntitle = "Z"\ngenerate_feeds = true\n',
        "content/blog/_index.md": "+++\nsort_by = 'date'\n+++\n",
        **{f"templates/{name}.html": "x" for name in ("index", "page", "section")},
        **posts("content/blog", "{name}.md")}),
    "pelican": ("pelican", {
        "pelicanconf.py": "SITENAME='P'\nAUTHOR='A'\nPATH='content'\nSITEURL='https://www.example.org'\n"
        "FEED_DOMAIN=SITEURL\nFEED_ALL_ATOM='feeds/all.atom.xml'\nTIMEZONE='Europe/Paris'\n"
        "DEFAULT_LANG='en'\n",
        **{path: text.replace("---\n", "").replace('"', "")
           for path, text in posts("content", "{name}.md").items()}}),
    "mkdocs": ("mkdocs", {
        "mkdocs.yml": "site_name: M\nsite_url: https://www.example.org/\ntheme: {name: material}\n"
        "plugins:\n  - blog\n  - rss:\n      match_path: blog/posts/.*\n      use_git: false\n"
        "      date_from_meta: {as_creation: date}\n",
        "docs/index.md": "# Home\n", "docs/blog/index.md": "# Blog\n",
        "docs/blog/posts/own.md": post(0, extra="slug: own\n"), **posts("docs/blog/posts", "{name}.md")}),
    "eleventy": ("eleventy", {
        "package.json": '{"type": "module"}',
        "eleventy.config.js": "import { feedPlugin } from '@11ty/eleventy-plugin-rss';\n"
        "export default function (config) { config.addPlugin(feedPlugin, { type: 'atom', outputPath:"
        " '/feed.xml', collection: { name: 'posts', limit: 0 }, metadata: { language: 'en', title: 'E',"
        " subtitle: 'S', base: 'https://www.example.org/', author: { name: 'A' } } }); }\n",
        "posts/posts.json": '{"tags": "posts"}',
        **{path: text for path, text in posts("posts").items() if "'" not in path}}),
    "astro": ("astro", {
        "package.json": '{"name": "x", "type": "module"}',
        "astro.config.mjs": "import { defineConfig } from 'astro/config';\n"
        "export default defineConfig({ site: 'https://www.example.org' });\n",
        "src/content.config.ts": ASTRO_COLLECTION, "src/pages/blog/[...slug].astro": ASTRO_PAGE,
        "src/pages/rss.xml.js": ASTRO_FEED, **posts("src/content/blog", "{name}.md", key="pubDate")}),
}  # fmt: skip


def hard(files: dict[str, str]) -> dict[str, str]:
    """Return an article of each of `HARD`, as the articles among ``files`` are named and written."""
    like = next(path for path in files if "release-3.0" in path)
    title = json.dumps(TITLES[1], ensure_ascii=False)
    made = {}
    for number, each in enumerate(HARD):
        said = each if title not in files[like] else json.dumps(each, ensure_ascii=False)
        old = title if title in files[like] else TITLES[1]
        text = files[like].replace(old, said).replace("Text.", f"The text number {number}.")
        made[like.replace("release-3.0", f"hard-{number}")] = text
    return made


def blocks(page: Path) -> list[str]:
    return re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), re.S)


def test_every_page_has_a_site():
    assert {page.stem for page in PAGES} == SITES.keys()
    assert all(len(blocks(page)) == 2 for page in PAGES)


@pytest.mark.slow
@pytest.mark.tools
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_commands_of_a_page_do_what_it_says(tmp_path, page):
    """Each command ends with 0, the copies take the places of the tool's feed, its pages stay.

    Who read the tool's feed in sfeed sees nothing as new in ours, whatever the titles.
    """
    program, files = SITES[page.stem]
    files = files | hard(files)
    if shutil.which(program, path=tools_path()) is None:
        pytest.skip(f"this machine lacks {program}")
    site = tmp_path / "site"
    written(site, files)
    modules = Path(shutil.which(program, path=tools_path()) or "").parent.parent
    if modules.name == "node_modules":  # where Node looks for what the settings import
        (site / "node_modules").symlink_to(modules)
    commands = tmp_path / "bin"
    commands.mkdir()
    for name, line in (
        ("newsfeed", f'exec "{sys.executable}" -m newsfeed "$@"'),
        ("npx", f'shift\nexec {program} "$@"'),
    ):
        (commands / name).write_text(f"#!/bin/sh\n{line}\n", "utf-8")
        (commands / name).chmod(0o755)
    env = {**os.environ, "PATH": f"{commands}:{tools_path()}", "LC_ALL": "C.UTF-8"}
    once, each_time = blocks(page)
    out = re.findall(r"cp -R _newsfeed/\. (\w+)/", each_time)[0]
    pages: dict[str, bytes] = {}
    before, after = re.findall(r"newsfeed diff (\S+) (\S+)", once)[0]
    for script in (once, each_time, each_time):
        done = subprocess.run(
            ["sh", "-ec", script], cwd=site, env=env, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
        made = {
            path: data for path, data in tree_of(site / out).items()
            if path.endswith(".html") and not path.startswith(("newsletter/", "404"))
        }  # fmt: skip
        if not pages and shutil.which("sfeed_update"):
            lines = sfeed_update(tmp_path, (site / before).read_bytes())
            # the date, the text and the author may differ
            known = {(line[5], line[1], line[2]) for line in lines}
            lines = sfeed_update(tmp_path, (site / after).read_bytes())
            assert {(line[5], line[1], line[2]) for line in lines} == known
        pages = pages or made
        assert made.keys() == pages.keys()
    for path, data in tree_of(site / "_newsfeed").items():
        assert (site / out / path).read_bytes() == data
