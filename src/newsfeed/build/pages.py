"""Plan -> the pages of the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property, partial
from urllib.parse import quote

from msgspec.structs import replace

from newsfeed import pages
from newsfeed.build.article_pages import ArticlePages
from newsfeed.build.list_pages import ListPages
from newsfeed.build.page_parts import PageParts
from newsfeed.diagnostics import ContentError
from newsfeed.model import Output


def outputs(parts: PageParts) -> Iterator[Output]:
    """Yield every page but redirects, the site's style, search and map.

    Many are made by several processes.
    """
    lists = ListPages(parts)
    rest = _Rest(parts)

    def meanwhile() -> None:
        """Make what shows no article, while other processes make the pages of articles."""
        with suppress(ContentError):  # it is said when it is their turn
            _ = lists.subscribing, rest.plain

    mapped: list[tuple[str, str]] = []
    for output, url, modified in ArticlePages(parts).outputs(meanwhile):
        mapped.append((url, modified))
        yield output
    for output in lists.outputs():
        mapped.append((_address(parts, output.path), ""))
        yield output if output.stands else replace(output, leads=True)
    for some in (rest.map(mapped), rest.others(), rest.expired()):
        yield from some


def redirects(parts: PageParts) -> Iterator[Output]:
    """Yield a page at each former address of an item."""
    for path, url in parts.site.settled.redirects:
        made = parts.made(path, url, partial(pages.render_redirect, path, url, parts.frame))
        yield made if made.stands else replace(made, leads=True)


def _address(parts: PageParts, path: str) -> str:
    """Return where the page at ``path`` is served."""
    return parts.site.config.site.url + quote(path.removesuffix("index.html"))


class _Rest:
    """What shows no article, or all of them, or one that is no more."""

    def __init__(self, parts: PageParts) -> None:
        self.parts = parts

    @cached_property
    def plain(self) -> tuple[Output, ...]:
        """The page for what is not found, and the style of all pages."""
        frame, made = self.parts.frame, self.parts.made
        return (
            made("404.html", "", lambda: pages.render_not_found(frame)),
            made(pages.STYLE, "", lambda: pages.render_style(frame)),
        )

    def others(self) -> Iterator[Output]:
        """Yield what is not listed in the site's map."""
        parts = self.parts
        yield from self.plain
        url = parts.site.config.site.url
        yield parts.made("robots.txt", url, lambda: pages.robots(url))
        if parts.site.config.pages.search:
            yield parts.made(pages.SCRIPT, "", lambda: pages.render_script(parts.frame))
            items = parts.site.plan.items
            output = parts.ground.output(
                "search.json",
                lambda: parts.cards_made_of(items),
                lambda: replace(pages.search_index(map(parts.card, items), url), leads=True),
            )
            if output.stands:
                parts.recall(items)
            yield output

    def expired(self) -> Iterator[Output]:
        """Yield a page where an article was until it expired: letters and readers still lead there."""
        expired = self.parts.site.plan.expired
        for number, head in enumerate(expired.heads):
            if head.page and head.expires is not None and head.published < head.expires:
                item = expired[number]
                title = self.parts.entries.title(item)
                yield self.parts.made(
                    item.page,
                    repr((title, item.language, item.expires)),
                    partial(pages.render_expired, item, title, self.parts.frame),
                )

    def map(self, mapped: Sequence[tuple[str, str]]) -> Iterator[Output]:
        """Yield the site's map, in several files where it is long."""
        text = "".join([f"{url} {when}\n" for url, when in mapped])
        ground = self.parts.ground
        key = ground.key("sitemap.xml", (text,))
        if len(mapped) <= pages.MAP_LIMIT and ground.stands("sitemap.xml", key):
            yield Output(path="sitemap.xml", key=key)
            return
        for output in pages.sitemap(mapped, self.parts.site.config.site.url):
            yield replace(output, key=key, leads=True)
