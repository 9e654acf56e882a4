"""Payloads in every field of an article and an issue, looked at in a real browser that rings alarms.

    python tests/attack.py [--every N]

A site holds one article for each payload and field, and a letter for each payload. Chromium opens its
pages, its letters, and what its feeds carry. An alarm is a script that runs, a dialog, a request to
another host, a page that is left, an element that could do any of these, and an address that runs code.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import feedparser

from chromium import started
from command import newsfeed

CALL = "alarm(1)"
PAYLOADS = (
    f"<script>{CALL}</script>", f"<ScRiPt >{CALL}</sCrIpT\t>", f"</title><script>{CALL}</script>",
    f"</textarea><script>{CALL}</script>", f"</style><script>{CALL}</script>",
    f"--><script>{CALL}</script><!--", f"]]><script>{CALL}</script>", f"<<script>{CALL}//<</script>",
    f"<img src=x onerror={CALL}>", f'"><img src=x onerror={CALL}>', f"'><img src=x onerror={CALL}>",
    f'x" onerror="{CALL}', f"x' onmouseover='{CALL}", f"x onfocus={CALL} autofocus tabindex=0",
    f"<svg onload={CALL}>", f"<svg><script>{CALL}</script></svg>", f"<svg/onload={CALL}//",
    f'<svg><a xlink:href="javascript:{CALL}"><text y="9">x</text></a></svg>',
    f"<svg><animate onbegin={CALL} attributeName=x dur=1s>", f"<svg><style><img src=x onerror={CALL}></style></svg>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={CALL}>",
    f'<math><a xlink:href="javascript:{CALL}">x</a></math>',
    f"<math><annotation-xml encoding='text/html'><img src=x onerror={CALL}></annotation-xml></math>",
    f"<math><semantics><mi>x</mi><annotation encoding='text/html'><img src=x onerror={CALL}></annotation></semantics></math>",
    f"<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={CALL}>",
    f"<noscript><p title='</noscript><img src=x onerror={CALL}>'>", f"<details open ontoggle={CALL}>x</details>",
    f"<video><source onerror={CALL}></video>", f"<audio src=x onerror={CALL}>", f"<track onload={CALL} src=x>",
    f"<body onload={CALL}>", f"<input autofocus onfocus={CALL}>", f"<select autofocus onfocus={CALL}>",
    f"<marquee onstart={CALL}>x</marquee>", f"<p style='animation: x' onanimationstart={CALL}>x</p>",
    f"<a href=\"javascript:{CALL}\">x</a>", f"<a href=\"JaVaScRiPt:{CALL}\">x</a>", f"<a href=\" java&#10;script:{CALL}\">x</a>",
    f"<a href=\"&#106;avascript:{CALL}\">x</a>", f"<a href=\"data:text/html,<script>{CALL}</script>\">x</a>",
    f"<a href=\"vbscript:{CALL}\">x</a>", f"[x](javascript:{CALL})", f"[x](java\tscript:{CALL})", f"![x](javascript:{CALL})",
    f"[x]( &#x6A;avascript:{CALL})", f"[x]: javascript:{CALL}\n\n[x]", f"<javascript:{CALL}>", f"javascript:{CALL}",
    f"data:text/html,<script>{CALL}</script>", f"javascript://example.org/%0a{CALL}", "//evil.example/x.js",
    f"https://evil.example/\"><script>{CALL}</script>", "https://evil.example\\@www.example.org/",
    f"<iframe src=\"javascript:{CALL}\"></iframe>", f"<iframe srcdoc=\"<script>{CALL}</script>\"></iframe>",
    "<iframe src=https://evil.example/></iframe>", f"<object data=\"javascript:{CALL}\"></object>",
    f"<embed src=\"javascript:{CALL}\">", "<base href=https://evil.example/>", "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>", f"<meta http-equiv=refresh content='0;url=javascript:{CALL}'>",
    "<style>@import 'https://evil.example/x.css';</style>", "<p style=\"background:url(https://evil.example/x.png)\">x</p>",
    f"<form action=\"javascript:{CALL}\"><button>x</button></form>", f"<button formaction=\"javascript:{CALL}\">x</button>",
    "<a href=x ping=https://evil.example/>x</a>", f"<template><script>{CALL}</script></template>",
    f"{{{{ 7*7 }}}}<script>{CALL}</script>", "{{ config.__class__.__init__.__globals__ }}", "{% include '/etc/passwd' %}",
    f"\u202e<script>{CALL}</script>", f"<scr\0ipt>{CALL}</scr\0ipt>", f"<img\x0csrc=x\x0conerror={CALL}>",
    f"<x onclick={CALL} tabindex=1 autofocus onfocus={CALL}>x</x>", f"<plaintext><img src=x onerror={CALL}>",
    f"<xmp><img src=x onerror={CALL}></xmp>", f"<listing><img src=x onerror={CALL}></listing>",
    f"<!--[if mso]><script>{CALL}</script><![endif]-->", f"<![CDATA[<script>{CALL}</script>]]>", f"<?xml-stylesheet href='javascript:{CALL}'?>",
    f"$x<img src=x onerror={CALL}>$", f"`<img src=x onerror={CALL}>`{{=html}}", f"{{{{< raw >}}}}<img src=x onerror={CALL}>{{{{< /raw >}}}}",
    f"{{% raw %}}<img src=x onerror={CALL}>{{% endraw %}}", f":::{{.x onclick={CALL}}}\nx\n:::", f"# x {{onclick={CALL} #\"><img src=x onerror={CALL}>}}",
    f"[youtube https://evil.example/\"onload=\"{CALL}]", f"[caption caption='<img src=x onerror={CALL}>']x[/caption]",
    f"[[x|<img src=x onerror={CALL}>]]", f"```<img src=x onerror={CALL}>\nx\n```", f"[^1]\n\n[^1]: <img src=x onerror={CALL}>",
    f"| a | <img src=x onerror={CALL}> |\n|---|---|\n| b | c |", f"> x\n> — <img src=x onerror={CALL}>",
)  # fmt: skip
FIELDS = (
    "title", "summary", "category", "tags", "author", "author.url", "source", "source.url",
    "links.text", "links.url", "image", "image.alt", "image.credit", "enclosure.title", "event.place",
    "canonical", "slug", "lang", "body", "html", "body.attribute",
)  # fmt: skip
LOOK = """() => {
  const bad = [];
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    if (["iframe", "object", "embed", "base", "frame", "applet", "foreignobject", "form"].includes(name)
        && element.getAttribute("role") !== "search") bad.push(name);
    if (name === "script" && !["search.js"].some((each) => (element.src || "").endsWith(each))
        && element.type !== "application/ld+json") bad.push("script");
    for (const attribute of element.attributes) {
      const value = attribute.value.replace(/[\\s\\u0000-\\u0020]/g, "").toLowerCase();
      if (/^on/.test(attribute.name)) bad.push(`${name} ${attribute.name}`);
      if (/^(javascript|vbscript|data:text|data:image.svg)/.test(value)
          && !["alt", "title", "content", "aria-label", "data-title"].includes(attribute.name))
        bad.push(`${name} ${attribute.name}=${value.slice(0, 20)}`);
      if (["src", "srcset", "background", "poster", "ping", "formaction", "action"].includes(attribute.name)
          && /evil\\.example/.test(value)) bad.push(`${name} ${attribute.name} elsewhere`);
    }
  }
  return bad;
}"""
SETTINGS = """[site]
title = "T"
url = "https://www.example.org/"
[pages]
lists = ["category", "tag", "author"]
[feeds]
limit = 5000
per = []
[newsletter]
from = "T <t@example.org>"
address = "1 rue X, 30000 Nîmes"
unsubscribe = "https://www.example.org/u"
"""


def article(field: str, payload: str, number: int) -> tuple[str, str]:
    """Return the name and the text of an article that holds ``payload`` in ``field``."""
    front: dict[str, Any] = {"title": f"T{number}", "date": "2026-01-02", "guid": f"urn:x:{number}"}
    body = "Un texte."
    if field in ("title", "summary", "category", "author", "source", "canonical", "slug", "lang"):
        front[{"canonical": "canonical_url"}.get(field, field)] = payload
    elif field == "tags":
        front["tags"] = [payload, "b"]
    elif field == "author.url":
        front["authors"] = [{"name": "A", "url": payload}]
    elif field == "source.url":
        front["source"] = {"name": "S", "url": payload}
    elif field.startswith("links"):
        front["links"] = [{"text": "L", "url": "https://www.example.org/l", field[6:]: payload}]
    elif field.startswith("image"):
        front["image"] = {"src": "https://www.example.org/p.png", field[6:] or "src": payload}
    elif field == "enclosure.title":
        front["enclosures"] = [{"url": "https://www.example.org/a.pdf", "title": payload}]
    elif field == "event.place":
        front["event"] = {"start": "2026-03-04 10:00", "place": payload}
    elif field == "body.attribute":
        body = f'<p title="{payload}">a</p> ![{payload}](p.png "{payload}") [a](b "{payload}")'
    else:
        body = payload
    name = f"a{number:04}.{'html' if field == 'html' else 'md'}"
    return name, f"---\n{json.dumps(front)}\n---\n\n{body}\n"


def write(folder: Path, every: int) -> int:
    """Write a site with each ``every``-th pair of payload and field; return how many there are."""
    (folder / "newsfeed.toml").write_text(SETTINGS, "utf-8")
    for name in ("items", "issues"):
        (folder / name).mkdir()
    pairs = [
        (payload, field)
        for payload in PAYLOADS
        for field in FIELDS
        # A picture may lie anywhere.
        if not (field == "image" and payload.startswith(("//", "https://")))
    ]
    chosen = pairs[::every]
    for number, (payload, field) in enumerate(chosen):
        name, text = article(field, payload, number)
        (folder / "items" / name).write_text(text, "utf-8")
    for number, payload in enumerate(dict.fromkeys(payload for payload, _ in chosen)):
        listed = "".join(
            f"- [{n}](../items/{article(field, each, n)[0]})\n  {payload}\n"
            for n, (each, field) in enumerate(chosen)
            if each == payload
        )
        front = json.dumps(
            {"subject": payload, "preheader": payload, "date": f"2026-02-{number % 28 + 1:02}"}
        )
        (folder / "issues" / f"i{number:03}.md").write_text(
            f"---\n{front}\n---\n\n{payload}\n\n## {payload}\n\n{listed}", "utf-8"
        )
    return len(chosen)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def documents(public: Path) -> Iterator[tuple[str, str | None]]:
    """Yield the path of each page and letter, and what each entry of the feeds carries as its text."""
    for path in sorted(public.rglob("*.html")):
        yield path.relative_to(public).as_posix(), None
    for feed in sorted([*public.rglob("*.atom"), *public.rglob("*.rss"), *public.rglob("*.xml")]):
        name = feed.relative_to(public).as_posix()
        yield name, None
        for entry in feedparser.parse(feed.read_bytes(), sanitize_html=False).entries:
            told = [
                *entry.get("content", ()),
                entry.get("summary_detail"),
                # RSS has titles as text (RSS Best Practices Profile, "title"); feedparser guesses.
                None if name.endswith("rss.xml") else entry.get("title_detail"),
            ]
            # A reader shows as HTML what the feed does not call plain text (RFC 4287 §3.1.1).
            texts = [each["value"] for each in told if each and each["type"] != "text/plain"]
            yield f"{name} {entry.get('id')}", "<hr>".join(texts)
    for feed in sorted(public.rglob("feed*.json")):
        for entry in json.loads(feed.read_bytes()).get("items", ()):
            yield f"{feed.name} {entry['id']}", entry.get("content_html", "")


class Browser:
    """A page of Chromium with its alarms. ``home`` is where the site is served."""

    def __init__(self, chromium: Any, home: str) -> None:
        self.home = home
        from playwright.sync_api import Error

        self.alarms: list[str] = []
        self._errors = Error
        self._where = ""
        self._page = chromium.new_context().new_page()
        self._page.add_init_script("window.alarm = () => console.log('ALARM')")
        self._page.on("console", lambda said: said.text == "ALARM" and self._ring("script"))
        self._page.on("dialog", lambda dialog: (self._ring("dialog"), dialog.dismiss()))
        self._page.route("**/*", self._watch)

    def _ring(self, what: str) -> None:
        self.alarms.append(f"{self._where}: {what}")

    def _watch(self, route: Any) -> None:
        url = route.request.url
        if url.startswith(self.home):
            route.continue_()
            return
        if not url.startswith(("https://www.example.org/", "data:image/")):
            self._ring(f"request {url[:80]}")
        route.abort()

    def open(self, path: str) -> None:
        """Open a page, a letter or a feed of the site."""
        self._where = path
        self._page.goto(self.home + path, wait_until="load")
        if path.endswith(".html"):
            self._look()
            if self._page.url != self.home + path and not self._page.query_selector(
                "meta[http-equiv=refresh]"
            ):
                self._ring(f"left for {self._page.url[:80]}")

    def show(self, name: str, html: str) -> None:
        """Show what a feed carries, as a reader without a sanitiser of its own would."""
        self._where = name
        with suppress(self._errors):  # what was shown before goes elsewhere at the same time
            self._page.goto(self.home + "robots.txt")
        try:
            self._page.set_content(f"<!doctype html><meta charset=utf-8>{html}", wait_until="load")
        except self._errors:  # it goes elsewhere at once
            self._ring("left")
        self._look()

    def _look(self) -> None:
        try:
            for each in self._page.evaluate(LOOK):
                self._ring(each)
        except self._errors:  # a page that is left while it is looked at
            self._ring("left")


def attack(chromium: Any, folder: Path, every: int) -> tuple[Counter[str], list[str]]:
    """Build the site in ``folder`` and open all of it; return what was opened, and the alarms."""
    counts: Counter[str] = Counter(articles=write(folder, every))
    done = newsfeed("build", "--now", "2026-06-01", cwd=folder)
    if done.returncode not in (0, 1):
        return counts, [f"build: {done.stderr[-400:]}"]
    handler = functools.partial(_Quiet, directory=str(folder / "public"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        home = f"http://127.0.0.1:{server.server_port}/"
        bare = Browser(chromium, home)
        for payload in PAYLOADS[:: max(1, every // 20)]:
            before = len(bare.alarms)
            bare.show("bare", payload)
            counts["payloads that ring where nothing holds them"] += len(bare.alarms) > before
        browser = Browser(chromium, home)
        for name, text in documents(folder / "public"):
            if text is not None:
                counts["entries of feeds"] += 1
                browser.show(name, text)
            else:
                counts["pages and letters" if name.endswith(".html") else "feeds"] += 1
                browser.open(name)
    finally:
        server.shutdown()
        server.server_close()
    return counts, browser.alarms


def main() -> None:
    """Attack with all pairs, or with each N-th; exit 1 where an alarm rang."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1, metavar="N")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, started() as chromium:
        counts, alarms = attack(chromium, Path(folder), chosen.every)
    for alarm in alarms:
        print(alarm)
    print(
        ", ".join(f"{count} {name}" for name, count in counts.items()),
        f"{len(alarms)} alarms",
        sep="; ",
    )
    sys.exit(bool(alarms))


if __name__ == "__main__":
    main()
