"""What becomes of a feed between two looks at it: random lives of sites, in three programs' words.

The articles are the benchmark's, and so are the edits of them; a site of files is built twice, by
newsfeed or by Hugo, and WordPress's feed is written as it writes it.
"""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import UTC
from email.utils import format_datetime
from html import escape
from pathlib import Path

from command import ROOT, newsfeed

sys.path.append(str(ROOT / "bench"))
import corpus
import edits

SETTINGS = """[site]
title = "Le réseau"
url = "https://www.example.org/"
language = "fr"
timezone = "Europe/Paris"

[pages]
lists = []
"""
HUGO = """baseURL = "https://www.example.org/"
title = "Le réseau"
disableKinds = ["taxonomy", "term", "sitemap", "404"]
"""
LAYOUT = {"layouts/_default/single.html": "x", "layouts/_default/list.html": "x"}
FATES = ("same", "same", "gone", "moved", "slug", *edits.KINDS)


def of_newsfeed(seed: int, place: Path) -> tuple[bytes, bytes]:
    """Return the RSS or the Atom feed of two builds of a site, which keeps its lock or loses it."""
    draw = random.Random(seed)
    name = draw.choice(["rss.xml", "atom.xml"])
    place.mkdir(parents=True)
    (place / "newsfeed.toml").write_text(SETTINGS, "utf-8")

    def build() -> bytes:
        done = newsfeed("build", "--now", "2030-01-01", cwd=place)
        assert done.returncode == 0, done.stderr
        return (place / "public" / name).read_bytes()

    _write(draw, place / "items")
    first = build()
    _change(draw, place / "items")
    if draw.random() < 0.3:
        (place / "newsfeed.lock").unlink()
    return first, build()


def of_hugo(seed: int, place: Path, hugo: str) -> tuple[bytes, bytes]:
    """Return the RSS of two builds of a Hugo site, by its own template."""
    draw = random.Random(seed)
    for path, text in {"hugo.toml": HUGO, **LAYOUT}.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_text(text, "utf-8")

    def build() -> bytes:
        command = [hugo, "--quiet", "--cleanDestinationDir"]
        subprocess.run(command, cwd=place, check=True, capture_output=True, timeout=120)
        return (place / "public" / "index.xml").read_bytes()

    _write(draw, place / "content" / "posts")
    first = build()
    _change(draw, place / "content" / "posts")
    if draw.random() < 0.2:
        moved = HUGO.replace(
            "www.example.org/", draw.choice(["example.org/", "www.example.org/b/"])
        )
        (place / "hugo.toml").write_text(moved, "utf-8")
    return first, build()


def of_wordpress(seed: int, _: Path) -> tuple[bytes, bytes]:
    """Return two versions of a feed as WordPress writes it: its ids are numbers, its titles HTML."""
    draw = random.Random(seed)
    posts = [
        {"number": 100 + number, "host": "https://www.example.org", "slug": f"article-{number}",
         "title": draw.choice(["L’été & l’hiver", "Don't “panic”", "Un titre", "A <em>b</em>", "50 % – 3"])
         + f" {number}", "text": f"<p>Le texte {number}.</p>", "hour": number}
        for number in range(draw.randint(1, 8))
    ]  # fmt: skip
    first = _wordpress(posts)
    after = []
    for post in posts:
        fate = draw.choice(
            ["same", "same", "gone", "title", "slug", "text", "hour", "number", "host"]
        )
        if fate == "gone":
            continue
        new: dict[str, object] = {
            "title": f"Un autre {post['title']}", "slug": f"{post['slug']}-2", "text": "<p>Autre.</p>",
            "hour": int(str(post["hour"])) + 12, "number": int(str(post["number"])) + 500,
            "host": draw.choice(["http://www.example.org", "https://example.org"]),
        }  # fmt: skip
        after.append(post | ({fate: new[fate]} if fate in new else {}))
    after += [posts[0] | {"number": 99, "slug": "nouveau", "title": "Nouveau"}] * draw.randint(0, 1)
    return first, _wordpress(after)


def _write(draw: random.Random, folder: Path) -> None:
    for number in draw.sample(range(2000), draw.randint(2, 8)):
        _put(folder, corpus.article(number).path, corpus.article(number).text)


def _change(draw: random.Random, folder: Path) -> None:
    """Let each article of a folder meet its fate, and one more come."""
    for place in sorted(folder.rglob("*.md")):
        text = place.read_text("utf-8")
        fate = draw.choice(FATES)
        if fate == "gone" and len(list(folder.rglob("*.md"))) > 1:
            place.unlink()
        elif fate == "moved":
            place.rename(place.with_name(f"autre-{place.name}"))
        elif fate == "slug":
            place.write_text(text.replace("slug: actualite", "slug: nouvelle"), "utf-8")
        elif fate in edits.KINDS:
            place.write_text(edits.edited(text, draw.randint(1, 9), fate), "utf-8")
    if draw.random() < 0.5:
        _put(folder, corpus.article(3000).path, corpus.article(3000).text)


def _put(folder: Path, path: str, text: str) -> None:
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")


def _wordpress(posts: list[dict[str, object]]) -> bytes:
    items = []
    for post in posts:
        when = corpus.FIRST.replace(hour=int(str(post["hour"])) % 24, tzinfo=UTC)
        # as `the_title_rss` does: numbers for what is no ASCII, and for "&"
        title = escape(str(post["title"]), quote=False).replace("&amp;", "&#038;")
        title = title.encode("ascii", "xmlcharrefreplace").decode()
        items.append(
            f"<item>\n\t\t<title>{title}</title>\n\t\t<link>{post['host']}/{post['slug']}/</link>\n"
            "\t\t<dc:creator><![CDATA[admin]]></dc:creator>\n"
            f"\t\t<pubDate>{format_datetime(when)}</pubDate>\n"
            f'\t\t<guid isPermaLink="false">{post["host"]}/?p={post["number"]}</guid>\n'
            f"\t\t<description><![CDATA[{post['text']}]]></description>\n"
            f"\t\t<content:encoded><![CDATA[\n{post['text']}\n]]></content:encoded>\n\t</item>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"\n'
        '\txmlns:content="http://purl.org/rss/1.0/modules/content/"\n'
        '\txmlns:dc="http://purl.org/dc/elements/1.1/">\n\n<channel>\n\t<title>Le réseau</title>\n'
        "\t<link>https://www.example.org</link>\n" + "\n".join(items) + "\n</channel>\n</rss>\n"
    ).encode()
