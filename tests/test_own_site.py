"""This repository's own site, as it is published: every link leads somewhere, every feed is clean."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import feedparser
import lxml.html
import pytest

from command import ROOT, newsfeed
from conftest import NODE_MODULES
from newsfeed.feeds.lint import lint_feeds

NOW = "2026-11-23T12:00:00+01:00"
HOME = "https://www.reseau-mistral.example/"
ADDRESS = re.compile(r"""(?:href|src|poster|cite)\s*=\s*["']([^"']*)""")
# What mail programs need and HTML has left behind.
MAIL = re.compile(
    r"CSS: “mso-"
    r"|The “(?:width|height|align|valign|bgcolor|border|cellpadding|cellspacing)” attribute on"
)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published folder of a copy of our site."""
    folder = tmp_path_factory.mktemp("own")
    for name in ("items", "static", "issues", "templates"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
    for name in ("newsfeed.toml", "newsfeed.lock"):
        shutil.copy(ROOT / name, folder / name)
    done = newsfeed("build", "--now", NOW, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "public"


@pytest.fixture(scope="module")
def pages(public: Path) -> dict[str, lxml.html.HtmlElement]:
    """Every page by the path that it is served under."""
    return {
        path.relative_to(public).as_posix(): lxml.html.fromstring(path.read_bytes())
        for path in sorted(public.rglob("*.html"))
    }


def place(reference: str, page: str) -> tuple[str, str] | None:
    """Return (path, fragment) that ``reference`` of ``page`` leads to; None beyond the site."""
    url = urljoin(HOME + page, reference)
    if not url.startswith(HOME):
        return None
    parts = urlsplit(url)
    path = unquote(parts.path.lstrip("/"))
    return path + "index.html" if path.endswith("/") or not path else path, unquote(parts.fragment)


def links(page: lxml.html.HtmlElement) -> list[str]:
    """Return every address that a page names, of pictures in several sizes too."""
    found = [link for _, _, link, _ in page.iterlinks()]
    return [link for link in found if not link.startswith("data:")]


def test_every_link_and_anchor_resolves(
    public: Path, pages: dict[str, lxml.html.HtmlElement]
) -> None:
    """What a page names is published, and a part of a page that is named is there."""
    anchors = {path: {*page.xpath("//@id"), *page.xpath("//@name")} for path, page in pages.items()}
    files = {path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file()}
    broken = []
    for path, page in pages.items():
        for link in links(page):
            found = place(link, path)
            if found is None:
                continue
            target, fragment = found
            missing = fragment and target in anchors and fragment not in anchors[target]
            if target not in files or (missing and fragment != "top"):
                broken.append((path, link))
    assert broken == []


def test_every_page_is_reachable(pages: dict[str, lxml.html.HtmlElement]) -> None:
    """From the first page one comes to all the others, but to what a server or a person fetches."""
    seen, waiting = {"index.html"}, ["index.html"]
    while waiting:
        path = waiting.pop()
        for link in pages[path].xpath("//a/@href"):
            found = place(link, path)
            if found and found[0] in pages and found[0] not in seen:
                seen.add(found[0])
                waiting.append(found[0])
    rest = {path for path in pages.keys() - seen if not _elsewhere(path, pages[path])}
    pages_alone = {path for path in rest if not path.endswith("/letter.html")}
    assert pages_alone == {"404.html"}, "the expired article is named by the letter that had it"


def _elsewhere(path: str, page: lxml.html.HtmlElement) -> bool:
    """Say whether a page is a sign to another one, or its copy under a lasting address."""
    canonical = page.xpath("string(//link[@rel='canonical']/@href)")
    return bool(canonical) and place(canonical, path) != (path, "")


def documents(public: Path) -> list[Path]:
    return [
        path
        for path in sorted(public.rglob("*"))
        if path.name in ("atom.xml", "rss.xml", "feed.json", "feeds.opml")
    ]


def test_every_feed_is_clean(public: Path) -> None:
    """Our own linter has nothing to say of any feed, archive pages and groups as well."""
    feeds = [
        (name := path.relative_to(public).as_posix(), path.read_bytes(), HOME + name)
        for path in documents(public)
    ]
    assert len(feeds) > 50
    assert lint_feeds(feeds, now=datetime.fromisoformat(NOW)) == ()


def test_no_address_in_a_feed_is_relative(public: Path) -> None:
    """A reader has nothing to resolve them against."""
    relative = set()
    for path in documents(public):
        text = path.read_text("utf-8")
        values = ADDRESS.findall(text) + ADDRESS.findall(
            text.replace("&lt;", "<").replace("\\", "")
        )
        if path.name != "feed.json":
            for entry in feedparser.parse(path.read_bytes()).entries:
                values += [entry.get("link", HOME), *(e.href for e in entry.get("enclosures", ()))]
        relative |= {v for v in values if not re.match(r"(?:https?|mailto|tel):", v)}
    assert relative == set()


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml", "feed.json"])
def test_the_archive_gives_each_item_once(public: Path, name: str) -> None:
    """Following the archive from the current feed gives every public article, once."""
    ids: Counter[str] = Counter()
    path: str | None = name
    while path:
        data = (public / path).read_bytes()
        if name == "feed.json":
            read = json.loads(data)
            ids.update(item["id"] for item in read["items"])
            after = read.get("next_url")
        else:
            parsed = feedparser.parse(data)
            ids.update(entry.id for entry in parsed.entries)
            after = next((x.href for x in parsed.feed.links if x.rel == "prev-archive"), None)
        path = after.removeprefix(HOME) if after else None
    assert set(ids.values()) == {1}
    languages = [
        feedparser.parse(each.read_bytes()) for each in public.glob("languages/*/atom.xml")
    ]
    languages += [
        feedparser.parse(each.read_bytes())
        for each in public.glob("languages/*/archive/*/atom.xml")
    ]
    assert set(ids) == {entry.id for read in languages for entry in read.entries}
    assert len(ids) > 30


def test_pages_are_light(public: Path) -> None:
    """An article's page is under 30 KB without its pictures; style and script under 25 KB."""
    heavy = {
        path.name: path.stat().st_size
        for path in public.glob("items/**/*.html")
        if path.stat().st_size >= 30_000
    }
    assert heavy == {}
    assert sum((public / name).stat().st_size for name in ("site.css", "search.js")) < 25_000


@pytest.mark.node
def test_the_nu_checker_finds_no_error(public: Path) -> None:
    """Every page is valid HTML; letters may have what mail programs need, nothing else."""
    jar = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    files = sorted(str(path) for path in public.rglob("*.html"))
    done = subprocess.run(
        ["java", "-Xmx400m", "-jar", jar, "--format", "json", "--stdout", *files],
        capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    said = []
    for message in json.loads(done.stdout)["messages"]:
        path = Path(unquote(urlsplit(message["url"]).path)).relative_to(public).as_posix()
        if path.startswith("newsletter/") and MAIL.search(message["message"]):
            continue
        said.append(f"{path}:{message.get('lastLine')}: {message['message']}")
    assert said == []
