"""Pages that stand where an article was, or never was: moved, expired, not found."""

from __future__ import annotations

from urllib.parse import urlsplit

from newsfeed.model import Item, Output
from newsfeed.pages.chrome import Chrome, PageHead


def render_redirect(path: str, url: str, chrome: Chrome, language: str | None = None) -> Output:
    """Return a page at the output path ``path`` that leads to the absolute address ``url``."""
    place = chrome.place(path)
    language = language or chrome.config.site.language
    text = chrome.theme.render(
        "page/redirect.html",
        language=language,
        about=path,
        title=chrome.theme.words(language)["page_moved"],
        site=chrome.config.site,
        url=url,
        address=place.to(url),
        root=place.root,
    )
    return Output(path=path, data=text.encode())


def render_expired(item: Item, title: str, chrome: Chrome) -> Output:
    """Return the page that stands where ``item`` was until it expired: its title, and when."""
    assert item.expires is not None
    language = item.language or chrome.config.site.language
    return chrome.page(
        "page/expired.html",
        chrome.place(item.page),
        PageHead(title=title, language=language, about=item.path),
        when=chrome.theme.day(item.expires, language),
    )


def render_not_found(chrome: Chrome) -> Output:
    """Return 404.html. It is served under any address, so its links start at the host."""
    words = chrome.theme.words(chrome.config.site.language)
    root = urlsplit(chrome.config.site.url).path or "/"
    return chrome.page(
        "page/not_found.html",
        chrome.place("404.html", root),
        PageHead(
            title=words["page_not_found"],
            about="404.html",
            description=words["page_not_found"],
        ),
    )
