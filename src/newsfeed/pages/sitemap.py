"""``sitemap.xml``, every page of the site for search engines, and ``robots.txt``, which names it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from newsfeed.model import Output

_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MAP_LIMIT = 50_000


def sitemap(pages: Iterable[tuple[str, str]], site_url: str) -> tuple[Output, ...]:
    """Return sitemap.xml: each page's absolute address, and when it last changed, empty for unknown.

    More than 50,000 addresses make several maps and an index of them (sitemaps.org, protocol 0.9).
    """
    rows = sorted(pages, key=lambda page: page[0])
    parts = [rows[at : at + MAP_LIMIT] for at in range(0, len(rows), MAP_LIMIT)] or [[]]
    if len(parts) == 1:
        return (Output(path="sitemap.xml", data=_xml("urlset", "url", parts[0])),)
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    index = _xml("sitemapindex", "sitemap", [(site_url + name, "") for name in names])
    return (
        Output(path="sitemap.xml", data=index),
        *(
            Output(path=name, data=_xml("urlset", "url", part))
            for name, part in zip(names, parts, strict=True)
        ),
    )


def robots(site_url: str) -> Output:
    """Return robots.txt: everything may be read, and there is a map (RFC 9309)."""
    text = f"User-agent: *\nAllow: /\n\nSitemap: {site_url}sitemap.xml\n"
    return Output(path="robots.txt", data=text.encode())


def _xml(root: str, row: str, pages: Iterable[tuple[str, str]]) -> bytes:
    lines = ["<?xml version='1.0' encoding='utf-8'?>", f'<{root} xmlns="{_MAP}">']
    for url, changed in pages:
        when = f"<lastmod>{changed}</lastmod>\n" if changed else ""
        lines.append(f"<{row}>\n<loc>{escape(url, quote=False)}</loc>\n{when}</{row}>")
    return "\n".join((*lines, f"</{root}>\n")).encode()
