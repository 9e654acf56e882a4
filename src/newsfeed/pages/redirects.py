"""Pages that stand where an article was, or never was: moved, expired, not found."""

from __future__ import annotations

from urllib.parse import urlsplit

from newsfeed.model import Item, Output
from newsfeed.pages.page_frame import PageFrame, PageHead


def render_redirect(path: str, url: str, frame: PageFrame, language: str | None = None) -> Output:
    """Return a page at the output path ``path`` that leads to the absolute address ``url``."""
    place = frame.place(path)
    language = language or frame.config.site.language
    text = frame.theme.render(
        "page/redirect.html",
        language=language,
        about=path,
        title=frame.theme.words(language)["page_moved"],
        site=frame.config.site,
        url=url,
        address=place.to(url),
        root=place.root,
    )
    return Output(path=path, data=text.encode())


def render_expired(item: Item, title: str, frame: PageFrame) -> Output:
    """Return the page that stands where ``item`` was until it expired: its title, and when."""
    assert item.expires is not None
    language = item.language or frame.config.site.language
    return frame.page(
        "page/expired.html",
        frame.place(item.page),
        PageHead(title=title, language=language, about=item.path),
        when=frame.theme.day(item.expires, language),
    )


def render_not_found(frame: PageFrame) -> Output:
    """Return 404.html. It is served under any address, so its links start at the host."""
    words = frame.theme.words(frame.config.site.language)
    root = urlsplit(frame.config.site.url).path
    return frame.page(
        "page/not_found.html",
        frame.place("404.html", root),
        PageHead(
            title=words["page_not_found"],
            about="404.html",
            description=words["page_not_found"],
        ),
    )
